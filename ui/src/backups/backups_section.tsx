// Ajustes › the backups: when the last good one was made, another one now, and the way back to any of them.
import { Body1, Button, Spinner } from "@fluentui/react-components";
import { CheckmarkCircleRegular, SaveMultipleRegular, WarningRegular } from "@fluentui/react-icons";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Backup, type Restored, useIpc } from "../ipc";
import { queryKeys } from "../ipc/queries";
import { useAnnounce } from "../kit/announce";
import { FailureMessage } from "../kit/failure_message";
import { useNotify } from "../kit/notify";
import { SettingCard } from "../kit/setting_card";
import { bytesText, momentText } from "../lib/time";
import { BackupList } from "./backup_list";
import { RestoreDialog } from "./restore_dialog";
import { RestoredDialog } from "./restored_dialog";

export function BackupsSection() {
  const { t, i18n } = useTranslation();
  const ipc = useIpc();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const notify = useNotify();
  // Each is read to its end, so what is shown was checked when it was read.
  const { data, error, dataUpdatedAt } = useQuery({ queryKey: queryKeys.backups, queryFn: () => ipc.backupList() });
  const { data: usage } = useQuery({ queryKey: queryKeys.usage, queryFn: () => ipc.dataUsage() });
  const [asked, setAsked] = useState<Backup | null>(null);
  const [restored, setRestored] = useState<Restored | null>(null);
  const making = useMutation({
    mutationFn: () => ipc.backupMake(),
    onMutate: () => announce(t("backups.making")),
    onSuccess: (made) => {
      queries.setQueryData<Backup[]>(queryKeys.backups, (former = []) => [
        made,
        ...former.filter(({ name }) => name !== made.name),
      ]);
      const [sessions, size] = [
        t("backups.sessions", { count: made.sessions ?? 0 }),
        bytesText(made.bytes, i18n.language),
      ];
      notify({ title: t("backups.made"), body: t("backups.made_hint", { sessions, size }) });
    },
  });

  const last = data?.find(({ kind, damage }) => kind !== "replaced" && damage === null);
  const folder = usage?.folder ?? "…";
  return (
    <>
      {error && <FailureMessage failure={error} />}
      <SettingCard
        icon={data && (last ? <CheckmarkCircleRegular /> : <WarningRegular />)}
        title={
          last
            ? t("backups.last", { moment: momentText(last.made_at_ms, i18n.language) })
            : data
              ? t("backups.none")
              : t("backups.section")
        }
        hint={
          last
            ? t("backups.last_hint", { moment: momentText(dataUpdatedAt, i18n.language) })
            : data
              ? t("backups.none_hint")
              : !error && t("backups.checking")
        }
        control={
          <Button
            appearance="primary"
            icon={
              making.isPending ? <Spinner size="tiny" appearance="inverted" aria-hidden /> : <SaveMultipleRegular />
            }
            disabledFocusable={making.isPending}
            onClick={() => making.mutate()}
          >
            {t("backups.make")}
          </Button>
        }
      >
        {making.error && <FailureMessage failure={making.error} />}
      </SettingCard>
      <Body1>{t("backups.without_recordings")}</Body1>
      {data && data.length > 0 && <BackupList backups={data} folder={folder} onRestore={setAsked} />}
      {asked && !restored && (
        <RestoreDialog backup={asked} folder={folder} onRestored={setRestored} onClose={() => setAsked(null)} />
      )}
      {restored && <RestoredDialog restored={restored} folder={folder} />}
    </>
  );
}
