//! The figures in what was said or written in Spanish: numbers, money, percentages, laws, hours and
//! dates, in words, in digits or half in each, with or without punctuation, with their exact value.
//!
//! The text is cut into tokens; from every token on each reader tries to read its kind of figure, and the
//! longest reading wins. What has no value by itself («primero», «una persona», «mil gracias») is no figure.

use std::ops::Range;

pub use date::Date;
pub use decimal::Decimal;
pub use law::{Law, Norm};
pub use money::{Currency, Money};
pub use relative::{RelativeDay, relative_days};

use tokens::Tokens;

mod cardinal;
pub(super) mod date;
mod decimal;
mod hour;
mod law;
mod money;
mod numeral;
mod percentage;
mod relative;
#[cfg(test)]
mod tests;
mod tokens;
mod words;
mod year;

/// Something with an exact value, where it was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The bytes of the text it was read from. An hour begins after its article («las»), a date after its
    /// day of the week; a value said twice, «trece (13)», is one figure as long as both agree.
    pub range: Range<usize>,
    /// What it says.
    pub value: Value,
}

/// What a figure says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// A number without a unit we know.
    Number(Decimal),
    /// An amount of money.
    Money(Money),
    /// So many parts of a hundred.
    Percentage(Decimal),
    /// A law or an article, by its number.
    Law(Law),
    /// A time of the day.
    Hour {
        /// Minutes after midnight, below 1440.
        minute: u16,
        /// Whether the half of the day was said («de la noche», «p. m.», «19:30») and not only guessed.
        half_said: bool,
    },
    /// A day of the calendar.
    Date(Date),
}

/// A value read from some token on, and the first token after it.
type Found = (Value, usize);

/// Every figure of the text in order, none overlapping another.
pub fn figures(text: &str) -> Vec<Figure> {
    let tokens = Tokens::new(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let Some((value, next)) = longest(&tokens, at) else {
            at += 1;
            continue;
        };
        let next = repeated(&tokens, value, next);
        found.push(Figure { range: tokens.range(at..next), value });
        at = next;
    }
    found
}

/// The longest figure that begins with this token; of equally long ones that of the most particular kind.
fn longest(tokens: &Tokens, at: usize) -> Option<Found> {
    let readers = [law::read, date::read, hour::read, money::read, percentage::read, cardinal::read];
    let mut best: Option<Found> = None;
    for found in readers.into_iter().filter_map(|read| read(tokens, at)) {
        if best.is_none_or(|(_, next)| found.1 > next) {
            best = Some(found);
        }
    }
    best
}

/// The end of a figure, after its repetition in brackets when that says the same.
fn repeated(tokens: &Tokens, value: Value, next: usize) -> usize {
    if tokens.at(next) != "(" {
        return next;
    }
    match longest(tokens, next + 1) {
        Some((again, end)) if again == value && tokens.at(end) == ")" => end + 1,
        _ => next,
    }
}
