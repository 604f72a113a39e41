//! The council's own names and words: people, places, offices, programmes, acronyms and laws. Engines are told those
//! that a sitting is likely to name ([`for_sitting`]), and what they write is spelled after them ([`Speller`]); the
//! secretary teaches them one by one, brings them in a table
//! ([`sheet`]) or has them found in past minutes ([`Learning`]). Exports are not changed by them.

use serde::{Deserialize, Serialize};

pub use self::choice::{Sitting, for_sitting};
pub use self::learning::{Learning, ProposedTerm, merged};
pub(crate) use self::ordinary::is_spanish;
pub use self::speller::Speller;

mod acronyms;
mod choice;
mod laws;
mod learning;
mod lists;
mod names;
mod ordinary;
mod phrases;
mod runs;
pub mod sheet;
pub(crate) mod sound;
mod speller;
mod variants;
mod written;

/// A name or word as it is written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Term {
    /// As it is written.
    pub text: String,
    /// What was written in its place before somebody corrected it.
    pub instead_of: Vec<String>,
    /// What it names.
    #[serde(default)]
    pub kind: TermKind,
    /// What an acronym stands for, or empty.
    #[serde(default)]
    pub expansion: String,
    /// In how many past documents it stands; 0 for one that was not learned from any.
    #[serde(default)]
    pub documents: u32,
}

/// What a term names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum TermKind {
    /// Somebody.
    Person,
    /// A barrio, a vereda, a river.
    Place,
    /// An office, institution or body.
    Office,
    /// A programme, plan, fund or feast.
    Programme,
    /// An acronym.
    Acronym,
    /// A law or another rule.
    Law,
    /// Words that are said again and again.
    Phrase,
    /// Anything else.
    #[default]
    Other,
}

impl TermKind {
    /// All of them, in the order in which they are shown.
    pub fn all() -> [Self; 8] {
        use TermKind::{Acronym, Law, Office, Other, Person, Phrase, Place, Programme};
        [Person, Place, Office, Programme, Acronym, Law, Phrase, Other]
    }

    /// Its name where it is kept, and under `term_kind` in the catalogue of sentences.
    pub fn id(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Place => "place",
            Self::Office => "office",
            Self::Programme => "programme",
            Self::Acronym => "acronym",
            Self::Law => "law",
            Self::Phrase => "phrase",
            Self::Other => "other",
        }
    }
}
