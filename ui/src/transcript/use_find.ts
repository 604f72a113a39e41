// Finding in the whole transcript while the words are typed, and while the text changes under them.
import { useEffect, useMemo, useState } from "react";
import { type Failure, type Found, type Query, type SegmentId, useIpc } from "../ipc";
import { asFailure } from "./edit_queue";
import { useTranscript } from "./use_transcript";

const REST_MS = 250;

export type Finding = {
  query: Query;
  setQuery: (changed: Partial<Query>) => void;
  found: readonly Found[];
  bySegment: ReadonlyMap<SegmentId, readonly Found[]>;
  /** Why the pattern cannot be read. */
  failure: Failure | null;
  /** The match that is looked at, as a position in `found`; -1 before the first step. */
  current: number;
  setCurrent: (position: number) => void;
};

const nothing: readonly Found[] = [];
const empty: Query = {
  text: "",
  match_case: false,
  match_accents: false,
  whole_word: false,
  regular_expression: false,
  speaker: null,
};

/** `on`: whether the bar is open. */
export function useFind(on: boolean): Finding {
  const ipc = useIpc();
  const { store } = useTranscript();
  const [query, change] = useState(empty);
  const [found, setFound] = useState(nothing);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [current, setCurrent] = useState(-1);

  useEffect(() => {
    if (!on || query.text === "") {
      setFound(nothing);
      setFailure(null);
      return;
    }
    let last = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      last += 1;
      const mine = last;
      try {
        const matches = await ipc.transcriptFind(store.session, query, "");
        if (mine !== last) return;
        setFound(matches);
        setFailure(null);
      } catch (thrown) {
        if (mine !== last) return;
        setFound(nothing);
        setFailure(asFailure(thrown));
      }
    };
    const lookSoon = () => {
      clearTimeout(timer);
      timer = setTimeout(() => void look(), REST_MS);
    };
    lookSoon();
    const stop = store.listen("segments", lookSoon);
    return () => {
      last = -1;
      clearTimeout(timer);
      stop();
    };
  }, [ipc, store, query, on]);

  const bySegment = useMemo(() => {
    const map = new Map<SegmentId, Found[]>();
    for (const one of found) map.set(one.segment, [...(map.get(one.segment) ?? []), one]);
    return map;
  }, [found]);
  const setQuery = (changed: Partial<Query>) => {
    setCurrent(-1);
    change((before) => ({ ...before, ...changed }));
  };
  return { query, setQuery, found, bySegment, failure, current, setCurrent };
}

/** What the core would make of each match; until it has told, what stands in the field. */
export function useReplacements({ query, found }: Finding, replacement: string): (position: number) => string {
  const ipc = useIpc();
  const { store } = useTranscript();
  const [told, setTold] = useState({ replacement: "", matches: nothing });
  useEffect(() => {
    if (found.length === 0) return;
    let gone = false;
    const take = (matches: readonly Found[]) => gone || setTold({ replacement, matches });
    const timer = setTimeout(
      () => void ipc.transcriptFind(store.session, query, replacement).then(take, () => take(nothing)),
      REST_MS,
    );
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [ipc, store, query, found, replacement]);
  const current = told.replacement === replacement && told.matches.length === found.length;
  return (position) => (current && told.matches[position]?.becomes) || replacement;
}
