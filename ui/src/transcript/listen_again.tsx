// Listening to passages again with another model: which and with what is asked first, then a bar says how far it is.
import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Radio,
  RadioGroup,
} from "@fluentui/react-components";
import { Dismiss20Regular } from "@fluentui/react-icons";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { isFailure, type ModelRow, type RehearingProgress, type Segment, type SegmentId, useIpc } from "../ipc";
import { queryKeys } from "../ipc/queries";
import { ChoiceField } from "../kit/choice_field";
import { FailureMessage } from "../kit/failure_message";
import { Modal } from "../kit/modal";
import { ProgressLine } from "../kit/progress_line";
import { lengthText } from "../lib/time";
import type { TranscriptStore } from "./transcript_store";
import { useTranscript } from "./use_transcript";

/** What is being listened to again, and how that ended. */
export type ListenAgain = {
  progress: RehearingProgress | null;
  /** What came of it, in words; null while nothing did. */
  done: string | null;
  failure: unknown;
  start(passages: SegmentId[], model: string): Promise<void>;
  stop(): void;
  dismiss(): void;
};

export function useListenAgain(store: TranscriptStore): ListenAgain {
  const { t } = useTranslation();
  const ipc = useIpc();
  const [progress, setProgress] = useState<ListenAgain["progress"]>(null);
  const [done, setDone] = useState<string | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  // It goes on when its page is left, and whoever comes back sees how far it is. Without an answer nothing is shown.
  const look = useCallback(
    () => ipc.passagesProgress(store.session).then(setProgress, () => setProgress(null)),
    [ipc, store],
  );
  useEffect(() => {
    void look();
    return ipc.listen((event) => {
      if (event.event === "session_changed" && event.session === store.session) void look();
      if (event.event !== "passages_reheard" || event.session !== store.session) return;
      setProgress({ done_ms: event.done_ms, total_ms: event.total_ms });
      void store.open();
    });
  }, [ipc, store, look]);
  const dismiss = () => {
    setDone(null);
    setFailure(null);
  };
  const start = async (passages: SegmentId[], model: string) => {
    dismiss();
    // What was typed is there before anything is put in its place.
    await store.flush();
    setProgress({ done_ms: 0, total_ms: 0 });
    try {
      const { heard, silent } = await ipc.passagesListenAgain(store.session, passages, model);
      setDone(
        [t("transcript.again.heard", { count: heard }), silent > 0 && t("transcript.again.silent", { count: silent })]
          .filter(Boolean)
          .join(" "),
      );
    } catch (thrown) {
      // Whoever stopped it knows.
      const stopped = isFailure(thrown) && (thrown.code === "stopped" || thrown.code === "engine_stopped");
      setFailure(stopped ? null : thrown);
    }
    // A wish that was refused leaves the one that runs.
    await look();
    await store.open();
  };
  return { progress, done, failure, start, stop: () => void ipc.passagesStop(store.session), dismiss };
}

/** How far it is; then what came of it, until that was read. */
export function ListenAgainBar({ again }: { again: ListenAgain }) {
  const { t } = useTranslation();
  const { progress, done, failure } = again;
  if (failure)
    return (
      <FailureMessage
        failure={failure}
        actions={
          <Button size="small" onClick={again.dismiss}>
            {t("transcript.notice.dismiss")}
          </Button>
        }
      />
    );
  if (!progress && !done) return null;
  const known = progress !== null && progress.total_ms > 0;
  const heard = known
    ? t("transcript.listening.heard", { heard: lengthText(progress.done_ms), length: lengthText(progress.total_ms) })
    : undefined;
  return (
    <div className="listening-bar">
      <div className="listening-line">
        <div className="listening-progress">
          {progress ? (
            <ProgressLine
              value={known ? progress.done_ms / progress.total_ms : undefined}
              label={t("transcript.again.progress")}
              text={[t("transcript.again.progress"), heard].filter(Boolean).join(" · ")}
            />
          ) : (
            <span role="status">{done}</span>
          )}
        </div>
        <Button
          size="small"
          appearance="subtle"
          icon={<Dismiss20Regular />}
          onClick={progress ? again.stop : again.dismiss}
        >
          {t(progress ? "transcript.again.stop" : "transcript.notice.dismiss")}
        </Button>
      </div>
    </div>
  );
}

type DialogProps = {
  segment: Segment;
  nameModel: (model: ModelRow) => string;
  again: ListenAgain;
  onClose: () => void;
};

/** Which passages and with which model. */
export function ListenAgainDialog({ segment, nameModel, again, onClose }: DialogProps) {
  const { t } = useTranslation();
  const ipc = useIpc();
  const { editor, store } = useTranscript();
  const { data: rows } = useQuery({ queryKey: queryKeys.models, queryFn: () => ipc.modelList() });
  const models = rows?.filter((row) => row.installed) ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const model = chosen ?? (models.find((row) => row.chosen) ?? models[0])?.id;
  const [scope, setScope] = useState<"these" | "onwards">("these");
  const [these] = useState(() => editor.targets);
  const onwards = store.ids.slice(store.position(segment.id)).filter((id) => !store.segment(id)?.touched);
  const passages = scope === "these" ? these : onwards;
  return (
    <Modal onOpenChange={(_, data) => data.open || onClose()}>
      <DialogSurface className="times-dialog">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (!model) return;
            onClose();
            void again.start(passages, model);
          }}
        >
          <DialogBody>
            <DialogTitle>{t("transcript.again.title")}</DialogTitle>
            <DialogContent className="again-fields">
              <Field label={t("transcript.again.which")}>
                <RadioGroup value={scope} onChange={(_, data) => setScope(data.value as typeof scope)}>
                  <Radio value="these" label={t("transcript.again.these", { count: these.length })} />
                  <Radio
                    value="onwards"
                    disabled={onwards.length === 0}
                    label={t("transcript.again.onwards", { count: onwards.length })}
                  />
                </RadioGroup>
              </Field>
              <ChoiceField
                label={t("transcript.again.model")}
                value={model ?? ""}
                options={models.map((row) => ({ value: row.id, text: nameModel(row) }))}
                onChoose={setChosen}
              />
              <p>{t("transcript.again.meaning")}</p>
            </DialogContent>
            <DialogActions>
              <Button onClick={onClose}>{t("kit.cancel")}</Button>
              <Button appearance="primary" type="submit" disabled={!model || passages.length === 0}>
                {t("transcript.again.start")}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Modal>
  );
}
