// The roster as it is changed in the window: values in, values out.
import { v7 } from "uuid";
import type { Councillor, ProposedCouncillor } from "../ipc";

/** Somebody of whom nothing else is said yet; the place in the roll comes when the roster is kept. */
export function councillorOf(name: string, like?: Councillor): Councillor {
  return {
    id: v7(),
    term: like?.term ?? "",
    name,
    instead_of: [],
    party: "",
    office: "",
    seat: 0,
    since: like?.since ?? "",
    until: like?.until ?? "",
  };
}

/** Everybody in the order of the list: the first has the first place in the roll. Nobody is without a name. */
export function seated(roster: readonly Councillor[]): Councillor[] {
  return roster.filter(({ name }) => name.trim()).map((one, at) => ({ ...one, name: one.name.trim(), seat: at + 1 }));
}

/** One place up (-1) or down (1); the same roster at its ends. */
export function moved(roster: readonly Councillor[], from: number, by: -1 | 1): readonly Councillor[] {
  const one = roster[from];
  const other = roster[from + by];
  if (!one || !other) return roster;
  return roster.map((each, at) => (at === from ? other : at === from + by ? one : each));
}

/** What should not be taken over unseen. */
export function isDoubtful({ notes }: ProposedCouncillor): boolean {
  return notes.includes("odd_name");
}
