// Backups and renditions as the fake core knows them.
import type { Backup, RenditionProfile } from "../bindings";

/** The backup that is restored in tests: whole, and of this morning. */
export const newestBackup: Backup = {
  name: "astra-20261121T130000000Z-daily.db",
  kind: "daily",
  made_at_ms: Date.UTC(2026, 10, 21, 13),
  bytes: 48_000_000,
  sessions: 12,
  damage: null,
};

/** Three backups, newest first; the oldest is damaged. */
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
    name: "astra-20261119T130000000Z-daily.db",
    made_at_ms: Date.UTC(2026, 10, 19, 13),
    sessions: null,
    damage: "database disk image is malformed",
  },
];

/** What a session without video can be rendered as. */
export const fakeRenditions: RenditionProfile[] = [
  { id: "mp3", name: "Audio MP3 para oír (128 kbit/s)", extension: "mp3", possible: true, most_bytes: 230_400_000 },
  {
    id: "mp4-720p",
    name: "Video MP4 720p con subtítulos que se activan",
    extension: "mp4",
    possible: false,
    most_bytes: 4_896_000_000,
  },
  { id: "waveform-png", name: "Forma de onda en PNG", extension: "png", possible: true, most_bytes: 2_000_000 },
];
