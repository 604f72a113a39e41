// Where the secretary is in the transcript (cursor and selected rows) and what she does there. It turns keys and
// commands into edits of the store and brings the cursor to where it belongs afterwards.
import type { Change, EditKind, Mark, SegmentId, SpeakerId, Step } from "../ipc/bindings";
import { Blocks, insertText, showText } from "./blocks";
import { caretOffset, placeCaret, placeCaretInLine } from "./caret";
import { Signal } from "./signal";
import type { TranscriptStore } from "./transcript_store";
import { tidy, tidyOffset } from "./words";

/** Where the cursor shall go: an offset in UTF-16 units (selecting up to `to`), or the first or last line near a column
 * in window pixels. */
export type Place = { segment: SegmentId } & (
  | { offset: number; to?: number }
  | { line: "first" | "last"; x: number | null }
);
export type Reveal = (segment: SegmentId, align: "auto" | "center") => void;

const OF_MINUTES: ReadonlySet<string> = new Set<EditKind>([
  "put_entry",
  "remove_entry",
  "set_record",
  "accept_proposal",
  "put_entries",
  "refuse_proposal",
  "propose_again",
]);

export class Editor {
  readonly store: TranscriptStore;
  readonly blocks = new Blocks();
  readonly #signal = new Signal<"active" | "selection" | `row ${SegmentId}`>();
  #active: SegmentId | null = null;
  #selected: ReadonlySet<SegmentId> = new Set();
  #anchor: SegmentId | null = null;
  #wanted: Place | null = null;
  #moving = 0;
  #keys: string[] = [];
  /** When the secretary last typed, clicked or scrolled, ms of the page's clock. */
  lastActed = Number.NEGATIVE_INFINITY;
  /** Scrolls to a row. The list on screen puts its own in here. */
  reveal: Reveal = () => {};
  /** Brings the text itself on screen when something else stands in its place. The page puts its own in here. */
  show: () => void = () => {};
  /** How many rows a page is. The list on screen puts its own in here. */
  pageRows: () => number = () => 10;

  constructor(store: TranscriptStore) {
    this.store = store;
  }

  // ---- rows on screen ----
  /** A row came on screen. Gives what to do when it goes. */
  mount(id: SegmentId, block: HTMLElement): () => void {
    this.blocks.add(id, block);
    const show = () => showText(block, this.store.shownText(id));
    show();
    const stop = this.store.listenTo(id, show);
    if (this.#wanted?.segment === id) this.#arrive(this.#wanted, block);
    return () => {
      stop();
      this.blocks.remove(id, block);
    };
  }

  /** The whole row of a segment, when it is on screen. */
  row(id: SegmentId): HTMLElement | null {
    return this.blocks.get(id)?.closest<HTMLElement>("[data-segment]") ?? null;
  }

  // ---- where we are ----
  get active(): SegmentId | null {
    return this.#active;
  }
  get selected(): ReadonlySet<SegmentId> {
    return this.#selected;
  }
  /** The rows a command is for: the selected ones in order, else the one with the cursor. */
  get targets(): SegmentId[] {
    const there = [...this.#selected].filter((id) => this.store.segment(id));
    if (there.length > 0) return there.sort((a, b) => this.store.position(a) - this.store.position(b));
    return this.#active && this.store.segment(this.#active) ? [this.#active] : [];
  }
  /** The cursor's offset in the active row as the core counts it; 0 when there is no cursor. */
  get offset(): number {
    const block = this.#active ? this.blocks.get(this.#active) : undefined;
    const offset = block ? caretOffset(block) : null;
    return block && offset !== null ? tidyOffset(block.textContent ?? "", offset) : 0;
  }
  listen(topic: "active" | "selection", listener: () => void): () => void {
    return this.#signal.listen(topic, listener);
  }
  /** Told when a row becomes active or selected, or stops being it. */
  listenTo(row: SegmentId, listener: () => void): () => void {
    return this.#signal.listen(`row ${row}`, listener);
  }

  activate(id: SegmentId | null): void {
    if (id === this.#active) return;
    const before = this.#active;
    this.#active = id;
    if (this.#selected.size === 0) this.#anchor = id;
    if (before) this.#signal.tell(`row ${before}`);
    if (id) this.#signal.tell(`row ${id}`);
    this.#signal.tell("active");
  }

  /** Brings the cursor somewhere, scrolling there first when need be. */
  go(place: Place, align: "auto" | "center" = "auto"): void {
    this.show();
    this.#wanted = place;
    this.activate(place.segment);
    this.reveal(place.segment, align);
    const block = this.blocks.get(place.segment);
    if (block) this.#arrive(place, block);
  }

  /** Gives the focus back to the active row after a menu or a dialog; the cursor is where it was. */
  refocus(): void {
    if (this.#active) this.blocks.get(this.#active)?.focus({ preventScroll: true });
  }

  /** Moves the cursor some rows down (or up), to the line nearest to where it came from. */
  moveRows(distance: number, x: number | null): boolean {
    const { ids } = this.store;
    const position = this.#active ? this.store.position(this.#active) : -1;
    const target = Math.min(Math.max(position + distance, 0), ids.length - 1);
    const segment = ids[target];
    if (segment === undefined || target === position) return false;
    this.go({ segment, line: distance < 0 ? "last" : "first", x });
    return true;
  }

  // ---- selecting rows ----
  select(ids: Iterable<SegmentId>): void {
    const next = new Set(ids);
    const altered = [...next, ...this.#selected].filter((id) => next.has(id) !== this.#selected.has(id));
    if (altered.length === 0) return;
    this.#selected = next;
    if (next.size === 0) this.#anchor = this.#active;
    for (const id of altered) this.#signal.tell(`row ${id}`);
    this.#signal.tell("selection");
  }
  /** Selects from where the selection began to here. */
  selectTo(id: SegmentId): void {
    this.#anchor ??= this.#active ?? id;
    this.select(this.store.between(this.#anchor, id));
  }
  /** Selects up to here and goes there. */
  extendTo(id: SegmentId): void {
    this.selectTo(id);
    this.activate(id);
  }
  toggleSelected(id: SegmentId): void {
    const next = new Set(this.#selected);
    if (next.size === 0 && this.#active && this.#active !== id) next.add(this.#active);
    if (!next.delete(id)) next.add(id);
    this.#anchor = id;
    this.select(next);
  }

  // ---- typing ----
  typed(id: SegmentId, block: HTMLElement): void {
    this.acted();
    const text = block.textContent ?? "";
    // An emptied block may keep a line break of the engine's own, which would hide what stands in for no text.
    if (text === "" && block.firstChild) block.replaceChildren();
    this.store.type(id, text);
  }
  acted(): void {
    this.lastActed = performance.now();
  }
  /** Takes a key while the text under the cursor is about to change place; it is played back afterwards. False when it is not. */
  keepKey(key: string): boolean {
    if (this.#moving === 0 && !this.#wanted) return false;
    if (key === "\b" && this.#keys.length > 0 && this.#keys.at(-1) !== "\n") this.#keys.pop();
    else this.#keys.push(key);
    return true;
  }

  // ---- edits ----
  /** Splits at the cursor; the cursor goes to the start of the later half. */
  split(): Promise<void> {
    const segment = this.#active;
    const block = segment ? this.blocks.get(segment) : undefined;
    const at = block ? caretOffset(block) : null;
    if (!segment || !block || at === null) return Promise.resolve();
    const text = block.textContent ?? "";
    if (tidy(text.slice(0, at)) === "" || tidy(text.slice(at)) === "") return Promise.resolve();
    return this.#move(async () => {
      const change = await this.store.edit({ kind: "split", segment, at: tidyOffset(text, at) });
      const later = change?.segments.find((one) => one.id !== segment);
      return later ? { segment: later.id, offset: 0 } : null;
    });
  }

  /** Joins a segment to the one before it; the cursor lands at the seam. */
  merge(segment: SegmentId | undefined): Promise<void> {
    const earlier = segment && this.store.neighbour(segment, -1);
    if (!segment || !earlier || this.store.segment(earlier)?.part !== this.store.segment(segment)?.part) {
      return Promise.resolve();
    }
    const seam = tidy(this.store.shownText(earlier)).length;
    return this.#move(async () => {
      const change = await this.store.edit({ kind: "merge", segment });
      return change && { segment: earlier, offset: seam > 0 && segment === this.#active ? seam + 1 : seam };
    });
  }

  remove(segments = this.targets): Promise<void> {
    const last = segments.at(-1);
    if (last === undefined) return Promise.resolve();
    const next = this.store.neighbour(last, 1) ?? this.store.neighbour(segments[0] as SegmentId, -1);
    return this.#move(async () => {
      const change = await this.store.edit({ kind: "delete", segments });
      if (change) this.select([]);
      return change && next ? { segment: next, offset: 0 } : null;
    });
  }

  undo(): Promise<void> {
    return this.#retrace(
      () => this.store.undoStep,
      () => this.store.undo(),
    );
  }
  redo(): Promise<void> {
    return this.#retrace(
      () => this.store.redoStep,
      () => this.store.redo(),
    );
  }

  assign(speaker: SpeakerId | null, segments = this.targets): void {
    const others = segments.filter((id) => this.store.segment(id)?.speaker !== speaker);
    if (others.length > 0) void this.store.edit({ kind: "assign", segments: others, speaker });
  }
  name(name: string, segments = this.targets): void {
    if (name.trim() !== "" && segments.length > 0) void this.store.edit({ kind: "name", segments, name });
  }
  /** Marks, or takes the mark away when all of them have it. */
  toggleMark(mark: Mark, segments = this.targets): void {
    if (segments.length === 0) return;
    const all = segments.every((id) => this.store.segment(id)?.mark === mark);
    void this.store.edit({ kind: "mark", segments, mark: all ? null : mark });
  }
  retime(segment: SegmentId, start_ms: number, end_ms: number): void {
    if (start_ms < end_ms) void this.store.edit({ kind: "retime", segment, start_ms, end_ms });
  }

  async #retrace(expected: () => Step | null, retrace: () => Promise<Change | null>): Promise<void> {
    return this.#move(async () => {
      await this.store.flush();
      const before = new Map(this.store.ids.map((id) => [id, this.store.segment(id)?.text]));
      const step = expected();
      const change = step ? await retrace() : null;
      // What is said in the minutes moves no cursor, though it may say who speaks in the text.
      if (!step || !change?.at || OF_MINUTES.has(step.kind)) return null;
      return { segment: change.at, offset: changedUpTo(before.get(change.at), this.store.shownText(change.at)) };
    });
  }

  /** Keys wait while an edit moves the text under the cursor, and follow the cursor to its new place. */
  async #move(work: () => Promise<Place | null>): Promise<void> {
    this.acted();
    this.#moving += 1;
    try {
      const place = await work();
      if (place) this.go(place);
    } finally {
      this.#moving -= 1;
      if (!this.#wanted) this.#playKeys();
    }
  }

  #arrive(place: Place, block: HTMLElement): void {
    this.#wanted = null;
    if ("offset" in place) placeCaret(block, place.offset, place.to);
    else placeCaretInLine(block, place.line, place.x);
    if (this.#moving === 0) this.#playKeys();
  }

  #playKeys(): void {
    const block = this.#active ? this.blocks.get(this.#active) : undefined;
    while (this.#keys.length > 0 && this.#active && block) {
      const key = this.#keys.shift() as string;
      if (key === "\n") return void this.split();
      if (key === "\b") {
        const at = caretOffset(block) ?? 0;
        if (at === 0) return void this.merge(this.#active);
        const text = block.textContent ?? "";
        showText(block, text.slice(0, at - 1) + text.slice(at));
        placeCaret(block, at - 1);
      } else insertText(block, key);
      this.typed(this.#active, block);
    }
    this.#keys = [];
  }
}

/** Where the part of a text that differs from the former one ends: there is what an undo brought back. */
function changedUpTo(before: string | undefined, after: string): number {
  if (before === undefined || before === after) return 0;
  let end = 0;
  const most = Math.min(before.length, after.length);
  while (end < most && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return after.length - end;
}
