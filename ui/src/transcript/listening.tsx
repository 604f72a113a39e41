// What is still being heard: how far it is, what can be done about it, and the last words, which may still change.
import { Button } from "@fluentui/react-components";
import { ArrowClockwise20Regular, Dismiss20Regular, Pause20Regular, Play20Regular } from "@fluentui/react-icons";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useIpc } from "../ipc";
import type { OpenedSession } from "../ipc/queries";
import { ConfirmDialog } from "../kit/confirm_dialog";
import { FailureMessage } from "../kit/failure_message";
import { ProgressLine } from "../kit/progress_line";
import { useWhen } from "../kit/when";
import { lengthText } from "../lib/time";
import type { TranscriptStore } from "./transcript_store";
import { useTopic, useTranscript } from "./use_transcript";

/** Chunks come several a second on a fast machine; the text is asked for at most this often. */
const GROW_EVERY_MS = 700;

/** Brings what was heard into the transcript while the session is listened to. */
export function useGrowth(store: TranscriptStore): void {
  const ipc = useIpc();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const growSoon = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void store.grow();
      }, GROW_EVERY_MS);
    };
    const stop = ipc.listen((event) => {
      const heard = event.event === "chunk_heard" || event.event === "recording_heard" || event.event === "job_done";
      if (heard && event.session === store.session && store.opened) growSoon();
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [ipc, store]);
}

/** Progress with time left, pause, resume and cancel; nothing for a session that is ready. */
export function ListeningBar({ row }: Pick<OpenedSession, "row">) {
  const { t } = useTranslation();
  const ipc = useIpc();
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const { job, state } = row;
  const when = useWhen(row.retry_at_ms ?? 0);
  if (state === "ready") return null;
  const heard = row.duration_ms ? Math.min(1, row.heard_ms / row.duration_ms) : undefined;
  const attempt = (work: Promise<unknown>) => {
    setFailure(null);
    work.catch(setFailure);
  };
  const words = [
    row.retry_at_ms === null ? t(`transcript.listening.${state}`) : t("jobs.retrying"),
    row.duration_ms &&
      t("transcript.listening.heard", { heard: lengthText(row.heard_ms), length: lengthText(row.duration_ms) }),
    state === "listening" && row.left_ms !== null && t("transcript.listening.left", { left: lengthText(row.left_ms) }),
  ].filter(Boolean);
  return (
    <div className="listening-bar">
      <div className="listening-line">
        <div className="listening-progress">
          <ProgressLine
            value={heard ?? (state === "waiting" ? 0 : undefined)}
            label={t("transcript.listening.progress")}
            text={words.join(" · ")}
            tone={
              state === "failed" && row.retry_at_ms === null ? "error" : state === "listening" ? "brand" : "warning"
            }
          />
        </div>
        {job && state === "paused" && (
          <Button size="small" icon={<Play20Regular />} onClick={() => attempt(ipc.jobResume(job))}>
            {t("transcript.listening.resume")}
          </Button>
        )}
        {job && (state === "listening" || state === "waiting") && (
          <Button size="small" icon={<Pause20Regular />} onClick={() => attempt(ipc.jobPause(job))}>
            {t("transcript.listening.pause")}
          </Button>
        )}
        {job && (
          <Button size="small" appearance="subtle" icon={<Dismiss20Regular />} onClick={() => setAsking(true)}>
            {t("transcript.listening.cancel")}
          </Button>
        )}
      </div>
      {row.failure && (
        <FailureMessage
          failure={row.failure}
          intent={row.retry_at_ms === null ? "error" : "warning"}
          title={row.retry_at_ms === null ? undefined : t("jobs.retry", { when })}
          actions={
            job && (
              <Button size="small" icon={<ArrowClockwise20Regular />} onClick={() => attempt(ipc.jobResume(job))}>
                {t(row.retry_at_ms === null ? "sessions.row.retry" : "jobs.retry_now")}
              </Button>
            )
          }
        />
      )}
      {failure !== null && <FailureMessage failure={failure} />}
      <ConfirmDialog
        open={asking}
        title={t("transcript.listening.cancel_title")}
        action={t("transcript.listening.cancel_action")}
        onConfirm={() => (job ? ipc.jobCancel(job) : undefined)}
        onClose={() => setAsking(false)}
      >
        {t("transcript.listening.cancel_meaning")}
      </ConfirmDialog>
    </div>
  );
}

/** The last words heard, which may still change. */
export function ListeningTail({ listening }: { listening: boolean }) {
  const { t } = useTranslation();
  const { store } = useTranscript();
  const tail = useTopic(store, "tail", () => store.tail);
  if (!listening && !tail) return null;
  return (
    <p className="transcript-tail">
      <span className="transcript-tail-label">{t(`transcript.listening.${listening ? "tail" : "tail_left"}`)}</span>
      {tail?.text}
    </p>
  );
}
