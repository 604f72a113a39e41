//! The lease on a session: a lock that the operating system takes back when its holder dies, so
//! that a killed program can be followed at once and a living one never doubled.

use std::fs::{File, OpenOptions, TryLockError};

use crate::error::{Error, Result};
use crate::id::{FolderId, SessionId};
use crate::settings::DataFolder;

/// How long to wait for somebody who only looks, and how often.
const GLANCE: std::time::Duration = std::time::Duration::from_millis(20);
const GLANCES: u32 = 5;

/// The right to listen to a session or to watch a folder, held until dropped.
#[derive(Debug)]
pub struct Lease {
    _file: File,
}

impl Lease {
    /// Takes the lease.
    ///
    /// # Errors
    /// [`Error::SessionBusy`] when somebody else holds it.
    pub fn take(folder: &DataFolder, session: SessionId) -> Result<Self> {
        // Somebody may only be looking whether it is held.
        for _ in 0..GLANCES {
            if let Some(lease) = Self::try_take(folder, &session.to_string())? {
                return Ok(lease);
            }
            std::thread::sleep(GLANCE);
        }
        Err(Error::SessionBusy { session: session.to_string() })
    }

    /// Takes the right to watch a folder; none when another Astra with the same data has it.
    ///
    /// # Errors
    /// [`Error::NotWritable`] or [`Error::DiskFull`].
    pub fn watch(folder: &DataFolder, watched: FolderId) -> Result<Option<Self>> {
        Self::try_take(folder, &watched.to_string())
    }

    /// Takes the right to place what came into sessions; none while another folder or another Astra with the same data
    /// has it.
    ///
    /// # Errors
    /// [`Error::NotWritable`] or [`Error::DiskFull`].
    pub fn placing(folder: &DataFolder) -> Result<Option<Self>> {
        Self::try_take(folder, "placing")
    }

    /// Whether somebody watches a folder right now.
    ///
    /// # Errors
    /// [`Error::NotWritable`] or [`Error::DiskFull`].
    pub fn is_watched(folder: &DataFolder, watched: FolderId) -> Result<bool> {
        Self::try_take(folder, &watched.to_string()).map(|taken| taken.is_none())
    }

    /// Whether somebody holds the lease on a session right now.
    ///
    /// # Errors
    /// [`Error::NotWritable`] or [`Error::DiskFull`].
    pub fn is_held(folder: &DataFolder, session: SessionId) -> Result<bool> {
        Self::try_take(folder, &session.to_string()).map(|taken| taken.is_none())
    }

    fn try_take(folder: &DataFolder, name: &str) -> Result<Option<Self>> {
        let path = folder.leases().join(format!("{name}.lock"));
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|error| Error::writing(&path, &error))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(Error::writing(&path, &error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_leased_once_and_again_after_its_holder_is_gone() {
        let place = tempfile::tempdir().unwrap();
        let folder = DataFolder::open(Some(place.path())).unwrap();
        let session = SessionId::new();
        let held = Lease::take(&folder, session).unwrap();
        assert_eq!(Lease::take(&folder, session).unwrap_err().code(), "session_busy");
        assert!(Lease::take(&folder, SessionId::new()).is_ok());
        assert!(Lease::is_held(&folder, session).unwrap());
        drop(held);
        assert!(!Lease::is_held(&folder, session).unwrap());
        assert!(Lease::take(&folder, session).is_ok());
    }
}
