// The open transcript and its editor for the components below, each waking only for what it shows.
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from "react";
import {
  type Commands,
  type Failure,
  type PartView,
  type Segment,
  type SegmentId,
  type SessionId,
  useIpc,
} from "../ipc";
import { toSessionMs } from "../lib/timeline";
import { asFailure } from "./edit_queue";
import { Editor } from "./editor";
import type { Playback } from "./playback";
import { type Topic, TranscriptStore } from "./transcript_store";

/** What every part of the editor knows. `parts` place the segments on the session's clock. */
export type OpenTranscript = {
  store: TranscriptStore;
  editor: Editor;
  parts: readonly PartView[];
  language: string;
  playback: Playback | null;
};

const TranscriptContext = createContext<OpenTranscript | null>(null);

/** Hands a transcript to the components below. */
export function TranscriptProvider({ view, children }: { view: OpenTranscript; children: ReactNode }) {
  return <TranscriptContext value={view}>{children}</TranscriptContext>;
}

export function useTranscript(): OpenTranscript {
  const view = useContext(TranscriptContext);
  if (!view) throw new Error("useTranscript needs a TranscriptProvider above it");
  return view;
}

/** Transcripts with typing that the core has not taken yet; leaving the page must not lose it. */
const unsaved = new Map<SessionId, TranscriptStore>();

/** Opens the transcript of a session; `fromStart`: its first passages are what she will read first. */
export function useOpenTranscript(
  session: SessionId,
  fromStart: boolean,
): {
  store: TranscriptStore;
  editor: Editor;
  failure: Failure | null;
} {
  const commands: Commands = useIpc();
  const [failure, setFailure] = useState<Failure | null>(null);
  const editor = useMemo(
    () => new Editor(unsaved.get(session) ?? new TranscriptStore(commands, session)),
    [commands, session],
  );
  const { store } = editor;
  useEffect(() => {
    let gone = false;
    setFailure(null);
    const open = async () => {
      if (fromStart && !store.opened) {
        await store.start();
        // All the rest, which would hold up these first words, comes when they were drawn.
        if (!document.hidden) await drawn();
      }
      if (!gone) await store.open();
    };
    open().catch((thrown: unknown) => gone || setFailure(asFailure(thrown)));
    const flush = () => void store.flush();
    const flushWhenHidden = () => document.hidden && flush();
    const warn = (event: BeforeUnloadEvent) => {
      flush();
      if (store.saveState.kind === "failed") event.preventDefault();
    };
    document.addEventListener("visibilitychange", flushWhenHidden);
    addEventListener("pagehide", flush);
    addEventListener("beforeunload", warn);
    return () => {
      gone = true;
      document.removeEventListener("visibilitychange", flushWhenHidden);
      removeEventListener("pagehide", flush);
      removeEventListener("beforeunload", warn);
      unsaved.set(session, store);
      void store.flush().then(() => store.unsaved || unsaved.delete(session));
    };
  }, [store, session, fromStart]);
  return { store, editor, failure };
}

/** Waits until what was changed is drawn: a frame is when what was asked for it has run and another task begins. */
function drawn(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

/** Reads something of the store and reads it again whenever a topic is told. What is read must be stable. */
export function useTopic<T>(store: TranscriptStore, topic: Topic, read: () => T): T {
  return useSyncExternalStore(
    useCallback((listener) => store.listen(topic, listener), [store, topic]),
    read,
  );
}

/** A segment as the core has it; undefined once it is gone. */
export function useSegment(id: SegmentId): Segment | undefined {
  const { store } = useTranscript();
  return useSyncExternalStore(
    useCallback((listener) => store.listenTo(id, listener), [store, id]),
    () => store.segment(id),
  );
}

/** Something of the editor that is told per row. */
export function useRowState<T>(id: SegmentId, read: (editor: Editor) => T): T {
  const { editor } = useTranscript();
  return useSyncExternalStore(
    useCallback((listener) => editor.listenTo(id, listener), [editor, id]),
    () => read(editor),
  );
}

/** The row with the cursor. */
export function useActive(): SegmentId | null {
  const { editor } = useTranscript();
  return useSyncExternalStore(
    useCallback((listener) => editor.listen("active", listener), [editor]),
    () => editor.active,
  );
}

/** The selected rows. */
export function useSelection(): ReadonlySet<SegmentId> {
  const { editor } = useTranscript();
  return useSyncExternalStore(
    useCallback((listener) => editor.listen("selection", listener), [editor]),
    () => editor.selected,
  );
}

/** Where a segment starts and ends on the session's clock, in ms. */
export function sessionRange(parts: readonly PartView[], segment: Segment): [number, number] {
  return [toSessionMs(parts, segment.part, segment.start_ms), toSessionMs(parts, segment.part, segment.end_ms)];
}
