// The main column of a session: the tools, find and replace, and the text.
import {
  Button,
  ToggleButton,
  Toolbar,
  ToolbarDivider,
  ToolbarToggleButton,
  Tooltip,
} from "@fluentui/react-components";
import { Next20Regular, Search20Regular, TextboxAlignMiddle20Regular } from "@fluentui/react-icons";
import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ModelRow, SegmentId } from "../ipc";
import type { OpenedSession } from "../ipc/queries";
import { useKeysText } from "../lib/shortcuts";
import type { DoubtWalk } from "./doubt_walk";
import { FindBar } from "./find_bar";
import { useFollow } from "./follow";
import { markFound, markWords } from "./highlights";
import { ListenAgainBar, ListenAgainDialog, useListenAgain } from "./listen_again";
import { ListeningBar, ListeningTail } from "./listening";
import { TranscriptNotices } from "./notices";
import { RowMenu } from "./row_menu";
import { SaveIndicator } from "./save_indicator";
import { type RowAction, SegmentList } from "./segment_list";
import { TimesDialog } from "./times_dialog";
import { UndoButtons } from "./undo_buttons";
import { useFind } from "./use_find";
import { useSelection, useTopic, useTranscript } from "./use_transcript";
import { useTranscriptShortcuts } from "./use_transcript_shortcuts";
import "./transcript.css";

type Opened = { what: "menu" | "speaker" | "times" | "again"; segment: SegmentId; at: HTMLElement };

type TranscriptPaneProps = {
  row: OpenedSession["row"];
  walk: DoubtWalk;
  /** Whether it is on screen; otherwise it waits as it is. */
  shown: boolean;
  colourUnsure: boolean;
  onShowDoubts: () => void;
  /** What a person calls a model. */
  nameModel: (model: ModelRow) => string;
  /** Lets her choose who speaks in some segments, beside an element. */
  pickSpeaker: (segments: readonly SegmentId[], at: HTMLElement, onClose: () => void) => ReactNode;
};

export function TranscriptPane(props: TranscriptPaneProps) {
  const { row, walk, shown, colourUnsure, onShowDoubts, nameModel, pickSpeaker } = props;
  const { t } = useTranslation();
  const { store, editor } = useTranscript();
  const keys = useKeysText();
  const [following, setFollowing] = useState(true);
  const [finder, setFinder] = useState({ open: false, replacing: false, asked: 0 });
  const [opened, setOpened] = useState<Opened | null>(null);
  const again = useListenAgain(store);
  const pane = useRef<HTMLDivElement>(null);
  const finding = useFind(finder.open);
  const markHeard = useFollow(following);

  const openFinder = (replacing: boolean) => {
    const marked = getSelection()?.toString().trim() ?? "";
    if (marked !== "" && marked.length < 80 && pane.current?.contains(document.activeElement)) {
      finding.setQuery({ text: marked });
    }
    setFinder((before) => ({ open: true, replacing: replacing || before.replacing, asked: before.asked + 1 }));
  };
  const closeFinder = () => {
    setFinder((before) => ({ ...before, open: false, replacing: false }));
    const { active } = editor;
    const match = finding.found[finding.current];
    if (match) editor.go({ segment: match.segment, offset: match.from, to: match.to });
    else if (active) editor.go({ segment: active, offset: editor.offset });
  };
  const stepFound = (direction: -1 | 1) => {
    const { found, current } = finding;
    if (!finder.open) return openFinder(false);
    if (found.length === 0) return;
    const next = current < 0 ? firstFrom() : (current + direction + found.length) % found.length;
    const match = found[next];
    finding.setCurrent(next);
    if (!match) return;
    editor.acted();
    const inText = document.activeElement?.hasAttribute("data-text");
    if (inText) editor.go({ segment: match.segment, offset: match.from, to: match.to }, "center");
    else editor.reveal(match.segment, "center");
  };
  /** The first match at or after the cursor. */
  const firstFrom = () => {
    const position = editor.active ? store.position(editor.active) : 0;
    const at = finding.found.findIndex((one) => {
      const place = store.position(one.segment);
      return place > position || (place === position && one.from >= editor.offset);
    });
    return Math.max(0, at);
  };

  const openAt = (what: Opened["what"], segment: SegmentId | undefined) => {
    const row = segment ? editor.row(segment) : null;
    const at = row?.querySelector<HTMLElement>(`[data-action=${what === "speaker" ? "speaker" : "menu"}]`);
    if (segment && at) setOpened({ what, segment, at });
  };
  const onAction = useCallback(
    (what: RowAction, segment: SegmentId, at: HTMLElement) => setOpened({ what, segment, at }),
    [],
  );
  useTranscriptShortcuts(
    walk,
    { open: openFinder, step: () => stepFound(1) },
    () => openAt("speaker", editor.targets.at(-1)),
    shown,
  );
  const close = () => {
    setOpened(null);
    const { active } = editor;
    // Another field may have taken the focus meanwhile: what is typed there must not land in the text.
    const elsewhere = () => document.activeElement?.matches("input, textarea") ?? false;
    if (active && !finder.open) requestAnimationFrame(() => !elsewhere() && editor.refocus());
  };

  const current = finding.found[finding.current];
  const paint = useCallback(() => {
    markWords(editor, colourUnsure);
    markFound(editor, finding.bySegment, current);
  }, [editor, colourUnsure, finding.bySegment, current]);
  useEffect(() => {
    paint();
    return store.listen("segments", paint);
  }, [paint, store]);
  const onShown = useCallback(() => {
    paint();
    markHeard();
  }, [paint, markHeard]);

  const segment = opened ? store.segment(opened.segment) : undefined;
  return (
    <div className="transcript-pane" ref={pane}>
      <Toolbar className="transcript-tools" aria-label={t("transcript.tools")}>
        <UndoButtons />
        <ToolbarDivider />
        <Tooltip content={withKeys(t("transcript.find.title"), keys("find.open"))} relationship="label">
          <ToolbarToggleButton
            name="tools"
            value="find"
            aria-pressed={finder.open}
            icon={<Search20Regular />}
            onClick={() => (finder.open ? closeFinder() : openFinder(false))}
          />
        </Tooltip>
        <ToggleButton
          appearance="subtle"
          className="transcript-follow"
          checked={following}
          aria-label={t("transcript.follow")}
          title={t("transcript.follow")}
          icon={<TextboxAlignMiddle20Regular />}
          onClick={() => setFollowing(!following)}
        >
          <span className="transcript-follow-words">{t("transcript.follow")}</span>
        </ToggleButton>
        <ToolbarDivider />
        <DoubtsButton
          walk={walk}
          hint={withKeys(t("transcript.doubts.next"), keys("doubts.next"))}
          onShowDoubts={onShowDoubts}
        />
        <SelectionWords />
        <span className="transcript-space" />
        <SaveIndicator />
      </Toolbar>
      <ListeningBar row={row} />
      <ListenAgainBar again={again} />
      {finder.open && (
        <FindBar
          finding={finding}
          replacing={finder.replacing}
          asked={finder.asked}
          onReplacing={(replacing) => setFinder((before) => ({ ...before, replacing }))}
          onStep={stepFound}
          onClose={closeFinder}
        />
      )}
      {shown && <TranscriptNotices />}
      <Words row={row} onAction={onAction} onShown={onShown} />
      {opened?.what === "menu" && segment && (
        <RowMenu
          segment={segment}
          at={opened.at}
          keysOf={keys}
          onClose={() => setOpened((now) => (now === opened ? null : now))}
          onCommand={(command) => {
            if (command === "speaker" || command === "times" || command === "again") openAt(command, opened.segment);
            else if (command === "confirm") void walk.confirm();
          }}
        />
      )}
      {opened?.what === "speaker" && pickSpeaker(editor.targets, opened.at, close)}
      {opened?.what === "times" && segment && <TimesDialog segment={segment} onClose={close} />}
      {opened?.what === "again" && segment && (
        <ListenAgainDialog segment={segment} nameModel={nameModel} again={again} onClose={close} />
      )}
    </div>
  );
}

type WordsProps = {
  row: OpenedSession["row"];
  onAction: (what: RowAction, segment: SegmentId, at: HTMLElement) => void;
  onShown: () => void;
};

/** The text, as soon as it is there: nothing around it is drawn anew then. */
function Words({ row, onAction, onShown }: WordsProps) {
  const { t } = useTranslation();
  const { store } = useTranscript();
  const opened = useTopic(store, "ids", () => store.opened);
  const empty = useTopic(store, "ids", () => store.ids.length === 0);
  if (!opened && empty) return <Opening />;
  return (
    <SegmentList onAction={onAction} onShown={onShown}>
      {empty && row.state === "ready" && <p className="transcript-nothing">{t("transcript.nothing")}</p>}
      <ListeningTail listening={row.state === "listening"} />
    </SegmentList>
  );
}

function DoubtsButton({ walk, hint, onShowDoubts }: { walk: DoubtWalk; hint: string; onShowDoubts: () => void }) {
  const { t } = useTranslation();
  const { store } = useTranscript();
  const opened = useTopic(store, "ids", () => store.opened);
  const doubts = useTopic(store, "doubts", () => store.doubts.length);
  return (
    <Tooltip content={hint} relationship="description">
      <Button
        appearance="subtle"
        className="transcript-doubts"
        icon={<Next20Regular />}
        disabled={doubts === 0}
        onClick={() => {
          onShowDoubts();
          walk.step(1);
        }}
      >
        {opened ? t("transcript.doubts.left", { count: doubts }) : t("transcript.doubts.next")}
      </Button>
    </Tooltip>
  );
}

/** What stands where the text will be. It moves nothing, which would hold up the very text it waits for. */
export function Opening() {
  const { t } = useTranslation();
  return (
    <p className="transcript-opening" role="status">
      {t("transcript.page.opening")}
    </p>
  );
}

function SelectionWords() {
  const { t } = useTranslation();
  const selected = useSelection();
  if (selected.size < 2) return null;
  return (
    <span className="transcript-selection" role="status">
      {t("transcript.selected", { count: selected.size })}
    </span>
  );
}

function withKeys(words: string, keys: string): string {
  return keys ? `${words} (${keys})` : words;
}
