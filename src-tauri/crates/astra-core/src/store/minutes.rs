//! What the minutes of a session state: entries, and the proposals that were refused. A place in
//! the sound is a recording and a millisecond of it; which part that is follows from the session.

use sqlx::Row;
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::json::{completed, json, parsed};
use super::{Store, damaged};
use crate::error::{Error, Result};
use crate::id::{ListeningId, SessionId};
use crate::minutes::{Entry, Minutes, Moment, RefusedProposal, Stretch};
use crate::transcript::{Altered, Change, Refusal};

/// The minutes of a session as they are stored.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SeenMinutes {
    /// How many changes were made to the session; an edit says which revision it was made for.
    pub revision: u64,
    /// What they state.
    pub minutes: Minutes,
    /// The proposals that were refused.
    pub refused: Vec<RefusedProposal>,
}

impl Store {
    /// The minutes of a session.
    ///
    /// # Errors
    /// [`Error::SessionUnknown`].
    pub async fn minutes(&self, session: SessionId) -> Result<SeenMinutes> {
        let mut transaction = self.pool.begin().await.map_err(|error| self.failed(error))?;
        self.minutes_in(&mut transaction, session).await
    }

    /// The same within a transaction.
    pub(super) async fn minutes_in(
        &self,
        connection: &mut SqliteConnection,
        session: SessionId,
    ) -> Result<SeenMinutes> {
        let row = sqlx::query("SELECT revision, record FROM session WHERE id = ?")
            .bind(session.to_string())
            .fetch_optional(&mut *connection)
            .await
            .map_err(|error| self.failed(error))?
            .ok_or_else(|| Error::SessionUnknown { id: session.to_string() })?;
        let read = |error: sqlx::Error| damaged("session", error);
        let record = completed("record", &row.try_get::<String, _>("record").map_err(read)?)?;
        let entries = sqlx::query(
            "SELECT entry.*, first.position AS from_part, last.position AS to_part FROM entry
             LEFT JOIN part AS first ON first.session_id = entry.session_id AND first.recording_id = from_recording
             LEFT JOIN part AS last ON last.session_id = entry.session_id AND last.recording_id = to_recording
             WHERE entry.session_id = ?",
        )
        .bind(session.to_string())
        .fetch_all(&mut *connection)
        .await
        .map_err(|error| self.failed(error))?;
        let mut entries: Vec<Entry> = entries.iter().map(entry).collect::<Result<_>>()?;
        entries.sort_by_cached_key(Entry::place);
        let refused = sqlx::query(
            "SELECT kind, position, ms FROM refused_proposal JOIN part USING (session_id, recording_id)
             WHERE session_id = ? ORDER BY position, ms, kind",
        )
        .bind(session.to_string())
        .fetch_all(connection)
        .await
        .map_err(|error| self.failed(error))?;
        let refused = refused.iter().map(refused_proposal).collect::<Result<_>>()?;
        let revision = row.try_get::<i64, _>("revision").map_err(read)? as u64;
        Ok(SeenMinutes { revision, minutes: Minutes { record, entries }, refused })
    }

    /// What is stated in the minutes of the session of a listening.
    pub(super) async fn minutes_with(
        &self,
        connection: &mut SqliteConnection,
        listening: ListeningId,
    ) -> Result<Minutes> {
        let session: Option<String> = sqlx::query_scalar("SELECT session_id FROM part WHERE listening_id = ?")
            .bind(listening.to_string())
            .fetch_optional(&mut *connection)
            .await
            .map_err(|error| self.failed(error))?;
        let Some(session) = session else { return Ok(Minutes::default()) };
        let session = session.parse().map_err(|error| damaged("session id", error))?;
        Ok(self.minutes_in(connection, session).await?.minutes)
    }

    /// Writes what a change made of the minutes. Its parts are those of `listenings`.
    pub(super) async fn put_minutes(
        &self,
        connection: &mut SqliteConnection,
        session: SessionId,
        change: &Change,
        listenings: &[ListeningId],
    ) -> Result<()> {
        for altered in &change.entries {
            match altered {
                Altered { after: Some(after), .. } => {
                    self.put_entry(connection, session, after, listenings).await?;
                }
                Altered { before: Some(before), after: None } => {
                    sqlx::query("DELETE FROM entry WHERE id = ?")
                        .bind(before.id.to_string())
                        .execute(&mut *connection)
                        .await
                        .map_err(|error| self.failed(error))?;
                }
                Altered { before: None, after: None } => {}
            }
        }
        for altered in &change.refused {
            let query = match altered.after {
                Some(_) => {
                    "INSERT INTO refused_proposal (session_id, kind, recording_id, ms)
                     SELECT ?, ?, recording_id, ? FROM listening WHERE id = ? ON CONFLICT DO NOTHING"
                }
                None => {
                    "DELETE FROM refused_proposal WHERE session_id = ? AND kind = ? AND ms = ?
                     AND recording_id = (SELECT recording_id FROM listening WHERE id = ?)"
                }
            };
            let Some(proposal) = altered.any() else { continue };
            sqlx::query(query)
                .bind(session.to_string())
                .bind(&proposal.kind)
                .bind(proposal.at.ms as i64)
                .bind(listening_of(proposal.at, listenings)?)
                .execute(&mut *connection)
                .await
                .map_err(|error| self.failed(error))?;
        }
        if let Some(record) = change.record.as_ref().and_then(|altered| altered.after.as_ref()) {
            sqlx::query("UPDATE session SET record = ? WHERE id = ?")
                .bind(json("record", record)?)
                .bind(session.to_string())
                .execute(connection)
                .await
                .map_err(|error| self.failed(error))?;
        }
        Ok(())
    }

    async fn put_entry(
        &self,
        connection: &mut SqliteConnection,
        session: SessionId,
        entry: &Entry,
        listenings: &[ListeningId],
    ) -> Result<()> {
        let listening = |moment: Option<Moment>| moment.map(|moment| listening_of(moment, listenings)).transpose();
        let (from, to) = (entry.heard.map(|heard| heard.from), entry.heard.map(|heard| heard.to));
        let written = sqlx::query(
            "INSERT INTO entry (id, session_id, what, from_recording, from_ms, to_recording, to_ms)
             VALUES (?, ?, ?, (SELECT recording_id FROM listening WHERE id = ?), ?,
                     (SELECT recording_id FROM listening WHERE id = ?), ?)
             ON CONFLICT (id) DO UPDATE SET what = excluded.what,
                 from_recording = excluded.from_recording, from_ms = excluded.from_ms,
                 to_recording = excluded.to_recording, to_ms = excluded.to_ms
             WHERE session_id = excluded.session_id",
        )
        .bind(entry.id.to_string())
        .bind(session.to_string())
        .bind(json("entry", &entry.what)?)
        .bind(listening(from)?)
        .bind(from.map(|moment| moment.ms as i64))
        .bind(listening(to)?)
        .bind(to.map(|moment| moment.ms as i64))
        .execute(connection)
        .await
        .map_err(|error| self.failed(error))?;
        // The id is that of an entry of another session.
        if written.rows_affected() == 0 {
            return Err(Error::EditRefused { refusal: Refusal::Missing { id: entry.id.to_string() } });
        }
        Ok(())
    }
}

/// The listening of the part that a moment names.
fn listening_of(moment: Moment, listenings: &[ListeningId]) -> Result<String> {
    let missing = || Error::EditRefused { refusal: Refusal::Missing { id: format!("part {}", moment.part) } };
    listenings.get(moment.part as usize).map(ListeningId::to_string).ok_or_else(missing)
}

fn entry(row: &SqliteRow) -> Result<Entry> {
    let read = |error: sqlx::Error| damaged("entry", error);
    let moment = |part: &str, ms: &str| -> Result<Option<Moment>> {
        let part = row.try_get::<Option<u32>, _>(part).map_err(read)?;
        let ms = row.try_get::<Option<i64>, _>(ms).map_err(read)?;
        Ok(part.zip(ms).map(|(part, ms)| Moment { part, ms: ms as u64 }))
    };
    let id: String = row.try_get("id").map_err(read)?;
    let heard = moment("from_part", "from_ms")?.zip(moment("to_part", "to_ms")?);
    Ok(Entry {
        id: id.parse().map_err(|error| damaged("entry id", error))?,
        heard: heard.map(|(from, to)| Stretch { from, to }),
        what: parsed("entry", &row.try_get::<String, _>("what").map_err(read)?)?,
    })
}

fn refused_proposal(row: &SqliteRow) -> Result<RefusedProposal> {
    let read = |error: sqlx::Error| damaged("refused proposal", error);
    let (part, ms) = (row.try_get("position").map_err(read)?, row.try_get::<i64, _>("ms").map_err(read)? as u64);
    Ok(RefusedProposal { kind: row.try_get("kind").map_err(read)?, at: Moment { part, ms } })
}

#[cfg(test)]
mod tests;
