//! Which files and folders are nobody's recordings, by their names alone: what is hidden, what a
//! program keeps for itself while it copies, what systems and recorders put beside recordings.

use std::ffi::OsStr;

/// Endings of files that are still being copied or downloaded, or that recorders keep beside their
/// recordings: the projects of Zoom, the data of Sony.
const ENDINGS: [&str; 20] = [
    ".tmp",
    ".temp",
    ".part",
    ".partial",
    ".crdownload",
    ".download",
    ".opdownload",
    ".filepart",
    ".!ut",
    ".lock",
    ".lnk",
    ".url",
    ".msf",
    ".zdt",
    ".hprj",
    ".h8prj",
    ".bin",
    ".bak",
    ".swp",
    ".db",
];

/// Folders of systems, in lower case.
const FOLDERS: [&str; 8] = [
    "$recycle.bin",
    "system volume information",
    "recycler",
    "lost+found",
    "@eadir",
    "#recycle",
    "__macosx",
    "found.000",
];

/// Files of systems, in lower case.
const FILES: [&str; 3] = ["thumbs.db", "desktop.ini", "icon\r"];

/// Whether a file of this name is not looked at. A name need not be UTF-8.
pub fn is_ignored_file(name: &OsStr) -> bool {
    let name = name.to_string_lossy().to_lowercase();
    is_hidden(&name) || FILES.contains(&name.as_str()) || ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// Whether a folder of this name is not entered.
pub fn is_ignored_folder(name: &OsStr) -> bool {
    let name = name.to_string_lossy().to_lowercase();
    is_hidden(&name) || FOLDERS.contains(&name.as_str())
}

/// Hidden, of an office program that has it open (`~$acta.docx`), or the Mac's other half (`._a`).
fn is_hidden(name: &str) -> bool {
    name.is_empty() || name.starts_with(['.', '~'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ignored(name: &str) -> bool {
        is_ignored_file(OsStr::new(name))
    }

    #[test]
    fn what_is_hidden_or_half_copied_is_not_looked_at_whatever_its_case() {
        for name in [".oculto.mp3", "._REC001.MP3", "~$acta.docx", "a.mp3.PART", "a.CrDownload", "Thumbs.db", "x.tmp"] {
            assert!(ignored(name), "{name}");
        }
    }

    #[test]
    fn recordings_are_looked_at_by_whatever_name() {
        let long = "ñ".repeat(127);
        for name in ["REC001.MP3", "sin extension", "acta \"final\"\n.wav", "Sesio\u{301}n.m4a", "Sesión.m4a", &long] {
            assert!(!ignored(name), "{name}");
        }
    }

    #[test]
    fn folders_of_the_system_are_not_entered_and_those_of_recorders_are() {
        assert!(is_ignored_folder(OsStr::new("$RECYCLE.BIN")));
        assert!(is_ignored_folder(OsStr::new(".Trash-1000")));
        assert!(!is_ignored_folder(OsStr::new("FOLDER_A")));
    }
}
