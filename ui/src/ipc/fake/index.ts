// The core faked in memory, for component tests and for opening the window's page in a plain browser. It keeps the
// contract of bindings.ts; `fake` is the hand with which a test moves it.
import type { Backup, Councillor, Event, Failure, Hold, Issued, SessionId, Settings } from "../bindings";
import type { DropHandler, Ipc } from "../index";
import { find } from "./find";
import { fakeKeeping } from "./keeping";
import { fakePreview } from "./preview";
import { fakeProposals } from "./proposals";
import { fakeQueue } from "./queue";
import { fakeRosterProposal } from "./roster";
import { fakeFigures, fakeSecrets, fakeTurns } from "./said";
import { fakeServer } from "./server";
import { type FakeSession, fakeSessions, shortSession, withParts } from "./sessions";
import {
  fakeAbout,
  fakeChecks,
  fakeDamagedModel,
  fakeModels,
  fakeSettings,
  fakeStyle,
  fakeTemplates,
  fakeTerms,
  fakeUsage,
} from "./settings";
import { FakeTranscript } from "./transcript";
import { fakeLearned, fakeTerm } from "./vocabulary";
import { type FakeWatched, fakeWatch } from "./watch";

export type FakeIpc = Ipc & { fake: Fake };
export type Fake = {
  emit(event: Event): void;
  /** Files dragged over the window. */
  drop: DropHandler;
  /** Hears the next `segments` segments of a listening session and announces them; the last ones finish it. */
  hear(session: SessionId, segments?: number): void;
  /** What keeps the queue from listening, as if the computer were in use or on its battery; null when nothing does. */
  hold(hold: Hold | null): void;
  /** The next call of this command throws. */
  failNext(command: keyof Ipc, failure: Failure): void;
  /** What was called, in order. */
  calls: { command: string; values: unknown[] }[];
  /** What the next picker gives. */
  picked: string[];
};

const unknown = (id: string): Failure => ({
  code: "session_unknown",
  message: `No existe la sesión «${id}».`,
  details: { id },
});
/** Hours in which nothing or everything would be heard, as the core refuses them. */
function refuseHours({ queue: { hours } }: Settings) {
  if (hours === null || hours.from_minute !== hours.until_minute) return;
  const message =
    "La cola no puede escuchar solo a esas horas. Elija dos horas distintas, entre las 00:00 y las 23:59.";
  throw { code: "hours_refused", message, details: {} } satisfies Failure;
}
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

type Options = {
  settings?: Partial<Settings>;
  sessions?: FakeSession[];
  roster?: Councillor[];
  backups?: Backup[];
  /** What was said before the page listened. */
  notices?: string[];
  /** Whether the recordings have a picture. */
  video?: boolean;
  watched?: FakeWatched;
  delay_ms?: number;
};

/** `settings` changes the faked settings; `sessions` replaces the faked list (a smaller one makes a faster test). */
export function createFakeIpc(options: Options = {}): FakeIpc {
  let sessions = options.sessions ?? fakeSessions();
  let settings: Settings = { ...fakeSettings, ...options.settings };
  let models = fakeModels.map((model) => ({ ...model }));
  let terms = fakeTerms;
  let roster = options.roster ?? [];
  let issued: Issued[] = [];
  const transcripts = new Map<SessionId, FakeTranscript>();
  const listeners = new Set<(event: Event) => void>();
  const droppers = new Set<DropHandler>();
  const failures = new Map<string, Failure>();
  const downloads = new Set<string>();
  let importing = false;
  const offered: string[] = [];
  const missed = [...(options.notices ?? [])];

  const emit = (event: Event) => {
    for (const listener of listeners) listener(event);
  };
  const sessionOf = (id: SessionId): FakeSession => {
    const session = sessions.find((each) => each.view.row.id === id);
    if (!session) throw unknown(id);
    return session;
  };
  const transcriptOf = (id: SessionId): FakeTranscript => {
    const { segments, speakers, view } = sessionOf(id);
    const transcript = transcripts.get(id) ?? new FakeTranscript(segments, speakers, view.record);
    transcripts.set(id, transcript);
    return transcript;
  };
  const queue = fakeQueue(() => sessions, emit);
  const edited = <T>(id: SessionId, change: T): T => {
    const session = sessionOf(id);
    const { row } = session.view;
    session.view = { ...session.view, record: transcriptOf(id).minutes().record };
    session.view.row = { ...row, doubts: transcriptOf(id).segments.filter((segment) => segment.doubtful).length };
    emit({ event: "session_changed", session: id });
    return change;
  };

  const fake: Fake = {
    emit,
    drop: (phase, paths) => {
      for (const dropper of droppers) dropper(phase, paths);
    },
    hear: (id, count = 3) => {
      const session = sessionOf(id);
      const { row } = session.view;
      const transcript = transcriptOf(id);
      const last = transcript.segments.at(-1);
      const start = last ? last.end_ms : 0;
      const fresh = session.segments.slice(0, count).map((segment, i) => ({
        ...segment,
        id: `${id}-heard-${transcript.segments.length + i}`,
        start_ms: start + i * 4000,
        end_ms: start + i * 4000 + 3600,
        doubtful: false,
        unsure: [],
        respelled: [],
      }));
      const heard_ms = Math.min(row.duration_ms ?? 0, row.heard_ms + count * 4000);
      transcript.hear(fresh, {
        part: last?.part ?? 0,
        start_ms: start + count * 4000,
        end_ms: start + count * 4000 + 2000,
        text: "y en ese orden de ideas",
      });
      session.view.row = { ...row, heard_ms };
      emit({ event: "chunk_heard", session: id, recording: 0, chunk: 1, heard_ms, left_ms: row.left_ms, faults: [] });
      if (heard_ms === row.duration_ms) {
        transcript.tail = null;
        session.view.row = { ...session.view.row, state: "ready", job: null, left_ms: null };
        emit({ event: "job_done", job: row.job, session: id });
        queue.goOn();
      }
    },
    hold: queue.hold,
    failNext: (command, failure) => void failures.set(command, failure),
    calls: [],
    picked: ["/media/GRABADORA/SES_0001.MP3", "/media/GRABADORA/SES_0002.MP3"],
  };

  const ipc: Ipc = {
    sessionList: async () => sessions.map((session) => session.view.row),
    sessionRow: async (id) => sessionOf(id).view.row,
    sessionSearch: async (text, limit) => {
      const query = {
        text,
        match_case: false,
        match_accents: false,
        whole_word: false,
        regular_expression: false,
        speaker: null,
      };
      const hits = sessions.flatMap(({ view, segments }) => {
        const { id: session, title, held_at_ms } = view.row;
        return [
          ...find([{ ...segments[0], text: title } as never], query, "").map((match) => ({
            session,
            title,
            held_at_ms,
            kind: "title" as const,
            segment: null,
            at_ms: null,
            snippet: title,
            marks: [[match.from, match.to] as [number, number]],
          })),
          ...find(segments, query, "")
            .slice(0, 5)
            .map((match) => {
              const segment = segments.find((each) => each.id === match.segment);
              return {
                session,
                title,
                held_at_ms,
                kind: "text" as const,
                segment: match.segment,
                at_ms: (segment?.start_ms ?? 0) + (view.parts[segment?.part ?? 0]?.offset_ms ?? 0),
                snippet: segment?.text ?? "",
                marks: [[match.from, match.to] as [number, number]],
              };
            }),
        ];
      });
      return hits.slice(0, limit);
    },
    sessionOpen: async (id) => ({ ...sessionOf(id).view }),
    sessionRename: async (id, title) => {
      const { view } = sessionOf(id);
      view.row = { ...view.row, title };
      emit({ event: "session_changed", session: id });
      return null;
    },
    sessionDeletion: async (id) => {
      const { view } = sessionOf(id);
      return {
        title: view.row.title,
        segments: transcriptOf(id).segments.length,
        edits: transcriptOf(id).history(null, 9999).length,
        copy_bytes: Math.round((view.row.duration_ms ?? 0) * 4.2),
        approved_actas: 1,
        in_backups_until_ms: Date.UTC(2026, 10, 28, 15),
        recordings: view.parts.map((part) => part.source),
      };
    },
    sessionDelete: async (id) => {
      sessions = sessions.filter((session) => session.view.row.id !== id);
      emit({ event: "sessions_changed" });
      return null;
    },
    sessionStart: async ({ sources, title }) => {
      const model = sessionOf(sessions[0]?.view.row.id ?? shortSession);
      const id = `session-started-${sessions.length + 1}`;
      const row = {
        ...model.view.row,
        id,
        title: title ?? sources[0] ?? "",
        state: "waiting" as const,
        job: `job-${id}`,
        heard_ms: 0,
        left_ms: null,
        doubts: 0,
        failure: null,
        retry_at_ms: null,
        undelivered: null,
        sample: false,
      };
      sessions = [{ view: { ...model.view, row }, segments: [], speakers: [] }, ...sessions];
      emit({ event: "sessions_changed" });
      queue.goOn();
      return id;
    },
    sessionJoin: async (earlier, later) => {
      const session = sessionOf(earlier);
      session.view = withParts(session.view, [...session.view.parts, ...sessionOf(later).view.parts]);
      sessions = sessions.filter((session) => session.view.row.id !== later);
      emit({ event: "sessions_changed" });
      return null;
    },
    sessionSplit: async (id, position) => {
      const session = sessionOf(id);
      const [kept, moved] = [session.view.parts.slice(0, position), session.view.parts.slice(position)];
      const made = `${id}-split-${position}`;
      const row = { ...session.view.row, id: made, title: moved[0]?.name ?? "" };
      session.view = withParts(session.view, kept);
      sessions = [{ ...session, view: withParts({ ...session.view, row }, moved) }, ...sessions];
      emit({ event: "sessions_changed" });
      return made;
    },
    sessionReorder: async (id, order) => {
      const session = sessionOf(id);
      const parts = order.flatMap((position) => session.view.parts[position] ?? []);
      session.view = withParts(session.view, parts);
      emit({ event: "session_changed", session: id });
      return null;
    },
    ...fakeWatch(emit, options.watched),
    recordingPropose: async (sources) => {
      const nameOf = (source: string) => source.split(/[\\/]/).at(-1) ?? source;
      const bad = sources.filter((source) => /\.(pdf|docx?|txt)$/i.test(source));
      const good = sources.filter((source) => !bad.includes(source));
      return {
        title: good[0] ? nameOf(good[0]).replace(/\.\w+$/, "") : "",
        parts: good.map((source, i) => ({
          source,
          name: nameOf(source),
          duration_ms: 5_400_000,
          started_at_ms: Date.UTC(2026, 8, 18, 13 + i),
          bytes: 86_000_000,
          known: null,
        })),
        microphones: false,
        refused: bad.map((source) => ({
          name: nameOf(source),
          failure: {
            code: "unreadable_media",
            message: `«${nameOf(source)}» no es una grabación que se pueda leer, o está dañada (por ejemplo, copiada a medias). Si viene de una grabadora, cópiela de nuevo.`,
            details: { path: source },
          },
        })),
      };
    },
    recordingPick: async () => fake.picked,
    noticesMissed: async () => missed.splice(0),
    recordingOffered: async () => offered.splice(0),
    recordingLocate: async (id, part) => {
      const { view } = sessionOf(id);
      view.parts = view.parts.map((each) => (each.position === part ? { ...each, present: true } : each));
      return { ...view };
    },
    ...queue.commands,
    transcriptStart: async (id) => transcriptOf(id).start(),
    transcriptOpen: async (id) => transcriptOf(id).open(),
    transcriptGrown: async (id, after) => transcriptOf(id).grown(after),
    transcriptEdit: async (id, revision, edit) => {
      if (edit.kind === "replace" && edit.remember) terms = [...terms, fakeTerm(edit.with, "other", [edit.query.text])];
      return edited(id, transcriptOf(id).edit(revision, edit));
    },
    transcriptUndo: async (id, revision) => edited(id, transcriptOf(id).undoStep(revision)),
    transcriptRedo: async (id, revision) => edited(id, transcriptOf(id).redoStep(revision)),
    transcriptHistory: async (id, before, limit) => transcriptOf(id).history(before, limit),
    transcriptFind: async (id, query, text) => find(transcriptOf(id).segments, query, text),
    passagesListenAgain: async (id, passages, model) => {
      const transcript = transcriptOf(id);
      const chosen = transcript.segments.filter((segment) => passages.includes(segment.id));
      const heard = chosen.map((segment) => ({
        segment: { ...segment, text: `${segment.text} (${model})`, respelled: [], touched: false },
        instead_of: segment.text,
      }));
      await wait(options.delay_ms ?? 0);
      edited(id, transcript.edit(transcript.revision, { kind: "rehear", passages: heard, model }));
      emit({ event: "passages_reheard", session: id, done_ms: 1000, total_ms: 1000 });
      return { heard: heard.length, silent: 0 };
    },
    passagesStop: async () => {},
    passagesProgress: async () => null,
    minutesOpen: async (id) => transcriptOf(id).minutes(),
    recordSave: async (id, record) => edited(id, transcriptOf(id).saveRecord(record)),
    minutesProposals: async (id) => {
      const { entries, record, refused } = transcriptOf(id).minutes();
      return fakeProposals(transcriptOf(id).segments, { entries, record, refused });
    },
    minutesFigures: async (id) => fakeFigures(transcriptOf(id).segments),
    minutesTurns: async (id) => fakeTurns(transcriptOf(id).segments, sessionOf(id).speakers),
    minutesSecrets: async (id) => fakeSecrets(transcriptOf(id).segments, transcriptOf(id).minutes().refused),
    actaPreview: async (id, choices) => {
      const transcript = transcriptOf(id);
      return fakePreview(transcript.minutes(), fakeTurns(transcript.segments, sessionOf(id).speakers), choices);
    },
    actaExport: async (id, { kind, copy }, format) => {
      const path = `/home/secretaria/Documentos/Acta de ${sessionOf(id).view.row.title.slice(0, 40)}.${format}`;
      const at = { drafted_at_ms: Date.UTC(2026, 10, 21), sent_at_ms: null, approved_at_ms: null, signed_at_ms: null };
      const acta = { path, kind, copy, stage: "draft" as const, sha256: "", ...at, session_changed: false };
      issued = [...issued.filter((each) => each.path !== path), { ...acta, file: "same" }];
      return { path, warnings: [], checks: [], hidden: 0 };
    },
    actaStates: async () => issued,
    actaAdvance: async (_, stage, path) => {
      issued = issued.map((each) => (each.path === path ? { ...each, stage } : each));
      const acta = issued.find((each) => each.path === path);
      if (!acta) throw { code: "acta_unknown", message: path, details: {} };
      return acta;
    },
    actaTemplates: async () => fakeTemplates,
    actaStyle: async (template) => fakeStyle(template),
    templatePick: async () => ({ path: "/home/secretaria/Documentos/Plantilla del Concejo.docx", warnings: [] }),
    rosterList: async () => roster,
    rosterSave: async (saved) => {
      roster = saved;
      emit({ event: "roster_changed" });
      return null;
    },
    rosterImport: async () => fakeRosterProposal(roster),
    rosterMerged: async (roster, rows) => {
      const said = rows.map(({ councillor }) => councillor);
      return [...roster.filter(({ id }) => !said.some((one) => one.id === id)), ...said];
    },
    mediaOpen: async () => ({ sources: [], peaks: [] }),
    microphonePropose: async () => [],
    documentExport: async (id, formats) => {
      await wait(options.delay_ms ?? 0);
      return formats.map((format) => ({
        format,
        path: `/home/secretaria/Documentos/${sessionOf(id).view.row.title.slice(0, 40)}.${format}`,
      }));
    },
    documentOpen: async () => null,
    documentShow: async () => null,
    settingsGet: async () => settings,
    settingsSave: async (saved) => {
      refuseHours(saved);
      settings = saved;
      emit({ event: "queue_changed" });
      return null;
    },
    ...fakeServer(
      () => settings.server,
      (id) => {
        const session = sessionOf(id);
        session.view.row = { ...session.view.row, state: "waiting", failure: null, retry_at_ms: null };
        emit({ event: "session_changed", session: id });
      },
    ),
    folderPick: async () => "/home/secretaria/Documentos/Actas",
    modelList: async () => {
      const best = models.find((model) => model.installed && !model.embedded);
      return models.map((model) => ({ ...model, chosen: model === best, downloading: downloads.has(model.id) }));
    },
    modelInstall: async (id) => {
      const model = models.find((each) => each.id === id);
      downloads.add(id);
      for (let step = 1; step <= 8 && downloads.has(id); step++) {
        await wait(options.delay_ms ?? 0);
        if (downloads.has(id))
          emit({
            event: "model_progressed",
            model: id,
            received: ((model?.bytes ?? 0) * step) / 8,
            bytes: model?.bytes ?? 0,
          });
      }
      if (!downloads.delete(id)) return null;
      models = models.map((each) => (each.id === id ? { ...each, installed: true } : each));
      emit({ event: "model_installed", model: id });
      return null;
    },
    modelCancel: async (id) => {
      downloads.delete(id);
      return null;
    },
    modelRemove: async (id) => {
      models = models.map((each) => (each.id === id ? { ...each, installed: false } : each));
      return null;
    },
    modelVerify: async () => {
      await wait(options.delay_ms ?? 0);
      return null;
    },
    modelImport: async (folder) => {
      const brought = folder ? ["large-v3", "small"] : ["large-v3"];
      importing = true;
      for (let step = 1; step <= 4; step++) {
        await wait(options.delay_ms ?? 0);
        if (!importing) throw { code: "stopped", message: "", details: {} } satisfies Failure;
        emit({ event: "model_copied", copied: step * 400_000_000, bytes: 1_600_000_000 });
      }
      models = models.map((each) => (brought.includes(each.id) ? { ...each, installed: true } : each));
      return { models: brought, refused: folder ? [fakeDamagedModel] : [] };
    },
    modelImportCancel: async () => {
      importing = false;
      return null;
    },
    modelMeasure: async (id) => {
      await wait(options.delay_ms ?? 0);
      models = models.map((each) => (each.id === id ? { ...each, speed: 5 } : each));
      return 5;
    },
    ...fakeKeeping(emit, options),
    computerCheck: async () => fakeChecks,
    dataUsage: async () => fakeUsage,
    vocabularyList: async () => terms,
    vocabularySave: async (saved) => {
      terms = saved;
      return null;
    },
    vocabularyLearn: async () => fakeLearned(terms),
    vocabularyImport: async () => [fakeTerm("Anorí", "place")],
    vocabularyExport: async () => "/home/secretaria/Documentos/vocabulario.csv",
    vocabularyMerged: async (terms, agreed) => {
      const fresh = agreed.filter(({ text }) => !terms.some((term) => term.text === text));
      return [...fresh, ...terms];
    },
    about: async () => fakeAbout,
    listen: (handler) => {
      listeners.add(handler);
      return () => void listeners.delete(handler);
    },
    onDrop: (handler) => {
      droppers.add(handler);
      return () => void droppers.delete(handler);
    },
    setTitle: async (title) => {
      document.title = title;
    },
    setZoom: async (factor) => {
      document.documentElement.style.setProperty("zoom", String(factor));
    },
  };
  return { ...recorded(ipc, fake, failures), fake };
}

/** In a plain browser: `?theme=dark&text_size=200&welcomed=false` starts with those settings. */
export function settingsOfAddress(search: string): Partial<Settings> {
  const entries = [...new URLSearchParams(search)].filter(([name]) => name in fakeSettings);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, /^(true|false|\d+)$/.test(value) ? JSON.parse(value) : value]),
  );
}

/** Writes every call down and throws what `failNext` asked for. */
function recorded(ipc: Ipc, fake: Fake, failures: Map<string, Failure>): Ipc {
  return Object.fromEntries(
    Object.entries(ipc).map(([command, run]) => [
      command,
      (...values: unknown[]) => {
        if (command === "listen" || command === "onDrop") return (run as (...values: unknown[]) => unknown)(...values);
        fake.calls.push({ command, values });
        const failure = failures.get(command);
        failures.delete(command);
        return failure ? Promise.reject(failure) : (run as (...values: unknown[]) => unknown)(...values);
      },
    ]),
  ) as unknown as Ipc;
}
