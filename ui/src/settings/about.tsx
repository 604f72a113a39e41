// Ajustes › about: the version, and every part of Astra with its licence.
import { Button, Input, makeStyles, tokens } from "@fluentui/react-components";
import { CopyRegular, DocumentOnePageRegular, InfoRegular, SearchRegular } from "@fluentui/react-icons";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useIpc } from "../ipc";
import { queryKeys } from "../ipc/queries";
import { FailureMessage } from "../kit/failure_message";
import { useNotify } from "../kit/notify";
import { SettingCard } from "../kit/setting_card";

const useStyles = makeStyles({
  scroll: {
    maxHeight: "320px",
    overflowY: "auto",
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  table: {
    width: "100%",
    borderCollapse: "collapse",
    fontSize: tokens.fontSizeBase200,
    "& td, & th": { textAlign: "start", padding: "6px 12px", overflowWrap: "anywhere" },
    "& tr + tr": { borderTop: `1px solid ${tokens.colorNeutralStroke3}` },
  },
  head: {
    position: "sticky",
    top: 0,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground2,
  },
});

export function AboutSection() {
  const { t } = useTranslation();
  const styles = useStyles();
  const ipc = useIpc();
  const notify = useNotify();
  const { data, error } = useQuery({ queryKey: queryKeys.about, queryFn: () => ipc.about() });
  const [sought, setSought] = useState("");
  const licences =
    data?.licences.filter(({ name, licence }) =>
      `${name} ${licence}`.toLowerCase().includes(sought.toLowerCase().trim()),
    ) ?? [];
  const copy = () =>
    navigator.clipboard.writeText(`Astra ${data?.version}`).then(() => notify({ title: t("settings.copied") }));
  return (
    <>
      {error && <FailureMessage failure={error} />}
      <SettingCard
        icon={<InfoRegular />}
        title={data ? t("settings.version", { version: data.version }) : "Astra"}
        hint={t("settings.about_hint")}
        control={
          <Button icon={<CopyRegular />} onClick={copy} disabled={!data}>
            {t("settings.copy_version")}
          </Button>
        }
      />
      <SettingCard
        icon={<DocumentOnePageRegular />}
        title={t("settings.licences")}
        hint={t("settings.licences_hint")}
        control={
          <Input
            aria-label={t("settings.licences_find")}
            placeholder={t("settings.licences_find")}
            contentBefore={<SearchRegular />}
            value={sought}
            onChange={(_, { value }) => setSought(value)}
          />
        }
      >
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <section className={styles.scroll} tabIndex={0} aria-label={t("settings.licences")}>
          <table className={styles.table}>
            <thead className={styles.head}>
              <tr>
                <th scope="col">{t("settings.licence_name")}</th>
                <th scope="col">{t("settings.licence_version")}</th>
                <th scope="col">{t("settings.licence")}</th>
              </tr>
            </thead>
            <tbody>
              {licences.map(({ name, version, licence }) => (
                <tr key={`${name} ${version}`}>
                  <td>{name}</td>
                  <td>{version}</td>
                  <td>{licence}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </SettingCard>
    </>
  );
}
