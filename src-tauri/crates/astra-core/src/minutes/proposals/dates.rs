//! The next session: the day it is called for, told from the day of this one, and its hour.

use time::{Date, Duration, Month, Weekday};

use super::counts::MONTHS;
use super::families::Event;
use super::numbers::{hours, number};
use super::sitting::{Cue, Sitting};
use super::{Kind, Proposal};

const DAYS: [&str; 7] = ["lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo"];

/// Which of the month's days of one name.
const ORDER: [&str; 5] = ["primer", "segundo", "tercer", "cuarto", "ultimo"];

/// The day is said so many words before the call at most.
const BEFORE: usize = 4;

/// What is called at the end of the session; the last call counts. `opened` is the hour of this one: councils meet
/// at the same time of the day.
pub(super) fn next_session(sitting: &Sitting<'_>, opened: Option<u32>) -> Option<Proposal> {
    let from = sitting.lines.len() * 2 / 3;
    let called: Vec<&Cue> = sitting.signs(&[Event::Next]).filter(|cue| cue.line >= from).collect();
    let read = |cue: &&Cue| {
        let words = sitting.words(cue.line);
        let after = &words[cue.from..];
        // «Mañana nos vemos a las ocho.»
        let before = || day(&words[cue.from.saturating_sub(BEFORE)..cue.from], sitting.date);
        let date = day(after, sitting.date).or_else(before);
        let next = sitting.lines.get(cue.line + 1).map(|_| sitting.own_words(cue.line + 1)).unwrap_or_default();
        let here = hours(after).first().map(|(_, _, hour)| *hour);
        let there = || hours(&next).first().map(|(_, _, hour)| *hour).filter(|_| !next.contains(&"siendo"));
        let siendo = after.iter().position(|word| *word == "siendo");
        let here = here.filter(|_| siendo.is_none_or(|at| hours(after)[0].0 < at));
        let time = here.or_else(there).map(|hour| {
            if !hour.certain && ((1..6).contains(&hour.hour) || opened == Some(hour.hour + 12)) {
                super::numbers::Hour { hour: hour.hour + 12, ..hour }
            } else {
                hour
            }
        });
        (date, time.map(super::numbers::Hour::written))
    };
    let best = called.iter().max_by_key(|cue| {
        let (date, time) = read(cue);
        (date.is_some(), time.is_some(), cue.line)
    })?;
    let (date, time) = read(best);
    (date.is_some() || time.is_some()).then(|| {
        let sure = if date.is_some() && time.is_some() { 0.9 } else { 0.6 };
        sitting.proposal(Kind::NextSession { date, time }, best.line..=best.line, best, sure)
    })
}

/// The first day named in `words`, counted from `today` (`YYYY-MM-DD`).
fn day(words: &[&str], today: &str) -> Option<String> {
    let today = read(today)?;
    let written = |date: Date| format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day());
    // «El de octubre es el 30.»
    let named = (1..words.len()).find_map(|at| {
        let month = MONTHS.iter().position(|name| *name == words[at]).filter(|_| words[at - 1] == "de")?;
        let dated = at > 1 && number(&words[at - 2..]).is_some();
        let day = (at + 2..words.len().min(at + 6)).find_map(|day| {
            let led = matches!(words[day - 1], "el" | "dia") || DAYS.contains(&words[day - 1]);
            number(&words[day..]).filter(|_| led)
        });
        let verb = matches!(words.get(at + 1), Some(&("es" | "sera" | "lo" | "toca" | "queda" | "cae")));
        let day = u8::try_from(day.filter(|_| verb && !dated)?.0).ok()?;
        let month = Month::try_from(u8::try_from(month + 1).ok()?).ok()?;
        let date = Date::from_calendar_date(today.year(), month, day).ok()?;
        if date < today { date.replace_year(date.year() + 1).ok() } else { Some(date) }
    });
    if let Some(date) = named {
        return Some(written(date));
    }
    let dated = (0..words.len()).find_map(|at| {
        let (day, used) = match words[at] {
            "primero" => (1, 1),
            _ => number(&words[at..])?,
        };
        let rest = &words[at + used..];
        let month = match rest {
            ["del", "mes", "de", month, ..] => MONTHS.iter().position(|name| name == month).map(|at| (at + 1, 4)),
            ["de" | "del", month, ..] => MONTHS.iter().position(|name| name == month).map(|at| (at + 1, 2)),
            _ => None,
        };
        if let Some((month, skip)) = month {
            let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
            let year = rest.get(skip + 1).filter(|year| year.len() == 4).and_then(|year| year.parse().ok());
            let date = Date::from_calendar_date(year.unwrap_or(today.year()), month, u8::try_from(day).ok()?).ok()?;
            let passed = year.is_none() && date < today;
            return if passed { date.replace_year(date.year() + 1).ok() } else { Some(date) };
        }
        let before = at.checked_sub(1).map_or("", |before| words[before]);
        let named =
            before == "dia" || DAYS.contains(&before) || at >= 2 && words[at - 2] == "dia" && DAYS.contains(&before);
        // «El sábado, nueve de la mañana» names an hour.
        let hour = matches!(rest, ["de", "la", "manana" | "tarde" | "noche", ..]) && before != "dia";
        (named && !hour && (1..=31).contains(&day)).then(|| of_month(today, day))?
    });
    if let Some(date) = dated {
        return Some(written(date));
    }
    for at in 0..words.len() {
        if let Some(weekday) = DAYS.iter().position(|name| *name == words[at]) {
            if at > 0 && ORDER.contains(&words[at - 1]) {
                return of_order(today, &words[at - 1..]).map(written);
            }
            return Some(written(next_weekday(today, weekday)));
        }
        let before = at.checked_sub(1).map_or("", |before| words[before]);
        if words[at] == "manana" && before != "la" && !(before == "de" || before == "por") {
            let days = if before == "pasado" { 2 } else { 1 };
            return Some(written(today + Duration::days(days)));
        }
    }
    None
}

/// «El último jueves de noviembre.» Nothing when the month is not said by name.
fn of_order(today: Date, words: &[&str]) -> Option<Date> {
    let [order, weekday, "de", month, ..] = words else { return None };
    let month = MONTHS.iter().position(|name| name == month)?;
    let month = Month::try_from(u8::try_from(month + 1).ok()?).ok()?;
    let year = today.year() + i32::from(u8::from(month) < u8::from(today.month()));
    let weekday = DAYS.iter().position(|name| name == weekday)?;
    let days = (1..=31).filter_map(|day| Date::from_calendar_date(year, month, day).ok());
    let mut days = days.filter(|day| usize::from(day.weekday().number_days_from_monday()) == weekday);
    match *order {
        "ultimo" => days.next_back(),
        order => days.nth(ORDER.iter().position(|name| *name == order)?),
    }
}

/// The next day with this number, in this month or in the next one that has it.
fn of_month(today: Date, day: u32) -> Option<Date> {
    let day = u8::try_from(day).ok()?;
    let mut date = today;
    for _ in 0..62 {
        date += Duration::days(1);
        if date.day() == day {
            return Some(date);
        }
    }
    None
}

fn next_weekday(today: Date, weekday: usize) -> Date {
    let wanted = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];
    let mut date = today + Duration::days(1);
    while date.weekday() != wanted[weekday] {
        date += Duration::days(1);
    }
    date
}

fn read(date: &str) -> Option<Date> {
    let mut parts = date.splitn(3, '-');
    let year = parts.next()?.parse().ok()?;
    let month = Month::try_from(parts.next()?.parse::<u8>().ok()?).ok()?;
    Date::from_calendar_date(year, month, parts.next()?.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn called(text: &str) -> Option<String> {
        // A Tuesday.
        day(&text.split(' ').collect::<Vec<_>>(), "2025-11-11")
    }

    #[test]
    fn a_day_is_told_from_the_day_of_the_session() {
        for (text, date) in [
            ("se convoca para manana a las nueve de la manana", "2025-11-12"),
            ("para pasado manana", "2025-11-13"),
            ("para el jueves a las ocho", "2025-11-13"),
            ("el proximo martes", "2025-11-18"),
            ("para el dia trece de noviembre", "2025-11-13"),
            ("el jueves 20 de noviembre a las 9", "2025-11-20"),
            ("el dia tres a las ocho", "2025-12-03"),
            ("el lunes primero de diciembre", "2025-12-01"),
            ("el cinco de enero", "2026-01-05"),
            ("el pleno sera el ultimo jueves de noviembre", "2025-11-27"),
            ("el segundo martes de diciembre", "2025-12-09"),
            ("el de noviembre es el 27 a las siete", "2025-11-27"),
        ] {
            assert_eq!(called(text).as_deref(), Some(date), "{text}");
        }
        assert_eq!(called("a las nueve de la manana"), None);
    }
}
