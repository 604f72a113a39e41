//! The halves of the day, «de la mañana» or «p. m.», and what they make of the hours on the dial.

use super::super::date;
use super::super::tokens::Tokens;

/// Which half of the day was said.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Half {
    /// «de la mañana»
    Morning,
    /// «del mediodía», «m.»
    Noon,
    /// «de la tarde»
    Afternoon,
    /// «de la noche»
    Night,
    /// «del día»: from six in the morning to five in the afternoon.
    Daylight,
    /// «a. m.», «de la madrugada»
    Am,
    /// «p. m.»
    Pm,
}

/// The half of the day, if it is said here, and what follows it.
pub(super) fn half(tokens: &Tokens, at: usize, hour: u64) -> Option<(Half, usize)> {
    if let Some(found) = meridian(tokens, at, hour) {
        return Some(found);
    }
    let (half, words) = match (tokens.at(at), tokens.at(at + 1), tokens.at(at + 2)) {
        ("de" | "por" | "en", "la", "manana") => (Half::Morning, 3),
        ("de" | "por" | "en", "la", "madrugada") => (Half::Am, 3),
        ("de" | "por" | "en", "la", "tarde") => (Half::Afternoon, 3),
        ("de" | "por" | "en", "la", "noche") => (Half::Night, 3),
        ("del", "mediodia", _) => (Half::Noon, 2),
        ("del", "medio", "dia") => (Half::Noon, 3),
        // «a las nueve del día martes» says which day, not which half; «doce del día de hoy» is noon.
        ("del", "dia", _) if hour == 12 || !names_a_day(tokens, at + 2) => (Half::Daylight, 2),
        _ => return None,
    };
    Some((half, at + words))
}

/// Whether a day follows: «(de) hoy», «martes», «siguiente», «11 de noviembre».
pub(super) fn names_a_day(tokens: &Tokens, at: usize) -> bool {
    const DAYS: [&str; 15] = [
        "de",
        "hoy",
        "manana",
        "pasado",
        "este",
        "ese",
        "proximo",
        "siguiente",
        "lunes",
        "martes",
        "miercoles",
        "jueves",
        "viernes",
        "sabado",
        "domingo",
    ];
    DAYS.contains(&tokens.at(at)) || date::read(tokens, at).is_some()
}

/// Minutes after midnight of a full hour. Spain's «doce de la mañana» is noon, and its night goes on until
/// the small hours.
pub(super) fn on_the_day(hour: u64, half: Option<Half>) -> u64 {
    let afternoon = match half {
        _ if hour == 0 || hour > 12 => return hour * 60,
        None => hour == 12 || hour < 7,
        Some(Half::Morning) => hour == 12,
        Some(Half::Am) => false,
        Some(Half::Pm | Half::Afternoon) => true,
        Some(Half::Noon) => hour == 12 || hour < 5,
        Some(Half::Daylight) => hour == 12 || hour < 6,
        Some(Half::Night) => (5..12).contains(&hour),
    };
    (hour % 12 + if afternoon { 12 } else { 0 }) * 60
}

/// «a. m.», «pm», and the «m.» of noon.
fn meridian(tokens: &Tokens, at: usize, hour: u64) -> Option<(Half, usize)> {
    let point = |at: usize| usize::from(tokens.at(at) == "." && tokens.glued(at));
    match tokens.at(at) {
        "am" => Some((Half::Am, at + 1 + point(at + 1))),
        "pm" => Some((Half::Pm, at + 1 + point(at + 1))),
        // «12 m de ancho» measures metres.
        "m" if hour == 12 && (point(at + 1) == 1 || tokens.before(at, 2) == ":") => {
            Some((Half::Noon, at + 1 + point(at + 1)))
        }
        letter @ ("a" | "p") => {
            let second = at + 1 + point(at + 1);
            let half = if letter == "a" { Half::Am } else { Half::Pm };
            (tokens.at(second) == "m").then(|| (half, second + 1 + point(second + 1)))
        }
        _ => None,
    }
}
