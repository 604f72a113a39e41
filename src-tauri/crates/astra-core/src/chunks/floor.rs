//! How loud a frame is, how far that lies above the noise of the room, and whether it is silence.

use std::collections::VecDeque;

/// Frames that a score or a loudness is smoothed over: 80 ms, less than a syllable.
const SMOOTHED: usize = 5;

/// Frames that share one minimum of the noise floor: one second.
const BLOCK: usize = 62;

/// Minima kept. The floor is the quietest moment of the last 20 s: anyone who talks pauses between
/// words in that time, so that speech never becomes its own floor.
const BLOCKS: usize = 20;

/// What lies below is silence whatever else is, in dB of full scale: 4 steps of a 16-bit sample.
const FAINTEST_DB: f32 = -78.0;

/// How far above the floor a frame of silence may lie, in dB. Room noise, smoothed, wanders by
/// 2 to 4 dB; the syllables of a far voice rise higher than 6.
const NEAR_FLOOR_DB: f32 = 6.0;

/// Mean scores below this are no voice. `earshot` gives 0.1 to 0.4 to quiet rooms, depending on
/// their level, and more than 0.5 to voices.
pub(super) const NO_VOICE: f32 = 0.4;

/// What is known about a frame once its neighbours before it are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sense {
    /// The detector's score of this frame alone.
    pub(super) raw: f32,
    /// The mean score of this frame and the four before it.
    pub(super) score: f32,
    /// The median loudness of this frame and the four before it, in dB of full scale, at least
    /// [`FAINTEST_DB`]. A median, because a click in an empty room is not a voice.
    pub(super) loudness: f32,
    /// How far that lies above the noise of the room, in dB.
    pub(super) above: f32,
}

impl Sense {
    /// Whether the detector hears no voice and nothing else rises above the noise either. Both,
    /// because the detector misses voices that are soft or far from the microphone.
    pub(super) fn is_silence(&self) -> bool {
        self.score < NO_VOICE && near_floor(self.above)
    }
}

/// Whether a loudness that lies `above` dB over the floor may be noise alone.
pub(super) fn near_floor(above: f32) -> bool {
    above <= NEAR_FLOOR_DB
}

/// The noise of the room, followed by the quietest moments of the last 20 s.
#[derive(Debug, Clone)]
pub(super) struct Floor {
    scores: [f32; SMOOTHED],
    loudnesses: [f32; SMOOTHED],
    heard: usize,
    minima: VecDeque<f32>,
}

impl Floor {
    /// A floor that knows no frame yet.
    pub(super) fn new() -> Self {
        Self {
            scores: [0.0; SMOOTHED],
            loudnesses: [FAINTEST_DB; SMOOTHED],
            heard: 0,
            minima: VecDeque::with_capacity(BLOCKS + 1),
        }
    }

    /// Takes the next frame and its score.
    pub(super) fn sense(&mut self, frame: &[i16], score: f32) -> Sense {
        let slot = self.heard % SMOOTHED;
        self.scores[slot] = score;
        self.loudnesses[slot] = loudness_db(frame);
        if self.heard.is_multiple_of(BLOCK) {
            self.minima.push_back(f32::INFINITY);
            if self.minima.len() > BLOCKS {
                self.minima.pop_front();
            }
        }
        self.heard += 1;
        let known = self.heard.min(SMOOTHED);
        let mut sorted = self.loudnesses;
        sorted[..known].sort_by(f32::total_cmp);
        let loudness = sorted[known / 2];
        if let Some(minimum) = self.minima.back_mut() {
            *minimum = minimum.min(loudness);
        }
        let floor = self.minima.iter().copied().fold(f32::INFINITY, f32::min);
        let score_sum: f32 = self.scores[..known].iter().sum();
        Sense { raw: score, score: score_sum / known as f32, loudness, above: loudness - floor }
    }
}

/// The mean power of a frame in dB of full scale, at least [`FAINTEST_DB`].
fn loudness_db(frame: &[i16]) -> f32 {
    let sum: i64 = frame.iter().map(|&sample| i64::from(sample) * i64::from(sample)).sum();
    let power = sum as f32 / frame.len().max(1) as f32 / (32_768.0 * 32_768.0);
    if power > 0.0 { (10.0 * power.log10()).max(FAINTEST_DB) } else { FAINTEST_DB }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(amplitude: i16) -> [i16; 256] {
        std::array::from_fn(|n| if n % 2 == 0 { amplitude } else { -amplitude })
    }

    fn settled(floor: &mut Floor, amplitude: i16, frames: usize) -> Sense {
        let mut last = floor.sense(&tone(amplitude), 0.1);
        for _ in 1..frames {
            last = floor.sense(&tone(amplitude), 0.1);
        }
        last
    }

    #[test]
    fn full_scale_is_zero_decibels_and_nothing_is_the_faintest() {
        assert!(loudness_db(&tone(i16::MAX)).abs() < 0.01);
        assert!((loudness_db(&tone(3_276)) + 20.0).abs() < 0.1);
        assert_eq!(loudness_db(&tone(0)), FAINTEST_DB);
        assert_eq!(loudness_db(&[]), FAINTEST_DB);
    }

    #[test]
    fn steady_noise_is_silence_and_what_rises_over_it_is_not() {
        let mut floor = Floor::new();
        assert!(settled(&mut floor, 100, 200).is_silence());
        let louder = settled(&mut floor, 300, 10);
        assert!(!louder.is_silence());
        assert!((louder.above - 9.5).abs() < 0.2);
    }

    #[test]
    fn a_quiet_frame_with_a_voice_in_it_is_not_silence() {
        let mut floor = Floor::new();
        settled(&mut floor, 100, 200);
        for _ in 0..5 {
            floor.sense(&tone(100), 0.9);
        }
        assert!(!floor.sense(&tone(100), 0.9).is_silence());
    }

    #[test]
    fn a_click_does_not_end_a_silence() {
        let mut floor = Floor::new();
        settled(&mut floor, 100, 200);
        assert!(floor.sense(&tone(9_000), 0.1).is_silence());
        assert!(floor.sense(&tone(9_000), 0.1).is_silence());
        assert!(!floor.sense(&tone(9_000), 0.1).is_silence());
    }

    #[test]
    fn noise_that_grew_becomes_the_floor_after_twenty_seconds() {
        let mut floor = Floor::new();
        settled(&mut floor, 100, 200);
        assert!(!settled(&mut floor, 400, 10 * BLOCK).is_silence());
        assert!(settled(&mut floor, 400, 11 * BLOCK).is_silence());
    }
}
