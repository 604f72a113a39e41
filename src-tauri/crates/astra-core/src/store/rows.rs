//! Sessions as the list shows them, all with one query.

use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::json::{completed, json};
use super::{JobState, Store, damaged};
use crate::error::{Error, Result};
use crate::id::{JobId, SessionId};
use crate::minutes::Record;

/// What the store knows of a session for the list.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredRow {
    /// Its id.
    pub id: SessionId,
    /// What the secretary calls it.
    pub title: String,
    /// When it was brought in, in milliseconds since 1970 UTC.
    pub created_at_ms: i64,
    /// When its first recording began, as far as that is known.
    pub started_at_ms: Option<i64>,
    /// What the sitting was.
    pub record: Record,
    /// How many recordings it has.
    pub recordings: u32,
    /// How long they are together, as far as their containers say.
    pub duration_ms: Option<u64>,
    /// How much of that has been heard, in milliseconds.
    pub heard_ms: u64,
    /// Whether all was heard.
    pub heard: bool,
    /// Passages the machine was unsure of.
    pub doubts: u32,
    /// SHA-256 of its only recording.
    pub sha256: Option<String>,
    /// Its newest job.
    pub job: Option<RowJob>,
    /// The error that keeps its documents from the folder of choice, as its JSON form.
    pub undelivered: Option<serde_json::Value>,
}

/// A session's newest job.
#[derive(Debug, Clone, PartialEq)]
pub struct RowJob {
    /// Its id.
    pub id: JobId,
    /// How far it is.
    pub state: JobState,
    /// Whether somebody asked it to wait.
    pub paused: bool,
    /// The error that ended it, as its JSON form.
    pub error: Option<serde_json::Value>,
    /// When it is tried again by itself, in milliseconds since 1970 UTC.
    pub retry_at_ms: Option<i64>,
}

/// The query, ended as each asker needs it.
macro_rules! select {
    ($ending:literal) => {
        concat!(
            "
    SELECT session.*, count(*) AS recordings, min(recording.started_at_ms) AS started_at_ms,
           CASE WHEN count(coalesce(duration_ms, claimed_ms)) = count(*)
                THEN sum(coalesce(duration_ms, claimed_ms)) END AS duration_ms,
           min(listening.finished_at_ms IS NOT NULL) AS heard,
           -- A listening that has not ended was heard as far as its last chunk that was; 16 samples
           -- are a millisecond.
           sum(CASE WHEN listening.finished_at_ms IS NOT NULL THEN coalesce(duration_ms, 0)
               ELSE coalesce((SELECT end_sample / 16 FROM chunk WHERE listening_id = listening.id AND state <> 'cut'
                              ORDER BY chunk.position DESC LIMIT 1), 0) END) AS heard_ms,
           sum((SELECT count(*) FROM segment WHERE listening_id = listening.id AND doubtful = 1)) AS doubts,
           CASE WHEN count(*) = 1 THEN max(recording.sha256) END AS sha256,
           job.id AS job_id, job.state AS job_state, job.paused AS job_paused, job.error AS job_error,
           job.retry_at_ms AS job_retry_at_ms, delivery.error AS undelivered
    FROM session
    JOIN part ON part.session_id = session.id
    JOIN recording ON recording.id = part.recording_id
    JOIN listening ON listening.id = part.listening_id
    LEFT JOIN job ON job.rowid = (SELECT max(rowid) FROM job AS every WHERE every.session_id = session.id)
    LEFT JOIN delivery ON delivery.session_id = session.id
    ",
            $ending
        )
    };
}

impl Store {
    /// Every session for the list, newest first.
    pub async fn rows(&self) -> Result<Vec<StoredRow>> {
        sqlx::query(select!("GROUP BY session.id ORDER BY session.id DESC"))
            .fetch_all(&self.pool)
            .await
            .map_err(|error| self.failed(error))?
            .iter()
            .map(stored_row)
            .collect()
    }

    /// These sessions for the list, in no order.
    pub async fn rows_of(&self, sessions: &[SessionId]) -> Result<Vec<StoredRow>> {
        sqlx::query(select!("WHERE session.id IN (SELECT value FROM json_each(?)) GROUP BY session.id"))
            .bind(json("session ids", &sessions)?)
            .fetch_all(&self.pool)
            .await
            .map_err(|error| self.failed(error))?
            .iter()
            .map(stored_row)
            .collect()
    }

    /// One session for the list; none when it is not there.
    pub async fn row(&self, session: SessionId) -> Result<Option<StoredRow>> {
        let row = sqlx::query(select!("WHERE session.id = ? GROUP BY session.id"))
            .bind(session.to_string())
            .fetch_optional(&self.pool)
            .await
            .map_err(|error| self.failed(error))?;
        row.as_ref().map(stored_row).transpose()
    }

    /// What a session is called; empty when it is not there.
    pub async fn title(&self, session: SessionId) -> Result<String> {
        let title = sqlx::query_scalar("SELECT title FROM session WHERE id = ?")
            .bind(session.to_string())
            .fetch_optional(&self.pool)
            .await
            .map_err(|error| self.failed(error))?;
        Ok(title.unwrap_or_default())
    }

    /// Gives a session another title.
    pub async fn set_title(&self, session: SessionId, title: &str) -> Result<()> {
        sqlx::query("UPDATE session SET title = ? WHERE id = ?")
            .bind(title)
            .bind(session.to_string())
            .execute(&self.pool)
            .await
            .map_err(|error| self.failed(error))?;
        Ok(())
    }

    /// What the sitting was.
    pub async fn record(&self, session: SessionId) -> Result<Record> {
        let record: Option<String> = sqlx::query_scalar("SELECT record FROM session WHERE id = ?")
            .bind(session.to_string())
            .fetch_optional(&self.pool)
            .await
            .map_err(|error| self.failed(error))?;
        record.map_or(Ok(Record::default()), |record| completed("record", &record))
    }

    /// Keeps what the secretary typed about the sitting.
    pub async fn set_record(&self, session: SessionId, record: &Record) -> Result<()> {
        sqlx::query("UPDATE session SET record = ? WHERE id = ?")
            .bind(json("record", record)?)
            .bind(session.to_string())
            .execute(&self.pool)
            .await
            .map_err(|error| self.failed(error))?;
        Ok(())
    }
}

fn stored_row(row: &SqliteRow) -> Result<StoredRow> {
    let read = |error: sqlx::Error| damaged("session", error);
    let id: String = row.try_get("id").map_err(read)?;
    let error = |name: &str| {
        let json: Option<String> = row.try_get(name).map_err(read)?;
        Ok::<Option<serde_json::Value>, Error>(json.and_then(|json| serde_json::from_str(&json).ok()))
    };
    let job: Option<String> = row.try_get("job_id").map_err(read)?;
    let job = match job {
        None => None,
        Some(id) => Some(RowJob {
            id: id.parse().map_err(|error| damaged("job id", error))?,
            state: JobState::from_str(&row.try_get::<String, _>("job_state").map_err(read)?)?,
            paused: row.try_get("job_paused").map_err(read)?,
            error: error("job_error")?,
            retry_at_ms: row.try_get("job_retry_at_ms").map_err(read)?,
        }),
    };
    Ok(StoredRow {
        id: id.parse().map_err(|error| damaged("session id", error))?,
        title: row.try_get("title").map_err(read)?,
        created_at_ms: row.try_get("created_at_ms").map_err(read)?,
        started_at_ms: row.try_get("started_at_ms").map_err(read)?,
        record: completed("record", &row.try_get::<String, _>("record").map_err(read)?)?,
        recordings: row.try_get("recordings").map_err(read)?,
        duration_ms: row.try_get::<Option<i64>, _>("duration_ms").map_err(read)?.map(|value| value as u64),
        heard_ms: row.try_get::<i64, _>("heard_ms").map_err(read)? as u64,
        heard: row.try_get("heard").map_err(read)?,
        doubts: row.try_get("doubts").map_err(read)?,
        sha256: row.try_get("sha256").map_err(read)?,
        job,
        undelivered: error("undelivered")?,
    })
}
