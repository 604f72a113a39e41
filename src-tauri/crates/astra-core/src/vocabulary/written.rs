//! A written line as words: how each is written, and what stands between it and the one before.

use std::sync::LazyLock;

use regex::Regex;

use super::lists::is_abbreviation;
use crate::guard::fold::tokens;

/// A word of a line.
#[derive(Debug)]
pub(super) struct Written<'a> {
    /// As it stands there.
    pub text: &'a str,
    /// In small letters, without accents and points.
    pub folded: String,
    /// How it is written.
    pub case: Case,
    /// What stands before it.
    pub gap: Gap,
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// «vereda».
    Small,
    /// «Vereda».
    Capital,
    /// «VEREDA».
    Capitals,
    /// «136».
    Figure,
}

/// What stands between two words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing but space.
    Space,
    /// A comma.
    Comma,
    /// A dash or a bar.
    Dash,
    /// A colon.
    Colon,
    /// A bracket that opens.
    Open,
    /// A quotation mark that opens.
    Quote,
    /// A bracket or a quotation mark that closes.
    Close,
    /// The end of a sentence or a cell, or the beginning of the line.
    Stop,
}

impl Written<'_> {
    /// Whether any word would be written with a capital here.
    pub(super) fn opens(&self) -> bool {
        matches!(self.gap, Gap::Stop | Gap::Colon | Gap::Quote)
    }
}

/// The words of a line.
pub(super) fn words(line: &str) -> Vec<Written<'_>> {
    // A letter and its point, more than once; or letters and digits, which hyphens and apostrophes may join.
    static WORD: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?:\p{Lu}\.){2,}|[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*").ok());
    let mut words: Vec<Written<'_>> = Vec::new();
    let mut behind = 0;
    for found in WORD.as_ref().into_iter().flat_map(|word| word.find_iter(line)) {
        let gap = words.last().map_or(Gap::Stop, |before| gap(before, &line[behind..found.start()]));
        behind = found.end();
        let folded: String = tokens(found.as_str()).collect();
        words.push(Written { text: found.as_str(), folded, case: case(found.as_str()), gap });
    }
    words
}

/// Whether a line is written in capitals, where they say nothing of a word.
pub(super) fn is_in_capitals(words: &[Written<'_>]) -> bool {
    let long = words.iter().filter(|word| word.folded.len() >= 3 && word.case != Case::Figure);
    let (capitals, all) =
        long.fold((0, 0), |(capitals, all), word| (capitals + usize::from(word.case == Case::Capitals), all + 1));
    capitals * 2 > all
}

fn case(text: &str) -> Case {
    let mut letters = text.chars().filter(|letter| letter.is_alphabetic());
    match text.chars().next() {
        Some(first) if first.is_numeric() => Case::Figure,
        Some(first) if !first.is_uppercase() => Case::Small,
        _ if letters.clone().count() > 1 && letters.all(char::is_uppercase) => Case::Capitals,
        _ => Case::Capital,
    }
}

fn gap(before: &Written<'_>, between: &str) -> Gap {
    let has = |signs: &str| between.contains(|letter| signs.contains(letter));
    let shortened = is_abbreviation(&before.folded) || (before.case == Case::Capital && before.folded.len() == 1);
    if between.trim_end() == "." && shortened {
        return Gap::Space;
    }
    if has(".?!;…¡¿\t\n•") {
        Gap::Stop
    } else if has("([") {
        Gap::Open
    } else if has(":") {
        Gap::Colon
    } else if has("«“") || between.ends_with('"') {
        Gap::Quote
    } else if has(")]»”\"") {
        Gap::Close
    } else if has("–—-/|_*") {
        Gap::Dash
    } else if has(",") {
        Gap::Comma
    } else {
        Gap::Space
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gaps(line: &str) -> Vec<(&str, Gap)> {
        words(line).into_iter().map(|word| (word.text, word.gap)).collect()
    }

    #[test]
    fn a_point_ends_a_sentence_but_not_an_abbreviation_or_an_initial() {
        let found = gaps("La Dra. J. Ríos habló. La E.S.E. calló");
        let stops: Vec<&str> = found.iter().filter(|(_, gap)| *gap == Gap::Stop).map(|(text, _)| *text).collect();
        assert_eq!(stops, ["La", "La"]);
        assert!(found.contains(&("E.S.E.", Gap::Space)));
    }

    #[test]
    fn brackets_and_quotation_marks_are_told_apart_from_what_they_close() {
        let found = gaps("el plan (POT) y el programa \"Manos Amigas\" sigue");
        assert!(found.contains(&("POT", Gap::Open)) && found.contains(&("y", Gap::Close)));
        assert!(found.contains(&("Manos", Gap::Quote)) && found.contains(&("sigue", Gap::Close)));
    }

    #[test]
    fn a_line_is_in_capitals_when_most_of_its_words_are() {
        assert!(is_in_capitals(&words("ACTA DE LA SESIÓN No. 12")));
        assert!(!is_in_capitals(&words("el PAE de la vereda")));
    }
}
