//! Words with times one can believe, of what a server answered. The text is what was heard; times are taken from the
//! words, else from the segments, and only when they can be those of the piece.

use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::answer::{Answer, Said};
use crate::chunks::{Chunk, samples_to_ms};
use crate::guard::fold::tokens;
use crate::transcript::Word;

/// How far a time may lie outside the piece, or before the one that went before it, in seconds: servers round, some
/// count in steps, and whisper.cpp's has the first words of a segment end before they begin.
const SLACK: f64 = 1.0;

/// How far the end of what began in the piece may lie behind it, in seconds: Whisper hears windows of this length, and
/// whisper.cpp's server tells how far the last one goes.
const WINDOW: f64 = 30.0;

/// How much of a piece the server must have listened to.
const WHOLE: f64 = 0.9;

/// Nobody speaks faster than this, in words a second.
const FASTEST: f64 = 12.0;

/// From how many words on a speed is one.
const FEW_WORDS: usize = 8;

/// One in so many words must be the same in the text and among the words, or they are not of the same.
const ALIKE: usize = 3;

/// What a word is worth of which the server says nothing: more than what is shown as doubtful, less than certain.
const UNTOLD: f32 = 0.8;

/// The words of an answer to a piece of so many milliseconds, on the piece's clock. None when there is text and no
/// time that could be that of the piece.
pub fn timed(answer: &Answer, length_ms: u64) -> Option<Vec<Word>> {
    let tokens: Vec<&str> = answer.text.split_whitespace().collect();
    if tokens.is_empty() && answer.words.is_empty() {
        return Some(Vec::new());
    }
    let length = length_ms as f64 / 1_000.0;
    let heard_in_part = answer.duration.is_some_and(|duration| duration < length * WHOLE - SLACK);
    if heard_in_part {
        return None;
    }
    if believable(&answer.words, length, answer.words.len()) {
        return Some(in_order(with_punctuation(&tokens, &answer.words), length_ms));
    }
    let count = answer.segments.iter().map(|segment| segment.text.split_whitespace().count()).sum();
    if believable(&answer.segments, length, count) {
        let words = answer.segments.iter().flat_map(|segment| {
            let tokens: Vec<&str> = segment.text.split_whitespace().collect();
            let time = ms(segment.start)..ms(segment.end);
            spread(&tokens, std::slice::from_ref(&time), confidence(segment))
        });
        return Some(in_order(words.collect(), length_ms));
    }
    None
}

/// Words without any times, spread over what was speech in a chunk, on the clock of its audio.
pub fn over_speech(text: &str, chunk: &Chunk) -> Vec<Word> {
    let tokens: Vec<&str> = text.split_whitespace().collect();
    let mut speech = Vec::new();
    let mut before = 0;
    for piece in &chunk.pieces {
        for span in &chunk.speech {
            let (start, end) = (span.start.max(piece.start), span.end.min(piece.end));
            if start < end {
                let at = |sample: u64| samples_to_ms(before + sample - piece.start);
                speech.push(at(start)..at(end));
            }
        }
        before += piece.len();
    }
    if speech.is_empty() {
        speech.push(0..samples_to_ms(chunk.pcm.len() as u64));
    }
    spread(&tokens, &speech, UNTOLD)
}

/// Whether these can be the times of a piece of so many seconds with so many words.
fn believable(said: &[Said], length: f64, words: usize) -> bool {
    let (Some(first), Some(last)) = (said.first(), said.last()) else { return false };
    let mut reached = -SLACK;
    for one in said {
        let sound = one.start.is_finite() && one.end.is_finite() && one.start - one.end < SLACK;
        if !sound || one.start < reached - SLACK || one.start > length + SLACK || one.end > length + WINDOW {
            return false;
        }
        reached = reached.max(one.start);
    }
    words < FEW_WORDS || words as f64 <= (last.end - first.start) * FASTEST
}

/// The text, word by word, with the times of the words the server gave: those often lack what stands between words.
/// Where the two say different things altogether, the words alone are taken.
fn with_punctuation(text: &[&str], words: &[Said]) -> Vec<Word> {
    let as_given = || words.iter().map(|word| timed_word(&word.text, word)).collect();
    let fold = |text: &str| tokens(text).collect::<String>();
    let (left, right): (Vec<String>, Vec<String>) =
        (words.iter().map(|word| fold(&word.text)).collect(), text.iter().map(|token| fold(token)).collect());
    let mut timed: Vec<Word> = Vec::with_capacity(text.len());
    let mut same = 0;
    for difference in capture_diff_slices(Algorithm::Myers, &left, &right) {
        let (old, new) = (difference.old_range(), difference.new_range());
        if difference.tag() == DiffTag::Equal {
            same += new.len();
            timed.extend(new.zip(old).map(|(token, word)| timed_word(text[token], &words[word])));
            continue;
        }
        let before = timed.last().map_or(0, |word| word.end_ms);
        let between = if old.is_empty() {
            let after = words.get(old.start).map_or(before, |word| ms(word.start));
            before..after.max(before)
        } else {
            ms(words[old.start].start)..ms(words[old.end - 1].end)
        };
        let sure = words[old].iter().map(confidence).fold(UNTOLD, f32::min);
        timed.extend(spread(&text[new], &[between], sure));
    }
    if same * ALIKE < words.len() { as_given() } else { timed }
}

/// Words over stretches of time, in milliseconds, each as long as it has letters.
fn spread(tokens: &[&str], over: &[Range<u64>], confidence: f32) -> Vec<Word> {
    let all_ms: u64 = over.iter().map(|stretch| stretch.end.saturating_sub(stretch.start)).sum();
    let weight = |token: &&str| token.chars().count() as u64 + 1;
    let whole: u64 = tokens.iter().map(weight).sum::<u64>().max(1);
    let mut before = 0;
    let word = |token: &&str| {
        let (from, to) = (before * all_ms / whole, (before + weight(token)) * all_ms / whole);
        before += weight(token);
        Word {
            text: (*token).to_owned(),
            start_ms: moment(over, from, false),
            end_ms: moment(over, to, true),
            confidence,
        }
    };
    tokens.iter().map(word).collect()
}

/// The moment that lies so far into stretches of time; on a border an end belongs to the one before.
fn moment(over: &[Range<u64>], mut into: u64, is_end: bool) -> u64 {
    for stretch in over {
        let length = stretch.end.saturating_sub(stretch.start);
        if into < length || (is_end && into == length) {
            return stretch.start + into;
        }
        into -= length;
    }
    over.last().map_or(0, |stretch| stretch.end.max(stretch.start))
}

/// The same words, none before the one that goes before it, none outside the piece.
fn in_order(mut words: Vec<Word>, length_ms: u64) -> Vec<Word> {
    let mut reached = 0;
    for word in &mut words {
        word.start_ms = word.start_ms.max(reached).min(length_ms);
        word.end_ms = word.end_ms.max(word.start_ms).min(length_ms);
        reached = word.start_ms;
    }
    words
}

fn timed_word(text: &str, said: &Said) -> Word {
    Word { text: text.to_owned(), start_ms: ms(said.start), end_ms: ms(said.end), confidence: confidence(said) }
}

fn confidence(said: &Said) -> f32 {
    said.confidence.filter(|sure| sure.is_finite()).map_or(UNTOLD, |sure| sure.clamp(0.0, 1.0) as f32)
}

fn ms(seconds: f64) -> u64 {
    (seconds.max(0.0) * 1_000.0).round() as u64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::chunks::Span;

    /// A word or a segment, from when to when, in seconds.
    type Stretch<'a> = (&'a str, f64, f64);

    fn said(text: &str, start: f64, end: f64) -> Said {
        Said { text: text.to_owned(), start, end, confidence: None }
    }

    fn answer(text: &str, words: &[(&str, f64, f64)], segments: &[(&str, f64, f64)]) -> Answer {
        let all = |list: &[(&str, f64, f64)]| list.iter().map(|&(text, start, end)| said(text, start, end)).collect();
        Answer { text: text.to_owned(), words: all(words), segments: all(segments), duration: None }
    }

    fn shown(words: Option<Vec<Word>>) -> String {
        let words = words.map(|words| {
            words.iter().map(|word| format!("{}@{}-{}", word.text, word.start_ms, word.end_ms)).collect::<Vec<_>>()
        });
        words.map_or_else(|| "none".to_owned(), |words| words.join(" "))
    }

    #[test]
    fn the_text_keeps_its_punctuation_and_takes_the_times_of_the_words() {
        let answer = answer("Se abre, señores.", &[("se", 0.1, 0.3), ("abre", 0.3, 0.8), ("señores", 1.0, 1.6)], &[]);
        assert_eq!(shown(timed(&answer, 10_000)), "Se@100-300 abre,@300-800 señores.@1000-1600");
    }

    #[test]
    fn a_word_that_is_written_otherwise_gets_the_time_of_what_it_stands_for() {
        let words =
            [("el", 0.0, 0.2), ("veinte", 0.2, 0.5), ("por", 0.5, 0.6), ("ciento", 0.6, 1.0), ("hoy", 1.0, 1.4)];
        assert_eq!(shown(timed(&answer("El 20% hoy", &words, &[]), 5_000)), "El@0-200 20%@200-1000 hoy@1000-1400");
    }

    #[test]
    fn a_text_that_has_nothing_to_do_with_its_words_gives_way_to_them() {
        let words = [("uno", 0.0, 0.5), ("dos", 0.5, 1.0)];
        assert_eq!(shown(timed(&answer("gracias por ver el video", &words, &[]), 5_000)), "uno@0-500 dos@500-1000");
    }

    #[test]
    fn without_words_those_of_a_segment_share_its_time() {
        let answer = answer("uno dos", &[], &[("uno dos", 1.0, 1.8)]);
        assert_eq!(shown(timed(&answer, 5_000)), "uno@1000-1400 dos@1400-1800");
    }

    #[test]
    fn times_that_cannot_be_those_of_the_piece_are_not_believed() {
        let lies: [(&str, &[Stretch]); 5] = [
            ("behind its end", &[("a", 0.0, 1.0), ("b", 70.0, 71.0)]),
            ("in milliseconds", &[("a", 0.0, 400.0), ("b", 400.0, 900.0)]),
            ("beginning anew", &[("a", 8.0, 9.0), ("b", 0.0, 1.0)]),
            ("ending before they begin", &[("a", 3.0, 2.0)]),
            ("none at all", &[("a", f64::NAN, f64::NAN)]),
        ];
        for (what, words) in lies {
            assert_eq!(timed(&answer("a b", words, &[]), 10_000), None, "{what}");
            let saved = timed(&answer("a b", words, &[("a b", 1.0, 2.0)]), 10_000);
            assert_eq!(saved.unwrap().len(), 2, "{what}: the segments are believed");
        }
    }

    #[test]
    fn times_as_the_server_of_whisper_cpp_has_them_are_believed() {
        // The first word ends before it begins, and the last goes on to the end of the window it was heard in.
        let words = [("Muy", 0.6, 0.28), ("buenos", 0.6, 0.85), ("días", 9.2, 29.8)];
        let heard = timed(&answer("Muy buenos días", &words, &[]), 10_000);
        assert_eq!(shown(heard), "Muy@600-600 buenos@600-850 días@9200-10000");
    }

    #[test]
    fn a_sentence_in_no_time_is_not_believed() {
        let words: Vec<(&str, f64, f64)> = (0..20).map(|_| ("palabra", 0.0, 0.0)).collect();
        assert_eq!(timed(&answer(&["palabra"; 20].join(" "), &words, &[]), 10_000), None);
    }

    #[test]
    fn a_server_that_heard_only_the_beginning_is_not_believed() {
        let whole = answer("uno", &[("uno", 0.0, 0.5)], &[]);
        assert!(timed(&Answer { duration: Some(299.0), ..whole.clone() }, 300_000).is_some());
        assert_eq!(timed(&Answer { duration: Some(30.0), ..whole }, 300_000), None);
    }

    #[test]
    fn text_without_times_has_none_and_silence_needs_none() {
        assert_eq!(timed(&answer("Buenos días", &[], &[]), 5_000), None);
        assert_eq!(timed(&answer("", &[], &[]), 5_000), Some(Vec::new()));
    }

    #[test]
    fn text_without_times_is_spread_over_the_speech_of_a_chunk() {
        // Speech from 1 s to 2 s, and again from 5 s on; the silence from 3 s to 4 s was left out.
        let pieces = vec![Span { start: 0, end: 48_000 }, Span { start: 64_000, end: 96_000 }];
        let speech = vec![Span { start: 16_000, end: 32_000 }, Span { start: 80_000, end: 96_000 }];
        let span = Span { start: 0, end: 96_000 };
        let chunk = Chunk { index: 0, span, pieces, speech, overlap: 0, pcm: vec![0; 80_000] };
        assert_eq!(shown(Some(over_speech("uno dos", &chunk))), "uno@1000-2000 dos@4000-5000");
    }

    proptest! {
        #[test]
        fn whatever_is_believed_lies_in_the_piece_and_in_order(
            times in prop::collection::vec((-2.0_f64..40.0, -1.0_f64..3.0), 1..30), length in 1_000_u64..30_000,
        ) {
            let words: Vec<Said> = times.iter().map(|&(start, lasts)| said("x", start, start + lasts)).collect();
            let answer = Answer { text: vec!["x"; words.len()].join(" "), words, ..Answer::default() };
            if let Some(words) = timed(&answer, length) {
                prop_assert!(words.iter().all(|word| word.start_ms <= word.end_ms && word.end_ms <= length));
                prop_assert!(words.windows(2).all(|pair| pair[0].start_ms <= pair[1].start_ms));
            }
        }

        #[test]
        fn every_word_of_a_text_is_kept(text in "[a-zñ]{1,8}( [a-zñ]{1,8}){0,12}") {
            let span = Span { start: 0, end: 160_000 };
            let chunk =
                Chunk { index: 0, span, pieces: vec![span], speech: vec![span], overlap: 0, pcm: vec![0; 160_000] };
            let words: Vec<String> = over_speech(&text, &chunk).into_iter().map(|word| word.text).collect();
            prop_assert_eq!(words.join(" "), text);
        }
    }
}
