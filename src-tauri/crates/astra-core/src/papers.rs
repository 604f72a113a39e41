//! Documents that people hand over to be read: Word, PDF with text in it, plain text, tables as text. Bytes in, lines
//! and rows out. What a document is, its bytes say and not its name; what it may cost is bounded, whatever it claims.

use std::io::{Cursor, Read};

use serde::Serialize;
use zip::ZipArchive;

pub(crate) mod docx;
pub(crate) mod pdf;
pub(crate) mod plain;
pub(crate) mod separated;

/// The values of a line of a table.
pub(crate) type Row = Vec<String>;

/// A piece of a document.
#[derive(Debug)]
pub(crate) enum Block {
    /// A line or paragraph.
    Line(String),
    /// A table.
    Table(Vec<Row>),
}

/// Why a document cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperDamage {
    /// It is none of the formats.
    #[error("it is no DOCX, PDF or text file")]
    NoDocument,
    /// It is a document of Word from before 2007, or one with a password, which looks the same.
    #[error("it is an old or locked document of Word")]
    OldOrLocked,
    /// It needs a password.
    #[error("it is locked")]
    Locked,
    /// Its structure is broken.
    #[error("it is damaged")]
    Broken,
    /// It is larger than any minutes, or unpacks to more.
    #[error("it is too large")]
    TooLarge,
    /// Its pages are pictures.
    #[error("its pages are pictures")]
    Scanned,
    /// There is no text in it.
    #[error("there is no text in it")]
    NoText,
}

/// The largest file that is read, in bytes: minutes with pictures are tens of megabytes at most.
pub(crate) const MOST_BYTES: u64 = 32 << 20;

/// How much a packed file may unpack to, in bytes.
pub(crate) const MOST_UNPACKED: u64 = 256 << 20;

/// How much text is read, in bytes; a page of minutes has some four thousand.
pub(crate) const MOST_TEXT: usize = 16 << 20;

/// How many rows of a table are read; no council has so many seats, nor so many names.
pub(crate) const MOST_ROWS: usize = 5_000;

/// How many columns of it.
pub(crate) const MOST_COLUMNS: usize = 64;

/// How many pages of a PDF are read.
const MOST_PAGES: usize = 2_000;

/// The text of a document by sentences as far as it tells them apart: paragraphs, and cells of tables.
///
/// # Errors
/// The [`PaperDamage`].
pub fn lines(bytes: &[u8]) -> Result<Vec<String>, PaperDamage> {
    if bytes.len() as u64 > MOST_BYTES {
        return Err(PaperDamage::TooLarge);
    }
    let lines = if bytes.starts_with(b"PK\x03\x04") {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| PaperDamage::Broken)?;
        weigh(&mut archive, MOST_UNPACKED)?;
        if archive.index_for_name("word/document.xml").is_none() {
            return Err(PaperDamage::NoDocument);
        }
        let cells = |block| match block {
            Block::Line(line) => vec![line],
            Block::Table(rows) => rows.into_iter().flatten().flat_map(|cell| lines_of(&cell)).collect(),
        };
        docx::blocks(&mut archive)?.into_iter().flat_map(cells).collect()
    } else if bytes.starts_with(b"%PDF-") {
        pdf::paragraphs(bytes, MOST_PAGES)?
    } else if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Err(PaperDamage::OldOrLocked);
    } else {
        plain::paragraphs(bytes)?
    };
    if lines.iter().map(String::len).sum::<usize>() > MOST_TEXT {
        return Err(PaperDamage::TooLarge);
    }
    let has_text = lines.iter().any(|line| line.chars().any(char::is_alphabetic));
    if has_text { Ok(lines) } else { Err(PaperDamage::NoText) }
}

/// Unpacks everything once into nothing: what the directory of an archive says of sizes may lie.
pub(crate) fn weigh(archive: &mut ZipArchive<Cursor<&[u8]>>, most: u64) -> Result<(), PaperDamage> {
    let mut left = most;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|_| PaperDamage::Broken)?;
        let read = std::io::copy(&mut entry.take(left + 1), &mut std::io::sink());
        let read = read.map_err(|_| PaperDamage::Broken)?;
        left = left.checked_sub(read).ok_or(PaperDamage::TooLarge)?;
    }
    Ok(())
}

/// A text without line breaks and spaces it does not need.
pub(crate) fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The lines of a cell, each without spaces it does not need.
pub(crate) fn tidy_lines(text: &str) -> String {
    lines_of(text).join("\n")
}

fn lines_of(text: &str) -> Vec<String> {
    text.lines().map(tidy).filter(|line| !line.is_empty()).collect()
}

#[cfg(test)]
pub(crate) mod tests;
