// Ajustes › the watched folders: which they are, how each is, and below them what happened there.
import { Button, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { FolderAddRegular, FolderSearchRegular } from "@fluentui/react-icons";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type ExistingAnswer, useIpc, type WatchedFolder } from "../ipc";
import { useAnnounce } from "../kit/announce";
import { ConfirmDialog } from "../kit/confirm_dialog";
import { EmptyState } from "../kit/empty_state";
import { FailureMessage } from "../kit/failure_message";
import { fileName } from "../lib/paths";
import { FolderCard } from "./folder_card";
import { WatchLog } from "./watch_log";
import { useFolders } from "./watch_queries";

const useStyles = makeStyles({
  list: {
    listStyleType: "none",
    margin: 0,
    padding: 0,
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalS,
  },
  add: { alignSelf: "flex-start" },
  alone: { alignSelf: "center" },
});

export function FoldersSection() {
  const { t } = useTranslation();
  const styles = useStyles();
  const ipc = useIpc();
  const announce = useAnnounce();
  const { data: folders, error } = useFolders();
  const [failure, setFailure] = useState<unknown>(null);
  const [leaving, setLeaving] = useState<WatchedFolder | null>(null);
  const add = useRef<HTMLButtonElement>(null);
  const attempt = async (deed: () => Promise<unknown>) => {
    setFailure(null);
    await deed().catch(setFailure);
  };
  const pick = () =>
    attempt(async () => {
      const path = await ipc.folderPick("watched");
      if (path === null) return;
      await ipc.watchAdd(path, false);
      announce(t("watched.added", { name: fileName(path) }));
    });
  const decide = (folder: WatchedFolder, answer: ExistingAnswer) =>
    attempt(async () => {
      await ipc.watchExisting(folder.id, answer);
      announce(t(`watched.taken_${answer.take}`, { name: fileName(folder.path) }));
    });
  const close = () => {
    setLeaving(null);
    // The button that asked is gone with its folder.
    requestAnimationFrame(() => document.activeElement === document.body && add.current?.focus());
  };
  if (error) return <FailureMessage failure={error} />;
  if (!folders) return null;
  return (
    <>
      {failure !== null && <FailureMessage failure={failure} />}
      {folders.length === 0 && (
        <EmptyState icon={<FolderSearchRegular />} title={t("watched.empty")} body={t("watched.empty_hint")} />
      )}
      {folders.length > 0 && (
        <ul className={styles.list} aria-label={t("watched.section")}>
          {folders.map((folder) => (
            <FolderCard
              key={folder.id}
              folder={folder}
              onSubfolders={(wanted) => attempt(() => ipc.watchSubfolders(folder.id, wanted))}
              onExisting={(answer) => decide(folder, answer)}
              onRemove={() => setLeaving(folder)}
            />
          ))}
        </ul>
      )}
      <Button
        ref={add}
        className={mergeClasses(styles.add, folders.length === 0 && styles.alone)}
        appearance={folders.length === 0 ? "primary" : "secondary"}
        icon={<FolderAddRegular />}
        onClick={pick}
      >
        {t("watched.add")}
      </Button>
      <WatchLog />
      {leaving && (
        <ConfirmDialog
          open
          title={t("watched.remove_title", { name: fileName(leaving.path) })}
          action={t("watched.remove")}
          onConfirm={async () => {
            await ipc.watchRemove(leaving.id);
            announce(t("watched.removed", { name: fileName(leaving.path) }));
          }}
          onClose={close}
        >
          {t("watched.remove_text")}
        </ConfirmDialog>
      )}
    </>
  );
}
