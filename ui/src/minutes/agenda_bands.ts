// The points of the order of the day as the waveform names them, and the moving of a boundary between two of them.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Edit, Entry, PartView, SessionId } from "../ipc";
import { agendaSpans, moveBoundary, untilMs } from "./agenda_spans";
import { entryWords } from "./entry_words";
import { useStated } from "./stated";
import type { SendEdit } from "./use_outline";

const nothing: readonly Entry[] = [];

/** `enabled`: whether they are shown at all. */
export function useAgendaBands(session: SessionId, parts: readonly PartView[], edit: SendEdit, enabled: boolean) {
  const { t } = useTranslation();
  const { data } = useStated(session, enabled);
  const entries = data?.entries ?? nothing;
  const spans = useMemo(() => agendaSpans(entries, parts), [entries, parts]);
  const bands = useMemo(
    () =>
      spans.map(({ entry, fromMs }, at) => ({
        id: entry.id,
        label: entryWords(t, entry.what).title,
        fromMs,
        toMs: untilMs(spans, at, parts),
      })),
    [spans, parts, t],
  );
  return { bands, move: (at: number, ms: number) => void edit(stating(moveBoundary(spans, at, ms, parts))) };
}

/** States these entries in one step, however many they are. */
export function stating(entries: Entry[]): Edit {
  const [entry] = entries;
  if (entry && entries.length === 1) return { kind: "put_entry", entry, continues: false };
  return { kind: "put_entries", entries };
}
