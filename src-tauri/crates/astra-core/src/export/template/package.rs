//! The zip of a template: checked before anything in it is believed, read part by part, and written
//! again with the parts that did not change copied as they are, not even unpacked.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::TemplateError;

/// The largest file taken, in bytes: a council's template with its photographs is far below.
const LARGEST_FILE: usize = 128 << 20;

/// The most that all its parts may be once unpacked, in bytes.
const LARGEST_UNPACKED: u64 = 512 << 20;

/// How many times larger than the file its parts may be. Text packs 30 to 1 at best, a white image
/// far more; small files are let off.
const LARGEST_RATIO: u64 = 200;
const RATIO_COUNTS_FROM: u64 = 32 << 20;

/// The largest part with XML that is read, in bytes. Word's own largest documents stay below.
const LARGEST_XML: u64 = 32 << 20;

/// The most parts. A hundred is much.
const MOST_PARTS: usize = 4_096;

/// How files of Word 97, and files that Word locked with a password, begin.
const COMPOUND_FILE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// An open template and what has been changed in it.
pub(super) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    changed: BTreeMap<String, Vec<u8>>,
}

impl<'a> Package<'a> {
    /// Opens a template and unpacks it once into nothing, so that a damaged part or a swollen one is
    /// found here and not by whoever opens the document.
    ///
    /// # Errors
    /// [`TemplateError::OldOrLocked`], [`TemplateError::NotWord`], [`TemplateError::Damaged`],
    /// [`TemplateError::TooLarge`].
    pub(super) fn open(file: &'a [u8]) -> Result<Self, TemplateError> {
        if file.starts_with(COMPOUND_FILE) {
            return Err(TemplateError::OldOrLocked);
        }
        if file.len() > LARGEST_FILE {
            return Err(TemplateError::TooLarge);
        }
        if !file.starts_with(b"PK") {
            return Err(TemplateError::NotWord);
        }
        let zip = ZipArchive::new(Cursor::new(file)).map_err(|_| damaged("zip"))?;
        if zip.has_duplicate_names() {
            return Err(damaged("zip"));
        }
        if zip.len() > MOST_PARTS {
            return Err(TemplateError::TooLarge);
        }
        let mut package = Self { zip, changed: BTreeMap::new() };
        package.unpack_into_nothing(file.len() as u64)?;
        Ok(package)
    }

    /// The paths of all parts, in the order of the file.
    pub(super) fn paths(&self) -> Vec<String> {
        self.zip.file_names().flatten().map(|path| path.into_owned()).collect()
    }

    /// A part as it is now, if there is one.
    ///
    /// # Errors
    /// [`TemplateError::Damaged`] and [`TemplateError::TooLarge`].
    pub(super) fn part(&mut self, path: &str) -> Result<Option<Vec<u8>>, TemplateError> {
        if let Some(bytes) = self.changed.get(path) {
            return Ok(Some(bytes.clone()));
        }
        let Some(index) = self.zip.index_for_name(path) else { return Ok(None) };
        let entry = self.zip.by_index(index).map_err(|_| damaged(path))?;
        let mut bytes = Vec::new();
        entry.take(LARGEST_XML + 1).read_to_end(&mut bytes).map_err(|_| damaged(path))?;
        if bytes.len() as u64 > LARGEST_XML {
            return Err(TemplateError::TooLarge);
        }
        Ok(Some(bytes))
    }

    /// Changes a part, or adds it.
    pub(super) fn put(&mut self, path: &str, bytes: Vec<u8>) {
        self.changed.insert(path.to_owned(), bytes);
    }

    /// The file. Parts stay where they were, and new ones come last. No time of writing goes into it.
    ///
    /// # Errors
    /// [`TemplateError::Damaged`] if a part cannot be copied, [`TemplateError::Broken`] if one cannot be
    /// written.
    pub(super) fn written(mut self) -> Result<Vec<u8>, TemplateError> {
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..self.zip.len() {
            let entry = self.zip.by_index_raw(index).map_err(|_| damaged("zip"))?;
            let path = entry.name().map_err(|_| damaged("zip"))?.into_owned();
            match self.changed.remove(&path) {
                Some(bytes) => write_part(&mut out, &path, &bytes)?,
                None => out.raw_copy_file(entry).map_err(|_| damaged(&path))?,
            }
        }
        for (path, bytes) in &self.changed {
            write_part(&mut out, path, bytes)?;
        }
        Ok(out.finish().map_err(broken)?.into_inner())
    }

    /// Sizes in the list of contents can lie, so what counts is what comes out.
    fn unpack_into_nothing(&mut self, packed: u64) -> Result<(), TemplateError> {
        let most = LARGEST_UNPACKED.min(RATIO_COUNTS_FROM.max(packed.saturating_mul(LARGEST_RATIO)));
        let mut left = most;
        for index in 0..self.zip.len() {
            let path = self.zip.name_for_index(index).and_then(Result::ok).map(|path| path.into_owned());
            let path = path.ok_or_else(|| damaged("zip"))?;
            let entry = self.zip.by_index(index).map_err(|_| damaged(&path))?;
            let size = io::copy(&mut entry.take(left + 1), &mut io::sink()).map_err(|_| damaged(&path))?;
            left = left.checked_sub(size).ok_or(TemplateError::TooLarge)?;
        }
        Ok(())
    }
}

fn write_part(out: &mut ZipWriter<Cursor<Vec<u8>>>, path: &str, bytes: &[u8]) -> Result<(), TemplateError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    out.start_file(path, options).map_err(broken)?;
    out.write_all(bytes).map_err(broken)
}

fn damaged(part: &str) -> TemplateError {
    TemplateError::Damaged { part: part.to_owned() }
}

fn broken(reason: impl std::fmt::Display) -> TemplateError {
    TemplateError::Broken { reason: reason.to_string() }
}
