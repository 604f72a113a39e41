-- How far each acta that was written came: a draft, sent, approved, signed. Until it is sent it may be
-- written anew; from then on its file is somebody else's.

CREATE TABLE acta (
    path           BLOB PRIMARY KEY,
    session_id     TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    kind           TEXT NOT NULL,
    copy           TEXT NOT NULL,
    -- Of the file, as it was written, and then as it was sent and approved: people go on in Word.
    sha256         TEXT NOT NULL,
    -- The revision of the session that it was written from.
    revision       INTEGER NOT NULL,
    drafted_at_ms  INTEGER NOT NULL,
    sent_at_ms     INTEGER,
    approved_at_ms INTEGER,
    signed_at_ms   INTEGER,
    -- The bytes of the file when it was approved.
    approved       BLOB,
    CHECK (approved_at_ms IS NULL OR sent_at_ms IS NOT NULL),
    CHECK (signed_at_ms IS NULL OR approved_at_ms IS NOT NULL),
    CHECK ((approved IS NULL) = (approved_at_ms IS NULL))
) STRICT;

CREATE INDEX acta_by_session ON acta (session_id);
