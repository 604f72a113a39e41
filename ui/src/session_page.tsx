// One session: its head, its sound, its text, and beside it who speaks, what is in doubt and what was changed.
import { Button, Input, Tab, TabList, Tooltip } from "@fluentui/react-components";
import { ArrowLeft20Regular, PanelRightContract20Regular, PanelRightExpand20Regular } from "@fluentui/react-icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import {
  type ComponentProps,
  memo,
  type ReactNode,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import {
  type Media,
  type SegmentId,
  type ServerUse,
  type SessionId,
  type SessionView,
  type SpeakerId,
  useIpc,
} from "./ipc";
import { type OpenedSession, queryKeys, useRoster, useSession, useSettings } from "./ipc/queries";
import { FailureMessage } from "./kit/failure_message";
import { useKeysText, useShortcut } from "./lib/shortcuts";
import { dateText, lengthText } from "./lib/time";
import { toPart, toSessionMs } from "./lib/timeline";
import { ActaPreviewPane } from "./minutes/acta_preview_pane";
import { type ExportAction, ExportButton } from "./minutes/export_button";
import { RecordPanel } from "./minutes/record";
import { modelName } from "./models/model_words";
import { PlayerBar, PlayerProvider, usePlayer, usePlayerKeys } from "./player";
import { SessionActa, useActaFollow } from "./session_acta";
import { SessionWaveform } from "./session_waveform";
import { SpeakerPicker, SpeakersPanel, type Spoken, useMicrophoneHint } from "./speakers";
import {
  DoubtsPanel,
  DoubtWalk,
  type Editor,
  HistoryPanel,
  Opening,
  TranscriptPane,
  TranscriptProvider,
  type TranscriptStore,
  useGrowth,
  useOpenTranscript,
  useTopic,
} from "./transcript";
import "./session_page.css";
import "./session_panels.css";

/** What can be played when nobody could say what can: whoever wants to hear it is told, instead of waiting. */
const NOTHING: Media = { sources: [], peaks: [] };

/** `at`: the moment to open at, in session milliseconds. */
export function SessionPage({ session, at }: { session: SessionId; at?: string | undefined }) {
  const ipc = useIpc();
  const { data: view, error } = useSession(session);
  const [fromStart] = useState(at === undefined);
  const { store, editor, failure } = useOpenTranscript(session, fromStart);
  // The first file that a web view opens starts its media engine, and no text is drawn meanwhile.
  const enabled = useTopic(store, "ids", () => store.opened);
  const { data, isError } = useQuery({
    queryKey: queryKeys.media(session),
    queryFn: () => ipc.mediaOpen(session),
    enabled,
  });
  const media = data ?? (isError ? NOTHING : undefined);
  useGrowth(store);
  if (error ?? failure) return <Unopened failure={error ?? failure} />;
  if (!view) return <Opening />;
  return (
    <PlayerProvider session={session} media={media} parts={view.parts}>
      <OpenSession view={view} store={store} editor={editor} at={at} />
    </PlayerProvider>
  );
}

function Unopened({ failure }: { failure: unknown }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  return (
    <div className="session-unopened">
      <FailureMessage
        failure={failure}
        actions={<Button onClick={() => go("/")}>{t("transcript.page.back")}</Button>}
      />
    </div>
  );
}

/** In a narrower window, or with large text, the panel lies over the text and is closed at first. */
const NARROW_PX = 1000;

type Panel = "speakers" | "doubts" | "history" | "record";
type Place = "transcript" | "acta";
type OpenSessionProps = { view: OpenedSession; store: TranscriptStore; editor: Editor };

/** Drawn once while it opens: what comes after the session itself is for smaller parts of it. */
const OpenSession = memo(function OpenSession({
  view,
  store,
  editor,
  at,
}: OpenSessionProps & { at: string | undefined }) {
  const { t } = useTranslation();
  const player = usePlayer();
  const { data: settings } = useSettings();
  const [panel, setPanel] = useState<Panel>("speakers");
  const [panelOf, setPanelOf] = useState({ transcript: window.innerWidth >= NARROW_PX, acta: false });
  const { parts, language } = view;
  const transcript = useMemo(
    () => ({ store, editor, parts, language, playback: player }),
    [store, editor, parts, language, player],
  );
  const walk = useMemo(() => new DoubtWalk(editor, parts, player), [editor, parts, player]);
  const recordSteps = useRecordSteps(view.row.id, store);
  useActaFollow(store);
  usePlayerKeys();
  const { place, go, byKey } = usePlace(store, editor);
  const shown = panelOf[place];
  const setShown = (open: boolean) => setPanelOf({ ...panelOf, [place]: open });
  const exporting = useRef<ExportAction>(null);
  const exportingActa = useRef<ExportAction>(null);
  useShortcut("document.export", () => (place === "acta" ? exportingActa : exporting).current?.exportNow());

  const panels: { [name in Panel]: () => ReactNode } = {
    speakers: () => <Speakers view={view} store={store} editor={editor} />,
    doubts: () => <DoubtsPanel walk={walk} />,
    history: () => <HistoryPanel who={view.record.secretary || t("transcript.history.you")} />,
    record: () => (
      <div className="session-record">
        <RecordPanel
          key={recordSteps}
          session={view.row.id}
          onSaved={(change) => void store.follow(change).catch(() => {})}
        />
      </div>
    ),
  };
  const keys = useKeysText();
  const hint = t(shown ? "transcript.page.hide_panel" : "transcript.page.show_panel");
  return (
    <TranscriptProvider view={transcript}>
      <StartPlace view={view} store={store} editor={editor} at={at} />
      <div className="session-page" data-panel={shown || undefined}>
        <SessionHead view={view}>
          {place === "transcript" && (
            <ExportButton session={view.row.id} before={() => store.flush()} ref={exporting} />
          )}
          <Tooltip content={hint} relationship="label">
            <Button
              appearance="subtle"
              aria-expanded={shown}
              icon={shown ? <PanelRightContract20Regular /> : <PanelRightExpand20Regular />}
              onClick={() => setShown(!shown)}
            />
          </Tooltip>
        </SessionHead>
        <div className="session-sound">
          <div className="session-waveform">
            <AfterText
              store={store}
              show={() => <SessionWaveform view={view} store={store} editor={editor} acta={place === "acta"} />}
            />
          </div>
          <div className="session-player">
            <AfterText store={store} show={() => <PlayerBar />} />
          </div>
        </div>
        <TabList
          size="small"
          className="session-places"
          aria-label={t("transcript.page.places")}
          selectedValue={place}
          onTabSelect={(_, data) => go(data.value as Place)}
        >
          {(["transcript", "acta"] as const).map((name) => (
            <Tab key={name} value={name} id={`place-${name}`} title={keys(`place.${name}`)}>
              {t(`transcript.page.${name}`)}
            </Tab>
          ))}
        </TabList>
        <div className="session-body">
          <div
            role="tabpanel"
            aria-labelledby="place-transcript"
            className="session-place"
            data-away={place !== "transcript" || undefined}
            inert={place !== "transcript"}
          >
            <TranscriptPane
              row={view.row}
              walk={walk}
              shown={place === "transcript"}
              colourUnsure={settings?.colour_unsure_words ?? false}
              onShowDoubts={() => setPanel("doubts")}
              nameModel={(model) => modelName(t, model)}
              pickSpeaker={(segments, at, onClose) => (
                <CouncilSpeakerPicker
                  view={view}
                  at={at}
                  speakers={store.speakers}
                  segments={segments}
                  current={speakerOf(store, segments)}
                  onAssign={(speaker) => editor.assign(speaker, [...segments])}
                  onName={(name) => editor.name(name, [...segments])}
                  onClose={onClose}
                />
              )}
            />
          </div>
          {place === "acta" && (
            <div role="tabpanel" aria-labelledby="place-acta" className="session-place">
              <AfterText
                store={store}
                show={() => (
                  <SessionActa
                    view={view}
                    store={store}
                    takesFocus={byKey}
                    onOpenRecord={() => {
                      setPanel("record");
                      setShown(true);
                    }}
                    preview={
                      <ActaPreviewPane
                        session={view.row.id}
                        before={() => store.flush()}
                        edit={(edit) => store.edit(edit)}
                        onGo={({ from }) => player.playFrom(toSessionMs(parts, from.part, from.ms))}
                        ref={exportingActa}
                      />
                    }
                  />
                )}
              />
            </div>
          )}
          {shown && (
            <aside className="session-side" aria-label={t("transcript.page.panels")}>
              <TabList
                selectedValue={panel}
                onTabSelect={(_, data) => setPanel(data.value as Panel)}
                className="session-tabs"
              >
                {(Object.keys(panels) as Panel[]).map((name) => (
                  <Tab key={name} value={name} id={`tab-${name}`}>
                    {t(`transcript.page.${name}`)}
                    {name === "doubts" && <DoubtCount store={store} />}
                  </Tab>
                ))}
              </TabList>
              <div role="tabpanel" aria-labelledby={`tab-${panel}`} className="session-panel">
                <AfterText store={store} show={panels[panel]} />
              </div>
            </aside>
          )}
        </div>
      </div>
    </TranscriptProvider>
  );
});

function SessionHead({ view, children }: { view: OpenedSession; children: ReactNode }) {
  const { t, i18n } = useTranslation();
  const [, go] = useLocation();
  const { row } = view;
  const facts = [
    dateText(row.held_at_ms, i18n.language),
    row.duration_ms !== null && lengthText(row.duration_ms),
    view.parts.some((part) => !part.present) && t("transcript.page.absent"),
    view.sent && sentText(view.sent, t),
  ].filter(Boolean);
  return (
    <header className="session-head">
      <Tooltip content={t("transcript.page.back")} relationship="label">
        <Button appearance="subtle" icon={<ArrowLeft20Regular />} onClick={() => go("/")} />
      </Tooltip>
      <div className="session-words">
        <h1 tabIndex={-1} className="visually-hidden">
          {row.title}
        </h1>
        <SessionTitle key={row.title} session={row.id} title={row.title} />
        <p className="session-facts" title={facts.join(" · ")}>
          {facts.join(" · ")}
        </p>
      </div>
      {children}
    </header>
  );
}

/** Who else heard the session, and what that cost. */
function sentText({ server, sent_ms, cost }: ServerUse, t: TFunction): string {
  const heard = t("server.heard", { server, length: lengthText(sent_ms) });
  return cost === null ? heard : `${heard}, ${cost}`;
}

/** The title, edited in place: Enter or leaving keeps it, Escape takes the former one back. */
function SessionTitle({ session, title }: { session: SessionId; title: string }) {
  const { t } = useTranslation();
  const ipc = useIpc();
  const [typed, setTyped] = useState(title);
  const [failure, setFailure] = useState<unknown>(null);
  const field = useRef<HTMLInputElement>(null);
  const keep = () => {
    const next = typed.trim();
    if (next === "") setTyped(title);
    else if (next !== title) {
      setFailure(null);
      ipc.sessionRename(session, next).catch(setFailure);
    }
  };
  return (
    <>
      <Input
        ref={field}
        appearance="filled-lighter"
        className="session-title"
        aria-label={t("transcript.page.title")}
        value={typed}
        onChange={(_, data) => setTyped(data.value)}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === "Escape") setTyped(title);
          else if (event.key === "Enter") field.current?.blur();
        }}
      />
      {failure !== null && <FailureMessage failure={failure} />}
    </>
  );
}

function Speakers({ store, editor }: OpenSessionProps) {
  const timeline = useTopic(store, "timeline", () => store.timeline);
  const speakers = useTopic(store, "speakers", () => store.speakers);
  const spoken = useMemo(() => {
    const map = new Map<SpeakerId | null, Spoken>();
    for (const { speaker, start_ms, end_ms } of timeline) {
      const { ms, segments } = map.get(speaker) ?? { ms: 0, segments: 0 };
      map.set(speaker, { ms: ms + end_ms - start_ms, segments: segments + 1 });
    }
    return map;
  }, [timeline]);
  const goToNext = (speaker: SpeakerId | null) => {
    const position = editor.active ? store.position(editor.active) : -1;
    const theirs = timeline.filter((segment) => segment.speaker === speaker);
    const next = theirs.find((segment) => store.position(segment.id) > position) ?? theirs[0];
    if (next) editor.go({ segment: next.id, offset: 0 }, "center");
  };
  return (
    <SpeakersPanel
      speakers={speakers}
      spoken={spoken}
      onGo={goToNext}
      onChange={({ id, name, role, colour }) =>
        void store.edit({ kind: "change_speaker", speaker: id, name, role, colour })
      }
    />
  );
}

type CouncilSpeakerPickerProps = { view: OpenedSession; segments: readonly SegmentId[] } & Omit<
  ComponentProps<typeof SpeakerPicker>,
  "count" | "names" | "hint"
>;

/** With who can be expected to speak: the roll of the session and the roster. Two of one name are one choice. */
function CouncilSpeakerPicker({ view, segments, ...rest }: CouncilSpeakerPickerProps) {
  const { data: roster } = useRoster();
  const hint = useMicrophoneHint(view.row.id, segments);
  const roll = view.record.attendance;
  const names = useMemo(() => {
    const people = [...roll, ...(roster ?? [])];
    return [...new Set(people.map(({ name }) => name.trim()))].filter(Boolean);
  }, [roll, roster]);
  return <SpeakerPicker {...rest} count={segments.length} names={names} hint={hint} />;
}

/** The text or the acta. The text stays as it is while the acta is shown, and its cursor comes back with it. */
function usePlace(store: TranscriptStore, editor: Editor) {
  const [{ place, byKey }, setPlace] = useState<{ place: Place; byKey: boolean }>({
    place: "transcript",
    byKey: false,
  });
  const cursor = useRef(0);
  const latest = useRef(place);
  latest.current = place;

  const go = (next: Place, byKey = false) => {
    if (next === latest.current) return;
    if (next === "acta") {
      cursor.current = editor.offset;
      // What was just typed may be proposed for the acta.
      void store.flush();
      setPlace({ place: next, byKey });
    } else if (editor.active) editor.go({ segment: editor.active, offset: cursor.current });
    else setPlace({ place: next, byKey });
  };
  useEffect(() => {
    editor.show = () => {
      // At once, because the cursor is put there next.
      if (latest.current !== "transcript") flushSync(() => setPlace({ place: "transcript", byKey: false }));
    };
    return () => {
      editor.show = () => {};
    };
  }, [editor]);
  useShortcut("place.transcript", () => go("transcript", true));
  useShortcut("place.acta", () => go("acta", true));
  return { place, byKey, go };
}

/** How often an undo or the like changed the record under its form, which is then read anew. */
function useRecordSteps(session: SessionId, store: TranscriptStore): number {
  const queries = useQueryClient();
  const [steps, setSteps] = useState(0);
  useEffect(
    () =>
      store.listen("record", () => {
        const { record } = store;
        if (!record) return;
        queries.setQueryData<SessionView>(queryKeys.session(session), (view) => view && { ...view, record });
        setSteps((count) => count + 1);
      }),
    [queries, session, store],
  );
  return steps;
}

/** Goes to the moment the address asks for, once the text is there. */
function StartPlace({ view, store, editor, at }: OpenSessionProps & { at: string | undefined }) {
  const player = usePlayer();
  const opened = useTopic(store, "ids", () => store.opened);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the address changes.
  useEffect(() => {
    if (!opened || at === undefined || !/^\d+$/.test(at)) return;
    const ms = Number(at);
    const place = toPart(view.parts, ms);
    const segment = store.segmentAt(place.part, place.ms);
    player.seek(ms);
    if (segment) editor.go({ segment: segment.id, offset: 0 }, "center");
  }, [at, opened]);
  return null;
}

/** What is about the text, which comes after the first words are there to read. */
function AfterText({ store, show }: { store: TranscriptStore; show: () => ReactNode }) {
  return useDeferredValue(useTopic(store, "ids", () => store.opened)) && show();
}

function DoubtCount({ store }: { store: TranscriptStore }) {
  const { i18n } = useTranslation();
  const doubts = useTopic(store, "doubts", () => store.doubts.length);
  return doubts > 0 && <span className="session-count">{` ${doubts.toLocaleString(i18n.language)}`}</span>;
}

/** The speaker that all of them have. */
function speakerOf(store: TranscriptStore, segments: readonly SegmentId[]): SpeakerId | null {
  const speakers = new Set(segments.map((id) => store.segment(id)?.speaker ?? null));
  return speakers.size === 1 ? ([...speakers][0] ?? null) : null;
}
