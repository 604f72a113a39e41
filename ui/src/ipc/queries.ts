// What the window has last read from the core, by TanStack Query: one key per noun, and the events that make it stale.
import { type InfiniteData, type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Event, LogLine, SessionId, SessionRow, SessionView, Settings } from "./bindings";
import { useIpc } from "./index";

/** The keys of everything read through TanStack Query. The transcript itself is not: it lives in its own store. */
export const queryKeys = {
  sessions: ["sessions"] as const,
  queue: ["queue"] as const,
  media: (session: SessionId) => ["media", session] as const,
  session: (session: SessionId) => ["session", session] as const,
  settings: ["settings"] as const,
  models: ["models"] as const,
  check: ["check"] as const,
  /** What the chosen server would do for so much sound. */
  serverOffer: (audio_ms: number) => ["server_offer", audio_ms] as const,
  /** Whether the keyring has a key for a server. */
  serverKey: (url: string) => ["server_key", url] as const,
  usage: ["usage"] as const,
  backups: ["backups"] as const,
  vocabulary: ["vocabulary"] as const,
  roster: ["roster"] as const,
  templates: ["templates"] as const,
  /** What is proposed, previewed and said for the minutes of a session. All of it is stale after any edit. */
  minutes: (session: SessionId) => ["minutes", session] as const,
  about: ["about"] as const,
  folders: ["folders"] as const,
  /** The log of the watched folders: pages of lines, the newest first. */
  watchLog: ["watch_log"] as const,
  questions: ["questions"] as const,
};

export function useSessions() {
  const ipc = useIpc();
  return useQuery({ queryKey: queryKeys.sessions, queryFn: () => ipc.sessionList() });
}

/** What waits to be heard, in its order, and what keeps it from being heard. */
export function useQueue() {
  const ipc = useIpc();
  return useQuery({ queryKey: queryKeys.queue, queryFn: () => ipc.queueGet(), refetchOnMount: "always" });
}

/**
 * A session as its own page shows it, where the transcript itself counts what is in doubt. With that count in it every
 * edit would draw the whole page anew, between two keys.
 */
export type OpenedSession = Omit<SessionView, "row"> & { row: Omit<SessionRow, "doubts"> };

const opened = ({ row: { doubts: _, ...row }, ...view }: SessionView): OpenedSession => ({ ...view, row });

export function useSession(session: SessionId) {
  const ipc = useIpc();
  return useQuery({
    queryKey: queryKeys.session(session),
    queryFn: () => ipc.sessionOpen(session),
    select: opened,
  });
}

/** Who sits in the council, in the order of the roll. */
/** `anew`: what was read before is read again, however new it is. */
export function useRoster({ anew = false } = {}) {
  const ipc = useIpc();
  return useQuery({
    queryKey: queryKeys.roster,
    queryFn: () => ipc.rosterList(),
    refetchOnMount: anew ? "always" : true,
  });
}

export function useSettings() {
  const ipc = useIpc();
  return useQuery({
    queryKey: queryKeys.settings,
    queryFn: () => ipc.settingsGet(),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Saves some settings at once and shows them at once; on failure the former ones come back. */
export function useSaveSettings() {
  const ipc = useIpc();
  const client = useQueryClient();
  return useMutation({
    // One after the other: each saves the whole of what the window shows, so an older one must never land last.
    scope: { id: "settings" },
    mutationFn: async (_changed: Partial<Settings>) => {
      const settings = client.getQueryData<Settings>(queryKeys.settings);
      if (settings) await ipc.settingsSave(settings);
    },
    onMutate: async (changed) => {
      const former = client.getQueryData<Settings>(queryKeys.settings) ?? (await ipc.settingsGet());
      client.setQueryData<Settings>(queryKeys.settings, { ...former, ...changed });
      return former;
    },
    onError: () => client.invalidateQueries({ queryKey: queryKeys.settings }),
  });
}

/** After any of these another job may be the next, or the one that is heard. */
const QUEUE_EVENTS: ReadonlySet<Event["event"]> = new Set([
  "queue_changed",
  "sessions_changed",
  "session_changed",
  "job_started",
  "job_done",
  "job_failed",
]);

/** The listening copy grows by pieces of ten minutes. */
const pieceOf = (ms: number) => Math.floor(ms / 600_000);

/** Brings one event of the core into what has been read. Progress is written into the rows; the rest is read again. */
export function applyEvent(client: QueryClient, event: Event): void {
  if (QUEUE_EVENTS.has(event.event)) void client.invalidateQueries({ queryKey: queryKeys.queue });
  switch (event.event) {
    case "sessions_changed":
    case "job_started":
      void client.invalidateQueries({ queryKey: queryKeys.sessions });
      // A question goes with the session that it was about.
      if (event.event === "sessions_changed") void client.invalidateQueries({ queryKey: queryKeys.questions });
      break;
    case "session_changed":
    case "job_done":
    case "job_failed":
    case "recording_heard":
      void client.invalidateQueries({ queryKey: queryKeys.sessions });
      void client.invalidateQueries({ queryKey: queryKeys.session(event.session) });
      if (event.event === "recording_heard")
        void client.invalidateQueries({ queryKey: queryKeys.media(event.session) });
      break;
    case "sound_completed":
      void client.invalidateQueries({ queryKey: queryKeys.media(event.session) });
      break;
    case "chunk_heard": {
      const before = client.getQueryData<SessionView>(queryKeys.session(event.session))?.row.heard_ms ?? 0;
      if (pieceOf(before) !== pieceOf(event.heard_ms))
        void client.invalidateQueries({ queryKey: queryKeys.media(event.session) });
      const progressed = (row: SessionRow): SessionRow =>
        row.id === event.session
          ? { ...row, heard_ms: Math.max(row.heard_ms, event.heard_ms), left_ms: event.left_ms }
          : row;
      client.setQueryData<SessionRow[]>(queryKeys.sessions, (rows) => rows?.map(progressed));
      client.setQueryData<SessionView>(
        queryKeys.session(event.session),
        (view) => view && { ...view, row: progressed(view.row) },
      );
      break;
    }
    case "backups_changed":
      void client.invalidateQueries({ queryKey: queryKeys.backups });
      void client.invalidateQueries({ queryKey: queryKeys.usage });
      break;
    case "roster_changed":
      void client.invalidateQueries({ queryKey: queryKeys.roster });
      break;
    case "model_installed":
    case "model_failed":
      void client.invalidateQueries({ queryKey: queryKeys.models });
      void client.invalidateQueries({ queryKey: queryKeys.usage });
      break;
    case "folder_changed":
      void client.invalidateQueries({ queryKey: queryKeys.folders });
      break;
    case "questions_changed":
      void client.invalidateQueries({ queryKey: queryKeys.questions });
      break;
    case "file_noticed":
      client.setQueryData<InfiniteData<LogLine[]>>(queryKeys.watchLog, (log) => log && withLine(log, event.line));
      break;
    case "document_written":
      void client.invalidateQueries({ queryKey: queryKeys.usage });
      break;
    default:
      break;
  }
}

/** The log with a line that was just written at its head. */
function withLine(log: InfiniteData<LogLine[]>, line: LogLine): InfiniteData<LogLine[]> {
  const [newest = [], ...older] = log.pages;
  return newest.some(({ id }) => id === line.id) ? log : { ...log, pages: [[line, ...newest], ...older] };
}
