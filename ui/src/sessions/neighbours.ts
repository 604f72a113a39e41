// Which sessions stand right before and right after another in time: those that it can be joined with.
import type { SessionRow } from "../ipc";

/** The sample is nobody's neighbour: it is there to practise. */
export function neighboursOf(
  row: SessionRow,
  rows: readonly SessionRow[],
): { before?: SessionRow; after?: SessionRow } {
  const inOrder = rows.filter(({ sample }) => !sample).sort((one, other) => one.held_at_ms - other.held_at_ms);
  const at = inOrder.findIndex(({ id }) => id === row.id);
  const [before, after] = at < 0 ? [] : [inOrder[at - 1], inOrder[at + 1]];
  return { ...(before && { before }), ...(after && { after }) };
}
