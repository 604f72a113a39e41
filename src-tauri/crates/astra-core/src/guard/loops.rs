//! Repetition: an engine that says the same over and over, told from people who do.

use std::collections::HashSet;

use super::Evidence;
use super::fold::Folded;
use super::stretches::shared;

/// The longest unit of words looked for.
const LONGEST_UNIT: usize = 6;

/// A unit this many times in a row is a loop, unless people could have said it.
const TIMES: usize = 4;

/// Texts shorter than this many tokens have no meaningful variety.
const VARIED_FROM: usize = 20;

/// Fewer different triples of tokens than this share is repetition. It stands for a zlib ratio of
/// 2.4, Whisper's own limit; a list of votes by name lies above 0.6.
const LEAST_VARIETY: f32 = 0.42;

/// Answers in a roll call lie at least this far apart, in milliseconds, plus the time to say them.
const APART_MS: u64 = 400;

/// The least time to say a letter, in milliseconds: 20 letters a second.
const LETTER_MS: u64 = 50;

/// In a roll call there are pauses: no more than this share of its time is speech.
const MOST_SPEECH: f32 = 0.85;

/// Whether the same words come over and over, and nobody could have said them so.
pub(super) fn is_loop(folded: &Folded, evidence: &Evidence) -> bool {
    let tokens = &folded.tokens;
    // What people did repeat counts once when variety is measured.
    let mut once: Vec<&str> = Vec::with_capacity(tokens.len());
    let mut start = 0;
    while start < tokens.len() {
        let Some((unit, times)) = repetition(&tokens[start..]) else {
            once.push(&tokens[start]);
            start += 1;
            continue;
        };
        if !is_roll_call(folded, evidence, start, unit, times) {
            return true;
        }
        once.extend(tokens[start..start + unit].iter().map(String::as_str));
        start += unit * times;
    }
    once.len() >= VARIED_FROM && variety(&once) < LEAST_VARIETY
}

/// The shortest unit with which `tokens` start that comes [`TIMES`] times or more in a row, and
/// how many times.
fn repetition(tokens: &[String]) -> Option<(usize, usize)> {
    (1..=LONGEST_UNIT).find_map(|unit| {
        let times = 1 + tokens.chunks_exact(unit).skip(1).take_while(|next| *next == &tokens[..unit]).count();
        (tokens.len() >= unit && times >= TIMES).then_some((unit, times))
    })
}

/// Whether a repetition can be real: every time far enough from the one before to be said, with
/// speech under each, and pauses between.
fn is_roll_call(folded: &Folded, evidence: &Evidence, start: usize, unit: usize, times: usize) -> bool {
    let letters: usize = folded.tokens[start..start + unit].iter().map(|token| token.chars().count()).sum();
    let apart_ms = APART_MS + LETTER_MS * letters as u64;
    let said: Vec<_> = (0..times).map(|n| folded.words(start + n * unit..start + (n + 1) * unit)).collect();
    let starts: Vec<u64> = said.iter().filter_map(|words| words.first().map(|word| word.start_ms)).collect();
    if starts.windows(2).any(|pair| pair[1].saturating_sub(pair[0]) < apart_ms) {
        return false;
    }
    let spoken = |from: u64| shared(&(from..from + apart_ms), &evidence.speech);
    if starts.iter().any(|&from| spoken(from) < apart_ms / 5) {
        return false;
    }
    let (first, last) = (starts[0], starts[starts.len() - 1]);
    shared(&(first..last), &evidence.speech) as f32 <= MOST_SPEECH * (last - first) as f32
}

/// The share of triples of tokens that are different from all others.
fn variety(tokens: &[&str]) -> f32 {
    let different: HashSet<&[&str]> = tokens.windows(3).collect();
    different.len() as f32 / tokens.windows(3).count().max(1) as f32
}

#[cfg(test)]
#[expect(clippy::single_range_in_vec_init, reason = "one stretch of speech is what is meant")]
mod tests {
    use super::super::Fault;
    use super::super::tests::{faults, said, spaced};

    const ALL: [std::ops::Range<u64>; 1] = [0..30_000];

    #[test]
    fn words_that_come_four_times_in_a_row_are_a_loop() {
        let text = "el informe no se puede no se puede no se puede no se puede aprobar";
        assert_eq!(faults(&[0..5_000], said(0, text)), [Fault::Loop]);
        let thrice = "el informe no se puede no se puede no se puede aprobar";
        assert_eq!(faults(&[0..4_000], said(0, thrice)), []);
    }

    #[test]
    fn accents_and_punctuation_do_not_hide_a_loop() {
        assert_eq!(faults(&[0..1_300], said(0, "Sí, si. SÍ; «sí»")), [Fault::Loop]);
    }

    #[test]
    fn long_sentences_that_repeat_are_a_loop() {
        let sentence = "se somete a consideración de la honorable plenaria el siguiente orden del día ";
        let found = faults(&[0..15_000], said(0, &sentence.repeat(3)));
        assert!(found.contains(&Fault::Loop), "{found:?}");
    }

    #[test]
    fn a_roll_call_is_no_loop() {
        let speech: Vec<_> = (0..8).map(|n| n * 2_000..n * 2_000 + 700).collect();
        assert_eq!(faults(&speech, spaced(0, 2_000, &"Presente. ".repeat(8))), []);
    }

    #[test]
    fn a_long_roll_call_is_no_lack_of_variety() {
        let speech: Vec<_> = (0..24).map(|n| n * 1_200..n * 1_200 + 700).collect();
        assert_eq!(faults(&speech, spaced(0, 1_200, &"Presente. ".repeat(24))), []);
    }

    #[test]
    fn dense_answers_are_no_roll_call() {
        let found = faults(&ALL, spaced(0, 600, &"Presente. ".repeat(8)));
        assert!(found.contains(&Fault::Loop), "{found:?}");
    }

    #[test]
    fn answers_that_nobody_gave_are_no_roll_call() {
        let found = faults(&[0..700, 2_000..2_700], spaced(0, 2_000, &"Presente. ".repeat(8)));
        assert!(found.contains(&Fault::Loop), "{found:?}");
    }

    #[test]
    fn repeated_words_under_one_unbroken_speech_are_no_roll_call() {
        let found = faults(&ALL, spaced(0, 2_000, &"Presente. ".repeat(14)));
        assert!(found.contains(&Fault::Loop), "{found:?}");
    }

    #[test]
    fn votes_by_name_are_no_loop() {
        let names = ["Acosta", "Bedoya", "Castro", "Duarte", "Escobar", "Franco", "Giraldo", "Henao"];
        let text: String = names.iter().map(|name| format!("concejal {name} vota positivo ")).collect();
        assert_eq!(faults(&[0..9_600], said(0, &text)), []);
    }
}
