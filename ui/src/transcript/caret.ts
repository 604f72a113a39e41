// Where the cursor is in a block of plain text, and how to put it somewhere: by offset, or by line and column.

/** The cursor in UTF-16 units from the start of a block; null when it is elsewhere. */
export function caretOffset(block: HTMLElement): number | null {
  const selection = getSelection();
  if (!selection?.focusNode || !block.contains(selection.focusNode)) return null;
  return offsetOf(block, selection.focusNode, selection.focusOffset);
}

/** What is selected in a block as [from, to), or null. */
export function selectedRange(block: HTMLElement): [number, number] | null {
  const selection = getSelection();
  if (!selection?.anchorNode || !selection.focusNode) return null;
  if (!block.contains(selection.anchorNode) || !block.contains(selection.focusNode)) return null;
  const one = offsetOf(block, selection.anchorNode, selection.anchorOffset);
  const other = offsetOf(block, selection.focusNode, selection.focusOffset);
  return one < other ? [one, other] : [other, one];
}

/** Puts the cursor at an offset, selecting up to `to`. */
export function placeCaret(block: HTMLElement, offset: number, to = offset): void {
  block.focus({ preventScroll: true });
  getSelection()?.setBaseAndExtent(...locate(block, offset), ...locate(block, to));
}

/** A range over [from, to) of a block's text. */
export function rangeOf(block: HTMLElement, from: number, to: number): Range {
  const range = document.createRange();
  range.setStart(...locate(block, from));
  range.setEnd(...locate(block, to));
  return range;
}

/** The offset in a block under a point of the window, or null when the point is elsewhere. */
export function offsetAtPoint(block: HTMLElement, x: number, y: number): number | null {
  const place = placeAtPoint(x, y);
  if (!place || !block.contains(place.node)) return null;
  return offsetOf(block, place.node, place.offset);
}

/** Where the cursor stands, in the window's pixels; null where nothing is laid out. */
export function caretBox(block: HTMLElement): { x: number; top: number; bottom: number } | null {
  const offset = caretOffset(block);
  if (offset === null) return null;
  const text = block.textContent ?? "";
  const range =
    offset < text.length ? rangeOf(block, offset, offset + 1) : rangeOf(block, Math.max(0, offset - 1), offset);
  // A collapsed range has no box in some engines, so the letter beside the cursor is measured.
  const boxes = range.getClientRects?.();
  const box = boxes?.[offset < text.length ? 0 : boxes.length - 1];
  if (!box) return null;
  return { x: offset < text.length ? box.left : box.right, top: box.top, bottom: box.bottom };
}

/** Whether an arrow up (or down) leaves the block. */
export function onEdgeLine(block: HTMLElement, direction: -1 | 1): boolean {
  const caret = caretBox(block);
  if (!caret) return true;
  const box = block.getBoundingClientRect();
  const height = caret.bottom - caret.top;
  return direction < 0 ? caret.top - box.top < height : box.bottom - caret.bottom < height;
}

/** Puts the cursor into the first or last line, as near to a column (window pixels) as the text allows. */
export function placeCaretInLine(block: HTMLElement, line: "first" | "last", x: number | null): void {
  const text = block.textContent ?? "";
  const whole = rangeOf(block, 0, text.length);
  const boxes = text ? whole.getClientRects?.() : undefined;
  const box = line === "first" ? boxes?.[0] : boxes?.[boxes.length - 1];
  const offset = box && x !== null ? offsetAtPoint(block, clamp(x, box), (box.top + box.bottom) / 2) : null;
  placeCaret(block, offset ?? (line === "first" ? 0 : text.length));
}

function clamp(x: number, box: DOMRect): number {
  return Math.min(Math.max(x, box.left + 1), box.right - 1);
}

function placeAtPoint(x: number, y: number): { node: Node; offset: number } | null {
  if (document.caretPositionFromPoint) {
    const place = document.caretPositionFromPoint(x, y);
    return place && { node: place.offsetNode, offset: place.offset };
  }
  const range = document.caretRangeFromPoint?.(x, y);
  return range ? { node: range.startContainer, offset: range.startOffset } : null;
}

function offsetOf(block: HTMLElement, node: Node, offset: number): number {
  const range = document.createRange();
  range.setStart(block, 0);
  range.setEnd(node, offset);
  return range.toString().length;
}

/** Typing may leave several text nodes in a block, so the offset is counted through all of them. */
function locate(block: HTMLElement, offset: number): [Node, number] {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let left = offset;
  let last: Text | null = null;
  while (walker.nextNode()) {
    last = walker.currentNode as Text;
    if (left <= last.length) return [last, left];
    left -= last.length;
  }
  return last ? [last, last.length] : [block, 0];
}
