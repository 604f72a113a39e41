//! The points of the order of the day as they are dealt with: the stretches of the session in which each is, told
//! by its number or by its words.

use super::agenda::AFTER;
use super::families::{Event, families};
use super::numbering::{counted, paused, starts_sentence};
use super::numbers::{number, ordinal};
use super::points::{
    GOES_ON, LEADS, STEPS, alike, alike_from, begins_with, called, keys, pauses, refers, spoken_number, title_said,
};
use super::sitting::{Cue, Sitting};
use super::speakers::Who;
use super::{Kind, Proposal};

/// An announced point is named within so many lines after it is called for.
const NAMED: usize = 4;

/// Where no order of the day was read, a point is announced by so many first words.
const BEGINS: usize = 7;

/// Where a point may begin.
struct Start {
    line: usize,
    cue: Cue,
    /// Which point it is, if its number or its words say so.
    number: Option<u32>,
    /// Whether the words are enough only for the point whose turn it is.
    in_turn: bool,
}

/// The stretches in which the points are dealt with.
pub(super) fn items(sitting: &Sitting<'_>, agendas: &[Proposal]) -> Vec<Proposal> {
    let mut announced: Vec<(usize, u32, String, Cue)> = Vec::new();
    let reading = |line: usize| agendas.iter().find(|agenda| agenda.utterances.contains(&line));
    let starts: Vec<&Cue> =
        sitting.signs(&[Event::Point, Event::NextPoint]).filter(|cue| reading(cue.line).is_none()).collect();
    let mut current = 0;
    let mut busy = 0;
    let mut lines = heads(sitting, agendas);
    lines.extend(by_words(sitting, agendas));
    if agendas.is_empty() {
        lines.extend(unread(sitting));
    }
    lines.extend(starts.into_iter().filter(|cue| !refers(sitting, cue)).map(|cue| Start {
        line: cue.line,
        cue: cue.clone(),
        number: None,
        in_turn: false,
    }));
    lines.sort_by_key(|start| (start.line, start.cue.from));
    for Start { line, cue, number: head, in_turn } in lines {
        let empty = Vec::new();
        let titles = match agendas.iter().rev().find(|agenda| agenda.utterances.end <= line).map(|agenda| &agenda.kind)
        {
            Some(Kind::Agenda { items }) => items,
            _ => &empty,
        };
        // «Pasamos a votar el punto tres.»
        let voted = sitting.own_words(line)[..cue.from.min(sitting.lines[line].own)]
            .iter()
            .rev()
            .take(4)
            .any(|word| word.starts_with("vota"));
        if line < busy || voted {
            continue;
        }
        if in_turn && head != Some(current + 1) && (current > 0 || !first_after(agendas, head)) {
            continue;
        }
        let said = head.or_else(|| spoken_number(sitting, &cue));
        // A point told by its words alone comes after those before it.
        if head.is_some() && cue.event == Event::NextPoint && said <= Some(current) {
            continue;
        }
        let wanted = if cue.event == Event::NextPoint || said.is_none() { Some(current + 1) } else { None };
        let found = match (said, wanted) {
            (Some(number), _) => Some((line, number)),
            (None, Some(next)) => named_after(sitting, line, titles, next),
            _ => None,
        };
        let Some((at, number)) = found.filter(|(_, number)| *number > 0) else { continue };
        let title = usize::try_from(number).ok().and_then(|number| titles.get(number.checked_sub(1)?)).cloned();
        let table = matches!(sitting.lines[at].who, Who::Chair | Who::Secretary);
        let fits = title.as_ref().is_some_and(|title| alike(sitting, at, title) >= 0.5);
        // Where nobody is known, a point is announced in its turn and at the beginning of a line.
        let goes_on = sitting.words(cue.line).get(cue.to).is_some_and(|next| matches!(*next, "que" | "es" | "y"));
        let turn = !goes_on
            && sitting.lines[at].who == Who::Unknown
            && cue.from <= 6
            && (current..=current + 2).contains(&(number - 1));
        let begun = title.is_some() && !titles.is_empty();
        if !(begun || table || turn) || !(table || fits || turn || head.is_some() || cue.event == Event::NextPoint) {
            continue;
        }
        if number == current && announced.last().is_some_and(|(before, ..)| at <= before + 12) {
            continue;
        }
        current = number;
        busy = at + 1;
        let title = title.unwrap_or_else(|| title_said(sitting, &cue));
        announced.push((at, number, title, cue));
    }
    let end = sitting.signs(&[Event::Lift]).next_back().map_or(sitting.lines.len(), |cue| cue.line);
    (0..announced.len())
        .map(|at| {
            let (line, number, title, cue) = &announced[at];
            let last = announced.get(at + 1).map_or(end.max(line + 1), |next| next.0).saturating_sub(1).max(*line);
            sitting.proposal(Kind::Item { number: *number, title: title.clone() }, *line..=last, cue, 0.85)
        })
        .collect()
}

/// Lines of the table that begin with a number and the words of the point that has it.
fn heads(sitting: &Sitting<'_>, agendas: &[Proposal]) -> Vec<Start> {
    let mut heads = Vec::new();
    for (index, agenda) in agendas.iter().enumerate() {
        let Kind::Agenda { items } = &agenda.kind else { continue };
        let end = agendas.get(index + 1).map_or(sitting.lines.len(), |next| next.utterances.start);
        for line in agenda.utterances.end..end {
            if sitting.lines[line].who == Who::Member || sitting.lines[line].own == 0 {
                continue;
            }
            for place in 0..sitting.lines[line].own.min(14) {
                let number = (1..=items.len()).find(|number| counted(sitting, (line, place), *number, false).is_some());
                let Some((number, used)) =
                    number.and_then(|number| Some((number, counted(sitting, (line, place), number, false)?)))
                else {
                    continue;
                };
                let family = families().first_of(Event::Point);
                let cue = Cue { event: Event::Point, line, from: place, to: place + used, family };
                if refers(sitting, &cue) {
                    break;
                }
                if alike_from(sitting, line, place + used, &items[number - 1]) >= 0.6 {
                    heads.push(Start { line, cue, number: u32::try_from(number).ok(), in_turn: false });
                    break;
                }
            }
        }
    }
    heads
}

/// «Pasamos a proposiciones y varios»: lines of the table that go on to a point of which only the words are said.
fn by_words(sitting: &Sitting<'_>, agendas: &[Proposal]) -> Vec<Start> {
    let Some(Proposal { kind: Kind::Agenda { items }, utterances, .. }) = agendas.last() else { return Vec::new() };
    let mut found = Vec::new();
    for line in utterances.end..sitting.lines.len() {
        let words = sitting.own_words(line);
        let table = match sitting.lines[line].who {
            Who::Chair | Who::Secretary => words.len() <= 40,
            Who::Unknown => words.len() <= 14,
            Who::Member => false,
        };
        let goes_on = words.iter().take(6).any(|word| GOES_ON.contains(word));
        if !table || words.is_empty() || sitting.has(line..line + 1, &AFTER) && !goes_on {
            continue;
        }
        let fits = |number: &usize| {
            let least = if goes_on { 0.6 } else { 1.0 };
            begins_with(&words[..words.len().min(if goes_on { 14 } else { 9 })], &items[number - 1]) >= least
        };
        if let Some(number) = (1..=items.len()).find(fits) {
            let family = families().first_of(Event::NextPoint);
            let cue = Cue { event: Event::NextPoint, line, from: 0, to: 1, family };
            found.push(Start { line, cue, number: u32::try_from(number).ok(), in_turn: false });
        } else if let Some((at, number)) =
            (1..=items.len()).find_map(|number| Some((called(sitting, line, &keys(items, number))?, number)))
        {
            let family = families().first_of(Event::NextPoint);
            // «Retomamos el del presupuesto» goes back.
            let back = words[at].starts_with("retom") || words[at].starts_with("volv");
            let event = if back { Event::Point } else { Event::NextPoint };
            let cue = Cue { event, line, from: at, to: at + 1, family };
            let in_turn = !goes_on && !STEPS.contains(&words[at]);
            found.push(Start { line, cue, number: u32::try_from(number).ok(), in_turn });
        }
    }
    found
}

/// Whether a point is the first that is dealt with behind the order of the day, which is itself one of the points.
fn first_after(agendas: &[Proposal], number: Option<u32>) -> bool {
    let Some(Kind::Agenda { items }) = agendas.last().map(|agenda| &agenda.kind) else { return false };
    let read = items.iter().rposition(|title| {
        super::folded::fold(title).windows(3).any(|words| words[0].text == "orden" && words[2].text == "dia")
    });
    number.and_then(|number| usize::try_from(number).ok()) == Some(read.map_or(1, |read| read + 2))
}

/// Where no order of the day was read, the chair goes from one matter to the next: «El tercero, la modificación de
/// créditos», «y llegamos a ruegos y preguntas».
fn unread(sitting: &Sitting<'_>) -> Vec<Start> {
    let mut found = Vec::new();
    let mut current = 0;
    for line in 0..sitting.lines.len() {
        let words = sitting.own_words(line);
        let table = match sitting.lines[line].who {
            Who::Chair => true,
            Who::Unknown => words.len() <= 40,
            Who::Secretary | Who::Member => false,
        };
        if !table {
            continue;
        }
        // «Terminado este asunto, pasamos al tercero.»
        let steps = |at: usize| STEPS.contains(&words[at]) && paused(sitting, (line, at));
        let starts = |at: &usize| starts_sentence(sitting, (line, *at)) || steps(*at);
        let next = (0..words.len()).filter(starts).find_map(|at| {
            let lead = words[at..].iter().take_while(|word| GOES_ON.contains(word) || LEADS.contains(word)).count();
            let rest = words.get(at + lead..).unwrap_or_default();
            let last = matches!(rest, ["ruegos", "y", "preguntas", ..]) && current > 0;
            let told = rest.first().and_then(|word| ordinal(word)) == Some(current + 1);
            // «El acta de la sesión anterior»: the first matter, before any other.
            let minutes = rest.first() == Some(&"acta") && rest.iter().take(5).any(|word| word.starts_with("anterior"));
            let first = minutes && current == 0 && line < sitting.lines.len() / 4;
            // «Lo siguiente, la ordenanza de terrazas.»
            let next = words[at..].starts_with(&["lo", "siguiente"]) && current > 0 && pauses(sitting, line, at + 2);
            // «El segundo, los decretos», «segundo, decretos», «el quinto es una moción», and not «el segundo turno».
            let chair = sitting.lines[line].who == Who::Chair && at <= BEGINS;
            let said = pauses(sitting, line, at + lead + 1) && rest.len() > 1
                || matches!(rest.get(1..3), Some(["es", "el" | "la" | "los" | "las" | "un" | "una"]));
            let early = current > 0 || line < sitting.lines.len() / 4;
            let told = told
                && said
                && early
                && (lead > 0 || chair)
                && (at + lead < BEGINS || lead > 0)
                && !sitting.has(line..line + 1, &[Event::Floor]);
            let named = usize::from(told);
            (last || first || next || told).then_some((at, at + lead.max(usize::from(next) * 2) + named))
        });
        // «La otra moción, la seis», «la número cinco».
        let counted = || {
            (0..words.len().saturating_sub(1)).find_map(|at| {
                let led = matches!(words[at], "el" | "la" | "como" | "numero") && current > 0;
                let (value, used) = number(&words[at + 1..])?;
                (led && value == current + 1 && pauses(sitting, line, at + 1 + used)).then_some((at, at + 1 + used))
            })
        };
        let next = next.or_else(|| if sitting.lines[line].who == Who::Chair { counted() } else { None });
        let numbered = sitting.signs_in(line..line + 1).iter().find(|cue| cue.event == Event::Point);
        if let Some(number) = numbered.and_then(|cue| spoken_number(sitting, cue)) {
            current = number;
        } else if let Some((from, to)) = next {
            current += 1;
            let cue = Cue { event: Event::Point, line, from, to, family: families().first_of(Event::Point) };
            found.push(Start { line, cue, number: Some(current), in_turn: false });
        }
    }
    found
}

/// The point named in the lines after it was called for: by number, or by its words.
fn named_after(sitting: &Sitting<'_>, line: usize, titles: &[String], next: u32) -> Option<(usize, u32)> {
    for at in line..sitting.lines.len().min(line + NAMED) {
        if sitting.lines[at].who == Who::Member {
            break;
        }
        // «Siguiente punto. — Tres, informe del gerente», of an order of the day that nobody read.
        let bare = |number: &u32| counted(sitting, (at, 0), *number as usize, true).is_some();
        if titles.is_empty() && at > line && sitting.lines[at].own > 1 {
            match (next..next + 3).find(bare) {
                Some(number) => return Some((at, number)),
                None => continue,
            }
        }
        for place in 0..sitting.lines[at].own.min(12) {
            for number in 1..=titles.len() {
                let used = counted(sitting, (at, place), number, false);
                if used.is_some_and(|used| alike_from(sitting, at, place + used, &titles[number - 1]) >= 0.5) {
                    return Some((at, u32::try_from(number).ok()?));
                }
            }
        }
    }
    let best = (line..sitting.lines.len().min(line + NAMED)).find_map(|at| {
        let fits = |number: &usize| alike(sitting, at, &titles[number - 1]) >= 0.6;
        (1..=titles.len()).find(fits).map(|number| (at, u32::try_from(number).unwrap_or(next)))
    });
    best.or(if titles.is_empty() { None } else { Some((line, next)) })
}
