//! The order of turns and entries, each sitting written as lines «speaker: words» of ten seconds.

use super::*;
use crate::guard::Fault;
use crate::id::EntryId;
use crate::minutes::{Bill, Item, Vote};
use crate::transcript::Word;

/// How long a line lasts.
const LINE_MS: u64 = 10_000;

fn lines(lines: &[&str]) -> Vec<Utterance> {
    let line = |(at, line): (usize, &&str)| {
        let (speaker, words) = line.split_once(':').unwrap();
        let start_ms = at as u64 * LINE_MS;
        let word = |text: &str| Word { text: text.to_owned(), start_ms, end_ms: start_ms + LINE_MS, confidence: 1.0 };
        Utterance {
            words: words.split_whitespace().map(word).collect(),
            speaker: Some(speaker.to_owned()).filter(|name| !name.is_empty()),
            ..Utterance::heard(0, start_ms, start_ms + LINE_MS, vec![])
        }
    };
    lines.iter().enumerate().map(line).collect()
}

/// An entry that is heard from the beginning of one line to the end of another.
fn entry(what: What, from: u64, to: u64) -> Entry {
    let at = |ms| Moment { part: 0, ms };
    Entry { id: EntryId::new(), heard: Some(Stretch { from: at(from * LINE_MS), to: at((to + 1) * LINE_MS) }), what }
}

fn item(number: u32, from: u64, to: u64) -> Entry {
    entry(What::Item(Item { number, ..Item::default() }), from, to)
}

/// The steps in short: the speaker and the words of a turn, the kind of an entry.
fn told(utterances: &[Utterance], entries: &[Entry], reserved: bool) -> Vec<String> {
    let told = |step: &Step<'_>| match step {
        Step::Turn(turn) => {
            let words: Vec<String> = turn.utterances.iter().map(|utterance| utterance.text()).collect();
            format!("{}: {}", turn.speaker.unwrap_or("?"), words.join(" "))
        }
        Step::Reserved => "reserved".to_owned(),
        Step::Entry(Entry { what: What::Item(item), .. }) => format!("item {}", item.number),
        Step::Entry(entry) => entry.what.kind().to_owned(),
    };
    steps(utterances, entries, &Clock::default(), reserved).iter().map(told).collect()
}

#[test]
fn what_one_person_says_in_a_row_is_one_turn() {
    let told = told(&lines(&["Ana: uno", "Ana: dos", "Luz: tres", "Ana: cuatro"]), &[], true);
    assert_eq!(told, ["Ana: uno dos", "Luz: tres", "Ana: cuatro"]);
}

#[test]
fn an_item_ends_a_turn_and_stands_before_its_words_and_a_vote_stands_after_them() {
    let entries = [item(2, 2, 4), entry(What::Vote(Vote::default()), 3, 3), item(1, 0, 1)];
    let told = told(&lines(&["Ana: uno", "Ana: dos", "Ana: tres", "Ana: voto", "Ana: fin"]), &entries, true);
    assert_eq!(told, ["item 1", "Ana: uno dos", "item 2", "Ana: tres voto", "vote", "Ana: fin"]);
}

#[test]
fn a_vote_stays_in_its_item_though_its_last_words_open_the_next() {
    let entries = [item(1, 0, 1), item(2, 1, 2), entry(What::Vote(Vote::default()), 0, 1)];
    let told = told(&lines(&["Ana: votos", "Ana: aprobado siguiente", "Ana: dos"]), &entries, true);
    assert_eq!(told, ["item 1", "Ana: votos", "vote", "item 2", "Ana: aprobado siguiente dos"]);
}

#[test]
fn a_bill_stands_under_the_item_that_begins_with_it() {
    let entries = [entry(What::Bill(Bill::default()), 0, 0), item(4, 0, 1)];
    assert_eq!(told(&lines(&["Ana: uno"]), &entries, true), ["item 4", "bill", "Ana: uno"]);
}

#[test]
fn what_is_said_in_a_recess_is_left_out_and_what_begins_and_ends_it_is_not() {
    let spoken = lines(&["Ana: receso", "Luz: chisme", "?: café", "Ana: seguimos"]);
    let recess = entry(What::Recess { reason: String::new(), lasted_ms: None }, 0, 3);
    assert_eq!(told(&spoken, &[recess], true), ["Ana: receso", "recess", "Ana: seguimos"]);
    let announced_only = entry(What::Recess { reason: String::new(), lasted_ms: None }, 0, 0);
    assert_eq!(told(&spoken, &[announced_only], true).len(), 5);
}

#[test]
fn a_recess_in_which_nothing_was_recorded_stands_between_the_recordings() {
    let spoken = lines(&["Ana: receso", "Ana: seguimos"]);
    let recess = entry(What::Recess { reason: String::new(), lasted_ms: Some(900_000) }, 1, 1);
    assert_eq!(told(&spoken, &[recess], true), ["Ana: receso", "recess", "Ana: seguimos"]);
}

#[test]
fn what_is_reserved_goes_with_what_was_stated_in_it_and_leaves_one_mark() {
    let mut spoken = lines(&["Ana: uno", "Luz: secreto", "Ana: secreto", "Ana: dos"]);
    spoken[1].mark = Some(Mark::Reserved);
    spoken[2].mark = Some(Mark::Reserved);
    let inside = entry(What::Vote(Vote::default()), 1, 2);
    let across = entry(What::Vote(Vote::default()), 2, 3);
    let entries = [inside, across];
    assert_eq!(told(&spoken, &entries, false), ["Ana: uno", "reserved", "Ana: dos", "vote"]);
    assert_eq!(told(&spoken, &entries, true), ["Ana: uno", "Luz: secreto", "Ana: secreto", "vote", "Ana: dos", "vote"]);
}

#[test]
fn a_gap_that_somebody_should_listen_to_is_in_the_turn_and_silence_is_nothing() {
    let mut spoken = lines(&["Ana: uno", ":", ":", "Ana: dos"]);
    spoken[1].faults = vec![Fault::Uncovered];
    let steps = steps(&spoken, &[], &Clock::default(), true);
    assert!(matches!(&steps[..], [Step::Turn(turn)] if turn.utterances.len() == 3), "{steps:?}");
}

#[test]
fn recordings_that_overlap_on_the_clock_are_kept_apart_by_their_parts() {
    let mut spoken = lines(&["Ana: uno", "Ana: dos"]);
    // The second recording was begun while the first still ran.
    spoken[1] = Utterance { recording: 1, start_ms: 5_000, end_ms: 15_000, ..spoken[1].clone() };
    let clock = Clock { offsets_ms: vec![0, 5_000] };
    assert_eq!(clock.heard(&spoken[1]).from, Moment { part: 1, ms: 0 });
    let second = Entry {
        heard: Some(Stretch { from: Moment { part: 1, ms: 0 }, to: Moment { part: 1, ms: 10_000 } }),
        ..item(2, 0, 0)
    };
    let entries = [second];
    let steps = steps(&spoken, &entries, &clock, true);
    assert!(matches!(&steps[..], [Step::Turn(_), Step::Entry(_), Step::Turn(_)]), "{steps:?}");
}
