//! Phrases that come back in many documents: three to six small words in a row.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::lists::{self, is_empty};
use super::written::{Case, Gap, Written};

/// How many words a phrase has.
const LENGTHS: std::ops::RangeInclusive<usize> = 3..=6;

/// In how many documents it stands at least.
const FEWEST: u32 = 3;

/// How many different ones are counted at most, which bounds what hostile documents can cost.
const MOST: usize = 4_000_000;

/// How many are given.
const GIVEN: usize = 30;

/// Phrases, counted by a digest: the words of most of them are never needed.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    counts: HashMap<u64, Count>,
    texts: HashMap<u64, String>,
}

/// A phrase that came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase {
    /// Its words.
    pub text: String,
    /// How often it stands there.
    pub count: u32,
    /// In how many documents.
    pub documents: u32,
}

#[derive(Debug)]
struct Count {
    count: u32,
    documents: u32,
    last: u32,
}

impl Phrases {
    /// Counts the phrases of a line of the document with this number.
    pub(super) fn read(&mut self, words: &[Written<'_>], document: u32) {
        let small = |word: &Written<'_>| word.case == Case::Small;
        for (start, first) in words.iter().enumerate() {
            if !small(first) || is_empty(&first.folded) {
                continue;
            }
            let rest = words[start + 1..].iter().take_while(|word| word.gap == Gap::Space && small(word)).count();
            for length in LENGTHS.take_while(|length| *length <= rest + 1) {
                let phrase = &words[start..start + length];
                if phrase.last().is_some_and(|last| ends(&last.folded)) {
                    self.count(phrase, document);
                }
            }
        }
    }

    fn count(&mut self, phrase: &[Written<'_>], document: u32) {
        let mut hasher = DefaultHasher::new();
        phrase.iter().for_each(|word| word.folded.hash(&mut hasher));
        let digest = hasher.finish();
        if self.counts.len() >= MOST && !self.counts.contains_key(&digest) {
            return;
        }
        let known = self.counts.entry(digest).or_insert(Count { count: 0, documents: 0, last: 0 });
        known.count += 1;
        if known.last == document {
            return;
        }
        (known.last, known.documents) = (document, known.documents + 1);
        if known.documents == FEWEST {
            let text = phrase.iter().map(|word| word.text.to_lowercase()).collect::<Vec<_>>().join(" ");
            self.texts.insert(digest, text);
        }
    }

    /// Those that came back, without those that are nearly always a part of a longer one; in no order.
    pub(super) fn found(&self) -> Vec<Phrase> {
        let known = self.texts.iter().filter_map(|(digest, text)| {
            let Count { count, documents, .. } = self.counts.get(digest)?;
            Some(Phrase { text: text.clone(), count: *count, documents: *documents })
        });
        let mut all: Vec<Phrase> = known.collect();
        let weight = |phrase: &Phrase| u64::from(phrase.documents) * phrase.text.len() as u64;
        all.sort_by(|one, other| weight(other).cmp(&weight(one)).then_with(|| one.text.cmp(&other.text)));
        let mut given: Vec<Phrase> = Vec::new();
        for phrase in all {
            let padded = |text: &str| format!(" {text} ");
            let own = padded(&phrase.text);
            let overlaps = |kept: &Phrase| {
                let kept = padded(&kept.text);
                kept.contains(&own) || own.contains(&kept)
            };
            if given.len() < GIVEN && !given.iter().any(overlaps) {
                given.push(phrase);
            }
        }
        given
    }
}

/// Whether a phrase can end with a word: what only announces a name makes none.
fn ends(word: &str) -> bool {
    !is_empty(word) && !lists::is_title(word) && lists::place(word).is_none() && lists::places(word).is_none()
}

#[cfg(test)]
mod tests {
    use super::super::written;
    use super::*;

    fn found(documents: &[&str]) -> Vec<(String, u32)> {
        let mut phrases = Phrases::default();
        for (number, line) in (1..).zip(documents) {
            phrases.read(&written::words(line), number);
        }
        phrases.found().into_iter().map(|phrase| (phrase.text, phrase.documents)).collect()
    }

    #[test]
    fn what_comes_back_in_three_documents_is_a_phrase_at_its_full_length() {
        let line = "Hay quórum deliberatorio y decisorio para sesionar.";
        assert_eq!(found(&[line, line, line]), [("quórum deliberatorio y decisorio para sesionar".to_owned(), 3)]);
        assert!(found(&[line, line]).is_empty());
    }

    #[test]
    fn words_that_only_announce_a_name_end_no_phrase() {
        assert!(found(&["se habló de la vereda Chachafruto"; 3]).is_empty());
    }

    #[test]
    fn names_figures_and_points_end_a_phrase() {
        let line = "solicita mantenimiento vial a Ana y luego otra cosa. Después 3 puentes";
        let texts: Vec<String> = found(&[line; 3]).into_iter().map(|(text, _)| text).collect();
        assert_eq!(texts, ["solicita mantenimiento vial", "luego otra cosa"]);
    }
}
