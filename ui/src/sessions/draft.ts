// What the secretary confirms before listening starts: the proposed parts, their order, and how they become sessions.

import type { Hearer, Proposal, ProposedPart, Refused, ServerOffer, Start } from "../ipc";
import { fileName } from "../lib/paths";

export type Draft = {
  title: string;
  parts: ProposedPart[];
  refused: Refused[];
  /** What the recordings are: parts in this order, sessions of their own, or one recording with a file per microphone. */
  kind: "together" | "one_each" | "microphones";
  /** Only asked for addresses; files follow the setting. */
  keepCopy: boolean;
  /** Whether the server listens; null as long as nobody chose, and then the settings say. */
  byServer: boolean | null;
  /** Whether the secretary agreed that the sound goes there. */
  agreed: boolean;
};

/** The draft as the core proposes it. */
export function draftOf(proposal: Proposal): Draft {
  const { title, parts, refused, microphones } = proposal;
  const kind = microphones ? "microphones" : "together";
  return { title, parts, refused, kind, keepCopy: true, byServer: null, agreed: false };
}

/** The files of the draft, which the core must look at together with those that come: only it knows equal content. */
export function filesOf(draft: Draft | null): string[] {
  return (draft?.parts ?? []).map((part) => part.source).filter((source) => !isAddress(source));
}

/**
 * More recordings brought in while the first ones wait: they come after as parts, and none twice. `asked` are the parts
 * that the core looked at again: those that were taken off the list meanwhile stay off.
 */
export function withMore(draft: Draft, proposal: Proposal, asked: readonly string[] = []): Draft {
  const there = new Set([...draft.parts.map((part) => part.source), ...asked]);
  const told = new Set(draft.refused.map(refusalKey));
  const more = proposal.parts.filter((part) => !there.has(part.source));
  return {
    ...draft,
    title: draft.title || proposal.title,
    kind: draft.kind === "microphones" && more.length > 0 ? "together" : draft.kind,
    parts: [...draft.parts, ...more],
    refused: [...draft.refused, ...proposal.refused.filter((refused) => !told.has(refusalKey(refused)))],
  };
}

/** The part at `from` moved to `to`; out of range leaves it. */
export function withMoved(draft: Draft, from: number, to: number): Draft {
  const moved = draft.parts[from];
  if (moved === undefined || to < 0 || to >= draft.parts.length) return draft;
  const parts = draft.parts.filter((_, position) => position !== from);
  parts.splice(to, 0, moved);
  return withParts(draft, parts);
}

/** Without these parts, and without what was refused for being one of them. */
export function withoutParts(draft: Draft, sources: readonly string[]): Draft {
  const parts = draft.parts.filter((part) => !sources.includes(part.source));
  const gone = new Set(draft.parts.filter((part) => sources.includes(part.source)).map((part) => part.name));
  for (const part of parts) gone.delete(part.name);
  const refused = draft.refused.filter(
    ({ failure }) => failure.code !== "recording_repeated" || !gone.has(failure.details.twin ?? ""),
  );
  return { ...withParts(draft, parts), refused };
}

/** Tells refusals apart; the same one is said once. */
export function refusalKey({ name, failure }: Refused): string {
  return `${name}\n${failure.message}`;
}

/** One start for the whole, or one for each recording. The core titles those of one recording. */
export function startsOf(draft: Draft, offer: ServerOffer | null = null): Start[] {
  const hearer = hearerOf(draft, offer);
  const startOf = (parts: ProposedPart[], title: string | null): Start => {
    const sources = parts.map((part) => part.source);
    const keep_copy = sources.some(isAddress) ? draft.keepCopy : null;
    const microphones = parts.length > 1 && draft.kind === "microphones";
    return { sources, title, model: null, hearer, keep_copy, microphones };
  };
  if (draft.kind === "one_each" && draft.parts.length > 1) return draft.parts.map((part) => startOf([part], null));
  return [startOf(draft.parts, draft.title.trim() || null)];
}

/** Whether the server would listen. */
export function isByServer(draft: Draft, offer: ServerOffer | null): boolean {
  return offer !== null && (draft.byServer ?? offer.hears_new);
}

/** Whether something would leave that nobody agreed to. */
export function lacksConsent(draft: Draft, offer: ServerOffer | null): boolean {
  return isByServer(draft, offer) && !draft.agreed && offer?.agreed !== true;
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

/** With other parts. A title that nobody typed is that of the part that is first now, as the core would call it. */
function withParts(draft: Draft, parts: ProposedPart[]): Draft {
  const typed = draft.title !== titleOf(draft.parts);
  return { ...draft, parts, title: typed ? draft.title : titleOf(parts) };
}

/** The name of the first part without its extension. */
function titleOf(parts: readonly ProposedPart[]): string {
  return fileName(parts[0]?.name ?? "").replace(/(?<=.)\.[^.]*$/, "");
}

function hearerOf(draft: Draft, offer: ServerOffer | null): Hearer {
  if (offer === null) return { hearer: "as_chosen" };
  return isByServer(draft, offer) ? { hearer: "server", url: null, agreed: draft.agreed } : { hearer: "here" };
}
