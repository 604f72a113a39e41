//! Backups of the database. Each is a database of its own, without what was deleted, made whole or not at all
//! and checked before it counts; so restoring one is putting it in place.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{Row, SqlitePool};

use super::migrations::MIGRATIONS;
use super::{BUSY_TIMEOUT, Store, store_error};
use crate::clock;
use crate::disk::{Unfinished, check_room};
use crate::error::{Error, Result};
use crate::export::times;
use crate::id::{RecordingId, SessionId};
use crate::settings::DataFolder;

pub mod files;

use files::{BackupFile, BackupKind, beside};

/// A backup as somebody chooses one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Backup {
    /// The name of its file, by which it is restored.
    pub name: String,
    /// Why it was made.
    pub kind: BackupKind,
    /// When, in milliseconds since 1970 UTC.
    pub made_at_ms: i64,
    /// Its size.
    pub bytes: u64,
    /// How many sessions are in it; none when it is damaged.
    pub sessions: Option<u32>,
    /// What is wrong with it. One that is damaged cannot be restored.
    pub damage: Option<String>,
}

/// What a database holds that was found whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contents {
    /// The version of its tables.
    pub version: i64,
    /// How many sessions.
    pub sessions: u32,
}

impl Backup {
    /// When it was made, for a person.
    pub fn moment(&self) -> String {
        times::date(self.made_at_ms).unwrap_or_default()
    }
}

impl Store {
    /// Makes a backup, and lets the oldest go.
    ///
    /// # Errors
    /// [`Error::DiskTooSmall`], [`Error::DiskFull`], [`Error::NotWritable`]; [`Error::DatabaseDamaged`] when the
    /// database cannot be read to its end. Nothing of a backup that failed stays, and the former ones do.
    pub async fn back_up(&self, folder: &DataFolder, kind: BackupKind) -> Result<Backup> {
        make(&self.pool, folder, kind).await
    }

    /// Writes all that is in the database into a new file.
    ///
    /// # Errors
    /// As [`Store::back_up`].
    pub async fn copy_to(&self, file: &Path) -> Result<()> {
        copy_into(&self.pool, &self.path, file).await
    }

    /// Every recording there is.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn recording_ids(&self) -> Result<HashSet<RecordingId>> {
        recording_ids(&self.pool).await.map_err(|error| self.failed(error))
    }

    /// Whether there is no session.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn is_empty(&self) -> Result<bool> {
        sqlx::query_scalar("SELECT NOT EXISTS (SELECT 1 FROM session)")
            .fetch_one(&self.pool)
            .await
            .map_err(|error| self.failed(error))
    }
}

/// Makes a backup of the database behind `pool`.
pub(super) async fn make(pool: &SqlitePool, folder: &DataFolder, kind: BackupKind) -> Result<Backup> {
    let (backups, database) = (folder.backups(), folder.database());
    fs::create_dir_all(&backups).map_err(|error| Error::writing(&backups, &error))?;
    let size = |path: &Path| fs::metadata(path).map_or(0, |facts| facts.len());
    check_room(&backups, size(&database) + size(&beside(&database)[0]))?;
    let file = BackupFile::new(folder, kind, clock::now_ms());
    let unfinished = Unfinished::new(&file.path)?;
    copy_into(pool, &database, unfinished.part()).await?;
    let contents = inspect(unfinished.part()).await?;
    unfinished.finish()?;
    files::rotate(folder);
    Ok(shown(&file, Ok(contents)))
}

/// Writes all that is in the database behind `pool`, and nothing of what was deleted, into a new file.
async fn copy_into(pool: &SqlitePool, database: &Path, to: &Path) -> Result<()> {
    let written = sqlx::query("VACUUM INTO ?").bind(to.to_string_lossy().into_owned()).execute(pool).await;
    written.map(drop).map_err(|error| match store_error(database, error) {
        Error::DiskFull { .. } => Error::DiskFull { path: to.display().to_string() },
        Error::NotWritable { reason, .. } => Error::NotWritable { path: to.display().to_string(), reason },
        other => other,
    })
}

/// Every backup there is, newest first, each looked at from its first page to its last.
pub async fn list(folder: &DataFolder) -> Vec<Backup> {
    let mut backups = Vec::new();
    for file in files::files(folder) {
        backups.push(shown(&file, inspect(&file.path).await));
    }
    backups
}

/// Looks at a database from its first page to its last, without changing anything on the disk. A log beside it
/// is not looked at.
///
/// # Errors
/// [`Error::BackupUnusable`] when it is damaged, or no database of Astra's; [`Error::DatabaseNewer`] when a newer
/// version wrote it.
pub async fn inspect(path: &Path) -> Result<Contents> {
    let unusable = |reason: String| Error::BackupUnusable { path: path.display().to_string(), reason };
    let pool = read_only(path, true).await.map_err(|error| unusable(error.to_string()))?;
    let contents = contents(&pool).await;
    pool.close().await;
    let contents = contents.map_err(|error| unusable(error.to_string()))?.map_err(unusable)?;
    let known = known_version();
    if contents.version > known {
        let path = path.display().to_string();
        return Err(Error::DatabaseNewer { path, found: contents.version, known });
    }
    Ok(contents)
}

/// Whether the database of a data folder is whole, its log included. Nobody else may be using it; nothing is
/// changed in it.
pub async fn is_whole(folder: &DataFolder) -> bool {
    let Ok(pool) = read_only(&folder.database(), false).await else { return false };
    let whole = matches!(contents(&pool).await, Ok(Ok(_)));
    pool.close().await;
    whole
}

/// Folds the log of a whole database into it. Nobody else may be using it.
///
/// # Errors
/// Those of the disk.
pub async fn fold(folder: &DataFolder) -> Result<()> {
    let path = folder.database();
    let options = SqliteConnectOptions::new().filename(&path).busy_timeout(BUSY_TIMEOUT);
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await;
    let pool = pool.map_err(|error| store_error(&path, error))?;
    let folded = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&pool).await;
    pool.close().await;
    folded.map(drop).map_err(|error| store_error(&path, error))
}

/// Whether a session is in a backup; no when it cannot be read.
pub async fn holds(backup: &Path, session: SessionId) -> bool {
    let Ok(pool) = read_only(backup, true).await else { return false };
    let held = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM session WHERE id = ?)").bind(session.to_string());
    let held: bool = held.fetch_one(&pool).await.unwrap_or_default();
    pool.close().await;
    held
}

/// Every recording that a backup knows; none when it cannot be read.
pub async fn recordings_in(backup: &Path) -> Option<HashSet<RecordingId>> {
    let pool = read_only(backup, true).await.ok()?;
    let ids = recording_ids(&pool).await.ok();
    pool.close().await;
    ids
}

/// The newest version of the tables that this program knows.
pub(super) fn known_version() -> i64 {
    MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or_default()
}

fn shown(file: &BackupFile, contents: Result<Contents>) -> Backup {
    let damage = match &contents {
        Ok(_) => None,
        Err(Error::BackupUnusable { reason, .. }) => Some(reason.clone()),
        Err(error) => Some(error.to_string()),
    };
    Backup {
        name: file.name(),
        kind: file.kind,
        made_at_ms: file.made_at_ms,
        bytes: fs::metadata(&file.path).map_or(0, |facts| facts.len()),
        sessions: contents.ok().map(|contents| contents.sessions),
        damage,
    }
}

/// What SQLite finds in a database, or what it finds wrong with it.
async fn contents(pool: &SqlitePool) -> Result<Result<Contents, String>, sqlx::Error> {
    let verdict: String = sqlx::query("PRAGMA integrity_check(1)").fetch_one(pool).await?.try_get(0)?;
    if verdict != "ok" {
        return Ok(Err(verdict));
    }
    let version: Option<i64> = sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations").fetch_one(pool).await?;
    let sessions: u32 = sqlx::query_scalar("SELECT count(*) FROM session").fetch_one(pool).await?;
    Ok(Ok(Contents { version: version.unwrap_or_default(), sessions }))
}

async fn recording_ids(pool: &SqlitePool) -> Result<HashSet<RecordingId>, sqlx::Error> {
    let ids: Vec<String> = sqlx::query_scalar("SELECT id FROM recording").fetch_all(pool).await?;
    Ok(ids.iter().filter_map(|id| id.parse().ok()).collect())
}

/// A connection that changes nothing. `alone` also leaves out the log and makes no files beside the database:
/// a backup has none, and may lie where nothing can be written.
async fn read_only(path: &Path, alone: bool) -> Result<SqlitePool, sqlx::Error> {
    let options =
        SqliteConnectOptions::new().filename(path).read_only(true).immutable(alone).busy_timeout(BUSY_TIMEOUT);
    SqlitePoolOptions::new().max_connections(1).connect_with(options).await
}

#[cfg(test)]
mod tests;
