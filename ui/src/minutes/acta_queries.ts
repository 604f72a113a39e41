// What the core says for the acta of a session. All of it is under one key, which is stale after any edit.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  type ActaChoices,
  type Edit,
  type Entry,
  type OpenMinutes,
  type SaidSecret,
  type SessionId,
  useIpc,
} from "../ipc";
import { queryKeys } from "../ipc/queries";
import { statedKey } from "./stated";

/** So long is waited for another edit before the acta is composed again. */
const REST_MS = 300;

/** The acta as it would be written now. The former one is shown until the next one is there. */
export function useActaPreview(session: SessionId, choices: ActaChoices) {
  const ipc = useIpc();
  const queries = useQueryClient();
  const queryKey = [...queryKeys.minutes(session), "preview", choices];
  return useQuery({
    queryKey,
    queryFn: async ({ signal }) => {
      if (queries.getQueryData(queryKey)) await rest(signal);
      return ipc.actaPreview(session, choices);
    },
    placeholderData: keepPreviousData,
  });
}

/** The turns in sentences. */
export function useTurns(session: SessionId, enabled = true) {
  const ipc = useIpc();
  const queryKey = [...queryKeys.minutes(session), "turns"];
  return useQuery({ queryKey, queryFn: () => ipc.minutesTurns(session), enabled });
}

/** What may be personal data. */
export function useSecrets(session: SessionId, enabled = true) {
  const ipc = useIpc();
  return useQuery({ queryKey: secretsKey(session), queryFn: () => ipc.minutesSecrets(session), enabled });
}

/** The actas that were written, the newest first. */
export function useIssued(session: SessionId) {
  const ipc = useIpc();
  const queryKey = [...queryKeys.minutes(session), "issued"];
  return useQuery({ queryKey, queryFn: async () => (await ipc.actaStates(session)).reverse() });
}

/** The figures that were said. */
export function useFigures(session: SessionId) {
  const ipc = useIpc();
  const queryKey = [...queryKeys.minutes(session), "figures"];
  return useQuery({ queryKey, queryFn: () => ipc.minutesFigures(session) });
}

/** Makes edits of the minutes. They are shown at once; when the last one is done, all is read again. */
export function useMinutesEdit(session: SessionId, edit: (edit: Edit) => Promise<unknown>): (change: Edit) => void {
  const queries = useQueryClient();
  const mutationKey = ["minutes", session, "edit"];
  const { mutate } = useMutation({
    mutationKey,
    mutationFn: edit,
    onMutate: (change) => {
      queries.setQueryData<OpenMinutes>(
        statedKey(session),
        (open) => open && { ...open, entries: changed(open.entries, change) },
      );
      if (change.kind !== "refuse_proposal" && change.kind !== "propose_again") return;
      const shown = change.kind === "refuse_proposal";
      queries.setQueryData<SaidSecret[]>(secretsKey(session), (secrets) =>
        secrets?.map((secret) => (secret.refusal.kind === change.proposal.kind ? { ...secret, shown } : secret)),
      );
    },
    onSettled: () => {
      if (queries.isMutating({ mutationKey }) > 1) return;
      void queries.invalidateQueries({ queryKey: queryKeys.minutes(session) });
    },
  });
  return mutate;
}

const secretsKey = (session: SessionId) => [...queryKeys.minutes(session), "secrets"];

function changed(entries: Entry[], change: Edit): Entry[] {
  if (change.kind === "remove_entry") return entries.filter(({ id }) => id !== change.entry);
  if (change.kind !== "put_entry") return entries;
  const known = entries.some(({ id }) => id === change.entry.id);
  return known
    ? entries.map((entry) => (entry.id === change.entry.id ? change.entry : entry))
    : [...entries, change.entry];
}

/** Ends early, and throws, when what waits is no longer wanted. */
function rest(signal: AbortSignal): Promise<void> {
  return new Promise((done, fail) => {
    const timer = setTimeout(done, REST_MS);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      fail(signal.reason);
    });
  });
}
