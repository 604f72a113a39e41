//! A text as those who look for personal data read it: words, runs of figures, runs of numerals.

use std::ops::{Range, RangeInclusive};

use super::{Confidence, Kind, Suggestion};
use crate::minutes::cleaning::words::{Word, is_number, listed, words};

/// A text and its words.
pub(super) struct Reading<'a> {
    pub(super) text: &'a str,
    pub(super) words: Vec<Word>,
}

/// A number as it is written or said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    /// The positions of its words.
    pub(super) words: Range<usize>,
    /// Its digits; empty when it is said in numerals.
    pub(super) digits: String,
    /// How many numerals, or groups of digits, it consists of.
    pub(super) parts: usize,
}

/// Words that follow a sum or a count, and so say that a number is nobody's.
const UNITS: &str = "\
    peso pesos euro euros dolar dolares cop usd eur millon millones billones habitantes personas familias votos metros \
    hectareas kilometros usuarios viviendas hogares niños";

impl<'a> Reading<'a> {
    /// Reads `text`.
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, words: words(text) }
    }

    /// The word at this position, folded; beyond the ends, nothing.
    pub(super) fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.folded.as_str())
    }

    /// What stands between the word before this position and the word at it.
    pub(super) fn gap(&self, at: usize) -> &'a str {
        let start = at.checked_sub(1).and_then(|before| self.words.get(before)).map_or(0, |word| word.range.end);
        &self.text[start..self.words.get(at).map_or(self.text.len(), |word| word.range.start)]
    }

    /// Whether these folded words stand at this position.
    pub(super) fn says(&self, at: usize, phrase: &str) -> bool {
        phrase.split_ascii_whitespace().enumerate().all(|(ahead, word)| self.word(at + ahead) == word)
    }

    /// How many words the longest of these phrases has that stands at this position, or 0.
    pub(super) fn longest(&self, at: usize, phrases: &[&str]) -> usize {
        let said = phrases.iter().filter(|phrase| self.says(at, phrase));
        said.map(|phrase| phrase.split_ascii_whitespace().count()).max().unwrap_or(0)
    }

    /// The first position from `at` on whose word is not on the list, at most `most` words ahead.
    pub(super) fn after(&self, at: usize, list: &str, most: usize) -> usize {
        (at..at + most).find(|&at| !listed(list, self.word(at))).unwrap_or(at + most)
    }

    /// Whether a sentence ends before the word at this position.
    pub(super) fn breaks(&self, at: usize) -> bool {
        let gap = self.gap(at);
        at == 0 || gap.contains(['?', '!', ';', '\n']) || gap.contains(". ")
    }

    /// The number at this position: figures with their groups, or numerals.
    pub(super) fn number(&self, at: usize) -> Option<Number> {
        self.figures(at).or_else(|| self.numerals(at))
    }

    /// Figures and the groups that follow them: «1.128.456», «310 456 7890», «900123456 - 7».
    pub(super) fn figures(&self, at: usize) -> Option<Number> {
        let mut digits = pure_digits(self.word(at))?;
        let mut end = at + 1;
        let grouped = digits.len() <= 4;
        while let Some(group) = pure_digits(self.word(end)) {
            let gap = self.gap(end);
            let mark = gap.trim();
            let close = gap.len() <= 3 && !gap.contains('\n') && ["", "-", "–", ".", "'", "’"].contains(&mark);
            let check = group.len() == 1 && mark == "-";
            if !close || !(check || (grouped && (2..=7).contains(&group.len()))) || digits.len() + group.len() > 24 {
                break;
            }
            digits.push_str(&group);
            end += 1;
        }
        Some(Number { words: at..end, digits, parts: end - at })
    }

    /// Numerals in a row: «mil ciento veintiocho millones», «tres, uno, cero».
    pub(super) fn numerals(&self, at: usize) -> Option<Number> {
        let numeral = |at: usize| {
            let word = self.word(at);
            is_number(word) && !word.contains(|letter: char| letter.is_ascii_digit())
        };
        let article = |at: usize| listed("un una", self.word(at)) && listed("millon mil", self.word(at + 1));
        let near = |at: usize| self.gap(at).trim_matches([' ', ',', '…', '-', '.']).is_empty() && !self.breaks(at);
        if !numeral(at) && !article(at) {
            return None;
        }
        let mut end = at + 1;
        let mut parts = 1;
        while near(end) && (numeral(end) || article(end) || (self.word(end) == "y" && numeral(end + 1))) {
            parts += usize::from(self.word(end) != "y");
            end += 1;
        }
        Some(Number { words: at..end, digits: String::new(), parts })
    }

    /// Whether what stands around these words says that they are a sum or a count.
    pub(super) fn counts(&self, words: &Range<usize>) -> bool {
        let next = if self.word(words.end) == "de" { words.end + 1 } else { words.end };
        let unit = listed(UNITS, self.word(next)) || listed(UNITS, self.word(words.end));
        let marks = self.gap(words.end).trim_start();
        unit || self.gap(words.start).contains(['$', '€']) || marks.starts_with(['$', '€', '%'])
    }

    /// Whether one of these folded words stands within so many words before this position.
    pub(super) fn near_before(&self, at: usize, list: &str, most: usize) -> bool {
        (at.saturating_sub(most)..at).any(|at| listed(list, self.word(at)))
    }

    /// A suggestion for these words.
    pub(super) fn suggestion(
        &self,
        words: RangeInclusive<usize>,
        kind: Kind,
        confidence: Confidence,
    ) -> Option<Suggestion> {
        let range = self.words.get(*words.start())?.range.start..self.words.get(*words.end())?.range.end;
        Suggestion::new(self.text, range, kind, confidence)
    }
}

/// The digits of a word that holds nothing else but points, commas and hyphens.
fn pure_digits(word: &str) -> Option<String> {
    let alone = word.chars().all(|letter| letter.is_ascii_digit() || ".,-'’".contains(letter));
    (alone && !word.is_empty()).then(|| word.chars().filter(char::is_ascii_digit).collect())
}
