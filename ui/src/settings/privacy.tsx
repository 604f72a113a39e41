// Ajustes › privacy and data: the promise, the listening copy, and the disk used.
import { Card, makeStyles, Subtitle2, tokens } from "@fluentui/react-components";
import { HeadphonesSoundWaveRegular, ShieldCheckmarkFilled } from "@fluentui/react-icons";
import { useTranslation } from "react-i18next";
import type { ServerChoices } from "../ipc";
import { privacyOf } from "../lib/privacy";
import type { SectionProps } from "./appearance";
import { DataUsed } from "./data_used";
import { Switched } from "./switched";

const useStyles = makeStyles({
  promise: {
    flexDirection: "row",
    alignItems: "flex-start",
    gap: tokens.spacingHorizontalL,
    padding: tokens.spacingHorizontalL,
    boxShadow: "none",
    backgroundColor: tokens.colorBrandBackground2,
    border: `1px solid ${tokens.colorBrandStroke2}`,
  },
  shield: { fontSize: "32px", lineHeight: 0, flexShrink: 0, color: tokens.colorBrandForeground1 },
  facts: {
    margin: 0,
    paddingInlineStart: "20px",
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalXS,
  },
  words: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS, minWidth: 0 },
});

export function PrivacyPromise({ server }: { server: ServerChoices }) {
  const { t } = useTranslation();
  const styles = useStyles();
  return (
    <Card className={styles.promise}>
      <ShieldCheckmarkFilled className={styles.shield} aria-hidden />
      <div className={styles.words}>
        <Subtitle2 as="h3">{t(`app.privacy_${privacyOf(server)}_title`)}</Subtitle2>
        <ul className={styles.facts}>
          <li>{t("settings.private_audio")}</li>
          <li>{t("settings.private_text")}</li>
          <li>{t("settings.private_internet")}</li>
        </ul>
      </div>
    </Card>
  );
}

export function PrivacySection({ settings, save }: SectionProps) {
  const { t } = useTranslation();
  return (
    <>
      <PrivacyPromise server={settings.server} />
      <Switched
        icon={<HeadphonesSoundWaveRegular />}
        title={t("settings.copy")}
        hint={t("settings.copy_hint")}
        on={settings.listening_copy}
        onChange={(listening_copy) => save({ listening_copy })}
      />
      <DataUsed />
    </>
  );
}
