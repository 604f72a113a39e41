//! Who is given the floor: the name that follows the words, or stands right before them.

use super::answers::Roll;
use super::families::Event;
use super::names::is_title;
use super::sitting::{Cue, Sitting};
use super::speakers::Who;
use super::{Kind, Proposal};

/// The name stands within so many words.
const NEAR: usize = 12;

/// Every time the floor is given to somebody who can be named.
pub(super) fn floor(sitting: &Sitting<'_>, rolls: &[Roll]) -> Vec<Proposal> {
    let mut proposals: Vec<Proposal> = Vec::new();
    let mut given: Option<(usize, usize)> = None;
    for cue in sitting.signs(&[Event::Floor, Event::FloorShort]) {
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
        let spoken = named(sitting, cue, &words, short);
        let Some(person) = spoken.or_else(|| if short { None } else { next_speaker(sitting, cue) }) else { continue };
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
    let to = cue.to.min(words.len());
    // The sign may end with the title itself.
    let from = if to > 0 && is_title(words[to - 1]) { to - 1 } else { to };
    let after = &words[from..words.len().min(from + NEAR)];
    let mentions = sitting.people.mentions(after, false);
    let near = if short { 5 } else { 8 };
    let one = |people: &[usize]| if let [person] = people { Some(*person) } else { None };
    if let Some(person) = mentions.first().filter(|mention| mention.from <= near).and_then(|mention| one(&mention.people)) {
        return Some(person);
    }
    let start = cue.from.saturating_sub(9);
    let before = &words[start..cue.from];
    let mentions = sitting.people.mentions(before, false);
    let last = mentions.last().filter(|mention| before.len() - mention.to <= 3);
    let thanked = |from: usize| {
        let titles: Vec<&&str> = before[..from].iter().rev().filter(|word| !["honorable", "a", "al", "la"].contains(word)).take(2).collect();
        matches!(titles[..], [&"gracias", ..]) || matches!(titles[..], [title, &"gracias"] if is_title(title))
    };
    let noted = sitting.has(cue.line..cue.line + 1, &[Event::Arrival, Event::Departure]);
    let before = last.filter(|mention| !thanked(mention.from) && !(short && noted)).and_then(|mention| one(&mention.people));
    before.or_else(|| if short { None } else { sitting.people.by_office(after) })
}

/// Who speaks next, when voices have names.
fn next_speaker(sitting: &Sitting<'_>, cue: &Cue) -> Option<usize> {
    (cue.line + 1..sitting.lines.len().min(cue.line + 3)).find_map(|line| {
        let known = sitting.utterances[line].name.is_some() && sitting.lines[line].who == Who::Member;
        if known { sitting.lines[line].speaker } else { None }
    })
}
