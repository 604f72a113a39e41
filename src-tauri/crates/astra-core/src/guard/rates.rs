//! Words measured against the speech they should come from.

use super::Evidence;
use super::stretches::{length, share_in_speech, shared, widened};

/// Text with less than this share of its time in speech was said by nobody.
const LEAST_SHARE: f32 = 0.15;

/// So many words in a row, none of them near speech, are invented even when the rest is not.
const WORDS_IN_SILENCE: usize = 5;

/// How near counts, in milliseconds.
const NEAR_MS: u64 = 300;

/// Nobody says more words a second than this; auctioneers reach 5.
const FASTEST: f32 = 6.0;

/// Fewer words say nothing about speed.
const FAST_WORDS: usize = 5;

/// Speech with fewer words a second than this lost some.
const SLOWEST: f32 = 0.3;

/// Shorter speech says nothing about slowness, in milliseconds.
const SLOW_MS: u64 = 5_000;

/// The detector may miss this much speech at the edges of words, in milliseconds.
const MISSED_MS: u64 = 500;

/// Whether there is text where nobody spoke.
pub(super) fn is_text_over_silence(evidence: &Evidence) -> bool {
    if share_in_speech(evidence.words, &evidence.speech) < LEAST_SHARE {
        return true;
    }
    let near = widened(&evidence.speech, NEAR_MS);
    let silent =
        |word: &crate::transcript::Word| shared(&(word.start_ms..word.end_ms.max(word.start_ms + 1)), &near) == 0;
    evidence.words.windows(WORDS_IN_SILENCE).any(|words| words.iter().all(silent))
}

/// Whether there are more words than the speech can hold.
pub(super) fn is_too_fast(evidence: &Evidence) -> bool {
    let seconds = (length(&evidence.speech) + MISSED_MS) as f32 / 1_000.0;
    evidence.words.len() >= FAST_WORDS && !evidence.speech.is_empty() && evidence.words.len() as f32 > FASTEST * seconds
}

/// Whether there are some words, but fewer than so much speech must hold.
pub(super) fn is_too_slow(evidence: &Evidence) -> bool {
    let speech_ms = length(&evidence.speech);
    let seconds = speech_ms as f32 / 1_000.0;
    !evidence.words.is_empty() && speech_ms >= SLOW_MS && (evidence.words.len() as f32) < SLOWEST * seconds
}

#[cfg(test)]
#[expect(clippy::single_range_in_vec_init, reason = "one stretch of speech is what is meant")]
mod tests {
    use super::super::Fault;
    use super::super::tests::{faults, said, spaced};

    #[test]
    fn text_where_nobody_spoke_is_a_fault() {
        assert_eq!(faults(&[], said(0, "se levanta la sesión")), [Fault::TextOverSilence]);
        let found = faults(&[9_000..9_400], said(0, "se levanta la sesión de hoy"));
        assert!(found.contains(&Fault::TextOverSilence), "{found:?}");
        assert_eq!(faults(&[100..1_000], said(0, "se levanta la sesión")), []);
    }

    #[test]
    fn a_sentence_invented_after_real_speech_is_a_fault() {
        let mut words = said(0, "tiene la palabra el concejal Bedoya para su intervención de cierre");
        words.extend(said(9_000, "y con esto termina nuestro programa de hoy"));
        assert_eq!(faults(&[0..3_400], words), [Fault::TextOverSilence]);
    }

    #[test]
    fn a_few_words_at_the_edge_of_speech_are_none() {
        assert_eq!(faults(&[500..1_500], said(0, "muy buenos días a todos")), []);
    }

    #[test]
    fn more_words_than_anyone_can_say_are_a_fault() {
        let twenty = "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis \
                      diecisiete dieciocho diecinueve veinte";
        assert_eq!(faults(&[0..2_000], spaced(0, 100, twenty)), [Fault::TooFast]);
        assert_eq!(faults(&[0..4_000], spaced(0, 200, twenty)), []);
        assert_eq!(faults(&[0..200], spaced(0, 100, "sí señor")), []);
    }

    #[test]
    fn a_word_here_and_there_in_long_speech_is_too_slow() {
        let found = faults(&[0..10_000], spaced(1_000, 4_000, "bueno entonces"));
        assert!(found.contains(&Fault::TooSlow), "{found:?}");
        assert_eq!(faults(&[0..4_000], spaced(2_000, 400, "bueno")), []);
    }
}
