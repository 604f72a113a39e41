// When a segment starts and ends, typed to the tenth of a second.
import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
} from "@fluentui/react-components";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Segment } from "../ipc";
import { Modal } from "../kit/modal";
import { clockText, readClock } from "../lib/time";
import { sessionRange, useTranscript } from "./use_transcript";

export function TimesDialog({ segment, onClose }: { segment: Segment; onClose: () => void }) {
  const { t } = useTranslation();
  const { editor, parts } = useTranscript();
  const [from, to] = sessionRange(parts, segment);
  const offset = from - segment.start_ms;
  const [start, setStart] = useState(tenths(from));
  const [end, setEnd] = useState(tenths(to));
  const [startMs, endMs] = [readClock(start), readClock(end)];
  const wrongStart =
    startMs === null
      ? t("transcript.times.unreadable")
      : startMs < offset
        ? t("transcript.times.before_part", { number: segment.part + 1, time: clockText(offset) })
        : undefined;
  const wrongEnd =
    endMs === null
      ? t("transcript.times.unreadable")
      : startMs !== null && startMs >= endMs
        ? t("transcript.times.backwards")
        : undefined;
  const wrong = wrongStart !== undefined || wrongEnd !== undefined;
  const save = () => {
    if (startMs === null || endMs === null || wrong) return;
    // What was left as shown keeps its milliseconds.
    const keep = (typed: string, ms: number, typedMs: number) => (typed === tenths(ms) ? ms : typedMs);
    editor.retime(segment.id, keep(start, from, startMs) - offset, keep(end, to, endMs) - offset);
    onClose();
  };
  return (
    <Modal onOpenChange={(_, data) => data.open || onClose()}>
      <DialogSurface className="times-dialog">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <DialogBody>
            <DialogTitle>{t("transcript.times.title")}</DialogTitle>
            <DialogContent className="times-fields">
              <Field label={t("transcript.times.start")} validationMessage={wrongStart}>
                <Input value={start} onChange={(_, data) => setStart(data.value)} />
              </Field>
              <Field label={t("transcript.times.end")} validationMessage={wrongEnd}>
                <Input value={end} onChange={(_, data) => setEnd(data.value)} />
              </Field>
            </DialogContent>
            <DialogActions>
              <Button onClick={onClose}>{t("kit.cancel")}</Button>
              <Button appearance="primary" type="submit" disabled={wrong}>
                {t("transcript.times.save")}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Modal>
  );
}

function tenths(ms: number): string {
  return `${clockText(ms, true)},${Math.floor((ms % 1000) / 100)}`;
}
