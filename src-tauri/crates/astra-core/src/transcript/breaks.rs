//! Where a run of words is broken into segments that can be read, listened to and corrected.

use std::ops::Range;

use super::Word;

/// A pause this long always ends a segment, in milliseconds.
const LONG_PAUSE_MS: u64 = 1_500;

/// A pause this long ends a segment at the end of a sentence, in milliseconds.
const PAUSE_MS: u64 = 700;

/// From this length on, every end of a sentence ends the segment, in milliseconds.
const SENTENCE_MS: u64 = 4_000;

/// From this length on, a comma does too, in milliseconds.
const COMMA_MS: u64 = 15_000;

/// The longest segment, in milliseconds, unless one word is longer.
const LONGEST_MS: u64 = 25_000;

/// The longest segment, in letters, unless one word is longer.
const LONGEST_TEXT: usize = 400;

/// An answer has at most this many words.
const ANSWER_WORDS: usize = 3;

/// An answer lasts at most this long, in milliseconds.
const ANSWER_MS: u64 = 2_000;

/// Behind an answer this much of a pause is enough to end it, in milliseconds.
const ANSWER_PAUSE_MS: u64 = 300;

/// Words that end in a full stop without ending a sentence.
const ABBREVIATIONS: [&str; 24] = [
    "sr.", "sra.", "srta.", "sres.", "dr.", "dra.", "lic.", "ing.", "arq.", "abg.", "prof.", "gral.", "cnel.", "art.",
    "arts.", "núm.", "num.", "no.", "nro.", "pág.", "ud.", "uds.", "ej.", "av.",
];

/// How many words behind the end of a segment must be known before it is certain to end there.
pub(super) const FORESIGHT: usize = ANSWER_WORDS + 1;

/// The positions of the words of each segment, in order; together they are all `words`. Words are
/// in order of their starts, in milliseconds of one clock; `before_ms` is the end of the word
/// before them, when there is one.
pub(super) fn segments(words: &[Word], before_ms: Option<u64>) -> Vec<Range<usize>> {
    let answers = answer_borders(words, before_ms);
    let mut segments = Vec::new();
    let mut start = 0;
    for next in 1..words.len() {
        if answers[next] || ends_before(words, start, next) {
            segments.push(start..next);
            start = next;
        } else if is_too_long(&words[start..=next]) {
            let at = widest_gap(words, start, next);
            segments.push(start..at);
            start = at;
        }
    }
    if start < words.len() {
        segments.push(start..words.len());
    }
    segments
}

/// Whether the segment of the words from `start` on ends before the word `next`.
fn ends_before(words: &[Word], start: usize, next: usize) -> bool {
    let last = &words[next - 1];
    let pause_ms = words[next].start_ms.saturating_sub(last.end_ms);
    let length_ms = last.end_ms.saturating_sub(words[start].start_ms);
    pause_ms >= LONG_PAUSE_MS
        || (ends_sentence(&last.text) && (pause_ms >= PAUSE_MS || length_ms >= SENTENCE_MS))
        || (ends_clause(&last.text) && length_ms >= COMMA_MS)
}

/// For each word whether an answer starts with it or ended before it.
fn answer_borders(words: &[Word], before_ms: Option<u64>) -> Vec<bool> {
    let mut borders = vec![false; words.len()];
    let pause_before = |at: usize| match at {
        0 => before_ms.map_or(u64::MAX, |before_ms| words[0].start_ms.saturating_sub(before_ms)),
        at if at < words.len() => words[at].start_ms.saturating_sub(words[at - 1].end_ms),
        _ => u64::MAX,
    };
    for start in 0..words.len() {
        if pause_before(start) < PAUSE_MS {
            continue;
        }
        let end = (start + 1..=words.len().min(start + ANSWER_WORDS)).find(|&end| ends_sentence(&words[end - 1].text));
        let Some(end) = end else { continue };
        if words[end - 1].end_ms - words[start].start_ms <= ANSWER_MS && pause_before(end) >= ANSWER_PAUSE_MS {
            borders[start] = true;
            if let Some(border) = borders.get_mut(end) {
                *border = true;
            }
        }
    }
    borders
}

fn is_too_long(words: &[Word]) -> bool {
    let letters: usize = words.iter().map(|word| word.text.chars().count() + 1).sum::<usize>().saturating_sub(1);
    let end_ms = words.iter().map(|word| word.end_ms).max().unwrap_or(0);
    letters > LONGEST_TEXT || words.first().is_some_and(|first| end_ms - first.start_ms > LONGEST_MS)
}

/// Before which of the words after `start` up to `next` the pause is longest. The last of equals,
/// and only in the second half: two short segments are no easier to read than one long.
fn widest_gap(words: &[Word], start: usize, next: usize) -> usize {
    let half = (start + 1).max(start.midpoint(next));
    let pause_ms = |at: usize| words[at].start_ms.saturating_sub(words[at - 1].end_ms);
    (half..=next).max_by_key(|&at| pause_ms(at)).unwrap_or(next)
}

fn ends_sentence(text: &str) -> bool {
    let bare = without_closing(text);
    let is_initial = || {
        let mut letters = bare.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next() == Some('.') && letters.next().is_none()
    };
    bare.ends_with(['.', '?', '!', '…'])
        && !is_initial()
        && !ABBREVIATIONS.contains(&bare.trim_start_matches(['(', '«', '"', '¿', '¡']).to_lowercase().as_str())
}

fn ends_clause(text: &str) -> bool {
    without_closing(text).ends_with([',', ';', ':'])
}

/// The text without the quotation marks and brackets that close behind punctuation.
fn without_closing(text: &str) -> &str {
    text.trim_end_matches(['»', '"', '”', '’', '\'', ')', ']'])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::{text, words};
    use super::*;

    fn broken(times: &[(&str, u64, u64)]) -> Vec<String> {
        let words = words(times);
        segments(&words, None).into_iter().map(|range| text(&words[range])).collect()
    }

    /// One word every 400 ms, without pauses.
    fn fluent(sentence: &str) -> Vec<Word> {
        let word = |(n, text): (usize, &str)| Word {
            text: text.to_owned(),
            start_ms: n as u64 * 400,
            end_ms: n as u64 * 400 + 400,
            confidence: 1.0,
        };
        sentence.split_whitespace().enumerate().map(word).collect()
    }

    fn broken_fluent(sentence: &str) -> Vec<usize> {
        segments(&fluent(sentence), None).into_iter().map(|range| range.len()).collect()
    }

    #[test]
    fn nothing_gives_no_segment() {
        assert!(segments(&[], None).is_empty());
    }

    #[test]
    fn a_sentence_ends_a_segment_of_four_seconds_or_before_a_pause() {
        let ten = "a b c d e f g h i j. k l";
        assert_eq!(broken_fluent(ten), [10, 2]);
        assert_eq!(broken_fluent("a b c d e f g h i. j k l"), [12]);
        assert_eq!(
            broken(&[("a", 0, 300), ("b", 300, 600), ("c", 600, 900), ("d.", 900, 1_200), ("E", 1_900, 2_000)]),
            ["a b c d.", "E"]
        );
        assert_eq!(
            broken(&[("a", 0, 300), ("b", 300, 600), ("c", 600, 900), ("d.", 900, 1_200), ("E", 1_890, 2_000)]),
            ["a b c d. E"]
        );
    }

    #[test]
    fn a_long_pause_ends_a_segment_anywhere() {
        assert_eq!(broken(&[("el", 0, 300), ("acta", 1_800, 2_000)]), ["el", "acta"]);
        assert_eq!(broken(&[("el", 0, 300), ("acta", 1_799, 2_000)]), ["el acta"]);
    }

    #[test]
    fn a_comma_ends_only_a_long_segment() {
        let comma_at = |n: usize| (0..45).map(|k| if k == n { "palabra, " } else { "palabra " }).collect::<String>();
        assert_eq!(broken_fluent(&comma_at(37)), [38, 7]);
        assert_eq!(broken_fluent(&comma_at(38)), [39, 6]);
        assert_eq!(broken_fluent(&comma_at(36)), [45]);
    }

    #[test]
    fn without_punctuation_the_widest_gap_ends_a_segment_that_gets_too_long() {
        let mut words = fluent(&"eh ".repeat(80));
        words[5].start_ms += 300;
        words[50].start_ms += 200;
        let lengths: Vec<usize> = segments(&words, None).into_iter().map(|range| range.len()).collect();
        assert_eq!(lengths[0], 50);
        let letters = broken_fluent(&"constitucionalmente ".repeat(30));
        assert_eq!(letters[0], 20);
    }

    #[test]
    fn answers_stand_alone() {
        let call = [
            ("Concejal", 0, 400),
            ("Bedoya", 400, 800),
            ("Presente.", 1_600, 2_100),
            ("Concejal", 2_500, 2_900),
            ("Castro", 2_900, 3_300),
        ];
        assert_eq!(broken(&call), ["Concejal Bedoya", "Presente.", "Concejal Castro"]);
        let question = [("¿Aprueba?", 0, 800), ("Sí,", 1_600, 1_800), ("aprueba.", 1_800, 2_300)];
        assert_eq!(broken(&question), ["¿Aprueba?", "Sí, aprueba."]);
        let drawn_out = [("bueno", 0, 400), ("entonces.", 1_200, 3_500), ("Sigue", 3_850, 4_000)];
        assert_eq!(broken(&drawn_out), ["bueno entonces. Sigue"]);
    }

    #[test]
    fn a_sentence_that_starts_right_behind_a_short_one_stays_with_it() {
        let fluent =
            [("bueno", 0, 400), ("Gracias.", 1_200, 1_700), ("Señor", 1_800, 2_000), ("alcalde", 2_000, 2_400)];
        assert_eq!(broken(&fluent), ["bueno Gracias. Señor alcalde"]);
    }

    #[test]
    fn abbreviations_and_initials_do_not_end_sentences() {
        for word in ["Sr.", "(Art.", "J.", "Núm."] {
            assert!(!ends_sentence(word), "{word}");
        }
        for word in ["sesión.", "¿verdad?»", "2024.", "¡No!)", "Bueno…", "etc.", "sí.\""] {
            assert!(ends_sentence(word), "{word}");
        }
    }

    fn any_words() -> impl Strategy<Value = Vec<Word>> {
        let text = prop::sample::select(vec!["acta", "sí,", "aprobado.", "¿quién?", "Sr.", "constitucionalmente"]);
        let one = (text, 0_u64..900, prop_oneof![8 => 0_u64..300, 1 => 300_u64..3_000]);
        prop::collection::vec(one, 0..250).prop_map(|words| {
            let mut now = 0;
            let place = |(text, length, pause): (&str, u64, u64)| {
                let start_ms = now + pause;
                now = start_ms + length;
                Word { text: text.to_owned(), start_ms, end_ms: now, confidence: 1.0 }
            };
            words.into_iter().map(place).collect()
        })
    }

    proptest! {
        #[test]
        fn segments_hold_all_words_in_order_and_are_never_too_long(words in any_words()) {
            let ranges = segments(&words, None);
            prop_assert_eq!(ranges.iter().flat_map(Clone::clone).collect::<Vec<_>>(), (0..words.len()).collect::<Vec<_>>());
            for range in ranges {
                prop_assert!(!range.is_empty());
                prop_assert!(range.len() == 1 || !is_too_long(&words[range.clone()]), "{:?}", range);
                for pair in words[range].windows(2) {
                    prop_assert!(pair[1].start_ms - pair[0].end_ms < LONG_PAUSE_MS);
                }
            }
        }
    }
}
