// The order and the filter of the list: pure functions over its rows.

import type { JobId, SessionRow, SessionState } from "../ipc";
import { placeOf } from "./queue_moves";

/** The columns that the list can be sorted by. */
export type Column = "held_at" | "title" | "duration" | "state" | "doubts";
export type Sort = { column: Column; ascending: boolean };
export type Filter = SessionState | "all";

/** What wants attention comes first. */
export const STATES: readonly SessionState[] = ["listening", "waiting", "paused", "failed", "cancelled", "ready"];

/** The newest sitting first, as a secretary looks for it. */
export const NEWEST_FIRST: Sort = { column: "held_at", ascending: false };

/** What a press on a column's heading does: the same column turns round, another starts the way it is most useful. */
export function sortAfterPress(sort: Sort, column: Column): Sort {
  if (sort.column === column) return { column, ascending: !sort.ascending };
  return { column, ascending: column === "title" || column === "state" };
}

/** A sorted copy; by state, those that wait stand in the order in which they will be heard. Rows that are nearly in order already, as after one of them changed, cost one pass. */
export function sortedRows(
  rows: readonly SessionRow[],
  sort: Sort,
  language: string,
  waiting: readonly JobId[] = [],
): SessionRow[] {
  const compare = comparison(sort.column, language, waiting);
  const direction = sort.ascending ? 1 : -1;
  return [...rows].sort((a, b) => direction * compare(a, b) || b.held_at_ms - a.held_at_ms || (a.id < b.id ? -1 : 1));
}

/** The rows of a state. */
export function filteredRows(rows: SessionRow[], filter: Filter): SessionRow[] {
  return filter === "all" ? rows : rows.filter((row) => row.state === filter);
}

function comparison(
  column: Column,
  language: string,
  waiting: readonly JobId[],
): (a: SessionRow, b: SessionRow) => number {
  switch (column) {
    case "held_at":
      return (a, b) => a.held_at_ms - b.held_at_ms;
    case "title": {
      // «Sesión 9» comes before «Sesión 10», and accents do not part equal words.
      const collator = new Intl.Collator(language, { numeric: true, sensitivity: "base" });
      return (a, b) => collator.compare(a.title, b.title);
    }
    case "duration":
      return (a, b) => (a.duration_ms ?? -1) - (b.duration_ms ?? -1);
    case "state":
      return (a, b) =>
        STATES.indexOf(a.state) - STATES.indexOf(b.state) ||
        (placeOf(a.job, waiting) ?? 0) - (placeOf(b.job, waiting) ?? 0);
    case "doubts":
      return (a, b) => a.doubts - b.doubts;
  }
}
