//! The one place that speaks SQL: SQLite in WAL mode, one file, crash-safe.
//!
//! Every write is one transaction that is on the disk when the call returns
//! (`synchronous = FULL`). Two programs may use one data folder: writers wait for each other.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Row, SqlitePool};

use crate::error::{Error, Result};
use crate::settings::{DataFolder, Presence};

use self::migrations::MIGRATIONS;

mod actas;
pub mod backup;
mod chunks;
mod deliveries;
mod documents;
mod edits;
mod histories;
mod jobs;
mod journal;
mod json;
mod microphones;
mod migrations;
mod minutes;
mod parts;
mod recordings;
mod reserved;
mod roster;
mod rows;
mod search;
mod segments;
mod sending;
mod sessions;
mod settings;
mod watch;
mod watch_log;

pub use deliveries::Delivery;
pub use edits::{Changed, HistoryEntry, Steps};
pub use jobs::{Job, JobState, Place, Wish};
pub use microphones::Microphone;
pub use minutes::SeenMinutes;
pub use rows::{RowJob, StoredRow};
pub use search::TextHit;
pub use segments::Seen;
pub use sending::Sending;
pub use sessions::{NewPart, SessionSummary};
pub use watch::{Folder, Noticed, Ruling};
pub use watch_log::{AskedFile, StoredLine, StoredQuestion};

/// How long a writer waits for another one before it gives up.
const BUSY_TIMEOUT: Duration = Duration::from_secs(20);

/// The database of a data folder.
#[derive(Debug, Clone)]
pub struct Store {
    pool: SqlitePool,
    path: PathBuf,
    presence: Arc<Presence>,
}

impl Store {
    /// Opens the database of `folder`, making it, or bringing it up to date after a backup.
    ///
    /// # Errors
    /// [`Error::DatabaseNewer`] when a newer Astra wrote it; it is left untouched then, as it is with
    /// [`Error::DatabaseDamaged`]. [`Error::DataFolderBusy`] while somebody puts another one in its place.
    pub async fn open(folder: &DataFolder) -> Result<Self> {
        let _claim = folder.claim()?;
        let presence = Arc::new(Presence::beside_others(folder)?);
        let path = folder.database();
        let found = if path.exists() { version_of(&path).await? } else { 0 };
        if found == 0 && !backup::files::files(folder).is_empty() {
            // An empty one would be taken for the council's, and all its sessions for lost.
            let reason = if path.exists() { "it is empty" } else { "it is missing" }.to_owned();
            return Err(Error::DatabaseDamaged { path: path.display().to_string(), reason });
        }
        let options = SqliteConnectOptions::new()
            .filename(&path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(BUSY_TIMEOUT)
            // Rows come from a thread of the driver's, and a transcript has thousands: handed over a few
            // at a time, waking each other costs more than reading.
            .row_buffer_size(4096)
            // What is deleted is written over and not only forgotten.
            .pragma("secure_delete", "ON")
            .foreign_keys(true);
        let pool = SqlitePoolOptions::new()
            .max_connections(4)
            .connect_with(options)
            .await
            .map_err(|error| store_error(&path, error))?;
        let store = Self { pool, path, presence };
        if found > 0 && found < backup::known_version() {
            store.back_up(folder, backup::files::BackupKind::Migration).await?;
        }
        MIGRATIONS.run(&store.pool).await.map_err(|error| Error::Database {
            reason: format!("cannot bring {} up to date: {error}", store.path.display()),
        })?;
        Ok(store)
    }

    /// The database file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Sees to it that no other program has the data folder open.
    ///
    /// # Errors
    /// [`Error::DataFolderBusy`].
    pub fn be_alone(&self) -> Result<()> {
        self.presence.become_alone()
    }

    /// Closes every connection, so that the write-ahead log is folded into the file.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    /// Whether its connections were closed.
    pub fn is_closed(&self) -> bool {
        self.pool.is_closed()
    }

    /// Whether SQLite finds the database whole; otherwise what it found.
    pub async fn check_integrity(&self) -> Result<Option<String>> {
        let row =
            sqlx::query("PRAGMA integrity_check(1)").fetch_one(&self.pool).await.map_err(|error| self.failed(error))?;
        let verdict: String = row.try_get(0).map_err(|error| self.failed(error))?;
        Ok((verdict != "ok").then_some(verdict))
    }

    fn failed(&self, error: sqlx::Error) -> Error {
        store_error(&self.path, error)
    }
}

/// The version of the tables, 0 without any, read through a connection that changes nothing on disk.
async fn version_of(path: &Path) -> Result<i64> {
    let options = SqliteConnectOptions::new().filename(path).read_only(true).busy_timeout(BUSY_TIMEOUT);
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .connect_with(options)
        .await
        .map_err(|error| store_error(path, error))?;
    let row = sqlx::query("SELECT max(version) FROM _sqlx_migrations").fetch_one(&pool).await;
    let found = match row {
        Ok(row) => row.try_get::<Option<i64>, _>(0).unwrap_or_default().unwrap_or_default(),
        // A database whose very first migration was cut short has no such table yet.
        Err(sqlx::Error::Database(error)) if error.message().contains("no such table") => 0,
        Err(error) => return Err(store_error(path, error)),
    };
    pool.close().await;
    let known = backup::known_version();
    if found > known {
        return Err(Error::DatabaseNewer { path: path.display().to_string(), found, known });
    }
    Ok(found)
}

/// SQLite's own codes: 11 and 26 are a damaged file, 13 is a full disk, 8 a read-only file, 14 a file that cannot
/// be opened (<https://www.sqlite.org/rescode.html>). The low byte is the primary code.
fn store_error(path: &Path, error: sqlx::Error) -> Error {
    let code = match &error {
        sqlx::Error::Database(database) => database.code().and_then(|code| code.parse::<i32>().ok()),
        _ => None,
    };
    let path = path.display().to_string();
    match code.map(|code| code & 0xff) {
        Some(11 | 26) => Error::DatabaseDamaged { path, reason: error.to_string() },
        Some(13) => Error::DiskFull { path },
        Some(8 | 14) => Error::NotWritable { path, reason: error.to_string() },
        _ => Error::Database { reason: error.to_string() },
    }
}

/// What stands in a column is not what Astra writes there.
fn damaged(what: &str, error: impl std::fmt::Display) -> Error {
    Error::Database { reason: format!("{what}: {error}") }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::id::RecordingId;
    use crate::sessions::{ListeningKey, Recording, Source};

    /// A store in a folder of its own, which lives as long as the first value.
    pub(crate) async fn store() -> (tempfile::TempDir, Store) {
        let place = tempfile::tempdir().unwrap();
        let folder = DataFolder::open(Some(place.path())).unwrap();
        let store = Store::open(&folder).await.unwrap();
        (place, store)
    }

    /// A session of two recordings that nobody has heard.
    pub(crate) async fn a_session(store: &Store) -> SessionSummary {
        let part = |name: &str| NewPart {
            recording: Recording {
                id: RecordingId::new(),
                source: Source::File(format!("/grabaciones/{name}").into()),
                name: name.to_owned(),
                bytes: Some(123),
                fingerprint: Some("huella".to_owned()),
                sha256: None,
                claimed_ms: Some(60_000),
                claim_is_exact: true,
                duration_ms: None,
                started_at_ms: None,
            },
            key: ListeningKey {
                engine: "whisper".to_owned(),
                model: "small".to_owned(),
                model_sha256: "00".to_owned(),
                language: "es".to_owned(),
                vocabulary: vec!["Neiva".to_owned()],
            },
        };
        let wish = Wish {
            out: "/salida/ñ".into(),
            formats: vec![crate::export::Format::Docx],
            threads: None,
            keep_copy: None,
        };
        let parts = [part("001.MP3"), part("002.MP3")];
        store.add_session("Sesión", "es", &parts, &wish).await.unwrap().0
    }

    #[tokio::test]
    async fn a_database_from_a_newer_version_is_refused_and_left_untouched() {
        let (place, store) = store().await;
        sqlx::query("INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9999, 'future', 1, x'00', 0)")
            .execute(&store.pool)
            .await
            .unwrap();
        store.close().await;
        let before = std::fs::read(store.path()).unwrap();

        let folder = DataFolder::open(Some(place.path())).unwrap();
        let error = Store::open(&folder).await.unwrap_err();

        assert!(matches!(error, Error::DatabaseNewer { found: 9999, .. }), "{error}");
        assert_eq!(std::fs::read(store.path()).unwrap(), before);
    }

    #[tokio::test]
    async fn a_file_that_is_no_database_is_an_error_and_stays_as_it_is() {
        let place = tempfile::tempdir().unwrap();
        let folder = DataFolder::open(Some(place.path())).unwrap();
        std::fs::write(folder.database(), "esto no es una base de datos, aunque se llame así").unwrap();
        let error = Store::open(&folder).await.unwrap_err();
        assert_eq!(error.code(), "database_damaged");
        assert!(std::fs::read_to_string(folder.database()).unwrap().starts_with("esto no es"));
    }

    #[tokio::test]
    async fn a_fresh_database_is_whole() {
        let (_place, store) = store().await;
        assert_eq!(store.check_integrity().await.unwrap(), None);
    }
}
