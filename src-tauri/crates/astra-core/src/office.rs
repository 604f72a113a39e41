//! LibreOffice: prints a Word document as a PDF, for reading. It is the secretary's own, if she has one; the
//! Word document never needs it. It works in a folder of its own that is emptied before and after, with a
//! profile of its own, so that neither a window of hers nor her settings have a part in it.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::engine::Stop;
use crate::error::{Error, Result};
use crate::media::priority::Priority;
use crate::media::program::Program;
use crate::settings::DataFolder;

/// Where LibreOffice is looked for: by name, then where its installers for Windows and macOS put it, since
/// they do not tell the system where that is.
const PLACES: [&str; 5] = [
    "soffice",
    "libreoffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
];

/// How long it may take. A hundred pages take seconds; the first start on a slow computer, a minute.
const LONGEST: Duration = Duration::from_secs(180);

/// How often somebody who waits for another one to finish looks again.
const GLANCE: Duration = Duration::from_millis(50);

/// What does not stand for itself in the path of a `file:` address.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// A Word document as a PDF. Blocks for as long as LibreOffice works, a few seconds; when `stop` is set it is
/// killed with all that it started.
///
/// # Errors
/// [`Error::LibreOfficeMissing`], [`Error::PdfFailed`], [`Error::Stopped`], and those of writing its folder.
pub fn pdf(document: &[u8], folder: &DataFolder, stop: &Stop) -> Result<Vec<u8>> {
    pdf_by(&PLACES, document, folder, stop, LONGEST)
}

fn pdf_by(programs: &[&str], document: &[u8], folder: &DataFolder, stop: &Stop, longest: Duration) -> Result<Vec<u8>> {
    let desk = Desk::take(folder, stop)?;
    let (word, printed) = (desk.path.join("acta.docx"), desk.path.join("acta.pdf"));
    fs::write(&word, document).map_err(|error| Error::writing(&word, &error))?;
    let mut profile = OsString::from("-env:UserInstallation=");
    profile.push(address(&desk.path.join("profile")));
    let arguments: [&OsStr; 8] = [
        &profile,
        "--headless".as_ref(),
        "--norestore".as_ref(),
        "--convert-to".as_ref(),
        "pdf".as_ref(),
        "--outdir".as_ref(),
        desk.path.as_os_str(),
        word.as_os_str(),
    ];
    let Some(program) = start(programs, &arguments, stop)? else { return Err(Error::LibreOfficeMissing) };
    let ended = program.finish_within(longest)?;
    if stop.is_set() {
        return Err(Error::Stopped);
    }
    let Some((_, said)) = ended else {
        return Err(Error::PdfFailed { reason: format!("more than {} s", longest.as_secs()) });
    };
    // Its exit status is 0 even when it could not read the document; what counts is the file.
    fs::read(&printed)
        .map_err(|error| Error::PdfFailed { reason: if said.is_empty() { error.to_string() } else { said } })
}

/// Starts the first of `programs` that is there.
fn start(programs: &[&str], arguments: &[&OsStr], stop: &Stop) -> Result<Option<Program>> {
    for program in programs {
        match Program::start(program, arguments, false, Priority::Usual, stop, |_| false) {
            Err(Error::ProgramMissing { .. }) => {}
            started => return started.map(Some),
        }
    }
    Ok(None)
}

/// The `file:` address of a path.
fn address(path: &Path) -> String {
    let path = path.to_string_lossy().replace('\\', "/");
    format!("file:///{}", utf8_percent_encode(path.trim_start_matches('/'), ESCAPED))
}

/// A path without what `canonicalize` puts before it on Windows, which is no part of an address.
fn plain(path: PathBuf) -> PathBuf {
    path.to_str().and_then(|path| path.strip_prefix(r"\\?\")).map(PathBuf::from).unwrap_or(path)
}

/// The folder it works in. One program has it at a time, and it holds nothing that a session said once it
/// is given back, even after a power cut: whoever comes next empties it first.
struct Desk {
    path: PathBuf,
    _lock: File,
}

impl Desk {
    fn take(folder: &DataFolder, stop: &Stop) -> Result<Self> {
        let lock = folder.leases().join("office.lock");
        let failed = |error: std::io::Error| Error::writing(&lock, &error);
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(&lock).map_err(failed)?;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if stop.is_set() => return Err(Error::Stopped),
                Err(TryLockError::WouldBlock) => std::thread::sleep(GLANCE),
                Err(TryLockError::Error(error)) => return Err(failed(error)),
            }
        }
        let path = plain(folder.office());
        let cleared = if path.exists() { fs::remove_dir_all(&path) } else { Ok(()) };
        cleared.and_then(|()| fs::create_dir_all(&path)).map_err(|error| Error::writing(&path, &error))?;
        Ok(Self { path, _lock: file })
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        // What cannot be removed now is removed by whoever comes next.
        let _ = fs::remove_dir_all(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data() -> (tempfile::TempDir, DataFolder) {
        let place = tempfile::tempdir().unwrap();
        let folder = DataFolder::open(Some(&place.path().join("año 1 %"))).unwrap();
        (place, folder)
    }

    #[test]
    fn where_it_is_not_installed_that_is_said() {
        let (_place, folder) = data();
        let missing = pdf_by(&["astra-no-such-program"], b"", &folder, &Stop::default(), LONGEST);
        assert_eq!(missing, Err(Error::LibreOfficeMissing));
        assert!(!folder.office().exists());
    }

    #[cfg(unix)]
    #[test]
    fn one_that_hangs_is_ended_after_its_time_and_when_somebody_asks() {
        use std::os::unix::fs::PermissionsExt;
        let (place, folder) = data();
        let hanging = place.path().join("soffice");
        fs::write(&hanging, "#!/bin/sh\nsleep 60 & sleep 60\n").unwrap();
        fs::set_permissions(&hanging, fs::Permissions::from_mode(0o755)).unwrap();
        let programs = [hanging.to_str().unwrap()];
        let late = pdf_by(&programs, b"", &folder, &Stop::default(), Duration::from_millis(100));
        assert!(matches!(late, Err(Error::PdfFailed { .. })), "{late:?}");
        let stop = Stop::default();
        stop.set();
        assert_eq!(pdf_by(&programs, b"", &folder, &stop, LONGEST), Err(Error::Stopped));
        assert!(!folder.office().exists());
    }

    #[test]
    fn a_path_becomes_an_address_whatever_is_in_it() {
        assert_eq!(address(Path::new("/datos/año 1 %/x")), "file:///datos/a%C3%B1o%201%20%25/x");
        assert_eq!(address(&plain(PathBuf::from(r"\\?\C:\Datos\x"))), "file:///C%3A/Datos/x");
    }
}
