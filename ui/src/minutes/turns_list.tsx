// The succinct acta, turn by turn: sentences are ticked, changed or written. Arrows walk, Space ticks, Enter goes on.
import { Caption1, makeStyles, ProgressBar, Switch, tokens } from "@fluentui/react-components";
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Edit, Entry, SaidTurn } from "../ipc";
import { LongList, type LongListView } from "../kit/long_list";
import { isDone, mattering, type SummedUp, summedUp, unchangedKept } from "./summaries";
import { TurnCard } from "./turn_card";

const LINE_PX = 24;
const LETTERS_PER_LINE = 60;

const useStyles = makeStyles({
  head: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: `0 ${tokens.spacingHorizontalM}`,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  progress: { flex: "1 1 160px", minWidth: 0 },
  hint: { flexBasis: "100%", color: tokens.colorNeutralForeground2 },
  list: { flex: 1, minHeight: 0, display: "flex", flexDirection: "column" },
});

type Props = { turns: readonly SaidTurn[]; entries: readonly Entry[]; onEdit: (edit: Edit) => void };
/** The sentence with the focus: which turn, and which sentence of it. */
type Place = { turn: number; sentence: number };

export function TurnsList({ turns, entries, onEdit }: Props) {
  const { t } = useTranslation();
  const styles = useStyles();
  const [all, setAll] = useState(false);
  const [place, setPlace] = useState<Place>({ turn: 0, sentence: 0 });
  const root = useRef<HTMLDivElement>(null);
  const list = useRef<LongListView>(null);
  const wanted = useRef(false);
  const former = useRef<readonly SummedUp[]>([]);
  const every = useMemo(() => unchangedKept(former.current, summedUp(turns, entries)), [turns, entries]);
  former.current = every;
  const asking = useMemo(() => mattering(every), [every]);
  const progress = { done: asking.filter(isDone).length, total: asking.length };
  const shown = all ? every : asking;

  const go = (next: Place) => {
    wanted.current = true;
    setPlace(next);
    list.current?.show(next.turn);
  };
  // The turn that the keys went to may only just have come on screen.
  useEffect(() => {
    if (!wanted.current) return;
    const focus = () => {
      const at = `[data-turn="${place.turn}"] [data-sentence="${place.sentence}"] input`;
      root.current?.querySelector<HTMLElement>(at)?.focus();
    };
    wanted.current = false;
    focus();
    requestAnimationFrame(focus);
  }, [place]);

  const onKeyDown = (event: KeyboardEvent) => {
    const from = placeOf(event.target as Element);
    if (!from || event.ctrlKey || event.altKey || event.shiftKey) return;
    const next =
      event.key === "ArrowDown"
        ? step(shown, from, 1)
        : event.key === "ArrowUp"
          ? step(shown, from, -1)
          : event.key === "Enter" && from.turn + 1 < shown.length
            ? { turn: from.turn + 1, sentence: 0 }
            : null;
    if (!next) return;
    event.preventDefault();
    go(next);
  };
  const onEdits = useCallback((edits: Edit[]) => edits.forEach((edit) => void onEdit(edit)), [onEdit]);
  return (
    <>
      <div className={styles.head}>
        <div className={styles.progress}>
          <Caption1>{t("preview.turns_progress", progress)}</Caption1>
          <ProgressBar
            value={progress.total > 0 ? progress.done / progress.total : 0}
            aria-label={t("preview.turns_progress", progress)}
          />
        </div>
        <Switch label={t("preview.turns_short")} checked={all} onChange={(_, { checked }) => setAll(checked)} />
        <Caption1 className={styles.hint}>{t("preview.turns_hint")}</Caption1>
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys of all turns are heard here once */}
      <div
        ref={root}
        className={styles.list}
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          const at = placeOf(event.target);
          if (at && (at.turn !== place.turn || at.sentence !== place.sentence)) setPlace(at);
        }}
      >
        <LongList
          ref={list}
          items={shown}
          keyOf={({ turn }) => `${turn.heard.from.part} ${turn.heard.from.ms}`}
          estimate={heightOf}
          kept={place.turn}
          label={t("preview.part_turns")}
        >
          {(each, at) => (
            <TurnCard of={each} place={at} reachable={place.turn === at ? place.sentence : null} onEdits={onEdits} />
          )}
        </LongList>
      </div>
    </>
  );
}

function placeOf(element: Element): Place | null {
  const sentence = element.matches("input[type=checkbox]") && element.closest<HTMLElement>("[data-sentence]");
  const turn = element.closest<HTMLElement>("[data-turn]");
  if (!sentence || !turn) return null;
  return { turn: Number(turn.dataset.turn), sentence: Number(sentence.dataset.sentence) };
}

/** The sentence after or before this one, in whichever turn. */
function step(shown: readonly SummedUp[], { turn, sentence }: Place, by: 1 | -1): Place | null {
  const count = (at: number) => shown[at]?.turn.sentences.length ?? 0;
  const next = sentence + by;
  if (next >= 0 && next < count(turn)) return { turn, sentence: next };
  const other = turn + by;
  if (other < 0 || other >= shown.length) return null;
  return { turn: other, sentence: by === 1 ? 0 : count(other) - 1 };
}

/** About how high a turn is, in pixels. */
function heightOf({ turn, own }: SummedUp): number {
  const lines = turn.sentences.reduce((sum, { text }) => sum + Math.ceil(text.length / LETTERS_PER_LINE), 0);
  return 90 + lines * LINE_PX + own.length * LINE_PX;
}
