//! Who works with a data folder: a lock that every program shares while its database is open, so that whoever
//! puts another database in its place, or carries it elsewhere, knows that nobody is writing.

use std::fs::{File, OpenOptions, TryLockError};
use std::time::Duration;

use super::DataFolder;
use crate::error::{Error, Result};

/// How long to wait for somebody who only looks, and how often.
const GLANCE: Duration = Duration::from_millis(20);
const GLANCES: u32 = 25;

/// The right to work with a data folder, until dropped.
#[derive(Debug)]
pub struct Presence {
    file: File,
    folder: String,
}

impl Presence {
    /// Works with the folder beside others.
    ///
    /// # Errors
    /// [`Error::DataFolderBusy`] while somebody has it alone.
    pub fn beside_others(folder: &DataFolder) -> Result<Self> {
        let presence = Self::open(folder)?;
        presence.try_for_a_while(File::try_lock_shared)?;
        Ok(presence)
    }

    /// Has the folder alone.
    ///
    /// # Errors
    /// [`Error::DataFolderBusy`] while somebody else works with it.
    pub fn alone(folder: &DataFolder) -> Result<Self> {
        let presence = Self::open(folder)?;
        presence.try_for_a_while(File::try_lock)?;
        Ok(presence)
    }

    /// Has the folder alone from now on.
    ///
    /// # Errors
    /// [`Error::DataFolderBusy`] while somebody else works with it; this one goes on beside them then.
    pub fn become_alone(&self) -> Result<()> {
        self.file.unlock().map_err(|error| self.failed(&error))?;
        let alone = self.try_for_a_while(File::try_lock);
        if alone.is_err() {
            self.try_for_a_while(File::try_lock_shared)?;
        }
        alone
    }

    fn open(folder: &DataFolder) -> Result<Self> {
        let path = folder.leases().join("folder.lock");
        let options = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
        let file = options.map_err(|error| Error::writing(&path, &error))?;
        Ok(Self { file, folder: folder.path().display().to_string() })
    }

    fn try_for_a_while(&self, lock: impl Fn(&File) -> Result<(), TryLockError>) -> Result<()> {
        for _ in 0..GLANCES {
            match lock(&self.file) {
                Ok(()) => return Ok(()),
                Err(TryLockError::WouldBlock) => std::thread::sleep(GLANCE),
                Err(TryLockError::Error(error)) => return Err(self.failed(&error)),
            }
        }
        Err(Error::DataFolderBusy { path: self.folder.clone() })
    }

    fn failed(&self, error: &std::io::Error) -> Error {
        Error::NotWritable { path: self.folder.clone(), reason: error.to_string() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_share_a_folder_and_whoever_wants_it_alone_waits_until_they_are_gone() {
        let place = tempfile::tempdir().unwrap();
        let folder = DataFolder::open(Some(place.path())).unwrap();
        let (first, second) = (Presence::beside_others(&folder).unwrap(), Presence::beside_others(&folder).unwrap());
        assert_eq!(Presence::alone(&folder).unwrap_err().code(), "data_folder_busy");
        assert_eq!(first.become_alone().unwrap_err().code(), "data_folder_busy");
        drop(second);
        first.become_alone().unwrap();
        assert_eq!(Presence::beside_others(&folder).unwrap_err().code(), "data_folder_busy");
        drop(first);
        assert!(Presence::alone(&folder).is_ok());
    }
}
