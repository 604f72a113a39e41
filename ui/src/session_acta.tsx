// The acta of the open session: the outline with the transcript's queue of edits and the session's player behind it.
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import type { OpenedSession } from "./ipc/queries";
import { queryKeys } from "./ipc/queries";
import { toPart } from "./lib/timeline";
import { ActaPage } from "./minutes/acta_page";
import { Outline } from "./minutes/outline";
import { followChange } from "./minutes/stated";
import { usePlayer } from "./player";
import { SaveIndicator, TranscriptNotices, type TranscriptStore, UndoButtons } from "./transcript";

/** While a session is heard there is more text every second; what is proposed of it is looked for this often. */
const GROW_EVERY_MS = 3000;

type Props = {
  view: OpenedSession;
  store: TranscriptStore;
  takesFocus: boolean;
  onOpenRecord: () => void;
  preview: ReactNode;
};

export function SessionActa({ view, store, takesFocus, onOpenRecord, preview }: Props) {
  const player = usePlayer();
  const { parts } = view;
  const outline = (
    <div className="session-outline">
      <TranscriptNotices />
      <Outline
        session={view.row.id}
        parts={parts}
        edit={(edit) => store.edit(edit)}
        playback={player}
        paragraphAt={(sessionMs) => {
          const { part, ms } = toPart(parts, sessionMs);
          const segment = store.segmentAt(part, ms);
          if (!segment || segment.part !== part) return null;
          return { from: { part, ms: segment.start_ms }, to: { part, ms: segment.end_ms } };
        }}
        onOpenRecord={onOpenRecord}
        takesFocus={takesFocus}
        tools={
          <>
            <UndoButtons />
            <SaveIndicator />
          </>
        }
      />
    </div>
  );
  return <ActaPage outline={outline} preview={preview} />;
}

/** Whatever was edited or heard, what was read of the minutes before is no longer so. */
export function useActaFollow(store: TranscriptStore): void {
  const queries = useQueryClient();
  const { session } = store;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const grown = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void queries.invalidateQueries({ queryKey: queryKeys.minutes(session) });
      }, GROW_EVERY_MS);
    };
    const stops = [
      store.listen("steps", () => followChange(queries, session, store.lastChange)),
      store.listen("tail", grown),
    ];
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [queries, session, store]);
}
