//! Votes: a window that the chair opens, what is announced in it, and what is corrected or annulled later.

use super::answers::{Roll, Said};
use super::attendance::to_the_chair;
use super::counts::{Counts, counts};
use super::families::{Event, families};
use super::sitting::{Cue, Sitting};
use super::speakers::Who;
use super::{Kind, Mode, Outcome, Proposal, Vote, VoteNames};

/// A result is announced within ten minutes of the last sign of voting.
const WINDOW_MS: u64 = 600_000;

/// Signs that the chair is putting something to the vote stand so close, or it was discussed in between.
const CHAIN: usize = 5;

/// What belongs to one announcement stands so close.
const ANNOUNCEMENT: usize = 3;

/// Lines of so many words do not part an announcement.
const SHORT: usize = 6;

/// A correction of the figures comes within so many lines.
const CORRECTION: usize = 8;

/// A vote is annulled within so many lines after its result.
const ANNULLED: usize = 40;

const OPENERS: [Event; 4] = [Event::Consider, Event::Closing, Event::Question, Event::VoteOpen];

const RESULTS: [Event; 5] = [Event::Count, Event::Unanimous, Event::Passed, Event::Failed, Event::Tie];

/// What is being voted.
struct Window<'r> {
    first: usize,
    cue: Cue,
    last: usize,
    /// Members speak: nothing is announced before the chair takes it up again.
    discussed: bool,
    roll: Option<&'r Roll>,
}

/// A vote with its place.
struct Taken {
    first: usize,
    last: usize,
    cue: Cue,
    vote: Vote,
}

/// Every vote of the session.
pub(super) fn votes(sitting: &Sitting<'_>, rolls: &[Roll]) -> Vec<Proposal> {
    let mut taken: Vec<Taken> = Vec::new();
    let mut window: Option<Window<'_>> = None;
    let mut rolls = rolls.iter().filter(|roll| roll.votes).peekable();
    let mut settled = (0, 0);
    for cue in &sitting.cues {
        while let Some(roll) = rolls.next_if(|roll| roll.first <= cue.line) {
            window = Some(with_roll(sitting, window.take(), roll, &mut taken));
        }
        if (cue.line, cue.from) < settled {
            continue;
        }
        let in_roll = window.as_ref().and_then(|window| window.roll).is_some_and(|roll| cue.line < roll.last);
        if OPENERS.contains(&cue.event) {
            if !in_roll {
                open(sitting, &mut window, cue, &mut taken);
            }
        } else if cue.event == Event::Annul {
            annul(sitting, &mut window, cue, &mut taken);
        } else if matches!(cue.event, Event::Floor | Event::Speech) {
            if let Some(window) = window.as_mut().filter(|_| !in_roll) {
                // «¿Alguien pide la palabra? ¿Nadie?» is no discussion yet.
                let answered =
                    sitting.lines.get(cue.line + 1).is_some_and(|next| next.own > 6 || next.who == Who::Member);
                window.discussed |= if cue.event == Event::Floor { answered } else { sitting.lines[cue.line].own > 12 };
            }
        } else if RESULTS.contains(&cue.event)
            && let Some(open) = &window
            && !in_roll
            && !open.discussed
            && sitting.utterances[cue.line].start_ms <= sitting.utterances[open.last].end_ms + WINDOW_MS
            && announces(sitting, cue, open)
            && let Some(open) = window.take()
        {
            let repeated =
                (open.cue.event == Event::Annul).then(|| taken.last().map(|last| last.vote.about.clone())).flatten();
            let (mut vote, end) = announced(sitting, open, cue);
            settled = end;
            vote.vote.about = repeated.unwrap_or(vote.vote.about);
            taken.push(vote);
        }
    }
    for roll in rolls {
        window = Some(with_roll(sitting, window.take(), roll, &mut taken));
    }
    unannounced(window, sitting, &mut taken);
    taken.into_iter().map(|taken| proposal(sitting, taken)).collect()
}

fn open(sitting: &Sitting<'_>, window: &mut Option<Window<'_>>, cue: &Cue, taken: &mut Vec<Taken>) {
    if let Some(open) = window
        && open.roll.is_none()
        && !open.discussed
        && cue.line - open.last <= CHAIN
    {
        open.last = cue.line;
        return;
    }
    if let Some(open) = window
        && open.roll.is_some_and(|roll| cue.line <= roll.last + 2)
    {
        return;
    }
    unannounced(window.take(), sitting, taken);
    *window = Some(Window { first: cue.line, cue: cue.clone(), last: cue.line, discussed: false, roll: None });
}

/// A roll of votes makes the window it stands in a vote by name, or opens one.
fn with_roll<'r>(
    sitting: &Sitting<'_>,
    window: Option<Window<'r>>,
    roll: &'r Roll,
    taken: &mut Vec<Taken>,
) -> Window<'r> {
    match window {
        Some(open) if open.roll.is_none() && !open.discussed && roll.first - open.last.min(roll.first) <= 12 => {
            Window { last: roll.last, roll: Some(roll), ..open }
        }
        other => {
            unannounced(other, sitting, taken);
            let cue = Cue {
                event: Event::VoteOpen,
                line: roll.first,
                from: 0,
                to: 1,
                family: families().first_of(Event::Nominal),
            };
            Window { first: roll.first, cue, last: roll.last, discussed: false, roll: Some(roll) }
        }
    }
}

/// A vote by name counts even when nobody announces its result; any other needs the announcement.
fn unannounced(window: Option<Window<'_>>, sitting: &Sitting<'_>, taken: &mut Vec<Taken>) {
    let Some(Window { first, cue, roll: Some(roll), .. }) = window else { return };
    let vote = Vote {
        about: about(sitting, &cue, roll.last),
        mode: Mode::Nominal,
        names: names(sitting, roll),
        ..Vote::default()
    };
    taken.push(Taken { first, last: roll.last, cue, vote });
}

fn annul(sitting: &Sitting<'_>, window: &mut Option<Window<'_>>, cue: &Cue, taken: &mut Vec<Taken>) {
    let voting = window.as_ref().is_some_and(|open| open.roll.is_some() || cue.line - open.last <= CHAIN);
    if let Some(open) = window.take().filter(|_| voting) {
        if open.cue.event == Event::Annul {
            *window = Some(Window { last: cue.line, ..open });
            return;
        }
        let called = open.roll.map_or_else(VoteNames::default, |roll| names(sitting, roll));
        let mode = mode(sitting, open.first, cue.line, open.roll);
        let vote = Vote {
            about: about(sitting, &open.cue, cue.line),
            mode,
            names: called,
            result: Some(Outcome::Void),
            ..Vote::default()
        };
        taken.push(Taken { first: open.first, last: cue.line, cue: open.cue, vote });
    } else if let Some(last) = taken.last_mut().filter(|last| cue.line <= last.last + ANNULLED) {
        // A tie is voted again without losing its own result.
        if last.vote.result != Some(Outcome::Tied) {
            last.vote.result = Some(Outcome::Void);
        }
    } else {
        return;
    }
    *window = Some(Window { first: cue.line, cue: cue.clone(), last: cue.line, discussed: false, roll: None });
}

/// Whether a sign of a result announces one, and does not tell or ask.
fn announces(sitting: &Sitting<'_>, cue: &Cue, window: &Window<'_>) -> bool {
    let words = sitting.words(cue.line);
    let line = &sitting.lines[cue.line];
    let overlaps = |event: &[Event]| {
        sitting
            .signs_in(cue.line..cue.line + 1)
            .iter()
            .any(|other| event.contains(&other.event) && other.from < cue.to && other.to > cue.from)
    };
    let reports = to_the_chair(sitting, cue.line);
    if line.who == Who::Unknown {
        let counted = sitting.has(cue.line..cue.line + 1, &[Event::Count]);
        let near = cue.from <= 12 || line.own <= 25 || cue.from + 14 >= line.own;
        if !(counted || reports || near && line.own <= 30) {
            return false;
        }
    }
    // Minutes of another day tell the question and the answer in one breath.
    let asked_here = window.roll.is_none() && cue.line == window.first && line.who != Who::Chair && !reports;
    if asked_here && !sitting.has(cue.line..cue.line + 1, &[Event::Question, Event::Closing, Event::VoteOpen]) {
        return false;
    }
    match cue.event {
        Event::Passed => {
            let asked = overlaps(&[Event::Question]) && !reports && line.who != Who::Secretary;
            !asked
                && !overlaps(&[Event::Failed])
                && (cue.to - cue.from > 1 || counted_beside(sitting, cue) || stands_alone(&words, cue, line.own))
        }
        Event::Count => !counts(&words[cue.from..words.len().min(cue.to)]).is_empty(),
        Event::Failed => cue.to - cue.from > 1 || counted_beside(sitting, cue) || stands_alone(&words, cue, line.own),
        Event::Unanimous => cue.line > window.first || line.own <= 20,
        _ => true,
    }
}

/// Whether figures or unanimity are said in the same line.
fn counted_beside(sitting: &Sitting<'_>, cue: &Cue) -> bool {
    sitting.has(cue.line..cue.line + 1, &[Event::Count, Event::Unanimous])
}

/// «Aprobado» as an answer, and not «el presupuesto aprobado».
fn stands_alone(words: &[&str], cue: &Cue, own: usize) -> bool {
    let before = cue.from.checked_sub(1).map_or("", |at| words[at]);
    let after = words.get(cue.to).copied().unwrap_or("");
    cue.from == 0
        || own <= 6
        || cue.to == own && own <= 20
        || [
            "si",
            "queda",
            "ha",
            "sido",
            "entonces",
            "listo",
            "bueno",
            "presidente",
            "presidenta",
            "secretaria",
            "senor",
            "perfecto",
            "bien",
            "asi",
            "muy",
            "no",
            "dia",
            "abstenciones",
            "contra",
            "resultado",
        ]
        .contains(&before)
        || matches!(after, "senor" | "senora" | "presidente" | "presidenta" | "por" | "con")
}

/// The vote that a result closes, and the place behind what belongs to the announcement.
fn announced(sitting: &Sitting<'_>, window: Window<'_>, cue: &Cue) -> (Taken, (usize, usize)) {
    let mut last = cue.line;
    let mut end = (cue.line, cue.to);
    let mut said: Vec<&Cue> = Vec::new();
    for next in sitting.signs_in(cue.line..sitting.lines.len().min(cue.line + 30)) {
        if (next.line, next.from) < (cue.line, cue.from) {
            continue;
        }
        // «¿En contra? — Uno. — ¿Abstenciones? — Ninguna.» parts nothing.
        let gap = (last + 1..=next.line).filter(|line| sitting.lines[*line].own > SHORT || *line == next.line).count();
        let amends = next.event == Event::Amend && amends(sitting, next.line);
        if gap > if amends { CORRECTION } else { ANNOUNCEMENT } {
            if gap > CORRECTION {
                break;
            }
            continue;
        }
        let opens =
            matches!(next.event, Event::Consider | Event::VoteOpen | Event::Annul | Event::Closing | Event::RollOrder)
                || matches!(next.event, Event::Floor | Event::NextPoint | Event::Lift);
        if opens {
            break;
        }
        if amends || RESULTS.contains(&next.event) && belongs(sitting, next) {
            // A sign that runs over its line ends in the next one.
            let over = usize::from(next.to > sitting.lines[next.line].own && next.line + 1 < sitting.lines.len());
            last = next.line + over;
            end = (last, if over == 1 { 0 } else { next.to });
            said.push(next);
        }
    }
    // Figures may begin before the word that gives them away, but never before the last question.
    let open_to = sitting
        .signs_in(cue.line..cue.line + 1)
        .iter()
        .filter(|sign| OPENERS.contains(&sign.event) && sign.from < cue.from && sign.to <= cue.from);
    let from = open_to.map(|sign| sign.to).max().unwrap_or(0).min(cue.from);
    let mut counted = Counts::default();
    if !said.is_empty() {
        counted = counts(&block(sitting, (cue.line, from), end));
    }
    if counted.is_empty() && window.roll.is_none() {
        // «¿Votos a favor? — Doce. — ¿En contra? — Uno.»
        let asked = block(sitting, (window.cue.line, window.cue.from), end);
        let sides = asked.windows(2).any(|pair| matches!(pair, ["en", "contra"]));
        counted = if sides { counts(&asked) } else { counted };
    }
    let result = result(sitting, &said);
    let roll = window.roll;
    let mut called = roll.map_or_else(VoteNames::default, |roll| names(sitting, roll));
    if roll.is_none() {
        named_in(sitting, (cue.line, from), end, &mut called);
    }
    let vote = Vote {
        about: about(sitting, &window.cue, cue.line),
        mode: mode(sitting, window.first, last, roll),
        in_favour: counted.in_favour,
        against: counted.against,
        abstaining: counted.abstaining,
        names: called,
        result,
    };
    (Taken { first: window.first, last, cue: cue.clone(), vote }, end)
}

/// Whether a correction speaks of votes.
fn amends(sitting: &Sitting<'_>, line: usize) -> bool {
    let words = sitting.own_words(line);
    let numbers = (0..words.len()).any(|at| super::numbers::number(&words[at..]).is_some());
    numbers
        && words.len() <= 40
        && sitting.lines[line].who != Who::Member
        && (words.len() <= 12
            || words.iter().any(|word| word.starts_with("vot") || matches!(*word, "favor" | "contra" | "positivos")))
}

/// Whether a later result is part of the same announcement.
fn belongs(sitting: &Sitting<'_>, cue: &Cue) -> bool {
    let words = sitting.words(cue.line);
    let line = &sitting.lines[cue.line];
    match cue.event {
        Event::Passed | Event::Failed if cue.to - cue.from == 1 => {
            counted_beside(sitting, cue) || stands_alone(&words, cue, line.own)
        }
        Event::Count => !counts(&words[cue.from..words.len().min(cue.to)]).is_empty(),
        _ => line.who != Who::Unknown || line.own <= 30,
    }
}

/// What was announced last and not taken back.
fn result(sitting: &Sitting<'_>, said: &[&Cue]) -> Option<Outcome> {
    let mut result = None;
    for cue in said {
        let refused = |other: &&&Cue| {
            other.event == Event::Failed && other.line == cue.line && other.from <= cue.from && other.to >= cue.to
        };
        match cue.event {
            Event::Passed if !said.iter().any(|other| refused(&other)) => result = Some(Outcome::Approved),
            Event::Unanimous if result.is_none() => result = Some(Outcome::Approved),
            Event::Failed => result = Some(Outcome::Rejected),
            Event::Tie => {
                let words = sitting.words(cue.line);
                let denied = cue.from > 0 && matches!(words[cue.from - 1], "no" | "sin" | "hubo");
                result = if denied { result } else { Some(Outcome::Tied) };
            }
            _ => {}
        }
    }
    result
}

fn mode(sitting: &Sitting<'_>, first: usize, last: usize, roll: Option<&Roll>) -> Mode {
    let lines = first.saturating_sub(2)..last + 1;
    if roll.is_some() {
        Mode::Nominal
    } else if sitting.has(lines.clone(), &[Event::Secret]) {
        Mode::Secret
    } else if sitting.has(lines, &[Event::Nominal]) {
        Mode::Nominal
    } else {
        Mode::Ordinary
    }
}

fn names(sitting: &Sitting<'_>, roll: &Roll) -> VoteNames {
    let mut names = VoteNames::default();
    for (person, said) in &roll.answers {
        let name = sitting.people.name(*person).to_owned();
        match said {
            Some(Said::For) => names.in_favour.push(name),
            Some(Said::Against) => names.against.push(name),
            Some(Said::Abstains) => names.abstaining.push(name),
            _ => {}
        }
    }
    names
}

/// «Con el voto negativo de la concejala Ruiz.»
fn named_in(sitting: &Sitting<'_>, from: (usize, usize), end: (usize, usize), names: &mut VoteNames) {
    let words = block(sitting, from, (end.0, usize::MAX));
    for mention in sitting.people.mentions(&words, false) {
        let Some(person) = sitting.seat(&mention.people) else { continue };
        let before = words[mention.from.saturating_sub(9)..mention.from].join(" ");
        let name = sitting.people.name(person).to_owned();
        if before.contains("en contra") || before.contains("negativo") {
            names.against.push(name);
        } else if before.contains("abst") {
            names.abstaining.push(name);
        }
    }
}

/// The words from one place to another.
fn block<'s>(sitting: &'s Sitting<'_>, from: (usize, usize), to: (usize, usize)) -> Vec<&'s str> {
    let mut words = Vec::new();
    for line in from.0..=to.0 {
        let own = &sitting.lines[line].words[..sitting.lines[line].own];
        let skip = if line == from.0 { from.1 } else { 0 };
        words.extend(own.iter().skip(skip).map(|word| word.text.as_str()));
    }
    words
}

/// What is voted, in the chair's words: the thing that is named where the vote is opened.
fn about(sitting: &Sitting<'_>, cue: &Cue, last: usize) -> String {
    const ENDS: [&str; 26] = [
        "se",
        "anuncio",
        "sirvanse",
        "senor",
        "senora",
        "secretaria",
        "secretario",
        "quienes",
        "aprueban",
        "aprueba",
        "tiene",
        "continua",
        "sigue",
        "esta",
        "queda",
        "alguien",
        "hay",
        "va",
        "llame",
        "honorables",
        "concejales",
        "favor",
        "alguna",
        "levanten",
        "sirvase",
        "que",
    ];
    const THINGS: [&str; 22] = [
        "orden",
        "acta",
        "actas",
        "proposicion",
        "proposiciones",
        "proyecto",
        "informe",
        "articulado",
        "articulo",
        "articulos",
        "titulo",
        "mocion",
        "receso",
        "permanente",
        "ponencia",
        "impedimento",
        "aplazamiento",
        "ilustracion",
        "modificacion",
        "enmienda",
        "prorroga",
        "solicitud",
    ];
    let quote = |line: usize, from: usize| {
        let words = sitting.own_words(line);
        let mut to = from;
        while to < words.len() && to < from + 14 && !(to > from && ENDS.contains(&words[to])) {
            to += 1;
            if sitting.lines[line].words[to - 1].ends {
                break;
            }
        }
        sitting.said(line, from, to).trim().to_owned()
    };
    let named = (cue.line..=last.min(cue.line + 3)).find_map(|line| {
        let words = sitting.own_words(line);
        let skip = if line == cue.line { cue.to.min(words.len()) } else { 0 };
        let before = || (0..skip).find(|&at| THINGS.contains(&words[at]));
        let at = (skip..words.len()).find(|&at| THINGS.contains(&words[at])).or_else(before)?;
        Some(quote(line, at))
    });
    named.unwrap_or_else(|| quote(cue.line, cue.to.min(sitting.lines[cue.line].own)))
}

fn proposal(sitting: &Sitting<'_>, taken: Taken) -> Proposal {
    let complete = taken.vote.result.is_some() && (taken.vote.in_favour.is_some() || taken.vote.mode == Mode::Ordinary);
    let sure = if complete { 0.9 } else { 0.6 };
    sitting.proposal(Kind::Vote(taken.vote), taken.first..=taken.last, &taken.cue, sure)
}
