//! The log of what happened in watched folders, and the questions that only a person can answer.

use serde::{Deserialize, Serialize};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::json::{json, parsed};
use super::{Store, damaged};
use crate::clock;
use crate::error::Result;
use crate::id::{FolderId, RecordingId, SessionId};
use crate::watch::{Doubt, Happening};

/// How many lines the log keeps.
const KEPT: i64 = 5_000;

/// A line of the log as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredLine {
    /// Grows with every line.
    pub serial: i64,
    /// When, in milliseconds since 1970 UTC.
    pub at_ms: i64,
    /// In which folder.
    pub folder: Option<FolderId>,
    /// The file's path, or nothing.
    pub path: String,
    /// What happened.
    pub what: Happening,
    /// The session it led to.
    pub session: Option<SessionId>,
    /// What its sentence has places for.
    pub fields: Vec<(String, String)>,
}

/// A question as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredQuestion {
    /// Its number.
    pub serial: i64,
    /// When it came up, in milliseconds since 1970 UTC.
    pub asked_at_ms: i64,
    /// What it is about.
    pub about: Doubt,
    /// The earlier session.
    pub earlier: SessionId,
    /// The later one, if it was begun.
    pub later: Option<SessionId>,
    /// The files that it is about.
    pub files: Vec<AskedFile>,
}

/// A file that a question is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedFile {
    /// By which the ledger knows it.
    pub fingerprint: String,
    /// The recording beside which it was recorded, for microphones.
    pub beside: Option<RecordingId>,
}

impl Store {
    /// Writes a line into the log, and lets the oldest go.
    pub async fn write_log(
        &self,
        folder: FolderId,
        path: &str,
        what: Happening,
        session: Option<SessionId>,
        fields: &[(&str, &str)],
    ) -> Result<StoredLine> {
        let row = sqlx::query(
            "INSERT INTO watch_log (at_ms, folder_id, path, what, session_id, fields)
             VALUES (?1, (SELECT id FROM watched_folder WHERE id = ?2), ?3, ?4, (SELECT id FROM session WHERE id = ?5), ?6)
             RETURNING *",
        )
        .bind(clock::now_ms())
        .bind(folder.to_string())
        .bind(path)
        .bind(json("log", &what)?)
        .bind(session.map(|session| session.to_string()))
        .bind(json("log", &fields)?)
        .fetch_one(&self.pool)
        .await
        .map_err(|error| self.failed(error))?;
        let line = line(&row)?;
        sqlx::query("DELETE FROM watch_log WHERE serial <= ?")
            .bind(line.serial - KEPT)
            .execute(&self.pool)
            .await
            .map_err(|error| self.failed(error))?;
        Ok(line)
    }

    /// Lines of the log before a serial, the newest first.
    pub async fn log_before(&self, before: Option<i64>, limit: u32) -> Result<Vec<StoredLine>> {
        sqlx::query("SELECT * FROM watch_log WHERE serial < ? ORDER BY serial DESC LIMIT ?")
            .bind(before.unwrap_or(i64::MAX))
            .bind(limit)
            .fetch_all(&self.pool)
            .await
            .map_err(|error| self.failed(error))?
            .iter()
            .map(line)
            .collect()
    }

    /// Asks something, unless the same is being asked about these sessions: then its files are added.
    pub async fn ask(
        &self,
        about: Doubt,
        earlier: SessionId,
        later: Option<SessionId>,
        files: &[AskedFile],
    ) -> Result<()> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(|error| self.failed(error))?;
        let same = sqlx::query("SELECT * FROM watch_question WHERE earlier = ? AND later IS ?")
            .bind(earlier.to_string())
            .bind(later.map(|later| later.to_string()))
            .fetch_all(&mut *transaction)
            .await
            .map_err(|error| self.failed(error))?;
        let same: Vec<StoredQuestion> = same.iter().map(question).collect::<Result<_>>()?;
        match same.into_iter().find(|question| question.about.name() == about.name()) {
            Some(mut question) => {
                question.files.extend(files.iter().cloned());
                question.files.dedup();
                sqlx::query("UPDATE watch_question SET noticed = ? WHERE serial = ?")
                    .bind(json("question", &question.files)?)
                    .bind(question.serial)
                    .execute(&mut *transaction)
                    .await
                    .map_err(|error| self.failed(error))?;
            }
            None => {
                sqlx::query(
                    "INSERT INTO watch_question (asked_at_ms, about, earlier, later, noticed) VALUES (?, ?, ?, ?, ?)",
                )
                .bind(clock::now_ms())
                .bind(json("question", &about)?)
                .bind(earlier.to_string())
                .bind(later.map(|later| later.to_string()))
                .bind(json("question", &files)?)
                .execute(&mut *transaction)
                .await
                .map_err(|error| self.failed(error))?;
            }
        }
        transaction.commit().await.map_err(|error| self.failed(error))
    }

    /// The questions that wait, the oldest first.
    pub async fn questions(&self) -> Result<Vec<StoredQuestion>> {
        sqlx::query("SELECT * FROM watch_question ORDER BY serial")
            .fetch_all(&self.pool)
            .await
            .map_err(|error| self.failed(error))?
            .iter()
            .map(question)
            .collect()
    }

    /// Takes a question away that was answered; false when it was answered before.
    pub async fn close_question(&self, serial: i64) -> Result<bool> {
        let gone = sqlx::query("DELETE FROM watch_question WHERE serial = ?")
            .bind(serial)
            .execute(&self.pool)
            .await
            .map_err(|error| self.failed(error))?;
        Ok(gone.rows_affected() > 0)
    }
}

fn line(row: &SqliteRow) -> Result<StoredLine> {
    let read = |error: sqlx::Error| damaged("log", error);
    let text = |name: &str| row.try_get::<String, _>(name).map_err(read);
    let folder: Option<String> = row.try_get("folder_id").map_err(read)?;
    Ok(StoredLine {
        serial: row.try_get("serial").map_err(read)?,
        at_ms: row.try_get("at_ms").map_err(read)?,
        folder: folder.map(|id| id.parse().map_err(|error| damaged("folder id", error))).transpose()?,
        path: text("path")?,
        what: parsed("log", &text("what")?)?,
        session: session(row, "session_id")?,
        fields: parsed("log", &text("fields")?)?,
    })
}

fn question(row: &SqliteRow) -> Result<StoredQuestion> {
    let read = |error: sqlx::Error| damaged("question", error);
    Ok(StoredQuestion {
        serial: row.try_get("serial").map_err(read)?,
        asked_at_ms: row.try_get("asked_at_ms").map_err(read)?,
        about: parsed("question", &row.try_get::<String, _>("about").map_err(read)?)?,
        earlier: session(row, "earlier")?.ok_or_else(|| damaged("question", "it is about no session"))?,
        later: session(row, "later")?,
        files: parsed("question", &row.try_get::<String, _>("noticed").map_err(read)?)?,
    })
}

fn session(row: &SqliteRow, column: &str) -> Result<Option<SessionId>> {
    let id: Option<String> = row.try_get(column).map_err(|error| damaged("session id", error))?;
    id.map(|id| id.parse().map_err(|error| damaged("session id", error))).transpose()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::tests::{a_session, store};
    use super::*;

    #[tokio::test]
    async fn the_log_is_read_page_by_page_and_outlives_folders_and_sessions() {
        let (_place, store) = store().await;
        let folder = store.add_folder(Path::new("/tarjeta"), true).await.unwrap().id;
        let session = a_session(&store).await.session.id;
        let fields = [("seconds", "30")];
        let first = store.write_log(folder, "/tarjeta/1", Happening::Waiting, None, &fields).await.unwrap();
        let second = store.write_log(folder, "/tarjeta/1", Happening::Begun, Some(session), &[]).await.unwrap();
        store.remove_folder(folder).await.unwrap();
        store.delete_session(session).await.unwrap();
        let page = store.log_before(None, 1).await.unwrap();
        assert_eq!((page[0].serial, page[0].folder, page[0].session), (second.serial, None, None));
        let rest = store.log_before(Some(second.serial), 10).await.unwrap();
        assert_eq!(rest[0].fields, [("seconds".to_owned(), "30".to_owned())]);
        assert_eq!(rest[0].serial, first.serial);
        // A line about what is gone by now is kept all the same.
        assert_eq!(store.write_log(folder, "", Happening::FolderGone, Some(session), &[]).await.unwrap().session, None);
    }

    #[tokio::test]
    async fn the_same_is_asked_once_and_no_longer_when_a_session_is_gone() {
        let (_place, store) = store().await;
        let (earlier, later) = (a_session(&store).await.session.id, a_session(&store).await.session.id);
        let file = |name: &str| AskedFile { fingerprint: name.to_owned(), beside: None };
        let pause = Doubt::Pause { gap_ms: 900_000 };
        store.ask(pause, earlier, Some(later), &[file("a")]).await.unwrap();
        store.ask(pause, earlier, Some(later), &[file("b")]).await.unwrap();
        store.ask(Doubt::Microphones, earlier, None, &[file("c")]).await.unwrap();
        let asked = store.questions().await.unwrap();
        assert_eq!(asked.iter().map(|question| question.files.len()).collect::<Vec<_>>(), [2, 1]);
        assert!(store.close_question(asked[1].serial).await.unwrap());
        assert!(!store.close_question(asked[1].serial).await.unwrap());
        store.delete_session(later).await.unwrap();
        assert_eq!(store.questions().await.unwrap(), []);
    }
}
