// Who voted for what: the side of each name, moving a name to another side, and the counts that were announced against
// the names. Values in, values out.
import type { Candidate, Vote, VoteNames } from "../ipc/bindings";

export const sides = ["in_favour", "against", "abstaining", "excluded"] as const satisfies readonly (keyof VoteNames)[];
export type Side = (typeof sides)[number];

/** The sides whose number is announced. */
export const counted = ["in_favour", "against", "abstaining"] as const satisfies readonly Side[];

/** Everybody who may have voted: the roll, and whoever the vote names besides. */
export function voters(roll: readonly string[], names: VoteNames): string[] {
  return [...new Set([...roll, ...sides.flatMap((side) => names[side])])].filter((name) => name.trim() !== "");
}

/** Null for who did not vote. */
export function sideOf(names: VoteNames, name: string): Side | null {
  return sides.find((side) => names[side].includes(name)) ?? null;
}

/** The same names, in the order of the roll, with one of them on another side. */
export function withSide(names: VoteNames, name: string, side: Side | null, order: readonly string[]): VoteNames {
  const on = (one: Side) => order.filter((each) => (each === name ? side === one : names[one].includes(each)));
  return { in_favour: on("in_favour"), against: on("against"), abstaining: on("abstaining"), excluded: on("excluded") };
}

/** The sides of which another number was announced than there are names, once somebody is named. */
export function differences(vote: Vote): { side: (typeof counted)[number]; announced: number; named: number }[] {
  if (sides.every((side) => vote.names[side].length === 0)) return [];
  return counted.flatMap((side) => {
    const announced = vote[side];
    const named = vote.names[side].length;
    return announced === null || announced === named ? [] : [{ side, announced, named }];
  });
}

/** «Ana Zapata: 7», one a line. */
export function candidateLines(candidates: readonly Candidate[]): string {
  return candidates.map(({ name, votes }) => `${name}: ${votes}`).join("\n");
}

/** The reverse; a line without a number counts none. */
export function readCandidates(lines: string): Candidate[] {
  return lines
    .split("\n")
    .map((line) => /^(.*?)[\s:,;–-]*(\d*)\s*$/.exec(line.trim()))
    .map((match) => ({ name: (match?.[1] ?? "").trim(), votes: Number(match?.[2] || 0) }))
    .filter(({ name }) => name !== "");
}
