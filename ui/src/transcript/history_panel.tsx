// The side panel of everything that was changed, newest first; what was undone is struck out.
import { Button, Caption1 } from "@fluentui/react-components";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { type HistoryEntry, useIpc } from "../ipc";
import { momentText } from "../lib/time";
import { PanelList } from "./panel_list";
import { stepSentence } from "./step_sentence";
import { useTranscript } from "./use_transcript";

const PAGE = 50;
const revisionOf = (entry: HistoryEntry) => entry.revision;

/** Typing changes the history several times a second; it is read again when it rests. */
const REST_MS = 600;

/** `who`: the name of the secretary, as the record has it. */
export function HistoryPanel({ who }: { who: string }) {
  const { t, i18n } = useTranslation();
  const ipc = useIpc();
  const { store, editor } = useTranscript();
  const [entries, setEntries] = useState<HistoryEntry[]>([]);
  const [more, setMore] = useState(false);

  const read = useCallback(
    async (before: number | null) => {
      const page = await ipc.transcriptHistory(store.session, before, PAGE).catch(() => []);
      setEntries((known) => (before === null ? page : [...known, ...page]));
      setMore(page.length === PAGE);
    },
    [ipc, store],
  );
  useEffect(() => {
    void read(null);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = store.listen("steps", () => {
      clearTimeout(timer);
      timer = setTimeout(() => void read(null), REST_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [read, store]);

  return (
    <section className="panel" aria-label={t("transcript.history.title")}>
      <div className="panel-head">
        <h2 className="visually-hidden">{t("transcript.history.title")}</h2>
        <Caption1>{t(entries.length > 0 ? "transcript.history.how" : "transcript.history.none")}</Caption1>
      </div>
      <PanelList items={entries} keyOf={revisionOf} height={60} label={t("transcript.history.title")}>
        {(entry, index) => (
          <>
            <button
              type="button"
              className="panel-item"
              disabled={!entry.segment || !store.segment(entry.segment)}
              onClick={() => entry.segment && editor.go({ segment: entry.segment, offset: 0 }, "center")}
            >
              <span className="panel-excerpt" data-undone={entry.undone || undefined}>
                {entry.undone ? <s>{stepSentence(t, entry.step)}</s> : stepSentence(t, entry.step)}
              </span>
              <span className="panel-when">
                {who} · {momentText(entry.at_ms, i18n.language)}
                {entry.undone && ` · ${t("transcript.history.undone")}`}
              </span>
            </button>
            {more && index === entries.length - 1 && (
              <Button appearance="subtle" onClick={() => void read(entry.revision)}>
                {t("transcript.history.more")}
              </Button>
            )}
          </>
        )}
      </PanelList>
    </section>
  );
}
