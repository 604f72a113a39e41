// What can be done with a session of the list, and which of it makes sense in the state it is in.

import type { SessionRow } from "../ipc";

export type RowAction = "open" | "rename" | "renditions" | "pause" | "resume" | "retry" | "cancel" | "delete";
export type OnAction = (action: RowAction, row: SessionRow) => void;

/** In the order of the menu; deleting comes last. */
export function actionsOf(row: SessionRow): RowAction[] {
  return ["open", "rename", ...jobActions(row), ...(isBeingHeard(row) ? [] : (["renditions"] as const)), "delete"];
}

/** The one that is offered in the row itself, because it is what one would do next. */
export function nextActionOf(row: SessionRow): RowAction | null {
  return jobActions(row)[0] ?? null;
}

/** The subtitles of a rendition would end where it was heard to. */
function isBeingHeard({ state }: SessionRow): boolean {
  return state === "waiting" || state === "listening" || state === "paused";
}

function jobActions(row: SessionRow): RowAction[] {
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
