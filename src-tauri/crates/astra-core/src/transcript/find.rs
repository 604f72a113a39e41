//! Finding words in the transcript as a person looks for them: without case and accents, whole
//! words, by pattern, in what one speaker said.

use std::ops::Range;

use regex::{Regex, RegexBuilder};
use regex_automata::util::interpolate;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Segment;
use crate::id::{SegmentId, SpeakerId};

/// What to look for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Query {
    /// The words, or the pattern.
    pub text: String,
    /// Whether capitals count.
    pub match_case: bool,
    /// Whether accents count.
    pub match_accents: bool,
    /// Whether a match must not touch other letters.
    pub whole_word: bool,
    /// Whether the text is a regular expression.
    pub regular_expression: bool,
    /// Only in what this speaker said.
    pub speaker: Option<SpeakerId>,
}

/// Where something was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Found {
    /// In which segment.
    pub segment: SegmentId,
    /// From which UTF-16 unit of its text on.
    pub from: u32,
    /// Up to which.
    pub to: u32,
    /// What a replacement makes of it.
    pub becomes: String,
}

/// The largest a compiled pattern may be, in bytes: a typed pattern must not eat the memory.
const LARGEST_PATTERN: usize = 1 << 20;

/// Everything found, in order of the segments, with what becomes of it when `with` takes its place.
/// Nothing is found by an empty text.
///
/// # Errors
/// What is wrong with the regular expression, in the words of its reader.
pub fn find(query: &Query, with: &str, segments: &[Segment]) -> Result<Vec<Found>, String> {
    let Some(pattern) = Pattern::new(query)? else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for segment in segments.iter().filter(|segment| pattern.speaks(segment)) {
        for (range, becomes) in pattern.matches(&segment.text, with) {
            let units = |bytes: usize| segment.text[..bytes].encode_utf16().count() as u32;
            found.push(Found { segment: segment.id, from: units(range.start), to: units(range.end), becomes });
        }
    }
    Ok(found)
}

/// A query that is ready to be looked for.
pub(super) struct Pattern {
    regex: Regex,
    accents: bool,
    /// The words looked for, when they are words and not an expression.
    words: Option<String>,
    keeps_case: bool,
    speaker: Option<SpeakerId>,
}

impl Pattern {
    /// Compiles a query; `None` when there is nothing to look for.
    pub(super) fn new(query: &Query) -> Result<Option<Self>, String> {
        if query.text.is_empty() {
            return Ok(None);
        }
        let text = if query.match_accents { query.text.clone() } else { Bare::new(&query.text).text };
        let text = if query.regular_expression { text } else { regex::escape(&text) };
        let text = if query.whole_word { format!(r"\b(?:{text})\b") } else { text };
        let regex = RegexBuilder::new(&text)
            .case_insensitive(!query.match_case)
            .size_limit(LARGEST_PATTERN)
            .build()
            .map_err(|error| error.to_string())?;
        Ok(Some(Self {
            regex,
            accents: query.match_accents,
            words: (!query.regular_expression).then(|| query.text.to_lowercase()),
            keeps_case: !query.match_case,
            speaker: query.speaker,
        }))
    }

    /// Whether the query asks for what this segment's speaker said.
    pub(super) fn speaks(&self, segment: &Segment) -> bool {
        self.speaker.is_none() || segment.speaker == self.speaker
    }

    /// `text` with the matches replaced that `wanted` agrees to, asked in order.
    pub(super) fn replace(&self, text: &str, with: &str, mut wanted: impl FnMut() -> bool) -> String {
        let mut replaced = String::with_capacity(text.len());
        let mut reached = 0;
        for (range, expanded) in self.matches(text, with) {
            if !wanted() {
                continue;
            }
            replaced.push_str(&text[reached..range.start]);
            replaced.push_str(&expanded);
            reached = range.end;
        }
        replaced.push_str(&text[reached..]);
        replaced
    }

    /// Where `text` matches, in bytes, and what `with` makes of each match. Empty matches are none.
    fn matches(&self, text: &str, with: &str) -> Vec<(Range<usize>, String)> {
        let bare = (!self.accents).then(|| Bare::new(text));
        let haystack = bare.as_ref().map_or(text, |bare| bare.text.as_str());
        let place = |at: usize| bare.as_ref().map_or(at, |bare| bare.origins[at]);
        let expand = |captures: &regex::Captures<'_>, matched: &str| match &self.words {
            Some(words) if self.keeps_case && *words != with.to_lowercase() => in_the_case_of(matched, with),
            Some(_) => with.to_owned(),
            None => {
                // Groups are taken from the text itself: what was searched has no accents.
                let mut expanded = String::new();
                let group = |at: usize, expanded: &mut String| {
                    let range = captures.get(at).map(|group| place(group.start())..place(group.end()));
                    expanded.push_str(range.map_or("", |range| &text[range]));
                };
                let position = |name: &str| self.regex.capture_names().position(|each| each == Some(name));
                interpolate::string(with, group, position, &mut expanded);
                expanded
            }
        };
        let whole =
            self.regex.captures_iter(haystack).filter_map(|captures| Some((captures.get(0)?.range(), captures)));
        whole
            .filter(|(range, _)| !range.is_empty())
            .map(|(range, captures)| (place(range.start)..place(range.end), captures))
            .map(|(range, captures)| (range.clone(), expand(&captures, &text[range])))
            .collect()
    }
}

/// A replacement that begins with a capital where what it replaces did, at the start of a sentence.
fn in_the_case_of(matched: &str, with: &str) -> String {
    let capital = matched.chars().next().is_some_and(char::is_uppercase);
    let mut letters = with.chars();
    match letters.next() {
        Some(first) if capital => first.to_uppercase().chain(letters).collect(),
        _ => with.to_owned(),
    }
}

/// A text without its accents, with the way back.
struct Bare {
    text: String,
    /// For each byte of `text`, and for its end, the byte of the original it comes from.
    origins: Vec<usize>,
}

impl Bare {
    fn new(original: &str) -> Self {
        let mut bare = Self { text: String::with_capacity(original.len()), origins: Vec::new() };
        for (at, letter) in original.char_indices() {
            for plain in std::iter::once(letter).nfd().filter(|&part| !is_combining_mark(part)) {
                bare.text.push(plain);
                bare.origins.resize(bare.text.len(), at);
            }
        }
        bare.origins.push(original.len());
        bare
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::Utterance;

    fn query(text: &str) -> Query {
        Query {
            text: text.to_owned(),
            match_case: false,
            match_accents: false,
            whole_word: false,
            regular_expression: false,
            speaker: None,
        }
    }

    fn found(query: &Query, text: &str) -> Vec<String> {
        let pattern = Pattern::new(query).unwrap().unwrap();
        pattern.matches(text, "").into_iter().map(|(range, _)| text[range].to_owned()).collect()
    }

    #[test]
    fn case_and_accents_do_not_matter_until_they_are_asked_to() {
        assert_eq!(found(&query("sesion"), "La Sesión y la SESIO\u{301}N"), ["Sesión", "SESIO\u{301}N"]);
        assert_eq!(found(&Query { match_accents: true, ..query("sesion") }, "sesión sesion"), ["sesion"]);
        assert_eq!(found(&Query { match_case: true, ..query("Sesion") }, "sesión Sesión"), ["Sesión"]);
    }

    #[test]
    fn a_whole_word_touches_no_other_letter() {
        assert_eq!(found(&Query { whole_word: true, ..query("acta") }, "actas, acta; redacta"), ["acta"]);
    }

    #[test]
    fn in_what_one_person_said_nobody_elses_words_are_found() {
        let says = |speaker: Option<SpeakerId>| {
            let silent = Segment::heard(SegmentId::new(), 0, &Utterance::heard(0, 0, 5_000, Vec::new()));
            Segment { text: "La sesión".to_owned(), speaker, ..silent }
        };
        let (rosa, luis) = (SpeakerId::new(), SpeakerId::new());
        let segments = [says(Some(rosa)), says(Some(luis)), says(None)];
        let found = |speaker: Option<SpeakerId>| {
            let found = find(&Query { speaker, ..query("sesion") }, "", &segments).unwrap();
            found.iter().map(|found| found.segment).collect::<Vec<_>>()
        };
        assert_eq!(found(Some(luis)), [segments[1].id]);
        assert_eq!(found(None), segments.each_ref().map(|segment| segment.id));
    }

    #[test]
    fn a_pattern_is_one_only_when_asked_for() {
        assert_eq!(found(&query("a.b"), "a.b axb"), ["a.b"]);
        assert_eq!(
            found(&Query { regular_expression: true, ..query(r"art\w* \d+") }, "el artículo 15"),
            ["artículo 15"]
        );
        assert!(Pattern::new(&Query { regular_expression: true, ..query("(") }).is_err());
        assert!(Pattern::new(&query("")).unwrap().is_none());
    }

    #[test]
    fn a_replacement_keeps_the_capital_of_a_sentence_unless_case_is_what_is_corrected() {
        let replaced =
            |query: Query, with: &str, text: &str| Pattern::new(&query).unwrap().unwrap().replace(text, with, || true);
        assert_eq!(replaced(query("osea"), "o sea", "Osea que no, osea."), "O sea que no, o sea.");
        assert_eq!(replaced(query("Concejal"), "concejal", "El Concejal"), "El concejal");
        let exact = Query { match_case: true, ..query("Osea") };
        assert_eq!(replaced(exact, "o sea", "Osea"), "o sea");
    }

    #[test]
    fn replacing_takes_the_matches_wanted_and_a_dollar_only_in_a_pattern() {
        let pattern = Pattern::new(&query("nieva")).unwrap().unwrap();
        let mut answers = [true, false, true].into_iter();
        assert_eq!(
            pattern.replace("Nieva, nieva y Nieva", "Neiva $1", || answers.next().unwrap()),
            "Neiva $1, nieva y Neiva $1"
        );
        let swap = Query { regular_expression: true, ..query(r"(\w+) (?P<what>\w+)") };
        assert_eq!(Pattern::new(&swap).unwrap().unwrap().replace("ley orgánica", "$what $1", || true), "orgánica ley");
    }
}
