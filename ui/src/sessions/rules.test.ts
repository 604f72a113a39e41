// The pure rules of the list: order, what the draft becomes, what is announced.
import type { ProposedPart, SessionRow } from "../ipc";
import { fakeSessions } from "../ipc/fake/sessions";
import { draftOf, startsOf, totalOf, withMore, withMoved, withoutPart } from "./draft";
import { milestoneBetween } from "./milestones";
import { NEWEST_FIRST, sortAfterPress, sortedRows } from "./order";
import { actionsOf } from "./row_actions";

const row = (changes: Partial<SessionRow>): SessionRow => {
  const first = fakeSessions()[0];
  if (first === undefined) throw new Error("the fake has no sessions");
  return { ...first.view.row, ...changes };
};
const part = (source: string, changes: Partial<ProposedPart> = {}): ProposedPart => ({
  source,
  name: source,
  duration_ms: 1000,
  started_at_ms: null,
  bytes: null,
  known: null,
  ...changes,
});
const proposal = (...parts: ProposedPart[]) => ({ title: "Sesión", parts, refused: [] });

test("titles are ordered as people count, with accents aside", () => {
  const rows = ["Sesión 10", "sesion 9", "Ábaco"].map((title, i) => row({ id: String(i), title }));
  const sorted = sortedRows(rows, { column: "title", ascending: true }, "es-CO");
  expect(sorted.map(({ title }) => title)).toEqual(["Ábaco", "sesion 9", "Sesión 10"]);
});

test("pressing a heading again turns its order round, and numbers start with the most", () => {
  expect(sortAfterPress(NEWEST_FIRST, "held_at")).toEqual({ column: "held_at", ascending: true });
  expect(sortAfterPress(NEWEST_FIRST, "doubts")).toEqual({ column: "doubts", ascending: false });
  expect(sortAfterPress(NEWEST_FIRST, "title")).toEqual({ column: "title", ascending: true });
});

test("parts move, leave and come after the first ones, none twice", () => {
  const draft = draftOf(proposal(part("a"), part("b"), part("c")));
  expect(withMoved(draft, 2, 0).parts.map(({ source }) => source)).toEqual(["c", "a", "b"]);
  expect(withMoved(draft, 0, -1)).toBe(draft);
  expect(withoutPart(draft, "b").parts.map(({ source }) => source)).toEqual(["a", "c"]);
  const more = withMore(draft, proposal(part("c"), part("d")));
  expect(more.parts.map(({ source }) => source)).toEqual(["a", "b", "c", "d"]);
});

test("one session takes all parts, or each recording becomes one, and only an address is asked about its copy", () => {
  const draft = { ...draftOf(proposal(part("a"), part("https://e.co/b.mp3"))), keepCopy: false };
  expect(startsOf(draft)).toEqual([
    { sources: ["a", "https://e.co/b.mp3"], title: "Sesión", model: null, keep_copy: false },
  ]);
  expect(startsOf({ ...draft, oneEach: true })).toEqual([
    { sources: ["a"], title: null, model: null, keep_copy: null },
    { sources: ["https://e.co/b.mp3"], title: null, model: null, keep_copy: false },
  ]);
});

test("an unknown duration makes the sum a least one", () => {
  expect(totalOf([part("a"), part("b", { duration_ms: null })])).toEqual({ duration_ms: 1000, unknown: true });
});

test("a reader hears of the start, each quarter and the end, and nothing in between", () => {
  const at = (heard_ms: number, changes: Partial<SessionRow> = {}) =>
    row({ state: "listening", duration_ms: 100, heard_ms, ...changes });
  expect(milestoneBetween(at(0, { state: "waiting" }), at(0))).toEqual({ said: "started" });
  expect(milestoneBetween(at(10), at(20))).toBeNull();
  expect(milestoneBetween(at(24), at(25))).toEqual({ said: "quarter", percent: 25 });
  expect(milestoneBetween(at(20), at(80))).toEqual({ said: "quarter", percent: 75 });
  expect(milestoneBetween(at(99), at(100, { state: "ready" }))).toEqual({ said: "ready" });
  expect(milestoneBetween(at(50, { state: "paused" }), at(50))).toBeNull();
  expect(milestoneBetween(undefined, at(100, { state: "ready" }))).toBeNull();
});

test("only what makes sense in its state is offered", () => {
  expect(actionsOf(row({ state: "listening" }))).toEqual(["open", "rename", "pause", "cancel", "join", "delete"]);
  const ready = row({ state: "ready", job: null, recordings: 2 });
  expect(actionsOf(ready)).toEqual(["open", "rename", "renditions", "join", "split", "reorder", "delete"]);
  expect(actionsOf({ ...ready, sample: true })).toEqual(["open", "rename", "renditions", "delete"]);
});
