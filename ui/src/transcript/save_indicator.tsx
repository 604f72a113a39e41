// Tells whether everything typed is saved, and lets her try again when it is not.
import { Button, Tooltip } from "@fluentui/react-components";
import { ArrowSync16Regular, CheckmarkCircle16Regular, ErrorCircle16Filled } from "@fluentui/react-icons";
import { useTranslation } from "react-i18next";
import { useFailureText } from "../kit/failure_message";
import { useTopic, useTranscript } from "./use_transcript";

export function SaveIndicator() {
  const { t } = useTranslation();
  const { store } = useTranscript();
  const state = useTopic(store, "save", () => store.saveState);
  const { sentence } = useFailureText(state.kind === "failed" ? state.failure : null);
  return (
    <span className="transcript-save" data-state={state.kind} role="status">
      {state.kind === "saved" && <CheckmarkCircle16Regular aria-hidden />}
      {state.kind === "saving" && <ArrowSync16Regular aria-hidden />}
      {state.kind === "failed" && <ErrorCircle16Filled aria-hidden />}
      {state.kind === "failed" ? (
        <Tooltip content={sentence} relationship="description">
          <span>{t("transcript.save.failed")}</span>
        </Tooltip>
      ) : (
        t(`transcript.save.${state.kind}`)
      )}
      {state.kind === "failed" && (
        <Button size="small" onClick={() => void store.flush()}>
          {t("transcript.save.retry")}
        </Button>
      )}
    </span>
  );
}
