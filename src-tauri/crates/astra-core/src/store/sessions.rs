//! Sessions and their parts.

use std::collections::HashMap;

use sqlx::Row;
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::jobs::{Job, Wish, insert_job};
use super::json::json;
use super::recordings::{listening, recording, source_bytes};
use super::{Store, damaged};
use crate::clock;
use crate::error::{Error, Result};
use crate::id::{ListeningId, RecordingId, SessionId};
use crate::sessions::{Listening, ListeningKey, Part, Recording, Session, Source};

/// A recording to be heard as a part of a new session.
#[derive(Debug, Clone)]
pub struct NewPart {
    /// The recording; one that the store already has keeps its row.
    pub recording: Recording,
    /// With what it will be heard.
    pub key: ListeningKey,
}

/// A session with its parts in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionSummary {
    /// The session.
    pub session: Session,
    /// Its parts.
    pub parts: Vec<Part>,
}

impl SessionSummary {
    /// Whether every part was heard to its end.
    pub fn is_heard(&self) -> bool {
        self.parts.iter().all(|part| part.listening.ended.is_some())
    }

    /// Where each part starts on the session's clock, in milliseconds: after the parts before it.
    pub fn offsets_ms(&self) -> Vec<u64> {
        let mut next = 0;
        self.parts
            .iter()
            .map(|part| {
                let offset = next;
                next += part.recording.duration_ms.or(part.recording.claimed_ms).unwrap_or_default();
                offset
            })
            .collect()
    }
}

impl Store {
    /// Makes a session of `parts`, in that order, and the job of listening to it, at once.
    pub async fn add_session(
        &self,
        title: &str,
        language: &str,
        parts: &[NewPart],
        wish: &Wish,
    ) -> Result<(SessionSummary, Job)> {
        let session = Session {
            id: SessionId::new(),
            title: title.to_owned(),
            language: language.to_owned(),
            created_at_ms: clock::now_ms(),
        };
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(|error| self.failed(error))?;
        sqlx::query("INSERT INTO session (id, title, language, created_at_ms) VALUES (?, ?, ?, ?)")
            .bind(session.id.to_string())
            .bind(title)
            .bind(language)
            .bind(session.created_at_ms)
            .execute(&mut *transaction)
            .await
            .map_err(|error| self.failed(error))?;
        let mut stored = Vec::with_capacity(parts.len());
        for (position, part) in parts.iter().enumerate() {
            let listening = insert_part_rows(self, &mut transaction, part).await?;
            sqlx::query("INSERT INTO part (session_id, position, recording_id, listening_id) VALUES (?, ?, ?, ?)")
                .bind(session.id.to_string())
                .bind(position as i64)
                .bind(part.recording.id.to_string())
                .bind(listening.id.to_string())
                .execute(&mut *transaction)
                .await
                .map_err(|error| self.failed(error))?;
            stored.push(Part { recording: part.recording.clone(), listening });
        }
        let job = Job::new(session.id, wish);
        insert_job(&mut transaction, &job).await?.map_err(|error| self.failed(error))?;
        transaction.commit().await.map_err(|error| self.failed(error))?;
        Ok((SessionSummary { session, parts: stored }, job))
    }

    /// Every session, newest first.
    pub async fn sessions(&self) -> Result<Vec<SessionSummary>> {
        let rows = sqlx::query("SELECT * FROM session ORDER BY id DESC")
            .fetch_all(&self.pool)
            .await
            .map_err(|error| self.failed(error))?;
        let mut summaries = Vec::with_capacity(rows.len());
        for row in &rows {
            let session = session(row)?;
            let parts = self.parts(session.id).await?;
            summaries.push(SessionSummary { session, parts });
        }
        Ok(summaries)
    }

    /// One session.
    pub async fn session(&self, id: SessionId) -> Result<SessionSummary> {
        let row = sqlx::query("SELECT * FROM session WHERE id = ?")
            .bind(id.to_string())
            .fetch_optional(&self.pool)
            .await
            .map_err(|error| self.failed(error))?
            .ok_or_else(|| Error::SessionUnknown { id: id.to_string() })?;
        Ok(SessionSummary { session: session(&row)?, parts: self.parts(id).await? })
    }

    /// The newest session that each of these recordings is a part of.
    pub async fn newest_with(&self, recordings: &[RecordingId]) -> Result<HashMap<RecordingId, SessionId>> {
        let rows: Vec<(String, String)> = sqlx::query_as(
            "SELECT recording_id, max(session_id) FROM part WHERE recording_id IN (SELECT value FROM json_each(?))
             GROUP BY recording_id",
        )
        .bind(json("recording ids", &recordings)?)
        .fetch_all(&self.pool)
        .await
        .map_err(|error| self.failed(error))?;
        rows.iter()
            .map(|(recording, session)| {
                let recording = recording.parse().map_err(|error| damaged("recording id", error))?;
                Ok((recording, session.parse().map_err(|error| damaged("session id", error))?))
            })
            .collect()
    }

    /// The sessions, newest first, that a recording is a part of.
    pub async fn sessions_with(&self, recording: RecordingId) -> Result<Vec<SessionSummary>> {
        let rows = sqlx::query("SELECT DISTINCT session_id FROM part WHERE recording_id = ? ORDER BY session_id DESC")
            .bind(recording.to_string())
            .fetch_all(&self.pool)
            .await
            .map_err(|error| self.failed(error))?;
        let mut summaries = Vec::with_capacity(rows.len());
        for row in rows {
            let id: String = row.try_get(0).map_err(|error| self.failed(error))?;
            summaries.push(self.session(id.parse().map_err(|error| damaged("session id", error))?).await?);
        }
        Ok(summaries)
    }

    /// Deletes a session with its listenings, jobs, text and journal, and the rows of recordings that no
    /// other session uses; no byte of what was said or typed stays in the database. The recordings themselves are
    /// never touched.
    pub async fn delete_session(&self, id: SessionId) -> Result<()> {
        let summary = self.session(id).await?;
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(|error| self.failed(error))?;
        sqlx::query("DELETE FROM session WHERE id = ?")
            .bind(id.to_string())
            .execute(&mut *transaction)
            .await
            .map_err(|error| self.failed(error))?;
        for part in &summary.parts {
            sqlx::query("DELETE FROM listening WHERE id = ? AND id NOT IN (SELECT listening_id FROM part)")
                .bind(part.listening.id.to_string())
                .execute(&mut *transaction)
                .await
                .map_err(|error| self.failed(error))?;
            sqlx::query("DELETE FROM recording WHERE id = ? AND id NOT IN (SELECT recording_id FROM part)")
                .bind(part.recording.id.to_string())
                .execute(&mut *transaction)
                .await
                .map_err(|error| self.failed(error))?;
        }
        // Until its pieces are merged, an index of words keeps those that were deleted beside the note that they were.
        for merge in [
            "INSERT INTO segment_text (segment_text) VALUES ('optimize')",
            "INSERT INTO session_name_text (session_name_text) VALUES ('optimize')",
        ] {
            sqlx::query(merge).execute(&mut *transaction).await.map_err(|error| self.failed(error))?;
        }
        transaction.commit().await.map_err(|error| self.failed(error))?;
        // The log holds pages as they were; whoever reads just now keeps it a little longer.
        if let Err(error) = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&self.pool).await {
            tracing::info!(%error, "the log is folded later");
        }
        Ok(())
    }

    async fn parts(&self, session: SessionId) -> Result<Vec<Part>> {
        sqlx::query(
            "SELECT recording.*, listening.id AS listening_id, engine, model, model_sha256, language, vocabulary,
                    audio_samples, skipped_samples
             FROM part JOIN recording ON recording.id = part.recording_id JOIN listening ON listening.id = part.listening_id
             WHERE part.session_id = ? ORDER BY part.position",
        )
        .bind(session.to_string())
        .fetch_all(&self.pool)
        .await
        .map_err(|error| self.failed(error))?
        .iter()
        .map(|row| Ok(Part { recording: recording(row)?, listening: listening(row)? }))
        .collect()
    }
}

/// Writes the row of a recording that is new, and that of a listening to it which nobody has begun.
pub(super) async fn insert_part_rows(
    store: &Store,
    connection: &mut SqliteConnection,
    part: &NewPart,
) -> Result<Listening> {
    let Recording { id, source, name, .. } = &part.recording;
    sqlx::query(
        "INSERT INTO recording (id, source, streamed, name, bytes, fingerprint, sha256, claimed_ms, claim_is_exact,
         duration_ms, started_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
    )
    .bind(id.to_string())
    .bind(source_bytes(source))
    .bind(matches!(source, Source::Url(_)))
    .bind(name)
    .bind(part.recording.bytes.map(|value| value as i64))
    .bind(&part.recording.fingerprint)
    .bind(&part.recording.sha256)
    .bind(part.recording.claimed_ms.map(|value| value as i64))
    .bind(part.recording.claim_is_exact)
    .bind(part.recording.duration_ms.map(|value| value as i64))
    .bind(part.recording.started_at_ms)
    .execute(&mut *connection)
    .await
    .map_err(|error| store.failed(error))?;
    let listening = insert_listening_row(store, connection, *id, &part.key).await?;
    Ok(Listening { id: listening, key: part.key.clone(), ended: None })
}

/// Writes the row of a listening that nobody has begun.
pub(super) async fn insert_listening_row(
    store: &Store,
    connection: &mut SqliteConnection,
    recording: RecordingId,
    key: &ListeningKey,
) -> Result<ListeningId> {
    let listening = ListeningId::new();
    sqlx::query(
        "INSERT INTO listening (id, recording_id, engine, model, model_sha256, language, vocabulary)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(listening.to_string())
    .bind(recording.to_string())
    .bind(&key.engine)
    .bind(&key.model)
    .bind(&key.model_sha256)
    .bind(&key.language)
    .bind(serde_json::to_string(&key.vocabulary).map_err(|error| damaged("vocabulary", error))?)
    .execute(&mut *connection)
    .await
    .map_err(|error| store.failed(error))?;
    Ok(listening)
}

fn session(row: &SqliteRow) -> Result<Session> {
    let read = |error: sqlx::Error| damaged("session", error);
    let id: String = row.try_get("id").map_err(read)?;
    Ok(Session {
        id: id.parse().map_err(|error| damaged("session id", error))?,
        title: row.try_get("title").map_err(read)?,
        language: row.try_get("language").map_err(read)?,
        created_at_ms: row.try_get("created_at_ms").map_err(read)?,
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{a_session, store};
    use crate::sessions::Ended;

    #[tokio::test]
    async fn a_session_comes_back_as_it_was_stored() {
        let (_place, store) = store().await;
        let made = a_session(&store).await;
        assert_eq!(store.session(made.session.id).await.unwrap(), made);
        assert_eq!(store.sessions().await.unwrap(), vec![made]);
    }

    #[tokio::test]
    async fn the_second_part_starts_where_the_first_one_ends() {
        let (_place, store) = store().await;
        let made = a_session(&store).await;
        let first = &made.parts[0];
        let ended = Ended { audio_samples: 16_000 * 90, skipped_samples: 0 };
        store.end_listening(first.recording.id, first.listening.id, 0, ended).await.unwrap();
        let again = store.session(made.session.id).await.unwrap();
        assert_eq!(again.offsets_ms(), vec![0, 90_000]);
        assert!(!again.is_heard());
    }

    #[tokio::test]
    async fn deleting_a_session_leaves_nothing_of_it() {
        let (_place, store) = store().await;
        let made = a_session(&store).await;
        store.delete_session(made.session.id).await.unwrap();
        assert!(store.sessions().await.unwrap().is_empty());
        assert!(store.recordings_like("huella").await.unwrap().is_empty());
        assert!(store.delete_session(made.session.id).await.is_err());
    }

    #[tokio::test]
    async fn no_byte_of_what_was_said_or_typed_in_a_deleted_session_stays_in_the_database() {
        let (_place, store) = store().await;
        let (kept, made) = (a_session(&store).await, a_session(&store).await);
        for (session, said, typed) in [(&kept, "permanece", "queda"), (&made, "quebrantahuesos", "ornitorrinco")] {
            let listening = session.parts[0].listening.id.to_string();
            sqlx::query(
                "INSERT INTO segment (id, listening_id, start_ms, end_ms, text, times, unsure, faults, doubtful, touched)
                 VALUES (?, ?, 0, 1, ?, '[]', '[]', '[]', 0, 0)",
            )
            .bind(format!("segment of {listening}"))
            .bind(listening)
            .bind(said)
            .execute(&store.pool)
            .await
            .unwrap();
            sqlx::query(
                "INSERT INTO edit (session_id, number, edit, change, listenings, state, made_at_ms)
                 VALUES (?, 1, ?, '{}', '[]', 'done', 0)",
            )
            .bind(session.session.id.to_string())
            .bind(typed)
            .execute(&store.pool)
            .await
            .unwrap();
        }
        store.delete_session(made.session.id).await.unwrap();
        let [wal, _] = crate::store::backup::files::beside(store.path());
        let bytes = [std::fs::read(store.path()).unwrap(), std::fs::read(wal).unwrap_or_default()].concat();
        let holds = |word: &str| bytes.windows(word.len()).any(|window| window == word.as_bytes());
        assert!(holds("permanece") && holds("queda"));
        assert!(!holds("quebrantahuesos") && !holds("uebrantahueso") && !holds("ornitorrinco"));
        let found: u32 =
            sqlx::query_scalar("SELECT count(*) FROM segment_text WHERE segment_text MATCH 'quebrantahuesos'")
                .fetch_one(&store.pool)
                .await
                .unwrap();
        assert_eq!(found, 0);
    }
}
