// An entry that is added by hand, empty but for its place in the sound.
import { v7 } from "uuid";
import type { Entry, PartView, Stretch, Vote, What } from "../ipc/bindings";
import { agendaSpans, spanAt, toMoment, untilMs } from "./agenda_spans";

/** What can be added, in the order in which it is offered. */
export const addable = [
  "item",
  "vote",
  "motion",
  "constancia",
  "recess",
  "reserved",
  "bill",
  "communication",
  "task",
  "annex",
  "next_session",
  "quorum",
] as const satisfies readonly What["kind"][];
export type Addable = (typeof addable)[number];

export const noVote: Vote = {
  about: "",
  mode: "ordinary",
  in_favour: null,
  against: null,
  abstaining: null,
  blank: null,
  names: { in_favour: [], against: [], abstaining: [], excluded: [] },
  candidates: [],
  outcome: null,
};

/** `paragraph`: what is being said at the playhead, to which all but points belong. */
export function newEntry(
  kind: Addable,
  entries: readonly Entry[],
  parts: readonly PartView[],
  playheadMs: number,
  paragraph: Stretch | null,
): Entry {
  const from = toMoment(parts, playheadMs);
  const spans = agendaSpans(entries, parts);
  const item = { from, to: toMoment(parts, untilMs(spans, spanAt(spans, playheadMs), parts)) };
  return { id: v7(), heard: kind === "item" ? item : (paragraph ?? { from, to: from }), what: blank(kind, entries) };
}

/** A point that is added within another one ends that one: both, as one edit makes them. */
export function withItsNeighbour(entry: Entry, entries: readonly Entry[], parts: readonly PartView[]): Entry[] {
  if (entry.what.kind !== "item" || !entry.heard) return [entry];
  const spans = agendaSpans([...entries.filter(({ id }) => id !== entry.id), entry], parts);
  const at = spans.findIndex((span) => span.entry.id === entry.id);
  const before = spans[at - 1];
  const own = spans[at];
  if (!before || !own || before.toMs <= own.fromMs) return [entry];
  return [{ ...before.entry, heard: { ...before.entry.heard, to: entry.heard.from } }, entry];
}

function blank(kind: Addable, entries: readonly Entry[]): What {
  switch (kind) {
    case "item": {
      const numbers = entries.map(({ what }) => (what.kind === "item" ? what.number : 0));
      return { kind, number: Math.max(0, ...numbers) + 1, title: "", business: "other" };
    }
    case "vote":
      return { kind, ...noVote };
    case "motion":
      return { kind, by: [], text: "" };
    case "constancia":
      return { kind, by: "" };
    case "recess":
      return { kind, reason: "", lasted_ms: null };
    case "reserved":
      return { kind, reason: "" };
    case "bill":
      return { kind, number: "", title: "", authors: [], rapporteurs: [], debate: null, first_debate: "" };
    case "communication":
      return { kind, reference: "", date: "", from: "", to: "", subject: "" };
    case "task":
      return { kind, who: "", text: "", due: "" };
    case "annex":
      return { kind, title: "", folios: null, sha256: null };
    case "next_session":
      return { kind, date: "", time: "", place: "" };
    case "quorum":
      return { kind, holds: true, count: null };
  }
}
