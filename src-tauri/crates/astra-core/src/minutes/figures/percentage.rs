//! Percentages: «64 %», «doce coma cinco por ciento», «cien por cien», «medio por ciento».

use super::cardinal::{number, said_again};
use super::numeral::Comma;
use super::tokens::Tokens;
use super::{Found, Value};

/// The percentage that begins here.
pub(super) fn read(tokens: &Tokens, at: usize) -> Option<Found> {
    let reading = said_again(tokens, number(tokens, at, Comma::Decimals)?);
    let next = reading.next;
    let words = match tokens.at(next) {
        "%" | "porciento" => 1,
        "por" if matches!(tokens.at(next + 1), "ciento" | "cien") => 2,
        _ => return None,
    };
    Some((Value::Percentage(reading.value), next + words))
}
