// Ten thousand small sessions in the data folder of a computer, as an archive of decades would have them.
import { dice, NAMES, passages } from "./speech.js";

export const SESSIONS = 10_000;
export const SEGMENTS_EACH = 10;
const LENGTH_MS = 600_000;

export function addManySessions(computer) {
  const numbers = `WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ${SESSIONS})`;
  const id = (kind) => `printf('0190%04x-0000-7000-8000-${kind}%011d', n, n)`;
  computer.sql(
    `INSERT INTO session (id, title, language, created_at_ms) ${numbers}
     SELECT ${id(1)}, printf('Sesión ordinaria n.º %d de la comisión %d', n, n % 7 + 1), 'es', 1600000000000 + n * 8640000
     FROM number`,
  );
  computer.sql(
    `INSERT INTO recording (id, source, streamed, name, claimed_ms, claim_is_exact, duration_ms) ${numbers}
     SELECT ${id(2)}, CAST(printf('/media/archivo/%d.mp3', n) AS BLOB), 0, printf('%d.mp3', n), ${LENGTH_MS}, 1, ${LENGTH_MS}
     FROM number`,
  );
  computer.sql(
    `INSERT INTO listening (id, recording_id, engine, model, model_sha256, language, vocabulary, audio_samples,
                            skipped_samples, finished_at_ms, settled) ${numbers}
     SELECT ${id(3)}, ${id(2)}, 'whisper', 'bench', '', 'es', '[]', ${LENGTH_MS * 16}, 0, 1600000000000, 1 FROM number`,
  );
  computer.sql(`INSERT INTO part ${numbers} SELECT ${id(1)}, 0, ${id(2)}, ${id(3)} FROM number`);
  computer.sql(
    `INSERT INTO speaker ${numbers}
     SELECT printf('0190%04x-0000-7000-8000-4%05d%06d', n, key, n), ${id(1)}, value, '', key
     FROM number, json_each(?) WHERE (n + key) % 4 = 0`,
    JSON.stringify(NAMES),
  );
  computer.sql(
    `INSERT INTO segment (id, listening_id, chunk, word, start_ms, end_ms, text, times, unsure, faults, doubtful, touched)
     ${numbers}, place (at) AS (SELECT 0 UNION ALL SELECT at + 1 FROM place WHERE at < ${SEGMENTS_EACH - 1}),
          said (which, text) AS MATERIALIZED (SELECT key, value FROM json_each(?))
     SELECT printf('0190%04x-0000-7000-8000-5%05d%06d', n, at, n), ${id(3)}, at, 0, at * 60000, at * 60000 + 59000,
            said.text, '[]', '[]', '[]', 0, 0
     FROM number, place JOIN said ON said.which = (n * 7919 + at * 104729) % 1000`,
    JSON.stringify(passages(1_000, 8_000, dice(3))),
  );
}
