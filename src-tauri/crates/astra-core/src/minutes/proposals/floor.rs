//! Who is given the floor: the name that follows the words, or stands right before them.

use super::answers::Roll;
use super::families::{Event, families};
use super::names::is_title;
use super::sitting::{Cue, Sitting};
use super::speakers::Who;
use super::{Kind, Proposal};

/// The name stands within so many words.
const NEAR: usize = 12;

/// What may stand beside a name that is called.
pub(super) const ASIDE: [&str; 30] = [
    "por",
    "favor",
    "si",
    "bueno",
    "y",
    "el",
    "la",
    "listo",
    "adelante",
    "dime",
    "digame",
    "diga",
    "usted",
    "venga",
    "breve",
    "cortico",
    "le",
    "te",
    "lo",
    "oigo",
    "escucho",
    "escuchamos",
    "toca",
    "turno",
    "suyo",
    "ahora",
    "vale",
    "bien",
    "siga",
    "entonces",
];

/// Who is called is called in so many words, behind so many others at most.
const CALL: usize = 8;
const LEAD: usize = 30;

/// A speech is so long at least.
const LONG: usize = 10;

/// What stands between thanks and the name of who is thanked.
const POLITE: [&str; 6] = ["a", "al", "la", "el", "muchas", "honorable"];

/// Who is given the floor speaks within so many lines, and so many words at least.
const REPLY: usize = 4;
const SPEECH: usize = 6;

/// Who spoke so many lines before is in a dialogue, unless so few words only asked for the floor.
const TURN: usize = 3;
const ASKED: usize = 10;

/// Every time the floor is given to somebody who can be named.
pub(super) fn floor(sitting: &Sitting<'_>, rolls: &[Roll]) -> Vec<Proposal> {
    let mut proposals: Vec<Proposal> = Vec::new();
    let mut given: Option<(usize, usize)> = None;
    let signs: Vec<Cue> = sitting.signs(&[Event::Floor, Event::FloorShort]).cloned().collect();
    let bare = (0..sitting.lines.len()).filter(|line| !signs.iter().any(|cue| cue.line == *line));
    let bare = bare.filter(|line| called(sitting, *line).or_else(|| answered(sitting, *line)).is_some());
    let family = families().first_of(Event::FloorShort);
    let bare: Vec<Cue> = bare.map(|line| Cue { event: Event::FloorShort, line, from: 0, to: 1, family }).collect();
    let mut signs: Vec<Cue> = signs.into_iter().chain(bare).collect();
    signs.sort_by_key(|cue| (cue.line, cue.from));
    for cue in &signs {
        if rolls.iter().any(|roll| (roll.first..roll.last).contains(&cue.line)) {
            continue;
        }
        let words = sitting.words(cue.line);
        // A short form alone says little: it needs a title or a name, and a short line.
        let short = cue.event == Event::FloorShort;
        if short && sitting.lines[cue.line].own > 22 && sitting.lines[cue.line].who == Who::Unknown {
            continue;
        }
        if short && words.get(cue.to).is_some_and(|next| next.starts_with("secretari") || *next == "con") {
            continue;
        }
        // Who comes or leaves is spoken to, and not given the floor.
        if short && sitting.has(cue.line..cue.line + 1, &[Event::Arrival, Event::ArrivalTold, Event::Departure]) {
            continue;
        }
        let spoken = called(sitting, cue.line).or_else(|| answered(sitting, cue.line));
        let spoken = spoken.or_else(|| named(sitting, cue, &words, short));
        let titled = words[..sitting.lines[cue.line].own].iter().any(|word| is_title(word));
        let invited = !short || titled && sitting.lines[cue.line].who == Who::Chair;
        let Some(person) = spoken.or_else(|| if invited { next_speaker(sitting, cue) } else { None }) else { continue };
        if given.is_some_and(|(line, before)| before == person && cue.line - line <= 3) {
            continue;
        }
        given = Some((cue.line, person));
        let name = sitting.people.name(person).to_owned();
        let sure = if spoken.is_some() { 0.9 } else { 0.6 };
        proposals.push(sitting.proposal(Kind::Floor { name }, cue.line..=cue.line, cue, sure));
    }
    proposals
}

fn named(sitting: &Sitting<'_>, cue: &Cue, words: &[&str], short: bool) -> Option<usize> {
    let own = sitting.lines[cue.line].own;
    let to = cue.to.min(words.len());
    // The sign may end with the title itself.
    let from = if to > 0 && is_title(words[to - 1]) { to - 1 } else { to };
    let end = if short { own.max(from) } else { words.len() };
    let after = &words[from..end.min(from + NEAR)];
    let one = |people: &[usize]| if let [person] = people { Some(*person) } else { None };
    let near = if short { 5 } else { 8 };
    let follows = sitting.people.mentions(after, false);
    let goes = |from: usize| {
        let titles = after[..from].iter().rev().take_while(|word| is_title(word)).count();
        after[..from - titles].last() == Some(&"gracias")
    };
    let follows = follows.first().filter(|mention| mention.from <= near && !goes(mention.from));
    let follows = follows.and_then(|mention| one(&mention.people));
    let start = cue.from.saturating_sub(9);
    let before = &words[start..cue.from];
    let mentions = sitting.people.mentions(before, false);
    let last = mentions.last().filter(|mention| before.len() - mention.to <= 3);
    let thanked = |from: usize| {
        let titles = before[..from].iter().rev().filter(|word| !["honorable", "a", "al", "la"].contains(word)).take(2);
        let titles: Vec<&&str> = titles.collect();
        matches!(titles[..], [&"gracias", ..]) || matches!(titles[..], [title, &"gracias"] if is_title(title))
    };
    let noted = sitting.has(cue.line..cue.line + 1, &[Event::Arrival, Event::Departure]);
    let precedes =
        last.filter(|mention| !(thanked(mention.from) || short && noted)).and_then(|mention| one(&mention.people));
    let spoken = if short { precedes.or(follows) } else { follows.or(precedes) };
    spoken.or_else(|| if short { None } else { sitting.people.by_office(after) })
}

/// Somebody called by title and name alone: «Concejal Zapata.»
fn called(sitting: &Sitting<'_>, line: usize) -> Option<usize> {
    let invited = match sitting.lines[line].who {
        Who::Chair => true,
        Who::Unknown => {
            let counts = sitting.has(line + 1..line + 2, &[Event::Count, Event::Quorum, Event::Passed, Event::Elected]);
            let long = sitting.lines.get(line + 1).is_some_and(|next| next.own >= LONG && !counts);
            long || sitting.has(line + 1..line + 2, &[Event::Speech])
        }
        Who::Secretary | Who::Member => false,
    };
    if invited { call(sitting, line) } else { None }
}

/// The one who is called by the last sentences of a line, which hold a name and nothing more: «¿Quién quiere
/// intervenir? Tomás, adelante.»
pub(super) fn call(sitting: &Sitting<'_>, line: usize) -> Option<usize> {
    let words = sitting.own_words(line);
    if words.len() > LEAD {
        return None;
    }
    let mentions = sitting.people.mentions(&words, true);
    let said = |at: usize| mentions.iter().any(|mention| (mention.from..mention.to).contains(&at));
    let plain = |at: &usize| said(*at) || is_title(words[*at]) || ASIDE.contains(&words[*at]);
    let from = words.len() - (0..words.len()).rev().take_while(plain).count();
    let from = (from..words.len()).find(|&at| at == 0 || sitting.lines[line].words[at - 1].ends)?;
    let thanks = words[from..].iter().any(|word| matches!(*word, "gracias" | "autorizado" | "autorizada"));
    let mut called = mentions.iter().filter(|mention| mention.from >= from);
    let (Some(mention), None) = (called.next(), called.next()) else { return None };
    (words.len() - from <= CALL && !thanks && mention.people.len() == 1).then(|| mention.people[0])
}

/// Whom the chair names in a line and who then speaks, whatever the words are: «Nerea, que llevas tú este tema». Who
/// spoke right before goes on in a dialogue and is given nothing.
fn answered(sitting: &Sitting<'_>, line: usize) -> Option<usize> {
    if sitting.lines[line].who != Who::Chair {
        return None;
    }
    let end = sitting.lines.len().min(line + 1 + REPLY);
    let first = (line + 1..end).find(|next| sitting.lines[*next].who == Who::Member)?;
    let Some(person) = sitting.lines[first].speaker else {
        return addressed(sitting, line).filter(|_| sitting.lines[first].own >= SPEECH);
    };
    let before = (0..line).rev().find(|before| sitting.lines[*before].who == Who::Member);
    let held = before.filter(|before| line - before <= TURN && sitting.lines[*before].speaker == Some(person));
    if held.is_some_and(|last| speech(sitting, last, person, true) > ASKED)
        || speech(sitting, first, person, false) < SPEECH
    {
        return None;
    }
    let words = sitting.own_words(line);
    let thanked = |from: usize| {
        let titles = words[..from].iter().rev().take_while(|word| is_title(word) || POLITE.contains(word)).count();
        // «Gracias, concejala. Concejal Carrillo.»
        let offices =
            words[from - titles..from].iter().filter(|word| word.starts_with("concejal") || word.starts_with("doctor"));
        let twice = offices.count() > 1;
        !twice
            && words[..from - titles].last().is_some_and(|word| {
                matches!(*word, "gracias" | "usted" | "autorizado" | "autorizada" | "bienvenido" | "bienvenida")
            })
    };
    // «Los que acompañen la propuesta de Buelvas.»
    let explicit = sitting.has(line..line + 1, &[Event::Floor, Event::FloorShort]);
    let owns = |from: usize| from > 0 && words[from - 1] == "de" && !explicit;
    let mentions = sitting.people.mentions(&words, true);
    let mut named = mentions.iter().filter(|mention| mention.people.contains(&person));
    named.any(|mention| !thanked(mention.from) && !owns(mention.from)).then_some(person)
}

/// Who is spoken to by name at the beginning of the last sentence: «Karen, sustente.»
fn addressed(sitting: &Sitting<'_>, line: usize) -> Option<usize> {
    let words = &sitting.lines[line].words[..sitting.lines[line].own];
    let from = (1..words.len()).rev().find(|at| words[at - 1].ends).unwrap_or(0);
    let own = sitting.own_words(line);
    let mentions = sitting.people.mentions(&own, true);
    let mention = mentions.iter().find(|mention| {
        mention.from >= from && own[from..mention.from].iter().all(|word| is_title(word) || ASIDE.contains(word))
    })?;
    // «Karen sustente» and «Karen, sustente», and not «Karen tiene razón».
    let told =
        own.get(mention.to).is_some_and(|next| matches!(*next, "tiene" | "dijo" | "dice" | "es" | "ya" | "no" | "que"));
    (!told && mention.people.len() == 1).then(|| mention.people[0])
}

/// How many words somebody says in the lines that begin or end at `line`.
fn speech(sitting: &Sitting<'_>, line: usize, person: usize, back: bool) -> usize {
    let own = |line: &usize| sitting.lines[*line].speaker == Some(person);
    let count = |line: usize| sitting.lines[line].own;
    if back {
        (0..=line).rev().take_while(own).map(count).sum()
    } else {
        (line..sitting.lines.len()).take_while(own).map(count).sum()
    }
}

/// Who speaks next, when voices have names.
fn next_speaker(sitting: &Sitting<'_>, cue: &Cue) -> Option<usize> {
    (cue.line + 1..sitting.lines.len().min(cue.line + 3)).find_map(|line| {
        let known = sitting.utterances[line].name.is_some() && sitting.lines[line].who == Who::Member;
        if known { sitting.lines[line].speaker } else { None }
    })
}
