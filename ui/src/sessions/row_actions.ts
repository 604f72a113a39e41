// What can be done with a session of the list, and which of it makes sense in the state it is in.

import type { SessionRow } from "../ipc";
import { MOVES, type Move } from "./queue_moves";

export type RowAction = "open" | "rename" | "renditions" | JobAction | Move | PartAction | "delete";
export type PartAction = "join" | "split" | "reorder";
type JobAction = "pause" | "resume" | "retry" | "cancel";
/** Agreeing is offered where something waits for it, and in no menu. */
export type OnAction = (action: RowAction | "agree", row: SessionRow) => void;

/** In the order of the menu; deleting comes last. */
export function actionsOf(row: SessionRow): RowAction[] {
  return [
    "open",
    "rename",
    ...jobActions(row),
    ...(row.job !== null && row.state === "waiting" ? MOVES : []),
    ...(isBeingHeard(row) ? [] : (["renditions"] as const)),
    ...partActions(row),
    "delete",
  ];
}

/** The one that is offered in the row itself, because it is what one would do next. */
export function nextActionOf(row: SessionRow): JobAction | null {
  return jobActions(row)[0] ?? null;
}

/** The subtitles of a rendition would end where it was heard to. */
function isBeingHeard({ state }: SessionRow): boolean {
  return state === "waiting" || state === "listening" || state === "paused";
}

/** Of one recording there is nothing to split or order, and the sample is left alone. */
function partActions(row: SessionRow): PartAction[] {
  if (row.sample) return [];
  return row.recordings > 1 ? ["join", "split", "reorder"] : ["join"];
}

function jobActions(row: SessionRow): JobAction[] {
  if (row.job === null) return [];
  switch (row.state) {
    case "waiting":
    case "listening":
      return ["pause", "cancel"];
    case "paused":
      return ["resume", "cancel"];
    case "failed":
      return ["retry", "cancel"];
    default:
      return [];
  }
}
