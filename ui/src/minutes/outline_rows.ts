// The minutes as the rows of their outline: what is stated and what is proposed, in the order of the sound, under the
// points of the order of the day. Values in, values out.
import type { Entry, OpenMinutes, PartView, ProposedEdit, Stretch } from "../ipc/bindings";
import { toSessionMs } from "../lib/timeline";

/** Session ms. */
export type Span = { fromMs: number; toMs: number };

export type OutlineRow = {
  key: string;
  level: 1 | 2;
  /** Where it can be heard, if it can. */
  span: Span | null;
} & (
  | { kind: "attendance" }
  | { kind: "entry"; entry: Entry }
  | { kind: "proposal"; proposal: ProposedEdit }
  /** The heading over what cannot be heard. */
  | { kind: "unheard" }
);
export type EntryRow = Extract<OutlineRow, { kind: "entry" }>;
export type ProposalRow = Extract<OutlineRow, { kind: "proposal" }>;

type Section = { number: number | null; rows: OutlineRow[] };

export function outlineRows(
  { entries }: Pick<OpenMinutes, "entries">,
  proposals: readonly ProposedEdit[],
  parts: readonly PartView[],
): OutlineRow[] {
  const stated = entries.filter(({ what }) => what.kind !== "summary").map((entry) => entryRow(entry, parts));
  const proposed = proposals.map((proposal) => proposalRow(proposal, parts));
  const heard = [...stated.filter(({ span }) => span), ...proposed].sort(bySound);
  const sections: Section[] = [{ number: null, rows: [] }];
  const closing: OutlineRow[] = [];
  for (const row of heard) {
    const number = itemNumber(row);
    if (number !== null) sections.push({ number, rows: [row] });
    else if (closes(row)) closing.push(row);
    else {
      const section = sections.at(-1);
      section?.rows.push({ ...row, level: section.number === null ? 1 : 2 });
    }
  }
  const unheard = stated.filter(({ span }) => !span);
  for (const row of unheard.filter((one) => itemNumber(one) !== null)) place(sections, row);
  const rest = unheard.filter((one) => itemNumber(one) === null);
  return [
    { key: "attendance", level: 1, span: null, kind: "attendance" },
    ...sections.flatMap(({ rows }) => rows),
    ...closing,
    ...(rest.length > 0 ? [{ key: "unheard", level: 1, span: null, kind: "unheard" } as const] : []),
    ...rest.map((row): OutlineRow => ({ ...row, level: 2 })),
  ];
}

/** What a proposal is known by while it is proposed: its edit has other ids at every reading. */
export function proposalKey({ refusal }: Pick<ProposedEdit, "refusal">): string {
  return `${refusal.kind}@${refusal.at.part}:${refusal.at.ms}`;
}

export function spanOf(heard: Stretch | null, parts: readonly PartView[]): Span | null {
  if (!heard) return null;
  return {
    fromMs: toSessionMs(parts, heard.from.part, heard.from.ms),
    toMs: toSessionMs(parts, heard.to.part, heard.to.ms),
  };
}

/** The proposal after a row (or before it); after the last comes the first. */
export function proposalFrom(rows: readonly OutlineRow[], key: string | null, direction: -1 | 1): ProposalRow | null {
  const place = rows.findIndex((row) => row.key === key);
  const others = rows.map((_, at) => rows.at((place + direction * (at + 1) + rows.length * 2) % rows.length));
  return others.find((row): row is ProposalRow => row?.kind === "proposal" && row.key !== key) ?? null;
}

function entryRow(entry: Entry, parts: readonly PartView[]): EntryRow {
  return { key: `entry ${entry.id}`, level: 1, span: spanOf(entry.heard, parts), kind: "entry", entry };
}

function proposalRow(proposal: ProposedEdit, parts: readonly PartView[]): ProposalRow {
  return { key: proposalKey(proposal), level: 1, span: spanOf(proposal.heard, parts), kind: "proposal", proposal };
}

function bySound(one: OutlineRow, other: OutlineRow): number {
  const [a, b] = [one.span, other.span];
  return (a?.fromMs ?? 0) - (b?.fromMs ?? 0) || (b?.toMs ?? 0) - (a?.toMs ?? 0);
}

function itemNumber(row: OutlineRow): number | null {
  if (row.kind === "entry" && row.entry.what.kind === "item") return row.entry.what.number;
  if (row.kind === "proposal" && row.proposal.what.kind === "item") return row.proposal.what.number;
  return null;
}

/** Whether it is said at the end of the minutes, wherever it was heard. */
function closes(row: OutlineRow): boolean {
  if (row.kind === "entry") return row.entry.what.kind === "next_session";
  return row.kind === "proposal" && ["adjournment", "next_session"].includes(row.proposal.what.kind);
}

/** A point that was read and not dealt with stands by its number, as in the document. */
function place(sections: Section[], row: OutlineRow): void {
  const number = itemNumber(row) ?? 0;
  const before = sections.findLastIndex((section) => section.number === null || section.number < number);
  sections.splice(before + 1, 0, { number, rows: [row] });
}
