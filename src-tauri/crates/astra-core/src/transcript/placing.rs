//! From the clock of a chunk's audio, which engines know, to the clock of the recording.

use crate::chunks::{Chunk, recording_end_ms, recording_ms, samples_to_ms};

use super::Word;

/// The words heard in `chunk`, moved from milliseconds of its audio to milliseconds of its
/// recording.
///
/// A word never reaches over a silence that was left out: it is cut to the piece of audio that
/// holds most of it. Times past the end of the audio become its end.
pub fn words_to_recording(chunk: &Chunk, heard_words: Vec<Word>) -> Vec<Word> {
    let audio_ms = samples_to_ms(chunk.pieces.iter().map(|piece| piece.len()).sum());
    heard_words
        .into_iter()
        .map(|mut word| {
            let (start, end) = (word.start_ms.min(audio_ms), word.end_ms.max(word.start_ms).min(audio_ms));
            let (start, end) = in_one_piece(chunk, start, end);
            word.start_ms = recording_ms(&chunk.pieces, start);
            // A word of no length on a border has its end before its start, on the other side.
            word.end_ms = recording_end_ms(&chunk.pieces, end).max(word.start_ms);
            word
        })
        .collect()
}

/// What is left of `start..end`, milliseconds of audio, in the piece that holds most of it; the
/// first piece of equals.
fn in_one_piece(chunk: &Chunk, start: u64, end: u64) -> (u64, u64) {
    let mut best = (0, (start, end));
    let mut border = 0;
    for piece in &chunk.pieces {
        let (from, to) = (samples_to_ms(border), samples_to_ms(border + piece.len()));
        border += piece.len();
        let (from, to) = (from.max(start), to.min(end));
        if to > from && to - from > best.0 {
            best = (to - from, (from, to));
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::words;
    use super::*;
    use crate::chunks::{Span, ms_to_samples};

    /// A chunk made of the given stretches of the recording, in milliseconds.
    fn chunk(pieces: &[(u64, u64)]) -> Chunk {
        let span = |&(start, end): &(u64, u64)| Span { start: ms_to_samples(start), end: ms_to_samples(end) };
        let pieces: Vec<Span> = pieces.iter().map(span).collect();
        let whole = Span { start: pieces[0].start, end: pieces[pieces.len() - 1].end };
        Chunk { index: 0, span: whole, pieces, speech: Vec::new(), overlap: 0, pcm: Vec::new() }
    }

    fn placed(times: &[(&str, u64, u64)]) -> Vec<(u64, u64)> {
        // 2 s from 10 s on, 3 s from 20 s on.
        let words = words_to_recording(&chunk(&[(10_000, 12_000), (20_000, 23_000)]), words(times));
        words.iter().map(|word| (word.start_ms, word.end_ms)).collect()
    }

    #[test]
    fn words_are_moved_with_their_piece() {
        assert_eq!(placed(&[("a", 100, 500), ("b", 2_100, 2_500)]), [(10_100, 10_500), (20_100, 20_500)]);
    }

    #[test]
    fn a_word_that_ends_or_starts_on_a_border_stays_on_its_side() {
        assert_eq!(placed(&[("a", 1_500, 2_000), ("b", 2_000, 2_500)]), [(11_500, 12_000), (20_000, 20_500)]);
    }

    #[test]
    fn a_word_over_a_silence_is_cut_to_the_piece_with_most_of_it() {
        assert_eq!(placed(&[("a", 1_200, 2_300)]), [(11_200, 12_000)]);
        assert_eq!(placed(&[("a", 1_900, 2_300)]), [(20_000, 20_300)]);
    }

    #[test]
    fn times_past_the_audio_and_backwards_are_mended() {
        assert_eq!(
            placed(&[("a", 4_900, 9_000), ("b", 9_000, 9_100), ("c", 700, 600), ("d", 2_000, 2_000)]),
            [(22_900, 23_000), (23_000, 23_000), (10_700, 10_700), (20_000, 20_000)]
        );
    }

    proptest! {
        #[test]
        fn every_word_lies_in_one_piece(start in 0_u64..6_000, length in 0_u64..6_000) {
            let (from, to) = placed(&[("a", start, start + length)])[0];
            prop_assert!(from <= to);
            prop_assert!((10_000 <= from && to <= 12_000) || (20_000 <= from && to <= 23_000));
        }
    }
}
