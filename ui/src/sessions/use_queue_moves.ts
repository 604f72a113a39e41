// The order of the waiting sessions as the core has it, and what changes it.

import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { type JobId, type Queue, type SessionRow, useIpc } from "../ipc";
import { queryKeys, useQueue } from "../ipc/queries";
import { useAnnounce } from "../kit/announce";
import { type Move, moved } from "./queue_moves";

const NONE: readonly JobId[] = [];

/** The jobs that wait, in their order; the same array until it is another one. */
export function useWaiting(): readonly JobId[] {
  return useQueue().data?.waiting ?? NONE;
}

/** Moves a session in the queue and says where it stands then; nothing for one that does not wait. */
export function useQueueMoves(): (move: Move, row: SessionRow) => Promise<void> {
  const { t } = useTranslation();
  const ipc = useIpc();
  const client = useQueryClient();
  const announce = useAnnounce();
  return useCallback(
    async (move, row) => {
      const queue = client.getQueryData<Queue>(queryKeys.queue);
      const after = row.job === null || queue === undefined ? null : moved(move, row.job, queue.waiting);
      if (row.job === null || queue === undefined || after === null) return;
      // Shown at once, so that a second press of the same key counts from there.
      client.setQueryData<Queue>(queryKeys.queue, { ...queue, waiting: after.waiting });
      try {
        await ipc.jobMove(row.job, after.place);
        announce(t("jobs.moved", { title: row.title, place: after.at }));
      } finally {
        void client.invalidateQueries({ queryKey: queryKeys.queue });
      }
    },
    [announce, client, ipc, t],
  );
}
