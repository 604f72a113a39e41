// Pausing the whole queue and going on, from wherever that is offered; what went wrong with it is one thing for all.
import { useMutation, useMutationState } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useIpc } from "../ipc";
import { useAnnounce } from "../kit/announce";

const PAUSING = ["pausing"];

/** `pausing(true)` lets everything wait, `pausing(false)` lets it go on. */
export function usePausing(): (wanted: boolean) => Promise<unknown> {
  const { t } = useTranslation();
  const ipc = useIpc();
  const announce = useAnnounce();
  const { mutateAsync } = useMutation({
    mutationKey: PAUSING,
    mutationFn: (wanted: boolean) => (wanted ? ipc.queuePause() : ipc.queueResume()),
    onSuccess: (_, wanted) => announce(t(wanted ? "jobs.now_paused" : "jobs.now_going_on")),
  });
  // Whoever shows the failure finds it in the mutation.
  return (wanted) => mutateAsync(wanted).catch(() => undefined);
}

/** Why the last attempt to pause or to go on did nothing; null when it worked. */
export function usePausingFailure(): unknown {
  const failures = useMutationState({ filters: { mutationKey: PAUSING }, select: ({ state }) => state.error });
  return failures.at(-1) ?? null;
}
