//! How a council wants its acta: what it is made of, and the formulas of the house.

use serde::{Deserialize, Serialize};

use crate::export::page::{Language, Paper};
use crate::minutes::cleaning::Rule;
use crate::minutes::wording::Wording;

/// The profile of a council. The default is Colombia's usual one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "ActaStyle", default)]
pub struct Style {
    /// Whose law and formulas.
    pub country: Country,
    /// Numbers, dates, hours, sums, quotation marks.
    pub wording: Wording,
    /// How the acta is called.
    pub titling: Titling,
    /// Whether the title stands in the body: where the template does not write it.
    pub titled: bool,
    /// How the data of the sitting are written, where the template does not write them.
    pub heading: Heading,
    /// How those who attended are listed.
    pub roll: Roll,
    /// Whether there is a list of the headings.
    pub index: Index,
    /// What is taken out of what was said.
    pub cleaning: Vec<Rule>,
    /// What stands before what somebody said.
    pub speaker: SpeakerFormula,
    /// How members are addressed.
    pub treatment: Treatment,
    /// Whether the party stands with the name of a speaker.
    pub party: bool,
    /// Whether what is said word for word stands in quotation marks.
    pub quoted: bool,
    /// Whether the time of the recording stands with the name of a speaker.
    pub time_codes: bool,
    /// Whether what was agreed to be done is listed. Minutes of decisions always do.
    pub tasks: bool,
    /// Who signs.
    pub signers: Signers,
    /// Who typed the acta, or empty.
    pub transcriber: String,
    /// Whether the last page certifies the recordings and how they became text.
    pub certificate: bool,
    /// The paper, when it is not the template's.
    pub paper: Option<Paper>,
}

/// A country whose law and formulas are known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Country {
    /// Leyes 136 de 1994, 5 de 1992, 1431 de 2011.
    #[default]
    Colombia,
    /// Real Decreto 2568/1986 (ROF).
    Spain,
}

/// How an acta is called by its number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Titling {
    /// «ACTA No. 045 de 2026»
    #[default]
    Abbreviated,
    /// «ACTA NÚMERO 045 de 2026»
    InFull,
    /// «ACTA 045», as GTC 185 asks.
    Bare,
}

/// The data of the sitting at the head of an acta.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Heading {
    /// «FECHA:», «HORA:», «LUGAR:»
    #[default]
    Labels,
    /// A form.
    Form,
    /// A running paragraph.
    Running,
    /// None: the template has it.
    Template,
}

/// A list of those who attended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Roll {
    /// A table with a row for each.
    #[default]
    Table,
    /// By group, and who was absent with and without excuse, as article 109 of the ROF asks.
    Groups,
}

/// When there is a list of the headings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Index {
    /// Never.
    #[default]
    Never,
    /// In the kinds that hold what was said.
    WithTurns,
    /// Always.
    Always,
}

/// What stands before what somebody said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum SpeakerFormula {
    /// «Intervino el concejal X:»
    #[default]
    Intervened,
    /// «Toma la palabra D. X, portavoz del grupo Y:»
    TakesFloor,
    /// «X, concejal:»
    Label,
}

/// How members are addressed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Treatment {
    /// «el concejal X»
    #[default]
    Plain,
    /// «el honorable concejal X»
    Honourable,
    /// «el H. C. X»
    Initials,
    /// «D. X», «D.ª X»
    Don,
}

/// Who signs, from left to right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Signers {
    /// Who presided, and who keeps the minutes.
    #[default]
    PresidentFirst,
    /// Who keeps the minutes, and who presided.
    SecretaryFirst,
    /// Both, and every member who attended.
    Everybody,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            country: Country::Colombia,
            wording: Wording::default(),
            titling: Titling::default(),
            titled: false,
            heading: Heading::default(),
            roll: Roll::default(),
            index: Index::default(),
            cleaning: Rule::ALL.to_vec(),
            speaker: SpeakerFormula::default(),
            treatment: Treatment::default(),
            party: false,
            quoted: true,
            time_codes: false,
            tasks: false,
            signers: Signers::default(),
            transcriber: String::new(),
            certificate: true,
            paper: None,
        }
    }
}

impl Style {
    /// Spain's usual one.
    pub fn spain() -> Self {
        Self {
            country: Country::Spain,
            wording: Wording::spain(),
            heading: Heading::Running,
            roll: Roll::Groups,
            speaker: SpeakerFormula::TakesFloor,
            treatment: Treatment::Don,
            party: true,
            signers: Signers::SecretaryFirst,
            ..Self::default()
        }
    }
}

impl Country {
    /// The Spanish it writes.
    pub fn language(self) -> Language {
        match self {
            Self::Colombia => Language::Colombia,
            Self::Spain => Language::Spain,
        }
    }
}
