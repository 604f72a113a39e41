//! The words of the numbers below a thousand, as they are folded for reading: without accents, in every
//! gender and with every apocope.

use super::tokens::Tokens;

/// The number below a thousand that begins here, and the token after it.
pub(super) fn below_thousand(tokens: &Tokens, at: usize) -> Option<(u64, usize)> {
    match tokens.at(at) {
        "cien" => Some((100, at + 1)),
        word => match hundreds(word) {
            Some(hundreds) => match below_hundred_in_words(tokens, at + 1) {
                Some((rest, next)) if rest > 0 => Some((hundreds + rest, next)),
                _ => Some((hundreds, at + 1)),
            },
            None => below_hundred_in_words(tokens, at),
        },
    }
}

/// A number below ten that is one word.
pub(super) fn digit(word: &str) -> Option<u64> {
    below_thirty(word).filter(|value| *value < 10)
}

fn below_hundred_in_words(tokens: &Tokens, at: usize) -> Option<(u64, usize)> {
    let Some(tens) = tens(tokens.at(at)) else { return Some((below_thirty(tokens.at(at))?, at + 1)) };
    match digit(tokens.at(at + 2)) {
        Some(units) if tokens.at(at + 1) == "y" && units > 0 => Some((tens + units, at + 3)),
        _ => Some((tens, at + 1)),
    }
}

fn below_thirty(word: &str) -> Option<u64> {
    Some(match word {
        "cero" => 0,
        "un" | "uno" | "una" => 1,
        "dos" => 2,
        "tres" => 3,
        "cuatro" => 4,
        "cinco" => 5,
        "seis" => 6,
        "siete" => 7,
        "ocho" => 8,
        "nueve" => 9,
        "diez" => 10,
        "once" => 11,
        "doce" => 12,
        "trece" => 13,
        "catorce" => 14,
        "quince" => 15,
        "dieciseis" => 16,
        "diecisiete" => 17,
        "dieciocho" => 18,
        "diecinueve" => 19,
        "veinte" => 20,
        "veintiun" | "veintiuno" | "veintiuna" => 21,
        "veintidos" => 22,
        "veintitres" => 23,
        "veinticuatro" => 24,
        "veinticinco" => 25,
        "veintiseis" => 26,
        "veintisiete" => 27,
        "veintiocho" => 28,
        "veintinueve" => 29,
        _ => return None,
    })
}

fn tens(word: &str) -> Option<u64> {
    Some(match word {
        "treinta" => 30,
        "cuarenta" => 40,
        "cincuenta" => 50,
        "sesenta" => 60,
        "setenta" => 70,
        "ochenta" => 80,
        "noventa" => 90,
        _ => return None,
    })
}

fn hundreds(word: &str) -> Option<u64> {
    if word == "ciento" {
        return Some(100);
    }
    Some(match word.strip_suffix("os").or_else(|| word.strip_suffix("as"))? {
        "doscient" => 200,
        "trescient" => 300,
        "cuatrocient" => 400,
        "quinient" => 500,
        "seiscient" => 600,
        "setecient" => 700,
        "ochocient" => 800,
        "novecient" => 900,
        _ => return None,
    })
}
