// The backups that are kept, newest first: of when, why, how large, whether they are good, and the way back to each.
import { Badge, Body1Strong, Button, Caption1, Card, makeStyles, Subtitle2, tokens } from "@fluentui/react-components";
import {
  ArrowSyncRegular,
  ArrowUndoRegular,
  CalendarDayRegular,
  CheckmarkCircleFilled,
  ErrorCircleFilled,
  SaveRegular,
  WarningRegular,
} from "@fluentui/react-icons";
import { type ReactElement, useId } from "react";
import { useTranslation } from "react-i18next";
import type { Backup, BackupKind } from "../ipc";
import { bytesText, momentText } from "../lib/time";

const useStyles = makeStyles({
  card: {
    padding: `0 ${tokens.spacingHorizontalL}`,
    boxShadow: "none",
    border: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  head: { marginTop: tokens.spacingVerticalM },
  hint: { color: tokens.colorNeutralForeground2, overflowWrap: "anywhere" },
  list: { listStyleType: "none", margin: 0, padding: 0 },
  row: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    columnGap: tokens.spacingHorizontalL,
    rowGap: tokens.spacingVerticalS,
    minHeight: "56px",
    padding: `${tokens.spacingVerticalS} 0`,
    boxSizing: "border-box",
    "& + &": { borderTop: `1px solid ${tokens.colorNeutralStroke3}` },
  },
  icon: { fontSize: "20px", lineHeight: 0, color: tokens.colorNeutralForeground2 },
  words: { flex: "1 1 240px", minWidth: 0, display: "flex", flexDirection: "column" },
  moment: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalS },
  summary: { width: "fit-content", cursor: "pointer" },
});

const ICONS: { [kind in BackupKind]: ReactElement } = {
  daily: <CalendarDayRegular />,
  migration: <ArrowSyncRegular />,
  manual: <SaveRegular />,
  replaced: <ArrowUndoRegular />,
  damaged: <WarningRegular />,
};

type Props = { backups: Backup[]; folder: string; onRestore: (backup: Backup) => void };

export function BackupList({ backups, folder, onRestore }: Props) {
  const { t } = useTranslation();
  const styles = useStyles();
  const id = useId();
  return (
    <>
      <div className={styles.head}>
        <Subtitle2 as="h3" block id={id}>
          {t("backups.list")}
        </Subtitle2>
        <Caption1 className={styles.hint}>{t("backups.folder_hint", { folder })}</Caption1>
      </div>
      <Card className={styles.card}>
        <ul className={styles.list} aria-labelledby={id}>
          {backups.map((backup) => (
            <BackupRow key={backup.name} backup={backup} onRestore={() => onRestore(backup)} />
          ))}
        </ul>
      </Card>
    </>
  );
}

function BackupRow({ backup, onRestore }: { backup: Backup; onRestore: () => void }) {
  const { t, i18n } = useTranslation();
  const styles = useStyles();
  const { kind, made_at_ms, bytes, sessions, damage } = backup;
  const moment = momentText(made_at_ms, i18n.language);
  const facts = [
    t(`backups.kind.${kind}`),
    sessions !== null && t("backups.sessions", { count: sessions }),
    bytesText(bytes, i18n.language),
  ];
  return (
    <li className={styles.row}>
      <span className={styles.icon} aria-hidden>
        {ICONS[kind]}
      </span>
      <div className={styles.words}>
        <span className={styles.moment}>
          <Body1Strong>{moment}</Body1Strong>
          {damage === null ? (
            <Badge appearance="tint" color="success" icon={<CheckmarkCircleFilled />}>
              {t("backups.good")}
            </Badge>
          ) : (
            <Badge appearance="tint" color="danger" icon={<ErrorCircleFilled />}>
              {t("backups.bad")}
            </Badge>
          )}
        </span>
        <Caption1 className={styles.hint}>{facts.filter(Boolean).join(" · ")}</Caption1>
        {damage !== null && (
          <Caption1 className={styles.hint}>
            {t("backups.bad_hint")}
            <details>
              <summary className={styles.summary} aria-label={`${t("kit.details")}: ${moment}`}>
                {t("kit.details")}
              </summary>
              {damage}
            </details>
          </Caption1>
        )}
      </div>
      {damage === null && (
        <Button aria-label={t("backups.restore_name", { moment })} onClick={onRestore}>
          {t("backups.restore")}
        </Button>
      )}
    </li>
  );
}
