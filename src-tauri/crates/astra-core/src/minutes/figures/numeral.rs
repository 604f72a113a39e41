//! Numbers in digits, whatever separates their groups: «25.000», «25 000», «1'250.000», «12,5», «1.9».
//!
//! A point before exactly three digits separates thousands, as the countries of this program write; so
//! does a comma, which recognisers write the English way, unless the reader knows that decimals are meant.

use super::decimal::Decimal;
use super::tokens::Tokens;

/// What a single comma before exactly three digits is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Comma {
    /// A separator of thousands.
    Thousands,
    /// The mark before decimals.
    Decimals,
}

/// The number in digits that begins here, and the token after it. A number glued to letters («B12», «3er»)
/// or a part of a longer row («10.2.1», «3:45») is none.
pub(super) fn numeral(tokens: &Tokens, at: usize, comma: Comma) -> Option<(Decimal, usize)> {
    let first = tokens.digits(at)?;
    if continues_something(tokens, at) {
        return None;
    }
    let mut groups = vec![first];
    let mut marks = Vec::new();
    let mut next = at + 1;
    if let Some(end) = spaced_thousands(tokens, at) {
        groups.extend((next..end).filter_map(|at| tokens.digits(at)));
        marks.resize(groups.len() - 1, ' ');
        next = end;
    }
    while let Some(mark) = mark(tokens, next)
        && let Some(group) = tokens.digits(next + 1).filter(|_| tokens.glued(next + 1))
    {
        marks.push(mark);
        groups.push(group);
        next += 2;
    }
    if ends_in_something(tokens, next) {
        return None;
    }
    Some((value(&groups, &marks, comma)?, next))
}

/// Whether the digits here are the rest of a word, a code or a longer row of digits.
pub(super) fn continues_something(tokens: &Tokens, at: usize) -> bool {
    if !tokens.glued(at) {
        return false;
    }
    let sign = at - 1;
    let joined = tokens.glued(sign) && sign > 0;
    match tokens.at(sign) {
        "." | "," | ":" | "'" | "’" => joined && tokens.digits(sign - 1).is_some(),
        "-" | "_" => joined && tokens.is_word(sign - 1),
        "@" | "#" => false,
        _ => tokens.is_word(sign),
    }
}

/// Whether digits that end before this token are the beginning of a code or an ordinal: «8A», «1.º».
fn ends_in_something(tokens: &Tokens, next: usize) -> bool {
    let ordinal = |at: usize| tokens.glued(at) && matches!(tokens.at(at), "º" | "ª" | "°");
    let letters = tokens.glued(next)
        && tokens.is_word(next)
        && tokens.at(next) != "mil"
        && !tokens.at(next).starts_with("millon");
    letters || ordinal(next) || (tokens.glued(next) && tokens.at(next) == "." && ordinal(next + 1))
}

/// The end of groups of three digits with single spaces between them. A row with any other group, like a
/// telephone number, is not a number.
fn spaced_thousands(tokens: &Tokens, at: usize) -> Option<usize> {
    if tokens.at(at).len() > 3 || tokens.at(at).starts_with('0') {
        return None;
    }
    let mut end = at + 1;
    while let Some(group) = tokens.digits(end).filter(|_| tokens.one_space_before(end)) {
        if group.len() != 3 {
            return None;
        }
        end += 1;
    }
    (end > at + 1).then_some(end)
}

fn mark(tokens: &Tokens, at: usize) -> Option<char> {
    if !tokens.glued(at) {
        return None;
    }
    match tokens.at(at) {
        "." => Some('.'),
        "," => Some(','),
        "'" | "’" => Some('\''),
        _ => None,
    }
}

fn value(groups: &[&str], marks: &[char], comma: Comma) -> Option<Decimal> {
    let (last_mark, earlier) = match marks.split_last() {
        None => return decimal(groups[0], ""),
        Some((last, earlier)) => (*last, earlier),
    };
    let in_threes = |groups: &[&str]| {
        (1..=3).contains(&groups[0].len())
            && !groups[0].starts_with('0')
            && groups[1..].iter().all(|group| group.len() == 3)
    };
    let whole = || in_threes(groups).then(|| decimal(&groups.concat(), "")).flatten();
    let fraction = || {
        let (last, before) = groups.split_last()?;
        (before.len() == 1 || in_threes(before)).then(|| decimal(&before.concat(), last)).flatten()
    };
    let alike = earlier.iter().all(|mark| *mark == last_mark);
    match last_mark {
        ' ' | '\'' => whole(),
        // «1'250.000»: the apostrophe is for millions, the point for thousands.
        '.' if earlier.contains(&'\'') => whole().or_else(fraction),
        ',' if earlier.is_empty() && comma == Comma::Decimals => fraction(),
        _ if alike => whole().or_else(|| earlier.is_empty().then(fraction).flatten()),
        _ if earlier.contains(&last_mark) => None,
        _ => fraction(),
    }
}

/// The number of these digits before and after the mark.
fn decimal(whole: &str, fraction: &str) -> Option<Decimal> {
    let places = u8::try_from(fraction.len()).ok()?;
    Some(Decimal::new(format!("{whole}{fraction}").parse().ok()?, places))
}
