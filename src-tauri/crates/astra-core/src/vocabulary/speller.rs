//! Writes the council's own names as the council writes them, where an engine that does not know them wrote what it
//! heard: «Enao» for «Henao», «chacha fruto» for «Chachafruto».
//!
//! An ordinary word is never touched, since it may be what was said, unless the words of a name beside it show that it
//! is one. What is written instead must sound the same; one sound may differ only where more speaks for the name: words
//! of it that few share stand beside it, or the engine was not sure, since «Luis Osorno» is not «Luis Osorio» misheard.
//! Where two names would do, none is written.

use std::collections::HashMap;
use std::ops::Range;

use super::lists;
use super::ordinary::{is_in_dictionary, is_ordinary};
use super::sound::sound;
use super::{Term, TermKind};
use crate::guard::fold::tokens;
use crate::transcript::{Segment, is_around};

/// Knows how the council's names are written.
#[derive(Debug, Default)]
pub struct Speller {
    /// The words of names, by their sound.
    names: HashMap<String, Vec<Name>>,
    /// What was written instead of a name before, in folded words, and the name.
    slips: HashMap<Vec<String>, String>,
}

/// A word of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Name {
    written: String,
    /// The sounds of the words before and behind it in its name.
    beside: [Option<String>; 2],
    /// Whether it is what somebody is called after a title: «la concejala Henao».
    is_surname: bool,
    /// Whether many people who are in no vocabulary have it too.
    is_given: bool,
    /// Whether it is said letter by letter or as a word of its own, so that sounding alike is not enough.
    is_acronym: bool,
}

/// Words as they stand in a text.
struct Spoken<'a> {
    /// Each without the punctuation around it.
    bare: Vec<&'a str>,
    /// Which of them are unsure.
    unsure: &'a [u32],
    whole: Vec<&'a str>,
}

/// A longer word in capitals is no acronym but a name that somebody typed so. Capitals hide accents, and a text where
/// each of them stands out is none that anybody wants: it is not written.
const LONGEST_ACRONYM: usize = 6;

/// Shorter sounds are those of too many words.
const SHORTEST: usize = 3;

/// What an engine tears apart is a long name, and at most so many words.
const TORN: (usize, usize) = (7, 3);

/// From this length of a sound on, one that differs may be a slip.
const LONG: usize = 6;

/// How many words somebody may have corrected at once.
const LONGEST_SLIP: usize = 6;

impl Speller {
    /// One that knows the terms of a vocabulary and the names of people, each with what was written instead of it.
    pub fn new<'a>(terms: &[Term], people: impl IntoIterator<Item = (&'a str, &'a [String])>) -> Self {
        let mut speller = Self::default();
        for term in terms {
            speller.know(&term.text, term.kind, &term.instead_of);
        }
        for (name, instead_of) in people {
            speller.know(name, TermKind::Person, instead_of);
        }
        speller
    }

    /// Writes the names in a segment that nobody touched.
    pub fn respell(&self, segment: &mut Segment) {
        let text = segment.text.clone();
        let unsure = segment.unsure.clone();
        let spoken = Spoken::of(&text, &unsure);
        let (mut at, mut found) = (0, Vec::new());
        while at < spoken.bare.len() {
            let name = self.slip(&spoken, at).or_else(|| self.torn(&spoken, at)).or_else(|| self.alike(&spoken, at));
            at = name.as_ref().map_or(at + 1, |(words, _)| words.end);
            found.extend(name);
        }
        // From the last to the first, so that positions stay what they are.
        for (words, name) in found.into_iter().rev() {
            segment.respell(words, &name);
        }
    }

    fn know(&mut self, text: &str, kind: TermKind, instead_of: &[String]) {
        for slip in instead_of {
            let words: Vec<String> = slip.split_whitespace().map(folded).collect();
            if words.len() <= LONGEST_SLIP {
                self.slips.insert(words, text.to_owned());
            }
        }
        if matches!(kind, TermKind::Phrase | TermKind::Law) {
            return;
        }
        let words: Vec<&str> = text.split_whitespace().map(bare).filter(|word| !joins(word)).collect();
        for (at, word) in words.iter().enumerate() {
            let folded = folded(word);
            let sounds = sound(&folded);
            let is_name = matches!(kind, TermKind::Person | TermKind::Place) && word.starts_with(char::is_uppercase);
            let says_kind = lists::is_title(&folded) || lists::place(&folded).is_some() || lists::is_formal(&folded);
            let is_own = is_name && !says_kind || !is_ordinary(&word.to_lowercase());
            let in_capitals = word.chars().all(char::is_uppercase);
            let is_acronym =
                in_capitals && (kind == TermKind::Acronym || !is_name && word.chars().count() <= LONGEST_ACRONYM);
            let is_word = sounds.chars().count() >= SHORTEST && word.chars().all(char::is_alphabetic);
            if !is_own || !is_word || in_capitals && !is_acronym {
                continue;
            }
            let beside = |at: Option<usize>| at.and_then(|at| words.get(at)).map(|word| sound_of(word));
            let name = Name {
                written: (*word).to_owned(),
                beside: [beside(at.checked_sub(1)), beside(Some(at + 1))],
                is_surname: kind == TermKind::Person && at > 0,
                is_given: lists::is_given_name(&folded),
                is_acronym,
            };
            let known = self.names.entry(sounds).or_default();
            if !known.contains(&name) {
                known.push(name);
            }
        }
    }

    /// What somebody corrected before, written the same way again.
    fn slip(&self, spoken: &Spoken<'_>, at: usize) -> Option<(Range<usize>, String)> {
        let longest = if self.slips.is_empty() { 0 } else { LONGEST_SLIP };
        (1..=longest).rev().filter_map(|count| spoken.run(at, count)).find_map(|words| {
            let folded: Vec<String> = spoken.bare[words.clone()].iter().map(|word| folded(word)).collect();
            let name = self.slips.get(&folded)?;
            let same = spoken.bare[words.clone()].join(" ") == *name;
            let is_said = |word: usize| spoken.is_ordinary(word) && !spoken.is_name(word);
            (!same && !words.clone().all(is_said)).then(|| (words, name.clone()))
        })
    }

    /// A name that was written as several words.
    fn torn(&self, spoken: &Spoken<'_>, at: usize) -> Option<(Range<usize>, String)> {
        (2..=TORN.1).rev().filter_map(|count| spoken.run(at, count)).find_map(|words| {
            let joined: String = spoken.bare[words.clone()].iter().flat_map(|word| tokens(word)).collect();
            let sounds = sound(&joined);
            let known = self.names.get(&sounds).filter(|_| sounds.chars().count() >= TORN.0)?;
            let is_speech = words.clone().all(|word| spoken.is_ordinary(word));
            let fits = |name: &&Name| !name.is_acronym && (!is_speech || spoken.shows(&words, name));
            let name = only(known.iter().filter(fits))?.written.clone();
            Some((words, name))
        })
    }

    /// A name that one word sounds like.
    fn alike(&self, spoken: &Spoken<'_>, at: usize) -> Option<(Range<usize>, String)> {
        let word = spoken.bare[at];
        if word.chars().count() < SHORTEST || !word.chars().all(char::is_alphabetic) {
            return None;
        }
        let sounds = sound_of(word);
        let known = self.names.get(&sounds).map_or(&[][..], Vec::as_slice);
        if known.iter().any(|name| name.written == word) {
            return None;
        }
        let is_ordinary = is_ordinary(&word.to_lowercase());
        let is_name = spoken.is_name(at);
        if is_ordinary && !is_name {
            return None;
        }
        let shown = |name: &&Name| spoken.shows(&(at..at + 1), name);
        let same = |name: &&Name| !name.is_acronym || tokens(word).eq(tokens(&name.written));
        // «Luis Baca» beside «Luis Vaca» on the roll is no cow.
        let fits = |name: &&Name| same(name) && (shown(name) || !is_ordinary && !name.is_given);
        let name = only(known.iter().filter(|name| same(name) && shown(name)))
            .or_else(|| only(known.iter().filter(fits)))
            .or_else(|| if known.is_empty() && !is_ordinary { self.nearly(spoken, at, &sounds) } else { None })?;
        Some((at..at + 1, name.written.clone()))
    }

    /// A name that differs from a word by one sound, where the word is none that anybody knows.
    fn nearly(&self, spoken: &Spoken<'_>, at: usize, sounds: &str) -> Option<&Name> {
        let length = sounds.chars().count();
        if length < LONG || is_in_dictionary(spoken.bare[at]) {
            return None;
        }
        let is_unsure = spoken.unsure.contains(&(at as u32));
        let is_near = |known: &str| {
            known.chars().next() == sounds.chars().next()
                && known.chars().count().abs_diff(length) <= 1
                && strsim::damerau_levenshtein(known, sounds) == 1
        };
        let near: Vec<&Name> =
            self.names.iter().filter(|(known, _)| is_near(known)).flat_map(|(_, names)| names).collect();
        let near = || near.iter().copied().filter(|name| !name.is_acronym);
        // Many have the same given name, and not the same surname.
        let is_rare = |word: &str| !lists::is_given_name(&folded(word));
        only(near().filter(|name| spoken.stands_beside(&(at..at + 1), name, is_rare)))
            .or_else(|| only(near()).filter(|name| is_unsure && !name.is_given))
    }
}

impl<'a> Spoken<'a> {
    fn of(text: &'a str, unsure: &'a [u32]) -> Self {
        let whole: Vec<&str> = text.split_whitespace().collect();
        Self { bare: whole.iter().map(|word| bare(word)).collect(), unsure, whole }
    }

    /// So many words from one on, if nothing but space is between them.
    fn run(&self, at: usize, count: usize) -> Option<Range<usize>> {
        let words = self.whole.get(at..at + count)?;
        let together = |pair: &[&str]| !pair[0].ends_with(is_around) && !pair[1].starts_with(is_around);
        let are_words = self.bare[at..at + count].iter().all(|word| !word.is_empty());
        (are_words && words.windows(2).all(together)).then_some(at..at + count)
    }

    /// Whether a word has a capital that no sentence asks for.
    fn is_name(&self, at: usize) -> bool {
        let opens = at == 0 || self.whole[at - 1].ends_with(['.', '?', '!', ':', '…', '"', '»']);
        self.bare[at].starts_with(char::is_uppercase) && !opens && self.whole[at].starts_with(self.bare[at])
    }

    fn is_ordinary(&self, at: usize) -> bool {
        is_ordinary(&self.bare[at].to_lowercase())
    }

    /// Whether what stands beside some words shows that they are the name: another word of it, or a title before a
    /// surname.
    fn shows(&self, words: &Range<usize>, name: &Name) -> bool {
        let [before, _] = self.around(words);
        let is_called = name.is_surname && before.is_some_and(|word| lists::is_title(&folded(word)));
        is_called || self.stands_beside(words, name, |_| true)
    }

    /// Whether a word beside some that counts is the one beside them in the name.
    fn stands_beside(&self, words: &Range<usize>, name: &Name, counts: impl Fn(&str) -> bool) -> bool {
        let same = |word: &str, known: &Option<String>| counts(word) && known.as_ref() == Some(&sound_of(word));
        self.around(words).iter().zip(&name.beside).any(|(word, known)| word.is_some_and(|word| same(word, known)))
    }

    /// The words before and behind some, but for those that only join.
    fn around(&self, words: &Range<usize>) -> [Option<&'a str>; 2] {
        let before = self.bare[..words.start].iter().rev().find(|word| !joins(word));
        [before, self.bare[words.end..].iter().find(|word| !joins(word))].map(Option::<&&str>::copied)
    }
}

/// The only name among some, however often it is there.
fn only<'a>(mut names: impl Iterator<Item = &'a Name>) -> Option<&'a Name> {
    let first = names.next()?;
    names.all(|name| name.written == first.written).then_some(first)
}

fn bare(word: &str) -> &str {
    word.trim_matches(is_around)
}

fn folded(word: &str) -> String {
    tokens(word).collect()
}

fn sound_of(word: &str) -> String {
    sound(&folded(word))
}

/// Whether a word only joins those of a name.
fn joins(word: &str) -> bool {
    lists::joins(&word.to_lowercase(), true)
}

#[cfg(test)]
mod tests;
