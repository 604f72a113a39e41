// Search through all sessions: the field, and what was found in each, opened at its second.

import { Button, Link, makeStyles, SearchBox, Spinner, Text, tokens } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, type Ref, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Hit, useIpc } from "../ipc";
import { useAnnounce } from "../kit/announce";
import { EmptyState } from "../kit/empty_state";
import { FailureMessage } from "../kit/failure_message";
import { clockText, dateText } from "../lib/time";

const HIT_LIMIT = 200;
const DEBOUNCE_MS = 150;

type FieldProps = { field: Ref<HTMLInputElement>; text: string; onText: (text: string) => void };

/** Enter opens the first hit and the arrow down goes into them; the page wires both by `onKeyDown` of its parent. */
export function SessionSearchField({ field, text, onText }: FieldProps) {
  const { t } = useTranslation();
  const styles = useStyles();
  return (
    <SearchBox
      ref={field}
      className={styles.field}
      value={text}
      placeholder={t("sessions.search.placeholder")}
      aria-label={t("sessions.search.label")}
      dismiss={{ "aria-label": t("sessions.search.clear") }}
      onChange={(_, { value }) => onText(value)}
    />
  );
}

/** What `text` finds, asked once the typing rests. */
export function SessionHits({ text, onOpen }: { text: string; onOpen: (hit: Hit) => void }) {
  const { t } = useTranslation();
  const ipc = useIpc();
  const announce = useAnnounce();
  const styles = useStyles();
  const list = useRef<HTMLDivElement>(null);
  const asked = useRested(text.trim());
  const found = useQuery({
    queryKey: ["session_search", asked],
    queryFn: () => ipc.sessionSearch(asked, HIT_LIMIT),
    // The hits of the letters before stay until the new ones come, or the page would flicker at every key.
    placeholderData: (former) => former,
    staleTime: 0,
    gcTime: 0,
  });
  const hits = found.data;
  const groups = hits === undefined ? [] : groupsOf(hits);
  const summary =
    hits === undefined || found.isPlaceholderData
      ? null
      : hits.length === 0
        ? t("sessions.search.none", { text: asked })
        : t("sessions.search.found", {
            hits: t("sessions.search.hits", { count: hits.length }),
            sessions: t("sessions.count", { count: groups.length }),
          });
  useEffect(() => {
    if (summary !== null) announce(summary);
  }, [summary, announce]);

  if (found.isError) return <FailureMessage failure={found.error} />;
  if (hits === undefined) return <Spinner label={t("sessions.search.searching")} />;
  if (hits.length === 0) {
    return <EmptyState title={t("sessions.search.none", { text: asked })} body={t("sessions.search.none_hint")} />;
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows step between the buttons inside, which take the keys
    <div ref={list} className={styles.hits} onKeyDown={(event) => moveAmongHits(event, list.current)}>
      <Text className={styles.quiet}>{summary}</Text>
      {groups.map((group) => (
        <HitGroup key={group.session} group={group} onOpen={onOpen} />
      ))}
      {hits.length === HIT_LIMIT && (
        <Text className={styles.quiet}>{t("sessions.search.first_only", { count: HIT_LIMIT })}</Text>
      )}
    </div>
  );
}

type Group = { session: string; title: string; held_at_ms: number; hits: Hit[] };

function HitGroup({ group, onOpen }: { group: Group; onOpen: (hit: Hit) => void }) {
  const { t, i18n } = useTranslation();
  const styles = useStyles();
  const first = group.hits[0];
  const ofTitle = group.hits.find((hit) => hit.kind === "title");
  return (
    <section aria-label={group.title} className={styles.group}>
      <h2 className={styles.heading}>
        <Link
          as="button"
          data-hit={ofTitle === undefined ? "session" : "found"}
          className={styles.title}
          onClick={() => first && onOpen(ofTitle ?? { ...first, segment: null, at_ms: null })}
        >
          {ofTitle === undefined ? group.title : <Marked text={ofTitle.snippet} marks={ofTitle.marks} />}
        </Link>
        <Text size={200} className={styles.quiet}>
          {dateText(group.held_at_ms, i18n.language, "short")}
        </Text>
      </h2>
      <ul className={styles.list}>
        {group.hits
          .filter((hit) => hit !== ofTitle)
          .map((hit, position) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: hits have no name of their own and are never reordered
            <li key={position}>
              <Button data-hit="found" appearance="subtle" className={styles.hit} onClick={() => onOpen(hit)}>
                <span className={styles.clock}>
                  {hit.kind === "person" && hit.at_ms === null
                    ? t("sessions.search.in_person")
                    : clockText(hit.at_ms ?? 0, true)}
                </span>
                <span className={styles.snippet}>
                  <Marked text={hit.snippet} marks={hit.marks} />
                </span>
              </Button>
            </li>
          ))}
      </ul>
    </section>
  );
}

/** The text with what was searched for set off. */
function Marked({ text, marks }: { text: string; marks: [number, number][] }) {
  const styles = useStyles();
  const ends = marks.map(([, to]) => to);
  return (
    <>
      {marks.map(([from, to], position) => (
        <span key={from}>
          {text.slice(ends[position - 1] ?? 0, from)}
          <mark className={styles.mark}>{text.slice(from, to)}</mark>
        </span>
      ))}
      {text.slice(ends.at(-1) ?? 0)}
    </>
  );
}

function groupsOf(hits: Hit[]): Group[] {
  const groups = new Map<string, Group>();
  for (const hit of hits) {
    const group = groups.get(hit.session);
    if (group !== undefined) group.hits.push(hit);
    else groups.set(hit.session, { session: hit.session, title: hit.title, held_at_ms: hit.held_at_ms, hits: [hit] });
  }
  return [...groups.values()];
}

function moveAmongHits(event: KeyboardEvent, list: HTMLElement | null) {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0) return;
  const all = [...(list?.querySelectorAll<HTMLElement>("[data-hit]") ?? [])];
  all[all.indexOf(event.target as HTMLElement) + step]?.focus();
  event.preventDefault();
}

/** The text once it has not changed for a moment. */
function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}

const useStyles = makeStyles({
  field: { width: "100%", maxWidth: "440px" },
  quiet: { color: tokens.colorNeutralForeground2 },
  hits: {
    flexGrow: 1,
    minHeight: 0,
    overflowY: "auto",
    padding: `0 ${tokens.spacingHorizontalXXL} ${tokens.spacingVerticalXXL}`,
  },
  group: { marginTop: tokens.spacingVerticalL },
  heading: {
    margin: 0,
    display: "flex",
    alignItems: "baseline",
    gap: tokens.spacingHorizontalM,
    fontSize: tokens.fontSizeBase400,
    fontWeight: tokens.fontWeightSemibold,
  },
  title: { fontSize: "inherit", fontWeight: "inherit", overflowWrap: "anywhere", textAlign: "start" },
  list: { listStyleType: "none", margin: 0, padding: 0 },
  hit: {
    width: "100%",
    maxWidth: "none",
    justifyContent: "flex-start",
    alignItems: "baseline",
    gap: tokens.spacingHorizontalM,
    textAlign: "start",
    fontWeight: tokens.fontWeightRegular,
    paddingInline: tokens.spacingHorizontalS,
    marginInlineStart: `calc(-1 * ${tokens.spacingHorizontalS})`,
  },
  clock: {
    flexShrink: 0,
    minWidth: "64px",
    fontVariantNumeric: "tabular-nums",
    color: tokens.colorNeutralForeground2,
  },
  snippet: { overflowWrap: "anywhere" },
  mark: {
    backgroundColor: tokens.colorPaletteYellowBackground2,
    color: tokens.colorPaletteYellowForeground2,
    fontWeight: tokens.fontWeightSemibold,
    borderRadius: tokens.borderRadiusSmall,
  },
});
