// The outline of a session's minutes at work: its rows, the one that is selected, and what is answered to proposals.
// Answers are given one after the other, each to the proposals as the one before left them.
import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Change, type Edit, type EntryId, type PartView, type ProposedEdit, type SessionId, useIpc } from "../ipc";
import { useAnnounce } from "../kit/announce";
import { proposalWords } from "./entry_words";
import { type OutlineRow, outlineRows, type ProposalRow, proposalFrom, proposalKey } from "./outline_rows";
import { type Acceptance, proposalsKey, useProposals, useStated } from "./stated";

/** Sends an edit of the session; null when it was not done, of which the secretary is told elsewhere. */
export type SendEdit = (edit: Edit) => Promise<Change | null>;

/** The confidence from which proposals can be accepted together. */
export const SURE = 0.9;

const noProposals: readonly ProposedEdit[] = [];

export function useOutline(session: SessionId, parts: readonly PartView[], edit: SendEdit) {
  const { t } = useTranslation();
  const ipc = useIpc();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const stated = useStated(session);
  const proposals = useProposals(session);
  const [selected, setSelected] = useState<string | null>(null);
  /** Answered and not read again yet: they are gone from the screen at once. */
  const [answered, setAnswered] = useState<ReadonlySet<string>>(new Set());
  const chain = useRef(Promise.resolve());

  const proposed = proposals.data ?? noProposals;
  const waiting = useMemo(() => proposed.filter((one) => !answered.has(proposalKey(one))), [proposed, answered]);
  const minutes = stated.data;
  const rows = useMemo(() => (minutes ? outlineRows(minutes, waiting, parts) : []), [minutes, waiting, parts]);
  const there = rows.some(({ key }) => key === selected) ? selected : (rows[0]?.key ?? null);

  const readProposals = () =>
    queries.fetchQuery({
      queryKey: proposalsKey(session),
      queryFn: () => ipc.minutesProposals(session),
      staleTime: Number.POSITIVE_INFINITY,
    });

  const answer = (row: ProposalRow, what: "accepted" | "refused", editOf: (proposal: ProposedEdit) => Edit) => {
    const { key } = row;
    setSelected(proposalFrom(rows, key, 1)?.key ?? neighbour(rows, key));
    setAnswered((before) => new Set(before).add(key));
    chain.current = chain.current
      .then(async () => {
        const fresh = (await readProposals()).find((one) => proposalKey(one) === key);
        // What was accepted before it may have said it already.
        if (!fresh || !(await edit(editOf(fresh)))) return;
        const left = (await readProposals()).length;
        announce(t(`outline.${what}`, { what: proposalWords(t, fresh.what).title, count: left }));
      })
      .catch(() => undefined)
      .finally(() => setAnswered((before) => new Set([...before].filter((one) => one !== key))));
    return chain.current;
  };

  /** All that the rules are sure of, one step each; what the one before made superfluous is left out. */
  const acceptSure = async () => {
    const done = new Set<string>();
    for (;;) {
      const next = (await readProposals()).find((one) => isSure(one) && !done.has(proposalKey(one)));
      if (!next) break;
      done.add(proposalKey(next));
      if (!(await edit(next.edit))) break;
    }
  };

  return {
    minutes,
    rows,
    failure: stated.error ?? proposals.error,
    /** Whether it is still unknown what is proposed. */
    looking: proposals.isPending,
    waiting: waiting.length,
    sure: waiting.filter(isSure).length,
    selected: there,
    select: setSelected,
    accept: (row: ProposalRow, corrected?: Acceptance) =>
      answer(row, "accepted", (proposal) => corrected ?? proposal.edit),
    refuse: (row: ProposalRow) =>
      answer(row, "refused", ({ refusal }) => ({ kind: "refuse_proposal", proposal: refusal })),
    acceptSure,
    remove: async (entry: EntryId, key: string) => {
      setSelected(neighbour(rows, key));
      await edit({ kind: "remove_entry", entry });
    },
    step: (direction: -1 | 1) => {
      const next = proposalFrom(rows, there, direction);
      if (next) setSelected(next.key);
      return next;
    },
  };
}

export type Outlined = ReturnType<typeof useOutline>;

function isSure({ confidence }: ProposedEdit): boolean {
  return (confidence ?? 0) >= SURE - 1e-6;
}

/** The row that takes the place of one that goes. */
function neighbour(rows: readonly OutlineRow[], key: string): string | null {
  const at = rows.findIndex((row) => row.key === key);
  return (rows[at + 1] ?? rows[at - 1])?.key ?? null;
}
