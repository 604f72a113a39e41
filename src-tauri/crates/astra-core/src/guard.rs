//! The guard between what an engine says and what is kept: it looks for text that nobody said
//! and for speech that gave no text. Pure: it only judges, whoever calls it listens again. It
//! never deletes a word: what stays doubtful is kept and said to be doubtful.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::chunks::{Chunk, Span, samples_to_ms};
use crate::engine::Ask;
use crate::transcript::Word;

use self::fold::Folded;

pub use self::coverage::Answered;

mod coverage;
mod drift;
mod echoes;
pub(crate) mod fold;
mod loops;
mod rates;
mod stock;
mod stretches;

/// What is wrong with what was heard in a chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The same words over and over.
    Loop,
    /// Text where the voice detector heard nobody.
    TextOverSilence,
    /// A sentence that Whisper is known to invent.
    StockPhrase,
    /// More words a second than anyone can say.
    TooFast,
    /// Fewer words than this much speech must hold.
    TooSlow,
    /// The very text of the chunk before.
    SameAsNeighbour,
    /// The vocabulary given to the engine, read back.
    PromptEcho,
    /// Another language than the one that is spoken.
    Drift,
    /// Speech that produced no text.
    Uncovered,
    /// The engine could not listen to the chunk at all.
    Unheard,
    /// The recording ended before its container said it would.
    EndedEarly,
}

impl Fault {
    /// Whether listening again, harder, may mend it. The others are only reported: a chunk that
    /// killed the engine was already tried again, and slow speech is common.
    pub fn asks_for_another_try(self) -> bool {
        !matches!(self, Self::TooSlow | Self::Unheard | Self::EndedEarly)
    }

    /// How bad it is, for [`are_lighter`]. Invented text is worse than missing text, which is marked
    /// and can be listened to; text with a loop in it is as bad, since some of it is right.
    fn weight(self) -> u32 {
        match self {
            Self::Unheard => 100,
            Self::TextOverSilence | Self::StockPhrase => 9,
            Self::Uncovered | Self::Loop | Self::SameAsNeighbour | Self::PromptEcho | Self::Drift => 8,
            Self::TooFast => 4,
            Self::TooSlow | Self::EndedEarly => 2,
        }
    }
}

/// What the guard judges: a chunk and what was heard in it. All moments are milliseconds of one
/// clock, whichever it is.
#[derive(Debug, Clone)]
pub struct Evidence<'a> {
    /// Where the voice detector heard speech, in order.
    pub speech: Vec<Range<u64>>,
    /// What was heard, in order.
    pub words: &'a [Word],
    /// The text of the chunk before, empty if there is none.
    pub previous: &'a str,
    /// The vocabulary that was given to the engine for this hearing, in the order given.
    pub vocabulary: &'a [String],
    /// The language spoken, as ISO 639-1.
    pub language: &'a str,
}

impl<'a> Evidence<'a> {
    /// The evidence about `chunk`, whose `words` have times in milliseconds of the recording.
    pub fn new(chunk: &Chunk, words: &'a [Word], previous: &'a str, ask: &'a Ask) -> Self {
        let Ask { vocabulary, language, .. } = ask;
        Self { speech: speech_ms(&chunk.speech), words, previous, vocabulary, language }
    }
}

/// Stretches of samples as milliseconds.
pub fn speech_ms(spans: &[Span]) -> Vec<Range<u64>> {
    spans.iter().map(|span| samples_to_ms(span.start)..samples_to_ms(span.end)).collect()
}

/// Everything that is wrong with what was heard, in the order of [`Fault`]; nothing if all is well.
pub fn judge(evidence: &Evidence) -> Vec<Fault> {
    let folded = Folded::new(evidence.words);
    let checks = [
        (Fault::Loop, loops::is_loop(&folded, evidence)),
        (Fault::TextOverSilence, rates::is_text_over_silence(evidence)),
        (Fault::StockPhrase, stock::is_stock(&folded, evidence)),
        (Fault::TooFast, rates::is_too_fast(evidence)),
        (Fault::TooSlow, rates::is_too_slow(evidence)),
        (Fault::SameAsNeighbour, echoes::is_same_as_neighbour(&folded, evidence)),
        (Fault::PromptEcho, echoes::is_prompt_echo(&folded, evidence)),
        (Fault::Drift, drift::is_drift(&folded, evidence)),
        (Fault::Uncovered, coverage::is_uncovered(evidence)),
    ];
    checks.into_iter().filter(|&(_, found)| found).map(|(fault, _)| fault).collect()
}

/// Whether faults weigh less than those of another hearing of the same chunk.
pub fn are_lighter(faults: &[Fault], than: &[Fault]) -> bool {
    let weight = |faults: &[Fault]| faults.iter().map(|fault| fault.weight()).sum::<u32>();
    weight(faults) < weight(than)
}

/// How much of a recording, or of several, was listened to and gave text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// How long the audio is, in milliseconds.
    pub audio_ms: u64,
    /// How much of it the voice detector took for speech.
    pub speech_ms: u64,
    /// How much of the speech has text.
    pub covered_ms: u64,
    /// The stretches of speech without text, and those with text that stayed doubtful.
    pub doubts: Vec<Doubt>,
}

/// A stretch that somebody should listen to, in milliseconds of the clock of whoever holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    /// Where it starts.
    pub start_ms: u64,
    /// Where it ends.
    pub end_ms: u64,
    /// What is wrong with it.
    pub fault: Fault,
}

#[cfg(test)]
#[expect(clippy::single_range_in_vec_init, reason = "one stretch of speech is what is meant")]
mod tests {
    use super::*;

    /// Words said one after the other: each lasts 250 ms, starts 300 ms after the one before,
    /// the first at `start_ms`.
    pub(super) fn said(start_ms: u64, text: &str) -> Vec<Word> {
        spaced(start_ms, 300, text)
    }

    /// Like [`said`], with another time between the starts of words.
    pub(super) fn spaced(start_ms: u64, every_ms: u64, text: &str) -> Vec<Word> {
        let word = |(n, text): (usize, &str)| {
            let start_ms = start_ms + n as u64 * every_ms;
            Word { text: text.to_owned(), start_ms, end_ms: start_ms + every_ms.min(250), confidence: 0.9 }
        };
        text.split_whitespace().enumerate().map(word).collect()
    }

    /// Evidence without a chunk before and without vocabulary.
    pub(super) fn evidence(speech: &[Range<u64>], words: &'static [Word]) -> Evidence<'static> {
        Evidence { speech: speech.to_vec(), words, previous: "", vocabulary: &[], language: "es" }
    }

    /// The faults of `words` over `speech`.
    pub(super) fn faults(speech: &[Range<u64>], words: Vec<Word>) -> Vec<Fault> {
        judge(&evidence(speech, words.leak()))
    }

    #[test]
    fn ordinary_speech_has_no_fault() {
        let words = said(0, "Señor presidente, honorables concejales, tengo el gusto de rendir el informe de gestión.");
        assert_eq!(faults(&[0..4_200], words), []);
    }

    #[test]
    fn nothing_heard_where_nobody_spoke_has_no_fault() {
        assert_eq!(faults(&[], Vec::new()), []);
    }

    #[test]
    fn of_two_hearings_the_one_with_fewer_or_lighter_faults_is_lighter_and_none_of_equals() {
        assert!(are_lighter(&[Fault::Loop], &[Fault::Loop, Fault::TooFast]));
        for (faults, than) in [
            (vec![Fault::PromptEcho], vec![Fault::Loop]),
            (vec![], vec![]),
            (vec![Fault::Uncovered], vec![Fault::TooSlow]),
        ] {
            assert!(!are_lighter(&faults, &than), "{faults:?} {than:?}");
        }
    }

    #[test]
    fn marked_silence_is_preferred_to_invented_text() {
        assert!(are_lighter(&[Fault::Uncovered], &[Fault::StockPhrase]));
    }

    #[test]
    fn only_what_another_try_may_mend_asks_for_one() {
        assert!(Fault::Loop.asks_for_another_try() && Fault::Uncovered.asks_for_another_try());
        assert!(!Fault::Unheard.asks_for_another_try() && !Fault::TooSlow.asks_for_another_try());
    }
}
