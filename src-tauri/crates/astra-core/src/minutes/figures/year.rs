//! Years as they follow a law or a month: «de 1994», «del año dos mil veinticinco (2025)», «del 93».

use super::cardinal::{Reading, below_hundred, said_again, whole};
use super::decimal::Decimal;
use super::tokens::Tokens;

/// The years in which anything a council speaks of happened or will.
const YEARS: std::ops::RangeInclusive<u64> = 1500..=2199;

/// Two digits below this are of this century («del 22»), the others of the last («del 93»).
const CENTURY_TURNS: u64 = 50;

/// The year after «de» or «del», and the token after it.
pub(super) fn after_of(tokens: &Tokens, at: usize) -> Option<(u16, usize)> {
    let article = match tokens.at(at) {
        "del" => true,
        "de" => false,
        _ => return None,
    };
    let named = match (tokens.at(at + 1), tokens.at(at + 2)) {
        ("ano", _) => 1,
        ("el", "ano") => 2,
        _ => 0,
    };
    full(tokens, at + 1 + named).or_else(|| short(tokens, at + 1 + named, article || named > 0))
}

/// A year in full: «1994», «mil novecientos noventa y cuatro», «dos mil veinticinco (2025)».
pub(super) fn full(tokens: &Tokens, at: usize) -> Option<(u16, usize)> {
    let (year, next) = whole(tokens, at).filter(|(year, _)| YEARS.contains(year)).or_else(|| in_pairs(tokens, at))?;
    let reading = Reading { value: Decimal::from(year), next, lone_one: false };
    Some((u16::try_from(year).ok()?, said_again(tokens, reading).next))
}

/// A number said two digits at a time: «diez setenta y siete», «veinte veinticinco», «trece cero ocho».
pub(super) fn pairs(tokens: &Tokens, at: usize) -> Option<(u64, usize)> {
    if tokens.digits(at).is_some() {
        return None;
    }
    let (first, next) = below_hundred(tokens, at).filter(|(first, _)| *first >= 10)?;
    let zero = usize::from(tokens.at(next) == "cero");
    if tokens.digits(next + zero).is_some() {
        return None;
    }
    let (second, end) = below_hundred(tokens, next + zero)?;
    let two_digits = if zero == 1 { (1..10).contains(&second) } else { second >= 10 };
    two_digits.then_some((first * 100 + second, end))
}

fn in_pairs(tokens: &Tokens, at: usize) -> Option<(u64, usize)> {
    pairs(tokens, at).filter(|(year, _)| (1900..2100).contains(year))
}

/// The last two digits of a year. After a bare «de» only those of the last century are believed, since a
/// small number there counts something.
fn short(tokens: &Tokens, at: usize, certain: bool) -> Option<(u16, usize)> {
    let (digits, next) = below_hundred(tokens, at)?;
    let written = tokens.digits(at).is_none_or(|digits| digits.len() == 2);
    let continued = tokens.at(next) == "de" || (tokens.glued(next) && tokens.digits(next + 1).is_some());
    if !written || continued || (!certain && digits < CENTURY_TURNS) {
        return None;
    }
    let century = if digits < CENTURY_TURNS { 2000 } else { 1900 };
    Some((u16::try_from(century + digits).ok()?, next))
}
