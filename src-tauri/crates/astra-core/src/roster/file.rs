//! A file with a roster, told by its bytes and not by its name, and read within bounds.

use std::io::{Cursor, Read};

use serde::{Deserialize, Serialize};
use zip::ZipArchive;

use super::{Councillor, RosterProposal, docx, past_minutes, pdf, separated, table, xlsx};

/// What a roster is read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum RosterFormat {
    /// Lines of values with commas, semicolons or tabs between them.
    Csv,
    /// A workbook of Excel; its first sheet with names.
    Xlsx,
    /// Earlier minutes, or a list, of Word.
    Docx,
    /// Earlier minutes, or a list, as PDF with text in it.
    Pdf,
}

/// Why no roster can be read from a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RosterDamage {
    /// It is none of the formats.
    #[error("it is no CSV, XLSX, DOCX or PDF file")]
    NoRoster,
    /// Its structure is broken, or it needs a password.
    #[error("it is damaged or locked")]
    Damaged,
    /// It is larger than any roster, or unpacks to more.
    #[error("it is too large")]
    TooLarge,
    /// No name stands where one would be.
    #[error("there are no names in it")]
    NoNames,
}

/// The largest file that is read, in bytes: minutes with pictures are tens of megabytes at most.
pub(crate) const MOST_BYTES: u64 = 32 << 20;

/// How much a packed file may unpack to, in bytes.
pub(super) const MOST_UNPACKED: u64 = 256 << 20;

/// Proposes the councillors that a file names. `known` is the roster there is: who is in it by the
/// same name keeps the id.
///
/// # Errors
/// The [`RosterDamage`].
pub fn read(bytes: &[u8], known: &[Councillor]) -> Result<RosterProposal, RosterDamage> {
    if bytes.len() as u64 > MOST_BYTES {
        return Err(RosterDamage::TooLarge);
    }
    let proposal = if bytes.starts_with(b"PK\x03\x04") {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| RosterDamage::Damaged)?;
        weigh(&mut archive, MOST_UNPACKED)?;
        if archive.index_for_name("word/document.xml").is_some() {
            past_minutes::propose(docx::blocks(&mut archive)?, RosterFormat::Docx, known)
        } else if archive.index_for_name("xl/workbook.xml").is_some() {
            table::propose(xlsx::rows(bytes)?, RosterFormat::Xlsx, known)
        } else {
            return Err(RosterDamage::NoRoster);
        }
    } else if bytes.starts_with(b"%PDF-") {
        past_minutes::propose(pdf::blocks(bytes)?, RosterFormat::Pdf, known)
    } else {
        table::propose(separated::rows(bytes)?, RosterFormat::Csv, known)
    };
    proposal.filter(|proposal| !proposal.rows.is_empty()).ok_or(RosterDamage::NoNames)
}

/// Unpacks everything once into nothing: what the directory of an archive says of sizes may lie.
pub(super) fn weigh(archive: &mut ZipArchive<Cursor<&[u8]>>, most: u64) -> Result<(), RosterDamage> {
    let mut left = most;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|_| RosterDamage::Damaged)?;
        let read = std::io::copy(&mut entry.take(left + 1), &mut std::io::sink());
        let read = read.map_err(|_| RosterDamage::Damaged)?;
        left = left.checked_sub(read).ok_or(RosterDamage::TooLarge)?;
    }
    Ok(())
}
