// Files that are dropped on the window are recordings, unless a place that is open claims them for itself.
import { useEffect, useRef, useState } from "react";
import { useIpc } from "./index";

type Claim = (paths: readonly string[]) => boolean;

const claims = new Set<Claim>();

/** What was dropped while the place that wants it was not open. */
let left: string[] = [];

/** Whether a place that is open takes these files. */
export function isClaimed(paths: readonly string[]): boolean {
  return [...claims].some((claim) => claim(paths));
}

/** Keeps files for the place that claims them as soon as it opens. */
export function leaveForClaim(paths: string[]): void {
  left = paths;
}

/** Takes the files that `claim` wants for as long as the caller is open, and those that were left for it; tells whether
 * such files hang above it. */
export function useDropClaim(claim: Claim, onDropped: (paths: string[]) => void): boolean {
  const ipc = useIpc();
  const [over, setOver] = useState(false);
  // What is dropped must find the latest, not what the first render saw.
  const latest = useRef(onDropped);
  latest.current = onDropped;
  useEffect(() => {
    claims.add(claim);
    if (left.length > 0 && claim(left)) {
      latest.current(left);
      left = [];
    }
    const forget = ipc.onDrop((phase, paths) => {
      if (phase === "enter") setOver(claim(paths));
      if (phase === "leave" || phase === "drop") setOver(false);
      if (phase === "drop" && claim(paths)) latest.current(paths);
    });
    return () => {
      claims.delete(claim);
      forget();
    };
  }, [ipc, claim]);
  return over;
}
