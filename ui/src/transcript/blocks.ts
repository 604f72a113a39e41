// The blocks of text that are on screen now, by segment. Their text is written here and read here, never by React,
// so typing redraws nothing but the letters.
import type { SegmentId } from "../ipc/bindings";
import { caretOffset, placeCaret, selectedRange } from "./caret";

export class Blocks {
  readonly #blocks = new Map<SegmentId, HTMLElement>();

  add(id: SegmentId, block: HTMLElement): void {
    this.#blocks.set(id, block);
  }

  /** A block that was replaced by a newer one of the same segment takes nothing away. */
  remove(id: SegmentId, block: HTMLElement): void {
    if (this.#blocks.get(id) === block) this.#blocks.delete(id);
  }

  get(id: SegmentId): HTMLElement | undefined {
    return this.#blocks.get(id);
  }

  entries(): IterableIterator<[SegmentId, HTMLElement]> {
    return this.#blocks.entries();
  }
}

/** Shows a text in a block; the cursor stays where it is, as far as the text allows. */
export function showText(block: HTMLElement, text: string): void {
  if ((block.textContent ?? "") === text) return;
  const caret = document.activeElement === block ? caretOffset(block) : null;
  const only = block.childNodes.length === 1 ? block.firstChild : null;
  if (text === "") block.replaceChildren();
  else if (only instanceof Text) only.data = text;
  else block.textContent = text;
  if (caret !== null) placeCaret(block, Math.min(caret, text.length));
}

/** Puts a text in the place of what is selected, with the cursor behind it. */
export function insertText(block: HTMLElement, text: string): void {
  const whole = block.textContent ?? "";
  const [from, to] = selectedRange(block) ?? [whole.length, whole.length];
  showText(block, whole.slice(0, from) + text + whole.slice(to));
  placeCaret(block, from + text.length);
}

/** Text from elsewhere, on one line. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}
