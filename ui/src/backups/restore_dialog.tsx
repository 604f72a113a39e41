// Asks before a backup takes the place of the present data: what comes back, what goes out of sight, and where it stays.
import { makeStyles, Text, tokens } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import { type Backup, isFailure, type Restored, useIpc } from "../ipc";
import { ConfirmDialog } from "../kit/confirm_dialog";
import { momentText } from "../lib/time";

const useStyles = makeStyles({
  what: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS, overflowWrap: "anywhere" },
});

type Props = { backup: Backup; folder: string; onRestored: (restored: Restored) => void; onClose: () => void };

export function RestoreDialog({ backup, folder, onRestored, onClose }: Props) {
  const { t, i18n } = useTranslation();
  const styles = useStyles();
  const ipc = useIpc();
  const restore = () =>
    ipc.backupRestore(backup.name).then(onRestored, (thrown) => {
      // The core tells only that somebody listens; here that is this very window.
      if (isFailure(thrown) && thrown.code === "session_busy") throw { ...thrown, code: "restore_while_listening" };
      throw thrown;
    });
  return (
    <ConfirmDialog
      open
      title={t("backups.restore_title", { moment: momentText(backup.made_at_ms, i18n.language) })}
      action={t("backups.restore_confirm")}
      onConfirm={restore}
      onClose={onClose}
    >
      <div className={styles.what}>
        <Text>{t("backups.restore_what", { sessions: t("backups.sessions", { count: backup.sessions ?? 0 }) })}</Text>
        <Text weight="semibold">{t("backups.restore_lost")}</Text>
        <Text>{t("backups.restore_kept", { folder })}</Text>
        <Text>{t("backups.restore_recordings")}</Text>
        <Text>{t("backups.restore_restart")}</Text>
      </div>
    </ConfirmDialog>
  );
}
