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
        taken.vote.result = Some(Outcome::Approved);
    }
    taken
}

/// «Ocho votos por la concejala Ríos», «Zapata, tres votos».
fn counted(sitting: &Sitting<'_>, line: usize) -> Vec<(usize, u32)> {
    let words = sitting.own_words(line);
    let mentions = sitting.people.mentions(&words, false);
    let mut found = Vec::new();
    for (at, mention) in mentions.iter().enumerate() {
        let [person] = mention.people[..] else { continue };
        let next = mentions.get(at + 1).map_or(words.len(), |next| next.from);
        let before_that = at.checked_sub(1).map_or(0, |before| mentions[before].to);
        let from = mention.from.saturating_sub(BESIDE + 2).max(before_that);
        let before = &words[from..mention.from];
        // «Ocho votos por la doctora Ríos»: the number leads, and «por» leads on to the name.
        let leads = (0..before.len()).rev().find_map(|place| {
            let (value, used) = number(&before[place..])?;
            let rest = &before[place + used..];
            let votes = rest.first().is_some_and(|word| word.starts_with("voto"));
            let to = rest.iter().any(|word| matches!(*word, "por" | "para" | "favor" | "al" | "del" | "de"));
            (votes && to || to && rest.len() <= 3 && rest.first() == Some(&"por")).then_some(value)
        });
        let after = &words[mention.to..next.min(mention.to + BESIDE)];
        let follows = (0..after.len()).find_map(|place| {
            let (value, used) = number(&after[place..])?;
            let votes = words.get(mention.to + place + used).is_some_and(|word| word.starts_with("voto"));
            let led = place == 0
                || after[..place].iter().all(|word| {
                    matches!(*word, "con" | "obtuvo" | "obtiene" | "tiene" | "saco" | "un" | "total" | "de" | "votos")
                });
            let for_next = words
                .get(mention.to + place + used + usize::from(votes))
                .is_some_and(|word| matches!(*word, "por" | "para"));
            (!for_next && (votes || led)).then_some(value)
        });
        if let Some(votes) = leads.or(follows) {
            found.push((person, votes));
        }
    }
    found
}
