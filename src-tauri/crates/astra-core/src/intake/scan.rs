//! Everything that lies in a watched folder and may be a recording, by name, size and time alone:
//! nothing is opened. Ten thousand files take some ten milliseconds.

use std::ffi::OsStr;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use crate::engine::Stop;
use crate::watch::Look;
use crate::watch::ignored::{is_ignored_file, is_ignored_folder};

/// Folders below this depth are nobody's recorder; mounts that hold themselves end here.
const DEEPEST: usize = 32;

/// What a scan found.
#[derive(Debug, Default)]
pub struct Scanned {
    /// The files, by path.
    pub files: Vec<(PathBuf, Look)>,
    /// The folders below that may not be read.
    pub forbidden: Vec<PathBuf>,
}

/// The files in a folder, and in those below it when `subfolders`. `own` is the data folder, where
/// nothing is looked for. Links to folders are not followed, so none can lead in a circle.
///
/// # Errors
/// When the folder itself cannot be read; a folder below it that cannot is left out.
pub fn scan(folder: &Path, subfolders: bool, own: &Path, stop: &Stop) -> io::Result<Scanned> {
    let mut found = Scanned::default();
    walk(folder, if subfolders { DEEPEST } else { 0 }, own, stop, &mut found)?;
    found.files.sort_by(|one, other| one.0.cmp(&other.0));
    found.forbidden.sort();
    Ok(found)
}

/// How a file is now; none when it is not there.
///
/// # Errors
/// When nobody can say, because its disk or its folder cannot be read.
pub fn look_at(path: &Path) -> io::Result<Option<Look>> {
    match fs::metadata(path) {
        Ok(facts) => Ok(facts.is_file().then(|| look(&facts))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn walk(folder: &Path, deeper: usize, own: &Path, stop: &Stop, found: &mut Scanned) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        if stop.is_set() {
            break;
        }
        // A share that goes away in the middle of it is a folder that cannot be read.
        let entry = entry?;
        let (name, path) = (entry.file_name(), entry.path());
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() {
            if deeper > 0 && !is_ignored_folder(&name) && path != own {
                // It may have gone away this moment, and may not let us in.
                match walk(&path, deeper - 1, own, stop, found) {
                    Err(error) if error.kind() == io::ErrorKind::PermissionDenied => found.forbidden.push(path),
                    _ => {}
                }
            }
        } else if !is_ignored_file(&name) && !is_hidden(&entry, &name) {
            // Of a link to a file, the file counts; a link in a circle has none.
            let facts = if kind.is_symlink() { fs::metadata(&path) } else { entry.metadata() };
            if let Ok(facts) = facts
                && facts.is_file()
            {
                found.files.push((path, look(&facts)));
            }
        }
    }
    Ok(())
}

fn look(facts: &Metadata) -> Look {
    let since = facts.modified().ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
    Look { bytes: facts.len(), modified_ms: since.and_then(|since| i64::try_from(since.as_millis()).ok()) }
}

#[cfg(windows)]
fn is_hidden(entry: &fs::DirEntry, _: &OsStr) -> bool {
    use std::os::windows::fs::MetadataExt;
    const HIDDEN_OR_SYSTEM: u32 = 0x2 | 0x4;
    entry.metadata().is_ok_and(|facts| facts.file_attributes() & HIDDEN_OR_SYSTEM != 0)
}

/// Elsewhere the name says it.
#[cfg(not(windows))]
fn is_hidden(_: &fs::DirEntry, _: &OsStr) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path, subfolders: bool) -> Vec<String> {
        let found = scan(folder, subfolders, &folder.join("datos"), &Stop::default()).unwrap();
        found.files.iter().map(|(path, _)| path.strip_prefix(folder).unwrap().display().to_string()).collect()
    }

    #[test]
    fn recordings_are_found_by_whatever_name_and_nothing_of_ours_is() {
        let place = tempfile::tempdir().unwrap();
        let put = |name: &str| {
            let path = place.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        };
        let long = format!("{}.mp3", "a".repeat(251));
        let kept = ["a\n\"b\".MP3", &long, "B/002.wav", "Sesio\u{301}n.m4a", "Sesión.m4a"];
        for name in kept.iter().chain(&[".oculto.mp3", "c.mp3.part", "datos/copia.ogg", ".Trash-1000/d.mp3"]) {
            put(name);
        }
        let mut expected: Vec<String> = kept.iter().map(|name| (*name).to_owned()).collect();
        expected.sort();
        let mut found = names(place.path(), true);
        found.sort();
        assert_eq!(found, expected);
        assert!(!names(place.path(), false).contains(&"B/002.wav".to_owned()));
    }

    #[cfg(unix)]
    #[test]
    fn links_that_loop_or_lead_to_the_whole_disk_are_not_followed() {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join("a.mp3"), "x").unwrap();
        for (target, name) in
            [("/", "raiz"), (".", "yo"), ("vuelta", "vuelta"), ("nada", "roto"), ("a.mp3", "otra.mp3")]
        {
            std::os::unix::fs::symlink(target, place.path().join(name)).unwrap();
        }
        assert_eq!(names(place.path(), true), ["a.mp3", "otra.mp3"]);
    }

    #[test]
    fn a_folder_that_is_gone_is_an_error_and_not_an_empty_one() {
        let place = tempfile::tempdir().unwrap();
        assert!(scan(&place.path().join("no"), true, place.path(), &Stop::default()).is_err());
    }
}
