//! The recordings of a session, joined, split and put into another order after it was made. What was
//! heard and typed stays where it was, since rows hold places in recordings and never in sessions.

use sqlx::Row;
use sqlx::sqlite::SqliteConnection;

use super::histories::Moving;
use super::jobs::{Job, Wish, insert_job};
use super::json::json;
use super::sessions::{NewPart, insert_part_rows};
use super::{Store, damaged};
use crate::clock;
use crate::error::{Error, Result};
use crate::id::{JobId, ListeningId, SessionId};

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

    /// Makes the parts of `later` those that follow in `earlier`, with everything heard, typed, written and
    /// edited, and `later` goes. Its record completes the other's, and its title is the other's.
    pub async fn join_sessions(&self, earlier: SessionId, later: SessionId, wish: &Wish) -> Result<()> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(|error| self.failed(error))?;
        let mut rows = self.part_rows(&mut transaction, earlier).await?;
        let joined = self.part_rows(&mut transaction, later).await?;
        rows.extend(joined);
        let record = self.minutes_in(&mut transaction, earlier).await?.minutes.record;
        let completed = record.completed_by(self.minutes_in(&mut transaction, later).await?.minutes.record);
        sqlx::query("UPDATE session SET record = ? WHERE id = ?")
            .bind(json("record", &completed)?)
            .bind(earlier.to_string())
            .execute(&mut *transaction)
            .await
            .map_err(|error| self.failed(error))?;
        self.join_histories(&mut transaction, earlier, later).await?;
        self.run_each(
            &mut transaction,
            &[
                "UPDATE speaker SET session_id = ?1 WHERE session_id = ?2",
                "UPDATE entry SET session_id = ?1 WHERE session_id = ?2",
                "UPDATE OR IGNORE refused_proposal SET session_id = ?1 WHERE session_id = ?2",
                "UPDATE document SET session_id = ?1 WHERE session_id = ?2",
                "UPDATE acta SET session_id = ?1 WHERE session_id = ?2",
                "UPDATE watch_log SET session_id = ?1 WHERE session_id = ?2",
                "UPDATE watch_question SET earlier = ?1 WHERE earlier = ?2 AND later IS NOT ?1",
                // An acta of either was written before this revision.
                "UPDATE session SET revision = max(revision, (SELECT revision FROM session WHERE id = ?2))
                 WHERE id = ?1",
                "DELETE FROM session WHERE id = ?2",
            ],
            &[earlier.to_string(), later.to_string()],
        )
        .await?;
        self.put_part_rows(&mut transaction, earlier, &rows).await?;
        self.give_job(&mut transaction, earlier, wish).await?;
        transaction.commit().await.map_err(|error| self.failed(error))
    }

    /// Makes a session of its own of the parts from `position` on, with everything heard, typed, stated and
    /// edited in them and the same record.
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
        let stay = self.lengths(&mut transaction, session).await?;
        let go = self.lengths(&mut transaction, new).await?.into_iter().map(|(listening, _)| listening).collect();
        self.run_each(
            &mut transaction,
            &[
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
        self.split_history(&mut transaction, &Moving { session, new, stay, go }).await?;
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

    /// The listenings of a session's parts, in order, with how long the recordings are, in milliseconds.
    async fn lengths(&self, connection: &mut SqliteConnection, session: SessionId) -> Result<Vec<(ListeningId, u64)>> {
        let rows: Vec<(String, i64)> = sqlx::query_as(
            "SELECT listening_id, coalesce(duration_ms, claimed_ms, 0) FROM part
             JOIN recording ON recording.id = part.recording_id WHERE session_id = ? ORDER BY position",
        )
        .bind(session.to_string())
        .fetch_all(connection)
        .await
        .map_err(|error| self.failed(error))?;
        let listening = |(id, length): (String, i64)| {
            Ok((id.parse().map_err(|error| damaged("listening id", error))?, length as u64))
        };
        rows.into_iter().map(listening).collect()
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
