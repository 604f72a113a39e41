// Where each row of the outline stands.
import type { Entry, PartView, ProposedEdit, What } from "../ipc/bindings";
import { type OutlineRow, outlineRows, proposalFrom } from "./outline_rows";

const part = (position: number, offset_ms: number): PartView => ({
  position,
  offset_ms,
  name: "",
  source: "",
  duration_ms: 100_000,
  sha256: null,
  present: true,
  heard: true,
});
const parts = [part(0, 0), part(1, 100_000)];

function entry(what: What, from: number | null, to = from ?? 0, inPart = 0): Entry {
  const at = (ms: number) => ({ part: inPart, ms });
  return { id: JSON.stringify(what), what, heard: from === null ? null : { from: at(from), to: at(to) } };
}
const item = (number: number): What => ({ kind: "item", number, title: `punto ${number}`, business: "other" });
const recess: What = { kind: "recess", reason: "", lasted_ms: null };
const nextSession: What = { kind: "next_session", date: "", time: "", place: "" };

function proposal(what: ProposedEdit["what"], from: number, to = from): ProposedEdit {
  const heard = { from: { part: 0, ms: from }, to: { part: 0, ms: to } };
  return {
    refusal: { kind: what.kind, at: heard.from },
    what,
    heard,
    segment: "",
    said: "",
    confidence: 0.9,
    edit: { kind: "accept_proposal", entries: [], record: [], floor: null },
  };
}

const shape = (rows: readonly OutlineRow[]) =>
  rows.map((row) => {
    const what = row.kind === "entry" ? row.entry.what : row.kind === "proposal" ? row.proposal.what : null;
    const name = what ? `${what.kind}${what.kind === "item" ? ` ${what.number}` : ""}` : row.kind;
    return `${row.level === 2 ? "  " : ""}${name}${row.kind === "proposal" ? "?" : ""}`;
  });

test("what is heard after a point begins belongs to it, until the next one begins", () => {
  const entries = [
    entry(item(1), 10_000, 20_000),
    entry(recess, 15_000),
    entry(item(2), 30_000, 40_000),
    entry(recess, 70_000),
  ];
  expect(shape(outlineRows({ entries }, [proposal({ kind: "quorum", holds: true, count: 3 }, 5_000)], parts))).toEqual([
    "attendance",
    "quorum?",
    "item 1",
    "  recess",
    "item 2",
    "  recess",
  ]);
});

test("a proposed point holds what follows it as the stated one will", () => {
  const proposals = [proposal({ kind: "item", number: 1, title: "" }, 10_000, 50_000)];
  expect(shape(outlineRows({ entries: [entry(recess, 20_000)] }, proposals, parts))).toEqual([
    "attendance",
    "item 1?",
    "  recess",
  ]);
});

test("points that were read and not dealt with stand by their number", () => {
  const entries = [entry(item(2), 10_000), entry(recess, 20_000), entry(item(1), null), entry(item(3), null)];
  expect(shape(outlineRows({ entries }, [], parts))).toEqual(["attendance", "item 1", "item 2", "  recess", "item 3"]);
});

test("the end of the sitting and the next one come last, and what cannot be heard after them", () => {
  const annex: What = { kind: "annex", title: "", folios: null, sha256: null };
  const entries = [entry(nextSession, 20_000), entry(item(1), 10_000), entry(recess, 30_000), entry(annex, null)];
  const proposals = [proposal({ kind: "adjournment", time: "11:30" }, 25_000)];
  expect(shape(outlineRows({ entries }, proposals, parts))).toEqual([
    "attendance",
    "item 1",
    "  recess",
    "next_session",
    "adjournment?",
    "unheard",
    "  annex",
  ]);
});

test("the second recording comes after the first", () => {
  const rows = outlineRows({ entries: [entry(recess, 1000, 1000, 1), entry(item(1), 50_000)] }, [], parts);
  expect(shape(rows)).toEqual(["attendance", "item 1", "  recess"]);
  expect(rows[2]?.span).toEqual({ fromMs: 101_000, toMs: 101_000 });
});

test("summaries, which make the succinct minutes, are no rows", () => {
  const summary: What = { kind: "summary", text: "Habla del acueducto.", confirmed: true };
  expect(shape(outlineRows({ entries: [entry(summary, 10_000)] }, [], parts))).toEqual(["attendance"]);
});

test("the walk goes from one proposal to the next over what is stated, and round", () => {
  const proposals = [10_000, 30_000].map((ms) => proposal({ kind: "floor", name: "Ana" }, ms));
  const rows = outlineRows({ entries: [entry(recess, 20_000)] }, proposals, parts);
  const [, first, stated, second] = rows.map(({ key }) => key);
  expect(proposalFrom(rows, "attendance", 1)?.key).toBe(first);
  expect(proposalFrom(rows, first ?? "", 1)?.key).toBe(second);
  expect(proposalFrom(rows, second ?? "", 1)?.key).toBe(first);
  expect(proposalFrom(rows, stated ?? "", -1)?.key).toBe(first);
  expect(proposalFrom(rows.slice(0, 2), first ?? "", 1)).toBeNull();
});
