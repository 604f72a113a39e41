-- Watched folders: where recordings come from by themselves, what was seen there, and what only a
-- person can know.

CREATE TABLE watched_folder (
    id               TEXT PRIMARY KEY,
    -- The absolute path in the operating system's own bytes.
    path             BLOB NOT NULL UNIQUE,
    subfolders       INTEGER NOT NULL,
    added_at_ms      INTEGER NOT NULL,
    -- What lay there at the first look is only taken when somebody says so.
    first_seen_at_ms INTEGER,
    existing_answered INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The ledger: every file that was judged, by what it holds, so that neither another name nor another
-- path makes it new. A folder that is no longer watched takes nothing of it away.
CREATE TABLE noticed (
    serial        INTEGER PRIMARY KEY,
    folder_id     TEXT REFERENCES watched_folder (id) ON DELETE SET NULL,
    -- Where it was seen last, and as what.
    path          BLOB NOT NULL,
    bytes         INTEGER NOT NULL,
    modified_ms   INTEGER,
    -- Of size, first and last MiB.
    fingerprint   TEXT NOT NULL,
    -- 'existing' and 'asked' wait for an answer.
    verdict       TEXT NOT NULL CHECK (verdict IN ('existing', 'declined', 'taken', 'asked', 'refused')),
    -- The recording that it became, if it was taken.
    recording_id  TEXT,
    -- What it said of itself.
    started_at_ms INTEGER,
    duration_ms   INTEGER,
    noticed_at_ms INTEGER NOT NULL
) STRICT;

CREATE INDEX noticed_by_fingerprint ON noticed (fingerprint);
CREATE UNIQUE INDEX noticed_by_path ON noticed (path, fingerprint);
CREATE INDEX noticed_by_folder ON noticed (folder_id, noticed_at_ms);

-- What was seen, waited for, joined and skipped, and why; the newest lines of it.
CREATE TABLE watch_log (
    serial     INTEGER PRIMARY KEY AUTOINCREMENT,
    at_ms      INTEGER NOT NULL,
    folder_id  TEXT REFERENCES watched_folder (id) ON DELETE SET NULL,
    path       TEXT NOT NULL,
    what       TEXT NOT NULL,
    session_id TEXT REFERENCES session (id) ON DELETE SET NULL,
    -- JSON: what its sentence has places for.
    fields     TEXT NOT NULL
) STRICT;

CREATE TABLE watch_question (
    serial      INTEGER PRIMARY KEY,
    asked_at_ms INTEGER NOT NULL,
    -- JSON: what it is about.
    about       TEXT NOT NULL,
    earlier     TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    later       TEXT REFERENCES session (id) ON DELETE CASCADE,
    -- JSON: the rows of the ledger that it is about.
    noticed     TEXT NOT NULL
) STRICT;

-- The microphones of a recording beside the first, which are heard together with it.
CREATE TABLE microphone (
    recording_id TEXT NOT NULL REFERENCES recording (id) ON DELETE CASCADE,
    position     INTEGER NOT NULL,
    path         BLOB NOT NULL,
    name         TEXT NOT NULL,
    fingerprint  TEXT NOT NULL,
    PRIMARY KEY (recording_id, position)
) STRICT, WITHOUT ROWID;
