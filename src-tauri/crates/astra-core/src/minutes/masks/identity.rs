//! Identity numbers: *cédula*, *tarjeta de identidad*, NIT, NIF, passport, in figures and in words.

use super::checks;
use super::reading::Reading;
use super::{Confidence, Kind, Suggestion};

/// What announces an identity number.
const DOCUMENTS: [&str; 25] = [
    "cedula",
    "celula de ciudadania",
    "c c",
    "cc",
    "nit",
    "nif",
    "nie",
    "dni",
    "cif",
    "nuip",
    "rut",
    "curp",
    "rfc",
    "tarjeta de identidad",
    "t i",
    "ti",
    "registro civil",
    "r c",
    "pasaporte",
    "documento",
    "identificacion",
    "identificado con",
    "identificada con",
    "documento nacional",
    "permiso por proteccion temporal",
];

/// What may stand between the document and its number.
const BETWEEN: &str = "\
    de del la el con es son su mi numero nro num no n o nacional ciudadania extranjeria identidad identificacion \
    personal nacimiento tributaria cedula documento temporal que tengo tiene portador portadora señor senora y";

/// The longest way from the document to its number, in words.
const NEAR: usize = 8;

/// A spoken identity number has at least so many numerals; «la cédula dos» has one.
const SPOKEN: usize = 4;

/// Identity numbers with the word for the document before them, and those their check letter proves.
pub(super) fn find(reading: &Reading<'_>) -> Vec<Suggestion> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < reading.words.len() {
        let one = proven(reading, at).or_else(|| announced(reading, at));
        at = one.as_ref().map_or(at + 1, |(_, end)| *end);
        found.extend(one.map(|(suggestion, _)| suggestion));
    }
    found
}

/// A NIF or NIE with its letter, or a NIT with its digit after a hyphen.
fn proven(reading: &Reading<'_>, at: usize) -> Option<(Suggestion, usize)> {
    let letter = reading.word(at + 1).len() == 1 && reading.words.get(at + 1).is_some_and(|word| word.capital);
    let parts = [at + 1, at + 2].into_iter().take(1 + usize::from(letter && close(reading, at + 1)));
    let nif = parts.into_iter().find(|&end| checks::nif(written(reading, at, end)));
    if let Some(end) = nif {
        return Some((reading.suggestion(at..=end - 1, Kind::Identity, Confidence::Certain)?, end));
    }
    let number = reading.figures(at)?;
    let text = written(reading, at, number.words.end);
    let hyphen = text.rsplit_once(['-', '–']).is_some_and(|(_, check)| check.trim().len() == 1);
    let nit = hyphen && number.digits.len() == 10 && checks::nit(&number.digits);
    let suggestion = reading.suggestion(at..=number.words.end - 1, Kind::Identity, Confidence::Likely)?;
    nit.then_some((suggestion, number.words.end))
}

/// A number that stands behind the word for a document.
fn announced(reading: &Reading<'_>, at: usize) -> Option<(Suggestion, usize)> {
    let glued = reading.word(at).strip_prefix("cc").filter(|rest| digits_in(rest) >= 5);
    if glued.is_some() {
        return Some((reading.suggestion(at..=at, Kind::Identity, Confidence::Likely)?, at + 1));
    }
    let length = reading.longest(at, &DOCUMENTS);
    let abbreviated = length == 2 && reading.word(at).len() == 1;
    if length == 0 || (abbreviated && !reading.gap(at + 1).starts_with('.')) {
        return None;
    }
    let start = reading.after(at + length, BETWEEN, NEAR);
    // What follows in another sentence is another matter; the point of «C.C.» and «No.» ends none.
    let apart = (at + length..=start).any(|at| reading.gap(at).contains(['?', '!', '\n', ';']));
    if apart || start >= reading.words.len() {
        return None;
    }
    let lettered = digits_in(reading.word(start)) >= 5 && reading.figures(start).is_none();
    if lettered {
        // «X1234567L» with a slip, «AB123456», a CURP: the document's name is enough.
        return Some((reading.suggestion(start..=start, Kind::Identity, Confidence::Likely)?, start + 1));
    }
    let number = reading.number(start)?;
    let enough =
        if number.digits.is_empty() { number.parts >= SPOKEN } else { (5..=15).contains(&number.digits.len()) };
    if !enough || reading.counts(&number.words) {
        return None;
    }
    let checked = reading.says(at, "nit") && checks::nit(&number.digits);
    let confidence = if checked { Confidence::Certain } else { Confidence::Likely };
    let suggestion = reading.suggestion(start..=number.words.end - 1, Kind::Identity, confidence)?;
    Some((suggestion, number.words.end))
}

fn close(reading: &Reading<'_>, at: usize) -> bool {
    [" ", "-", " - ", "."].contains(&reading.gap(at))
}

fn written<'a>(reading: &Reading<'a>, from: usize, to: usize) -> &'a str {
    let end = reading.words.get(to - 1).map_or(0, |word| word.range.end);
    reading.words.get(from).map_or("", |word| &reading.text[word.range.start..end])
}

fn digits_in(word: &str) -> usize {
    word.bytes().filter(u8::is_ascii_digit).count()
}
