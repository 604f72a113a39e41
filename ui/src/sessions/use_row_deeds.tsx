// What the actions of a row do, and the question that some of them ask first.
import { type ReactNode, useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { type SessionId, type SessionRow, useIpc } from "../ipc";
import { useAnnounce } from "../kit/announce";
import { ConfirmDialog } from "../kit/confirm_dialog";
import { lengthText } from "../lib/time";
import { DeleteDialog } from "./delete_dialog";
import { JoinDialog } from "./join_dialog";
import { isMove } from "./queue_moves";
import { ReorderDialog } from "./reorder_dialog";
import type { OnAction, PartAction } from "./row_actions";
import { SplitDialog } from "./split_dialog";
import { useQueueMoves } from "./use_queue_moves";

type Asking = "delete" | "cancel" | "renditions" | PartAction;

/** `rows`: the sessions among which one finds its neighbours; `renditions`: the dialog that makes them of a session. */
export function useRowDeeds(
  rows: readonly SessionRow[],
  renditions: (row: SessionRow, onClose: () => void) => ReactNode,
) {
  const { t } = useTranslation();
  const ipc = useIpc();
  const announce = useAnnounce();
  const [, go] = useLocation();
  const [asked, setAsked] = useState<{ about: Asking; row: SessionRow } | null>(null);
  const [actionFailure, setActionFailure] = useState<unknown>(null);

  const moveInQueue = useQueueMoves();
  const attempt = useCallback(async (deed: Promise<unknown>) => {
    setActionFailure(null);
    await deed.catch(setActionFailure);
  }, []);
  const onAction: OnAction = useCallback(
    (action, row) => {
      if (action === "open") go(`/sessions/${row.id}`);
      else if (action === "pause") void (row.job !== null && attempt(ipc.jobPause(row.job)));
      else if (action === "resume" || action === "retry") void (row.job !== null && attempt(ipc.jobResume(row.job)));
      else if (action === "agree") void attempt(ipc.serverAgree(row.id));
      else if (isMove(action)) void attempt(moveInQueue(action, row));
      else if (action !== "rename") setAsked({ about: action, row });
    },
    [attempt, go, ipc, moveInQueue],
  );
  const onRename = useCallback(
    (session: SessionId, title: string) => void attempt(ipc.sessionRename(session, title)),
    [attempt, ipc],
  );
  const remove = async (row: SessionRow) => {
    await ipc.sessionDelete(row.id);
    announce(t("sessions.delete.done", { title: row.title }));
  };

  const join = async (earlier: SessionRow, later: SessionRow) => {
    await ipc.sessionJoin(earlier.id, later.id);
    announce(t("sessions.join.done", { earlier: earlier.title, later: later.title }));
  };
  const split = async (row: SessionRow, position: number) => {
    const made = await ipc.sessionRow(await ipc.sessionSplit(row.id, position));
    announce(t("sessions.split.done", { title: made.title }));
  };
  const reorder = async (row: SessionRow, order: number[]) => {
    await ipc.sessionReorder(row.id, order);
    announce(t("sessions.reorder.done", { title: row.title }));
  };

  // The dialog was opened by no button that could take the focus back: the row in hand takes it.
  const close = () => {
    setAsked(null);
    requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-session][tabindex="0"]')?.focus());
  };
  const dialog = asked && dialogAbout(asked.about, asked.row);
  return { onAction, onRename, actionFailure, dialog };

  function dialogAbout(about: Asking, row: SessionRow) {
    switch (about) {
      case "delete":
        return <DeleteDialog row={row} onDelete={() => remove(row)} onClose={close} />;
      case "cancel":
        return (
          <ConfirmDialog
            open
            title={t("sessions.cancel.title", { title: row.title })}
            action={t("sessions.cancel.confirm")}
            onConfirm={async () => row.job !== null && ipc.jobCancel(row.job)}
            onClose={close}
          >
            {t("sessions.cancel.text", { heard: lengthText(row.heard_ms) })}
          </ConfirmDialog>
        );
      case "renditions":
        return renditions(row, close);
      case "join":
        return <JoinDialog row={row} rows={rows} onJoin={join} onClose={close} />;
      case "split":
        return <SplitDialog row={row} onSplit={(position) => split(row, position)} onClose={close} />;
      case "reorder":
        return <ReorderDialog row={row} onReorder={(order) => reorder(row, order)} onClose={close} />;
    }
  }
}
