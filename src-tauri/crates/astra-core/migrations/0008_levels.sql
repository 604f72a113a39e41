-- How loud each microphone of a recording was: a hint at who spoke.

CREATE TABLE microphone_level (
    recording_id TEXT NOT NULL REFERENCES recording (id) ON DELETE CASCADE,
    -- 0 is the recording's own file, the others are as in microphone.
    position     INTEGER NOT NULL,
    -- A byte for each tenth of a second.
    levels       BLOB NOT NULL,
    UNIQUE (recording_id, position)
) STRICT;
