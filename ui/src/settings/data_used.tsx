// What Astra has on the disk, by kind, and what is left free.
import { Caption1, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { StorageRegular } from "@fluentui/react-icons";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useIpc } from "../ipc";
import { queryKeys } from "../ipc/queries";
import { FailureMessage } from "../kit/failure_message";
import { SettingCard } from "../kit/setting_card";
import { bytesText } from "../lib/time";
import "../styles/speakers.css";

const useStyles = makeStyles({
  bar: {
    display: "flex",
    gap: "2px",
    height: "8px",
    borderRadius: tokens.borderRadiusCircular,
    overflow: "hidden",
    backgroundColor: tokens.colorNeutralBackground5,
    forcedColorAdjust: "none",
  },
  // Of Fluent's own colours two are one in high contrast; those of speakers can be told apart in every theme.
  database_bytes: { backgroundColor: "var(--speaker-3)" },
  copies_bytes: { backgroundColor: "var(--speaker-4)" },
  models_bytes: { backgroundColor: "var(--speaker-10)" },
  backups_bytes: { backgroundColor: "var(--speaker-6)" },
  list: {
    display: "grid",
    gridTemplateColumns: "1fr auto",
    alignItems: "center",
    columnGap: tokens.spacingHorizontalM,
    rowGap: tokens.spacingVerticalXS,
    margin: 0,
  },
  row: { display: "contents" },
  kind: { display: "flex", alignItems: "center", gap: tokens.spacingHorizontalM },
  dot: {
    width: "10px",
    height: "10px",
    boxSizing: "border-box",
    borderRadius: tokens.borderRadiusCircular,
    forcedColorAdjust: "none",
  },
  bytes: { margin: 0, textAlign: "end", fontVariantNumeric: "tabular-nums" },
  free: { color: tokens.colorNeutralForeground2 },
});

const kinds = ["copies_bytes", "models_bytes", "database_bytes", "backups_bytes"] as const;

export function DataUsed() {
  const { t, i18n } = useTranslation();
  const styles = useStyles();
  const ipc = useIpc();
  const { data: usage, error } = useQuery({ queryKey: queryKeys.usage, queryFn: () => ipc.dataUsage(), staleTime: 0 });
  const total = usage ? kinds.reduce((sum, kind) => sum + usage[kind], 0) : 0;
  return (
    <SettingCard
      icon={<StorageRegular />}
      title={t("settings.data")}
      hint={usage?.folder}
      control={usage && bytesText(total, i18n.language)}
    >
      {error && <FailureMessage failure={error} />}
      {usage && (
        <>
          <div className={styles.bar} aria-hidden>
            {kinds.map((kind) => (
              <div
                key={kind}
                className={styles[kind]}
                style={{ flexGrow: usage[kind], flexBasis: usage[kind] > 0 ? "4px" : 0 }}
              />
            ))}
          </div>
          <dl className={styles.list}>
            {kinds.map((kind) => (
              <div key={kind} className={styles.row}>
                <dt className={styles.kind}>
                  <span className={mergeClasses(styles.dot, styles[kind])} aria-hidden />
                  {t(`settings.data_${kind}`)}
                </dt>
                <dd className={styles.bytes}>{bytesText(usage[kind], i18n.language)}</dd>
              </div>
            ))}
            <div className={styles.row}>
              <dt className={mergeClasses(styles.kind, styles.free)}>
                <span className={styles.dot} aria-hidden />
                {t("settings.data_free")}
              </dt>
              <dd className={mergeClasses(styles.bytes, styles.free)}>{bytesText(usage.free_bytes, i18n.language)}</dd>
            </div>
          </dl>
          <Caption1 className={styles.free}>{t("settings.data_move")}</Caption1>
        </>
      )}
    </SettingCard>
  );
}
