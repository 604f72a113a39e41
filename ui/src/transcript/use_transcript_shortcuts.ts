// The keys of the transcript, which work wherever the focus is on the session's page.
import { type ActionId, useShortcut } from "../lib/shortcuts";
import { toPart, toSessionMs } from "../lib/timeline";
import type { DoubtWalk } from "./doubt_walk";
import { useTranscript } from "./use_transcript";
import { wordAt } from "./words";

type Bar = {
  open: (replacing: boolean) => void;
  step: () => void;
};

/** `shown`: whether the text is on screen; what it does not show is not changed by keys. */
export function useTranscriptShortcuts(walk: DoubtWalk, bar: Bar, pickSpeaker: () => void, shown: boolean): void {
  const { store, editor, parts, playback } = useTranscript();
  useShortcut("transcript.undo", () => (inField() ? false : void editor.undo()));
  useShortcut("transcript.redo", () => (inField() ? false : void editor.redo()));
  useShortcut("transcript.delete", () => (inField() ? false : void editor.remove()), shown);
  useShortcut("transcript.inaudible", () => editor.toggleMark("inaudible"), shown);
  useShortcut("transcript.reserved", () => editor.toggleMark("reserved"), shown);
  useShortcut("transcript.start_here", () => retimeToPlayhead("start"), shown);
  useShortcut("transcript.end_here", () => retimeToPlayhead("end"), shown);
  useShortcut("find.open", () => find(() => bar.open(false)));
  useShortcut("find.replace", () => find(() => bar.open(true)));
  useShortcut("find.next", () => find(() => bar.step()));
  useShortcut("doubts.next", () => walk.step(1), shown);
  useShortcut("doubts.previous", () => walk.step(-1), shown);
  useShortcut("doubts.confirm", () => (inField() ? false : void walk.confirm()), shown);
  useShortcut("speaker.name", () => pickSpeaker(), shown);
  useShortcut("speaker.none", () => editor.assign(null), shown);
  for (const number of [1, 2, 3, 4, 5, 6, 7, 8, 9] as const) {
    // biome-ignore lint/correctness/useHookAtTopLevel: always the same nine, in the same order.
    useShortcut(
      `speaker.${number}` satisfies ActionId,
      () => {
        const speaker = store.speakers[number - 1];
        if (speaker) editor.assign(speaker.id);
      },
      shown,
    );
  }
  useShortcut("player.play_from_cursor", () => {
    const segment = editor.active ? store.segment(editor.active) : undefined;
    if (!segment || !playback) return false;
    const word = wordAt(segment.text, editor.offset);
    playback.playFrom(toSessionMs(parts, segment.part, segment.start_ms + (segment.times[word * 2] ?? 0)));
    return undefined;
  });

  const find = (work: () => void) => {
    editor.show();
    work();
  };
  const retimeToPlayhead = (edge: "start" | "end") => {
    const segment = editor.active ? store.segment(editor.active) : undefined;
    if (!segment || !playback) return;
    const { part, ms } = toPart(parts, playback.state().ms);
    if (part !== segment.part) return;
    if (edge === "start") editor.retime(segment.id, Math.round(ms), segment.end_ms);
    else editor.retime(segment.id, segment.start_ms, Math.round(ms));
  };
}

/** In a field of a form Ctrl+Z and the like belong to the field. */
function inField(): boolean {
  const { activeElement } = document;
  return activeElement instanceof HTMLInputElement || activeElement instanceof HTMLTextAreaElement;
}
