// What the minutes of a session state and what is proposed for them, read again after every edit of the session.
import { type QueryClient, useQuery } from "@tanstack/react-query";
import { type Change, type Edit, type Entry, type OpenMinutes, type SessionId, useIpc } from "../ipc";
import { queryKeys } from "../ipc/queries";

/** What taking a proposal over does; the wire knows it as one kind of edit among many. */
export type Acceptance = Extract<Edit, { kind: "accept_proposal" }>;

export const statedKey = (session: SessionId) => [...queryKeys.minutes(session), "stated"] as const;
export const proposalsKey = (session: SessionId) => [...queryKeys.minutes(session), "proposals"] as const;

export function useStated(session: SessionId, enabled = true) {
  const ipc = useIpc();
  return useQuery({ queryKey: statedKey(session), queryFn: () => ipc.minutesOpen(session), enabled });
}

export function useProposals(session: SessionId) {
  const ipc = useIpc();
  return useQuery({ queryKey: proposalsKey(session), queryFn: () => ipc.minutesProposals(session) });
}

/** Shows at once what an edit, an undo or a redo changed, and has everything of the minutes read again. */
export function followChange(queries: QueryClient, session: SessionId, change: Change | null): void {
  queries.setQueryData<OpenMinutes>(statedKey(session), (known) =>
    known && change?.revision === known.revision + 1 ? changed(known, change) : known,
  );
  void queries.invalidateQueries({ queryKey: queryKeys.minutes(session) });
}

/** The order in which the core has them: that of the sound, at one moment the longer one first, unheard ones last. */
export function inOrder(one: Entry, other: Entry): number {
  if (!one.heard || !other.heard) return Number(!one.heard) - Number(!other.heard) || byId(one, other);
  const [from, to] = [one.heard, other.heard];
  return (
    from.from.part - to.from.part ||
    from.from.ms - to.from.ms ||
    to.to.part - from.to.part ||
    to.to.ms - from.to.ms ||
    byId(one, other)
  );
}

function changed(known: OpenMinutes, change: Change): OpenMinutes {
  const gone = new Set([...change.entries_removed, ...change.entries.map(({ id }) => id)]);
  const entries = [...known.entries.filter(({ id }) => !gone.has(id)), ...change.entries].sort(inOrder);
  const { revision, undo, redo } = change;
  return { ...known, revision, undo, redo, entries, record: change.record ?? known.record };
}

function byId(one: Entry, other: Entry): number {
  return one.id < other.id ? -1 : Number(one.id > other.id);
}
