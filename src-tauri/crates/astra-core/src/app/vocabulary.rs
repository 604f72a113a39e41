//! The council's own words as the doors list, learn, import, export and keep them, and what a listening is told of
//! them.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::papers::bytes_of;
use super::roster::day_of;
use super::{App, blocking};
use crate::disk::Unfinished;
use crate::error::{Error, Failure, Result};
use crate::id::SessionId;
use crate::minutes::{Attendance, Minutes, What};
use crate::models::{DEMO, most_told};
use crate::papers;
use crate::roster;
use crate::sessions::{Outcome, Part};
use crate::vocabulary::{self, Learning, ProposedTerm, Sitting, Term, sheet};

/// How many documents are learned from at once.
const MOST_DOCUMENTS: usize = 1_000;

/// What documents are called, as the endings of their names.
const ENDINGS: [&str; 3] = ["docx", "pdf", "txt"];

/// What documents of the past teach. Nothing of it is kept before the secretary agrees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Learned {
    /// How many documents were read.
    pub documents: u32,
    /// Those that could not be read.
    pub unread: Vec<Unread>,
    /// The terms, the surest and most frequent first.
    pub candidates: Vec<ProposedTerm>,
}

/// A document that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Unread {
    /// Where it is.
    pub path: String,
    /// Why not.
    pub failure: Failure,
}

impl App {
    /// The council's own words.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn vocabulary_list(&self) -> Result<Vec<Term>> {
        self.store().vocabulary().await
    }

    /// Makes these the council's own words.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn vocabulary_save(&self, terms: &[Term]) -> Result<()> {
        self.store().set_vocabulary(terms).await
    }

    /// Proposes the terms that documents of the past name: Word, PDF with text, plain text, and all of those in a
    /// folder. One that cannot be read keeps none of the others from it.
    ///
    /// # Errors
    /// Those of the store; why the first document cannot be read, when none can.
    pub async fn vocabulary_learn(&self, paths: &[PathBuf]) -> Result<Learned> {
        let (known, paths) = (self.store().vocabulary().await?, paths.to_vec());
        blocking(move || {
            let mut learning = Learning::default();
            let mut unread = Vec::new();
            let mut first = None;
            for path in documents(&paths) {
                match lines_of(&path) {
                    Ok(lines) => learning.read(&lines),
                    Err(error) => {
                        unread.push(Unread { path: path.display().to_string(), failure: Failure::from(&error) });
                        first.get_or_insert(error);
                    }
                }
            }
            match first {
                Some(error) if learning.documents() == 0 => Err(error),
                _ => Ok(Learned { documents: learning.documents(), unread, candidates: learning.candidates(&known) }),
            }
        })
        .await
    }

    /// The terms of a table or list. Nothing is kept.
    ///
    /// # Errors
    /// [`Error::DocumentUnreadable`]; [`Error::RecordingMissing`] and the like.
    pub async fn vocabulary_import(&self, path: &Path) -> Result<Vec<Term>> {
        let path = path.to_owned();
        blocking(move || {
            let bytes = bytes_of(&path)?;
            sheet::read(&bytes).map_err(|reason| Error::DocumentUnreadable { path: path.display().to_string(), reason })
        })
        .await
    }

    /// Writes the council's own words as a table that a spreadsheet opens; tells how many.
    ///
    /// # Errors
    /// [`Error::NotWritable`], [`Error::DiskFull`]; those of the store.
    pub async fn vocabulary_export(&self, path: &Path) -> Result<u32> {
        let (terms, path) = (self.store().vocabulary().await?, path.to_owned());
        blocking(move || {
            let unfinished = Unfinished::new(&path)?;
            fs::write(unfinished.part(), sheet::written(&terms)).map_err(|error| Error::writing(&path, &error))?;
            unfinished.finish()?;
            Ok(u32::try_from(terms.len()).unwrap_or(u32::MAX))
        })
        .await
    }

    /// What the engine is told of the council's words and names when it listens to a part. They are chosen as late as
    /// can be, when the secretary may have said who came and what it was about, and stay once a chunk was heard. The demo
    /// model is told nothing: it knows the words of the sample alone, and loses its way with any others before it.
    pub(crate) async fn words_for(&self, session: SessionId, part: &Part) -> Result<Vec<String>> {
        if part.listening.key.model == DEMO {
            return Ok(Vec::new());
        }
        let chunks = self.store().chunks(part.listening.id).await?;
        if chunks.iter().any(|chunk| chunk.outcome != Outcome::Waiting) {
            return Ok(part.listening.key.vocabulary.clone());
        }
        let title = self.store().session(session).await?.session.title;
        let mut sitting = sitting(title, &self.store().minutes(session).await?.minutes);
        if sitting.people.is_empty() {
            let roll = roster::roll(&self.store().roster().await?, &day_of(part.recording.started_at_ms));
            sitting.people = roll.into_iter().map(|one| one.name).collect();
        }
        let most = most_told(&part.listening.key.engine);
        let words = vocabulary::for_sitting(&self.store().vocabulary().await?, &sitting, most);
        self.store().set_listening_vocabulary(part.listening.id, &words).await?;
        Ok(words)
    }
}

/// What is known of a sitting: those who are away are still called, but come last.
fn sitting(title: String, minutes: &Minutes) -> Sitting {
    let record = &minutes.record;
    let is_away = |one: &Attendance| matches!(one, Attendance::Absent | Attendance::Excused);
    let (away, there): (Vec<_>, Vec<_>) = record.attendance.iter().partition(|one| is_away(&one.attendance));
    let guests = record.guests.iter().map(|guest| &guest.name);
    let people = there.iter().map(|one| &one.name).chain(guests).chain(away.iter().map(|one| &one.name));
    let matters = minutes.entries.iter().filter_map(|entry| match &entry.what {
        What::Item(item) => Some(item.title.clone()),
        What::Bill(bill) => Some(bill.title.clone()),
        _ => None,
    });
    Sitting { people: people.cloned().collect(), matters: std::iter::once(title).chain(matters).collect() }
}

/// The documents at these places, and those that lie in a folder among them, by name.
fn documents(paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for path in paths {
        let Ok(entries) = fs::read_dir(path) else {
            all.push(path.clone());
            continue;
        };
        let mut inside: Vec<PathBuf> =
            entries.flatten().map(|entry| entry.path()).filter(|path| is_document(path)).collect();
        inside.sort();
        all.extend(inside);
    }
    all.truncate(MOST_DOCUMENTS);
    all
}

fn is_document(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // Word keeps such a file beside each document that is open.
    !name.starts_with("~$") && ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

fn lines_of(path: &Path) -> Result<Vec<String>> {
    let bytes = bytes_of(path)?;
    papers::lines(&bytes).map_err(|reason| Error::DocumentUnreadable { path: path.display().to_string(), reason })
}

#[cfg(test)]
mod tests;
