//! The words of a text with their places: what the rules for cleaning, masking and extracting
//! look at instead of letters.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word: letters and digits, with the hyphens, points and commas inside it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::minutes) struct Word {
    /// Where it stands, in bytes.
    pub(in crate::minutes) range: Range<usize>,
    /// In small letters, with its accents: «si» is not «sí».
    pub(in crate::minutes) lower: String,
    /// In small letters and without accents.
    pub(in crate::minutes) folded: String,
    /// Whether it begins with a capital.
    pub(in crate::minutes) capital: bool,
    /// Whether a hyphen at its end says that it was broken off: «pres-».
    pub(in crate::minutes) broken: bool,
}

/// The words of `text`. «1.128.456», «dieciséis» and «ex-alcalde» are one each, «pres-» is one
/// with its hyphen.
pub(in crate::minutes) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut letters = text.char_indices().peekable();
    let belongs = |letter: char| letter.is_alphanumeric() || is_combining_mark(letter);
    while let Some((start, first)) = letters.next() {
        if !first.is_alphanumeric() {
            continue;
        }
        let mut end = start + first.len_utf8();
        let mut last = first;
        let mut broken = false;
        while let Some(&(at, letter)) = letters.peek() {
            let next = text[at + letter.len_utf8()..].chars().next();
            let inside = match letter {
                '.' | ',' => last.is_ascii_digit() && next.is_some_and(|next| next.is_ascii_digit()),
                '-' | '\'' | '’' => next.is_some_and(char::is_alphanumeric),
                _ => belongs(letter),
            };
            broken = letter == '-' && !inside && last.is_alphabetic();
            if !inside && !broken {
                break;
            }
            end = at + letter.len_utf8();
            last = letter;
            letters.next();
            if broken {
                break;
            }
        }
        let lower = text[start..end].trim_end_matches('-').to_lowercase();
        words.push(Word { range: start..end, folded: fold(&lower), lower, capital: first.is_uppercase(), broken });
    }
    words
}

/// A text in small letters and without accents; ñ becomes n.
pub(in crate::minutes) fn fold(text: &str) -> String {
    text.nfd().filter(|&letter| !is_combining_mark(letter)).flat_map(char::to_lowercase).collect()
}

/// Whether a folded word is a number: in figures, or a numeral. «Un» and «una» are articles.
pub(in crate::minutes) fn is_number(folded: &str) -> bool {
    folded.contains(|letter: char| letter.is_ascii_digit())
        || listed(NUMERALS, folded)
        || ["dieci", "veinti"].iter().any(|tens| folded.strip_prefix(tens).is_some_and(|unit| listed(NUMERALS, unit)))
        || folded.strip_suffix("as").is_some_and(|stem| listed(HUNDREDS, stem))
        || folded.strip_suffix("os").is_some_and(|stem| listed(HUNDREDS, stem))
}

/// Whether a word is on a list of words parted by spaces.
pub(in crate::minutes) fn listed(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split_ascii_whitespace().any(|one| one == word)
}

/// Numerals of one word, without accents; «veintiún» and the like are built from them.
pub(super) const NUMERALS: &str = "\
    cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince veinte veintiun \
    veintiuna treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento mil miles millon millones \
    billon billones primero primera segundo segunda tercero tercera medio media";

/// The hundreds without their ending: «doscientos», «doscientas».
const HUNDREDS: &str = "doscient trescient cuatrocient quinient seiscient setecient ochocient novecient cient";

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| text[word.range].to_owned()).collect()
    }

    #[test]
    fn figures_and_compounds_are_one_word_and_a_broken_word_keeps_its_hyphen() {
        assert_eq!(
            cut("«El ex-alcalde», 1.128.456,5; pres- presidente…"),
            ["El", "ex-alcalde", "1.128.456,5", "pres-", "presidente"]
        );
        assert!(words("pres-")[0].broken && words("pres-")[0].lower == "pres" && !words("2020-")[0].broken);
        assert_eq!(cut("sesio\u{301}n - si, no"), ["sesio\u{301}n", "si", "no"]);
    }

    #[test]
    fn accents_tell_words_apart_until_they_are_folded() {
        let both = words("Sí si");
        assert_eq!((both[0].lower.as_str(), both[0].folded.as_str(), both[0].capital), ("sí", "si", true));
        assert_ne!(both[0].lower, both[1].lower);
    }

    #[test]
    fn numerals_are_numbers_and_articles_are_not() {
        for number in ["12", "mil", "veintiuno", "dieciseis", "quinientas", "3.106", "millones", "ley-136"] {
            assert!(is_number(number), "{number}");
        }
        for word in ["un", "una", "vial", "milagro", "mitad", "dosel", "cuentas"] {
            assert!(!is_number(word), "{word}");
        }
    }
}
