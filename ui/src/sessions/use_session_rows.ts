// The list of sessions as the core tells it: read once, then only the rows that changed, at most four times a second.

import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { type Event, type Failure, type Ipc, type SessionId, type SessionRow, useIpc } from "../ipc";

// A key of its own: what goes stale here is a row, never the whole list of ten thousand for each chunk heard.
const SESSION_ROWS = ["session_rows"];
const UPDATE_EVERY_MS = 250;

/** Told what a session was and what it is now, for every row that changed. */
type OnChange = (before: SessionRow | undefined, after: SessionRow) => void;

/** The rows in the core's order; undefined until the first answer. */
export function useSessionRows(onChange: OnChange): { rows: SessionRow[] | undefined; failure: Failure | null } {
  const ipc = useIpc();
  const client = useQueryClient();
  const list = useQuery<SessionRow[], Failure>({
    queryKey: SESSION_ROWS,
    queryFn: () => ipc.sessionList(),
    refetchOnMount: "always",
  });
  useEffect(() => followRows(ipc, client, onChange), [ipc, client, onChange]);
  return { rows: list.data, failure: list.error };
}

/** Keeps the cached list in step with the events until the returned function is called. */
function followRows(ipc: Ipc, client: QueryClient, onChange: OnChange): () => void {
  const changed = new Set<SessionId>();
  let listChanged = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  const update = async () => {
    const ids = [...changed];
    const whole = listChanged;
    changed.clear();
    listChanged = false;
    const before = client.getQueryData<SessionRow[]>(SESSION_ROWS);
    if (whole || before === undefined) await client.refetchQueries({ queryKey: SESSION_ROWS });
    else client.setQueryData(SESSION_ROWS, withRows(before, await Promise.all(ids.map((id) => currentRow(ipc, id)))));
    if (before !== undefined && !stopped)
      tellChanges(before, client.getQueryData<SessionRow[]>(SESSION_ROWS) ?? [], onChange);
    timer = undefined;
    if (changed.size > 0 || listChanged) schedule();
  };
  const schedule = () => {
    if (timer === undefined && !stopped) timer = setTimeout(update, UPDATE_EVERY_MS);
  };
  const unlisten = ipc.listen((event) => {
    if (event.event === "sessions_changed") listChanged = true;
    else {
      const session = sessionOf(event);
      if (session === null) return;
      changed.add(session);
    }
    schedule();
  });
  return () => {
    stopped = true;
    clearTimeout(timer);
    unlisten();
  };
}

/** The session whose row an event may have changed. */
function sessionOf(event: Event): SessionId | null {
  switch (event.event) {
    case "session_changed":
    case "job_started":
    case "chunk_heard":
    case "recording_heard":
    case "job_done":
    case "job_failed":
      return event.session;
    default:
      return null;
  }
}

/** A row as it is now, or the id of a session that is gone. */
async function currentRow(ipc: Ipc, session: SessionId): Promise<SessionRow | SessionId> {
  try {
    return await ipc.sessionRow(session);
  } catch {
    return session;
  }
}

function withRows(rows: SessionRow[], current: (SessionRow | SessionId)[]): SessionRow[] {
  const found = new Map(current.filter((row) => typeof row !== "string").map((row) => [row.id, row]));
  const gone = new Set(current.filter((row) => typeof row === "string"));
  const kept = rows.filter((row) => !gone.has(row.id)).map((row) => found.get(row.id) ?? row);
  const there = new Set(rows.map((row) => row.id));
  return [...[...found.values()].filter((row) => !there.has(row.id)), ...kept];
}

function tellChanges(before: SessionRow[], after: SessionRow[], onChange: OnChange) {
  const earlier = new Map(before.map((row) => [row.id, row]));
  for (const row of after) {
    const old = earlier.get(row.id);
    if (old !== row) onChange(old, row);
  }
}
