//! The note that a data folder leaves where it was when it is moved, by which every door finds it: whatever led to
//! the old place leads to the new one.

use std::fs;
use std::path::{Path, PathBuf};

use super::DataFolder;
use crate::disk::Unfinished;
use crate::error::{Error, Result};
use crate::store::backup::files::beside;

/// The name of the note, which holds the new place as text.
pub const NOTE: &str = "moved-to";

/// The note in a folder into which data are being copied, with the place that they come from.
pub const ARRIVING: &str = "arriving";

/// How many times a folder can have moved on before a circle is suspected.
const MOST: usize = 16;

/// Where the data of a folder are now: itself, unless they were moved.
///
/// # Errors
/// [`Error::DataFolderGone`] when they are not where they were moved to: a disk that is not connected, say. Nothing
/// is made in its place.
pub(super) fn follow(path: &Path) -> Result<PathBuf> {
    let mut place = path.to_owned();
    for _ in 0..MOST {
        let Ok(note) = fs::read_to_string(place.join(NOTE)) else { return Ok(place) };
        let next = PathBuf::from(note.trim_end_matches('\n'));
        if !next.join("astra.db").exists() && !next.join(NOTE).exists() {
            return Err(Error::DataFolderGone { path: next.display().to_string() });
        }
        let left = DataFolder(place);
        if left.database().exists() {
            // Whoever moved it died before it was empty.
            left.clear();
        }
        place = next;
    }
    Err(Error::DataFolderGone { path: place.display().to_string() })
}

/// Leaves the note in the folder that was left.
///
/// # Errors
/// [`Error::NotWritable`] or [`Error::DiskFull`].
pub fn leave_note(old: &DataFolder, new: &DataFolder) -> Result<()> {
    let path = old.path().join(NOTE);
    let text = new.path().to_str().ok_or_else(|| Error::NotWritable {
        path: new.path().display().to_string(),
        reason: "its name is not Unicode".to_owned(),
    })?;
    let note = Unfinished::new(&path)?;
    fs::write(note.part(), format!("{text}\n")).map_err(|error| Error::writing(&path, &error))?;
    note.finish()
}

impl DataFolder {
    /// Removes all that is Astra's in it but locks and the note that leads on. What cannot be removed is only space.
    pub fn clear(&self) {
        let database = self.database();
        for path in std::iter::once(database.clone()).chain(beside(&database)) {
            let _ = fs::remove_file(path);
        }
        let inner = [self.recordings(), self.backups(), self.models(), self.logs(), self.office(), self.rendering()];
        for folder in inner.into_iter().chain([self.importing()]) {
            let _ = fs::remove_dir_all(folder);
        }
        let _ = fs::remove_file(self.0.join(ARRIVING));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_leads_to_the_new_place_and_nowhere_when_that_is_not_there() {
        let place = tempfile::tempdir().unwrap();
        let folder = |name: &str| DataFolder::open(Some(&place.path().join(name))).unwrap();
        let (first, second, third) = (folder("uno"), folder("dos ñ"), folder("tres"));
        fs::write(third.database(), "").unwrap();
        leave_note(&second, &third).unwrap();
        leave_note(&first, &second).unwrap();
        assert_eq!(folder("uno"), third);
        fs::remove_file(third.database()).unwrap();
        let gone = DataFolder::open(Some(first.path())).unwrap_err();
        assert_eq!(gone, Error::DataFolderGone { path: third.path().display().to_string() });
    }

    #[test]
    fn notes_that_lead_in_a_circle_end_in_an_error() {
        let place = tempfile::tempdir().unwrap();
        let folder = |name: &str| DataFolder::open(Some(&place.path().join(name))).unwrap();
        let (first, second) = (folder("uno"), folder("dos"));
        leave_note(&second, &first).unwrap();
        fs::write(first.path().join(NOTE), second.path().to_str().unwrap()).unwrap();
        assert_eq!(DataFolder::open(Some(first.path())).unwrap_err().code(), "data_folder_gone");
    }
}
