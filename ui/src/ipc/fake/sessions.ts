// The faked list: sessions in every state, a seven-hour one and a short one, with their records, parts and text.
import type {
  Attendee,
  Failure,
  PartView,
  Record,
  Segment,
  SessionRow,
  SessionState,
  SessionView,
  Speaker,
} from "../bindings";
import { seeded, sentence } from "./sentences";

/** Fixed, so that dates on screenshots do not change. */
const today = Date.UTC(2026, 8, 18, 20, 0);
const hour = 3_600_000;

export type FakeSession = { view: SessionView; segments: Segment[]; speakers: Speaker[] };

/** The ids that tests and other rooms may rely on. */
export const longSession = "session-long";
export const shortSession = "session-short";
export const listeningSession = "session-listening";

export const names = [
  "Marta Lucía Restrepo Gaviria",
  "Jorge Eliécer Ospina",
  "Ana Milena Zapata",
  "Carlos Andrés Muñoz",
  "Luz Dary Quintero",
  "Hernán Darío Vélez",
  "Gloria Inés Cárdenas",
  "Wilmar Alonso Henao",
  "Beatriz Elena Londoño",
  "Óscar Iván Giraldo",
  "María de los Ángeles Fernández de Soto y Echeverri",
  "Fabio Nelson Arias",
];
const roles = ["Presidenta", "Secretario", "Concejal", "Concejal", "Concejala", "Concejal", "Secretaria de Hacienda"];

export function fakeSessions(): FakeSession[] {
  const gone: Failure = {
    code: "recording_missing",
    message:
      "No se encuentra la grabación «/media/GRABADORA/SES_0912.WMA». Revise el nombre, o si la memoria o la carpeta siguen conectadas.",
    details: { path: "/media/GRABADORA/SES_0912.WMA" },
  };
  const broken: Failure = {
    code: "unreadable_media",
    message:
      "«plenaria_copia.mp3» no es una grabación que se pueda leer, o está dañada (por ejemplo, copiada a medias). Si viene de una grabadora, cópiela de nuevo.",
    details: { path: "plenaria_copia.mp3", reason: "Invalid data found when processing input" },
  };
  return [
    session(listeningSession, "Sesión ordinaria n.º 48", 0, 4.17, "listening", {
      heard: 0.42,
      left_ms: 22 * 60_000,
      doubts: 7,
      segments: 400,
    }),
    session("session-waiting", "Comisión Tercera: presupuesto", 0.2, 2.4, "waiting", { heard: 0, segments: 0 }),
    session(longSession, "Sesión plenaria extraordinaria n.º 47", 3, 7, "ready", { doubts: 143, segments: 8000 }),
    session(shortSession, "Instalación del período de sesiones", 5, 0.034, "ready", { doubts: 3, segments: 20 }),
    session("session-paused", "Cabildo abierto sobre el acueducto regional", 8, 3.1, "paused", {
      heard: 0.63,
      doubts: 12,
      segments: 300,
    }),
    session("session-failed", "Sesión ordinaria n.º 46", 10, 1.9, "failed", {
      heard: 0.2,
      failure: gone,
      segments: 120,
    }),
    session("session-broken", "plenaria_copia", 11, 0, "failed", { heard: 0, failure: broken, segments: 0 }),
    session(
      "session-name",
      "Sesión conjunta de las comisiones Primera y Tercera para el primer debate del proyecto de acuerdo n.º 012 de 2026, «por medio del cual se adopta el Plan Básico de Ordenamiento Territorial del municipio de San José de la Montaña»",
      14,
      5.4,
      "ready",
      { doubts: 61, segments: 240 },
    ),
    session("session-45", "Sesión ordinaria n.º 45", 17, 3.6, "ready", { doubts: 0, segments: 200 }),
    session("session-cancelled", "Prueba de micrófonos", 18, 0.2, "cancelled", { heard: 0.3, segments: 4 }),
    session("session-44", "Sesión ordinaria n.º 44", 24, 4, "ready", { doubts: 1, segments: 200 }),
    session("session-sample", "Sesión de muestra", 30, 0.05, "ready", { doubts: 2, segments: 24, sample: true }),
  ];
}

type Traits = {
  heard?: number;
  left_ms?: number;
  doubts?: number;
  failure?: Failure;
  segments: number;
  sample?: boolean;
};

function session(
  id: string,
  title: string,
  daysAgo: number,
  hours: number,
  state: SessionState,
  traits: Traits,
): FakeSession {
  const held_at_ms = today - daysAgo * 24 * hour;
  const duration_ms = Math.round(hours * hour);
  const heard = traits.heard ?? 1;
  const unfinished = state === "waiting" || state === "listening" || state === "paused" || state === "failed";
  const row: SessionRow = {
    id,
    title,
    held_at_ms,
    created_at_ms: held_at_ms + 6 * hour,
    duration_ms: duration_ms || null,
    recordings: hours > 5 ? 2 : 1,
    state,
    job: unfinished ? `job-${id}` : null,
    heard_ms: Math.round(duration_ms * heard),
    left_ms: traits.left_ms ?? null,
    doubts: traits.doubts ?? 0,
    failure: traits.failure ?? null,
    retry_at_ms: null,
    undelivered: null,
    sample: traits.sample ?? false,
  };
  const lengths =
    row.recordings === 2
      ? [Math.round(duration_ms * 0.57), duration_ms - Math.round(duration_ms * 0.57)]
      : [duration_ms];
  const parts = lengths.map((length, position) => ({
    position,
    name: `SES_${id.slice(8).toUpperCase()}_${position + 1}.MP3`,
    source: `/home/secretaria/Grabaciones/SES_${position + 1}.MP3`,
    offset_ms: position === 0 ? 0 : (lengths[0] ?? 0),
    duration_ms: length,
    sha256: "9f".repeat(32),
    present: state !== "failed",
    heard: heard === 1,
  }));
  const speakers = names.map((name, i) => ({
    id: `${id}-speaker-${i + 1}`,
    name,
    role: roles[i] ?? "Concejal",
    colour: i,
  }));
  const segments = talk(id, lengths, heard, traits.segments, traits.doubts ?? 0, speakers);
  return {
    view: { row, language: "es", model: "large-v3-turbo-q5_0", parts, record: record(row), sent: null },
    segments,
    speakers,
  };
}

/** The session with these parts, one after the other. */
export function withParts(view: SessionView, parts: PartView[]): SessionView {
  let offset_ms = 0;
  const placed = parts.map((part, position) => {
    const moved = { ...part, position, offset_ms };
    offset_ms += part.duration_ms;
    return moved;
  });
  return { ...view, parts: placed, row: { ...view.row, recordings: parts.length, duration_ms: offset_ms } };
}

function record(row: SessionRow): Record {
  const attendance: Attendee[] = names.slice(0, 6).map((name, i) => ({
    name,
    office: roles[i] ?? "Concejal",
    party: "",
    attendance: i === 4 ? "excused" : i === 5 ? "late" : "present",
    reason: "",
    arrived: "",
    left: "",
    gender: null,
    remote: false,
  }));
  return {
    entity: "Municipio de San José de la Montaña",
    body: "Concejo Municipal",
    kind: "Sesión ordinaria",
    number: /n\.º (\d+)/.exec(row.title)?.[1] ?? "",
    date: new Date(row.held_at_ms).toISOString().slice(0, 10),
    call: null,
    mode: null,
    place: "Recinto del Concejo",
    planned_start: "",
    starts: "08:00",
    ends: "",
    president: names[0] ?? "",
    secretary: names[1] ?? "",
    attendance,
    guests: [],
  };
}

/** Fills the heard stretch of the parts with segments that follow one another, with the times of every word. */
function talk(
  id: string,
  lengths: number[],
  heard: number,
  count: number,
  doubts: number,
  speakers: Speaker[],
): Segment[] {
  const random = seeded(id.length * 7919 + count);
  const total = lengths.reduce((sum, length) => sum + length, 0) * heard;
  const segments: Segment[] = [];
  let speaker = 0;
  for (let i = 0; i < count; i++) {
    const session_ms = Math.floor((total * i) / count);
    const part = session_ms >= (lengths[0] ?? 0) && lengths.length > 1 ? 1 : 0;
    const start_ms = session_ms - (part === 1 ? (lengths[0] ?? 0) : 0);
    const room = Math.min(total / count, (lengths[part] ?? 0) - start_ms);
    if (random() < 0.35) speaker = Math.floor(random() * speakers.length);
    const text = sentence(random);
    const words = text.split(/\s+/).length;
    const doubtful =
      doubts > 0 && i % Math.max(1, Math.floor(count / doubts)) === 2 && i / Math.floor(count / doubts) < doubts;
    segments.push({
      id: `${id}-segment-${i + 1}`,
      part,
      start_ms,
      end_ms: Math.floor(start_ms + room * 0.92),
      text,
      times: spread(words, Math.floor(room * 0.92)),
      unsure: doubtful ? [Math.floor(random() * words)] : [],
      respelled: [],
      faults: doubtful && random() < 0.4 ? ["too_fast"] : [],
      doubtful,
      speaker: random() < 0.9 ? (speakers[speaker]?.id ?? null) : null,
      mark: null,
      touched: false,
    });
  }
  return segments;
}

/** Word times spread evenly over `ms`. */
export function spread(words: number, ms: number, from = 0): number[] {
  return Array.from({ length: words * 2 }, (_, i) => from + Math.floor((ms * Math.ceil(i / 2)) / Math.max(1, words)));
}
