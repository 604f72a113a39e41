//! The order of the day: its points as they are read out.

use super::families::{Event, families};
use super::numbering::{Place, counted, paused};
use super::sitting::{Cue, Sitting};
use super::speakers::Who;
use super::{Kind, Proposal};

/// The first point is read so many lines after the order of the day is asked for.
const BEGINS: usize = 8;

/// The next point follows within so many lines.
const FOLLOWS: usize = 5;

/// An order of the day without numbers is read in so many lines.
const READ: usize = 8;

/// A point holds so many words at most.
const LONGEST: usize = 90;

/// What the points of an order of the day are called by their first word.
const HEADS: [&str; 31] = [
    "llamado",
    "llamada",
    "verificacion",
    "lectura",
    "aprobacion",
    "himno",
    "himnos",
    "oracion",
    "invocacion",
    "instalacion",
    "apertura",
    "consideracion",
    "debate",
    "primer",
    "segundo",
    "proposiciones",
    "correspondencia",
    "comunicaciones",
    "informe",
    "informes",
    "intervencion",
    "varios",
    "ruegos",
    "mociones",
    "dacion",
    "asuntos",
    "clausura",
    "eleccion",
    "decretos",
    "acta",
    "citacion",
];

/// What the first point of an order of the day can be that is read out as a whole.
const CALLED: [&str; 9] =
    ["llamado", "llamada", "verificacion", "himno", "himnos", "oracion", "invocacion", "instalacion", "apertura"];

/// What ends a reading, whatever is said behind it.
const GONE_ON: [Event; 3] = [Event::NextPoint, Event::Floor, Event::VoteOpen];

/// What is heard between points that are dealt with, and not where they are read out.
const DEALT: [Event; 7] =
    [Event::Passed, Event::VoteOpen, Event::Side, Event::Consent, Event::Floor, Event::Count, Event::Unanimous];

/// Signs that the reading is over.
pub(super) const AFTER: [Event; 6] =
    [Event::Consider, Event::Closing, Event::Question, Event::VoteOpen, Event::NextPoint, Event::Floor];

/// An order of the day that nobody announces is read in so many first lines, or in the first third.
const BEGINNING: usize = 40;

/// Every reading of an order of the day.
pub(super) fn read(sitting: &Sitting<'_>) -> Vec<Proposal> {
    let mut proposals: Vec<Proposal> = Vec::new();
    let mut reached = 0;
    let mut cues: Vec<Cue> = sitting.signs(&[Event::AgendaRead, Event::AgendaLoose]).cloned().collect();
    cues.extend(by_form(sitting));
    cues.sort_by_key(|cue| (cue.line, cue.from));
    for cue in &cues {
        let loose = cue.event == Event::AgendaLoose;
        if cue.line < reached || loose && (!proposals.is_empty() || cue.line > sitting.lines.len() / 3) {
            continue;
        }
        let numbered = points(sitting, (cue.line, cue.from)).filter(|(_, points, _)| !loose || points.len() > 2);
        let unnumbered = || unnumbered(sitting, (cue.line, cue.to)).filter(|(_, points, _)| !loose || points.len() > 3);
        let Some((first, points, last)) = numbered.or_else(unnumbered) else {
            continue;
        };
        reached = last + 1;
        let sure = if points.len() > 3 { 0.95 } else { 0.7 };
        proposals.push(sitting.proposal(Kind::Agenda { items: points }, first..=last, cue, sure));
    }
    proposals
}

/// Where the first of several numbered points is read out, although nobody said that the order of the day follows.
fn by_form(sitting: &Sitting<'_>) -> Option<Cue> {
    let begins = |place: Place| {
        let used = numbered(sitting, place, 1).filter(|used| *used > 1 || paused(sitting, place))?;
        let words = sitting.words(place.0);
        let article = usize::from(matches!(words.get(place.1 + used), Some(&("el" | "la" | "los" | "las"))));
        let head = words.get(place.1 + used + article)?;
        let (first, points, last) = points(sitting, place).filter(|_| HEADS.contains(head))?;
        let one_voice = (first..=last).all(|line| sitting.utterances[line].voice == sitting.utterances[first].voice);
        // Where no roll is called, the points may be announced one after the other and dealt with at once.
        let dealt = sitting.has(first..last + 1, &DEALT) || !CALLED.contains(head) && points.len() < 4;
        (points.len() > 2 && one_voice && !dealt).then_some(used)
    };
    let end = (sitting.lines.len() / 3).max(BEGINNING).min(sitting.lines.len());
    (0..end).filter(|line| sitting.lines[*line].who != Who::Member).find_map(|line| {
        let (from, used) = (0..sitting.lines[line].own).find_map(|at| Some((at, begins((line, at))?)))?;
        let family = families().first_of(Event::AgendaRead);
        Some(Cue { event: Event::AgendaRead, line, from, to: from + used, family })
    })
}

/// The points read after a place: the line of the first, their words, and the line of the last. What looks like
/// the number of a first point and has no second one behind it is none.
fn points(sitting: &Sitting<'_>, from: Place) -> Option<(usize, Vec<String>, usize)> {
    places(sitting, from, BEGINS)
        .filter(|place| sitting.lines[place.0].who != Who::Member && numbered(sitting, *place, 1).is_some())
        .find_map(|begins| points_from(sitting, begins))
}

/// The points that are read from the number of the first on.
fn points_from(sitting: &Sitting<'_>, begins: Place) -> Option<(usize, Vec<String>, usize)> {
    let mut at = begins;
    let mut starts = Vec::new();
    while let Some(used) = numbered(sitting, at, starts.len() + 1) {
        let start = (at.0, at.1 + used);
        starts.push((at, start));
        let number = starts.len() + 1;
        let next = places(sitting, start, FOLLOWS)
            .skip(1)
            .take(LONGEST)
            .take_while(|place| place.0 == start.0 || !sitting.has(place.0..place.0 + 1, &GONE_ON))
            .find(|place| numbered(sitting, *place, number).is_some());
        // A point whose number was not heard does not lose the ones behind it.
        match next {
            Some(next) => at = next,
            None => break,
        }
    }
    if starts.len() < 2 {
        return None;
    }
    let mut titles = Vec::new();
    for (index, (_, start)) in starts.iter().enumerate() {
        let end = starts.get(index + 1).map_or_else(|| over(sitting, *start), |(next, _)| *next);
        titles.push(title(sitting, *start, end));
    }
    let last = over(sitting, starts[starts.len() - 1].1).0;
    Some((begins.0, titles, last.max(starts[starts.len() - 1].0.0)))
}

/// The points of an order of the day that is read without numbers: each begins with what such points are called,
/// behind a pause.
fn unnumbered(sitting: &Sitting<'_>, from: Place) -> Option<(usize, Vec<String>, usize)> {
    let last = from.0 + READ;
    let end = (from.0 + 1..sitting.lines.len().min(last + 1))
        .find(|line| {
            sitting.has(*line..line + 1, &AFTER)
                || sitting.utterances[*line].voice != sitting.utterances[from.0].voice
                || sitting.lines[*line].who == Who::Member
        })
        .unwrap_or(sitting.lines.len().min(last + 1));
    // «…, y proposiciones.»
    let begins = |(line, at): Place| {
        let joined = at > 0 && sitting.lines[line].words[at - 1].text == "y";
        paused(sitting, (line, at)) || joined && paused(sitting, (line, at - 1))
    };
    let starts: Vec<Place> = places(sitting, from, end.saturating_sub(from.0 + 1))
        .filter(|place| HEADS.contains(&sitting.lines[place.0].words[place.1].text.as_str()) && begins(*place))
        .collect();
    if starts.len() < 3 {
        return None;
    }
    let titles = (0..starts.len()).map(|at| {
        let next = starts.get(at + 1).copied().unwrap_or_else(|| over(sitting, starts[at]));
        title(sitting, starts[at], next)
    });
    let first = starts[0].0;
    Some((first, titles.collect(), over(sitting, starts[starts.len() - 1]).0.max(first)))
}

/// The words from a place on, for so many lines.
fn places<'s>(sitting: &'s Sitting<'_>, from: Place, lines: usize) -> impl Iterator<Item = Place> + 's {
    let end = sitting.lines.len().min(from.0 + lines + 1);
    (from.0..end).flat_map(move |line| {
        let skip = if line == from.0 { from.1 } else { 0 };
        (skip..sitting.lines[line].own).map(move |word| (line, word))
    })
}

/// How many words at a place number a point so; nothing when they do not.
fn numbered(sitting: &Sitting<'_>, place: Place, wanted: usize) -> Option<usize> {
    counted(sitting, place, wanted, true)
}

/// Where the last point ends: at the end of its sentence, at the words that close the reading, or where
/// somebody else speaks.
fn over(sitting: &Sitting<'_>, start: Place) -> Place {
    const CLOSES: [&str; 17] = [
        "leido",
        "leida",
        "esta",
        "ese",
        "este",
        "hasta",
        "senor",
        "senora",
        "presidente",
        "presidenta",
        "asi",
        "gracias",
        "en",
        "eso",
        "es",
        "queda",
        "ahi",
    ];
    let mut last = start;
    for (line, at) in places(sitting, start, 2).take(40) {
        let words = &sitting.lines[line].words;
        let far = (line, at) != start;
        let speaks = sitting.utterances[line].voice != sitting.utterances[start.0].voice && line != start.0;
        let closes = CLOSES.contains(&words[at].text.as_str())
            && far
            && (at == 0
                || words[at - 1].ends
                || !matches!(words[at].text.as_str(), "en" | "este" | "esta" | "es" | "queda" | "ese" | "asi" | "eso")
                || closing_phrase(words, at));
        if speaks || closes || line != last.0 && far && sitting.has(line..line + 1, &AFTER) {
            return if far { (line, at) } else { last };
        }
        last = (line, at + 1);
        if words[at].ends && line == start.0 {
            return last;
        }
    }
    last
}

fn closing_phrase(words: &[super::folded::Word], at: usize) -> bool {
    let next = |offset: usize| words.get(at + offset).map_or("", |word| word.text.as_str());
    matches!(
        (words[at].text.as_str(), next(1), next(2)),
        ("ese" | "este" | "eso", "es", _)
            | ("esta" | "queda", "leido" | "leida", _)
            | ("es", "el", "orden")
            | ("en", "consideracion", _)
            | ("asi", "queda" | "senor" | "senora", _)
            | ("eso", "seria", _)
    )
}

/// Whether a mark may stand at the edge of a title.
fn parts(edge: char) -> bool {
    edge.is_whitespace() || matches!(edge, ',' | '.' | ';' | ':' | '-')
}

/// What was said between two places, as it was said.
fn title(sitting: &Sitting<'_>, from: Place, to: Place) -> String {
    const JOINS: [&str; 7] = ["y", "e", "como", "por", "último", "finalmente", "el"];
    let mut title = String::new();
    for line in from.0..=to.0.min(sitting.lines.len() - 1) {
        let own = sitting.lines[line].own;
        let first = if line == from.0 { from.1 } else { 0 };
        let last = if line == to.0 { to.1.min(own) } else { own };
        let part = sitting.said(line, first, last).trim();
        if !part.is_empty() {
            if !title.is_empty() {
                title.push(' ');
            }
            title.push_str(part);
        }
    }
    let mut kept = title.trim_matches(parts);
    // «… comunicaciones, y» leads to the next point.
    while let Some((before, _)) = kept.rsplit_once(' ').filter(|(_, last)| JOINS.contains(last)) {
        kept = before.trim_end_matches(parts);
    }
    kept.to_owned()
}
