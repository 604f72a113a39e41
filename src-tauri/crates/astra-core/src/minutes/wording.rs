//! How a council writes: the numbers, sums, hours and dates of a legal document in the style of its house,
//! and the words that have to agree with the thing voted on.
//!
//! What must not be torn apart at the end of a line («64 %», «$ 20.000», «7:30 p. m.») is held together by
//! no-break spaces. Whatever is written here, [`figures`](super::figures) reads back as the same value.

use serde::{Deserialize, Serialize};

pub use agreement::{Gender, Number, agree, article, forms_of};
pub use cardinal::{Form, cardinal};

use super::figures::Decimal;

mod agreement;
mod cardinal;
mod date;
mod hour;
mod money;
#[cfg(test)]
mod tests;

/// The space at which no line is broken.
const NO_BREAK: &str = "\u{a0}";

/// The style of a house. The default is Colombia's usual one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(default)]
pub struct Wording {
    /// Counts: votes, members, days.
    pub numbers: Numbers,
    /// Days of the calendar.
    pub dates: Dates,
    /// Times of the day.
    pub hours: Hours,
    /// What separates thousands and decimals.
    pub separators: Separators,
    /// Whether «$» stands apart from its amount.
    pub currency: Spacing,
    /// Whether «%» stands apart from its number.
    pub percent: Spacing,
    /// Sums of whole millions.
    pub sums: Sums,
    /// The word for the number of members that must attend.
    pub quorum: Quorum,
    /// What is said word for word.
    pub quotes: Quotes,
    /// Names made of initials.
    pub acronyms: Acronyms,
}

/// How counts are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Numbers {
    /// «trece (13)»
    #[default]
    WordsAndFigures,
    /// «13 (trece)»
    FiguresAndWords,
    /// «trece»
    Words,
    /// «13»
    Figures,
}

/// How days of the calendar are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Dates {
    /// «10 de noviembre de 2025»
    #[default]
    Figures,
    /// «diez (10) de noviembre de dos mil veinticinco»
    Solemn,
    /// «diez de noviembre de dos mil veinticinco»
    Words,
}

/// How times of the day are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Hours {
    /// «19:30»
    #[default]
    TwentyFour,
    /// «7:30 p. m.»
    Twelve,
    /// «siete y treinta de la noche»
    Words,
    /// «diecinueve horas y treinta minutos»
    SolemnWords,
}

/// What separates thousands and decimals. A space stands only in numbers of five digits and more, as the
/// academies ask.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Separators {
    /// «12.345,6»
    #[default]
    PointAndComma,
    /// «12 345,6»
    SpaceAndComma,
    /// «12 345.6»
    SpaceAndPoint,
}

/// Whether a sign stands apart from its number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Spacing {
    /// «64 %», «$ 20.000»
    #[default]
    Apart,
    /// «64%», «$20.000»
    Joined,
}

/// How sums of whole millions are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Sums {
    /// «$ 3.106 millones»
    #[default]
    Millions,
    /// «$ 3.106.000.000»
    InFull,
}

/// The word for the number of members that must attend. Both spellings are right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Quorum {
    /// «quórum»
    #[default]
    Quorum,
    /// «cuórum»
    Cuorum,
}

/// The marks around what is said word for word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Quotes {
    /// “ ”
    #[default]
    Curly,
    /// « »
    Angular,
}

/// How names made of initials are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Acronyms {
    /// «ICBF», «Isvimed»: only up to four letters in capitals.
    #[default]
    ShortInCapitals,
    /// «ICBF», «ISVIMED»
    Capitals,
}

impl Wording {
    /// The usual style of Spain: hours and dates in words, sums in full.
    pub fn spain() -> Self {
        Self {
            numbers: Numbers::Words,
            dates: Dates::Words,
            hours: Hours::SolemnWords,
            sums: Sums::InFull,
            quotes: Quotes::Angular,
            acronyms: Acronyms::Capitals,
            ..Self::default()
        }
    }

    /// A count, in the form its noun asks for: «veintiún (21)» before «votos».
    pub fn number(&self, number: u64, form: Form) -> String {
        let figures = || self.figures(Decimal::from(number));
        let words = || cardinal(number, form);
        match self.numbers {
            Numbers::WordsAndFigures => format!("{} ({})", words(), figures()),
            Numbers::FiguresAndWords => format!("{} ({})", figures(), words()),
            Numbers::Words => words(),
            Numbers::Figures => figures(),
        }
    }

    /// A number in figures: «12.345,6».
    pub fn figures(&self, number: Decimal) -> String {
        let (separator, mark) = match self.separators {
            Separators::PointAndComma => (".", ","),
            Separators::SpaceAndComma => (NO_BREAK, ","),
            Separators::SpaceAndPoint => (NO_BREAK, "."),
        };
        let places = usize::from(number.places());
        let digits = format!("{:0>width$}", number.units(), width = places + 1);
        let (whole, fraction) = digits.split_at(digits.len() - places);
        let grouped = if separator == NO_BREAK && whole.len() < 5 { whole.to_owned() } else { group(whole, separator) };
        if fraction.is_empty() { grouped } else { format!("{grouped}{mark}{fraction}") }
    }

    /// «64 %»
    pub fn percentage(&self, number: Decimal) -> String {
        format!("{}{}%", self.figures(number), self.percent.space())
    }

    /// The word for the number of members that must attend.
    pub fn quorum(&self) -> &'static str {
        match self.quorum {
            Quorum::Quorum => "quórum",
            Quorum::Cuorum => "cuórum",
        }
    }

    /// A text as somebody's own words.
    pub fn quoted(&self, text: &str) -> String {
        self.quoted_part(text, true, true)
    }

    /// A paragraph of somebody's own words, which begin with it if it is the `first` and end with it if it is
    /// the `last`.
    pub fn quoted_part(&self, text: &str, first: bool, last: bool) -> String {
        let (opens, closes) = match self.quotes {
            Quotes::Curly => ("“", "”"),
            Quotes::Angular => ("«", "»"),
        };
        format!("{}{text}{}", if first { opens } else { "" }, if last { closes } else { "" })
    }

    /// A name made of initials, whatever case it was typed in.
    pub fn acronym(&self, name: &str) -> String {
        const LONGEST_IN_CAPITALS: usize = 4;
        let mut letters = name.chars();
        match letters.next() {
            Some(first) if self.acronyms == Acronyms::ShortInCapitals && name.chars().count() > LONGEST_IN_CAPITALS => {
                first.to_uppercase().chain(letters.flat_map(char::to_lowercase)).collect()
            }
            _ => name.to_uppercase(),
        }
    }
}

impl Spacing {
    fn space(self) -> &'static str {
        match self {
            Self::Apart => NO_BREAK,
            Self::Joined => "",
        }
    }
}

/// Digits in groups of three from the right.
fn group(digits: &str, separator: &str) -> String {
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push_str(separator);
        }
        grouped.push(digit);
    }
    grouped
}
