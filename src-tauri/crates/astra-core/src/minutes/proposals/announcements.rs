//! What is announced of a vote: that something is a result, which figures belong to it, and what came of it.

use super::attendance::to_the_chair;
use super::counts::{Counts, counts};
use super::families::Event;
use super::matters::about;
use super::numbers::number;
use super::sides::asked;
use super::sitting::{Cue, Sitting};
use super::speakers::Who;
use super::votes::{Taken, Window, asked_for, mode, named_in, names, standing};
use super::{Outcome, Vote, VoteNames};

/// What belongs to one announcement stands so close.
const ANNOUNCEMENT: usize = 3;

/// Lines of so many words do not part an announcement.
pub(super) const SHORT: usize = 6;

/// A correction of the figures comes within so many lines.
const CORRECTION: usize = 8;

/// What is put to the vote.
const VOTED: [&str; 12] = [
    "acta",
    "orden",
    "punto",
    "mocion",
    "proposicion",
    "dictamen",
    "ordenanza",
    "propuesta",
    "proyecto",
    "enmienda",
    "urgencia",
    "articulado",
];

/// Who announces a result says so in so few words.
const FEW: usize = 30;

/// Who agrees says so within so many lines, and in so few words.
const AGREES: (usize, usize) = (2, 14);

/// Signs of a result.
pub(super) const RESULTS: [Event; 8] = [
    Event::Count,
    Event::Unanimous,
    Event::Passed,
    Event::Failed,
    Event::Tie,
    Event::Casting,
    Event::Assent,
    Event::Elected,
];

/// Those that say what came of a vote.
const SETTLES: [Event; 6] =
    [Event::Unanimous, Event::Passed, Event::Failed, Event::Casting, Event::Assent, Event::Elected];

const ASKS: [Event; 5] = [Event::Question, Event::Closing, Event::VoteOpen, Event::Consent, Event::Side];

const OPENS: [Event; 6] =
    [Event::Consider, Event::Closing, Event::Question, Event::VoteOpen, Event::Consent, Event::Side];

/// Whether «de acuerdo, presidente» answers what the chair has just asked.
pub(super) fn assents(sitting: &Sitting<'_>, cue: &Cue, open: &Window<'_>) -> bool {
    let line = &sitting.lines[cue.line];
    let asked = matches!(open.asked, Event::Question | Event::Consent | Event::Passed) && open.roll.is_none();
    let (near, few) = AGREES;
    let answers = cue.line > open.last && cue.line <= open.last + near && line.own <= few;
    let reports = line.who == Who::Secretary || line.who == Who::Unknown && to_the_chair(sitting, cue.line);
    asked && answers && reports
}

/// «Los siete, presidenta.»
fn all_of(words: &[&str]) -> Option<u32> {
    let at = words.iter().take(4).position(|word| matches!(*word, "los" | "las"))?;
    number(words.get(at + 1..)?).map(|(value, _)| value)
}

/// For which side whoever presides breaks a tie.
fn cast(sitting: &Sitting<'_>, cue: &Cue) -> Option<Outcome> {
    let words = sitting.words(cue.line);
    let side = |at: usize| match words[at..] {
        ["en", "contra", ..] | ["por", "el", "no", ..] | ["que", "no", ..] | ["negativo" | "negativamente", ..] => {
            Some(Outcome::Rejected)
        }
        ["a", "favor", ..] | ["por", "el", "si", ..] | ["que", "si", ..] | ["positivo" | "afirmativo", ..] => {
            Some(Outcome::Approved)
        }
        _ => None,
    };
    let end = words.len().min(cue.to + 8);
    (cue.to..end).find_map(side).or_else(|| (cue.from.saturating_sub(6)..cue.from).rev().find_map(side))
}

/// Whether a sign of a result announces one, and does not tell or ask.
pub(super) fn announces(sitting: &Sitting<'_>, cue: &Cue, window: &Window<'_>) -> bool {
    let words = sitting.words(cue.line);
    let line = &sitting.lines[cue.line];
    let reports = to_the_chair(sitting, cue.line);
    if line.who == Who::Unknown {
        let counted = sitting.has(cue.line..cue.line + 1, &[Event::Count]);
        let near = cue.from <= 12 || line.own <= 25 || cue.from + 14 >= line.own;
        if tells(&words[..cue.from]) || !(counted || reports || near && line.own <= 30) {
            return false;
        }
    }
    // Minutes of another day tell the question and the answer in one breath.
    let asked_here = window.roll.is_none() && cue.line == window.first && line.who != Who::Chair && !reports;
    if asked_here && !sitting.has(cue.line..cue.line + 1, &ASKS) {
        return false;
    }
    // Who is no chair opens and counts in one breath only with what came of it.
    let end = sitting.lines.len().min(cue.line + ANNOUNCEMENT);
    let alone = window.roll.is_none() && cue.line == window.first && line.who != Who::Chair;
    if alone && cue.event == Event::Count && !sitting.has(cue.line..end, &SETTLES) {
        return false;
    }
    match cue.event {
        Event::Passed => {
            !is_asked(sitting, cue)
                && !overlaps(sitting, cue, &[Event::Failed])
                && (cue.to - cue.from > 1 || counted_beside(sitting, cue) || stands_alone(sitting, &words, cue))
        }
        Event::Count => !counts(&words[cue.from..words.len().min(cue.to)]).is_empty(),
        Event::Failed if !is_participle(words[cue.from]) => true,
        Event::Failed => cue.to - cue.from > 1 || counted_beside(sitting, cue) || stands_alone(sitting, &words, cue),
        Event::Casting => cast(sitting, cue).is_some(),
        Event::Unanimous => cue.line > window.first || line.own <= 20,
        _ => true,
    }
}

/// «Se aprueba el acta por unanimidad»: a result that nobody asked for in so many words. It needs figures or
/// unanimity beside it, or the chair who names what is approved.
pub(super) fn speaks_for_itself(sitting: &Sitting<'_>, cue: &Cue) -> bool {
    let line = &sitting.lines[cue.line];
    let words = sitting.own_words(cue.line);
    let to = cue.to.min(words.len());
    let span = words.get(cue.from..to).unwrap_or_default();
    // «Aprobada el acta con nueve votos a favor.»
    let begins = cue.from <= 1 && line.who == Who::Chair && counted_beside(sitting, cue);
    let settles =
        matches!(cue.event, Event::Passed | Event::Failed) && (span.len() > 1 || begins) && !is_asked(sitting, cue);
    let verb = span.iter().any(|word| {
        matches!(*word, "se" | "queda" | "quedan" | "ha" | "han" | "damos" | "doy" | "declaro" | "sido" | "resulta")
    });
    if !settles || !(verb || begins) || line.who == Who::Member || sitting.has(cue.line..cue.line + 1, &[Event::Speech])
    {
        return false;
    }
    let counted = counted_beside(sitting, cue);
    let named = || words[cue.from..words.len().min(to + 6)].iter().any(|word| VOTED.contains(word));
    match line.who {
        // «La damos por aprobada.»
        Who::Chair => counted || named() || span.iter().any(|word| matches!(*word, "damos" | "doy" | "declaro")),
        Who::Secretary => counted && to_the_chair(sitting, cue.line),
        _ => {
            counted
                && line.own <= FEW
                && (cue.from <= 8 || to_the_chair(sitting, cue.line))
                && !tells(&words[..cue.from])
        }
    }
}

/// «Yo vi que se aprobó por unanimidad, presidente.»
fn tells(before: &[&str]) -> bool {
    before.iter().any(|word| matches!(*word, "yo" | "nosotros" | "dice" | "dicen" | "mi" | "nos" | "me" | "porque"))
}

/// «Sí lo aprueba la plenaria» answers, where «¿lo aprueba la plenaria?» asks.
pub(super) fn affirms(sitting: &Sitting<'_>, cue: &Cue) -> bool {
    let words = sitting.own_words(cue.line);
    let first = words.iter().take(3).position(|word| matches!(*word, "si" | "asi"));
    let joined =
        first.is_some_and(|at| matches!(words.get(at + 1), Some(&("lo" | "la" | "los" | "las" | "aprueba" | "se"))));
    joined && cue.from <= 4 && !sitting.utterances[cue.line].text.contains('?')
}

/// «Yo no levanté la mano»: whoever is not in the chair speaks of themselves and asks nothing.
pub(super) fn tells_of_itself(sitting: &Sitting<'_>, cue: &Cue) -> bool {
    let line = &sitting.lines[cue.line];
    let before = line.words[..cue.from].iter().rev().take(3);
    line.who != Who::Chair && before.into_iter().any(|word| word.text == "yo")
}

/// The figures that the table gave right before «queda aprobada la ordenanza», where nobody asked for them.
pub(super) fn figures_before<'s>(sitting: &'s Sitting<'_>, cue: &Cue) -> Option<&'s Cue> {
    let whole = cue.to - cue.from > 1 || sitting.lines[cue.line].own <= 3;
    let settles = matches!(cue.event, Event::Passed | Event::Failed) && whole && cue.from <= 3;
    let short = sitting.lines[cue.line].own <= FEW / 2 && !is_asked(sitting, cue);
    let line = cue.line.checked_sub(1).filter(|line| {
        let who = sitting.lines[*line].who;
        let reports = who == Who::Secretary || who == Who::Unknown && to_the_chair(sitting, *line);
        settles && short && reports && sitting.lines[cue.line].who != Who::Member
    })?;
    let first = sitting.signs_in(line..line + 1).iter().find(|cue| cue.event == Event::Count)?;
    let figures = counts(&block(sitting, (line, 0), (line, usize::MAX)));
    figures.in_favour.is_some().then_some(first)
}

/// Whether what could be a result is the question for it.
fn is_asked(sitting: &Sitting<'_>, cue: &Cue) -> bool {
    if affirms(sitting, cue) {
        return false;
    }
    // «La damos por aprobada.»
    let words = &sitting.lines[cue.line].words[cue.from..];
    let gives = words.iter().take(2).any(|word| matches!(word.text.as_str(), "damos" | "doy"));
    if gives && words.iter().find(|word| word.ends).is_some_and(|last| !last.asks) {
        return false;
    }
    let table = sitting.lines[cue.line].who == Who::Secretary || to_the_chair(sitting, cue.line);
    overlaps(sitting, cue, &[Event::Question, Event::Consent]) && !table
}

fn overlaps(sitting: &Sitting<'_>, cue: &Cue, events: &[Event]) -> bool {
    let signs = sitting.signs_in(cue.line..cue.line + 1);
    signs.iter().any(|other| events.contains(&other.event) && other.from < cue.to && other.to > cue.from)
}

/// «Aprobado», which may also tell what a thing is; «decae» may not.
fn is_participle(word: &str) -> bool {
    ["ado", "ada", "ados", "adas", "ido", "ida", "idos", "idas"].iter().any(|end| word.ends_with(end))
}

/// Whether figures or unanimity are said in the same line.
fn counted_beside(sitting: &Sitting<'_>, cue: &Cue) -> bool {
    sitting.has(cue.line..cue.line + 1, &[Event::Count, Event::Unanimous])
}

/// «Aprobado» as an answer, and not «el presupuesto aprobado».
fn stands_alone(sitting: &Sitting<'_>, words: &[&str], cue: &Cue) -> bool {
    let line = &sitting.lines[cue.line];
    let own = line.own;
    // «Cinco. Aprobado el punto.»
    let begins = cue.from > 0 && line.words[cue.from - 1].ends && line.who != Who::Unknown;
    let before = cue.from.checked_sub(1).map_or("", |at| words[at]);
    let after = words.get(cue.to).copied().unwrap_or("");
    cue.from == 0
        || begins
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
            "pues",
            "por",
        ]
        .contains(&before)
        || matches!(after, "senor" | "senora" | "presidente" | "presidenta" | "por" | "con")
}

/// The vote that a result closes, and the place behind what belongs to the announcement.
pub(super) fn announced(sitting: &Sitting<'_>, window: Window<'_>, cue: &Cue) -> (Taken, (usize, usize)) {
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
        let settled = said.iter().rev().find(|cue| SETTLES.contains(&cue.event));
        let asks = matches!(next.event, Event::Question | Event::Consent | Event::Side)
            && settled.is_some_and(|settled| next.line > settled.line)
            && !tells_of_itself(sitting, next);
        let opens = matches!(
            next.event,
            Event::Consider | Event::VoteOpen | Event::Annul | Event::Again | Event::Closing | Event::RollOrder
        ) || matches!(next.event, Event::Floor | Event::NextPoint | Event::Lift)
            || asks;
        if opens {
            break;
        }
        // Who agrees answers a question, and who has announced a result does not answer the next one.
        let answers = next.event != Event::Assent || said.is_empty();
        if amends || RESULTS.contains(&next.event) && answers && belongs(sitting, next) {
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
        .filter(|sign| OPENS.contains(&sign.event) && sign.from < cue.from && sign.to <= cue.from);
    // «Votos a favor, los del grupo mixto, nueve; en contra …»
    let names_side = |sign: &&Cue| {
        block(sitting, (sign.line, sign.from), (sign.line, usize::MAX))[..sign.to - sign.from]
            .iter()
            .any(|word| matches!(*word, "favor" | "si" | "afirmativa" | "afirmativos" | "positivos"))
    };
    let behind = |sign: &Cue| if names_side(&sign) { sign.from } else { sign.to };
    let from = open_to.max_by_key(|sign| sign.to).map_or(0, behind).min(cue.from);
    let mut counted = Counts::default();
    if !said.is_empty() {
        counted = counts(&block(sitting, (cue.line, from), end));
    }
    let (dialogue, dialogue_names) = if window.roll.is_none() {
        let first = window.side.unwrap_or((window.cue.line, 0));
        asked(sitting, first, (cue.line, cue.from).max(settled(&said)))
    } else {
        Default::default()
    };
    if let Some(side) = window.side.filter(|_| window.roll.is_none()) {
        // «¿Votos a favor? — Doce. — ¿En contra? — Uno.»
        let asked = counts(&block(sitting, side, (end.0, usize::MAX)));
        // What is announced in one breath was not asked for.
        let words = block(sitting, (cue.line, from), (cue.line, usize::MAX));
        let own = counts(&words);
        let whole = own.in_favour.is_some() && own.against.or(own.abstaining).is_some() && cue.line > window.first;
        let (first, then) = if whole { (counted, asked) } else { (asked, counted) };
        counted = Counts {
            in_favour: first.in_favour.or(then.in_favour),
            against: first.against.or(then.against),
            abstaining: first.abstaining.or(then.abstaining),
            blank: first.blank.or(then.blank),
        };
    } else if counted.is_empty() && window.roll.is_none() {
        let asked = block(sitting, (window.cue.line, window.cue.from), end);
        let sides = asked.windows(2).any(|pair| matches!(pair, ["en", "contra"]));
        counted = if sides { counts(&asked) } else { counted };
    }
    if !versus(&sitting.own_words(last)) {
        counted = Counts {
            in_favour: dialogue.in_favour.or(counted.in_favour),
            against: dialogue.against.or(counted.against),
            abstaining: dialogue.abstaining.or(counted.abstaining),
            blank: counted.blank,
        };
    }
    // «Corrijo: son siete a favor y uno en contra.»
    let mended = said
        .iter()
        .rev()
        .find(|cue| cue.event == Event::Amend)
        .map(|cue| counts(&block(sitting, (cue.line, cue.from), end)));
    if let Some(mended) =
        mended.filter(|counts| counts.in_favour.is_some() && counts.against.or(counts.abstaining).is_some())
    {
        counted = mended;
    }
    if counted.is_empty() && cue.event == Event::Assent {
        counted.in_favour = all_of(&sitting.own_words(cue.line));
    }
    let nobody = |votes: Option<u32>| votes.is_none_or(|votes| votes == 0);
    if counted.in_favour.is_none()
        && [counted.against, counted.abstaining, counted.blank].into_iter().all(nobody)
        && let Some(unanimous) = said.iter().find(|cue| cue.event == Event::Unanimous)
    {
        counted.in_favour = everybody(sitting, unanimous);
    }
    let roll = window.roll;
    let mut called = roll.map_or_else(VoteNames::default, |roll| names(sitting, roll));
    if roll.is_none() {
        named_in(sitting, (cue.line, from), end, &mut called);
        for (names, more) in
            [(&mut called.against, dialogue_names.against), (&mut called.abstaining, dialogue_names.abstaining)]
        {
            names.extend(more);
            names.sort();
            names.dedup();
        }
        if let Some(votes) = counted.in_favour {
            called.in_favour = standing(sitting, window.first..last + 1, votes);
            // «Siete por el sí, y la concejala Ruiz se abstiene.»
            let named = |names: &[String]| u32::try_from(names.len()).ok().filter(|named| *named > 0);
            counted.against = counted.against.or(named(&called.against));
            counted.abstaining = counted.abstaining.or(named(&called.abstaining));
        }
        if let Some(votes) = counted.against.filter(|_| called.against.is_empty()) {
            called.against = asked_for(sitting, last + 1..sitting.lines.len().min(last + 1 + ANNOUNCEMENT), votes);
        }
    }
    let result = result(sitting, &said).or_else(|| affirmed(sitting, &window, &said));
    let vote = Vote {
        about: about(sitting, &window.cue, cue.line),
        mode: mode(sitting, window.first, last, roll),
        in_favour: counted.in_favour,
        against: counted.against,
        abstaining: counted.abstaining,
        blank: counted.blank,
        candidates: Vec::new(),
        names: called,
        outcome: result,
    };
    (Taken { first: window.first, last, cue: cue.clone(), vote }, end)
}

/// «¿Aprueba la corporación? — Sí, presidente, diez votos a favor»: a yes to the question, with its count. A count
/// alone is left without an outcome, which depends on the majority that is asked for.
fn affirmed(sitting: &Sitting<'_>, window: &Window<'_>, said: &[&Cue]) -> Option<Outcome> {
    let asked = matches!(window.asked, Event::Consent | Event::Question) && window.roll.is_none();
    let only = said.iter().all(|cue| cue.event == Event::Count);
    let yes = said.first().is_some_and(|cue| sitting.words(cue.line).first() == Some(&"si"));
    (asked && only && yes).then_some(Outcome::Approved)
}

/// Whether «no está aprobada» tells of who is not there: «la concejala Ruiz ya no está, aprobada la proposición».
fn is_gone(sitting: &Sitting<'_>, cue: &Cue) -> bool {
    let words = sitting.words(cue.line);
    let said = &words[cue.from..cue.to.min(words.len())];
    cue.from > 0 && words[cue.from - 1] == "ya" && matches!(said, ["no", "esta" | "estan", ..])
}

/// Where what came of a vote is first said.
fn settled(said: &[&Cue]) -> (usize, usize) {
    // «Todos de pie. ¿En contra? Nadie. Aprobada.»
    let settles = |cue: &&&Cue| SETTLES.contains(&cue.event) && cue.event != Event::Assent || cue.event == Event::Tie;
    let first = said.iter().find(settles).or_else(|| said.iter().find(|cue| cue.event == Event::Assent));
    first.map_or((0, 0), |cue| (cue.line, cue.from))
}

/// «Ocho a ocho.»
fn versus(words: &[&str]) -> bool {
    (0..words.len()).any(|at| {
        let Some((_, used)) = number(&words[at..]) else { return false };
        let rest = &words[at + used..];
        matches!(rest.first(), Some(&("a" | "contra"))) && number(&rest[1..]).is_some()
    })
}

/// «Por unanimidad de los presentes, dieciséis»: the only number, at the end or before the votes it counts.
fn everybody(sitting: &Sitting<'_>, cue: &Cue) -> Option<u32> {
    let words = sitting.own_words(cue.line);
    let mut numbers = (cue.to..words.len()).filter_map(|at| Some((at, number(&words[at..])?)));
    let (at, (value, used)) = numbers.next()?;
    let next = words.get(at + used).copied().unwrap_or_default();
    let counts = next.is_empty()
        || sitting.lines[cue.line].words[at + used - 1].ends
        || ["vot", "concejal", "miembro", "presente", "edil"].iter().any(|start| next.starts_with(start));
    (counts && value > 1 && numbers.next().is_none()).then_some(value)
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
        Event::Passed if is_asked(sitting, cue) => false,
        Event::Passed | Event::Failed if cue.to - cue.from == 1 && is_participle(words[cue.from]) => {
            counted_beside(sitting, cue) || stands_alone(sitting, &words, cue)
        }
        Event::Count => !counts(&words[cue.from..words.len().min(cue.to)]).is_empty(),
        // «Decide el voto de calidad» explains.
        Event::Casting => cast(sitting, cue).is_some(),
        _ => line.who != Who::Unknown || line.own <= 30,
    }
}

/// What was announced last and not taken back.
fn result(sitting: &Sitting<'_>, said: &[&Cue]) -> Option<Outcome> {
    let mut result = None;
    for cue in said {
        let refused = |other: &&&Cue| {
            let over = other.line == cue.line && other.from <= cue.from && other.to > cue.from;
            other.event == Event::Failed && over && !is_gone(sitting, other)
        };
        match cue.event {
            Event::Passed if !said.iter().any(|other| refused(&other)) => result = Some(Outcome::Approved),
            Event::Casting => result = cast(sitting, cue).or(result),
            Event::Elected => result = Some(Outcome::Approved),
            Event::Unanimous | Event::Assent if result.is_none() => result = Some(Outcome::Approved),
            Event::Failed if is_gone(sitting, cue) => result = Some(Outcome::Approved),
            Event::Failed => result = Some(Outcome::Rejected),
            Event::Tie => {
                let words = sitting.words(cue.line);
                // A casting vote has the last word.
                let denied = said.iter().any(|other| other.event == Event::Casting)
                    || cue.from > 0 && matches!(words[cue.from - 1], "no" | "sin" | "hubo");
                result = if denied { result } else { Some(Outcome::Tied) };
            }
            _ => {}
        }
    }
    result
}

/// The words from one place to another.
pub(super) fn block<'s>(sitting: &'s Sitting<'_>, from: (usize, usize), to: (usize, usize)) -> Vec<&'s str> {
    let mut words = Vec::new();
    for line in from.0..=to.0 {
        let own = &sitting.lines[line].words[..sitting.lines[line].own];
        let skip = if line == from.0 { from.1 } else { 0 };
        words.extend(own.iter().skip(skip).map(|word| word.text.as_str()));
    }
    words
}
