-- The editor. What engines heard stays as it is, in chunk; segments are what the secretary sees
-- and changes. Each change is a row of edit, written in the same transaction as the segments.

ALTER TABLE session ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
-- JSON: what the sitting was.
ALTER TABLE session ADD COLUMN record TEXT NOT NULL DEFAULT '{}';

-- How far the segments of a listening are settled: the first chunk and word that are not, and the
-- latest start of a segment.
ALTER TABLE listening ADD COLUMN settled_chunk INTEGER NOT NULL DEFAULT 0;
ALTER TABLE listening ADD COLUMN settled_word INTEGER NOT NULL DEFAULT 0;
ALTER TABLE listening ADD COLUMN settled_ms INTEGER NOT NULL DEFAULT 0;
-- Whether that was done to its end.
ALTER TABLE listening ADD COLUMN settled INTEGER NOT NULL DEFAULT 0;

-- Whether somebody asked the job to wait until it is asked to go on.
ALTER TABLE job ADD COLUMN paused INTEGER NOT NULL DEFAULT 0;

CREATE TABLE speaker (
    id         TEXT PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    name       TEXT NOT NULL,
    role       TEXT NOT NULL,
    colour     INTEGER NOT NULL
) STRICT;

CREATE INDEX speaker_by_session ON speaker (session_id);

CREATE TABLE segment (
    -- Grows with every row, so that a window can ask for what is new.
    serial       INTEGER PRIMARY KEY AUTOINCREMENT,
    id           TEXT NOT NULL UNIQUE,
    listening_id TEXT NOT NULL REFERENCES listening (id) ON DELETE CASCADE,
    -- The chunk in which it begins and which of its words is the first; none when a person made it.
    chunk        INTEGER,
    word         INTEGER,
    start_ms     INTEGER NOT NULL,
    end_ms       INTEGER NOT NULL,
    text         TEXT NOT NULL,
    -- JSON: start and end of each word, in milliseconds after start_ms.
    times        TEXT NOT NULL,
    -- JSON: positions of the words that the engine was not sure of.
    unsure       TEXT NOT NULL,
    -- JSON: what the guard found wrong.
    faults       TEXT NOT NULL,
    doubtful     INTEGER NOT NULL,
    speaker_id   TEXT REFERENCES speaker (id) ON DELETE SET NULL,
    mark         TEXT CHECK (mark IN ('inaudible', 'reserved')),
    touched      INTEGER NOT NULL
) STRICT;

CREATE INDEX segment_in_order ON segment (listening_id, start_ms);
CREATE INDEX segment_doubtful ON segment (listening_id) WHERE doubtful = 1;
CREATE INDEX segment_by_speaker ON segment (speaker_id) WHERE speaker_id IS NOT NULL;

CREATE TABLE edit (
    session_id   TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    number       INTEGER NOT NULL,
    -- JSON: the edit as it was asked for, and what it changed, as it was and as it became.
    edit         TEXT NOT NULL,
    change       TEXT NOT NULL,
    -- JSON: the listenings of the parts that the change counts from 0.
    listenings   TEXT NOT NULL,
    -- An edit that was undone can be redone until another one is made; then it is only history.
    state        TEXT NOT NULL CHECK (state IN ('done', 'undone', 'dropped')),
    made_at_ms   INTEGER NOT NULL,
    undone_at_ms INTEGER,
    PRIMARY KEY (session_id, number)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE segment_text USING fts5 (
    text, content = 'segment', content_rowid = 'serial', tokenize = "unicode61 remove_diacritics 2"
);

CREATE TRIGGER segment_added AFTER INSERT ON segment BEGIN
    INSERT INTO segment_text (rowid, text) VALUES (new.serial, new.text);
END;

CREATE TRIGGER segment_deleted AFTER DELETE ON segment BEGIN
    INSERT INTO segment_text (segment_text, rowid, text) VALUES ('delete', old.serial, old.text);
END;

CREATE TRIGGER segment_changed AFTER UPDATE OF text ON segment BEGIN
    INSERT INTO segment_text (segment_text, rowid, text) VALUES ('delete', old.serial, old.text);
    INSERT INTO segment_text (rowid, text) VALUES (new.serial, new.text);
END;

-- What the secretary chose: one JSON value under each name.
CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Names and words of the council, which engines are told and which the secretary taught.
CREATE TABLE term (
    text       TEXT PRIMARY KEY,
    -- JSON: the spellings it takes the place of.
    instead_of TEXT NOT NULL,
    added_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
