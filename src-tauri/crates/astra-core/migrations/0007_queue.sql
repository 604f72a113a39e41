-- The queue: in which order jobs run, when one that failed is tried again, and what waits to be
-- delivered.

-- The least runs first.
ALTER TABLE job ADD COLUMN rank INTEGER NOT NULL DEFAULT 0;
UPDATE job SET rank = (SELECT count(*) FROM job AS earlier WHERE earlier.id < job.id);

-- How often it failed in a row with something that may pass, and when it is tried again.
ALTER TABLE job ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
ALTER TABLE job ADD COLUMN retry_at_ms INTEGER;

-- Sessions that were heard and whose documents are still to be written into the folder of choice.
CREATE TABLE delivery (
    session_id   TEXT PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
    tries        INTEGER NOT NULL DEFAULT 0,
    -- JSON: why it could not be done, when that was, and when it is tried again.
    error        TEXT,
    failed_at_ms INTEGER,
    retry_at_ms  INTEGER
) STRICT, WITHOUT ROWID;
