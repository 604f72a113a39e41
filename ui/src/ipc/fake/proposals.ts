// What is proposed for faked minutes: values in, values out.
import type { Edit, ProposedEdit, Segment } from "../bindings";
import type { Stated } from "./minutes";

type Accept = Extract<Edit, { kind: "accept_proposal" }>;

/** An opening, a quorum and a vote, at the first segments, until they are taken over or refused. */
export function fakeProposals(segments: readonly Segment[], stated: Stated): ProposedEdit[] {
  const at = (index: number, what: ProposedEdit["what"], accept: Partial<Accept>): ProposedEdit[] => {
    const segment = segments[index];
    if (!segment) return [];
    const from = { part: segment.part, ms: segment.start_ms };
    const heard = { from, to: { part: segment.part, ms: segment.end_ms } };
    const entries = (accept.entries ?? []).map((entry) => ({ ...entry, heard }));
    const edit: Accept = { kind: "accept_proposal", record: [], floor: null, ...accept, entries };
    const said = segment.text.split(" ").slice(0, 6).join(" ");
    return [{ refusal: { kind: what.kind, at: from }, what, heard, segment: segment.id, said, confidence: 0.9, edit }];
  };
  const opening = { kind: "opening" as const, time: "08:10" };
  const quorum = { kind: "quorum" as const, holds: true, count: 11 };
  const vote = {
    kind: "vote" as const,
    about: "el orden del día",
    mode: "ordinary" as const,
    in_favour: 11,
    against: 0,
    abstaining: null,
    blank: null,
    names: { in_favour: [], against: [], abstaining: [], excluded: [] },
    candidates: [],
    outcome: "approved" as const,
  };
  const entry = (id: string, what: typeof quorum | typeof vote) => ({ id: `fake-${id}`, heard: null, what });
  const all = [
    ...at(0, opening, { record: [{ kind: "starts", time: "08:10" }] }),
    ...at(2, quorum, { entries: [entry("quorum", quorum)] }),
    ...at(4, vote, { entries: [entry("vote", vote)] }),
  ];
  const done = new Set<string>(stated.entries.map(({ what }) => what.kind));
  const refused = new Set(stated.refused.map(({ kind }) => kind));
  return all.filter(({ what }) => {
    const taken = what.kind === "opening" ? stated.record.starts === what.time : done.has(what.kind);
    return !taken && !refused.has(what.kind);
  });
}
