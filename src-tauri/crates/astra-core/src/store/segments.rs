//! Segments and speakers: what the secretary sees and changes.

use sqlx::Row;
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::chunks::stored_chunk;
use super::json::{json, parsed};
use super::{Store, damaged};
use crate::error::Result;
use crate::id::{ListeningId, SegmentId, SessionId, SpeakerId};
use crate::minutes::{Entry, Minutes};
use crate::sessions::{Outcome, StoredChunk, documents};
use crate::transcript::{Growing, Mark, Scene, Segment, Speaker, Utterance, grow};
use crate::vocabulary::Speller;

/// The segments of sessions: what may come before the query, and its condition. [`segments`] puts them in order:
/// SQLite would copy every row to do so, which is a third of the time to open a long session.
macro_rules! select {
    ($with:literal, $condition:literal) => {
        concat!(
            $with,
            " SELECT segment.id, serial, position, start_ms, end_ms, text, times, unsure, respelled, faults, doubtful,
                     speaker_id, mark, touched
              FROM part JOIN segment ON segment.listening_id = part.listening_id WHERE ",
            $condition
        )
    };
}

/// What can be seen of a session's text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Seen {
    /// How many changes were made to it.
    pub revision: u64,
    /// Segments and speakers.
    pub scene: Scene,
    /// Hand it back to see what is new since.
    pub serial: i64,
}

impl Store {
    /// Makes segments of what was heard since this was last done, as far as they are certain.
    /// Returns how many there are and what is not certain yet.
    pub async fn settle(&self, listening: ListeningId, part: u32) -> Result<(usize, Option<Utterance>)> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(|error| self.failed(error))?;
        let row = sqlx::query(
            "SELECT settled_chunk, settled_word, settled_ms, settled, finished_at_ms IS NOT NULL AS heard
             FROM listening WHERE id = ?",
        )
        .bind(listening.to_string())
        .fetch_optional(&mut *transaction)
        .await
        .map_err(|error| self.failed(error))?;
        let Some(row) = row else { return Ok((0, None)) };
        let (from, settled, heard) = growing(&row)?;
        if settled {
            return Ok((0, None));
        }
        let first = from.chunk.saturating_sub(1);
        let rows = sqlx::query("SELECT * FROM chunk WHERE listening_id = ? AND position >= ? ORDER BY position")
            .bind(listening.to_string())
            .bind(first)
            .fetch_all(&mut *transaction)
            .await
            .map_err(|error| self.failed(error))?;
        let chunks: Vec<StoredChunk> = rows.iter().map(stored_chunk).collect::<Result<_>>()?;
        let known =
            (first..).zip(&chunks).take_while(|(at, chunk)| *at == chunk.index && chunk.outcome != Outcome::Waiting);
        let hearings: Vec<_> = known.map(|(_, chunk)| documents::hearing(chunk)).collect();
        let complete = heard && hearings.len() == chunks.len();
        let minutes = self.minutes_with(&mut transaction, listening).await?;
        let reserved: Vec<_> = minutes.entries.iter().filter_map(Entry::reserves).collect();
        let mut grown = grow(listening, part, from, hearings, complete).reserving(&reserved);
        if grown.settled.is_empty() && !complete {
            return Ok((0, grown.tail));
        }
        let speller = self.speller(&mut transaction, &minutes).await?;
        grown.settled.iter_mut().for_each(|(_, segment)| speller.respell(segment));
        for (begins, segment) in &grown.settled {
            insert(&mut transaction, listening, segment, Some(begins)).await?.map_err(|error| self.failed(error))?;
        }
        sqlx::query(
            "UPDATE listening SET settled_chunk = ?, settled_word = ?, settled_ms = ?, settled = ? WHERE id = ?",
        )
        .bind(grown.reached.chunk)
        .bind(grown.reached.word)
        .bind(grown.reached.reached_ms as i64)
        .bind(complete)
        .bind(listening.to_string())
        .execute(&mut *transaction)
        .await
        .map_err(|error| self.failed(error))?;
        transaction.commit().await.map_err(|error| self.failed(error))?;
        Ok((grown.settled.len(), grown.tail))
    }

    /// One that knows how the names of a session are written.
    pub async fn speller_of(&self, session: SessionId) -> Result<Speller> {
        let mut connection = self.pool.acquire().await.map_err(|error| self.failed(error))?;
        let minutes = self.minutes_in(&mut connection, session).await?.minutes;
        self.speller(&mut connection, &minutes).await
    }

    /// One that knows the council's own words and everybody who sits in it or was there.
    async fn speller(&self, connection: &mut SqliteConnection, minutes: &Minutes) -> Result<Speller> {
        let terms = self.vocabulary_in(connection).await?;
        let roster = self.roster_in(connection).await?;
        let sitting = roster.iter().map(|one| (one.name.as_str(), one.instead_of.as_slice()));
        let record = &minutes.record;
        let there = record.attendance.iter().map(|one| &one.name).chain(record.guests.iter().map(|guest| &guest.name));
        Ok(Speller::new(&terms, sitting.chain(there.map(|name| (name.as_str(), &[][..])))))
    }

    /// Everybody who speaks in a session, in the order in which they were named.
    pub async fn speakers(&self, session: SessionId) -> Result<Vec<Speaker>> {
        let mut connection = self.pool.acquire().await.map_err(|error| self.failed(error))?;
        speakers(&mut connection, session).await?.map_err(|error| self.failed(error))
    }

    /// The text of a session and everybody who speaks in it.
    pub async fn seen(&self, session: SessionId) -> Result<Seen> {
        self.seen_after(session, 0).await
    }

    /// The same, with only the first so many segments, if they are of its first part.
    pub async fn seen_first(&self, session: SessionId, count: u32) -> Result<Seen> {
        self.seen_by(session, 0, Some(count)).await
    }

    /// The same, with only the segments that are newer than a serial.
    pub async fn seen_after(&self, session: SessionId, serial: i64) -> Result<Seen> {
        self.seen_by(session, serial, None).await
    }

    async fn seen_by(&self, session: SessionId, serial: i64, first: Option<u32>) -> Result<Seen> {
        let mut transaction = self.pool.begin().await.map_err(|error| self.failed(error))?;
        let revision: i64 = sqlx::query_scalar("SELECT revision FROM session WHERE id = ?")
            .bind(session.to_string())
            .fetch_one(&mut *transaction)
            .await
            .map_err(|error| self.failed(error))?;
        let all = select!("", "part.session_id = ? AND serial > ?");
        let in_order = select!(
            "",
            "part.session_id = ? AND serial > ? AND position = 0 ORDER BY start_ms, end_ms, segment.id LIMIT ?"
        );
        let of = |sql| sqlx::query(sql).bind(session.to_string()).bind(serial);
        let rows = first
            .map_or_else(|| of(all), |first| of(in_order).bind(first))
            .fetch_all(&mut *transaction)
            .await
            .map_err(|error| self.failed(error))?;
        let speakers = speakers(&mut transaction, session).await?.map_err(|error| self.failed(error))?;
        let mut newest = serial;
        for row in &rows {
            newest = newest.max(row.try_get("serial").map_err(|error| self.failed(error))?);
        }
        let segments = segments(&rows)?;
        Ok(Seen { revision: revision as u64, scene: Scene { segments, speakers, ..Scene::default() }, serial: newest })
    }
}

/// What an edit needs to see: the segments it names with their neighbours, or all, and all
/// speakers. The outer result is about what the rows hold, the inner one about the database.
pub(super) async fn scene(
    connection: &mut SqliteConnection,
    session: SessionId,
    named: Option<&[SegmentId]>,
) -> Result<sqlx::Result<Scene>> {
    let rows = match named {
        None => {
            sqlx::query(select!("", "part.session_id = ?"))
                .bind(session.to_string())
                .fetch_all(&mut *connection)
                .await
        }
        // Only edits of a single segment look at its neighbours.
        Some([id]) => {
            sqlx::query(select!(
                "WITH one AS (SELECT listening_id AS listening, start_ms AS at, serial AS this FROM segment WHERE id = ?2)",
                "part.session_id = ?1 AND serial IN (
                     SELECT this FROM one
                     UNION SELECT * FROM (SELECT serial FROM segment, one WHERE listening_id = listening AND start_ms < at
                                          ORDER BY start_ms DESC LIMIT 1)
                     UNION SELECT * FROM (SELECT serial FROM segment, one WHERE listening_id = listening AND start_ms > at
                                          ORDER BY start_ms LIMIT 1)
                 )"
            ))
            .bind(session.to_string())
            .bind(id.to_string())
            .fetch_all(&mut *connection)
            .await
        }
        Some(ids) => {
            let ids: Vec<String> = ids.iter().map(SegmentId::to_string).collect();
            sqlx::query(select!("", "part.session_id = ? AND segment.id IN (SELECT value FROM json_each(?))"))
            .bind(session.to_string())
            .bind(json("segment", &ids)?)
            .fetch_all(&mut *connection)
            .await
        }
    };
    let rows = match rows {
        Ok(rows) => rows,
        Err(error) => return Ok(Err(error)),
    };
    let segments = segments(&rows)?;
    Ok(speakers(connection, session).await?.map(|speakers| Scene { segments, speakers, ..Scene::default() }))
}

/// Everybody who speaks in a session, in the order in which they were named.
pub(super) async fn speakers(
    connection: &mut SqliteConnection,
    session: SessionId,
) -> Result<sqlx::Result<Vec<Speaker>>> {
    let rows = sqlx::query("SELECT * FROM speaker WHERE session_id = ? ORDER BY id")
        .bind(session.to_string())
        .fetch_all(connection)
        .await;
    match rows {
        Ok(rows) => Ok(Ok(rows.iter().map(speaker).collect::<Result<_>>()?)),
        Err(error) => Ok(Err(error)),
    }
}

/// Puts a segment there, unless its place is taken: by one that somebody touched before the same
/// words were heard again.
pub(super) async fn insert(
    connection: &mut SqliteConnection,
    listening: ListeningId,
    segment: &Segment,
    begins: Option<&Growing>,
) -> Result<sqlx::Result<()>> {
    let inserted = sqlx::query(
        "INSERT INTO segment (id, listening_id, chunk, word, start_ms, end_ms, text, times, unsure, respelled, faults,
                              doubtful, speaker_id, mark, touched)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
    )
    .bind(segment.id.to_string())
    .bind(listening.to_string())
    .bind(begins.map(|begins| begins.chunk))
    .bind(begins.map(|begins| begins.word))
    .bind(segment.start_ms as i64)
    .bind(segment.end_ms as i64)
    .bind(&segment.text)
    .bind(json("segment", &segment.times)?)
    .bind(json("segment", &segment.unsure)?)
    .bind(json("segment", &segment.respelled)?)
    .bind(json("segment", &segment.faults)?)
    .bind(segment.doubtful)
    .bind(segment.speaker.map(|speaker| speaker.to_string()))
    .bind(segment.mark.map(mark_name))
    .bind(segment.touched)
    .execute(connection)
    .await;
    Ok(inserted.map(drop))
}

/// Makes a segment that is there what `segment` says.
pub(super) async fn update(connection: &mut SqliteConnection, segment: &Segment) -> Result<sqlx::Result<()>> {
    let updated = sqlx::query(
        "UPDATE segment SET start_ms = ?, end_ms = ?, text = ?, times = ?, unsure = ?, respelled = ?, faults = ?,
                            doubtful = ?, speaker_id = ?, mark = ?, touched = ? WHERE id = ?",
    )
    .bind(segment.start_ms as i64)
    .bind(segment.end_ms as i64)
    .bind(&segment.text)
    .bind(json("segment", &segment.times)?)
    .bind(json("segment", &segment.unsure)?)
    .bind(json("segment", &segment.respelled)?)
    .bind(json("segment", &segment.faults)?)
    .bind(segment.doubtful)
    .bind(segment.speaker.map(|speaker| speaker.to_string()))
    .bind(segment.mark.map(mark_name))
    .bind(segment.touched)
    .bind(segment.id.to_string())
    .execute(connection)
    .await;
    Ok(updated.map(drop))
}

/// Takes back the segments that rest on chunk `chunk` of a listening or a later one, since those
/// are going to be cut or heard again. What somebody touched stays.
pub(super) async fn unsettle(
    connection: &mut SqliteConnection,
    listening: ListeningId,
    chunk: u32,
) -> sqlx::Result<()> {
    // A segment of the chunk before may run on into this one.
    let first = sqlx::query(
        "SELECT chunk, word FROM segment WHERE listening_id = ? AND chunk >= ? AND touched = 0
         ORDER BY chunk, word LIMIT 1",
    )
    .bind(listening.to_string())
    .bind(chunk.saturating_sub(1))
    .fetch_optional(&mut *connection)
    .await?;
    let Some(first) = first else {
        sqlx::query("UPDATE listening SET settled = 0 WHERE id = ?")
            .bind(listening.to_string())
            .execute(connection)
            .await?;
        return Ok(());
    };
    let (at, word): (u32, u32) = (first.try_get("chunk")?, first.try_get("word")?);
    sqlx::query("DELETE FROM segment WHERE listening_id = ? AND chunk >= ? AND touched = 0")
        .bind(listening.to_string())
        .bind(chunk.saturating_sub(1))
        .execute(&mut *connection)
        .await?;
    sqlx::query(
        "UPDATE listening SET settled_chunk = ?1, settled_word = ?2, settled = 0,
             settled_ms = coalesce((SELECT max(start_ms) FROM segment WHERE listening_id = ?3 AND chunk IS NOT NULL
                                    AND (chunk, word) < (?1, ?2)), 0)
         WHERE id = ?3",
    )
    .bind(at)
    .bind(word)
    .bind(listening.to_string())
    .execute(connection)
    .await?;
    Ok(())
}

fn growing(row: &SqliteRow) -> Result<(Growing, bool, bool)> {
    let read = |error: sqlx::Error| damaged("listening", error);
    let growing = Growing {
        chunk: row.try_get("settled_chunk").map_err(read)?,
        word: row.try_get("settled_word").map_err(read)?,
        reached_ms: row.try_get::<i64, _>("settled_ms").map_err(read)? as u64,
    };
    Ok((growing, row.try_get("settled").map_err(read)?, row.try_get("heard").map_err(read)?))
}

/// In session order.
fn segments(rows: &[SqliteRow]) -> Result<Vec<Segment>> {
    let mut segments: Vec<Segment> = rows.iter().map(segment).collect::<Result<_>>()?;
    segments.sort_by_key(|segment| (segment.part, segment.start_ms, segment.end_ms, segment.id));
    Ok(segments)
}

fn segment(row: &SqliteRow) -> Result<Segment> {
    let read = |error: sqlx::Error| damaged("segment", error);
    let text = |name: &str| row.try_get::<String, _>(name).map_err(read);
    let speaker: Option<String> = row.try_get("speaker_id").map_err(read)?;
    let mark: Option<String> = row.try_get("mark").map_err(read)?;
    Ok(Segment {
        id: text("id")?.parse().map_err(|error| damaged("segment id", error))?,
        part: row.try_get("position").map_err(read)?,
        start_ms: row.try_get::<i64, _>("start_ms").map_err(read)? as u64,
        end_ms: row.try_get::<i64, _>("end_ms").map_err(read)? as u64,
        text: text("text")?,
        times: parsed("segment", &text("times")?)?,
        unsure: parsed("segment", &text("unsure")?)?,
        respelled: parsed("segment", &text("respelled")?)?,
        faults: parsed("segment", &text("faults")?)?,
        doubtful: row.try_get("doubtful").map_err(read)?,
        speaker: speaker.map(|id| id.parse::<SpeakerId>().map_err(|error| damaged("speaker id", error))).transpose()?,
        mark: mark.map(|mark| parsed("segment", &format!("\"{mark}\""))).transpose()?,
        touched: row.try_get("touched").map_err(read)?,
    })
}

fn speaker(row: &SqliteRow) -> Result<Speaker> {
    let read = |error: sqlx::Error| damaged("speaker", error);
    let id: String = row.try_get("id").map_err(read)?;
    Ok(Speaker {
        id: id.parse().map_err(|error| damaged("speaker id", error))?,
        name: row.try_get("name").map_err(read)?,
        role: row.try_get("role").map_err(read)?,
        colour: row.try_get("colour").map_err(read)?,
    })
}

fn mark_name(mark: Mark) -> &'static str {
    match mark {
        Mark::Inaudible => "inaudible",
        Mark::Reserved => "reserved",
    }
}
