// The sentences of the succinct acta, by turns.
import type { Edit, Entry, SaidTurn } from "../ipc";
import {
  isDone,
  leaveOut,
  pick,
  progressOf,
  rewrite,
  type SummedUp,
  summedUp,
  unchangedKept,
  write,
} from "./summaries";

const stretch = (from: number, to: number) => ({ from: { part: 0, ms: from }, to: { part: 0, ms: to } });
const turn = (from: number, ...sentences: string[]): SaidTurn => ({
  asks: sentences.length > 1,
  speaker: "Ana Zapata",
  heard: stretch(from, from + sentences.length * 10),
  sentences: sentences.map((text, at) => ({
    text,
    heard: stretch(from + at * 10, from + at * 10 + 10),
    reasons: /solicit/i.test(text) ? ["request"] : /gracias/i.test(text) ? ["courtesy"] : [],
  })),
});
const turns = [turn(0, "Gracias, presidente.", "Solicito el informe."), turn(100, "Presente.")];

/** What the entries are after these edits. */
const after = (entries: Entry[], edits: Edit[]): Entry[] =>
  edits.reduce((all, edit) => {
    if (edit.kind === "remove_entry") return all.filter(({ id }) => id !== edit.entry);
    if (edit.kind !== "put_entry") return all;
    return [...all.filter(({ id }) => id !== edit.entry.id), edit.entry];
  }, entries);
const first = (entries: Entry[]) => summedUp(turns, entries)[0] as SummedUp;

test("a ticked sentence goes in as it was said, with its place in the sound, and out again", () => {
  const entries = after([], pick(first([]), 1, true));
  expect(entries).toMatchObject([
    { heard: stretch(10, 20), what: { kind: "summary", text: "Solicito el informe.", confirmed: true } },
  ]);
  expect(first(entries).picked[1]?.text).toBe("Solicito el informe.");
  expect(after(entries, pick(first(entries), 1, false))).toEqual([]);
});

test("a sentence said in other words stays the one that was picked", () => {
  const picked = after([], pick(first([]), 1, true));
  const summary = first(picked).picked[1];
  const entries = after(picked, summary ? rewrite(summary, "Pidió el informe.") : []);
  expect(entries).toHaveLength(1);
  expect(first(entries).picked[1]?.text).toBe("Pidió el informe.");
});

test("a sentence of one's own belongs to the whole turn", () => {
  const entries = after([], write(first([]), " Pidió el informe. "));
  expect(entries).toMatchObject([{ heard: turns[0]?.heard, what: { text: "Pidió el informe." } }]);
  expect(first(entries).own).toHaveLength(1);
  expect(write(first([]), "  ")).toEqual([]);
});

test("nothing of a turn takes its sentences out, and a sentence takes that back", () => {
  const picked = after([], pick(first([]), 1, true));
  const nothing = after(picked, leaveOut(first(picked), true));
  expect(nothing).toMatchObject([{ what: { text: "" } }]);
  expect(isDone(first(nothing))).toBe(true);
  const again = after(nothing, pick(first(nothing), 0, true));
  expect(again).toMatchObject([{ what: { text: "Gracias, presidente." } }]);
});

test("a sentence whose turn is cut otherwise by now is not lost", () => {
  const entry: Entry = {
    id: "old",
    heard: stretch(13, 31),
    what: { kind: "summary", text: "Pidió el informe.", confirmed: true },
  };
  expect(first([entry]).own.map(({ text }) => text)).toEqual(["Pidió el informe."]);
});

test("a short answer waits for no words, unless somebody gave it some", () => {
  expect(progressOf(turns, [])).toEqual({ done: 0, total: 1 });
  const second = summedUp(turns, [])[1] as SummedUp;
  expect(progressOf(turns, after([], pick(second, 0, true)))).toEqual({ done: 1, total: 2 });
});

test("a turn of which nothing changed is the same one as before", () => {
  const former = summedUp(turns, []);
  const entries = after([], pick(former[0] as SummedUp, 1, true));
  const next = unchangedKept(former, summedUp(turns, entries));
  expect(next[0]).not.toBe(former[0]);
  expect(next[1]).toBe(former[1]);
  expect(unchangedKept(next, summedUp(turns, entries))[0]).toBe(next[0]);
});
