//! Chunks packed into pieces, which are what is sent: a request for each half minute would be paid in time. What was
//! heard in a piece goes back to the chunks it was made of.

use std::ops::Range;

use crate::chunks::{Chunk, samples_to_ms};
use crate::transcript::Word;

/// The shortest piece worth a request of its own while there are more, in milliseconds.
const SHORTEST_MS: u64 = 5 * 60_000;

/// The longest piece, in milliseconds, unless the server wants less.
pub const LONGEST_MS: u64 = 10 * 60_000;

/// The shortest sound that servers take, in samples: one second.
const SHORTEST_SOUND: usize = 16_000;

/// Which chunks go into which piece, in order: as few pieces as keep `parallel` requests busy, about equally long, none
/// much longer than `longest_ms`.
pub fn plan(chunks: &[&Chunk], parallel: usize, longest_ms: u64) -> Vec<Range<usize>> {
    let all: u64 = chunks.iter().map(|chunk| chunk.pcm.len() as u64).sum();
    let all_ms = samples_to_ms(all);
    let busy = (all_ms / SHORTEST_MS).min(parallel as u64);
    let count = all_ms.div_ceil(longest_ms.max(1)).max(busy).clamp(1, chunks.len().max(1) as u64);
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let (mut before, mut last) = (0, None);
    for (at, chunk) in chunks.iter().enumerate() {
        let length = chunk.pcm.len() as u64;
        // A chunk belongs where its middle lies.
        let piece = ((before + length / 2) * count / all.max(1)).min(count - 1);
        before += length;
        match pieces.last_mut() {
            Some(open) if last == Some(piece) => open.end = at + 1,
            _ => pieces.push(at..at + 1),
        }
        last = Some(piece);
    }
    pieces
}

/// Some chunks as one sound.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// Mono samples; whoever sends them may take them away.
    pub pcm: Vec<i16>,
    /// For each chunk, where in `pcm` its first sample would lie, and where its last one ends. What it shares with the
    /// chunk before comes once, and belongs to both.
    places: Vec<Range<usize>>,
    /// How much of `pcm` is sound of the chunks.
    sound: usize,
}

impl Piece {
    /// Puts chunks into one sound, in order. A very short one is followed by silence.
    pub fn of(chunks: &[&Chunk]) -> Self {
        let mut pcm: Vec<i16> = Vec::with_capacity(chunks.iter().map(|chunk| chunk.pcm.len()).sum());
        let mut places = Vec::with_capacity(chunks.len());
        let mut reached = None;
        for chunk in chunks {
            let follows = reached == Some(chunk.span.start + chunk.overlap);
            let overlap = if follows { usize::try_from(chunk.overlap).unwrap_or_default() } else { 0 };
            let shared = overlap.min(chunk.pcm.len()).min(pcm.len());
            reached = Some(chunk.span.end);
            let start = pcm.len() - shared;
            pcm.extend_from_slice(&chunk.pcm[shared..]);
            places.push(start..pcm.len());
        }
        let sound = pcm.len();
        if sound < SHORTEST_SOUND {
            pcm.resize(SHORTEST_SOUND, 0);
        }
        Self { pcm, places, sound }
    }

    /// How long its sound is, in milliseconds.
    pub fn length_ms(&self) -> u64 {
        samples_to_ms(self.sound as u64)
    }

    /// The words of each chunk, on the clock of that chunk's audio. A word belongs to the chunk its middle lies in;
    /// one in what two chunks share belongs to both, and one behind the end to the last.
    pub fn words_of_chunks(&self, words: &[Word]) -> Vec<Vec<Word>> {
        let last = self.places.len().saturating_sub(1);
        let own = |(at, place): (usize, &Range<usize>)| {
            let (start_ms, end_ms) = (samples_to_ms(place.start as u64), samples_to_ms(place.end as u64));
            let holds = |word: &&Word| {
                let middle = word.start_ms.midpoint(word.end_ms);
                middle >= start_ms && (middle < end_ms || at == last)
            };
            let local = |ms: u64| ms.clamp(start_ms, end_ms) - start_ms;
            let moved =
                |word: &Word| Word { start_ms: local(word.start_ms), end_ms: local(word.end_ms), ..word.clone() };
            words.iter().filter(holds).map(moved).collect()
        };
        self.places.iter().enumerate().map(own).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::chunks::Span;

    /// Chunks of so many milliseconds, each sharing so many with the one before.
    fn chunks(lengths: &[(u64, u64)]) -> Vec<Chunk> {
        let mut reached = 0;
        let chunk = |&(ms, overlap_ms): &(u64, u64)| {
            let span = Span { start: reached - overlap_ms * 16, end: reached + (ms - overlap_ms) * 16 };
            reached = span.end;
            let pcm = vec![1; ms as usize * 16];
            Chunk { index: 0, span, pieces: vec![span], speech: vec![span], overlap: overlap_ms * 16, pcm }
        };
        lengths.iter().map(chunk).collect()
    }

    fn piece(lengths: &[(u64, u64)]) -> Piece {
        Piece::of(&chunks(lengths).iter().collect::<Vec<_>>())
    }

    fn word(text: &str, start_ms: u64, end_ms: u64) -> Word {
        Word { text: text.to_owned(), start_ms, end_ms, confidence: 1.0 }
    }

    fn minutes(counts: usize, parallel: usize) -> Vec<usize> {
        let chunks = chunks(&vec![(30_000, 0); counts * 2]);
        plan(&chunks.iter().collect::<Vec<_>>(), parallel, LONGEST_MS)
            .into_iter()
            .map(|piece| piece.len() / 2)
            .collect()
    }

    #[test]
    fn pieces_last_from_five_to_ten_minutes_and_keep_every_request_busy() {
        assert_eq!(minutes(20, 4), [5, 5, 5, 5]);
        assert_eq!(minutes(12, 4), [6, 6]);
        assert_eq!(minutes(7, 4), [7]);
        assert_eq!(minutes(1, 4), [1]);
        assert_eq!(minutes(40, 2), [10, 10, 10, 10]);
    }

    #[test]
    fn words_go_back_to_their_chunks_on_the_clock_of_each() {
        let piece = piece(&[(2_000, 0), (3_000, 0)]);
        let words = [word("uno", 500, 900), word("dos", 1_900, 2_400), word("tres", 4_800, 5_600)];
        let of_chunks = piece.words_of_chunks(&words);
        assert_eq!(of_chunks[0], [word("uno", 500, 900)]);
        assert_eq!(of_chunks[1], [word("dos", 0, 400), word("tres", 2_800, 3_000)]);
    }

    #[test]
    fn what_two_chunks_share_is_sent_once_and_belongs_to_both() {
        let piece = piece(&[(2_000, 0), (3_000, 500)]);
        assert_eq!(piece.length_ms(), 4_500);
        let of_chunks = piece.words_of_chunks(&[word("orden", 1_600, 1_900), word("día", 2_100, 2_300)]);
        assert_eq!(of_chunks[0], [word("orden", 1_600, 1_900)]);
        assert_eq!(of_chunks[1], [word("orden", 100, 400), word("día", 600, 800)]);
    }

    #[test]
    fn the_first_chunk_of_a_piece_keeps_what_it_shares_with_the_piece_before() {
        let chunks = chunks(&[(2_000, 0), (2_000, 500)]);
        let piece = Piece::of(&[&chunks[1]]);
        assert_eq!((piece.length_ms(), piece.pcm.len()), (2_000, 32_000));
    }

    #[test]
    fn chunks_that_do_not_follow_each_other_keep_all_of_their_sound() {
        let chunks = chunks(&[(2_000, 0), (2_000, 500), (2_000, 500)]);
        assert_eq!(Piece::of(&[&chunks[0], &chunks[2]]).length_ms(), 4_000);
    }

    #[test]
    fn a_very_short_sound_is_followed_by_silence() {
        let piece = piece(&[(300, 0)]);
        assert_eq!((piece.length_ms(), piece.pcm.len()), (300, SHORTEST_SOUND));
        assert_eq!(piece.words_of_chunks(&[word("sí", 100, 900)])[0], [word("sí", 100, 300)]);
    }

    proptest! {
        #[test]
        fn every_chunk_is_in_one_piece_and_in_order(
            lengths in prop::collection::vec(1_u64..30_000, 1..60), parallel in 1_usize..6,
        ) {
            let chunks = chunks(&lengths.iter().map(|&ms| (ms, 0)).collect::<Vec<_>>());
            let pieces = plan(&chunks.iter().collect::<Vec<_>>(), parallel, LONGEST_MS);
            let all: Vec<usize> = pieces.iter().cloned().flatten().collect();
            prop_assert_eq!(all, (0..chunks.len()).collect::<Vec<_>>());
        }

        #[test]
        fn no_word_is_lost(middles in prop::collection::vec(0_u64..9_000, 0..40)) {
            let piece = piece(&[(2_000, 0), (3_000, 700), (1_000, 0)]);
            let words: Vec<Word> = middles.iter().map(|&at| word("x", at, at)).collect();
            let held: usize = piece.words_of_chunks(&words).iter().map(Vec::len).sum();
            prop_assert!(held >= words.len());
        }
    }
}
