//! Elections: who stood, and how many votes each had as they were announced.

use super::families::{Event, families};
use super::matters::about;
use super::names::Mention;
use super::numbers::number;
use super::sitting::{Cue, Sitting};
use super::speakers::Who;
use super::votes::{Taken, mode};
use super::{Candidate, Mode, Outcome, Vote};

/// Whoever stands is named so many lines before the vote at most.
const NAMED: usize = 60;

/// A name and its votes stand so close.
const BESIDE: usize = 6;

/// Where nobody is known, who reads the votes out says so many words at most.
const LONGEST: usize = 70;

/// The votes are read out within so many lines after the first of them.
const READ: usize = 6;

/// A member who counted the ballots says what was counted in so many words, and so many lines behind them.
const REPORT: usize = 24;
const BALLOT: usize = 30;

/// An office stands so close behind whoever is given it.
const OFFICE: usize = 5;

/// What begins a vote anew.
const AGAIN: [Event; 2] = [Event::Annul, Event::Again];

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
        if !reads(sitting, line) || line > last + 2 {
            continue;
        }
        // What is voted again is another vote.
        if !candidates.is_empty() && sitting.has(last + 1..line + 1, &AGAIN) {
            break;
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
    let blank = (taken.first..end).filter(|line| *line <= last + 1).find_map(|line| {
        let words = sitting.own_words(line);
        numbers(&words).into_iter().find(|number| is_blank(&words, *number)).map(|(_, _, votes)| votes)
    });
    taken.vote.blank = blank.or(taken.vote.blank);
    taken.vote.candidates = candidates;
    taken.vote.in_favour = None;
    taken.vote.against = None;
    taken.vote.names = super::VoteNames::default();
    let end = sitting.lines.len().min(last + 4);
    let again = (last + 1..end).find(|line| sitting.has(*line..line + 1, &AGAIN)).unwrap_or(end);
    if sitting.has(taken.first..again, &[Event::Elected])
        || proclaimed(sitting, last + 1..again, &taken.vote.candidates)
    {
        taken.vote.outcome = Some(Outcome::Approved);
    }
    taken
}

/// Elections whose result was read out where no vote was known to be open.
pub(super) fn unopened(sitting: &Sitting<'_>, taken: &[Taken]) -> Vec<Taken> {
    let mut found: Vec<Taken> = Vec::new();
    for line in 0..sitting.lines.len() {
        let covers = |other: &Taken| {
            let again = other.last < line && sitting.has(other.last + 1..line, &AGAIN);
            (other.first..=other.last + READ).contains(&line) && !again
        };
        let read =
            reads(sitting, line) && (sitting.lines[line].who != Who::Unknown || sitting.lines[line].own <= LONGEST);
        if !read || taken.iter().chain(&found).any(covers) || counted(sitting, line).is_empty() {
            continue;
        }
        let after = taken.iter().chain(&found).map(|other| other.last + 1).filter(|last| *last <= line).max();
        let from = line.saturating_sub(NAMED).max(after.unwrap_or(0));
        let elects = |cue: &&Cue| cue.event == Event::Elect && sitting.lines[cue.line].who != Who::Member;
        if sitting.signs_in(line.saturating_sub(NAMED)..line + 1).iter().find(elects).is_none() {
            continue;
        }
        let begins = [Event::VoteOpen, Event::Secret, Event::Annul, Event::Again];
        let signs = sitting.signs_in(from..line + 1).iter().filter(|cue| begins.contains(&cue.event));
        let opened = signs.into_iter().find(|cue| sitting.lines[cue.line].who != Who::Member).cloned();
        // Names and figures are an election where somebody put it to the vote or says what came of it.
        let settled = sitting.has(line..sitting.lines.len().min(line + READ), &[Event::Elected, Event::Tie]);
        if opened.is_none() && !settled {
            continue;
        }
        let family = families().first_of(Event::Elect);
        let cue = opened.unwrap_or(Cue { event: Event::Elect, line, from: 0, to: 1, family });
        let before = taken.iter().chain(&found).filter(|other| other.last < line).max_by_key(|other| other.last);
        let repeats = AGAIN.contains(&cue.event) && before.is_some_and(|other| other.vote.mode == Mode::Secret);
        let mode = if repeats { Mode::Secret } else { mode(sitting, cue.line, line, None) };
        let vote = Vote { about: about(sitting, &cue, line), mode, ..Vote::default() };
        let mut vote = election(sitting, Taken { first: cue.line, last: line, cue, vote });
        let end = sitting.lines.len().min(vote.last + 4);
        if vote.vote.outcome.is_none() && sitting.has(line..end, &[Event::Tie]) {
            vote.vote.outcome = Some(Outcome::Tied);
        }
        found.push(vote);
    }
    found
}

/// Whether somebody may read the votes of an election out: the table, or a member who counted the ballots.
fn reads(sitting: &Sitting<'_>, line: usize) -> bool {
    let said = &sitting.lines[line];
    said.who != Who::Member
        || said.own <= REPORT
            && sitting.has(line.saturating_sub(BALLOT)..line, &[Event::Secret])
            && !sitting.own_words(line).iter().any(|word| matches!(*word, "yo" | "creo" | "mi" | "nosotros"))
}

/// «Rosalba Quintana, segunda vicepresidenta»: whoever presides gives the one who has most votes an office.
fn proclaimed(sitting: &Sitting<'_>, lines: std::ops::Range<usize>, candidates: &[Candidate]) -> bool {
    let most = candidates.iter().map(|candidate| candidate.votes).max();
    let mut first = candidates.iter().filter(|candidate| Some(candidate.votes) == most);
    let (Some(winner), None) = (first.next(), first.next()) else { return false };
    lines.into_iter().any(|line| {
        let words = sitting.own_words(line);
        let wins =
            |people: &[usize]| sitting.seat(people).is_some_and(|person| sitting.people.name(person) == winner.name);
        let office = |word: &&str| {
            ["presidente", "presidenta", "vicepresidente", "vicepresidenta", "personero", "personera"].contains(word)
        };
        sitting.lines[line].who != Who::Member
            && !sitting.utterances[line].text.contains('?')
            && sitting.people.mentions(&words, false).iter().any(|mention| {
                wins(&mention.people) && words[mention.to..words.len().min(mention.to + OFFICE)].iter().any(office)
            })
    })
}

/// «Ocho votos por la concejala Ríos, dos por Zapata», or «Ríos, ocho votos; Zapata, dos»: where a number follows the
/// last name, each follows its own.
fn counted(sitting: &Sitting<'_>, line: usize) -> Vec<(usize, u32)> {
    let words = sitting.own_words(line);
    let found = beside(sitting, line, &sitting.people.mentions(&words, false), false);
    if found.is_empty() { beside(sitting, line, &sitting.people.mentions(&words, true), true) } else { found }
}

/// The votes beside each of the names; where given names are enough, only «siete por Rosalba» is understood.
fn beside(sitting: &Sitting<'_>, line: usize, mentions: &[Mention], lenient: bool) -> Vec<(usize, u32)> {
    let words = sitting.own_words(line);
    let voted = words.iter().any(|word| word.starts_with("voto"));
    let (Some(first), Some(last)) = (mentions.first(), mentions.last()) else { return Vec::new() };
    let numbers: Vec<(usize, usize, u32)> =
        numbers(&words).into_iter().filter(|number| !is_blank(&words, *number)).collect();
    let joined = |from: usize, to: usize| sitting.lines[line].words[from..to].iter().all(|word| !word.ends);
    let before =
        numbers.iter().any(|(_, to, _)| *to <= first.from && first.from - to <= BESIDE && joined(to - 1, first.from));
    let after = numbers.iter().any(|(at, ..)| *at >= last.to && at - last.to <= BESIDE && joined(last.to - 1, *at));
    // «Seis por Ríos, cinco por Zapata y uno en blanco.»
    let given = mentions.iter().all(|mention| {
        numbers.iter().any(|(_, to, _)| {
            if *to > mention.from || !joined(to - 1, mention.from) {
                return false;
            }
            let between = words.get(*to..mention.from).unwrap_or_default();
            matches!(between, ["por" | "para", ..] | ["voto" | "votos", "por" | "para", ..]) && between.len() <= 5
        })
    });
    if lenient && !given {
        return Vec::new();
    }
    let leads = given || before && !after;
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
            .filter(|(start, end, _)| {
                let (from, to) = if leads { (*end, mention.from) } else { (mention.to, *start) };
                to - from <= BESIDE && joined(from - 1, to)
            })
            .map(|(_, _, value)| *value)
            .collect();
        // Two numbers beside one name are not understood.
        if let [votes] = near[..] {
            found.push((person, votes));
        }
    }
    // «Ríos cinco, Zapata cuatro»: where nobody says that they are votes, each of several has a number.
    let several = found.len() > 1 || given && words.contains(&"blanco");
    if !(voted || several && found.len() == mentions.len()) {
        found.clear();
    }
    found
}

/// Whether a number counts blank votes: «dos en blanco», «en blanco, dos», and not «nueve votos, en blanco dos».
fn is_blank(words: &[&str], (from, to, _): (usize, usize, u32)) -> bool {
    let follows = |at: usize| words.get(at).is_some_and(|word| word.starts_with("blanco"));
    let after = (to..to + 3).find(|at| follows(*at));
    let own = after.is_some_and(|at| number(words.get(at + 1..).unwrap_or_default()).is_none());
    own || from > 0 && follows(from - 1) || from > 1 && follows(from - 2) && words[from - 1] == "son"
}

/// The numbers in `words`, with their places.
fn numbers(words: &[&str]) -> Vec<(usize, usize, u32)> {
    let mut numbers = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let article = matches!(words[at], "un" | "una")
            && !words.get(at + 1).is_some_and(|next| next.starts_with("voto"))
            && !matches!(words[at + 1..], ["en", "blanco", ..]);
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
