//! Which stretches of a chunk the voice detector took for speech.

use super::Span;
use super::mark::Mark;

/// A frame scored at least this is voice: the threshold `earshot` recommends.
const VOICE: f32 = 0.5;

/// A frame whose neighbourhood is scored at least this, and which rises above the room by
/// [`CLEARLY_ABOVE_DB`], is voice too: soft voices are scored low.
const SOFT_VOICE: f32 = 0.4;

/// See [`SOFT_VOICE`].
const CLEARLY_ABOVE_DB: f32 = 12.0;

/// Stretches closer than this many samples (300 ms) are one: plosives and breaths lie between.
const JOINED: u64 = 4_800;

/// Stretches shorter than this many samples (64 ms) are no speech: a syllable takes longer.
const SHORTEST: u64 = 1_024;

/// The stretches of speech among `marks`, in samples of the recording, in order.
pub(super) fn speech(marks: &[Mark]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for mark in marks.iter().filter(|mark| is_voice(mark)) {
        match spans.last_mut() {
            Some(last) if mark.at <= last.end + JOINED => last.end = mark.end(),
            _ => spans.push(Span { start: mark.at, end: mark.end() }),
        }
    }
    spans.retain(|span| span.len() >= SHORTEST);
    spans
}

fn is_voice(mark: &Mark) -> bool {
    let sense = &mark.sense;
    sense.raw >= VOICE || (sense.score >= SOFT_VOICE && sense.above >= CLEARLY_ABOVE_DB)
}

#[cfg(test)]
mod tests {
    use super::super::mark::marks;
    use super::*;

    #[test]
    fn stretches_are_joined_over_a_breath_and_kept_apart_by_a_pause() {
        // 10 frames of voice, 12 of nothing (192 ms), 10 of voice, 40 of nothing, 10 of voice.
        let scores = [(10, 0.9), (12, 0.1), (10, 0.9), (40, 0.1), (10, 0.9)];
        let spans = speech(&marks(&scores, 0.0));
        assert_eq!(spans, [Span { start: 0, end: 32 * 256 }, Span { start: 72 * 256, end: 82 * 256 }]);
    }

    #[test]
    fn a_blip_is_no_speech() {
        assert_eq!(speech(&marks(&[(20, 0.1), (3, 0.9), (20, 0.1)], 30.0)), []);
    }

    #[test]
    fn a_soft_voice_counts_when_it_rises_above_the_room() {
        assert_eq!(speech(&marks(&[(20, 0.45)], 20.0)), [Span { start: 0, end: 20 * 256 }]);
        assert_eq!(speech(&marks(&[(20, 0.45)], 3.0)), []);
    }
}
