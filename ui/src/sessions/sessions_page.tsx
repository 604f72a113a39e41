// The place «Sesiones»: every session, its state and progress, what was found in them, and the way in for new ones.

import { Button, makeStyles, Select, Spinner, Text, tokens } from "@fluentui/react-components";
import { type KeyboardEvent, type ReactNode, useCallback, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { Hit, SessionRow } from "../ipc";
import { useAnnounce } from "../kit/announce";
import { EmptyState } from "../kit/empty_state";
import { FailureMessage } from "../kit/failure_message";
import { PageHeader } from "../kit/page_header";
import { useShortcut } from "../lib/shortcuts";
import { DropLine, DropZone, SampleHint } from "./first_steps";
import { useIntake } from "./intake";
import { milestoneBetween } from "./milestones";
import { NewSessionButton } from "./new_session_button";
import { type Filter, filteredRows, NEWEST_FIRST, STATES, sortAfterPress, sortedRows } from "./order";
import { SessionHits, SessionSearchField } from "./session_search";
import { SessionTable } from "./session_table";
import { useWaiting } from "./use_queue_moves";
import { useRowDeeds } from "./use_row_deeds";
import { useSessionRows } from "./use_session_rows";

/** Few enough to leave room beneath them for the place to drop the next recording. */
const FEW_SESSIONS = 3;

type Props = {
  /** The dialog that makes renditions of a session. */
  renditions: (row: SessionRow, onClose: () => void) => ReactNode;
  /** What waits for an answer about recordings that came by themselves; it stands above the list. */
  questions?: ReactNode;
  /** Why nothing is being heard, and the way on; it stands right above the list. */
  queue?: ReactNode;
  /** What can be done about all sessions at once, among the buttons of the page. */
  actions?: ReactNode;
};

export function SessionsPage({ renditions, questions, queue, actions }: Props) {
  const { t, i18n } = useTranslation();
  const styles = useStyles();
  const intake = useIntake();
  const [, go] = useLocation();
  const { rows, failure } = useSessionRows(useMilestones());
  const { onAction, onRename, actionFailure, dialog } = useRowDeeds(rows ?? [], renditions);
  const waiting = useWaiting();
  const [sort, setSort] = useState(NEWEST_FIRST);
  const [filter, setFilter] = useState<Filter>("all");
  const [text, setText] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const page = useRef<HTMLDivElement>(null);
  const sorted = useMemo(
    () => sortedRows(rows ?? [], sort, i18n.language, waiting),
    [rows, sort, i18n.language, waiting],
  );
  const shown = useMemo(() => filteredRows(sorted, filter), [sorted, filter]);
  const onSort = useCallback((column: Parameters<typeof sortAfterPress>[1]) => {
    setSort((sort) => sortAfterPress(sort, column));
  }, []);
  useShortcut("intake.open", () => intake.pick());
  useShortcut("find.open", () => field.current?.select());

  const openHit = (hit: Hit) => go(`/sessions/${hit.session}${hit.at_ms === null ? "" : `/${hit.at_ms}`}`);
  const onSearchKey = (event: KeyboardEvent) => {
    const first = page.current?.querySelector<HTMLElement>("[data-hit]");
    if (event.key === "Escape") setText("");
    else if (event.key === "Enter") page.current?.querySelector<HTMLElement>('[data-hit="found"]')?.click();
    else if (event.key === "ArrowDown")
      (first ?? page.current?.querySelector<HTMLElement>('[role="row"][tabindex="0"]'))?.focus();
    else return;
    event.preventDefault();
  };

  const count = rows?.length ?? 0;
  const few = count <= FEW_SESSIONS;
  const searching = text.trim() !== "";
  const sample = count === 1 ? rows?.find((row) => row.sample) : undefined;
  return (
    <div className={styles.page} ref={page}>
      <PageHeader
        title={t("sessions.title")}
        subtitle={count > 0 && <Text className={styles.quiet}>{countText(shown.length, count)}</Text>}
        actions={
          <>
            {actions}
            <NewSessionButton />
          </>
        }
      />
      {questions}
      {queue}
      {count > 0 && (
        <div className={styles.tools}>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: keys that leave the field for what it found */}
          <div className={styles.search} onKeyDown={onSearchKey}>
            <SessionSearchField field={field} text={text} onText={setText} />
          </div>
          {!searching && <StateFilter filter={filter} onFilter={setFilter} />}
        </div>
      )}
      {[failure, actionFailure].map((each) => each !== null && <FailureMessage key={String(each)} failure={each} />)}
      {rows === undefined && failure === null && <Spinner label={t("sessions.loading")} className={styles.spinner} />}
      {rows !== undefined && count === 0 && <DropZone />}
      {searching && <SessionHits text={text} onOpen={openHit} />}
      {!searching && count > 0 && (
        <>
          {shown.length > 0 ? (
            <SessionTable
              rows={shown}
              waiting={waiting}
              sort={sort}
              onSort={onSort}
              onAction={onAction}
              onRename={onRename}
              short={few}
            />
          ) : (
            <EmptyState title={t("sessions.filter.none")}>
              <Button onClick={() => setFilter("all")}>{t("sessions.filter.clear")}</Button>
            </EmptyState>
          )}
          {sample !== undefined && <SampleHint sample={sample} onOpen={(row) => onAction("open", row)} />}
          {few ? <DropZone small /> : <DropLine />}
        </>
      )}
      {dialog}
    </div>
  );

  function countText(shown: number, count: number): string {
    return shown === count ? t("sessions.count", { count }) : t("sessions.count_filtered", { shown, count });
  }
}

function StateFilter({ filter, onFilter }: { filter: Filter; onFilter: (filter: Filter) => void }) {
  const { t } = useTranslation();
  return (
    <Select
      value={filter}
      aria-label={t("sessions.filter.label")}
      onChange={(_, { value }) => onFilter(value as Filter)}
    >
      <option value="all">{t("sessions.filter.all")}</option>
      {STATES.map((state) => (
        <option key={state} value={state}>
          {t(`sessions.state.${state}`)}
        </option>
      ))}
    </Select>
  );
}

/** Reads the milestones of what is being heard to who does not see the bars. */
function useMilestones() {
  const { t } = useTranslation();
  const announce = useAnnounce();
  return useCallback(
    (before: SessionRow | undefined, after: SessionRow) => {
      const milestone = milestoneBetween(before, after);
      if (milestone === null) return;
      const sentence = t(`sessions.announce.${milestone.said}`, { ...milestone, title: after.title });
      announce(sentence, milestone.said === "failed" ? "assertive" : "polite");
    },
    [announce, t],
  );
}

const useStyles = makeStyles({
  page: { height: "100%", display: "flex", flexDirection: "column" },
  tools: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: tokens.spacingHorizontalM,
    padding: `0 ${tokens.spacingHorizontalXXL} ${tokens.spacingVerticalM}`,
  },
  search: { flex: "1 1 240px", display: "flex" },
  quiet: { color: tokens.colorNeutralForeground2 },
  spinner: { marginTop: tokens.spacingVerticalXXXL },
});
