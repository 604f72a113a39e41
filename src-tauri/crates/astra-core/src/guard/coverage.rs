//! Whether all speech gave text: for one chunk as a fault, for recordings as figures.

use std::ops::Range;

use crate::transcript::Word;

use super::stretches::{bridged, length, merged, shared, widened, without};
use super::{Coverage, Doubt, Evidence, Fault};

/// A word answers for the speech this close to it, in milliseconds.
const REACH_MS: u64 = 1_000;

/// Engines stretch the last word before a silence or a loss; no word is believed to be longer.
const LONGEST_WORD_MS: u64 = 2_000;

/// Speech at least this long without a word in reach is missing from the text, in milliseconds.
const MISSING_MS: u64 = 3_000;

/// The same where there is no word at all: shorter, but more than a cough.
const MISSING_ALL_MS: u64 = 1_500;

/// Doubts of one kind this close are one passage to listen to: the pause between is a breath.
const ONE_PASSAGE_MS: u64 = 2_000;

/// One chunk's share of the recording: what it answers for, and with what. All moments are
/// milliseconds of one clock.
#[derive(Debug, Clone)]
pub struct Answered<'a> {
    /// From where to where it answers, overlap included.
    pub span: Range<u64>,
    /// Where the voice detector heard speech.
    pub speech: &'a [Range<u64>],
    /// What was heard.
    pub words: &'a [Word],
    /// What is still wrong with it.
    pub faults: &'a [Fault],
}

impl Coverage {
    /// The coverage of a recording of `audio_ms` by its `chunks`, in order. Speech that two
    /// chunks share counts once. Text that stayed doubtful covers, and is a doubt.
    pub fn new(audio_ms: u64, chunks: &[Answered]) -> Self {
        let speech = clipped(chunks.iter().flat_map(|chunk| chunk.speech), audio_ms);
        let reach = reach(chunks.iter().flat_map(|chunk| chunk.words));
        let uncovered = without(&speech, &reach);
        let speech_ms = length(&speech);
        let mut doubts: Vec<Doubt> = Vec::new();
        for chunk in chunks {
            let own = clipped(chunk.speech.iter(), audio_ms);
            for &fault in chunk.faults {
                let stretches = match fault {
                    // These are about what is missing, not about the chunk.
                    Fault::Uncovered => {
                        without(&own, &reach).into_iter().filter(|one| one.end - one.start >= MISSING_ALL_MS).collect()
                    }
                    // All of it: a voice the detector missed was not heard either.
                    Fault::Unheard => clipped(std::iter::once(&chunk.span), audio_ms),
                    _ => vec![extent(&own, chunk.words, audio_ms)],
                };
                let stretches = stretches.into_iter().filter(|stretch| !stretch.is_empty());
                doubts.extend(stretches.map(|s| Doubt { start_ms: s.start, end_ms: s.end, fault }));
            }
        }
        // Losses at the edges of chunks are too short for each chunk's own judgement.
        let missing = uncovered.iter().filter(|stretch| stretch.end - stretch.start >= MISSING_MS);
        for stretch in missing {
            let known = |doubt: &Doubt| matches!(doubt.fault, Fault::Uncovered | Fault::Unheard);
            let known: Vec<_> = doubts.iter().filter(|doubt| known(doubt)).map(|d| d.start_ms..d.end_ms).collect();
            if shared(stretch, &merged(known)) < stretch.end - stretch.start {
                doubts.push(Doubt { start_ms: stretch.start, end_ms: stretch.end, fault: Fault::Uncovered });
            }
        }
        Self { audio_ms, speech_ms, covered_ms: speech_ms - length(&uncovered), doubts: joined(doubts) }
    }

    /// Adds the coverage of another recording of the same session, which starts at `offset_ms` of
    /// this one's clock.
    pub fn add(&mut self, other: &Self, offset_ms: u64) {
        self.audio_ms += other.audio_ms;
        self.speech_ms += other.speech_ms;
        self.covered_ms += other.covered_ms;
        let shifted = other.doubts.iter().map(|doubt| Doubt {
            start_ms: doubt.start_ms + offset_ms,
            end_ms: doubt.end_ms + offset_ms,
            fault: doubt.fault,
        });
        self.doubts.extend(shifted);
        self.doubts.sort_by_key(|doubt| (doubt.start_ms, doubt.end_ms, doubt.fault));
    }
}

/// Whether a chunk holds speech that gave no text.
pub(super) fn is_uncovered(evidence: &Evidence) -> bool {
    if evidence.words.is_empty() {
        return length(&evidence.speech) >= MISSING_ALL_MS;
    }
    let uncovered = without(&merged(evidence.speech.clone()), &reach(evidence.words.iter()));
    uncovered.iter().any(|stretch| stretch.end - stretch.start >= MISSING_MS)
}

/// The stretches that words answer for.
fn reach<'a>(words: impl Iterator<Item = &'a Word>) -> Vec<Range<u64>> {
    let times = words.map(|word| {
        let end_ms = word.end_ms.min(word.start_ms + LONGEST_WORD_MS).max(word.start_ms);
        word.start_ms..end_ms + 1
    });
    widened(&times.collect::<Vec<_>>(), REACH_MS)
}

fn clipped<'a>(stretches: impl Iterator<Item = &'a Range<u64>>, audio_ms: u64) -> Vec<Range<u64>> {
    merged(stretches.map(|stretch| stretch.start..stretch.end.min(audio_ms)).collect())
}

/// From the first to the last moment of a chunk's speech and words.
fn extent(speech: &[Range<u64>], words: &[Word], audio_ms: u64) -> Range<u64> {
    let starts = speech.first().map(|one| one.start).into_iter().chain(words.first().map(|word| word.start_ms));
    let ends = speech.last().map(|one| one.end).into_iter().chain(words.iter().map(|word| word.end_ms).max());
    starts.min().unwrap_or(0)..ends.max().unwrap_or(0).min(audio_ms)
}

/// The doubts in order, those of one fault that touch made one.
fn joined(doubts: Vec<Doubt>) -> Vec<Doubt> {
    let mut faults: Vec<Fault> = doubts.iter().map(|doubt| doubt.fault).collect();
    faults.sort();
    faults.dedup();
    let of_fault = |fault: Fault| {
        let ranges = doubts.iter().filter(|doubt| doubt.fault == fault).map(|doubt| doubt.start_ms..doubt.end_ms);
        let near = bridged(merged(ranges.collect()), ONE_PASSAGE_MS);
        near.into_iter().map(move |s| Doubt { start_ms: s.start, end_ms: s.end, fault })
    };
    let mut result: Vec<Doubt> = faults.iter().flat_map(|&fault| of_fault(fault)).collect();
    result.sort_by_key(|doubt| (doubt.start_ms, doubt.end_ms, doubt.fault));
    result
}

#[cfg(test)]
#[expect(clippy::single_range_in_vec_init, reason = "one stretch of speech is what is meant")]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::{faults, said, spaced};
    use super::*;

    fn answered<'a>(speech: &'a [Range<u64>], words: &'a [Word], faults: &'a [Fault]) -> Answered<'a> {
        let span = speech.first().map_or(0, |first| first.start)..speech.last().map_or(0, |last| last.end);
        Answered { span, speech, words, faults }
    }

    #[test]
    fn speech_without_any_word_is_uncovered_unless_it_is_a_cough() {
        let stretch = |range: Range<u64>| [range];
        assert_eq!(faults(&stretch(0..1_500), Vec::new()), [Fault::Uncovered]);
        assert_eq!(faults(&stretch(0..1_400), Vec::new()), []);
    }

    #[test]
    fn three_seconds_of_speech_out_of_reach_of_words_are_uncovered() {
        let words = || said(0, "en cuanto al segundo punto del orden del día de hoy");
        // The last word ends at 3.25 s and reaches to 4.25 s.
        let until = |end: u64| [0..end];
        assert_eq!(faults(&until(7_200), words()), []);
        assert_eq!(faults(&until(7_400), words()), [Fault::Uncovered]);
    }

    #[test]
    fn a_hole_between_words_is_uncovered() {
        let mut words = said(0, "en cuanto al segundo punto del orden del día de hoy");
        words.extend(said(9_000, "se aprueba por unanimidad de los presentes en esta sesión"));
        assert_eq!(faults(&[0..12_000], words), [Fault::Uncovered]);
    }

    #[test]
    fn a_word_stretched_over_a_loss_does_not_hide_it() {
        let mut words = said(0, "en cuanto al segundo punto del orden del día de hoy");
        words[10].end_ms = 12_000;
        assert_eq!(faults(&[0..12_000], words), [Fault::Uncovered]);
    }

    #[test]
    fn shared_speech_counts_once_and_doubts_are_joined() {
        let words = spaced(0, 1_000, "a b c d e f g h i j");
        let chunks = [
            answered(&[0..10_000], &words, &[Fault::Loop]),
            answered(&[8_500..20_000], &[], &[Fault::Unheard]),
            answered(&[18_500..30_000], &[], &[Fault::Unheard]),
        ];
        let coverage = Coverage::new(40_000, &chunks);
        assert_eq!((coverage.audio_ms, coverage.speech_ms, coverage.covered_ms), (40_000, 30_000, 10_251));
        let doubt = |start_ms, end_ms, fault| Doubt { start_ms, end_ms, fault };
        assert_eq!(coverage.doubts, [doubt(0, 10_000, Fault::Loop), doubt(8_500, 30_000, Fault::Unheard)]);
    }

    #[test]
    fn what_nobody_listened_to_is_a_doubt_even_without_a_voice_in_it() {
        let chunk = Answered { span: 2_000..9_000, speech: &[], words: &[], faults: &[Fault::Unheard] };
        let coverage = Coverage::new(8_000, &[chunk]);
        assert_eq!(coverage.doubts, [Doubt { start_ms: 2_000, end_ms: 8_000, fault: Fault::Unheard }]);
    }

    #[test]
    fn uncovered_speech_is_a_doubt_only_where_it_is() {
        let words = said(0, "en cuanto al segundo punto del orden del día de hoy");
        let coverage = Coverage::new(20_000, &[answered(&[0..9_251], &words, &[Fault::Uncovered])]);
        assert_eq!(coverage.doubts, [Doubt { start_ms: 4_251, end_ms: 9_251, fault: Fault::Uncovered }]);
        assert_eq!(coverage.covered_ms, 4_251);
    }

    #[test]
    fn a_breath_beside_uncovered_speech_is_no_doubt() {
        let words = said(5_000, "hola");
        let coverage = Coverage::new(20_000, &[answered(&[0..3_500, 6_000..6_800], &words, &[Fault::Uncovered])]);
        assert_eq!(coverage.doubts, [Doubt { start_ms: 0, end_ms: 3_500, fault: Fault::Uncovered }]);
    }

    #[test]
    fn a_loss_on_both_sides_of_a_cut_is_found_though_no_chunk_complained() {
        let (before, after) = (said(0, "hola"), said(9_000, "hola"));
        let chunks = [answered(&[0..3_200], &before, &[]), answered(&[3_200..10_000], &after, &[])];
        let coverage = Coverage::new(10_000, &chunks);
        assert_eq!(coverage.doubts, [Doubt { start_ms: 1_251, end_ms: 8_000, fault: Fault::Uncovered }]);
    }

    #[test]
    fn recordings_are_added_on_the_clock_of_the_session() {
        let mut session = Coverage::new(10_000, &[answered(&[0..2_000], &[], &[Fault::Unheard])]);
        session.add(&session.clone(), 10_000);
        assert_eq!((session.audio_ms, session.speech_ms, session.covered_ms), (20_000, 4_000, 0));
        assert_eq!(session.doubts[1], Doubt { start_ms: 10_000, end_ms: 12_000, fault: Fault::Unheard });
    }

    /// What an [`Answered`] borrows.
    type Owned = (Vec<Range<u64>>, Vec<Word>, Vec<Fault>);

    fn chunks() -> impl Strategy<Value = Vec<Owned>> {
        let stretch = (0_u64..60_000, 0_u64..9_000).prop_map(|(start, length)| start..start + length);
        let word = (0_u64..60_000, 0_u64..9_000).prop_map(|(start_ms, length)| Word {
            text: "a".to_owned(),
            start_ms,
            end_ms: start_ms + length,
            confidence: 1.0,
        });
        let fault = prop::sample::select(vec![Fault::Loop, Fault::TooFast, Fault::Uncovered, Fault::Unheard]);
        let chunk = (
            prop::collection::vec(stretch, 0..5),
            prop::collection::vec(word, 0..5),
            prop::collection::vec(fault, 0..3),
        );
        prop::collection::vec(chunk, 0..5)
    }

    proptest! {
        #[test]
        fn what_is_covered_was_said_and_what_was_said_is_audio(chunks in chunks(), audio_ms in 0_u64..70_000) {
            let answered: Vec<Answered> = chunks.iter().map(|(s, w, f)| answered(s, w, f)).collect();
            let coverage = Coverage::new(audio_ms, &answered);
            prop_assert!(coverage.covered_ms <= coverage.speech_ms);
            prop_assert!(coverage.speech_ms <= coverage.audio_ms);
            for pair in coverage.doubts.windows(2) {
                prop_assert!(pair[0].start_ms <= pair[1].start_ms);
            }
            for doubt in &coverage.doubts {
                prop_assert!(doubt.start_ms < doubt.end_ms && doubt.end_ms <= audio_ms);
                let same = coverage.doubts.iter().filter(|other| other.fault == doubt.fault && *other != doubt);
                for other in same {
                    prop_assert!(other.end_ms < doubt.start_ms || doubt.end_ms < other.start_ms);
                }
            }
        }
    }
}
