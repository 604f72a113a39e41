//! Backups as a person asks for them: made, listed and put in the place of the database, also when that is
//! damaged and Astra cannot be opened.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::App;
use crate::clock;
use crate::disk::{Unfinished, check_room, sync_folder_of};
use crate::error::{Error, Result};
use crate::event::Event;
use crate::id::SessionId;
use crate::jobs::lease::Lease;
use crate::sentences::{error_sentence, sentence};
use crate::settings::{DataFolder, Presence};
use crate::store::backup::files::{self, BackupFile, BackupKind, DAY_MS, beside};
use crate::store::backup::{self, Backup};

/// How often the window looks whether the backup of the day is due: a sleeping computer loses no more than that.
const LOOK_AGAIN: Duration = Duration::from_secs(600);

/// A backup that took the place of the database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Restored {
    /// The name of its file.
    pub name: String,
    /// How many sessions are in it.
    pub sessions: u32,
    /// Where what was the database until then is kept; none when there was none.
    pub kept: Option<String>,
}

impl App {
    /// Every backup there is, newest first. Each is read to its end, which takes a moment.
    pub async fn backup_list(&self) -> Vec<Backup> {
        backup::list(self.folder()).await
    }

    /// Makes a backup now.
    ///
    /// # Errors
    /// Those of [`crate::store::Store::back_up`].
    pub async fn backup_make(&self) -> Result<Backup> {
        let made = self.store().back_up(self.folder(), BackupKind::Manual).await?;
        self.emit(Event::BackupsChanged);
        Ok(made)
    }

    /// Makes the backup of the day, if it is due and there is something to keep; none otherwise. Of two programs
    /// one does it.
    ///
    /// # Errors
    /// Those of [`crate::store::Store::back_up`].
    pub async fn backup_daily(&self) -> Result<Option<Backup>> {
        if !is_due(self.folder()) || self.store().is_empty().await? {
            return Ok(None);
        }
        let path = self.folder().leases().join("backup.lock");
        let lock = std::fs::OpenOptions::new().create(true).truncate(false).write(true).open(&path);
        let lock = lock.map_err(|error| Error::writing(&path, &error))?;
        if lock.try_lock().is_err() || !is_due(self.folder()) {
            return Ok(None);
        }
        let made = self.store().back_up(self.folder(), BackupKind::Daily).await?;
        self.emit(Event::BackupsChanged);
        Ok(Some(made))
    }

    /// Looks after the data for as long as the window is open: removes what nobody knows any more, and makes a
    /// backup every day. That one could not be made is told once.
    pub async fn look_after_data(&self) {
        if let Err(error) = self.sweep_orphans().await {
            tracing::warn!(code = error.code(), "what nobody knows any more stays");
        }
        let mut told = false;
        loop {
            if let Err(error) = self.backup_daily().await {
                tracing::error!(code = error.code(), "the backup of the day could not be made");
                if !std::mem::replace(&mut told, true) {
                    self.emit(Event::NoticeGiven { message: failed_sentence(&error) });
                }
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    /// Puts a backup in the place of the database, which is kept beside the others. When it succeeds, and when
    /// the disk fails half-way, this Astra is closed: whoever asked opens another one.
    ///
    /// # Errors
    /// [`Error::SessionBusy`] while a session is heard, [`Error::DataFolderBusy`] while another program works
    /// with the data, and those of [`restore`].
    pub async fn backup_restore(&self, wanted: &Path) -> Result<Restored> {
        for job in self.store().jobs().await? {
            if Lease::is_held(self.folder(), job.session)? {
                return Err(Error::SessionBusy { session: job.session.to_string() });
            }
        }
        let ready = Ready::of(self.folder(), wanted).await?;
        self.store().be_alone()?;
        self.store().close().await;
        ready.put_in_place().await
    }

    /// Until when the backups keep a session if it is deleted now and Astra is used every day, in milliseconds
    /// since 1970 UTC; none when it is in no backup.
    pub(crate) async fn in_backups_until_ms(&self, session: SessionId) -> Option<i64> {
        let present = files::files(self.folder());
        let mut newest = None;
        for file in &present {
            // One that cannot be read may hold it.
            if file.kind == BackupKind::Damaged || backup::holds(&file.path, session).await {
                newest = Some(file);
                break;
            }
        }
        Some(files::goes_at_ms(&present, newest?, clock::now_ms()))
    }
}

/// Puts a backup in the place of the database of a data folder that nobody has open. It is found by the name of
/// its file or by its path. What was the database until then is kept beside the backups, under another name.
///
/// # Errors
/// [`Error::BackupUnusable`], [`Error::DatabaseNewer`], [`Error::DataFolderBusy`], and those of the disk. The
/// database is as it was then.
pub async fn restore(folder: &DataFolder, wanted: &Path) -> Result<Restored> {
    let _alone = Presence::alone(folder)?;
    Ready::of(folder, wanted).await?.put_in_place().await
}

/// The newest backup that is whole.
pub async fn newest(folder: &DataFolder) -> Option<Backup> {
    for file in files::files(folder).iter().filter(|file| file.kind != BackupKind::Damaged) {
        if let Ok(contents) = backup::inspect(&file.path).await {
            let bytes = std::fs::metadata(&file.path).map_or(0, |facts| facts.len());
            let (name, sessions) = (file.name(), Some(contents.sessions));
            return Some(Backup { name, kind: file.kind, made_at_ms: file.made_at_ms, bytes, sessions, damage: None });
        }
    }
    None
}

/// What is said when the backup of the day could not be made.
pub fn failed_sentence(error: &Error) -> String {
    sentence("notice.backup_failed", &[("reason", &error_sentence(error))])
}

/// Whether no daily backup was made for a day. One from the future, as a clock that was wrong leaves it, does not
/// count.
fn is_due(folder: &DataFolder) -> bool {
    let now_ms = clock::now_ms();
    let recent = |file: &BackupFile| (now_ms - DAY_MS..=now_ms).contains(&file.made_at_ms);
    !files::files(folder).iter().any(|file| file.kind == BackupKind::Daily && recent(file))
}

/// A copy of a backup that lies beside the database and was found whole there.
struct Ready {
    folder: DataFolder,
    name: String,
    sessions: u32,
    copy: Unfinished,
}

impl Ready {
    async fn of(folder: &DataFolder, wanted: &Path) -> Result<Self> {
        let path = found(folder, wanted)?;
        let contents = backup::inspect(&path).await?;
        let database = folder.database();
        check_room(&database, std::fs::metadata(&path).map_or(0, |facts| facts.len()))?;
        let copy = Unfinished::new(&database)?;
        std::fs::copy(&path, copy.part()).map_err(|error| Error::writing(copy.part(), &error))?;
        if backup::inspect(copy.part()).await? != contents {
            let path = copy.part().display().to_string();
            return Err(Error::BackupUnusable { path, reason: "the copy of it is another".to_owned() });
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Self { folder: folder.clone(), name, sessions: contents.sessions, copy })
    }

    async fn put_in_place(self) -> Result<Restored> {
        let kept = put_aside(&self.folder).await?;
        self.copy.finish()?;
        Ok(Restored { name: self.name, sessions: self.sessions, kept })
    }
}

/// Where a backup is that was asked for.
fn found(folder: &DataFolder, wanted: &Path) -> Result<PathBuf> {
    let ours = folder.backups().join(wanted);
    let path = if wanted.components().count() == 1 && ours.is_file() { ours } else { wanted.to_owned() };
    if path.is_file() {
        return Ok(path);
    }
    Err(Error::BackupUnusable { path: wanted.display().to_string(), reason: "no such file".to_owned() })
}

/// Gives the database that is there another name among the backups, and tells which. Killed in between, nothing
/// is lost: without a database Astra does not open, and offers the backups.
pub(super) async fn put_aside(folder: &DataFolder) -> Result<Option<String>> {
    let database = folder.database();
    let mut kind = BackupKind::Damaged;
    if backup::is_whole(folder).await {
        kind = BackupKind::Replaced;
        backup::fold(folder).await?;
    }
    let file = BackupFile::new(folder, kind, clock::now_ms());
    let failed = |error: std::io::Error| Error::writing(&file.path, &error);
    std::fs::create_dir_all(folder.backups()).map_err(failed)?;
    let was_there = database.exists();
    // The database first: without its log it would lack what was written last.
    for (from, to) in std::iter::once((database.clone(), file.path.clone()))
        .chain(beside(&database).into_iter().zip(beside(&file.path)))
    {
        if from.exists() {
            std::fs::rename(&from, &to).map_err(failed)?;
        }
    }
    sync_folder_of(&file.path);
    sync_folder_of(&database);
    Ok(was_there.then(|| file.name()))
}

#[cfg(test)]
mod tests;
