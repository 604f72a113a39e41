// The points of the order of the day on the session's clock, and what moving the boundary between two of them makes of
// both. A point is dealt with until the next one begins.
import type { Entry, Item, Moment, PartView } from "../ipc/bindings";
import { durationOf, toPart } from "../lib/timeline";
import { type Span, spanOf } from "./outline_rows";

type ItemEntry = Entry & { heard: NonNullable<Entry["heard"]>; what: { kind: "item" } & Item };
export type AgendaSpan = Span & { entry: ItemEntry };

/** A point shorter than this could not be pointed at. */
const SHORTEST_MS = 1000;

/** The points that were dealt with, in the order of the sound. */
export function agendaSpans(entries: readonly Entry[], parts: readonly PartView[]): AgendaSpan[] {
  return entries
    .filter((entry): entry is ItemEntry => entry.what.kind === "item" && entry.heard !== null)
    .map((entry) => ({ entry, ...(spanOf(entry.heard, parts) as Span) }))
    .sort((one, other) => one.fromMs - other.fromMs);
}

/** The point that is dealt with at a moment; -1 before the first. */
export function spanAt(spans: readonly AgendaSpan[], ms: number): number {
  return spans.findLastIndex(({ fromMs }) => fromMs <= ms);
}

/** When the point after this one begins, or the session ends: what is heard until then belongs to this one. */
export function untilMs(spans: readonly AgendaSpan[], at: number, parts: readonly PartView[]): number {
  return spans[at + 1]?.fromMs ?? durationOf(parts);
}

/** Both points as they are when the later one, `at`, begins at `ms` and the one before it ends there. */
export function moveBoundary(
  spans: readonly AgendaSpan[],
  at: number,
  ms: number,
  parts: readonly PartView[],
): ItemEntry[] {
  const later = spans[at];
  if (!later) return [];
  const moment = toMoment(parts, boundaryWithin(spans, at, ms, parts));
  const earlier = spans[at - 1];
  const { heard } = later.entry;
  const begun = { ...later.entry, heard: { from: moment, to: latest(moment, heard.to) } };
  if (!earlier) return [begun];
  return [{ ...earlier.entry, heard: { ...earlier.entry.heard, to: moment } }, begun];
}

/** An entry that begins, or ends, at a moment of the session; the other end goes along when it must. */
export function retimed(entry: Entry, edge: "start" | "end", ms: number, parts: readonly PartView[]): Entry {
  const moment = toMoment(parts, ms);
  const { from, to } = entry.heard ?? { from: moment, to: moment };
  const heard =
    edge === "start" ? { from: moment, to: latest(moment, to) } : { from: earliest(from, moment), to: moment };
  return { ...entry, heard };
}

export function toMoment(parts: readonly PartView[], sessionMs: number): Moment {
  const { part, ms } = toPart(parts, sessionMs);
  return { part, ms: Math.round(ms) };
}

/** How far the beginning of a point can be moved, session ms; the first one has none before it. */
function boundaryWithin(spans: readonly AgendaSpan[], at: number, ms: number, parts: readonly PartView[]): number {
  const before = spans[at - 1];
  const floor = before ? before.fromMs + SHORTEST_MS : 0;
  const ceiling = untilMs(spans, at, parts) - SHORTEST_MS;
  return Math.round(Math.max(floor, Math.min(ms, Math.max(floor, ceiling))));
}

function isBefore(one: Moment, other: Moment): boolean {
  return one.part < other.part || (one.part === other.part && one.ms < other.ms);
}

function latest(one: Moment, other: Moment): Moment {
  return isBefore(one, other) ? other : one;
}

function earliest(one: Moment, other: Moment): Moment {
  return isBefore(other, one) ? other : one;
}
