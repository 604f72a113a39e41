// What the secretary confirms before listening starts: the proposed parts, their order, and how they become sessions.

import type { Proposal, ProposedPart, Refused, Start } from "../ipc";

export type Draft = {
  title: string;
  parts: ProposedPart[];
  refused: Refused[];
  /** What the recordings are: parts in this order, sessions of their own, or one recording with a file per microphone. */
  kind: "together" | "one_each" | "microphones";
  /** Only asked for addresses; files follow the setting. */
  keepCopy: boolean;
};

/** The draft as the core proposes it. */
export function draftOf(proposal: Proposal): Draft {
  const { title, parts, refused, microphones } = proposal;
  return { title, parts, refused, kind: microphones ? "microphones" : "together", keepCopy: true };
}

/** More recordings brought in while the first ones wait: they come after as parts, and none twice. */
export function withMore(draft: Draft, proposal: Proposal): Draft {
  const there = new Set(draft.parts.map((part) => part.source));
  return {
    ...draft,
    title: draft.title || proposal.title,
    kind: draft.kind === "microphones" ? "together" : draft.kind,
    parts: [...draft.parts, ...proposal.parts.filter((part) => !there.has(part.source))],
    refused: [...draft.refused, ...proposal.refused],
  };
}

/** The part at `from` moved to `to`; out of range leaves it. */
export function withMoved(draft: Draft, from: number, to: number): Draft {
  const moved = draft.parts[from];
  if (moved === undefined || to < 0 || to >= draft.parts.length) return draft;
  const parts = draft.parts.filter((_, position) => position !== from);
  parts.splice(to, 0, moved);
  return { ...draft, parts };
}

export function withoutPart(draft: Draft, source: string): Draft {
  return { ...draft, parts: draft.parts.filter((part) => part.source !== source) };
}

/** One start for the whole, or one for each recording. The core titles those of one recording. */
export function startsOf(draft: Draft): Start[] {
  const several = draft.parts.length > 1;
  if (several && draft.kind === "one_each") {
    return draft.parts.map((part) => startOf([part], null, draft.keepCopy, false));
  }
  const microphones = several && draft.kind === "microphones";
  return [startOf(draft.parts, draft.title.trim() || null, draft.keepCopy, microphones)];
}

/** The sum of the known durations, and whether some part's duration is unknown. */
export function totalOf(parts: ProposedPart[]): { duration_ms: number; unknown: boolean } {
  return {
    duration_ms: parts.reduce((sum, part) => sum + (part.duration_ms ?? 0), 0),
    unknown: parts.some((part) => part.duration_ms === null),
  };
}

export function isAddress(source: string): boolean {
  return /^https?:\/\/\S+$/i.test(source.trim());
}

function startOf(parts: ProposedPart[], title: string | null, keepCopy: boolean, microphones: boolean): Start {
  const sources = parts.map((part) => part.source);
  return { sources, title, model: null, keep_copy: sources.some(isAddress) ? keepCopy : null, microphones };
}
