// At which microphone segments were spoken, where the recorder kept a file for each.
import { useQuery } from "@tanstack/react-query";
import { type MicrophoneHint, type SegmentId, type SessionId, useIpc } from "../ipc";

/** The hint of segments that were all spoken at one microphone. */
export function useMicrophoneHint(session: SessionId, segments: readonly SegmentId[]): MicrophoneHint | undefined {
  const ipc = useIpc();
  // Names change what is proposed, so it is asked for whenever somebody is to be named; it never stands in the way.
  const { data: hints } = useQuery({
    queryKey: ["microphones", session],
    queryFn: () => ipc.microphonePropose(session).catch(() => []),
    refetchOnMount: "always",
  });
  const [first, ...others] = segments.map((id) => hints?.find(({ segment }) => segment === id));
  return first && others.every((other) => other?.microphone === first.microphone) ? first : undefined;
}
