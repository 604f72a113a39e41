// What a screen reader is told about a session being heard: its start, each quarter, its end. Nothing in between.

import type { SessionRow } from "../ipc";

export type Milestone =
  | { said: "started" }
  | { said: "quarter"; percent: number }
  | { said: "ready" }
  | { said: "failed" | "retrying"; message: string };

/** The milestone that lies between two looks at the same session, if any. */
export function milestoneBetween(before: SessionRow | undefined, after: SessionRow): Milestone | null {
  if (before?.state !== after.state) {
    // A session that was just brought in is new here; one that was ready all along is no news.
    if (after.state === "listening" && before?.state !== "paused") return { said: "started" };
    if (before !== undefined && after.state === "ready") return { said: "ready" };
    if (before !== undefined && after.state === "failed")
      return { said: after.retry_at_ms === null ? "failed" : "retrying", message: after.failure?.message ?? "" };
    return null;
  }
  if (after.state !== "listening" || before === undefined) return null;
  const reached = quartersHeard(after);
  return reached > quartersHeard(before) && reached < 4 ? { said: "quarter", percent: reached * 25 } : null;
}

/** The share that is heard, from 0 to 1; null while the length is unknown, as in a stream. */
export function shareHeard(row: SessionRow): number | null {
  return row.duration_ms ? Math.min(1, row.heard_ms / row.duration_ms) : null;
}

function quartersHeard(row: SessionRow): number {
  return Math.floor((shareHeard(row) ?? 0) * 4);
}
