-- A session is one or more recordings on one clock; a listening is one recording heard with one
-- engine, model, language and vocabulary; a chunk is stored when it is cut and again when it is
-- heard, which is what lets a killed run go on where it was.

CREATE TABLE session (
    id            TEXT PRIMARY KEY,
    title         TEXT NOT NULL,
    language      TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE recording (
    id            TEXT PRIMARY KEY,
    -- The absolute path in the operating system's own bytes, or the address.
    source        BLOB NOT NULL,
    streamed      INTEGER NOT NULL,
    name          TEXT NOT NULL,
    bytes         INTEGER,
    -- Of size, first and last MiB for a file; of address and validators for a stream.
    fingerprint   TEXT,
    -- Of every byte; computed beside the listening, so it can be missing for a while.
    sha256        TEXT,
    -- What the container says, and what decoding found.
    claimed_ms    INTEGER,
    -- Whether the container states it, or it was reckoned from the size.
    claim_is_exact INTEGER NOT NULL,
    duration_ms   INTEGER,
    started_at_ms INTEGER
) STRICT;

CREATE INDEX recording_by_fingerprint ON recording (fingerprint);

CREATE TABLE listening (
    id              TEXT PRIMARY KEY,
    recording_id    TEXT NOT NULL REFERENCES recording (id) ON DELETE CASCADE,
    engine          TEXT NOT NULL,
    model           TEXT NOT NULL,
    model_sha256    TEXT NOT NULL,
    language        TEXT NOT NULL,
    vocabulary      TEXT NOT NULL,
    -- Set together with finished_at_ms: how much was decoded, and how much of it was silence
    -- that no engine was offered.
    audio_samples   INTEGER,
    skipped_samples INTEGER,
    finished_at_ms  INTEGER
) STRICT;

CREATE INDEX listening_by_recording ON listening (recording_id);

CREATE TABLE part (
    session_id   TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    position     INTEGER NOT NULL,
    recording_id TEXT NOT NULL REFERENCES recording (id),
    -- The listening whose text the session shows.
    listening_id TEXT NOT NULL REFERENCES listening (id),
    PRIMARY KEY (session_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX part_by_recording ON part (recording_id);

CREATE TABLE chunk (
    listening_id TEXT NOT NULL REFERENCES listening (id) ON DELETE CASCADE,
    position     INTEGER NOT NULL,
    first_sample INTEGER NOT NULL,
    end_sample   INTEGER NOT NULL,
    overlap      INTEGER NOT NULL,
    -- JSON: where the voice detector heard speech, in samples of the recording.
    speech       TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('cut', 'heard', 'unheard')),
    -- How often the engine host died while listening to it.
    deaths       INTEGER NOT NULL DEFAULT 0,
    -- JSON: words with times in milliseconds of the recording. Never changed once heard.
    words        TEXT,
    -- JSON: what the guard found wrong.
    faults       TEXT,
    effort       TEXT,
    took_ms      INTEGER,
    heard_at_ms  INTEGER,
    PRIMARY KEY (listening_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE job (
    id            TEXT PRIMARY KEY,
    session_id    TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    state         TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
    -- JSON: where the documents go and in which formats.
    wish          TEXT NOT NULL,
    -- JSON: the error that ended it.
    error         TEXT,
    created_at_ms INTEGER NOT NULL,
    ended_at_ms   INTEGER
) STRICT;

CREATE INDEX job_by_session ON job (session_id);

-- What Astra wrote where, so that a document somebody changed since is never written over.
CREATE TABLE document (
    path          BLOB PRIMARY KEY,
    session_id    TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    format        TEXT NOT NULL,
    sha256        TEXT NOT NULL,
    written_at_ms INTEGER NOT NULL
) STRICT;
