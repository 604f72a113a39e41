//! The acta: what the secretary states of a session and what was said in it, put together as a page of
//! blocks in one of three kinds and two copies. Nothing is written that is not in the [`Material`]: what
//! nobody gave leaves a line to fill in, or nothing.

use serde::{Deserialize, Serialize};

use super::turns::{Step, steps};
use super::{Entry, What};
use crate::export::page::Page;

mod acts;
mod certificate;
mod closing;
mod data;
mod heading;
mod material;
mod people;
mod public;
mod roll;
#[cfg(test)]
pub(crate) mod sample;
mod sections;
mod speech;
mod style;
#[cfg(test)]
mod tests;
mod votes;
mod writing;

pub use data::data;
pub use material::{Listening, Material, Person, Summary};
pub use style::{Country, Heading, Index, Roll, Signers, SpeakerFormula, Style, Titling, Treatment};

pub(crate) use public::masked_value;
pub(in crate::minutes) use speech::asks_for_words;
pub(in crate::minutes) use writing::{capital, day, minute};

use writing::Writing;

/// A kind of acta.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename = "ActaKind", rename_all = "snake_case")]
pub enum Kind {
    /// Every turn, word for word, without what cleaning takes out.
    Literal,
    /// What was dealt with, voted and decided, and no turns.
    Decisions,
    /// Every turn in the sentences that the secretary wrote or picked.
    Succinct,
}

/// For whom a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename = "ActaCopy", rename_all = "snake_case")]
pub enum Copy {
    /// For the archive: everything.
    Complete,
    /// For everybody: without what is reserved and without personal data.
    Public,
}

impl Kind {
    /// Every kind, in the order in which they are offered to a person.
    pub fn all() -> [Self; 3] {
        [Self::Literal, Self::Decisions, Self::Succinct]
    }

    /// Its name in files and on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Self::Literal => "literal",
            Self::Decisions => "decisiones",
            Self::Succinct => "sucinta",
        }
    }
}

impl Copy {
    /// Both copies, in the order in which they are offered to a person.
    pub fn all() -> [Self; 2] {
        [Self::Complete, Self::Public]
    }

    /// Its name in files and on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Self::Complete => "completa",
            Self::Public => "publica",
        }
    }
}

/// The acta of a session as a page for a template. The same material always gives the same page.
pub fn compose(material: &Material, kind: Kind, copy: Copy, style: &Style) -> Page {
    let writing = Writing::new(material, kind, copy, style);
    // First, since it tells whether something is still to be written.
    let development = sections::written(&writing);
    let mut blocks = heading::opening(&writing);
    blocks.extend(roll::attendance(&writing));
    blocks.extend(sections::agenda(&writing));
    blocks.extend(development);
    blocks.extend(closing::written(&writing));
    blocks.extend(certificate::written(&writing));
    let page = Page { properties: heading::properties(&writing), places: heading::places(&writing), blocks };
    match copy {
        Copy::Complete => page,
        Copy::Public => public::masked(page, &material.masks),
    }
}
