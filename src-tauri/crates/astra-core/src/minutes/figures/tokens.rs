//! A text cut into words, runs of digits and single signs, without case and accents, with the way back.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The spaces that may stand between groups of three digits: plain, no-break, narrow no-break and thin.
const GROUPING_SPACES: [&str; 4] = [" ", "\u{a0}", "\u{202f}", "\u{2009}"];

/// The tokens of a text. Asking beyond either end gives an empty token.
pub(super) struct Tokens<'a> {
    text: &'a str,
    list: Vec<Token>,
}

struct Token {
    range: Range<usize>,
    folded: String,
}

#[derive(PartialEq)]
enum Class {
    Letters,
    Digits,
    Sign,
}

impl<'a> Tokens<'a> {
    /// Cuts the text.
    pub(super) fn new(text: &'a str) -> Self {
        let mut list: Vec<Token> = Vec::new();
        let mut last: Option<Class> = None;
        for (at, letter) in text.char_indices() {
            if letter.is_whitespace() {
                last = None;
                continue;
            }
            let class = match letter {
                '0'..='9' => Class::Digits,
                'º' | 'ª' | '°' => Class::Sign,
                letter if letter.is_alphabetic() || is_combining_mark(letter) => Class::Letters,
                _ => Class::Sign,
            };
            let end = at + letter.len_utf8();
            match list.last_mut() {
                Some(token) if last.as_ref() == Some(&class) && class != Class::Sign => {
                    token.range.end = end;
                    fold(letter, &mut token.folded);
                }
                _ => {
                    let mut folded = String::new();
                    fold(letter, &mut folded);
                    list.push(Token { range: at..end, folded });
                }
            }
            last = Some(class);
        }
        Self { text, list }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// A token in lower case and without accents (ñ is n).
    pub(super) fn at(&self, at: usize) -> &str {
        self.list.get(at).map_or("", |token| &token.folded)
    }

    /// The token so many places before this one.
    pub(super) fn before(&self, at: usize, places: usize) -> &str {
        at.checked_sub(places).map_or("", |at| self.at(at))
    }

    /// The token if it is a run of digits.
    pub(super) fn digits(&self, at: usize) -> Option<&str> {
        Some(self.at(at)).filter(|token| token.starts_with(|first: char| first.is_ascii_digit()))
    }

    /// Whether the token is a word.
    pub(super) fn is_word(&self, at: usize) -> bool {
        self.at(at).starts_with(char::is_alphabetic) && !matches!(self.at(at), "º" | "ª")
    }

    /// Whether nothing stands between this token and the one before it.
    pub(super) fn glued(&self, at: usize) -> bool {
        at > 0 && at < self.len() && self.gap(at).is_empty()
    }

    /// Whether exactly one space stands between this token and the one before it.
    pub(super) fn one_space_before(&self, at: usize) -> bool {
        at > 0 && at < self.len() && GROUPING_SPACES.contains(&self.gap(at))
    }

    /// Whether these words stand here, one after the other.
    pub(super) fn are(&self, at: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(index, word)| self.at(at + index) == *word)
    }

    /// The bytes of some tokens, of which there is at least one.
    pub(super) fn range(&self, tokens: Range<usize>) -> Range<usize> {
        self.list[tokens.start].range.start..self.list[tokens.end - 1].range.end
    }

    fn gap(&self, at: usize) -> &'a str {
        &self.text[self.list[at - 1].range.end..self.list[at].range.start]
    }
}

fn fold(letter: char, into: &mut String) {
    let plain = letter.to_lowercase().nfd().filter(|&part| !is_combining_mark(part));
    into.extend(plain);
}
