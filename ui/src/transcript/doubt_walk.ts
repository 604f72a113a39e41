// The walk through what the machine was unsure of: from the cursor to the next doubtful passage, which is played.
import type { PartView, SegmentId } from "../ipc";
import type { Editor } from "./editor";
import type { Playback } from "./playback";
import type { TranscriptStore } from "./transcript_store";
import { sessionRange } from "./use_transcript";

/** A little is played before the passage, so that its first word is not cut. */
const LEAD_MS = 400;

/** The doubtful segment after (or before) another; after the last comes the first. */
export function doubtFrom(store: TranscriptStore, from: SegmentId | null, direction: -1 | 1): SegmentId | null {
  const { doubts } = store;
  const position = from === null ? -1 : store.position(from);
  if (direction > 0) return doubts.find((id) => store.position(id) > position) ?? doubts[0] ?? null;
  return doubts.findLast((id) => store.position(id) < position) ?? doubts.at(-1) ?? null;
}

export class DoubtWalk {
  readonly #editor: Editor;
  readonly #parts: readonly PartView[];
  readonly #playback: Playback | null;

  constructor(editor: Editor, parts: readonly PartView[], playback: Playback | null) {
    this.#editor = editor;
    this.#parts = parts;
    this.#playback = playback;
  }

  step(direction: -1 | 1): void {
    const { active, store } = this.#editor;
    const segment = doubtFrom(store, active, direction);
    if (segment) this.goTo(segment);
  }

  /** Shows a passage in the middle of the screen and plays it. */
  goTo(id: SegmentId): void {
    const segment = this.#editor.store.segment(id);
    if (!segment) return;
    this.#editor.select([]);
    this.#editor.go({ segment: id, offset: 0 }, "center");
    const [from, to] = sessionRange(this.#parts, segment);
    this.#playback?.playRange(Math.max(0, from - LEAD_MS), to);
  }

  /** Says that the passage is right as it is, and goes on to the next. */
  async confirm(): Promise<void> {
    const { store, targets } = this.#editor;
    await Promise.all(targets.map((id) => store.settle(id)));
    const doubtful = targets.filter((id) => store.segment(id)?.doubtful);
    const last = targets.at(-1) ?? null;
    if (doubtful.length > 0 && !(await store.edit({ kind: "confirm", segments: doubtful }))) return;
    const next = doubtFrom(store, last, 1);
    if (next) this.goTo(next);
  }
}
