// Undo and redo, each saying what it would do.
import { ToolbarButton, Tooltip } from "@fluentui/react-components";
import { ArrowRedo20Regular, ArrowUndo20Regular } from "@fluentui/react-icons";
import { useTranslation } from "react-i18next";
import { stepSentence } from "./step_sentence";
import { useTopic, useTranscript } from "./use_transcript";

export function UndoButtons() {
  const { t } = useTranslation();
  const { store, editor } = useTranscript();
  const undo = useTopic(store, "steps", () => store.undoStep);
  const redo = useTopic(store, "steps", () => store.redoStep);
  const undoes = undo ? t("transcript.undo_step", { step: stepSentence(t, undo) }) : t("transcript.undo_nothing");
  const redoes = redo ? t("transcript.redo_step", { step: stepSentence(t, redo) }) : t("transcript.redo_nothing");
  return (
    <>
      <Tooltip content={undoes} relationship="label">
        <ToolbarButton icon={<ArrowUndo20Regular />} disabled={!undo} onClick={() => void editor.undo()} />
      </Tooltip>
      <Tooltip content={redoes} relationship="label">
        <ToolbarButton icon={<ArrowRedo20Regular />} disabled={!redo} onClick={() => void editor.redo()} />
      </Tooltip>
    </>
  );
}
