// Marks in the text without touching its elements: the word being heard, words the engine was unsure of, those that the
// vocabulary wrote, and what was found. Each is a CSS highlight over ranges; an engine without them shows the row mark only.
import type { Found, PartView, SegmentId } from "../ipc/bindings";
import { toPart } from "../lib/timeline";
import { rangeOf } from "./caret";
import type { Editor } from "./editor";
import { wordHeardAt, wordPlaces } from "./words";

const HEARD = "transcript-heard";
const UNSURE = "transcript-unsure";
const RESPELLED = "transcript-respelled";
const FOUND = "transcript-found";
const CURRENT = "transcript-found-current";
/** Where marks lie over each other, the first of these below: the colour of the last one is seen. */
const LAYERS = [UNSURE, RESPELLED, FOUND, HEARD, CURRENT];

/** Follows the player: marks the row and the word at a moment. Touches the row before and the row now, at most. */
export class HeardMark {
  readonly #editor: Editor;
  readonly #highlight = register(HEARD);
  #segment: SegmentId | null = null;
  #row: HTMLElement | null = null;
  #block: HTMLElement | undefined;
  #word = -1;
  #text = "";
  #places: [number, number][] = [];

  constructor(editor: Editor) {
    this.#editor = editor;
  }

  /** Gives the segment when it is another one than at the last tick. */
  tick(parts: readonly PartView[], sessionMs: number): SegmentId | null {
    const { part, ms } = toPart(parts, sessionMs);
    const segment = this.#editor.store.segmentAt(part, ms);
    const heard = segment && ms <= segment.end_ms + 1500 ? segment : null;
    const block = heard ? this.#editor.blocks.get(heard.id) : undefined;
    const row = block?.closest<HTMLElement>("[data-segment]") ?? null;
    if (row !== this.#row) {
      this.#row?.removeAttribute("data-heard");
      row?.setAttribute("data-heard", "");
      this.#row = row;
    }
    const id = heard?.id ?? null;
    const moved = id !== this.#segment;
    if (moved) this.#block = undefined;
    this.#segment = id;
    this.#markWord(block, heard ? wordHeardAt(heard, ms) : -1);
    return moved ? id : null;
  }

  /** Marks what was marked anew: its text was put there anew, or its row went, came, or is now another segment's. */
  renew(parts: readonly PartView[], sessionMs: number): void {
    if (this.#segment === null) return;
    this.#block = undefined;
    this.tick(parts, sessionMs);
  }

  stop(): void {
    this.#highlight?.clear();
    this.#row?.removeAttribute("data-heard");
  }

  #markWord(block: HTMLElement | undefined, word: number): void {
    // The text is read when a word ends and not at each frame: an hour of copies of it is more than what is on screen.
    if (word === this.#word && block === this.#block) return;
    const text = block?.textContent ?? "";
    if (text !== this.#text) this.#places = wordPlaces(text);
    this.#block = block;
    this.#word = word;
    this.#text = text;
    this.#highlight?.clear();
    const place = this.#places[word];
    if (block && place) this.#highlight?.add(rangeOf(block, ...place));
  }
}

/** Marks the words of the rows on screen that the vocabulary wrote, and colours the unsure ones when that is on. */
export function markWords(editor: Editor, colourUnsure: boolean): void {
  const unsure = register(UNSURE);
  const respelled = register(RESPELLED);
  unsure?.clear();
  respelled?.clear();
  if (!unsure || !respelled) return;
  for (const [id, block] of editor.blocks.entries()) {
    const segment = editor.store.segment(id);
    if (!segment || segment.text !== block.textContent) continue;
    const doubts = colourUnsure ? segment.unsure : [];
    if (doubts.length === 0 && segment.respelled.length === 0) continue;
    const places = wordPlaces(segment.text);
    for (const word of doubts) {
      const place = places[word];
      if (place) unsure.add(rangeOf(block, ...place));
    }
    for (const { at, count } of segment.respelled) {
      const [first, last] = [places[at], places[at + count - 1]];
      if (first && last) respelled.add(rangeOf(block, first[0], last[1]));
    }
  }
}

/** Marks what was found in the rows on screen, one of them more than the others. A row being typed in is left alone. */
export function markFound(editor: Editor, found: ReadonlyMap<SegmentId, readonly Found[]>, current?: Found): void {
  const highlight = register(FOUND);
  const stronger = register(CURRENT);
  highlight?.clear();
  stronger?.clear();
  if (!highlight || found.size === 0) return;
  for (const [id, block] of editor.blocks.entries()) {
    if (editor.store.segment(id)?.text !== block.textContent) continue;
    for (const one of found.get(id) ?? [])
      (one === current ? stronger : highlight)?.add(rangeOf(block, one.from, one.to));
  }
}

function register(name: string): Highlight | null {
  if (typeof Highlight === "undefined" || !CSS.highlights) return null;
  const known = CSS.highlights.get(name) ?? new Highlight();
  known.priority = LAYERS.indexOf(name);
  CSS.highlights.set(name, known);
  return known;
}
