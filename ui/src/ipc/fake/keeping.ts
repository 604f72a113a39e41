// Backups and renditions as the fake core knows them: what is there, and what becomes of it when it is asked for.
import type { Backup, Event, RenditionProfile, SessionId } from "../bindings";
import type { Commands } from "../index";

/** The backup that is restored in tests: whole, and of this morning. */
export const newestBackup: Backup = {
  name: "astra-20261121T130000000Z-daily.db",
  kind: "daily",
  made_at_ms: Date.UTC(2026, 10, 21, 13),
  bytes: 48_000_000,
  sessions: 12,
  damage: null,
};

/** One backup of each kind, newest first; the one of the damaged database is damaged itself. */
export const fakeBackups: Backup[] = [
  newestBackup,
  {
    ...newestBackup,
    name: "astra-20261120T221500000Z-manual.db",
    kind: "manual",
    made_at_ms: Date.UTC(2026, 10, 20, 22, 15),
    sessions: 11,
  },
  {
    ...newestBackup,
    name: "astra-20261120T214000000Z-replaced.db",
    kind: "replaced",
    made_at_ms: Date.UTC(2026, 10, 20, 21, 40),
    sessions: 1,
  },
  {
    ...newestBackup,
    name: "astra-20261119T190000000Z-migration.db",
    kind: "migration",
    made_at_ms: Date.UTC(2026, 10, 19, 19),
    sessions: 9,
  },
  {
    ...newestBackup,
    name: "astra-20261119T130000000Z-damaged.db",
    kind: "damaged",
    made_at_ms: Date.UTC(2026, 10, 19, 13),
    sessions: null,
    damage: "database disk image is malformed",
  },
];

const profile = (id: string, name: string, extension: string, most_bytes: number): RenditionProfile => ({
  id,
  name,
  extension,
  possible: !extension.match(/mp4|jpg/),
  most_bytes,
});

/** What a session without video can be rendered as. */
export const fakeRenditions: RenditionProfile[] = [
  profile("mp3", "Audio MP3 para oír (128 kbit/s)", "mp3", 230_400_000),
  profile("wav", "Audio WAV maestro (24 bits, 48 kHz)", "wav", 4_147_200_000),
  profile("mp4-720p", "Video MP4 720p con subtítulos que se activan", "mp4", 4_896_000_000),
  profile("mp4-1080p", "Video MP4 1080p con subtítulos que se activan", "mp4", 9_504_000_000),
  profile("mp4-720p-burnt", "Video MP4 720p con subtítulos en la imagen", "mp4", 4_896_000_000),
  profile("mp4-1080p-burnt", "Video MP4 1080p con subtítulos en la imagen", "mp4", 9_504_000_000),
  profile("poster", "Imagen de portada JPG", "jpg", 2_000_000),
  profile("waveform-json", "Forma de onda en JSON", "json", 2_880_000),
  profile("waveform-png", "Forma de onda en PNG", "png", 2_000_000),
];

type Keeping = Pick<
  Commands,
  "backupList" | "backupMake" | "backupRestore" | "renditionProfiles" | "renditionMake" | "renditionCancel"
>;

/** `backups` are there at first; sessions have a picture if `video`. A rendition begins; whoever emits events ends it. */
export function fakeKeeping(emit: (event: Event) => void, { backups = fakeBackups, video = false } = {}): Keeping {
  let present = backups;
  return {
    backupList: async () => present,
    backupMake: async () => {
      const made_at_ms = Date.UTC(2026, 10, 21, 15, present.length);
      const made = { ...newestBackup, name: `astra-${made_at_ms}-manual.db`, kind: "manual" as const, made_at_ms };
      present = [made, ...present];
      emit({ event: "backups_changed" });
      return made;
    },
    backupRestore: async (name) => {
      const backup = present.find((each) => each.name === name);
      return { name, sessions: backup?.sessions ?? 0, kept: "astra-20261121T150000000Z-replaced.db" };
    },
    renditionProfiles: async () => fakeRenditions.map((each) => ({ ...each, possible: video || each.possible })),
    renditionMake: async (session: SessionId, profile: string) => {
      emit({ event: "rendition_progressed", session, profile, done_ms: 0, total_ms: 7_200_000 });
      return null;
    },
    renditionCancel: async (session: SessionId, profile: string) => {
      emit({ event: "rendition_stopped", session, profile });
      return null;
    },
  };
}
