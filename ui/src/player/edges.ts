// How far the edges of a segment may be moved, as the core allows it.
import type { PartView } from "../ipc/bindings";
import { toPart } from "../lib/timeline";
import type { Stretches } from "./stretches";

/** Session ms. */
export type Edges = { startMs: number; endMs: number };

/** A segment shorter than this could not be seen or heard. */
const SHORTEST_MS = 100;

export function edgesOf(stretches: Stretches, at: number): Edges | null {
  if (at < 0 || at >= stretches.length) return null;
  return { startMs: stretches.fromMs[at] ?? 0, endMs: stretches.toMs[at] ?? 0 };
}

/** The edges with one of them moved to `ms`, or as far that way as neighbours and the part leave room. */
export function moveEdge(
  stretches: Stretches,
  parts: readonly PartView[],
  at: number,
  edge: "start" | "end",
  ms: number,
): Edges {
  const now = edgesOf(stretches, at) ?? { startMs: 0, endMs: 0 };
  const { part } = toPart(parts, now.startMs);
  const holder = parts.find(({ position }) => position === part);
  const partFrom = holder?.offset_ms ?? 0;
  const partTo = partFrom + (holder?.duration_ms ?? Number.POSITIVE_INFINITY);
  // Edges that already overlap a neighbour may stay where they are.
  const floor = Math.max(partFrom, at > 0 ? Math.min(stretches.toMs[at - 1] ?? 0, now.startMs) : 0);
  const ceiling = Math.min(partTo, Math.max(stretches.fromMs[at + 1] ?? Number.POSITIVE_INFINITY, now.endMs));
  if (edge === "start") {
    return { ...now, startMs: Math.round(Math.max(floor, Math.min(ms, now.endMs - SHORTEST_MS))) };
  }
  return { ...now, endMs: Math.round(Math.min(ceiling, Math.max(ms, now.startMs + SHORTEST_MS))) };
}
