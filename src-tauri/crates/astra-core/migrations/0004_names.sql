-- The titles of sessions and the names of their people, to be looked for without reading them all.

CREATE TABLE session_name (
    serial     INTEGER PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    -- The session itself, or the speaker whose name it is.
    origin     TEXT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('title', 'person')),
    text       TEXT NOT NULL
) STRICT;

CREATE INDEX session_name_by_session ON session_name (session_id);
CREATE INDEX session_name_by_origin ON session_name (origin);

CREATE VIRTUAL TABLE session_name_text USING fts5 (
    text, content = 'session_name', content_rowid = 'serial', tokenize = "unicode61 remove_diacritics 2"
);

CREATE TRIGGER session_name_added AFTER INSERT ON session_name BEGIN
    INSERT INTO session_name_text (rowid, text) VALUES (new.serial, new.text);
END;

CREATE TRIGGER session_name_deleted AFTER DELETE ON session_name BEGIN
    INSERT INTO session_name_text (session_name_text, rowid, text) VALUES ('delete', old.serial, old.text);
END;

-- Where the names stand that the table above repeats.
CREATE VIEW name_in_session (session_id, origin, kind, text) AS
    SELECT id, id, 'title', title FROM session
    UNION ALL SELECT id, id, 'person', record ->> '$.president' FROM session
    UNION ALL SELECT id, id, 'person', record ->> '$.secretary' FROM session
    UNION ALL SELECT session.id, session.id, 'person', attendee.value ->> '$.name'
              FROM session, json_each(session.record, '$.attendance') AS attendee
    UNION ALL SELECT session_id, id, 'person', name FROM speaker;

CREATE TRIGGER session_named AFTER INSERT ON session BEGIN
    INSERT INTO session_name (session_id, origin, kind, text)
    SELECT * FROM name_in_session WHERE origin = new.id AND text <> '';
END;

CREATE TRIGGER session_renamed AFTER UPDATE OF title, record ON session BEGIN
    DELETE FROM session_name WHERE origin = new.id;
    INSERT INTO session_name (session_id, origin, kind, text)
    SELECT * FROM name_in_session WHERE origin = new.id AND text <> '';
END;

CREATE TRIGGER speaker_named AFTER INSERT ON speaker BEGIN
    INSERT INTO session_name (session_id, origin, kind, text) VALUES (new.session_id, new.id, 'person', new.name);
END;

CREATE TRIGGER speaker_renamed AFTER UPDATE OF name ON speaker BEGIN
    DELETE FROM session_name WHERE origin = new.id;
    INSERT INTO session_name (session_id, origin, kind, text) VALUES (new.session_id, new.id, 'person', new.name);
END;

CREATE TRIGGER speaker_gone AFTER DELETE ON speaker BEGIN
    DELETE FROM session_name WHERE origin = old.id;
END;

INSERT INTO session_name (session_id, origin, kind, text) SELECT * FROM name_in_session WHERE text <> '';
