// Words of a text as the core counts them (the pieces between white space), with their places in UTF-16 units.
import type { Segment } from "../ipc/bindings";

/** [from, to) of each word. */
export function wordPlaces(text: string): [number, number][] {
  const places: [number, number][] = [];
  for (const match of text.matchAll(/\S+/g)) places.push([match.index, match.index + match[0].length]);
  return places;
}

/** The text as the core keeps it: words with one space between them. */
export function tidy(text: string): string {
  return text.trim().split(/\s+/).join(" ");
}

/** Where a place of a typed text lies once the core tidied it. */
export function tidyOffset(text: string, at: number): number {
  const before = text.slice(0, at);
  const kept = tidy(before);
  return /\s$/.test(before) && kept !== "" && /\S/.test(text.slice(at)) ? kept.length + 1 : kept.length;
}

/** The index of the word that holds a place, or of the last one before it; -1 before the first. */
export function wordAt(text: string, offset: number): number {
  return wordPlaces(text).findLastIndex(([from]) => from <= offset);
}

/** The word that is said at a moment, ms of the segment's part; -1 when nobody speaks yet. */
export function wordHeardAt(segment: Segment, ms: number): number {
  const after = ms - segment.start_ms;
  const { times } = segment;
  let [low, high] = [0, times.length / 2];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle * 2] as number) <= after) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** When a word starts, ms of the segment's part; the segment's start when the word has no time. */
export function wordStart(segment: Segment, word: number): number {
  return segment.start_ms + (segment.times[word * 2] ?? 0);
}
