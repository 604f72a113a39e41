// Asks before a session is deleted: exactly what goes, and that the original recordings stay.

import { makeStyles, Spinner, Text, tokens } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type Deletion, type SessionRow, useIpc } from "../ipc";
import { ConfirmDialog } from "../kit/confirm_dialog";
import { FailureMessage } from "../kit/failure_message";
import { bytesText, dateText } from "../lib/time";

type Props = { row: SessionRow; onDelete: () => Promise<unknown>; onClose: () => void };

export function DeleteDialog({ row, onDelete, onClose }: Props) {
  const { t } = useTranslation();
  const ipc = useIpc();
  const deletion = useQuery({
    queryKey: ["session_deletion", row.id],
    queryFn: () => ipc.sessionDeletion(row.id),
    // Edits made since the last question count too.
    gcTime: 0,
    staleTime: 0,
  });
  return (
    <ConfirmDialog
      open
      title={t("sessions.delete.title", { title: row.title })}
      action={t("sessions.delete.confirm")}
      onConfirm={onDelete}
      onClose={onClose}
    >
      {deletion.data !== undefined && <WhatGoes deletion={deletion.data} />}
      {deletion.isPending && <Spinner size="small" label={t("sessions.delete.counting")} />}
      {deletion.isError && <FailureMessage failure={deletion.error} />}
    </ConfirmDialog>
  );
}

function WhatGoes({ deletion }: { deletion: Deletion }) {
  const { t, i18n } = useTranslation();
  const styles = useStyles();
  const { segments, edits, copy_bytes, approved_actas, in_backups_until_ms, recordings } = deletion;
  return (
    <div className={styles.what}>
      <Text>{t("sessions.delete.what")}</Text>
      <ul className={styles.list}>
        <li>{segments > 0 ? t("sessions.delete.segments", { count: segments }) : t("sessions.delete.no_segments")}</li>
        {edits > 0 && <li>{t("sessions.delete.edits", { count: edits })}</li>}
        {copy_bytes > 0 && <li>{t("sessions.delete.copy", { size: bytesText(copy_bytes, i18n.language) })}</li>}
        {approved_actas > 0 && <li>{t("sessions.delete.approved_actas", { count: approved_actas })}</li>}
      </ul>
      {recordings.length > 0 && (
        <>
          <Text>{t(`sessions.delete.${recordings.length > 1 ? "kept_several" : "kept"}`)}</Text>
          <ul className={styles.list}>
            {recordings.map((recording) => (
              <li key={recording}>{recording}</li>
            ))}
          </ul>
        </>
      )}
      <Text>{t("sessions.delete.kept_documents")}</Text>
      {in_backups_until_ms !== null && (
        <Text>{t("sessions.delete.in_backups", { date: dateText(in_backups_until_ms, i18n.language) })}</Text>
      )}
      <Text weight="semibold">{t("sessions.delete.no_return")}</Text>
    </div>
  );
}

const useStyles = makeStyles({
  what: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS },
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXXL, overflowWrap: "anywhere" },
});
