//! What the window asks about this computer and its owner's choices.

use serde::{Deserialize, Serialize};

use super::{App, blocking};
use crate::error::Result;
use crate::event::Event;
use crate::settings::Settings;

/// The name under which the choices are kept.
pub(crate) const SETTINGS: &str = "settings";

/// What Astra keeps on this computer, in bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Usage {
    /// The data folder.
    pub folder: String,
    /// The database with everything heard and typed.
    pub database_bytes: u64,
    /// Listening copies and waveforms.
    pub copies_bytes: u64,
    /// The backups of the database.
    pub backups_bytes: u64,
    /// The models.
    pub models_bytes: u64,
    /// What is free on that disk.
    pub free_bytes: u64,
}

impl App {
    /// What the secretary chose.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn settings_get(&self) -> Result<Settings> {
        Ok(self.store().setting(SETTINGS).await?.unwrap_or_default())
    }

    /// Keeps what the secretary chose.
    ///
    /// # Errors
    /// [`crate::Error::HoursRefused`], [`crate::Error::ServerAddressBad`]; those of the store.
    pub async fn settings_save(&self, settings: &Settings) -> Result<()> {
        settings.queue.check()?;
        settings.server.check()?;
        let welcomed = settings.welcomed && !self.settings_get().await?.welcomed;
        self.store().set_setting(SETTINGS, settings).await?;
        if welcomed {
            self.complete_records(&settings.council).await?;
        }
        // What could not be delivered may have been put right.
        self.store().deliver_at_once(settings.deliver_to.is_some()).await?;
        // It may let the queue go on, or keep it from that.
        self.emit(Event::QueueChanged);
        self.wake();
        Ok(())
    }

    /// How much room Astra takes.
    ///
    /// # Errors
    /// Only if the thread that counts breaks; what cannot be read counts as nothing.
    pub async fn data_usage(&self) -> Result<Usage> {
        let folder = self.folder().clone();
        blocking(move || {
            let size = |path: &std::path::Path| std::fs::metadata(path).map_or(0, |facts| facts.len());
            let with = |ending: &str| folder.database().with_extension(format!("db{ending}"));
            Ok(Usage {
                database_bytes: size(&folder.database()) + size(&with("-wal")) + size(&with("-shm")),
                copies_bytes: bytes_below(&folder.recordings()),
                backups_bytes: bytes_below(&folder.backups()),
                models_bytes: bytes_below(&folder.models()),
                free_bytes: fs4::available_space(folder.path()).unwrap_or_default(),
                folder: folder.path().display().to_string(),
            })
        })
        .await
    }
}

/// The size of all files below a folder, links not followed.
pub(super) fn bytes_below(folder: &std::path::Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let size = |entry: std::fs::DirEntry| match entry.metadata() {
        Ok(facts) if facts.is_dir() => bytes_below(&entry.path()),
        Ok(facts) => facts.len(),
        Err(_) => 0,
    };
    entries.map(size).sum()
}
