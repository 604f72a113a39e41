//! Numbers in words, in digits and half in each: «tres mil quinientos millones», «3 mil 500 millones»,
//! «2,5 millones», «un millón y medio», «doce coma cinco».
//!
//! A number is built as it is said: parts below a million, each followed by its «billones» or «millones»,
//! from the largest down. A *billón* is 10^12 and a *trillón* 10^18, as everywhere in Spanish.

use super::decimal::Decimal;
use super::numeral::{Comma, numeral};
use super::tokens::Tokens;
use super::words::{below_thousand, digit};
use super::{Found, Value};

/// A number read from some token on.
#[derive(Clone, Copy)]
pub(super) struct Reading {
    /// The number.
    pub(super) value: Decimal,
    /// The first token after it.
    pub(super) next: usize,
    /// Whether it is only «un», «uno» or «una», which mostly is an article or a pronoun.
    pub(super) lone_one: bool,
}

/// What follows a round number in a manner of speaking: «mil gracias», «a las mil maravillas».
const MANNERS: [&str; 7] = ["maravillas", "gracias", "disculpas", "perdones", "amores", "bendiciones", "cosas"];

/// A plain number. «Un», «uno» and «una» alone are none.
pub(super) fn read(tokens: &Tokens, at: usize) -> Option<Found> {
    let reading = number(tokens, at, Comma::Thousands)?;
    if reading.lone_one || is_manner(tokens, &reading) {
        return None;
    }
    Some((Value::Number(reading.value), said_again(tokens, reading).next))
}

/// The number that begins here.
pub(super) fn number(tokens: &Tokens, at: usize, comma: Comma) -> Option<Reading> {
    let mut total: Option<Reading> = None;
    let mut lowest = u64::MAX;
    let mut next = at;
    while let Some(part) = half_of(tokens, next).or_else(|| below_million(tokens, next, comma)) {
        let Some(power) = scale(tokens.at(part.next)) else {
            match total {
                None => total = Some(part),
                Some(sum) if part.value.floor() > 0 && part.value.floor() < lowest && !part.lone_one => {
                    total = Some(Reading { value: sum.value.plus(part.value)?, next: part.next, lone_one: false });
                    lowest = 1;
                }
                // «un millón uno» is a number, «tres millones un momento» is not.
                Some(sum) if part.lone_one && tokens.at(next) == "uno" => {
                    total = Some(Reading { value: sum.value.plus(part.value)?, next: part.next, lone_one: false });
                    lowest = 1;
                }
                Some(_) => {}
            }
            break;
        };
        if power >= lowest || part.value.floor() >= 1_000_000 {
            break;
        }
        let value = part.value.times(power)?;
        let value = total.map_or(Some(value), |sum| sum.value.plus(value))?;
        next = part.next + 1;
        total = Some(Reading { value, next, lone_one: false });
        lowest = power;
        if part.value.places() > 0 {
            break;
        }
    }
    let total = total?;
    Some(with_half(tokens, total, lowest))
}

/// A number and, when it follows in brackets, the same number again: «trece (13)», «13 (trece)».
pub(super) fn said_again(tokens: &Tokens, reading: Reading) -> Reading {
    let open = reading.next;
    if tokens.at(open) != "(" {
        return reading;
    }
    let from = open + 1 + usize::from(tokens.at(open + 1) == "$");
    match number(tokens, from, Comma::Thousands) {
        Some(again) if again.value == reading.value && tokens.at(again.next) == ")" => {
            Reading { next: again.next + 1, ..reading }
        }
        _ => reading,
    }
}

/// A whole number below a million without decimals, as laws and years are numbered, and what follows it.
pub(super) fn whole(tokens: &Tokens, at: usize) -> Option<(u64, usize)> {
    if tokens.digits(at).is_some() {
        let (value, next) = numeral(tokens, at, Comma::Thousands)?;
        return Some((value.whole()?, next)).filter(|(value, _)| *value < 1_000_000);
    }
    let thousands = match tokens.at(at) {
        "mil" => Some((1, at)),
        _ => below_thousand(tokens, at),
    };
    let (head, next) = thousands?;
    if tokens.at(next) != "mil" {
        return Some((head, next));
    }
    match below_thousand(tokens, next + 1) {
        Some((tail, end)) if tail > 0 && scale(tokens.at(end)).is_none() => Some((head * 1000 + tail, end)),
        _ => Some((head * 1000, next + 1)),
    }
}

/// A whole number below a hundred that no larger number swallows, in words or as one or two digits, as days,
/// hours and minutes are counted; and what follows it.
pub(super) fn below_hundred(tokens: &Tokens, at: usize) -> Option<(u64, usize)> {
    let (value, next) = match tokens.digits(at) {
        Some(digits) if digits.len() <= 2 => (digits.parse().ok()?, at + 1),
        Some(_) => return None,
        None => below_thousand(tokens, at)?,
    };
    let swallowed = tokens.at(next) == "mil" || scale(tokens.at(next)).is_some();
    (value < 100 && !swallowed).then_some((value, next))
}

/// The power of ten a word multiplies by.
pub(super) fn scale(word: &str) -> Option<u64> {
    match word {
        "millon" | "millones" => Some(1_000_000),
        "billon" | "billones" => Some(1_000_000_000_000),
        "trillon" | "trillones" => Some(1_000_000_000_000_000_000),
        _ => None,
    }
}

fn is_manner(tokens: &Tokens, reading: &Reading) -> bool {
    let Some(1_000 | 1_000_000) = reading.value.whole() else { return false };
    let after = reading.next + usize::from(tokens.at(reading.next) == "de");
    MANNERS.contains(&tokens.at(after)) || tokens.are(reading.next, &["y", "una"])
}

/// «medio millón», «medio por ciento».
fn half_of(tokens: &Tokens, at: usize) -> Option<Reading> {
    let counts = scale(tokens.at(at + 1)).is_some() || tokens.are(at + 1, &["por", "ciento"]);
    (tokens.at(at) == "medio" && counts).then(|| Reading { value: Decimal::new(5, 1), next: at + 1, lone_one: false })
}

/// «dos millones y medio», «dos y medio».
fn with_half(tokens: &Tokens, reading: Reading, lowest: u64) -> Reading {
    if !tokens.are(reading.next, &["y", "medio"]) || reading.value.places() > 0 {
        return reading;
    }
    let half = match lowest {
        u64::MAX if reading.value.floor() < 1_000 => Decimal::new(5, 1),
        u64::MAX | 1 => return reading,
        power => Decimal::from(power / 2),
    };
    match reading.value.plus(half) {
        Some(value) => Reading { value, next: reading.next + 2, lone_one: false },
        None => reading,
    }
}

/// What stands before «millones»: «tres mil quinientos», «3 mil 500», «mil», «3,5 mil», or digits of any size.
fn below_million(tokens: &Tokens, at: usize, comma: Comma) -> Option<Reading> {
    let head = match tokens.at(at) {
        "mil" => Reading { value: Decimal::from(1), next: at, lone_one: false },
        _ => with_decimals(tokens, below_thousand_or_digits(tokens, at, comma)?),
    };
    if tokens.at(head.next) != "mil" || head.value.floor() >= 1_000 || head.value == Decimal::from(0) {
        return Some(head);
    }
    let thousands = Reading { value: head.value.times(1_000)?, next: head.next + 1, lone_one: false };
    if head.value.places() > 0 {
        return Some(thousands);
    }
    match below_thousand_or_digits(tokens, thousands.next, comma) {
        Some(tail) if tail.value.whole().is_some_and(|tail| (1..1_000).contains(&tail)) => {
            let value = thousands.value.plus(tail.value)?;
            Some(with_decimals(tokens, Reading { value, next: tail.next, lone_one: false }))
        }
        _ => Some(with_decimals(tokens, thousands)),
    }
}

fn below_thousand_or_digits(tokens: &Tokens, at: usize, comma: Comma) -> Option<Reading> {
    if tokens.digits(at).is_some() {
        let (value, next) = numeral(tokens, at, comma)?;
        return Some(Reading { value, next, lone_one: false });
    }
    let (value, next) = below_thousand(tokens, at)?;
    Some(Reading { value: Decimal::from(value), next, lone_one: value == 1 })
}

/// «doce coma cinco», «doce coma cero cinco», «6 punto 3», «tres coma uno cuatro».
fn with_decimals(tokens: &Tokens, reading: Reading) -> Reading {
    if !matches!(tokens.at(reading.next), "coma" | "punto") || reading.value.places() > 0 {
        return reading;
    }
    let mut next = reading.next + 1;
    let mut digits = String::new();
    while let Some(value) = digit(tokens.at(next)).filter(|_| !matches!(tokens.at(next), "un" | "una")) {
        digits.push_str(&value.to_string());
        next += 1;
    }
    if digits.chars().all(|digit| digit == '0') {
        if let Some(written) = tokens.digits(next) {
            digits.push_str(written);
            next += 1;
        } else if let Some((value, after)) = below_thousand(tokens, next) {
            digits.push_str(&value.to_string());
            next = after;
        }
    }
    let fraction = u8::try_from(digits.len()).ok().zip(digits.parse().ok());
    match fraction.and_then(|(places, units)| reading.value.plus(Decimal::new(units, places))) {
        Some(value) => Reading { value, next, lone_one: false },
        None => reading,
    }
}
