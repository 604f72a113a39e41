//! When a session is opened and closed, and the hours that are said with it.

use super::families::Event;
use super::numbers::{Hour, answered, hours};
use super::sitting::{Cue, Sitting};
use super::{Kind, Proposal};

/// An hour is said so many lines from the words it belongs to.
const BESIDE: usize = 3;

/// An hour that is said alone stands behind so many words of greeting at most.
const GREETING: usize = 16;

/// What is not said in so many words to be the closing is so only in so many last lines.
const LAST: usize = 10;

/// A session that is closed ends within so many lines.
const ENDS: usize = 60;

/// The opening is looked for in so many lines at least, or in the first quarter.
const BEGINNING: usize = 60;

/// Those who come to a session are greeted in so many lines.
const GREETED: usize = 15;

/// At most one of each. The hour of the closing is read with the length of the recording in mind.
pub(super) fn opening_and_closing(sitting: &Sitting<'_>) -> Vec<Proposal> {
    let opening = opening(sitting);
    let opened = opening
        .as_ref()
        .and_then(|(cue, hour)| Some((sitting.utterances[cue.line].start_ms, hour.as_ref()?.minutes())));
    let opening = opening.map(|(cue, hour)| {
        let sure = if hour.is_some() { 0.95 } else { 0.75 };
        let kind = Kind::Opening { time: hour.map(Hour::written) };
        sitting.proposal(kind, cue.line..=cue.line, cue, sure)
    });
    let closing = closing(sitting).map(|(cue, hour)| {
        let hour = hour.map(|hour| match opened {
            Some(opened) => later(hour, opened, sitting.utterances[cue.line].start_ms),
            None => in_the_evening(sitting, cue.line, morning(hour)),
        });
        let sure = if hour.is_some() { 0.95 } else { 0.75 };
        sitting.proposal(Kind::Adjournment { time: hour.map(Hour::written) }, cue.line..=cue.line, cue, sure)
    });
    opening.into_iter().chain(closing).collect()
}

fn opening<'s>(sitting: &'s Sitting<'_>) -> Option<(&'s Cue, Option<Hour>)> {
    let end = BEGINNING.max(sitting.lines.len() / 4).min(sitting.lines.len());
    let begins: Vec<&Cue> = sitting.signs_in(0..end).iter().filter(|cue| cue.event == Event::Open).collect();
    let said = |cue: &Cue| beside(sitting, cue, end);
    let morning = |line: usize, hour: Hour| greeted(sitting, line, morning(hour));
    let timed = begins.iter().find_map(|cue| said(cue).map(|hour| (*cue, Some(morning(cue.line, hour)))));
    timed.or_else(|| {
        // The hour may be said on its own, but not where the session is closed.
        let end = sitting.signs(&[Event::Lift]).next().map_or(end, |lift| end.min(lift.line.saturating_sub(BESIDE)));
        let alone = sitting.signs_in(0..end).iter().find_map(|cue| {
            let moves = [
                Event::Arrival,
                Event::ArrivalTold,
                Event::Departure,
                Event::Recess,
                Event::Resume,
                Event::Next,
                Event::Exhausted,
                Event::LiftLoose,
            ];
            let words = sitting.words(cue.line);
            // «Son las nueve. — Secretaria, llame a lista.»
            let called = || {
                let begins =
                    words.iter().any(|word| matches!(*word, "empezamos" | "comenzamos" | "iniciamos" | "arrancamos"));
                begins || sitting.has(cue.line..end.min(cue.line + BESIDE), &[Event::RollOrder])
            };
            let siendo = cue.event == Event::Hour
                && (words[cue.from] == "siendo" || words[cue.from] == "son" && called())
                && cue.from <= GREETING
                && !words[..cue.from].contains(&"que")
                && !sitting.has(cue.line..cue.line + 1, &moves);
            siendo.then(|| hour_in(sitting, cue.line, cue.from).map(|hour| (cue, Some(morning(cue.line, hour)))))?
        });
        // «Vamos empezando, que pasan seis minutos de las siete.»
        let starts = || (0..end.min(GREETED)).find_map(|line| starting(sitting, line));
        let alone = alone.or_else(|| starts().map(|(cue, hour)| (cue, Some(morning(cue.line, hour)))));
        alone.or_else(|| begins.first().map(|cue| (*cue, None)))
    })
}

fn closing<'s>(sitting: &'s Sitting<'_>) -> Option<(&'s Cue, Option<Hour>)> {
    let lifts: Vec<&Cue> = sitting.signs(&[Event::Lift]).collect();
    // «Lo dejamos aquí, son las ocho menos veinte.»
    let end = sitting.lines.len().saturating_sub(LAST);
    let loose = || {
        let mut ends = sitting.signs(&[Event::LiftLoose]).rev().filter(|cue| cue.line >= end);
        // «Son las doce y cuarto, presidenta. — Con eso cerramos por hoy.»
        let before = |cue: &Cue| {
            let line = cue.line.checked_sub(1).filter(|line| sitting.has(*line..*line + 1, &[Event::Hour]))?;
            hour_in(sitting, line, 0)
        };
        ends.find_map(|cue| hour_in(sitting, cue.line, 0).or_else(|| before(cue)).map(|hour| (cue, Some(hour))))
    };
    let Some(&last) = lifts.last().filter(|cue| cue.line + ENDS >= sitting.lines.len()) else {
        return loose().or_else(|| lifts.last().map(|cue| (*cue, beside(sitting, cue, sitting.lines.len()))));
    };
    // What is lifted in the middle of a session, with an hour of talk behind it, was not the session.
    let tail = &lifts[lifts.partition_point(|cue| cue.line + 25 < last.line)..];
    let timed =
        tail.iter().rev().find_map(|cue| beside(sitting, cue, sitting.lines.len()).map(|hour| (*cue, Some(hour))));
    timed.or(Some((last, None)))
}

/// The hour in the line of a sign, or announced in the lines around it.
fn beside(sitting: &Sitting<'_>, cue: &Cue, end: usize) -> Option<Hour> {
    // «Se cierra la sesión, once y media.»
    let behind = || answered(sitting.own_words(cue.line).get(cue.to..).unwrap_or_default());
    let own = hour_in(sitting, cue.line, 0).or_else(behind);
    let around = |line: usize| {
        let signs = sitting.signs_in(line..line + 1);
        let calls = signs.iter().any(|sign| sign.event == Event::Next);
        let told = signs.iter().find(|sign| sign.event == Event::Hour).filter(|_| !calls)?;
        hour_in(sitting, line, told.from)
    };
    let after = (cue.line + 1..end.min(cue.line + BESIDE + 1)).find_map(around);
    // «¿Qué hora es? — Doce y cuarenta y siete.»
    let answer = |line: usize| {
        let words = sitting.own_words(line);
        let called = sitting.has(line..line + 1, &[Event::Next]);
        if words.len() <= 9 && !called { answered(&words) } else { None }
    };
    let after = after.or_else(|| (cue.line + 1..end.min(cue.line + 3)).find_map(answer));
    let asked = |line: usize| line > 0 && sitting.own_words(line - 1).contains(&"hora");
    let told = |line: usize| around(line).or_else(|| if asked(line) { answer(line) } else { None });
    let before = || (cue.line.saturating_sub(BESIDE)..cue.line).rev().find_map(told);
    own.or_else(|| if before().is_some() { before() } else { after })
}

/// The hour said in a line: the one with «siendo» or «son» before any other.
fn hour_in(sitting: &Sitting<'_>, line: usize, from: usize) -> Option<Hour> {
    let words = sitting.words(line);
    let found = hours(&words);
    let here = |at: usize| at >= from && at < sitting.lines[line].own;
    let announced =
        |at: usize| at > 0 && matches!(words[at - 1], "siendo" | "son" | "aproximadamente" | "exactamente" | "cuando");
    // An hour for which somebody is called is another day's.
    let called = |at: usize| {
        sitting.signs_in(line..line + 1).iter().any(|cue| cue.event == Event::Next && cue.from < at) && !announced(at)
    };
    let first = found.iter().find(|(at, _, _)| here(*at) && announced(*at));
    first.or_else(|| found.iter().find(|(at, _, _)| here(*at) && !called(*at))).map(|(_, _, hour)| *hour)
}

/// Councils do not open before six in the morning.
fn morning(hour: Hour) -> Hour {
    let afternoon = !hour.certain && (1..6).contains(&hour.hour);
    Hour { hour: if afternoon { hour.hour + 12 } else { hour.hour }, ..hour }
}

/// «Buenas tardes. Son las seis y cinco»: the greeting before an hour tells the half of the day.
fn greeted(sitting: &Sitting<'_>, line: usize, hour: Hour) -> Hour {
    let first = line.saturating_sub(BESIDE);
    let good = |time: &str| {
        (first..=line).any(|line| sitting.own_words(line).windows(2).any(|pair| pair[0] == "buenas" && pair[1] == time))
    };
    let afternoon = (1..=8).contains(&hour.hour) && good("tardes") || (6..=11).contains(&hour.hour) && good("noches");
    Hour { hour: if afternoon && !hour.certain { hour.hour + 12 } else { hour.hour }, ..hour }
}

/// A line of the table near the beginning that begins the session and says an hour, in whatever words.
fn starting<'s>(sitting: &'s Sitting<'_>, line: usize) -> Option<(&'s Cue, Hour)> {
    let cue = sitting.signs_in(line..line + 1).iter().find(|cue| cue.event == Event::Begin)?;
    let moves = [Event::Next, Event::Recess, Event::Resume, Event::Floor, Event::Arrival];
    let told = sitting.has(line..line + 1, &moves);
    hour_in(sitting, line, 0).filter(|_| !told).map(|hour| (cue, hour))
}

/// Where nobody heard the session begin, the greetings of its first and last lines tell the half of the day.
fn in_the_evening(sitting: &Sitting<'_>, line: usize, hour: Hour) -> Hour {
    let greeted = |from: usize, to: usize| {
        (from..to.min(sitting.lines.len())).any(|line| {
            let words = sitting.own_words(line);
            words.windows(2).any(|pair| matches!(pair, ["buenas", "tardes" | "noches"] | ["feliz", "tarde" | "noche"]))
        })
    };
    let evening = greeted(0, GREETED) || greeted(line.saturating_sub(BESIDE), line + BESIDE);
    let afternoon = evening && !hour.certain && hour.hour < 12;
    Hour { hour: if afternoon { hour.hour + 12 } else { hour.hour }, ..hour }
}

/// The half of the day that fits how long it took since the opening.
fn later(hour: Hour, (then, minutes): (u64, u32), now: u64) -> Hour {
    if hour.certain || hour.hour >= 12 {
        return hour;
    }
    let expected = i64::from(minutes) + i64::try_from(now.saturating_sub(then) / 60_000).unwrap_or(0);
    let other = Hour { hour: hour.hour + 12, ..hour };
    let away = |hour: Hour| (i64::from(hour.minutes()) - expected).abs();
    if away(other) < away(hour) { other } else { hour }
}
