//! The journal of edits: each is written with the segments it changes, in one transaction, and can
//! be undone and redone however often the program was closed in between.

use serde::{Deserialize, Serialize};
use sqlx::Row;
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::json::{json, parsed};
use super::{Store, damaged, segments};
use crate::clock;
use crate::error::{Error, Result};
use crate::id::{EntryId, ListeningId, SegmentId, SessionId, SpeakerId};
use crate::transcript::{Altered, Change, Edit, Speaker, Step, apply};

/// A change that was made, with what can be done next.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed {
    /// How many changes were made to the session's text by now.
    pub revision: u64,
    /// What changed.
    pub change: Change,
    /// All speakers, after it.
    pub speakers: Vec<Speaker>,
    /// What undo would take back and what redo would do again.
    pub steps: Steps,
}

/// What undo would take back and what redo would do again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Steps {
    /// The newest edit that was not undone.
    pub undo: Option<Step>,
    /// The edit that was undone last.
    pub redo: Option<Step>,
}

/// An edit as the history shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct HistoryEntry {
    /// Which edit of the session it was, from 1.
    pub revision: u64,
    /// When it was made, in milliseconds since 1970 UTC.
    pub at_ms: i64,
    /// What it did.
    pub step: Step,
    /// Whether it was undone.
    pub undone: bool,
    /// A segment it touched.
    pub segment: Option<SegmentId>,
    /// An entry of the minutes it touched.
    pub entry: Option<EntryId>,
}

impl Store {
    /// Makes an edit to the text of a session, which must still be at `revision`.
    ///
    /// # Errors
    /// [`Error::EditStale`] when the text has changed since; [`Error::EditRefused`].
    pub async fn edit(&self, session: SessionId, revision: u64, edit: &Edit) -> Result<Changed> {
        self.make(session, Some(revision), edit).await
    }

    /// Makes an edit to a session whatever its revision: for a form that holds all it changes.
    ///
    /// # Errors
    /// [`Error::EditRefused`].
    pub async fn edit_newest(&self, session: SessionId, edit: &Edit) -> Result<Changed> {
        self.make(session, None, edit).await
    }

    /// Takes the newest edit back.
    ///
    /// # Errors
    /// [`Error::EditStale`]; [`Error::NothingToUndo`].
    pub async fn undo(&self, session: SessionId, revision: u64) -> Result<Changed> {
        self.step(
            session,
            revision,
            "SELECT * FROM edit WHERE session_id = ? AND state = 'done' ORDER BY number DESC LIMIT 1",
            true,
        )
        .await
    }

    /// Makes the edit again that was undone last.
    ///
    /// # Errors
    /// [`Error::EditStale`]; [`Error::NothingToUndo`].
    pub async fn redo(&self, session: SessionId, revision: u64) -> Result<Changed> {
        self.step(
            session,
            revision,
            "SELECT * FROM edit WHERE session_id = ? AND state = 'undone' ORDER BY number LIMIT 1",
            false,
        )
        .await
    }

    /// What undo and redo would do.
    pub async fn steps(&self, session: SessionId) -> Result<Steps> {
        let mut connection = self.pool.acquire().await.map_err(|error| self.failed(error))?;
        self.steps_in(&mut connection, session).await
    }

    /// The edits of a session before the one numbered `before`, newest first.
    pub async fn history(&self, session: SessionId, before: Option<u64>, limit: u32) -> Result<Vec<HistoryEntry>> {
        sqlx::query("SELECT * FROM edit WHERE session_id = ? AND number < ? ORDER BY number DESC LIMIT ?")
            .bind(session.to_string())
            .bind(before.map_or(i64::MAX, |before| before as i64))
            .bind(limit)
            .fetch_all(&self.pool)
            .await
            .map_err(|error| self.failed(error))?
            .iter()
            .map(history_entry)
            .collect()
    }

    /// How many edits were made to a session, undone ones included.
    pub async fn count_edits(&self, session: SessionId) -> Result<u64> {
        let count: i64 = sqlx::query_scalar("SELECT count(*) FROM edit WHERE session_id = ?")
            .bind(session.to_string())
            .fetch_one(&self.pool)
            .await
            .map_err(|error| self.failed(error))?;
        Ok(count as u64)
    }

    async fn make(&self, session: SessionId, revision: Option<u64>, edit: &Edit) -> Result<Changed> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(|error| self.failed(error))?;
        self.expect(&mut transaction, session, revision).await?;
        let named = edit.reach();
        let mut scene =
            segments::scene(&mut transaction, session, named.as_deref()).await?.map_err(|error| self.failed(error))?;
        if edit.is_of_minutes() {
            let seen = self.minutes_in(&mut transaction, session).await?;
            (scene.minutes, scene.refused) = (seen.minutes, seen.refused);
        }
        let change = apply(edit, &scene, (SegmentId::new(), SpeakerId::new()))
            .map_err(|refusal| Error::EditRefused { refusal })?;
        let listenings = self.listenings(&mut transaction, session).await?;
        self.put_change(&mut transaction, session, &change, &listenings).await?;
        match self.same_typing(&mut transaction, session, edit, &change, &listenings).await? {
            Some((number, earlier)) => {
                let whole = earlier.followed_by(&change);
                sqlx::query("UPDATE edit SET edit = ?, change = ?, made_at_ms = ? WHERE session_id = ? AND number = ?")
                    .bind(json("edit", edit)?)
                    .bind(json("edit", &whole)?)
                    .bind(clock::now_ms())
                    .bind(session.to_string())
                    .bind(number)
                    .execute(&mut *transaction)
                    .await
                    .map_err(|error| self.failed(error))?;
            }
            None => {
                sqlx::query("UPDATE edit SET state = 'dropped' WHERE session_id = ? AND state = 'undone'")
                    .bind(session.to_string())
                    .execute(&mut *transaction)
                    .await
                    .map_err(|error| self.failed(error))?;
                sqlx::query(
                    "INSERT INTO edit (session_id, number, edit, change, listenings, state, made_at_ms)
                     SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3, ?4, 'done', ?5 FROM edit WHERE session_id = ?1",
                )
                .bind(session.to_string())
                .bind(json("edit", edit)?)
                .bind(json("edit", &change)?)
                .bind(json("edit", &listenings)?)
                .bind(clock::now_ms())
                .execute(&mut *transaction)
                .await
                .map_err(|error| self.failed(error))?;
            }
        }
        if let Edit::Replace { query, with, remember: true, .. } = edit {
            self.learn(&mut transaction, with, &query.text).await?;
        }
        self.finish(transaction, session, change).await
    }

    /// Undoes or redoes the edit that `chosen` finds.
    async fn step(&self, session: SessionId, revision: u64, chosen: &'static str, back: bool) -> Result<Changed> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(|error| self.failed(error))?;
        self.expect(&mut transaction, session, Some(revision)).await?;
        let row = sqlx::query(chosen)
            .bind(session.to_string())
            .fetch_optional(&mut *transaction)
            .await
            .map_err(|error| self.failed(error))?
            .ok_or(Error::NothingToUndo)?;
        let read = |error: sqlx::Error| damaged("edit", error);
        let number: i64 = row.try_get("number").map_err(read)?;
        let listenings: Vec<ListeningId> = parsed("edit", &row.try_get::<String, _>("listenings").map_err(read)?)?;
        let made: Change = parsed("edit", &row.try_get::<String, _>("change").map_err(read)?)?;
        let mut change = if back { made.inverse() } else { made };
        if let Some(Altered { before: Some(before), after: Some(after) }) = change.record.take() {
            // Another record may have completed it since: what that says stays.
            let now = self.minutes_in(&mut transaction, session).await?.minutes.record;
            let turned = now.changed(&before, &after);
            change.record = Some(Altered { before: Some(now), after: Some(turned) });
        }
        self.put_change(&mut transaction, session, &change, &listenings).await?;
        // Whoever is told counts the parts as they are now.
        let parts = self.listenings(&mut transaction, session).await?;
        change.count_parts(|part| {
            let listening = listenings.get(part as usize)?;
            parts.iter().position(|now| now == listening).map(|now| now as u32)
        });
        sqlx::query("UPDATE edit SET state = ?, undone_at_ms = ? WHERE session_id = ? AND number = ?")
            .bind(if back { "undone" } else { "done" })
            .bind(back.then(clock::now_ms))
            .bind(session.to_string())
            .bind(number)
            .execute(&mut *transaction)
            .await
            .map_err(|error| self.failed(error))?;
        self.finish(transaction, session, change).await
    }

    /// Whether the session is there and still what whoever edits has seen.
    async fn expect(&self, connection: &mut SqliteConnection, session: SessionId, revision: Option<u64>) -> Result<()> {
        let found: Option<i64> = sqlx::query_scalar("SELECT revision FROM session WHERE id = ?")
            .bind(session.to_string())
            .fetch_optional(connection)
            .await
            .map_err(|error| self.failed(error))?;
        let found = found.ok_or_else(|| Error::SessionUnknown { id: session.to_string() })? as u64;
        match revision {
            Some(expected) if expected != found => Err(Error::EditStale { expected, found }),
            _ => Ok(()),
        }
    }

    async fn finish(
        &self,
        mut transaction: sqlx::Transaction<'_, sqlx::Sqlite>,
        session: SessionId,
        change: Change,
    ) -> Result<Changed> {
        let revision: i64 =
            sqlx::query_scalar("UPDATE session SET revision = revision + 1 WHERE id = ? RETURNING revision")
                .bind(session.to_string())
                .fetch_one(&mut *transaction)
                .await
                .map_err(|error| self.failed(error))?;
        let speakers = segments::speakers(&mut transaction, session).await?.map_err(|error| self.failed(error))?;
        let steps = self.steps_in(&mut transaction, session).await?;
        transaction.commit().await.map_err(|error| self.failed(error))?;
        Ok(Changed { revision: revision as u64, change, speakers, steps })
    }

    /// Writes what a change made of segments, speakers and minutes. Speakers come before the segments that
    /// name them, and go after.
    async fn put_change(
        &self,
        connection: &mut SqliteConnection,
        session: SessionId,
        change: &Change,
        listenings: &[ListeningId],
    ) -> Result<()> {
        for speaker in change.speakers.iter().filter_map(|altered| altered.after.as_ref()) {
            sqlx::query(
                "INSERT INTO speaker (id, session_id, name, role, colour) VALUES (?, ?, ?, ?, ?)
                 ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role, colour = excluded.colour",
            )
            .bind(speaker.id.to_string())
            .bind(session.to_string())
            .bind(&speaker.name)
            .bind(&speaker.role)
            .bind(speaker.colour)
            .execute(&mut *connection)
            .await
            .map_err(|error| self.failed(error))?;
        }
        for altered in &change.segments {
            match (&altered.before, &altered.after) {
                (Some(_), Some(after)) => {
                    segments::update(connection, after).await?.map_err(|error| self.failed(error))?
                }
                (None, Some(after)) => {
                    let listening = listenings.get(after.part as usize);
                    let listening = *listening.ok_or_else(|| damaged("edit", "it names a part that is not there"))?;
                    segments::insert(connection, listening, after, None).await?.map_err(|error| self.failed(error))?;
                }
                (Some(before), None) => {
                    sqlx::query("DELETE FROM segment WHERE id = ?")
                        .bind(before.id.to_string())
                        .execute(&mut *connection)
                        .await
                        .map_err(|error| self.failed(error))?;
                }
                (None, None) => {}
            }
        }
        for altered in &change.speakers {
            if let Altered { before: Some(before), after: None } = altered {
                sqlx::query("DELETE FROM speaker WHERE id = ?")
                    .bind(before.id.to_string())
                    .execute(&mut *connection)
                    .await
                    .map_err(|error| self.failed(error))?;
            }
        }
        self.put_minutes(connection, session, change, listenings).await
    }

    async fn listenings(&self, connection: &mut SqliteConnection, session: SessionId) -> Result<Vec<ListeningId>> {
        let ids: Vec<String> =
            sqlx::query_scalar("SELECT listening_id FROM part WHERE session_id = ? ORDER BY position")
                .bind(session.to_string())
                .fetch_all(connection)
                .await
                .map_err(|error| self.failed(error))?;
        ids.iter().map(|id| id.parse().map_err(|error| damaged("listening id", error))).collect()
    }

    /// The edit that `edit` goes on with, when it is more of the same typing in the same place and
    /// nothing else happened in between.
    async fn same_typing(
        &self,
        connection: &mut SqliteConnection,
        session: SessionId,
        edit: &Edit,
        change: &Change,
        listenings: &[ListeningId],
    ) -> Result<Option<(i64, Change)>> {
        let row = sqlx::query("SELECT * FROM edit WHERE session_id = ? ORDER BY number DESC LIMIT 1")
            .bind(session.to_string())
            .fetch_optional(connection)
            .await
            .map_err(|error| self.failed(error))?;
        let Some(row) = row else { return Ok(None) };
        let read = |error: sqlx::Error| damaged("edit", error);
        let last: Edit = parsed("edit", &row.try_get::<String, _>("edit").map_err(read)?)?;
        let done = row.try_get::<String, _>("state").map_err(read)? == "done";
        // Both count the same parts; a late or moved part ends the typing.
        let counted: Vec<ListeningId> = parsed("edit", &row.try_get::<String, _>("listenings").map_err(read)?)?;
        if !done || !edit.goes_on_from(&last) || counted != listenings {
            return Ok(None);
        }
        let earlier: Change = parsed("edit", &row.try_get::<String, _>("change").map_err(read)?)?;
        let number = row.try_get("number").map_err(read)?;
        Ok(change.touches_as(&earlier).then_some((number, earlier)))
    }

    async fn steps_in(&self, connection: &mut SqliteConnection, session: SessionId) -> Result<Steps> {
        let mut found = [None, None];
        for (place, query) in found.iter_mut().zip([
            "SELECT json_extract(change, '$.step') FROM edit WHERE session_id = ? AND state = 'done' ORDER BY number DESC LIMIT 1",
            "SELECT json_extract(change, '$.step') FROM edit WHERE session_id = ? AND state = 'undone' ORDER BY number LIMIT 1",
        ]) {
            let step: Option<String> = sqlx::query_scalar(query)
                .bind(session.to_string())
                .fetch_optional(&mut *connection)
                .await
                .map_err(|error| self.failed(error))?;
            *place = step.map(|step| parsed("edit", &step)).transpose()?;
        }
        let [undo, redo] = found;
        Ok(Steps { undo, redo })
    }
}

fn history_entry(row: &SqliteRow) -> Result<HistoryEntry> {
    let read = |error: sqlx::Error| damaged("edit", error);
    let change: Change = parsed("edit", &row.try_get::<String, _>("change").map_err(read)?)?;
    let state: String = row.try_get("state").map_err(read)?;
    let touched = change.segments.iter().find_map(Altered::any);
    Ok(HistoryEntry {
        revision: row.try_get::<i64, _>("number").map_err(read)? as u64,
        at_ms: row.try_get("made_at_ms").map_err(read)?,
        segment: touched.map(|segment| segment.id),
        entry: change.entries.iter().find_map(Altered::any).map(|entry| entry.id),
        step: change.step,
        undone: state != "done",
    })
}

#[cfg(test)]
mod tests;
