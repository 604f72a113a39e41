// A session of seven hours, heard and made into passages, in the data folder of a computer.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sample } from "../harness/places.js";
import { dice, NAMES, passages } from "./speech.js";

export const TITLE = "Sesión de siete horas";
export const SEGMENTS = 8_000;
export const WORDS = 63_000;
const LENGTH_MS = 7 * 3600 * 1000;
const PEAKS_PER_SECOND = 20;

const session = "01900000-0000-7000-8000-000000000001";
const recording = "01900000-0000-7000-8000-000000000002";
const listening = "01900000-0000-7000-8000-000000000003";
/** One argument of a program must not be longer than 128 KiB. */
const AT_ONCE = 200;

export function addSevenHours(computer) {
  const path = join(computer.stick, "siete-horas.ogg");
  const loop = ["-stream_loop", "-1", "-i", sample, "-t", String(LENGTH_MS / 1000), "-c", "copy", path];
  execFileSync("ffmpeg", ["-v", "error", ...loop]);
  keepPeaks(computer);
  const now = Date.now();
  computer.sql("INSERT INTO session (id, title, language, created_at_ms) VALUES (?, ?, 'es', ?)", session, TITLE, now);
  computer.sql(
    `INSERT INTO recording (id, source, streamed, name, claimed_ms, claim_is_exact, duration_ms)
     VALUES (?1, CAST(?2 AS BLOB), 0, 'siete-horas.ogg', ?3, 1, ?3)`,
    recording, path, LENGTH_MS,
  );
  computer.sql(
    `INSERT INTO listening (id, recording_id, engine, model, model_sha256, language, vocabulary, audio_samples,
                            skipped_samples, finished_at_ms, settled)
     VALUES (?, ?, 'whisper', 'bench', '', 'es', '[]', ?, 0, ?, 1)`,
    listening, recording, LENGTH_MS * 16, now,
  );
  computer.sql("INSERT INTO part VALUES (?, 0, ?, ?)", session, recording, listening);
  computer.sql(
    "INSERT INTO speaker SELECT printf('01900000-0000-7000-8000-1%011d', key), ?, value, 'Concejal', key FROM json_each(?)",
    session, JSON.stringify(NAMES),
  );
  addSegments(computer);
}

/** A waveform that is whole already, or Astra would decode seven hours in the background while we measure. */
function keepPeaks(computer) {
  const folder = join(computer.data, "recordings", recording);
  mkdirSync(folder, { recursive: true });
  const random = dice(2);
  const bytes = Int8Array.from({ length: (LENGTH_MS / 1000 + 1) * PEAKS_PER_SECOND * 2 }, (_, at) => random() * (at % 2 ? 90 : -90));
  writeFileSync(join(folder, "peaks.bin"), bytes);
}

function addSegments(computer) {
  const random = dice(1);
  const step = LENGTH_MS / SEGMENTS;
  let speaker = 0;
  const segments = passages(SEGMENTS, WORDS, random).map((text, at) => {
    const words = text.split(" ").length;
    const each = Math.floor((step - 150) / words);
    // A turn of about six passages.
    if (random() < 1 / 6) speaker = Math.floor(random() * NAMES.length);
    const doubtful = at % 17 === 3;
    return {
      at,
      start: Math.round(at * step),
      end: Math.round((at + 1) * step - 100),
      text,
      times: Array.from({ length: words }, (_, word) => [word * each, (word + 1) * each]).flat(),
      unsure: doubtful ? [0] : [],
      doubtful,
      speaker,
    };
  });
  for (let from = 0; from < SEGMENTS; from += AT_ONCE) {
    computer.sql(
      `INSERT INTO segment (id, listening_id, chunk, word, start_ms, end_ms, text, times, unsure, faults, doubtful,
                            speaker_id, mark, touched)
       SELECT printf('01900000-0000-7000-8000-2%011d', value ->> 'at'), ?, value ->> 'at', 0, value ->> 'start',
              value ->> 'end', value ->> 'text', value -> 'times', value -> 'unsure', '[]', value ->> 'doubtful',
              printf('01900000-0000-7000-8000-1%011d', value ->> 'speaker'), NULL, 0
       FROM json_each(?)`,
      listening, JSON.stringify(segments.slice(from, from + AT_ONCE)),
    );
  }
}
