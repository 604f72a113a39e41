-- Sessions that a server hears: where their sound goes, who agreed to that, and how much of it went.

CREATE TABLE sending (
    session_id   TEXT PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
    url          TEXT NOT NULL,
    -- As the server calls it.
    model        TEXT NOT NULL,
    -- What was agreed to: thousandths of the currency for an hour of audio.
    hour_milli   INTEGER NOT NULL,
    currency     TEXT NOT NULL,
    -- When somebody agreed for this session; none where that was done for every session, or not at all.
    agreed_at_ms INTEGER,
    -- How much audio the server has answered for.
    sent_ms      INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
