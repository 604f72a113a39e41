// The renditions that are being made or were made since the window was opened: kept here, so that a dialog can be
// closed meanwhile and opened again, and told in passing where no dialog shows them.
import { Button, ToastTrigger } from "@fluentui/react-components";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type ActaCopy, type Failure, type SessionId, useIpc } from "../ipc";
import { useAnnounce } from "../kit/announce";
import { useFailureText } from "../kit/failure_message";
import { useNotify } from "../kit/notify";
import { fileName } from "../lib/paths";
import { renditionName } from "./rendition_words";

/** How far a rendition is. `share` is from 0 to 1, and null until anything of it was made. */
export type Work =
  | { state: "working"; share: number | null }
  | { state: "stopping" }
  | { state: "made"; path: string }
  | { state: "failed"; failure: unknown };
/** By the id of the profile, in the order in which they were asked for. */
type Works = { [profile: string]: Work };

type Renditions = {
  works: { [session: SessionId]: Works };
  make(session: SessionId, profile: string, copy: ActaCopy): void;
  cancel(session: SessionId, profile: string): void;
  /** Somebody shows the works of a session; returns what ends that. */
  watch(session: SessionId): () => void;
};

const RenditionsContext = createContext<Renditions | null>(null);

/** Goes around everything that lasts as long as the window. */
export function RenditionsProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const ipc = useIpc();
  const announce = useAnnounce();
  const told = useTold();
  const [works, setWorks] = useState<Renditions["works"]>({});
  const watched = useRef(new Set<SessionId>());

  const put = useCallback((session: SessionId, profile: string, next: (work: Work | undefined) => Work | undefined) => {
    setWorks((former) => {
      const { [profile]: work, ...others } = former[session] ?? {};
      const changed = next(work);
      // A profile that is known keeps its place.
      const known = work === undefined ? others : former[session];
      return { ...former, [session]: changed === undefined ? others : { ...known, [profile]: changed } };
    });
  }, []);

  // Names of what is told belong to the language of the moment, and listening anew would miss an event.
  const end = useRef(told);
  useEffect(() => {
    end.current = told;
  });
  useEffect(
    () =>
      ipc.listen((event) => {
        switch (event.event) {
          case "rendition_progressed": {
            const share = event.total_ms > 0 ? event.done_ms / event.total_ms : null;
            // What was cancelled may still be told of once.
            put(event.session, event.profile, (work) =>
              work?.state === "stopping" ? work : { state: "working", share },
            );
            break;
          }
          case "rendition_made":
            put(event.session, event.profile, () => ({ state: "made", path: event.path }));
            end.current.made(event.profile, event.path, watched.current.has(event.session));
            break;
          case "rendition_failed":
            put(event.session, event.profile, () => ({ state: "failed", failure: event.failure }));
            end.current.failed(event.profile, event.failure, watched.current.has(event.session));
            break;
          case "rendition_stopped":
            put(event.session, event.profile, () => undefined);
            end.current.stopped(event.profile);
            break;
          default:
            break;
        }
      }),
    [ipc, put],
  );

  const renditions = useMemo<Renditions>(() => {
    const fail = (session: SessionId, profile: string) => (failure: unknown) =>
      put(session, profile, () => ({ state: "failed", failure }));
    return {
      works,
      make: (session, profile, copy) => {
        put(session, profile, () => ({ state: "working", share: null }));
        announce(t("renditions.started", { name: renditionName(t, { id: profile }) }));
        ipc.renditionMake(session, profile, copy).catch(fail(session, profile));
      },
      cancel: (session, profile) => {
        put(session, profile, () => ({ state: "stopping" }));
        ipc.renditionCancel(session, profile).catch(fail(session, profile));
      },
      watch: (session) => {
        watched.current.add(session);
        return () => void watched.current.delete(session);
      },
    };
  }, [works, put, announce, t, ipc]);
  return <RenditionsContext value={renditions}>{children}</RenditionsContext>;
}

export function useRenditions(): Renditions {
  const renditions = useContext(RenditionsContext);
  if (!renditions) throw new Error("useRenditions needs a RenditionsProvider above it");
  return renditions;
}

/** Tells how a rendition ended: to a reader only where it is in sight, and to everybody where it is not. */
function useTold() {
  const { t } = useTranslation();
  const ipc = useIpc();
  const announce = useAnnounce();
  const notify = useNotify();
  const failed = (thrown: unknown) =>
    notify({ intent: "error", title: t("renditions.unopened"), body: <FailureSentence failure={thrown} /> });
  const button = (word: string, press: () => Promise<unknown>) => (
    <ToastTrigger>
      <Button size="small" onClick={() => press().catch(failed)}>
        {word}
      </Button>
    </ToastTrigger>
  );
  return {
    made: (profile: string, path: string, inSight: boolean) => {
      const title = t("renditions.made", { name: renditionName(t, { id: profile }) });
      if (inSight) return announce(title);
      notify({
        title,
        body: fileName(path),
        actions: (
          <>
            {button(t("renditions.open"), () => ipc.documentOpen(path))}
            {button(t("renditions.show"), () => ipc.documentShow(path))}
          </>
        ),
      });
    },
    failed: (profile: string, failure: Failure, inSight: boolean) => {
      // In sight it stands in an alert, which is read by itself.
      if (inSight) return;
      const title = t("renditions.failed", { name: renditionName(t, { id: profile }) });
      notify({ intent: "error", title, body: <FailureSentence failure={failure} />, timeout_ms: 15_000 });
    },
    stopped: (profile: string) => announce(t("renditions.stopped", { name: renditionName(t, { id: profile }) })),
  };
}

function FailureSentence({ failure }: { failure: unknown }) {
  return useFailureText(failure).sentence;
}
