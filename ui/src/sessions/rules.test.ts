// The pure rules of the list: order, what the draft becomes, what is announced.
import type { ProposedPart, SessionRow } from "../ipc";
import { fakeSessions } from "../ipc/fake/sessions";
import { draftOf, startsOf, totalOf, withMore, withMoved, withoutParts } from "./draft";
import { milestoneBetween } from "./milestones";
import { NEWEST_FIRST, sortAfterPress, sortedRows } from "./order";
import { MOVES, moved, placeOf } from "./queue_moves";
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
const proposal = (...parts: ProposedPart[]) => ({ title: "Sesión", parts, microphones: false, refused: [] });

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
  expect(withoutParts(draft, ["b"]).parts.map(({ source }) => source)).toEqual(["a", "c"]);
  const more = withMore(draft, proposal(part("c"), part("d")));
  expect(more.parts.map(({ source }) => source)).toEqual(["a", "b", "c", "d"]);
});

test("a title that nobody typed follows the part that is first, and one that was typed stays", () => {
  const named = (name: string) => part(`/m/${name}`, { name });
  const draft = draftOf({ ...proposal(named("SES_1.MP3"), named("SES_2.MP3"), named("3. tarde.ogg")), title: "SES_1" });
  expect(withoutParts(draft, ["/m/SES_1.MP3"]).title).toBe("SES_2");
  expect(withMoved(draft, 2, 0).title).toBe("3. tarde");
  expect(withoutParts(draft, ["/m/SES_2.MP3"]).title).toBe("SES_1");
  expect(withoutParts({ ...draft, title: "Plenaria" }, ["/m/SES_1.MP3"]).title).toBe("Plenaria");
});

test("what was refused for being one of the parts is named as long as that one is there, and once", () => {
  const refusal = (name: string, code: string, twin: string) => ({
    name,
    failure: { code, message: `${name} ${code} ${twin}`, details: { path: name, twin } },
  });
  const refused = [refusal("copia.mp3", "recording_repeated", "a"), refusal("acta.pdf", "unreadable_media", "")];
  const draft = draftOf({ ...proposal(part("a"), part("b")), refused });
  expect(withoutParts(draft, ["b"]).refused).toEqual(refused);
  expect(withoutParts(draft, ["a"]).refused.map(({ name }) => name)).toEqual(["acta.pdf"]);
  expect(withMore(draft, { ...proposal(part("c")), refused }).refused).toEqual(refused);
});

test("a part that was taken off the list while others were looked at stays off", () => {
  const draft = withoutParts(draftOf(proposal(part("a"), part("b"))), ["a"]);
  const more = withMore(draft, proposal(part("a"), part("b"), part("c")), ["a", "b"]);
  expect(more.parts.map(({ source }) => source)).toEqual(["b", "c"]);
});

test("one session takes all parts, or each recording becomes one, and only an address is asked about its copy", () => {
  const draft = { ...draftOf(proposal(part("a"), part("https://e.co/b.mp3"))), keepCopy: false };
  expect(startsOf(draft)).toEqual([
    {
      sources: ["a", "https://e.co/b.mp3"],
      title: "Sesión",
      model: null,
      hearer: { hearer: "as_chosen" },
      keep_copy: false,
      microphones: false,
    },
  ]);
  expect(startsOf({ ...draft, kind: "one_each" })).toEqual([
    { sources: ["a"], title: null, model: null, hearer: { hearer: "as_chosen" }, keep_copy: null, microphones: false },
    {
      sources: ["https://e.co/b.mp3"],
      title: null,
      model: null,
      hearer: { hearer: "as_chosen" },
      keep_copy: false,
      microphones: false,
    },
  ]);
});

test("microphones are started as one recording, unless only one of them is left or other files came", () => {
  const draft = draftOf({ ...proposal(part("a"), part("b")), microphones: true });
  expect(startsOf(draft)).toMatchObject([{ sources: ["a", "b"], microphones: true }]);
  expect(startsOf(withoutParts(draft, ["b"]))).toMatchObject([{ sources: ["a"], microphones: false }]);
  expect(startsOf(withMore(draft, proposal(part("c"))))).toMatchObject([{ microphones: false }]);
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

test("what fails for now is told as what will be tried again", () => {
  const failed = row({ state: "failed", retry_at_ms: 1 });
  expect(milestoneBetween(row({ state: "listening" }), failed)?.said).toBe("retrying");
  expect(milestoneBetween(row({ state: "listening" }), { ...failed, retry_at_ms: null })?.said).toBe("failed");
});

test("a waiting session moves to either end or by one, and says beside which job", () => {
  const waiting = ["a", "b", "c", "d"];
  const to = (move: (typeof MOVES)[number]) => moved(move, "b", waiting);
  expect(to("hear_first")).toEqual({ waiting: ["b", "a", "c", "d"], place: { place: "first" }, at: 1 });
  expect(to("hear_earlier")).toEqual(to("hear_first"));
  const later = { waiting: ["a", "c", "b", "d"], place: { place: "before", job: "d" }, at: 3 };
  expect(to("hear_later")).toEqual(later);
  expect(to("hear_last")).toEqual({ waiting: ["a", "c", "d", "b"], place: { place: "last" }, at: 4 });
});

test("a move that leads nowhere is none", () => {
  const possible = (job: string, waiting: string[]) => MOVES.filter((move) => moved(move, job, waiting) !== null);
  expect(possible("a", ["a", "b"])).toEqual(["hear_later", "hear_last"]);
  expect(possible("b", ["a", "b"])).toEqual(["hear_first", "hear_earlier"]);
  expect(possible("a", ["a"])).toEqual([]);
  expect(possible("a", ["b", "c"])).toEqual([]);
});

test("only what waits has a place in the queue", () => {
  expect([placeOf("b", ["a", "b"]), placeOf("c", ["a", "b"]), placeOf(null, ["a"])]).toEqual([2, null, null]);
});

test("by state, what waits stands in the order in which it will be heard", () => {
  const rows = ["a", "b", "c"].map((job) => row({ id: job, job, state: "waiting" }));
  const sorted = sortedRows(rows, { column: "state", ascending: true }, "es-CO", ["c", "a", "b"]);
  expect(sorted.map(({ job }) => job)).toEqual(["c", "a", "b"]);
});

test("only what makes sense in its state is offered", () => {
  expect(actionsOf(row({ state: "listening" }))).toEqual(["open", "rename", "pause", "cancel", "join", "delete"]);
  expect(actionsOf(row({ state: "waiting" }))).toEqual(expect.arrayContaining([...MOVES]));
  const ready = row({ state: "ready", job: null, recordings: 2 });
  expect(actionsOf(ready)).toEqual(["open", "rename", "renditions", "join", "split", "reorder", "delete"]);
  expect(actionsOf({ ...ready, sample: true })).toEqual(["open", "rename", "renditions", "delete"]);
});
