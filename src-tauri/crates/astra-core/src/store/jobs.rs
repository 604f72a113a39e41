//! Jobs: the work of listening to a session, kept so that it survives everything.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use sqlx::query::Query;
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Row, Sqlite, SqliteConnection};

use super::json::json;
use super::{Store, damaged};
use crate::clock;
use crate::error::{Error, Result};
use crate::export::Format;
use crate::id::{JobId, SessionId};

/// The work of listening to a session and writing its documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// The session it is for.
    pub session: SessionId,
    /// How far it is.
    pub state: JobState,
    /// What was wished for.
    pub wish: Wish,
    /// The error that ended it, as its JSON form.
    pub error: Option<serde_json::Value>,
    /// When it was made, in milliseconds since 1970 UTC.
    pub created_at_ms: i64,
    /// Whether somebody asked it to wait until it is asked to go on.
    pub paused: bool,
    /// How often it failed in a row with something that may pass.
    pub tries: u32,
    /// When it ended, in milliseconds since 1970 UTC.
    pub ended_at_ms: Option<i64>,
    /// When one that failed is tried again by itself, in milliseconds since 1970 UTC.
    pub retry_at_ms: Option<i64>,
}

/// Where a job is to stand in the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "place", rename_all = "snake_case")]
pub enum Place {
    /// Before all others.
    First,
    /// Behind all others.
    Last,
    /// Before another one.
    Before {
        /// Which.
        job: JobId,
    },
}

/// How far a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// Nobody works on it.
    Waiting,
    /// Somebody works on it, or did when the power went.
    Running,
    /// Everything was heard and written.
    Done,
    /// It ended with an error; it can be resumed.
    Failed,
    /// Somebody gave it up; what was heard is kept.
    Cancelled,
}

/// What is to become of the transcript.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// The folder for the documents.
    #[serde(with = "path_in_json")]
    pub out: PathBuf,
    /// Their formats.
    pub formats: Vec<Format>,
    /// How many threads the engine may use.
    pub threads: Option<usize>,
    /// Whether to keep a small copy of the sound; as the settings say otherwise.
    #[serde(default)]
    pub keep_copy: Option<bool>,
}

impl JobState {
    fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    pub(super) fn from_str(text: &str) -> Result<Self> {
        match text {
            "waiting" => Ok(Self::Waiting),
            "running" => Ok(Self::Running),
            "done" => Ok(Self::Done),
            "failed" => Ok(Self::Failed),
            "cancelled" => Ok(Self::Cancelled),
            other => Err(damaged("job state", other)),
        }
    }

    /// Whether there is work left in it.
    pub fn is_unfinished(self) -> bool {
        matches!(self, Self::Waiting | Self::Running | Self::Failed)
    }
}

impl Store {
    /// Makes a waiting job for a session.
    pub async fn add_job(&self, session: SessionId, wish: &Wish) -> Result<Job> {
        let job = Job::new(session, wish);
        let mut connection = self.pool.acquire().await.map_err(|error| self.failed(error))?;
        insert_job(&mut connection, &job).await?.map_err(|error| self.failed(error))?;
        Ok(job)
    }

    /// Every job, in the order of the queue. One that can't be read is failed and left out: it must not hold up
    /// the others.
    pub async fn jobs(&self) -> Result<Vec<Job>> {
        self.jobs_of(sqlx::query("SELECT * FROM job ORDER BY rank, id")).await
    }

    /// Every job that still has work left, in the order of the queue.
    pub async fn unfinished_jobs(&self) -> Result<Vec<Job>> {
        let state = "SELECT * FROM job WHERE state IN ('waiting', 'running', 'failed') ORDER BY rank, id";
        self.jobs_of(sqlx::query(state)).await
    }

    async fn jobs_of(&self, query: Query<'_, Sqlite, SqliteArguments>) -> Result<Vec<Job>> {
        let rows = query.fetch_all(&self.pool).await.map_err(|error| self.failed(error))?;
        let mut jobs = Vec::with_capacity(rows.len());
        for row in &rows {
            match job(row) {
                Ok(job) => jobs.push(job),
                Err(error) => self.fail_unreadable(row, &error).await?,
            }
        }
        Ok(jobs)
    }

    async fn fail_unreadable(&self, row: &SqliteRow, reason: &Error) -> Result<()> {
        tracing::error!(code = reason.code(), "a job cannot be read");
        let reason = serde_json::to_string(reason).map_err(|error| damaged("error", error))?;
        sqlx::query("UPDATE job SET state = 'failed', error = ? WHERE id = ? AND state IN ('waiting', 'running')")
            .bind(reason)
            .bind(row.try_get::<String, _>("id").map_err(|error| damaged("job", error))?)
            .execute(&self.pool)
            .await
            .map_err(|error| self.failed(error))?;
        Ok(())
    }

    /// One job.
    pub async fn job(&self, id: JobId) -> Result<Job> {
        let row = sqlx::query("SELECT * FROM job WHERE id = ?")
            .bind(id.to_string())
            .fetch_optional(&self.pool)
            .await
            .map_err(|error| self.failed(error))?;
        row.as_ref().map(job).unwrap_or_else(|| Err(Error::JobUnknown { id: id.to_string() }))
    }

    /// The job of a session that was made last, if any. Not the one with the latest id: the clock may have been set
    /// back since.
    pub async fn newest_job(&self, session: SessionId) -> Result<Option<Job>> {
        let newest =
            sqlx::query("SELECT * FROM job WHERE session_id = ? ORDER BY rowid DESC").bind(session.to_string());
        Ok(self.jobs_of(newest).await?.into_iter().next())
    }

    /// The newest job of a session when it still has work left.
    pub async fn unfinished_job(&self, session: SessionId) -> Result<Option<Job>> {
        Ok(self.newest_job(session).await?.filter(|job| job.state.is_unfinished()))
    }

    /// Puts the job into a new state, with the error that led there. A job that somebody gave up
    /// stays given up, whatever its program was doing at that moment.
    pub async fn set_job_state(&self, id: JobId, state: JobState, error: Option<&Error>) -> Result<()> {
        let error =
            error.map(|error| serde_json::to_string(error).map_err(|failure| damaged("error", failure))).transpose()?;
        let ended = (!matches!(state, JobState::Waiting | JobState::Running)).then(clock::now_ms);
        sqlx::query(
            "UPDATE job SET state = ?, error = ?, ended_at_ms = ?, retry_at_ms = NULL WHERE id = ? AND state <> 'cancelled'",
        )
            .bind(state.as_str())
            .bind(error)
            .bind(ended)
            .bind(id.to_string())
            .execute(&self.pool)
            .await
            .map_err(|error| self.failed(error))?;
        Ok(())
    }

    /// Ends a job with an error, for the `tries`th time in a row, until it is tried again. One that somebody gave up
    /// stays given up.
    pub async fn fail_job(&self, id: JobId, error: &Error, tries: u32, retry_at_ms: Option<i64>) -> Result<()> {
        sqlx::query(
            "UPDATE job SET state = 'failed', error = ?, ended_at_ms = ?, tries = ?, retry_at_ms = ?
             WHERE id = ? AND state <> 'cancelled'",
        )
        .bind(json("error", error)?)
        .bind(clock::now_ms())
        .bind(tries)
        .bind(retry_at_ms)
        .bind(id.to_string())
        .execute(&self.pool)
        .await
        .map_err(|error| self.failed(error))?;
        Ok(())
    }

    /// Asks a job to wait, or to go on. One that failed waits again then, and as if it had never failed.
    pub async fn set_paused(&self, id: JobId, paused: bool) -> Result<()> {
        sqlx::query(
            "UPDATE job SET paused = ?1, tries = CASE WHEN ?1 THEN tries ELSE 0 END,
                 retry_at_ms = CASE WHEN ?1 THEN retry_at_ms END,
                 state = CASE WHEN state = 'failed' AND ?1 = 0 THEN 'waiting' ELSE state END
             WHERE id = ?2",
        )
        .bind(paused)
        .bind(id.to_string())
        .execute(&self.pool)
        .await
        .map_err(|error| self.failed(error))?;
        Ok(())
    }

    /// Puts a job into another place of the queue.
    pub async fn move_job(&self, id: JobId, place: Place) -> Result<()> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(|error| self.failed(error))?;
        let id = id.to_string();
        let all: Vec<String> = sqlx::query_scalar("SELECT id FROM job ORDER BY rank, id")
            .fetch_all(&mut *transaction)
            .await
            .map_err(|error| self.failed(error))?;
        let mut order: Vec<&String> = all.iter().filter(|other| **other != id).collect();
        let at = match place {
            Place::First => Some(0),
            Place::Last => Some(order.len()),
            // Before itself: it stays where it was.
            Place::Before { job } if job.to_string() == id => all.iter().position(|other| *other == id),
            Place::Before { job } => order.iter().position(|other| **other == job.to_string()),
        };
        order.insert(at.unwrap_or(order.len()), &id);
        for (rank, id) in (0_i64..).zip(order) {
            sqlx::query("UPDATE job SET rank = ?1 WHERE id = ?2 AND rank <> ?1")
                .bind(rank)
                .bind(id)
                .execute(&mut *transaction)
                .await
                .map_err(|error| self.failed(error))?;
        }
        transaction.commit().await.map_err(|error| self.failed(error))
    }

    /// Keeps a new wish for a job that is resumed with another one.
    pub async fn set_wish(&self, id: JobId, wish: &Wish) -> Result<()> {
        sqlx::query("UPDATE job SET wish = ? WHERE id = ?")
            .bind(serde_json::to_string(wish).map_err(|error| damaged("wish", error))?)
            .bind(id.to_string())
            .execute(&self.pool)
            .await
            .map_err(|error| self.failed(error))?;
        Ok(())
    }
}

impl Job {
    /// A job that nobody works on yet.
    pub(super) fn new(session: SessionId, wish: &Wish) -> Self {
        Self {
            id: JobId::new(),
            session,
            state: JobState::Waiting,
            wish: wish.clone(),
            error: None,
            created_at_ms: clock::now_ms(),
            paused: false,
            tries: 0,
            ended_at_ms: None,
            retry_at_ms: None,
        }
    }
}

/// Inserts a job behind all others. The outer result is about the wish, the inner one about the database.
pub(super) async fn insert_job(connection: &mut SqliteConnection, job: &Job) -> Result<sqlx::Result<()>> {
    let wish = serde_json::to_string(&job.wish).map_err(|error| damaged("wish", error))?;
    let inserted = sqlx::query(
        "INSERT INTO job (id, session_id, state, wish, created_at_ms, rank)
             SELECT ?, ?, 'waiting', ?, ?, coalesce(max(rank) + 1, 0) FROM job",
    )
    .bind(job.id.to_string())
    .bind(job.session.to_string())
    .bind(wish)
    .bind(job.created_at_ms)
    .execute(connection)
    .await;
    Ok(inserted.map(drop))
}

/// A path in JSON: the operating system's own bytes, since names on old cards are not UTF-8.
mod path_in_json {
    use std::path::{Path, PathBuf};

    use serde::de::Error as _;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::store::recordings::{path_bytes, path_from};

    pub(super) fn serialize<S: Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
        path_bytes(path).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<PathBuf, D::Error> {
        path_from(Vec::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

fn job(row: &SqliteRow) -> Result<Job> {
    let read = |error: sqlx::Error| damaged("job", error);
    let text = |name: &str| row.try_get::<String, _>(name).map_err(read);
    let error: Option<String> = row.try_get("error").map_err(read)?;
    Ok(Job {
        id: text("id")?.parse().map_err(|error| damaged("job id", error))?,
        session: text("session_id")?.parse().map_err(|error| damaged("session id", error))?,
        state: JobState::from_str(&text("state")?)?,
        wish: serde_json::from_str(&text("wish")?).map_err(|error| damaged("wish", error))?,
        error: error.and_then(|json| serde_json::from_str(&json).ok()),
        created_at_ms: row.try_get("created_at_ms").map_err(read)?,
        paused: row.try_get("paused").map_err(read)?,
        tries: row.try_get("tries").map_err(read)?,
        ended_at_ms: row.try_get("ended_at_ms").map_err(read)?,
        retry_at_ms: row.try_get("retry_at_ms").map_err(read)?,
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{a_session, store};
    use super::*;

    #[tokio::test]
    async fn a_job_that_cannot_be_read_holds_up_no_other() {
        let (_place, store) = store().await;
        let (broken, whole) = (a_session(&store).await.session.id, a_session(&store).await.session.id);
        let job = store.unfinished_job(broken).await.unwrap().unwrap();
        sqlx::query("UPDATE job SET wish = '{' WHERE id = ?")
            .bind(job.id.to_string())
            .execute(&store.pool)
            .await
            .unwrap();
        let jobs = store.jobs().await.unwrap();
        assert_eq!(jobs.iter().map(|job| job.session).collect::<Vec<_>>(), [whole]);
        let row = store.row(broken).await.unwrap().unwrap().job.unwrap();
        assert_eq!((row.state, row.error.unwrap()["code"].as_str()), (JobState::Failed, Some("database")));
    }

    /// The sessions' jobs, in the order in which they run.
    async fn order(store: &Store) -> Vec<JobId> {
        store.jobs().await.unwrap().into_iter().map(|job| job.id).collect()
    }

    #[tokio::test]
    async fn a_job_runs_where_it_was_moved_to_and_a_new_one_last() {
        let (_place, store) = store().await;
        let mut jobs = Vec::new();
        for _ in 0..3 {
            let session = a_session(&store).await.session.id;
            jobs.push(store.unfinished_job(session).await.unwrap().unwrap().id);
        }
        let [one, two, three] = jobs[..] else { panic!("{jobs:?}") };
        store.move_job(three, Place::First).await.unwrap();
        assert_eq!(order(&store).await, [three, one, two]);
        store.move_job(two, Place::Before { job: one }).await.unwrap();
        assert_eq!(order(&store).await, [three, two, one]);
        store.move_job(two, Place::Before { job: two }).await.unwrap();
        assert_eq!(order(&store).await, [three, two, one]);
        store.move_job(three, Place::Last).await.unwrap();
        assert_eq!(order(&store).await, [two, one, three]);
        let session = a_session(&store).await.session.id;
        let four = store.unfinished_job(session).await.unwrap().unwrap().id;
        assert_eq!(order(&store).await, [two, one, three, four]);
    }

    #[tokio::test]
    async fn the_newest_job_is_the_one_made_last_although_the_clock_was_set_back() {
        let (_place, store) = store().await;
        let session = a_session(&store).await.session.id;
        let first = store.unfinished_job(session).await.unwrap().unwrap();
        store.set_job_state(first.id, JobState::Done, None).await.unwrap();
        let from_before = Job { id: "00000000-0000-7000-8000-000000000000".parse().unwrap(), ..first };
        let mut connection = store.pool.acquire().await.unwrap();
        insert_job(&mut connection, &from_before).await.unwrap().unwrap();
        drop(connection);
        assert_eq!(store.unfinished_job(session).await.unwrap().unwrap().id, from_before.id);
        assert_eq!(store.row(session).await.unwrap().unwrap().job.unwrap().id, from_before.id);
    }

    #[tokio::test]
    async fn a_failed_job_is_still_unfinished_and_a_cancelled_one_is_not() {
        let (_place, store) = store().await;
        let session = a_session(&store).await.session.id;
        let job = store.unfinished_job(session).await.unwrap().unwrap();
        let error = Error::DiskFull { path: "/tmp".to_owned() };
        store.set_job_state(job.id, JobState::Failed, Some(&error)).await.unwrap();
        let found = store.unfinished_job(session).await.unwrap().unwrap();
        assert_eq!(found.error.unwrap()["code"], "disk_full");
        store.set_job_state(job.id, JobState::Cancelled, None).await.unwrap();
        assert_eq!(store.unfinished_job(session).await.unwrap(), None);
        store.set_job_state(job.id, JobState::Done, None).await.unwrap();
        assert_eq!(store.job(job.id).await.unwrap().state, JobState::Cancelled);
    }
}
