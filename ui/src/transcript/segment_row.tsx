// One row of the transcript: when, who, and the text. The text block belongs to the editor, not to React, so nothing
// is drawn again while typing.
import { ArrowUndo16Regular, MoreHorizontal20Regular } from "@fluentui/react-icons";
import { memo, useLayoutEffect, useRef, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import type { Respelling, Segment, SegmentId } from "../ipc";
import { clockText } from "../lib/time";
import { toSessionMs } from "../lib/timeline";
import { useRowState, useSegment, useTopic, useTranscript } from "./use_transcript";

/** `reachable`: Tab comes to this row; of all rows it is one. */
export const SegmentRow = memo(function SegmentRow({ id, reachable }: { id: SegmentId; reachable: boolean }) {
  const { t } = useTranslation();
  const { store, parts } = useTranscript();
  const segment = useSegment(id);
  const speaker = useTopic(store, "speakers", () => store.speaker(segment?.speaker ?? null));
  const turn = useSyncExternalStore(
    (listener) => store.listenTo(id, listener),
    () => store.startsTurn(id),
  );
  const active = useRowState(id, (editor) => editor.active === id);
  const selected = useRowState(id, (editor) => editor.selected.has(id));
  if (!segment) return null;
  const time = clockText(toSessionMs(parts, segment.part, segment.start_ms));
  const name = speaker?.name ?? t("transcript.nobody");
  const reach = reachable ? 0 : -1;
  return (
    <div
      className="transcript-row"
      data-segment={id}
      data-turn={turn || undefined}
      data-active={active || undefined}
      data-selected={selected || undefined}
      data-mark={segment.mark ?? undefined}
      data-doubtful={segment.doubtful || undefined}
    >
      <button
        type="button"
        className="transcript-time"
        data-action="play"
        tabIndex={reach}
        title={t("transcript.play_from_here")}
        aria-label={t(selected ? "transcript.play_from_selected" : "transcript.play_from", { time })}
      >
        {time}
      </button>
      <button
        type="button"
        className="transcript-speaker"
        data-action="speaker"
        data-known={speaker ? "" : undefined}
        tabIndex={reach}
        title={speaker?.role ? `${name}, ${speaker.role}` : name}
        aria-label={t("transcript.speaker_of", { name })}
        aria-haspopup="dialog"
        style={
          { "--speaker": speaker ? `var(--speaker-${speaker.colour % 12})` : "transparent" } as React.CSSProperties
        }
      >
        <span>{name}</span>
      </button>
      <div className="transcript-body">
        <SegmentText segment={segment} label={`${name}, ${time}`} reach={reach} />
        <RowNotes segment={segment} reach={reach} />
      </div>
      <button
        type="button"
        className="transcript-more"
        data-action="menu"
        tabIndex={reach}
        aria-haspopup="menu"
        aria-label={t("transcript.menu_of", { time })}
      >
        <MoreHorizontal20Regular aria-hidden />
      </button>
    </div>
  );
});

function SegmentText({ segment, label, reach }: { segment: Segment; label: string; reach: number }) {
  const { t } = useTranslation();
  const { editor, language } = useTranscript();
  const block = useRef<HTMLDivElement>(null);
  const { id } = segment;
  useLayoutEffect(() => (block.current ? editor.mount(id, block.current) : undefined), [editor, id]);
  const unheard = segment.faults.includes("unheard") || segment.faults.includes("uncovered");
  return (
    // biome-ignore lint/a11y/useSemanticElements: a field cannot grow with its text nor have words marked in it.
    <div
      ref={block}
      className="transcript-text"
      data-text={id}
      contentEditable="plaintext-only"
      suppressContentEditableWarning
      role="textbox"
      aria-multiline
      aria-label={label}
      tabIndex={reach}
      spellCheck
      lang={language}
      data-placeholder={t(unheard ? "transcript.unheard" : "transcript.empty")}
      aria-placeholder={t(unheard ? "transcript.unheard" : "transcript.empty")}
    />
  );
}

function RowNotes({ segment, reach }: { segment: Segment; reach: number }) {
  const { t } = useTranslation();
  const faults = segment.doubtful ? segment.faults : [];
  if (!segment.mark && !segment.doubtful && segment.respelled.length === 0) return null;
  return (
    <div className="transcript-notes">
      {segment.mark === "reserved" && (
        <span className="transcript-chip" data-kind="reserved">
          <strong>{t("transcript.reserved")}</strong> {t("transcript.reserved_meaning")}
        </span>
      )}
      {segment.mark === "inaudible" && (
        <span className="transcript-chip" data-kind="inaudible">
          <strong>{t("transcript.inaudible")}</strong>
        </span>
      )}
      {segment.doubtful && (
        <span className="transcript-doubt">
          {faults.length > 0
            ? faults.map((fault) => t(`document.fault.${fault}`)).join(" · ")
            : t("transcript.unsure_words")}
        </span>
      )}
      {segment.respelled.map((one) => (
        <RespelledNote key={one.at} segment={segment} respelling={one} reach={reach} />
      ))}
    </div>
  );
}

/** What was heard where the vocabulary wrote a name; pressing it writes that again. */
function RespelledNote(props: { segment: Segment; respelling: Respelling; reach: number }) {
  const { t } = useTranslation();
  const { editor, store } = useTranscript();
  const { segment, respelling, reach } = props;
  const { at, count, heard } = respelling;
  const words = segment.text.split(/\s+/).slice(at, at + count);
  const name = words.join(" ").replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
  const putBack = async () => {
    editor.activate(segment.id);
    await store.edit({ kind: "put_back", segment: segment.id, word: at });
    // The note is gone, and the focus that was on it.
    editor.refocus();
  };
  return (
    <button
      type="button"
      className="transcript-respelled"
      tabIndex={reach}
      title={t("transcript.put_back")}
      aria-label={t("transcript.put_back_of", { heard, name })}
      onClick={() => void putBack()}
    >
      {t("transcript.heard_as", { heard })}
      <ArrowUndo16Regular aria-hidden />
    </button>
  );
}
