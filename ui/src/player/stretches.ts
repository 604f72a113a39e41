// The segments as the player and the waveform need them: in session time, in typed arrays, found by bisection.
// Text is left out on purpose, so that typing changes nothing here and nothing is drawn again.
import type { PartView, Segment, Speaker } from "../ipc/bindings";
import { toSessionMs } from "../lib/timeline";

/** Marks of a stretch, as bits. */
export const DOUBTFUL = 1;
export const RESERVED = 2;

export type Stretches = {
  length: number;
  ids: readonly string[];
  /** Session ms, ascending. */
  fromMs: Float64Array;
  toMs: Float64Array;
  /** 0..11 of the speaker, or -1 for nobody. */
  colour: Int8Array;
  marks: Uint8Array;
  /** Name of who speaks, "" for nobody. */
  speaker: readonly string[];
};

export const noStretches: Stretches = stretchesOf([], [], []);

/** `doubtful` names the paragraphs to check; without it each segment tells for itself. */
export function stretchesOf(
  segments: readonly Segment[],
  speakers: readonly Speaker[],
  parts: readonly PartView[],
  doubtful?: Iterable<string>,
): Stretches {
  const named = doubtful && new Set(doubtful);
  const byId = new Map(speakers.map((speaker) => [speaker.id, speaker]));
  const placed = segments.map((segment) => ({ segment, fromMs: toSessionMs(parts, segment.part, segment.start_ms) }));
  placed.sort((one, other) => one.fromMs - other.fromMs);
  const length = placed.length;
  const stretches = {
    length,
    ids: placed.map(({ segment }) => segment.id),
    fromMs: new Float64Array(length),
    toMs: new Float64Array(length),
    colour: new Int8Array(length),
    marks: new Uint8Array(length),
    speaker: placed.map(({ segment }) => byId.get(segment.speaker ?? "")?.name ?? ""),
  };
  placed.forEach(({ segment, fromMs }, at) => {
    stretches.fromMs[at] = fromMs;
    stretches.toMs[at] = fromMs + segment.end_ms - segment.start_ms;
    stretches.colour[at] = byId.get(segment.speaker ?? "")?.colour ?? -1;
    const isDoubtful = named ? named.has(segment.id) : segment.doubtful;
    stretches.marks[at] = (isDoubtful ? DOUBTFUL : 0) | (segment.mark === "reserved" ? RESERVED : 0);
  });
  return stretches;
}

/** Whether two draw and play alike. */
export function sameStretches(one: Stretches, other: Stretches): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) {
    if (
      one.fromMs[at] !== other.fromMs[at] ||
      one.toMs[at] !== other.toMs[at] ||
      one.colour[at] !== other.colour[at] ||
      one.marks[at] !== other.marks[at] ||
      one.ids[at] !== other.ids[at] ||
      one.speaker[at] !== other.speaker[at]
    )
      return false;
  }
  return true;
}

/** Index of the last stretch that starts at or before a moment; -1 before the first. */
export function lastFrom(stretches: Stretches, ms: number): number {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((stretches.fromMs[middle] ?? 0) <= ms) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Index of the stretch in which a moment lies, or -1 between stretches. */
export function stretchAt(stretches: Stretches, ms: number): number {
  const at = lastFrom(stretches, ms);
  return at >= 0 && ms < (stretches.toMs[at] ?? 0) ? at : -1;
}

/** Start of the last stretch that begins at or before a moment; the session's start before the first. */
export function previousFrom(stretches: Stretches, ms: number): number {
  return stretches.fromMs[lastFrom(stretches, ms)] ?? 0;
}

/** Start of the first stretch that begins after a moment. */
export function nextFrom(stretches: Stretches, ms: number): number | null {
  return stretches.fromMs[lastFrom(stretches, ms) + 1] ?? null;
}
