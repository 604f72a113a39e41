//! A document as blocks: headings, paragraphs, tables, lists, signatures. What it says, and nothing of
//! how it looks: fonts, colours and margins belong to the template it is poured into ([`super::template`]).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

mod place;
#[cfg(test)]
pub(crate) mod sample;

pub use place::Place;

/// A whole document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// What the file says of itself.
    pub properties: Properties,
    /// What stands in the template's places. A place that is missing here, or empty, is left as a line
    /// to be filled by hand. [`Place::Body`] is the blocks and takes no text.
    pub places: BTreeMap<Place, String>,
    /// The body, from top to bottom.
    pub blocks: Vec<Block>,
}

/// What the file says of itself, and what it is printed on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Properties {
    /// The title, as shown by programs that list documents and by screen readers.
    pub title: String,
    /// What it is about.
    pub subject: String,
    /// Who made it.
    pub creator: String,
    /// The Spanish it is written in.
    pub language: Language,
    /// The paper, when it is not the template's.
    pub paper: Option<Paper>,
}

/// A Spanish, as Word tells them apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Language {
    /// Colombia's.
    #[default]
    Colombia,
    /// Spain's.
    Spain,
}

impl Language {
    /// The tag of BCP 47.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Colombia => "es-CO",
            Self::Spain => "es-ES",
        }
    }
}

/// A size of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// Carta, 21.59 × 27.94 cm.
    Letter,
    /// Oficio as sold in Colombia, 21.59 × 33 cm.
    Oficio,
    /// A4, 21 × 29.7 cm.
    A4,
}

impl Paper {
    /// Width and height when it stands upright, in twentieths of a point.
    pub fn twips(self) -> (u32, u32) {
        match self {
            Self::Letter => (12_240, 15_840),
            Self::Oficio => (12_240, 18_709),
            Self::A4 => (11_906, 16_838),
        }
    }
}

/// A piece of the body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "kind", content = "of", rename_all = "snake_case")]
pub enum Block {
    /// A heading, which stays with what follows it and which the index lists.
    Heading {
        /// How deep it stands.
        level: Level,
        /// What it says.
        text: String,
        /// A name by which it can be pointed at from elsewhere.
        bookmark: Option<String>,
    },
    /// A paragraph.
    Paragraph {
        /// What kind of text it is.
        style: Style,
        /// The text.
        runs: Vec<Run>,
    },
    /// A table.
    Table(Table),
    /// A list, counted from one or with bullets.
    List {
        /// Whether its items are numbered.
        ordered: bool,
        /// The text of each item.
        items: Vec<Vec<Run>>,
    },
    /// The list of the headings, under a heading of its own that is not in it.
    Index {
        /// The heading.
        title: String,
    },
    /// What follows begins on a new page.
    PageBreak,
    /// Room to sign, two people side by side.
    Signatures(Vec<Signature>),
}

/// How deep a heading stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// A section.
    One,
    /// An item of a section.
    Two,
    /// A part of an item.
    Three,
}

/// What kind of text a paragraph is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[serde(rename = "PageStyle")]
pub enum Style {
    /// Running text.
    #[default]
    Normal,
    /// The name of the document, centred.
    Title,
    /// What stands under the name.
    Subtitle,
    /// A label and its value with a tab between them: «FECHA:», «10 de noviembre de 2025».
    Fact,
    /// What introduces the next paragraph or table, and stays with it: who speaks, what the rows are.
    LeadIn,
    /// What somebody said.
    Speech,
    /// A text that was read out, or that passed: a proposal, an agreement.
    Quote,
    /// A remark in small print.
    Note,
}

/// Some text in one look.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Run {
    /// The text. A line break is a line break, a tab a tab.
    pub text: String,
    /// Whether it stands out.
    pub bold: bool,
    /// Whether it is slanted.
    pub italic: bool,
}

impl Run {
    /// Text as it is.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Text that stands out.
    pub fn bold(text: impl Into<String>) -> Self {
        Self { text: text.into(), bold: true, italic: false }
    }

    /// Text that is slanted.
    pub fn italic(text: impl Into<String>) -> Self {
        Self { text: text.into(), bold: false, italic: true }
    }
}

/// Rows under a head that stands again on every page. Without a head it is a form, in which the first
/// column names what the others say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Table {
    /// The names of the columns, or none.
    pub head: Vec<String>,
    /// The cells, row by row. A row that is too short is filled up with empty cells.
    pub rows: Vec<Vec<Vec<Run>>>,
    /// The widths of the columns as parts of the whole: `[3, 1]` is three quarters and one. A column
    /// without one is as wide as the narrowest that has one.
    pub widths: Vec<u32>,
    /// What the table shows, for those who cannot see it.
    pub description: String,
}

/// Who signs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Signature {
    /// The name.
    pub name: String,
    /// As what.
    pub office: String,
}
