//! What writing a file safely takes: room for it, another name until it is whole, and a disk that holds it.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// What is left free beside what is written, in bytes: the database and the system need some too.
const SPARE: u64 = 32 << 20;

/// A file that is being written. Until it is whole it has another name, and dropped before that nothing of it
/// stays.
#[derive(Debug)]
pub struct Unfinished {
    part: PathBuf,
    whole: PathBuf,
}

impl Unfinished {
    /// A file that will have this name; what an earlier attempt left is removed.
    ///
    /// # Errors
    /// [`Error::NotWritable`].
    pub fn new(whole: &Path) -> Result<Self> {
        let mut part = OsString::from(whole);
        part.push(".part");
        let unfinished = Self { part: part.into(), whole: whole.to_owned() };
        match fs::remove_file(&unfinished.part) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Error::writing(whole, &error)),
            _ => Ok(unfinished),
        }
    }

    /// Where it is written.
    pub fn part(&self) -> &Path {
        &self.part
    }

    /// Gives it its name, once the disk holds all of it.
    ///
    /// # Errors
    /// [`Error::NotWritable`] or [`Error::DiskFull`].
    pub fn finish(self) -> Result<()> {
        let kept = OpenOptions::new().write(true).open(&self.part).and_then(|file| file.sync_all());
        kept.and_then(|()| fs::rename(&self.part, &self.whole)).map_err(|error| Error::writing(&self.whole, &error))?;
        sync_folder_of(&self.whole);
        Ok(())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // After a rename there is nothing to remove.
        let _ = fs::remove_file(&self.part);
    }
}

/// Makes a new name survive a power cut, where folders can be synchronised.
pub fn sync_folder_of(path: &Path) {
    if let Some(folder) = path.parent()
        && let Ok(folder) = File::open(folder)
    {
        let _ = folder.sync_all();
    }
}

/// Whether the disk of `path`, which need not be there yet, has room for so many bytes more.
///
/// # Errors
/// [`Error::DiskTooSmall`].
pub fn check_room(path: &Path, bytes: u64) -> Result<()> {
    // A disk that does not tell is found to be full when it is.
    let Some(free) = path.ancestors().find_map(|folder| fs4::available_space(folder).ok()) else { return Ok(()) };
    let needed = bytes.saturating_add(SPARE);
    if needed <= free {
        return Ok(());
    }
    Err(Error::DiskTooSmall { path: path.display().to_string(), needed: size(needed), free: size(free) })
}

/// A size as a person reads it, in the decimal units that disks are sold in.
pub fn size(bytes: u64) -> String {
    let in_units = |unit: u64, name: &str| format!("{:.1} {name}", bytes as f64 / unit as f64).replace('.', ",");
    match bytes {
        1_000_000_000.. => in_units(1_000_000_000, "GB"),
        100_000.. => in_units(1_000_000, "MB"),
        _ => format!("{} kB", bytes.div_ceil(1000)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_its_name_only_when_it_is_whole_and_nothing_of_a_half_one_stays() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("sesión.db");
        let unfinished = Unfinished::new(&path).unwrap();
        fs::write(unfinished.part(), "half").unwrap();
        drop(unfinished);
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);

        let unfinished = Unfinished::new(&path).unwrap();
        fs::write(unfinished.part(), "whole").unwrap();
        unfinished.finish().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "whole");
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_no_disk_can_hold_is_refused_before_it_is_written() {
        let place = tempfile::tempdir().unwrap();
        assert_eq!(check_room(&place.path().join("a/b"), 0), Ok(()));
        let refused = check_room(&place.path().join("a/b"), u64::MAX / 2).unwrap_err();
        assert_eq!(refused.code(), "disk_too_small");
        assert!(!place.path().join("a").exists());
    }

    #[test]
    fn sizes_are_said_as_people_read_them() {
        assert_eq!([size(1), size(250_000), size(3_240_000_000)], ["1 kB", "0,2 MB", "3,2 GB"]);
    }
}
