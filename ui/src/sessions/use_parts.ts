// The parts of a session as they are when a question about them is asked.
import { useQuery } from "@tanstack/react-query";
import { type PartView, type SessionId, useIpc } from "../ipc";

/** Read anew each time: positions of parts that have changed since would name others. */
export function useParts(session: SessionId): { parts: PartView[] | undefined; failure: unknown } {
  const ipc = useIpc();
  const { data, error } = useQuery({
    queryKey: ["session_parts", session],
    queryFn: async () => (await ipc.sessionOpen(session)).parts,
    gcTime: 0,
    staleTime: 0,
  });
  return { parts: data, failure: error };
}
