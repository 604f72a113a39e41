//! Chunks become a transcript: one clock, no word twice, segments that can be read.

use super::overlap::seam;
use super::{Hearing, Part, Utterance, Word, breaks};

/// The segments of a session, whose recordings are `parts` in order of their offsets.
///
/// No word is added, dropped or changed, except that what two chunks heard in their overlap comes
/// once. Words that run backwards or out of their chunk are moved into order. A chunk with faults
/// and without words becomes a segment without words; a segment never mixes words of chunks with
/// different faults, and never spans two recordings.
pub fn join(parts: &[Part]) -> Vec<Utterance> {
    parts.iter().flat_map(part_segments).collect()
}

fn part_segments(part: &Part) -> Vec<Utterance> {
    pieces(part, Place::default(), true).into_iter().map(|piece| piece.utterance).collect()
}

/// A place among the words that are left of a recording's hearings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// Which hearing, from 0.
    pub(super) hearing: usize,
    /// Which word of it, from 0.
    pub(super) word: usize,
}

/// A segment with the words it was made of.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    /// Where its words begin.
    pub(super) from: Place,
    /// Where the next piece's words begin.
    pub(super) next: Place,
    /// The segment.
    pub(super) utterance: Utterance,
    /// Whether it stays like this whatever is heard next.
    pub(super) settled: bool,
}

/// The segments from a place on, where an earlier segment ended. `complete` says that nothing more
/// will be heard behind the last hearing.
pub(super) fn pieces(part: &Part, from: Place, complete: bool) -> Vec<Piece> {
    let hearings = &part.hearings;
    let words = words_of(hearings);
    let mut pieces = Vec::new();
    let mut first = from.hearing;
    while first < hearings.len() {
        let hearing = &hearings[first];
        if words[first].is_empty() && is_lost(hearing) {
            let settled = complete || first + 1 < hearings.len();
            let (from, next) = (Place { hearing: first, word: 0 }, Place { hearing: first + 1, word: 0 });
            pieces.push(Piece { from, next, utterance: silent_segment(part, first), settled });
            first += 1;
            continue;
        }
        // Segments run on over the cuts between chunks as long as the chunks are equally good.
        let left_out = if first == from.hearing { from.word } else { 0 };
        let mut run = words[first][left_out..].to_vec();
        let mut places: Vec<Place> =
            (left_out..words[first].len()).map(|word| Place { hearing: first, word }).collect();
        let mut next = first + 1;
        while next < hearings.len() && hearings[next].faults == hearing.faults && !is_lost(&hearings[next]) {
            run.extend_from_slice(&words[next]);
            places.extend((0..words[next].len()).map(|word| Place { hearing: next, word }));
            next += 1;
        }
        let before_ms = if first == from.hearing { word_before(hearings, &words, from) } else { None };
        let closed = complete || next < hearings.len();
        let certain_ms = hearings.last().map_or(0, |last| last.end_ms.saturating_sub(MOVED_BY_A_SEAM_MS));
        places.push(Place { hearing: next, word: 0 });
        for range in breaks::segments(&run, before_ms) {
            let foreseen = run.get(range.end + breaks::FORESIGHT - 1);
            let settled = closed || foreseen.is_some_and(|word| word.end_ms < certain_ms);
            let (from, next) = (places[range.start], places[range.end]);
            pieces.push(Piece { from, next, utterance: spoken_segment(part, &run[range], hearing), settled });
        }
        first = next;
    }
    pieces
}

/// This far before the end of a chunk its words are its own, whatever the next chunk hears, in
/// milliseconds: the longest overlap of two chunks is 1.5 s, and a seam looks a little further.
const MOVED_BY_A_SEAM_MS: u64 = 2_000;

/// The end of the word before a place, when it belongs to the same run of equally good chunks.
fn word_before(hearings: &[Hearing], words: &[Vec<Word>], place: Place) -> Option<u64> {
    if place.word > 0 {
        return words[place.hearing].get(place.word - 1).map(|word| word.end_ms);
    }
    let before = place.hearing.checked_sub(1)?;
    let same = hearings[before].faults == hearings[place.hearing].faults && !is_lost(&hearings[before]);
    if same { words[before].last().map(|word| word.end_ms) } else { None }
}

/// Whether a chunk gave no words although it should have.
fn is_lost(hearing: &Hearing) -> bool {
    hearing.words.is_empty() && !hearing.faults.is_empty()
}

fn spoken_segment(part: &Part, words: &[Word], hearing: &Hearing) -> Utterance {
    let shifted = |word: &Word| Word {
        start_ms: word.start_ms + part.offset_ms,
        end_ms: word.end_ms + part.offset_ms,
        ..word.clone()
    };
    let words: Vec<Word> = words.iter().map(shifted).collect();
    let start_ms = words.first().map_or(part.offset_ms, |word| word.start_ms);
    let end_ms = words.iter().map(|word| word.end_ms).max().unwrap_or(part.offset_ms);
    Utterance { words, ..Utterance::heard(part.recording, start_ms, end_ms, hearing.faults.clone()) }
}

/// The segment of a chunk without words: what no neighbour with words answers for.
fn silent_segment(part: &Part, at: usize) -> Utterance {
    let hearing = &part.hearings[at];
    let answers = |neighbour: Option<&Hearing>| neighbour.is_some_and(|one| !one.words.is_empty());
    let before = at.checked_sub(1).and_then(|before| part.hearings.get(before));
    let after = part.hearings.get(at + 1);
    let start_ms = if answers(before) { hearing.start_ms + hearing.overlap_ms } else { hearing.start_ms };
    let repeated_ms = if answers(after) { after.map_or(0, |after| after.overlap_ms) } else { 0 };
    let end_ms = hearing.end_ms.saturating_sub(repeated_ms).max(start_ms);
    let offset_ms = part.offset_ms;
    Utterance::heard(part.recording, start_ms + offset_ms, end_ms + offset_ms, hearing.faults.clone())
}

/// The words of each hearing, in order, without what the one before or after it also heard.
fn words_of(hearings: &[Hearing]) -> Vec<Vec<Word>> {
    let mut words: Vec<Vec<Word>> = hearings.iter().map(ordered).collect();
    for after in 1..hearings.len() {
        let hearing = &hearings[after];
        if hearing.overlap_ms == 0 || hearings[after - 1].end_ms <= hearing.start_ms {
            continue;
        }
        let overlap = hearing.start_ms..hearing.start_ms + hearing.overlap_ms;
        let (earlier, later) = words.split_at_mut(after);
        let (before, after) = (&mut earlier[after - 1], &mut later[0]);
        let (kept, left_out) = seam(before, after, &overlap);
        before.truncate(kept);
        after.drain(..left_out);
    }
    in_line(&mut words);
    words
}

/// The words of a hearing inside its chunk, starts never before the one before.
fn ordered(hearing: &Hearing) -> Vec<Word> {
    let mut reached = hearing.start_ms;
    let place = |word: &Word| {
        let start_ms = word.start_ms.clamp(reached, hearing.end_ms.max(reached));
        let end_ms = word.end_ms.min(hearing.end_ms).max(start_ms);
        reached = start_ms;
        Word { start_ms, end_ms, ..word.clone() }
    };
    hearing.words.iter().map(place).collect()
}

/// Puts the words of a whole recording in line: none starts before the one before it, and none
/// ends after the next one has started.
fn in_line(words: &mut [Vec<Word>]) {
    let mut all: Vec<&mut Word> = words.iter_mut().flatten().collect();
    let mut reached = 0;
    for word in &mut all {
        word.start_ms = word.start_ms.max(reached);
        word.end_ms = word.end_ms.max(word.start_ms);
        reached = word.start_ms;
    }
    for at in 1..all.len() {
        let next_start = all[at].start_ms;
        let word = &mut all[at - 1];
        word.end_ms = word.end_ms.min(next_start).max(word.start_ms);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::words;
    use super::super::words_to_recording;
    use super::*;
    use crate::chunks::{Chunk, Cutter, Ear, SAMPLE_RATE, ms_to_samples, samples_to_ms};
    use crate::guard::Fault;

    /// An ear that takes all loud sound for a voice.
    struct LoudIsVoice;

    impl Ear for LoudIsVoice {
        fn score(&mut self, frame: &[i16]) -> f32 {
            if frame.iter().any(|sample| *sample > 1_000) { 0.95 } else { 0.05 }
        }
    }

    /// What a perfect engine hears in a chunk of a recording with these words: those of which at
    /// least a third is in the audio, and half a word where the audio cuts one.
    fn listen(chunk: &Chunk, spoken: &[Word]) -> Hearing {
        let mut heard = Vec::new();
        let mut before = 0;
        for piece in &chunk.pieces {
            for word in spoken {
                let (start, end) = (word.start_ms.max(piece.start_ms()), word.end_ms.min(piece.end_ms()));
                let length = word.end_ms - word.start_ms;
                if end <= start || (end - start) * 3 < length {
                    continue;
                }
                let text =
                    if end - start < length * 9 / 10 { format!("{}medio", word.text) } else { word.text.clone() };
                let audio = |moment: u64| before + moment - piece.start_ms();
                heard.push(Word { text, start_ms: audio(start), end_ms: audio(end), confidence: 1.0 });
            }
            before += samples_to_ms(piece.len());
        }
        Hearing {
            start_ms: chunk.span.start_ms(),
            end_ms: chunk.span.end_ms(),
            overlap_ms: chunk.overlap * 1_000 / SAMPLE_RATE,
            words: words_to_recording(chunk, heard),
            faults: Vec::new(),
        }
    }

    fn hearing(span: (u64, u64), overlap_ms: u64, times: &[(&str, u64, u64)], faults: &[Fault]) -> Hearing {
        Hearing { start_ms: span.0, end_ms: span.1, overlap_ms, words: words(times), faults: faults.to_vec() }
    }

    fn part(recording: usize, offset_ms: u64, hearings: Vec<Hearing>) -> Part {
        Part { recording, offset_ms, hearings }
    }

    /// (start, end, text) of all segments.
    fn lines(segments: &[Utterance]) -> Vec<(u64, u64, String)> {
        segments.iter().map(|segment| (segment.start_ms, segment.end_ms, segment.text())).collect()
    }

    fn line(start_ms: u64, end_ms: u64, text: &str) -> (u64, u64, String) {
        (start_ms, end_ms, text.to_owned())
    }

    #[test]
    fn a_sentence_runs_on_over_a_cut() {
        let first = hearing((0, 28_000), 0, &[("queda", 27_000, 27_400), ("aprobada", 27_400, 27_900)], &[]);
        let second = hearing((28_000, 50_000), 0, &[("el", 28_100, 28_200), ("acta.", 28_200, 28_600)], &[]);
        assert_eq!(lines(&join(&[part(0, 0, vec![first, second])])), [line(27_000, 28_600, "queda aprobada el acta.")]);
    }

    #[test]
    fn a_segment_never_spans_two_recordings_and_lies_on_the_clock_of_the_session() {
        let one = || vec![hearing((0, 2_000), 0, &[("sigue", 0, 500)], &[])];
        let segments = join(&[part(0, 0, one()), part(1, 500, one())]);
        assert_eq!(lines(&segments), [line(0, 500, "sigue"), line(500, 1_000, "sigue")]);
        assert_eq!((segments[0].recording, segments[1].recording), (0, 1));
        assert_eq!(segments[1].words[0].start_ms, 500);
    }

    #[test]
    fn an_overlap_is_merged() {
        let first =
            hearing((0, 30_000), 0, &[("el", 28_300, 28_600), ("nuevo", 28_700, 29_300), ("acu", 29_700, 30_000)], &[]);
        let second = hearing(
            (28_496, 50_000),
            1_504,
            &[("nuevo", 28_750, 29_320), ("acuerdo", 29_700, 30_300), ("municipal", 30_300, 31_000)],
            &[],
        );
        let segments = join(&[part(0, 0, vec![first, second])]);
        assert_eq!(lines(&segments), [line(28_300, 31_000, "el nuevo acuerdo municipal")]);
    }

    #[test]
    fn words_behind_a_seam_start_no_earlier_than_those_before_it() {
        let first = hearing((0, 30_000), 0, &[("el", 29_000, 29_300)], &[]);
        let second = hearing((28_496, 50_000), 1_504, &[("el", 28_600, 28_800), ("acta", 28_800, 29_500)], &[]);
        let segments = join(&[part(0, 0, vec![first, second])]);
        let times: Vec<(u64, u64)> = segments[0].words.iter().map(|word| (word.start_ms, word.end_ms)).collect();
        assert_eq!(times, [(29_000, 29_000), (29_000, 29_500)]);
    }

    #[test]
    fn a_chunk_nobody_could_hear_is_a_segment_without_words() {
        let first = hearing((0, 30_000), 0, &[("hola", 29_000, 29_400)], &[]);
        let lost = hearing((28_496, 60_000), 1_504, &[], &[Fault::Unheard]);
        let last = hearing((58_496, 70_000), 1_504, &[("adiós", 58_600, 59_000)], &[]);
        let segments = join(&[part(0, 1_000, vec![first, lost, last])]);
        assert_eq!(
            lines(&segments),
            [line(30_000, 30_400, "hola"), line(31_000, 59_496, ""), line(59_600, 60_000, "adiós")]
        );
        assert_eq!(segments[1].faults, [Fault::Unheard]);
        assert!(segments[0].faults.is_empty() && segments[2].faults.is_empty());
    }

    #[test]
    fn a_chunk_without_words_and_without_fault_is_nothing() {
        let quiet = hearing((2_000, 5_000), 0, &[], &[]);
        let words = |at: u64| hearing((at, at + 2_000), 0, &[("sí", at + 800, at + 1_600)], &[]);
        let segments = join(&[part(0, 0, vec![words(0), quiet, words(5_000)])]);
        assert_eq!(segments.len(), 2);
    }

    #[test]
    fn doubtful_words_do_not_share_a_segment_with_sound_ones() {
        let sound = hearing((0, 1_000), 0, &[("uno", 100, 900)], &[]);
        let doubtful = hearing((1_000, 2_000), 0, &[("dos", 1_000, 1_900)], &[Fault::Loop]);
        let segments = join(&[part(0, 0, vec![sound, doubtful])]);
        assert_eq!(lines(&segments), [line(100, 900, "uno"), line(1_000, 1_900, "dos")]);
        assert_eq!(segments[1].faults, [Fault::Loop]);
    }

    #[test]
    fn words_that_run_backwards_or_out_of_their_chunk_are_put_in_line() {
        let wild = [("a", 900, 400), ("b", 300, 5_000), ("c", 1_200, 1_300), ("d", 9_000, 9_100)];
        let segments = join(&[part(0, 0, vec![hearing((500, 2_000), 0, &wild, &[])])]);
        let times: Vec<(u64, u64)> = segments[0].words.iter().map(|word| (word.start_ms, word.end_ms)).collect();
        assert_eq!(times, [(900, 900), (900, 1_200), (1_200, 1_300), (2_000, 2_000)]);
    }

    fn hearings() -> impl Strategy<Value = Vec<Hearing>> {
        let text = prop::sample::select(vec!["acta", "sí,", "Aprobado.", "¿Quién?", "ÁÉ"]);
        let word = (text, 0_u64..40_000, 0_u64..40_000);
        let faults = prop::sample::select(vec![vec![], vec![], vec![Fault::Loop], vec![Fault::Uncovered]]);
        let one = (prop::collection::vec(word, 0..20), 1_u64..30_000, 0_u64..5_000, faults);
        prop::collection::vec(one, 0..6).prop_map(|hearings| {
            let mut placed: Vec<Hearing> = Vec::new();
            for (words, length, pause, faults) in hearings {
                let start_ms = placed.last().map_or(0, |last| last.end_ms) + pause;
                let moved: Vec<_> = words.iter().map(|&(text, a, b)| (text, start_ms + a, start_ms + b)).collect();
                placed.push(hearing((start_ms, start_ms + length), 0, &moved, &faults));
            }
            placed
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn what_was_said_comes_out_once_at_its_time_through_all_cuts(
            stretches in prop::collection::vec((1_usize..200, prop_oneof![Just(0_u64), 30_u64..120, 300_u64..900], 0_u64..15_000), 1..6),
        ) {
            let (mut spoken, mut now) = (Vec::new(), 500);
            for (count, gap, silence) in stretches {
                for _ in 0..count {
                    let length = 250 + spoken.len() as u64 * 37 % 300;
                    spoken.push(Word { text: format!("p{}", spoken.len()), start_ms: now, end_ms: now + length, confidence: 1.0 });
                    now += length + gap;
                }
                now += silence;
            }
            let mut pcm = vec![15_i16; ms_to_samples(now) as usize];
            for word in &spoken {
                pcm[ms_to_samples(word.start_ms) as usize..ms_to_samples(word.end_ms) as usize].fill(8_000);
            }
            let mut cutter = Cutter::with(Box::new(LoudIsVoice));
            let mut chunks = cutter.push(&pcm);
            chunks.extend(cutter.finish());
            let hearings = chunks.iter().map(|chunk| listen(chunk, &spoken)).collect();
            let words: Vec<Word> = join(&[part(0, 0, hearings)]).into_iter().flat_map(|one| one.words).collect();
            let texts = |words: &[Word]| words.iter().map(|word| word.text.clone()).collect::<Vec<String>>();
            prop_assert_eq!(texts(&words), texts(&spoken));
            for (word, said) in words.iter().zip(&spoken) {
                prop_assert!(word.start_ms.abs_diff(said.start_ms) <= 64 && word.end_ms.abs_diff(said.end_ms) <= 64);
            }
        }

        #[test]
        fn all_words_are_kept_in_order_whatever_their_times(hearings in hearings(), offset_ms in 0_u64..100_000) {
            let expected: Vec<String> = hearings.iter().flat_map(|one| &one.words).map(|word| word.text.clone()).collect();
            let lost = hearings.iter().filter(|one| is_lost(one)).count();
            let segments = join(&[part(3, offset_ms, hearings)]);
            let kept: Vec<String> = segments.iter().flat_map(|one| &one.words).map(|word| word.text.clone()).collect();
            prop_assert_eq!(kept, expected);
            prop_assert_eq!(segments.iter().filter(|one| one.words.is_empty()).count(), lost);
            prop_assert!(segments.windows(2).all(|pair| pair[0].end_ms <= pair[1].start_ms));
            for segment in &segments {
                prop_assert!(offset_ms <= segment.start_ms && segment.start_ms <= segment.end_ms);
                prop_assert_eq!(segment.recording, 3);
                let mut reached = segment.start_ms;
                for word in &segment.words {
                    prop_assert!(reached <= word.start_ms && word.start_ms <= word.end_ms && word.end_ms <= segment.end_ms);
                    reached = word.start_ms;
                }
            }
        }
    }
}
