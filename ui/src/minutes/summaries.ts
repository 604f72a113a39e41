// The sentences of the succinct acta: which of them belong to which turn, and the edits that pick and write them.
import { v7 } from "uuid";
import type { Edit, Entry, EntryId, Moment, Reason, SaidTurn, Stretch } from "../ipc";

/** A sentence that the acta has for a turn; `text` is empty when nothing of the turn is for the acta. */
export type Summary = { id: EntryId; heard: Stretch; text: string };

/** A turn with what the acta has of it. */
export type SummedUp = {
  turn: SaidTurn;
  /** For each sentence of the turn, what was made of it, if it was picked. */
  picked: (Summary | undefined)[];
  /** What the secretary wrote for the turn, and picked sentences that are cut otherwise by now. */
  own: Summary[];
  /** That nothing of it is for the acta. */
  nothing: Summary | undefined;
};

/** Every turn with what the acta has of it. An entry that starts in no turn goes with the one before it. */
export function summedUp(turns: readonly SaidTurn[], entries: readonly Entry[]): SummedUp[] {
  const all: SummedUp[] = turns.map((turn) => ({
    turn,
    picked: turn.sentences.map(() => undefined),
    own: [],
    nothing: undefined,
  }));
  for (const { id, heard, what } of entries) {
    if (what.kind !== "summary" || !heard) continue;
    const of = all[Math.max(0, turnAt(turns, heard.from))];
    if (!of) continue;
    const summary = { id, heard, text: what.text };
    const place = of.turn.sentences.findIndex((sentence, at) => !of.picked[at] && same(sentence.heard, heard));
    if (what.text.trim() === "") of.nothing = summary;
    else if (place >= 0) of.picked[place] = summary;
    else of.own.push(summary);
  }
  return all;
}

/** The same turns; those of which nothing changed are the very objects they were, so that they need not be drawn anew. */
export function unchangedKept(former: readonly SummedUp[], next: readonly SummedUp[]): readonly SummedUp[] {
  return next.map((one, at) => {
    const was = former[at];
    return was && was.turn === one.turn && inWords(was) === inWords(one) ? was : one;
  });
}

const inWords = ({ picked, own, nothing }: SummedUp) =>
  isDone({ picked, own, nothing }) ? JSON.stringify([picked, own, nothing]) : "";

/** Whether somebody has decided what the acta says of the turn. */
export function isDone({ picked, own, nothing }: Omit<SummedUp, "turn">): boolean {
  return nothing !== undefined || own.length > 0 || picked.some(Boolean);
}

/** Those that wait for words, or have some. */
export function mattering(all: readonly SummedUp[]): SummedUp[] {
  return all.filter((each) => each.turn.asks || isDone(each));
}

/** Whether something speaks for a sentence. Thanks and greetings speak against it. */
export function isWeighty(reasons: readonly Reason[]): boolean {
  return reasons.length > 0 && !reasons.includes("courtesy");
}

/** How many of the turns that wait for words have them. */
export function progressOf(turns: readonly SaidTurn[], entries: readonly Entry[]): { done: number; total: number } {
  const asking = mattering(summedUp(turns, entries));
  return { done: asking.filter(isDone).length, total: asking.length };
}

/** Picks a sentence as it was said, or leaves it out again. */
export function pick({ turn, picked, nothing }: SummedUp, place: number, wanted: boolean): Edit[] {
  const sentence = turn.sentences[place];
  const former = picked[place];
  if (!wanted) return former ? [remove(former)] : [];
  return sentence && !former ? [...takeBack(nothing), put(sentence.heard, sentence.text)] : [];
}

/** Writes a sentence for the turn. */
export function write({ turn, nothing }: SummedUp, text: string): Edit[] {
  return text.trim() === "" ? [] : [...takeBack(nothing), put(turn.heard, text.trim())];
}

/** Says it in other words; without any it goes. */
export function rewrite(summary: Summary, text: string): Edit[] {
  if (text.trim() === summary.text) return [];
  return text.trim() === "" ? [remove(summary)] : [put(summary.heard, text.trim(), summary.id)];
}

/** Says that nothing of the turn is for the acta, or takes that back. */
export function leaveOut({ turn, picked, own, nothing }: SummedUp, wanted: boolean): Edit[] {
  if (!wanted) return takeBack(nothing);
  const others = [...picked, ...own].filter((summary) => summary !== undefined);
  return [...others.map(remove), ...(nothing ? [] : [put(turn.heard, "")])];
}

export const remove = ({ id }: { id: EntryId }): Edit => ({ kind: "remove_entry", entry: id });

const takeBack = (nothing: Summary | undefined): Edit[] => (nothing ? [remove(nothing)] : []);

function put(heard: Stretch, text: string, id = v7()): Edit {
  return {
    kind: "put_entry",
    entry: { id, heard, what: { kind: "summary", text, confirmed: true } },
    continues: false,
  };
}

const same = (one: Stretch, other: Stretch) => order(one.from, other.from) === 0 && order(one.to, other.to) === 0;

const order = (one: Moment, other: Moment) => one.part - other.part || one.ms - other.ms;

/** The last turn that begins at this moment or before it; -1 before the first. Turns are in order. */
function turnAt(turns: readonly SaidTurn[], moment: Moment): number {
  let [low, high] = [0, turns.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (order((turns[middle] as SaidTurn).heard.from, moment) <= 0) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
