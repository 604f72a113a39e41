//! Days of the calendar: «once de noviembre de 2025», «a los diez (10) días del mes de noviembre del año dos
//! mil veinticinco», «11/11/2025», «2025-11-11», «noviembre 11 de 2025».

use time::Month;

use super::cardinal::{Reading, below_hundred, said_again};
use super::decimal::Decimal;
use super::tokens::Tokens;
use super::{Found, Value, year};

/// A day of the calendar that exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    /// From 1 to 31.
    pub day: u8,
    /// From 1 to 12.
    pub month: u8,
    /// The year, if it was said.
    pub year: Option<u16>,
}

/// The months from January on, as they are written.
pub(in crate::minutes) const MONTHS: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

/// A year in which every day exists, for dates without one.
const LEAP_YEAR: u16 = 2024;

/// The date that begins here.
pub(super) fn read(tokens: &Tokens, at: usize) -> Option<Found> {
    let (date, next) = in_digits(tokens, at).or_else(|| day_first(tokens, at)).or_else(|| month_first(tokens, at))?;
    exists(date).then_some((Value::Date(date), next))
}

fn day_first(tokens: &Tokens, at: usize) -> Option<(Date, usize)> {
    let (day, mut next) = day(tokens, at)?;
    next += usize::from(matches!(tokens.at(next), "dia" | "dias"));
    next += match (tokens.at(next), tokens.at(next + 1), tokens.at(next + 2)) {
        ("del" | "de", "mes", "de") => 3,
        ("de", "el", "mes") if tokens.at(next + 3) == "de" => 4,
        ("de" | "del", ..) => 1,
        // «11 noviembre» is written so, «un abril lluvioso» is no date.
        _ if tokens.digits(at).is_some() => 0,
        _ => return None,
    };
    let (month, next) = (month(tokens.at(next))?, next + 1);
    let comma = usize::from(tokens.at(next) == ",");
    let year = year::after_of(tokens, next + comma)
        .or_else(|| year::full(tokens, next + comma).filter(|_| tokens.digits(next + comma).is_some()));
    Some(match year {
        Some((year, next)) => (Date { day, month, year: Some(year) }, next),
        None => (Date { day, month, year: None }, next),
    })
}

/// «noviembre 11 de 2025»: only with its year, since «noviembre once» could begin anything.
fn month_first(tokens: &Tokens, at: usize) -> Option<(Date, usize)> {
    let month = month(tokens.at(at))?;
    let (day, next) = day(tokens, at + 1)?;
    let comma = usize::from(tokens.at(next) == ",");
    let (year, next) = year::after_of(tokens, next + comma).or_else(|| year::full(tokens, next + comma))?;
    Some((Date { day, month, year: Some(year) }, next))
}

/// «11/11/2025», «11-11-2025», «11.11.2025», «2025-11-11», «11/11/25».
fn in_digits(tokens: &Tokens, at: usize) -> Option<(Date, usize)> {
    let sign = tokens.at(at + 1);
    let joined = (at + 1..at + 5).all(|at| tokens.glued(at));
    let longer = tokens.glued(at + 5) && tokens.at(at + 5) == sign && tokens.digits(at + 6).is_some();
    let begins = !(tokens.glued(at) && tokens.before(at, 1) == sign);
    if !matches!(sign, "/" | "-" | ".") || tokens.at(at + 3) != sign || !joined || longer || !begins {
        return None;
    }
    let (first, second, third) = (tokens.digits(at)?, tokens.digits(at + 2)?, tokens.digits(at + 4)?);
    let (day, year) = match (first.len(), third.len()) {
        (4, 1..=2) => (third, first.parse().ok()?),
        (1..=2, 4) => (first, third.parse().ok()?),
        (1..=2, 2) if sign == "/" => (first, 2000 + third.parse::<u16>().ok()?),
        _ => return None,
    };
    let date = Date { day: day.parse().ok()?, month: second.parse().ok()?, year: Some(year) };
    (second.len() <= 2).then_some((date, at + 5))
}

fn day(tokens: &Tokens, at: usize) -> Option<(u8, usize)> {
    let (day, next) = match tokens.at(at) {
        "primero" => (1, at + 1),
        _ => below_hundred(tokens, at)?,
    };
    let ordinal = |at: usize| usize::from(tokens.glued(at) && matches!(tokens.at(at), "º" | "°" | "o" | "ero"));
    let next = match (tokens.at(next), ordinal(next + 1)) {
        (".", 1) if tokens.glued(next) => next + 2,
        _ => next + ordinal(next),
    };
    let reading = Reading { value: Decimal::from(day), next, lone_one: false };
    Some((u8::try_from(day).ok()?, said_again(tokens, reading).next))
}

fn month(word: &str) -> Option<u8> {
    let word = if word == "setiembre" { "septiembre" } else { word };
    (1..).zip(MONTHS).find(|(_, name)| *name == word).map(|(month, _)| month)
}

fn exists(date: Date) -> bool {
    let year = date.year.unwrap_or(LEAP_YEAR).into();
    Month::try_from(date.month).is_ok_and(|month| time::Date::from_calendar_date(year, month, date.day).is_ok())
}
