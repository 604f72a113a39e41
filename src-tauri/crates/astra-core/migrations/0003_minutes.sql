-- What the minutes state besides the record, each at its place in the sound, and who sits in the
-- council. As with segments, every change of an entry or of a refusal is in a row of edit.

CREATE TABLE entry (
    id             TEXT PRIMARY KEY,
    session_id     TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    -- JSON: what it states.
    what           TEXT NOT NULL,
    -- Where it can be heard, in milliseconds of these recordings; it may reach over several.
    from_recording TEXT REFERENCES recording (id),
    from_ms        INTEGER,
    to_recording   TEXT REFERENCES recording (id),
    to_ms          INTEGER,
    CHECK ((from_recording IS NULL) = (to_recording IS NULL)),
    CHECK ((from_recording IS NULL) = (from_ms IS NULL)),
    CHECK ((to_recording IS NULL) = (to_ms IS NULL))
) STRICT;

CREATE INDEX entry_by_session ON entry (session_id);

-- What was proposed and is not so: it is not proposed again.
CREATE TABLE refused_proposal (
    session_id   TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    kind         TEXT NOT NULL,
    recording_id TEXT NOT NULL REFERENCES recording (id),
    ms           INTEGER NOT NULL,
    PRIMARY KEY (session_id, kind, recording_id, ms)
) STRICT, WITHOUT ROWID;

-- The roster. Two people of one name are two rows.
CREATE TABLE councillor (
    id       TEXT PRIMARY KEY,
    -- The body and term they were elected for: «2024-2027».
    term     TEXT NOT NULL,
    name     TEXT NOT NULL,
    -- JSON: the spellings that are mistaken for the name.
    instead_of TEXT NOT NULL,
    party    TEXT NOT NULL,
    office   TEXT NOT NULL,
    -- The place in the roll.
    seat     INTEGER NOT NULL,
    -- First and last day, as YYYY-MM-DD; empty when open.
    since    TEXT NOT NULL,
    until    TEXT NOT NULL
) STRICT;
