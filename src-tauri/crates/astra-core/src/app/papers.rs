//! Documents that are handed over to be read, on the disk.

use std::io::Read;
use std::path::Path;

use crate::error::{Error, Result};
use crate::papers::MOST_BYTES;

/// The bytes of a file, and one more than is read where it is too large.
///
/// # Errors
/// [`Error::RecordingMissing`] and the like.
pub(super) fn bytes_of(path: &Path) -> Result<Vec<u8>> {
    let shown = || path.display().to_string();
    let unread = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => Error::RecordingMissing { path: shown() },
        _ => Error::RecordingUnreadable { path: shown(), reason: error.to_string() },
    };
    let file = std::fs::File::open(path).map_err(unread)?;
    if !file.metadata().map_err(unread)?.is_file() {
        return Err(Error::RecordingIsFolder { path: shown() });
    }
    let mut bytes = Vec::new();
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(unread)?;
    Ok(bytes)
}
