//! Days said from the day of the session: «hoy», «mañana», «el próximo martes», «el lunes que viene».

use std::ops::Range;

use time::{Date, Weekday};

use super::tokens::Tokens;

/// A day that only has a date because the session has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelativeDay {
    /// The bytes of the text that say it.
    pub range: Range<usize>,
    /// The day that is meant.
    pub date: Date,
}

/// Every day of the text that is said from the day of the session, in order. A bare «el martes» is none, for
/// it may be past or to come, unless the session is called «para el martes».
pub fn relative_days(text: &str, session: Date) -> Vec<RelativeDay> {
    let tokens = Tokens::new(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match read(&tokens, at, session) {
            Some((date, next)) => {
                found.push(RelativeDay { range: tokens.range(at..next), date });
                at = next;
            }
            None => at += 1,
        }
    }
    found
}

fn read(tokens: &Tokens, at: usize, session: Date) -> Option<(Date, usize)> {
    near(tokens, at, session).or_else(|| weekday_before_or_after(tokens, at, session))
}

fn near(tokens: &Tokens, at: usize, session: Date) -> Option<(Date, usize)> {
    let (days, words) = match (tokens.at(at), tokens.at(at + 1)) {
        // «hoy en día» is these days.
        ("hoy", next) if next != "por" && !(next == "en" && tokens.at(at + 2) == "dia") => (0, 1),
        ("pasado", "manana") => (2, 2),
        ("manana", _) if is_tomorrow(tokens, at) => (1, 1),
        ("ayer", _) => (-1, 1),
        ("anteayer" | "antier", _) => (-2, 1),
        ("antes", "de") if tokens.at(at + 2) == "ayer" => (-2, 3),
        _ => return None,
    };
    Some((session.checked_add(time::Duration::days(days))?, at + words))
}

/// «mañana» is also the morning: «de la mañana», «esta mañana».
fn is_tomorrow(tokens: &Tokens, at: usize) -> bool {
    !matches!(tokens.before(at, 1), "la" | "esta" | "una" | "toda" | "cada" | "misma" | "media" | "esa" | "aquella")
}

/// «el próximo martes», «el martes siguiente», «este martes», «el martes pasado», «para el martes».
fn weekday_before_or_after(tokens: &Tokens, at: usize, session: Date) -> Option<(Date, usize)> {
    let first = tokens.at(at);
    let coming = matches!(first, "proximo" | "siguiente" | "este");
    let past = first == "pasado";
    let name = at + usize::from(coming || past);
    let name = name + usize::from(tokens.at(name) == "dia");
    let weekday = weekday(tokens.at(name))?;
    let (after, words) = match (tokens.at(name + 1), tokens.at(name + 2)) {
        ("proximo" | "siguiente" | "entrante", _) => (Some(true), 1),
        ("que", "viene") => (Some(true), 2),
        ("pasado" | "anterior", _) if tokens.at(name + 2) != "manana" => (Some(false), 1),
        _ => (None, 0),
    };
    let called = tokens.before(at, 1) == "el" && tokens.before(at, 2) == "para";
    let is_coming = match (coming, past, after) {
        (_, true, _) => false,
        (true, ..) => true,
        (.., Some(coming)) => coming,
        _ if called => true,
        _ => return None,
    };
    let ahead = i64::from((weekday.number_days_from_monday() + 7 - session.weekday().number_days_from_monday()) % 7);
    let days = match (is_coming, ahead) {
        (true, 0) => 7,
        (true, ahead) => ahead,
        (false, ahead) => ahead - 7,
    };
    Some((session.checked_add(time::Duration::days(days))?, name + 1 + words))
}

fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "lunes" => Weekday::Monday,
        "martes" => Weekday::Tuesday,
        "miercoles" => Weekday::Wednesday,
        "jueves" => Weekday::Thursday,
        "viernes" => Weekday::Friday,
        "sabado" => Weekday::Saturday,
        "domingo" => Weekday::Sunday,
        _ => return None,
    })
}
