//! Elections: who stood, and how many votes each had as they were announced.

use super::families::Event;
use super::numbers::number;
use super::sitting::Sitting;
use super::speakers::Who;
use super::votes::Taken;
use super::{Candidate, Outcome};

/// Whoever stands is named so many lines before the vote at most.
const NAMED: usize = 60;

/// A name and its votes stand so close.
const BESIDE: usize = 6;

/// The votes are read out within so many lines after the first of them.
const READ: usize = 6;

/// A vote in which people are elected has candidates in place of sides.
pub(super) fn election(sitting: &Sitting<'_>, mut taken: Taken) -> Taken {
    let signs = [Event::Elect, Event::Elected];
    let told = taken.first.saturating_sub(NAMED)..(taken.last + 4).min(sitting.lines.len());
    if !sitting.has(told, &signs) {
        return taken;
    }
    let end = sitting.lines.len().min(taken.last + 1 + READ);
    let mut candidates: Vec<Candidate> = Vec::new();
    let mut last = taken.last;
    for line in taken.first..end {
        if sitting.lines[line].who == Who::Member || line > last + 2 {
            continue;
        }
        for (person, votes) in counted(sitting, line) {
            let name = sitting.people.name(person).to_owned();
            match candidates.iter_mut().find(|candidate| candidate.name == name) {
                // What is said last is what was corrected.
                Some(candidate) => candidate.votes = votes,
                None => candidates.push(Candidate { name, votes }),
            }
            last = last.max(line);
        }
    }
    if candidates.is_empty() {
        return taken;
    }
    taken.last = last;
    taken.vote.candidates = candidates;
    taken.vote.in_favour = None;
    taken.vote.against = None;
    taken.vote.names = super::VoteNames::default();
    if sitting.has(taken.first..(last + 4).min(sitting.lines.len()), &[Event::Elected]) {
        taken.vote.outcome = Some(Outcome::Approved);
    }
    taken
}

/// «Ocho votos por la concejala Ríos, dos por Zapata», or «Ríos, ocho votos; Zapata, dos»: whichever is said first in
/// a line, the name or the number, is said first for all.
fn counted(sitting: &Sitting<'_>, line: usize) -> Vec<(usize, u32)> {
    let words = sitting.own_words(line);
    let mentions = sitting.people.mentions(&words, false);
    let voted = words.iter().any(|word| word.starts_with("voto"));
    let Some(first) = mentions.first().filter(|_| voted) else { return Vec::new() };
    let numbers = numbers(&words);
    let leads =
        numbers.iter().any(|(at, to, _)| *to <= first.from && (*to..first.from).len() <= BESIDE && *at < first.from);
    let mut found = Vec::new();
    for (at, mention) in mentions.iter().enumerate() {
        let [person] = mention.people[..] else { continue };
        let (from, to) = if leads {
            (at.checked_sub(1).map_or(0, |before| mentions[before].to), mention.from)
        } else {
            (mention.to, mentions.get(at + 1).map_or(words.len(), |next| next.from))
        };
        let near: Vec<u32> = numbers
            .iter()
            .filter(|(start, end, _)| *start >= from && *end <= to)
            .filter(|(start, end, _)| if leads { mention.from - end <= BESIDE } else { start - mention.to <= BESIDE })
            .filter(|(_, end, _)| !words[*end..words.len().min(end + 3)].contains(&"blanco"))
            .map(|(_, _, value)| *value)
            .collect();
        // Two numbers beside one name are not understood.
        if let [votes] = near[..] {
            found.push((person, votes));
        }
    }
    found
}

/// The numbers in `words`, with their places.
fn numbers(words: &[&str]) -> Vec<(usize, usize, u32)> {
    let mut numbers = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let article =
            matches!(words[at], "un" | "una") && !words.get(at + 1).is_some_and(|next| next.starts_with("voto"));
        match number(&words[at..]).filter(|_| !article) {
            Some((value, used)) => {
                numbers.push((at, at + used, value));
                at += used;
            }
            None => at += 1,
        }
    }
    numbers
}
