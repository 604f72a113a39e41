//! The journals of sessions that become one or two. Whatever was edited before is taken back afterwards as
//! it would have been, since edits hold places in recordings: each goes where its recordings go.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::Row;
use sqlx::sqlite::SqliteConnection;

use super::json::{json, parsed};
use super::{Store, damaged};
use crate::error::Result;
use crate::id::{EntryId, ListeningId, SessionId, SpeakerId};
use crate::minutes::Moment;
use crate::transcript::Change;

/// What moves when a session becomes two.
pub(super) struct Moving {
    /// The session that stays.
    pub(super) session: SessionId,
    /// The new one.
    pub(super) new: SessionId,
    /// The listenings that stay, in order, and how long what was recorded there is, in milliseconds.
    pub(super) stay: Vec<(ListeningId, u64)>,
    /// The listenings that the new one gets.
    pub(super) go: BTreeSet<ListeningId>,
}

/// An edit as far as it has to be known to be divided.
struct Made {
    number: i64,
    change: Change,
    listenings: Vec<ListeningId>,
}

/// What each session keeps of an edit.
struct Halves {
    number: i64,
    stays: Change,
    goes: Change,
}

impl Store {
    /// Makes the journal of `later` part of that of `earlier`, in the order in which the edits were made. What
    /// was undone in either can no longer be made again, as after any edit.
    pub(super) async fn join_histories(
        &self,
        connection: &mut SqliteConnection,
        earlier: SessionId,
        later: SessionId,
    ) -> Result<()> {
        let (first, second) = (self.made_at(connection, earlier).await?, self.made_at(connection, later).await?);
        let (mut ours, mut theirs) = (first.into_iter().peekable(), second.into_iter().peekable());
        // Each keeps its own order, whatever the clock did; numbers below 0 are free meanwhile.
        for place in 1_i64.. {
            let from_later = match (ours.peek(), theirs.peek()) {
                (None, None) => break,
                (Some((_, one)), Some((_, other))) => other < one,
                (ours, _) => ours.is_none(),
            };
            let (session, next) = if from_later { (later, theirs.next()) } else { (earlier, ours.next()) };
            let number = next.map_or(0, |(number, _)| number);
            sqlx::query("UPDATE edit SET session_id = ?, number = ? WHERE session_id = ? AND number = ?")
                .bind(earlier.to_string())
                .bind(-place)
                .bind(session.to_string())
                .bind(number)
                .execute(&mut *connection)
                .await
                .map_err(|error| self.failed(error))?;
        }
        sqlx::query(
            "UPDATE edit SET number = -number, state = CASE state WHEN 'undone' THEN 'dropped' ELSE state END
             WHERE session_id = ?",
        )
        .bind(earlier.to_string())
        .execute(connection)
        .await
        .map_err(|error| self.failed(error))?;
        Ok(())
    }

    /// Divides the journal of a session that became two, and gives the new one ids of its own for whoever speaks
    /// in it. Parts, entries and refusals have been given out already.
    pub(super) async fn split_history(&self, connection: &mut SqliteConnection, moving: &Moving) -> Result<()> {
        let halves: Vec<Halves> =
            self.made(connection, moving.session).await?.into_iter().map(|made| moving.halves(made)).collect();
        let mut voices = self.voices_of(connection, moving.new).await?;
        voices.extend(halves.iter().flat_map(|half| half.goes.voices()));
        let speakers: BTreeMap<SpeakerId, SpeakerId> = voices.into_iter().map(|id| (id, SpeakerId::new())).collect();
        // An entry that was moved from one side to the other is one in each from now on.
        let stay: BTreeSet<EntryId> = halves.iter().flat_map(|half| half.stays.stated()).collect();
        let go: BTreeSet<EntryId> = halves.iter().flat_map(|half| half.goes.stated()).collect();
        let entries: BTreeMap<EntryId, EntryId> = go.intersection(&stay).map(|id| (*id, EntryId::new())).collect();
        self.own_ids(connection, moving, &speakers, &entries).await?;
        for Halves { number, stays, mut goes } in halves {
            goes.with_speakers(&speakers);
            goes.with_entries(&entries);
            if !goes.is_empty() {
                self.put_half(connection, moving, number, &goes).await?;
            }
            let query = match stays.is_empty() {
                true => "DELETE FROM edit WHERE session_id = ?1 AND number = ?2",
                false => {
                    "UPDATE edit SET change = ?3, state = CASE state WHEN 'undone' THEN 'dropped' ELSE state END
                     WHERE session_id = ?1 AND number = ?2"
                }
            };
            sqlx::query(query)
                .bind(moving.session.to_string())
                .bind(number)
                .bind(json("edit", &stays)?)
                .execute(&mut *connection)
                .await
                .map_err(|error| self.failed(error))?;
        }
        Ok(())
    }

    async fn put_half(
        &self,
        connection: &mut SqliteConnection,
        moving: &Moving,
        number: i64,
        goes: &Change,
    ) -> Result<()> {
        sqlx::query(
            "INSERT INTO edit (session_id, number, edit, change, listenings, state, made_at_ms, undone_at_ms)
             SELECT ?1, number, edit, ?2, listenings, CASE state WHEN 'undone' THEN 'dropped' ELSE state END,
                    made_at_ms, undone_at_ms
             FROM edit WHERE session_id = ?3 AND number = ?4",
        )
        .bind(moving.new.to_string())
        .bind(json("edit", goes)?)
        .bind(moving.session.to_string())
        .bind(number)
        .execute(connection)
        .await
        .map_err(|error| self.failed(error))?;
        Ok(())
    }

    /// Copies speakers under their new ids, as far as there are such, and calls them and entries so.
    async fn own_ids(
        &self,
        connection: &mut SqliteConnection,
        moving: &Moving,
        speakers: &BTreeMap<SpeakerId, SpeakerId>,
        entries: &BTreeMap<EntryId, EntryId>,
    ) -> Result<()> {
        let queries = speakers.iter().flat_map(|(was, is)| {
            [
                "INSERT INTO speaker (id, session_id, name, role, colour)
                 SELECT ?1, ?3, name, role, colour FROM speaker WHERE id = ?2",
                "UPDATE segment SET speaker_id = ?1 WHERE speaker_id = ?2
                 AND listening_id IN (SELECT listening_id FROM part WHERE session_id = ?3)",
            ]
            .map(|query| (query, is.to_string(), was.to_string()))
        });
        let entries = entries.iter().map(|(was, is)| {
            ("UPDATE entry SET id = ?1 WHERE id = ?2 AND session_id = ?3", is.to_string(), was.to_string())
        });
        for (query, is, was) in queries.chain(entries) {
            sqlx::query(query)
                .bind(is)
                .bind(was)
                .bind(moving.new.to_string())
                .execute(&mut *connection)
                .await
                .map_err(|error| self.failed(error))?;
        }
        Ok(())
    }

    /// Whoever speaks in a session's segments.
    async fn voices_of(&self, connection: &mut SqliteConnection, session: SessionId) -> Result<BTreeSet<SpeakerId>> {
        let ids: Vec<String> = sqlx::query_scalar(
            "SELECT DISTINCT speaker_id FROM segment JOIN part ON part.listening_id = segment.listening_id
             WHERE part.session_id = ? AND speaker_id IS NOT NULL",
        )
        .bind(session.to_string())
        .fetch_all(connection)
        .await
        .map_err(|error| self.failed(error))?;
        ids.iter().map(|id| id.parse().map_err(|error| damaged("speaker id", error))).collect()
    }

    /// The numbers of a session's edits, and when they were made.
    async fn made_at(&self, connection: &mut SqliteConnection, session: SessionId) -> Result<Vec<(i64, i64)>> {
        sqlx::query_as("SELECT number, made_at_ms FROM edit WHERE session_id = ? ORDER BY number")
            .bind(session.to_string())
            .fetch_all(connection)
            .await
            .map_err(|error| self.failed(error))
    }

    async fn made(&self, connection: &mut SqliteConnection, session: SessionId) -> Result<Vec<Made>> {
        let rows = sqlx::query("SELECT number, change, listenings FROM edit WHERE session_id = ? ORDER BY number")
            .bind(session.to_string())
            .fetch_all(connection)
            .await
            .map_err(|error| self.failed(error))?;
        let read = |error: sqlx::Error| damaged("edit", error);
        rows.iter()
            .map(|row| {
                Ok(Made {
                    number: row.try_get("number").map_err(read)?,
                    change: parsed("edit", &row.try_get::<String, _>("change").map_err(read)?)?,
                    listenings: parsed("edit", &row.try_get::<String, _>("listenings").map_err(read)?)?,
                })
            })
            .collect()
    }
}

impl Moving {
    fn halves(&self, made: Made) -> Halves {
        let goes = |part: Option<u32>| {
            let listening = part.and_then(|part| made.listenings.get(part as usize));
            listening.is_some_and(|listening| self.go.contains(listening))
        };
        let mut stays = made.change.of_parts(|part| !goes(part));
        let last = self.stay.iter().rev().find_map(|(listening, length_ms)| {
            let part = made.listenings.iter().position(|one| one == listening)?;
            Some(Moment { part: part as u32, ms: *length_ms })
        });
        if let Some(end) = last {
            stays.ending(end, |part| !goes(part));
        }
        Halves { number: made.number, stays, goes: made.change.of_parts(goes) }
    }
}
