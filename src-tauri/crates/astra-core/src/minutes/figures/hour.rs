//! Times of the day: «siendo las nueve y quince de la mañana», «9:05 a. m.», «las diecinueve treinta»,
//! «un cuarto para las ocho», «veinte horas con quince minutos», «mediodía».
//!
//! A number is an hour only when something says so: a colon, the half of the day, its minutes after «las»,
//! or «a las», «siendo las» and no plural after it. Without the half of the day the hours from one to six
//! are taken for the afternoon, when councils sit.

use super::cardinal::below_hundred;
use super::tokens::Tokens;
use super::{Found, Value, date};

use half::{half, names_a_day, on_the_day};

mod half;

/// Minutes in a day.
const DAY: u64 = 24 * 60;

/// What stands before an hour.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lead {
    /// Nothing that tells.
    None,
    /// «las»: an hour, or a plural.
    Article,
    /// «a las», «siendo las», «hasta las».
    Announced,
}

/// What a clock was heard to say, as far as it has been read.
struct Told {
    minutes: u64,
    /// Whether the minutes are missing to the hour.
    before: bool,
    next: usize,
    /// Whether it can only be a time of the day.
    sure: bool,
    /// Whether the hours count to twenty-four.
    by_24: bool,
}

/// The hour that begins here. Its article is not part of it.
pub(super) fn read(tokens: &Tokens, at: usize) -> Option<Found> {
    noon(tokens, at).or_else(|| before_the_hour(tokens, at)).or_else(|| clock(tokens, at, lead(tokens, at)))
}

fn noon(tokens: &Tokens, at: usize) -> Option<Found> {
    let said = |minute, next| Some((Value::Hour { minute, half_said: true }, next));
    match (tokens.at(at), tokens.at(at + 1)) {
        ("mediodia", _) => said(720, at + 1),
        ("medianoche", _) => said(0, at + 1),
        ("medio", "dia") if matches!(tokens.before(at, 1), "al" | "del") => said(720, at + 2),
        _ => None,
    }
}

/// «un cuarto para las ocho», «diez minutos para las ocho de la noche».
fn before_the_hour(tokens: &Tokens, at: usize) -> Option<Found> {
    let (minutes, next) = match (tokens.at(at), tokens.at(at + 1)) {
        ("un", "cuarto") => (15, at + 2),
        ("cuarto", _) => (15, at + 1),
        _ => {
            let (minutes, next) = below_hundred(tokens, at).filter(|(minutes, _)| (1..60).contains(minutes))?;
            let named = matches!(tokens.at(next), "minuto" | "minutos");
            let missing = matches!(tokens.before(at, 1), "falta" | "faltan" | "faltando");
            if !named && !missing && minutes % 5 != 0 {
                return None;
            }
            (minutes, next + usize::from(named))
        }
    };
    if tokens.at(next) != "para" || !matches!(tokens.at(next + 1), "la" | "las") {
        return None;
    }
    let (hour, next) = dial_hour(tokens, next + 2).filter(|(hour, _)| (1..=12).contains(hour))?;
    let (half, next) = half(tokens, next, hour).map_or((None, next), |(half, next)| (Some(half), next));
    if half.is_none() && counts_something(tokens, next) {
        return None;
    }
    Some((value(on_the_day(hour, half), minutes, true, half.is_some()), next))
}

/// An hour with its minutes after it.
fn clock(tokens: &Tokens, at: usize, lead: Lead) -> Option<Found> {
    let (hour, after_hour) = dial_hour(tokens, at)?;
    let full_hours = is_hours(tokens.at(after_hour)) && after_mark(tokens, at, false).is_none();
    let mut told = Told { minutes: 0, before: false, next: after_hour, sure: false, by_24: full_hours };
    if full_hours {
        hours_and_minutes(tokens, at, lead, &mut told);
    } else {
        minutes(tokens, at, lead, &mut told);
    }
    // «02:15» is written by a clock that counts to twenty-four.
    told.by_24 |= tokens.at(at).starts_with('0') || hour == 0 || hour > 12;
    if told.sure && is_hours(tokens.at(told.next)) {
        told.by_24 = true;
        told.next += 1;
    }
    if tokens.are(told.next, &["en", "punto"]) && (lead != Lead::None || told.sure) {
        told.sure = true;
        told.next += 2;
    }
    let half = half(tokens, told.next, hour).filter(|_| {
        // «tres por la mañana» and «las 24 horas del día» count; «las tres por la mañana» tells the time.
        let link = tokens.at(told.next);
        match lead {
            _ if told.sure => true,
            Lead::Announced => true,
            Lead::Article => !full_hours || link != "del",
            Lead::None => !full_hours && !matches!(link, "por" | "en"),
        }
    });
    if let Some((_, next)) = half {
        told.next = next;
    }
    if half.is_none() && !told.sure && !(lead == Lead::Announced && stands_alone(tokens, at, told.next)) {
        return None;
    }
    let half = half.map(|(half, _)| half);
    let base = if told.by_24 && half.is_none() { hour * 60 } else { on_the_day(hour, half) };
    Some((value(base, told.minutes, told.before, half.is_some() || told.by_24), told.next))
}

fn minutes(tokens: &Tokens, at: usize, lead: Lead, told: &mut Told) {
    let from = told.next;
    let led = lead != Lead::None;
    let mut tell = |minutes, before, next, sure| {
        (told.minutes, told.before, told.next, told.sure) = (minutes, before, next, sure);
    };
    if let Some((minutes, next)) = after_mark(tokens, at, led) {
        tell(minutes, false, next, true);
    } else if tokens.are(from, &["menos", "cuarto"]) {
        tell(15, true, from + 2, true);
    } else if tokens.are(from, &["y", "cuarto"]) {
        tell(15, false, from + 2, led);
    } else if tokens.are(from, &["y", "media"]) {
        tell(30, false, from + 2, led);
    } else if matches!(tokens.at(from), "y" | "menos" | "con") {
        let before = tokens.at(from) == "menos";
        let named = |next: usize| matches!(tokens.at(next), "minuto" | "minutos");
        match below_sixty(tokens, from + 1) {
            Some((minutes, next)) if named(next) => tell(minutes, before, next + 1, led),
            Some((minutes, next)) if tokens.at(from) != "con" && !counts_something(tokens, next) => {
                tell(minutes, before, next, led);
            }
            _ => {}
        }
    } else if led
        && let Some((minutes, next)) = side_by_side(tokens, from)
        && !counts_something(tokens, next)
        && date::read(tokens, from).is_none()
    {
        tell(minutes, false, next, true);
    }
}

/// «diecinueve horas», «veinte horas con quince minutos». Hours that something lasts are no hour.
fn hours_and_minutes(tokens: &Tokens, at: usize, lead: Lead, told: &mut Told) {
    told.next += 1;
    let abbreviated = matches!(tokens.before(told.next, 1), "h" | "hrs");
    told.next += usize::from(abbreviated && tokens.at(told.next) == "." && tokens.glued(told.next));
    let linked = usize::from(matches!(tokens.at(told.next), "con" | "y"));
    let minutes = below_sixty(tokens, told.next + linked);
    let lasts = matches!(
        tokens.before(at, 1),
        "durante" | "duro" | "dura" | "durado" | "por" | "en" | "tardo" | "unas" | "tras" | "hace" | "llevamos" | "de"
    );
    match minutes {
        Some((minutes, next)) if matches!(tokens.at(next), "minuto" | "minutos") && !lasts => {
            (told.minutes, told.next, told.sure) = (minutes, next + 1, linked == 1 || lead != Lead::None);
        }
        Some((minutes, next)) if lead == Lead::Announced && linked == 1 && !counts_something(tokens, next) => {
            (told.minutes, told.next, told.sure) = (minutes, next, true);
        }
        _ if tokens.are(told.next, &["y", "media"]) && lead != Lead::None => {
            (told.minutes, told.next, told.sure) = (30, told.next + 2, true);
        }
        _ => told.sure = abbreviated && (lead != Lead::None || tokens.glued(at + 1)),
    }
}

/// «9:05», «las 9.05», «19h30».
fn after_mark(tokens: &Tokens, at: usize, led: bool) -> Option<(u64, usize)> {
    let digits = tokens.digits(at + 2).filter(|digits| digits.len() == 2 && tokens.digits(at).is_some())?;
    if !tokens.glued(at + 1) || !tokens.glued(at + 2) {
        return None;
    }
    let longer = tokens.glued(at + 3)
        && (tokens.is_word(at + 3) && !matches!(tokens.at(at + 3), "am" | "pm" | "h" | "a" | "p")
            || matches!(tokens.at(at + 3), ":" | ".") && tokens.digits(at + 4).is_some() && tokens.glued(at + 4));
    let called = || half(tokens, at + 3, 0).is_some() || is_hours(tokens.at(at + 3));
    let fits = match tokens.at(at + 1) {
        ":" | "h" => true,
        "." => led || called(),
        _ => false,
    };
    let minutes = digits.parse().ok().filter(|minutes| *minutes < 60)?;
    (fits && !longer).then_some((minutes, at + 3))
}

/// «nueve quince», «diecinueve cero cinco».
fn side_by_side(tokens: &Tokens, at: usize) -> Option<(u64, usize)> {
    if tokens.at(at) == "cero" {
        return below_sixty(tokens, at + 1).filter(|(minutes, _)| *minutes < 10);
    }
    let two_digits = |minutes: u64| minutes >= 10 || tokens.digits(at).is_some_and(|digits| digits.len() == 2);
    below_sixty(tokens, at).filter(|(minutes, _)| two_digits(*minutes))
}

fn is_hours(word: &str) -> bool {
    matches!(word, "hora" | "horas" | "hrs" | "h")
}

fn below_sixty(tokens: &Tokens, at: usize) -> Option<(u64, usize)> {
    below_hundred(tokens, at).filter(|(minutes, _)| *minutes < 60)
}

/// The number on the dial: from 0 to 24, «una» and not «un».
fn dial_hour(tokens: &Tokens, at: usize) -> Option<(u64, usize)> {
    let continued = super::numeral::continues_something(tokens, at) && tokens.digits(at).is_some();
    let decimals = matches!(tokens.at(at + 1), "coma" | "%");
    if continued || decimals || matches!(tokens.at(at), "un" | "uno") {
        return None;
    }
    below_hundred(tokens, at).filter(|(hour, _)| *hour <= 24)
}

fn lead(tokens: &Tokens, at: usize) -> Lead {
    if !matches!(tokens.before(at, 1), "las" | "la") {
        return Lead::None;
    }
    let singular = tokens.before(at, 1) == "la";
    if singular && !matches!(tokens.at(at), "una" | "1" | "01") {
        return Lead::None;
    }
    match tokens.before(at, 2) {
        "a" | "siendo" | "son" | "eran" | "es" | "desde" | "hasta" | "hacia" | "sobre" | "tipo" => Lead::Announced,
        "de" if tokens.before(at, 3) == "eso" => Lead::Announced,
        _ => Lead::Article,
    }
}

/// Whether an hour without minutes and half may end here: «a las nueve se reunirá», not «a las dos propuestas»
/// nor «a las dos de ellas».
fn stands_alone(tokens: &Tokens, at: usize, next: usize) -> bool {
    let hour_only = tokens.digits(at).is_none_or(|_| !(tokens.glued(next) && tokens.digits(next + 1).is_some()));
    hour_only
        && match tokens.at(next) {
            "de" | "del" => names_a_day(tokens, next + 1) || tokens.at(next + 1) == "dia",
            "mil" | "ciento" | "cientas" | "cientos" | "coma" | "%" => false,
            _ => !counts_something(tokens, next),
        }
}

/// Whether the word here is a plural that the number before it counts.
fn counts_something(tokens: &Tokens, at: usize) -> bool {
    const NOT_COUNTED: [&str; 20] = [
        "muchas",
        "gracias",
        "buenas",
        "buenos",
        "senores",
        "senoras",
        "honorables",
        "las",
        "los",
        "nos",
        "les",
        "entonces",
        "despues",
        "pues",
        "es",
        "mas",
        "estamos",
        "vamos",
        "damos",
        "levantamos",
    ];
    let word = tokens.at(at);
    let time = matches!(word, "lunes" | "martes" | "miercoles" | "jueves" | "viernes" | "horas" | "minutos");
    tokens.is_word(at) && word.ends_with('s') && !time && !NOT_COUNTED.contains(&word)
}

fn value(base: u64, minutes: u64, before: bool, half_said: bool) -> Value {
    let minute = if before { base + DAY - minutes } else { base + minutes } % DAY;
    Value::Hour { minute: u16::try_from(minute).unwrap_or_default(), half_said }
}
