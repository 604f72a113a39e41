//! Speech as the families of phrases see it: lower case, bare letters, words apart by one space, without
//! hesitations and stutters, and each word with the way back to where it was said.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word as it is matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Lower case, without accents: letters and digits; `.`, `,` and `:` only between digits.
    pub text: String,
    /// From which byte of what was said.
    pub from: usize,
    /// Up to which byte.
    pub to: usize,
    /// Whether a sentence ends behind it.
    pub ends: bool,
    /// Whether that sentence is a question.
    pub asks: bool,
}

/// Sounds that say nothing.
const HESITATIONS: [&str; 14] =
    ["eh", "ehh", "eeh", "em", "ehm", "mm", "mmm", "mhm", "hum", "pues", "ah", "aja", "uh", "ee"];

/// The words of `said`, hesitations and immediate repetitions left out. Numbers and the words of a vote
/// may be meant twice and stay.
pub(super) fn fold(said: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut letters = said.char_indices().peekable();
    let mut open: Option<Word> = None;
    while let Some((at, letter)) = letters.next() {
        let bare: String = std::iter::once(letter).nfd().filter(|&part| !is_combining_mark(part)).collect();
        let bare = bare.to_lowercase();
        let after_digit = open.as_ref().is_some_and(|word| word.text.ends_with(|end: char| end.is_ascii_digit()));
        let before_digit = letters.peek().is_some_and(|(_, next)| next.is_ascii_digit());
        let inside = is_combining_mark(letter)
            || bare.chars().all(|part| part.is_ascii_alphanumeric())
            || (matches!(letter, '.' | ',' | ':') && after_digit && before_digit);
        if inside {
            let to = at + letter.len_utf8();
            let word = open.get_or_insert_with(|| Word { text: String::new(), from: at, to, ends: false, asks: false });
            word.text.push_str(&bare);
            word.to = to;
        } else {
            keep(&mut words, open.take());
            if matches!(letter, '.' | '?' | '!' | ';' | '…')
                && let Some(last) = words.last_mut()
            {
                last.ends = true;
                last.asks |= letter == '?';
            }
        }
    }
    keep(&mut words, open);
    words
}

fn keep(words: &mut Vec<Word>, word: Option<Word>) {
    let Some(word) = word.filter(|word| !HESITATIONS.contains(&word.text.as_str())) else { return };
    match words.last_mut() {
        Some(last) if last.text == word.text && !last.ends && stutters(&word.text) => last.to = word.to,
        _ => words.push(word),
    }
}

fn stutters(word: &str) -> bool {
    super::numbers::number(&[word]).is_none() && !matches!(word, "si" | "no" | "presente" | "a")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(said: &str) -> String {
        fold(said).into_iter().map(|word| word.text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn accents_capitals_and_marks_go_and_numbers_keep_theirs() {
        assert_eq!(text("¡Sesión! Señora, a las 9:05. Son $1.500,50"), "sesion senora a las 9:05 son 1.500,50");
    }

    #[test]
    fn hesitations_and_stutters_go_but_nobody_loses_a_repeated_number() {
        assert_eq!(text("se se abre eh la la sesión"), "se abre la sesion");
        assert_eq!(text("dos dos, sí sí"), "dos dos si si");
    }

    proptest! {
        #[test]
        fn each_word_leads_back_to_where_it_was_said(said in ".{0,60}") {
            let mut reached = 0;
            for word in fold(&said) {
                prop_assert!(word.from >= reached && word.from < word.to);
                prop_assert!(said.get(word.from..word.to).is_some());
                reached = word.to;
            }
        }
    }
}
