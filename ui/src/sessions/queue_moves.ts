// The order in which waiting sessions are heard: where each stands, and where a move in it leads.

import type { JobId, Place } from "../ipc";

export type Move = "hear_first" | "hear_earlier" | "hear_later" | "hear_last";

/** In the order of the menu. */
export const MOVES: readonly Move[] = ["hear_first", "hear_earlier", "hear_later", "hear_last"];

/** With Alt, as the parts of a session are put in order too. */
export const MOVE_KEYS: { readonly [move in Move]: string } = {
  hear_first: "Alt+Home",
  hear_earlier: "Alt+ArrowUp",
  hear_later: "Alt+ArrowDown",
  hear_last: "Alt+End",
};

/** Where a waiting job stands, from 1; null when it does not wait. */
export function placeOf(job: JobId | null, waiting: readonly JobId[]): number | null {
  const at = job === null ? -1 : waiting.indexOf(job);
  return at < 0 ? null : at + 1;
}

/** The order after a move, and what the core is asked for; null when the job stands there already or does not wait. */
export function moved(
  move: Move,
  job: JobId,
  waiting: readonly JobId[],
): { waiting: JobId[]; place: Place; at: number } | null {
  const [from, last] = [waiting.indexOf(job), waiting.length - 1];
  const at = { hear_first: 0, hear_earlier: from - 1, hear_later: from + 1, hear_last: last }[move];
  if (from < 0 || at < 0 || at > last || at === from) return null;
  const others = waiting.filter((each) => each !== job);
  const next = others[at];
  return {
    waiting: others.toSpliced(at, 0, job),
    place: at === 0 ? { place: "first" } : next === undefined ? { place: "last" } : { place: "before", job: next },
    at: at + 1,
  };
}

export function isMove(action: string): action is Move {
  return (MOVES as readonly string[]).includes(action);
}
