//! The text while it is being cleaned: every letter knows its place in the original and what
//! became of it, so that any number of rounds ends in one list of removals.

use std::ops::Range;

use super::{Cleaned, Removal, Rule};

/// Changes that make sense together only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edit {
    /// What goes, in bytes of the present text.
    pub(super) gone: Vec<Range<usize>>,
    /// Why.
    pub(super) rule: Rule,
    /// Where a small letter becomes a capital, in bytes of the present text.
    pub(super) raised: Option<usize>,
}

/// A text and what has happened to it.
pub(super) struct Draft {
    letters: Vec<Letter>,
}

struct Letter {
    was: char,
    now: Option<char>,
    changed_by: Option<Rule>,
    untouchable: bool,
}

impl Draft {
    /// A text nothing has happened to.
    pub(super) fn new(text: &str, untouched: &[Range<usize>]) -> Self {
        let untouchable = |at: usize| untouched.iter().any(|range| range.contains(&at));
        let letter = |(at, was)| Letter { was, now: Some(was), changed_by: None, untouchable: untouchable(at) };
        Self { letters: text.char_indices().map(letter).collect() }
    }

    /// The text as it stands.
    pub(super) fn text(&self) -> String {
        self.letters.iter().filter_map(|letter| letter.now).collect()
    }

    /// The stretches of the present text that must stay, in bytes of it.
    pub(super) fn untouchable(&self) -> Vec<Range<usize>> {
        let mut stretches: Vec<Range<usize>> = Vec::new();
        for (place, at) in self.places().into_iter().filter(|&(_, at)| self.letters[at].untouchable) {
            // An untouchable letter is the one it was.
            let end = place + self.letters[at].was.len_utf8();
            match stretches.last_mut() {
                Some(last) if last.end == place => last.end = end,
                _ => stretches.push(place..end),
            }
        }
        stretches
    }

    /// Makes the edits, which must be apart from each other.
    pub(super) fn apply(&mut self, edits: &[Edit]) {
        let places = self.places();
        let within = |range: &Range<usize>| {
            let from = places.partition_point(|(place, _)| *place < range.start);
            let to = places.partition_point(|(place, _)| *place < range.end);
            places[from..to].iter().map(|(_, at)| *at)
        };
        for edit in edits {
            for at in edit.gone.iter().flat_map(within) {
                self.letters[at].now = None;
                self.letters[at].changed_by = Some(edit.rule);
            }
            for at in edit.raised.iter().flat_map(|&place| within(&(place..place + 1))) {
                self.letters[at].raise();
            }
        }
    }

    /// What it has come to.
    pub(super) fn cleaned(&self, text: String) -> Cleaned {
        let mut removed: Vec<Removal> = Vec::new();
        let mut at = 0;
        for letter in &self.letters {
            let range = at..at + letter.was.len_utf8();
            at = range.end;
            let Some(rule) = letter.changed_by else { continue };
            match removed.last_mut() {
                Some(last) if last.rule == rule && last.range.end == range.start && letter.now.is_none() => {
                    last.range.end = range.end;
                    last.taken.push(letter.was);
                }
                _ => {
                    let put = letter.now.map(String::from).unwrap_or_default();
                    removed.push(Removal { range, taken: letter.was.to_string(), put, rule });
                }
            }
        }
        Cleaned { text, removed }
    }

    /// Where each letter that still stands is in the present text, in bytes, and which it is.
    fn places(&self) -> Vec<(usize, usize)> {
        let mut end = 0;
        let standing = self.letters.iter().enumerate().filter_map(|(at, letter)| Some((at, letter.now?)));
        standing
            .map(|(at, letter)| {
                let place = end;
                end += letter.len_utf8();
                (place, at)
            })
            .collect()
    }
}

impl Letter {
    fn raise(&mut self) {
        let capital = self.now.map(char::to_uppercase);
        // A letter whose capital is two letters stays small, so that one letter is one letter.
        if let Some(capital) = capital.filter(|capital| capital.len() == 1).and_then(|mut capital| capital.next()) {
            self.now = Some(capital);
            self.changed_by = Some(Rule::Capital);
        }
    }
}
