//! Words as the guard compares them: without case, accents and punctuation.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::transcript::Word;

/// The tokens of a text: lower case, letters and digits only, accents and the tilde of ñ removed.
/// «¡Suscríbete!» is `suscribete`, «Amara.org» is `amara` and `org`.
pub(crate) fn tokens(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|letter: char| !letter.is_alphanumeric() && !is_combining_mark(letter))
        .map(|part| part.nfd().filter(|&letter| !is_combining_mark(letter)).flat_map(char::to_lowercase).collect())
        .filter(|token: &String| !token.is_empty())
}

/// Words and the tokens they consist of.
pub(super) struct Folded<'a> {
    /// The tokens in order.
    pub(super) tokens: Vec<String>,
    /// For each token the position of the word it is from.
    owners: Vec<usize>,
    words: &'a [Word],
}

impl<'a> Folded<'a> {
    /// Folds `words`.
    pub(super) fn new(words: &'a [Word]) -> Self {
        let pairs = words.iter().enumerate().flat_map(|(n, word)| tokens(&word.text).map(move |token| (token, n)));
        let (tokens, owners) = pairs.unzip();
        Self { tokens, owners, words }
    }

    /// The words that a range of tokens is from.
    pub(super) fn words(&self, range: Range<usize>) -> &'a [Word] {
        if range.is_empty() { &[] } else { &self.words[self.owners[range.start]..=self.owners[range.end - 1]] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_punctuation_do_not_count() {
        let folded: Vec<String> = tokens("¡SUSCRÍBETE! Año de la moción, Amara.org —").collect();
        assert_eq!(folded, ["suscribete", "ano", "de", "la", "mocion", "amara", "org"]);
        assert_eq!(tokens("mocio\u{301}n").collect::<Vec<_>>(), ["mocion"]);
    }

    #[test]
    fn tokens_know_their_words() {
        let words = super::super::tests::said(0, "— de Amara.org, sí");
        let folded = Folded::new(&words);
        assert_eq!(folded.tokens, ["de", "amara", "org", "si"]);
        assert_eq!(folded.words(1..3), &words[2..3]);
        assert_eq!(folded.words(0..4), &words[1..4]);
        assert_eq!(folded.words(2..2), &[]);
    }
}
