//! The zip around the parts of a Word document.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::{Error, Result};

/// The parts, by their path in the package, as one file. No time of writing and no owner goes into it:
/// the same parts give the same bytes.
///
/// # Errors
/// [`Error::Broken`] if a part is larger than a zip can hold.
pub(crate) fn zipped(parts: &[(String, Vec<u8>)]) -> Result<Vec<u8>> {
    let broken = |error: &dyn std::fmt::Display| Error::Broken { reason: format!("Word document: {error}") };
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in parts {
        zip.start_file(path.as_str(), options).map_err(|error| broken(&error))?;
        zip.write_all(bytes).map_err(|error| broken(&error))?;
    }
    let file = zip.finish().map_err(|error| broken(&error))?;
    Ok(file.into_inner())
}
