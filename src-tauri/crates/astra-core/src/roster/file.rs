//! A file with a roster, told by its bytes and not by its name, and read within bounds.

use std::io::Cursor;

use serde::{Deserialize, Serialize};
use zip::ZipArchive;

use super::{Councillor, RosterProposal, past_minutes, table, xlsx};
use crate::papers::{Block, MOST_BYTES, MOST_UNPACKED, PaperDamage, docx, pdf, separated, weigh};

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

impl From<PaperDamage> for RosterDamage {
    fn from(damage: PaperDamage) -> Self {
        match damage {
            PaperDamage::NoDocument | PaperDamage::OldOrLocked => Self::NoRoster,
            PaperDamage::Locked | PaperDamage::Broken => Self::Damaged,
            PaperDamage::TooLarge => Self::TooLarge,
            PaperDamage::Scanned | PaperDamage::NoText => Self::NoNames,
        }
    }
}

/// How many pages of a PDF are read: the roll stands on the first ones.
const MOST_PAGES: usize = 60;

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
        let lines = pdf::lines(bytes, MOST_PAGES)?.into_iter().map(Block::Line).collect();
        past_minutes::propose(lines, RosterFormat::Pdf, known)
    } else {
        table::propose(separated::rows(bytes)?, RosterFormat::Csv, known)
    };
    proposal.filter(|proposal| !proposal.rows.is_empty()).ok_or(RosterDamage::NoNames)
}
