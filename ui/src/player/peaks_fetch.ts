// Brings the peaks of the parts from the media server: all of them once, and then only the bytes that came since.
import { useEffect, useRef, useState } from "react";
import { useIpc } from "../ipc";
import type { PartView, PeaksSource, SessionId } from "../ipc/bindings";
import { Peaks } from "./peaks";

/** Chunks are heard many times a second on a fast machine; the waveform grows at most this often. */
const GROWTH_PAUSE_MS = 2000;

/** Peaks by part; `grown` rises each time there are more of them, and `asked` tells that they were asked for once. */
export type PeaksOfParts = { byPart: ReadonlyMap<number, Peaks>; grown: number; asked: boolean };

/** Bytes from `from` on, or null when there are none yet. */
export async function fetchPeaks(url: string, from: number, signal: AbortSignal): Promise<Int8Array | null> {
  const response = await fetch(url, { headers: { Range: `bytes=${from}-` }, signal, cache: "no-store" });
  // 416: nothing beyond what is already here.
  if (!response.ok) return null;
  const bytes = new Int8Array(await response.arrayBuffer());
  return response.status === 206 ? bytes : bytes.subarray(from);
}

/** Peaks of a session's parts, extended while it is being listened to. */
export function usePeaks(session: SessionId, sources: readonly PeaksSource[] | undefined, parts: readonly PartView[]) {
  const ipc = useIpc();
  const byPart = useRef(new Map<number, { url: string; peaks: Peaks }>());
  const [peaks, setPeaks] = useState<PeaksOfParts>({ byPart: new Map(), grown: 0, asked: false });
  const heard = parts.filter((part) => part.heard).length;

  // biome-ignore lint/correctness/useExhaustiveDependencies(heard): a part heard to its end has its last peaks.
  useEffect(() => {
    if (!sources) return;
    if (sources.length === 0) {
      setPeaks((former) => ({ ...former, asked: true }));
      return;
    }
    const stopping = new AbortController();
    let due: ReturnType<typeof setTimeout> | undefined;
    let fetching = false;
    let grewMeanwhile = false;

    const extend = async () => {
      fetching = true;
      const before = [...byPart.current.values()].reduce((sum, { peaks }) => sum + peaks.length, 0);
      await Promise.all(sources.map((source) => extendOne(source, stopping.signal)));
      fetching = false;
      if (stopping.signal.aborted) return;
      if (grewMeanwhile) extendSoon();
      grewMeanwhile = false;
      const after = [...byPart.current.values()].reduce((sum, { peaks }) => sum + peaks.length, 0);
      if (after === before) {
        setPeaks((former) => (former.asked ? former : { ...former, asked: true }));
        return;
      }
      const grown = new Map([...byPart.current].map(([part, { peaks }]) => [part, peaks]));
      setPeaks((former) => ({ byPart: grown, grown: former.grown + 1, asked: true }));
    };
    const extendOne = async (source: PeaksSource, signal: AbortSignal) => {
      let known = byPart.current.get(source.part);
      if (!known || known.url !== source.url) {
        known = { url: source.url, peaks: new Peaks(source.per_second) };
        byPart.current.set(source.part, known);
      }
      // A server that is not there yet, or a session that is being deleted: the next growth asks again.
      const bytes = await fetchPeaks(source.url, known.peaks.length * 2, signal).catch(() => null);
      if (bytes && !signal.aborted) known.peaks.append(bytes);
    };
    const extendSoon = () => {
      grewMeanwhile = fetching;
      if (due !== undefined || fetching) return;
      due = setTimeout(() => {
        due = undefined;
        void extend();
      }, GROWTH_PAUSE_MS);
    };

    void extend();
    const unlisten = ipc.listen((event) => {
      if ((event.event === "chunk_heard" || event.event === "recording_heard") && event.session === session)
        extendSoon();
    });
    return () => {
      stopping.abort();
      clearTimeout(due);
      unlisten();
    };
  }, [ipc, session, sources, heard]);

  return peaks;
}
