//! The recordings of a session, joined, split and put into another order after it was made. What was
//! heard and typed stays where it was, since rows hold places in recordings and never in sessions.

use serde_json::{Map, Value};
use sqlx::Row;
use sqlx::sqlite::SqliteConnection;

use super::jobs::{Job, Wish, insert_job};
use super::json::{json, parsed};
use super::sessions::{NewPart, insert_part_rows};
use super::{Store, damaged};
use crate::clock;
use crate::error::{Error, Result};
use crate::id::{JobId, SessionId};

/// A part as its row names it: the recording and the listening.
type Row2 = (String, String);

impl Store {
    /// Adds a recording to a session as part `position`, and sees to it that somebody will listen to it:
    /// a job that has not ended takes it on.
    pub async fn add_part(&self, session: SessionId, position: usize, part: &NewPart, wish: &Wish) -> Result<()> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(|error| self.failed(error))?;
        let mut rows = self.part_rows(&mut transaction, session).await?;
        let listening = insert_part_rows(self, &mut transaction, part).await?;
        rows.insert(position.min(rows.len()), (part.recording.id.to_string(), listening.id.to_string()));
        self.put_part_rows(&mut transaction, session, &rows).await?;
        self.give_job(&mut transaction, session, wish).await?;
        transaction.commit().await.map_err(|error| self.failed(error))
    }

    /// Puts the parts of a session into another order: `order` names each by its position until now.
    ///
    /// # Errors
    /// [`Error::PartsUnknown`] unless it names each part once.
    pub async fn reorder_parts(&self, session: SessionId, order: &[u32]) -> Result<()> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(|error| self.failed(error))?;
        let rows = self.part_rows(&mut transaction, session).await?;
        let mut named: Vec<usize> = order.iter().map(|position| *position as usize).collect();
        let reordered: Vec<Row2> = named.iter().filter_map(|position| rows.get(*position).cloned()).collect();
        named.sort_unstable();
        if named != (0..rows.len()).collect::<Vec<_>>() {
            return Err(Error::PartsUnknown { session: session.to_string() });
        }
        self.put_part_rows(&mut transaction, session, &reordered).await?;
        transaction.commit().await.map_err(|error| self.failed(error))
    }

    /// Makes the parts of `later` those that follow in `earlier`, with everything heard, typed and
    /// written, and `later` goes. Its record completes the other's where that says nothing, so its edits
    /// stay in the history and can no longer be undone.
    pub async fn join_sessions(&self, earlier: SessionId, later: SessionId, wish: &Wish) -> Result<()> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(|error| self.failed(error))?;
        let mut rows = self.part_rows(&mut transaction, earlier).await?;
        let joined = self.part_rows(&mut transaction, later).await?;
        rows.extend(joined);
        self.complete_record(&mut transaction, earlier, later).await?;
        self.run_each(
            &mut transaction,
            &[
                "UPDATE edit SET state = 'dropped' WHERE session_id = ?2",
                "UPDATE edit SET session_id = ?1,
                        number = number + (SELECT coalesce(max(number), 0) FROM edit WHERE session_id = ?1)
                 WHERE session_id = ?2",
                "UPDATE speaker SET session_id = ?1 WHERE session_id = ?2",
                "UPDATE entry SET session_id = ?1 WHERE session_id = ?2",
                "UPDATE OR IGNORE refused_proposal SET session_id = ?1 WHERE session_id = ?2",
                "UPDATE document SET session_id = ?1 WHERE session_id = ?2",
                "UPDATE acta SET session_id = ?1 WHERE session_id = ?2",
                "UPDATE watch_log SET session_id = ?1 WHERE session_id = ?2",
                "UPDATE watch_question SET earlier = ?1 WHERE earlier = ?2 AND later IS NOT ?1",
                "DELETE FROM session WHERE id = ?2",
            ],
            &[earlier.to_string(), later.to_string()],
        )
        .await?;
        self.put_part_rows(&mut transaction, earlier, &rows).await?;
        self.give_job(&mut transaction, earlier, wish).await?;
        transaction.commit().await.map_err(|error| self.failed(error))
    }

    /// Makes a session of its own of the parts from `position` on, with everything heard, typed and
    /// stated in them and the same record. What was edited before stays in the history of the first and
    /// can no longer be undone.
    ///
    /// # Errors
    /// [`Error::PartsUnknown`] when a part on either side would be missing.
    pub async fn split_session(
        &self,
        session: SessionId,
        position: u32,
        title: &str,
        wish: &Wish,
    ) -> Result<SessionId> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(|error| self.failed(error))?;
        let mut rows = self.part_rows(&mut transaction, session).await?;
        if position == 0 || position as usize >= rows.len() {
            return Err(Error::PartsUnknown { session: session.to_string() });
        }
        let moved = rows.split_off(position as usize);
        let new = SessionId::new();
        sqlx::query(
            "INSERT INTO session (id, title, language, created_at_ms, record)
             SELECT ?1, ?3, language, ?4, record FROM session WHERE id = ?2",
        )
        .bind(new.to_string())
        .bind(session.to_string())
        .bind(title)
        .bind(clock::now_ms())
        .execute(&mut *transaction)
        .await
        .map_err(|error| self.failed(error))?;
        self.put_part_rows(&mut transaction, session, &rows).await?;
        self.put_part_rows(&mut transaction, new, &moved).await?;
        self.run_each(
            &mut transaction,
            &[
                "UPDATE edit SET state = 'dropped' WHERE session_id = ?2",
                "UPDATE entry SET session_id = ?1 WHERE session_id = ?2
                 AND from_recording IN (SELECT recording_id FROM part WHERE session_id = ?1)",
                // What reaches over the cut ends with it.
                "UPDATE entry SET (to_recording, to_ms) =
                     (SELECT recording.id, coalesce(duration_ms, claimed_ms, 0) FROM part
                      JOIN recording ON recording.id = part.recording_id WHERE part.session_id = ?2
                      ORDER BY part.position DESC LIMIT 1)
                 WHERE session_id = ?2 AND to_recording IN (SELECT recording_id FROM part WHERE session_id = ?1)",
                "UPDATE refused_proposal SET session_id = ?1 WHERE session_id = ?2
                 AND recording_id IN (SELECT recording_id FROM part WHERE session_id = ?1)",
            ],
            &[new.to_string(), session.to_string()],
        )
        .await?;
        self.part_speakers(&mut transaction, session, new).await?;
        self.give_job(&mut transaction, session, wish).await?;
        self.give_job(&mut transaction, new, wish).await?;
        transaction.commit().await.map_err(|error| self.failed(error))?;
        Ok(new)
    }

    /// Ends a job whose session was heard and written; false when a part came meanwhile that nobody
    /// has heard.
    pub async fn finish_job(&self, id: JobId) -> Result<bool> {
        let done = sqlx::query(
            "UPDATE job SET state = 'done', error = NULL, ended_at_ms = ? WHERE id = ? AND NOT EXISTS (
                 SELECT 1 FROM part JOIN listening ON listening.id = part.listening_id
                 WHERE part.session_id = job.session_id AND listening.finished_at_ms IS NULL)",
        )
        .bind(clock::now_ms())
        .bind(id.to_string())
        .execute(&self.pool)
        .await
        .map_err(|error| self.failed(error))?;
        Ok(done.rows_affected() > 0 || self.job(id).await?.state == super::JobState::Cancelled)
    }

    /// Sees to it that somebody listens to what is unheard of a session.
    pub async fn see_to(&self, session: SessionId, wish: &Wish) -> Result<()> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(|error| self.failed(error))?;
        self.give_job(&mut transaction, session, wish).await?;
        transaction.commit().await.map_err(|error| self.failed(error))
    }

    /// Gives a session that still has something to hear a job, unless one waits or runs.
    pub(super) async fn give_job(
        &self,
        connection: &mut SqliteConnection,
        session: SessionId,
        wish: &Wish,
    ) -> Result<()> {
        let needed: bool = sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM part JOIN listening ON listening.id = part.listening_id
                            WHERE part.session_id = ?1 AND listening.finished_at_ms IS NULL)
                AND NOT EXISTS (SELECT 1 FROM job WHERE session_id = ?1 AND state IN ('waiting', 'running'))",
        )
        .bind(session.to_string())
        .fetch_one(&mut *connection)
        .await
        .map_err(|error| self.failed(error))?;
        if needed {
            insert_job(connection, &Job::new(session, wish)).await?.map_err(|error| self.failed(error))?;
        }
        Ok(())
    }

    /// What the record of a session does not state and that of another does.
    async fn complete_record(&self, connection: &mut SqliteConnection, to: SessionId, from: SessionId) -> Result<()> {
        let mut records = Vec::new();
        for session in [to, from] {
            let record: String = sqlx::query_scalar("SELECT record FROM session WHERE id = ?")
                .bind(session.to_string())
                .fetch_one(&mut *connection)
                .await
                .map_err(|error| self.failed(error))?;
            records.push(parsed::<Map<String, Value>>("record", &record)?);
        }
        let (Some(from), Some(mut record)) = (records.pop(), records.pop()) else { return Ok(()) };
        let is_empty = |value: &Value| match value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(all) => all.is_empty(),
            _ => false,
        };
        for (name, value) in from {
            if record.get(&name).is_none_or(is_empty) {
                record.insert(name, value);
            }
        }
        sqlx::query("UPDATE session SET record = ? WHERE id = ?")
            .bind(json("record", &record)?)
            .bind(to.to_string())
            .execute(connection)
            .await
            .map_err(|error| self.failed(error))?;
        Ok(())
    }

    /// Whoever speaks in parts that went to another session is a speaker of that one too.
    async fn part_speakers(&self, connection: &mut SqliteConnection, from: SessionId, to: SessionId) -> Result<()> {
        let speakers: Vec<String> = sqlx::query_scalar(
            "SELECT DISTINCT speaker_id FROM segment JOIN part ON part.listening_id = segment.listening_id
             WHERE part.session_id = ? AND speaker_id IN (SELECT id FROM speaker WHERE session_id = ?)",
        )
        .bind(to.to_string())
        .bind(from.to_string())
        .fetch_all(&mut *connection)
        .await
        .map_err(|error| self.failed(error))?;
        for speaker in speakers {
            let own = crate::id::SpeakerId::new().to_string();
            self.run_each(
                connection,
                &[
                    "INSERT INTO speaker (id, session_id, name, role, colour)
                     SELECT ?1, ?3, name, role, colour FROM speaker WHERE id = ?2",
                    "UPDATE segment SET speaker_id = ?1 WHERE speaker_id = ?2
                     AND listening_id IN (SELECT listening_id FROM part WHERE session_id = ?3)",
                ],
                &[own, speaker, to.to_string()],
            )
            .await?;
        }
        Ok(())
    }

    async fn part_rows(&self, connection: &mut SqliteConnection, session: SessionId) -> Result<Vec<Row2>> {
        let rows = sqlx::query("SELECT recording_id, listening_id FROM part WHERE session_id = ? ORDER BY position")
            .bind(session.to_string())
            .fetch_all(connection)
            .await
            .map_err(|error| self.failed(error))?;
        if rows.is_empty() {
            return Err(Error::SessionUnknown { id: session.to_string() });
        }
        let read = |error: sqlx::Error| damaged("part", error);
        rows.iter().map(|row| Ok((row.try_get(0).map_err(read)?, row.try_get(1).map_err(read)?))).collect()
    }

    /// Makes these the parts of a session. Whoever edits the text has to look at it again.
    async fn put_part_rows(&self, connection: &mut SqliteConnection, session: SessionId, rows: &[Row2]) -> Result<()> {
        self.run_each(
            connection,
            &["DELETE FROM part WHERE session_id = ?1", "UPDATE session SET revision = revision + 1 WHERE id = ?1"],
            &[session.to_string()],
        )
        .await?;
        for (position, (recording, listening)) in rows.iter().enumerate() {
            sqlx::query("INSERT INTO part (session_id, position, recording_id, listening_id) VALUES (?, ?, ?, ?)")
                .bind(session.to_string())
                .bind(position as i64)
                .bind(recording)
                .bind(listening)
                .execute(&mut *connection)
                .await
                .map_err(|error| self.failed(error))?;
        }
        Ok(())
    }

    async fn run_each(
        &self,
        connection: &mut SqliteConnection,
        queries: &[&'static str],
        values: &[String],
    ) -> Result<()> {
        for query in queries {
            let bound = values.iter().fold(sqlx::query(*query), |query, value| query.bind(value));
            bound.execute(&mut *connection).await.map_err(|error| self.failed(error))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
