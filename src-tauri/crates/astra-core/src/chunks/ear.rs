//! The seam to the voice detector: one number for every 16 ms of sound.

use earshot::Detector;

/// Samples in one frame of the detector: 16 ms.
pub const FRAME: usize = 256;

/// Something that tells voice from other sound, one frame after the other, without gaps.
///
/// The cutter asks it for a score and knows nothing else of it, so that tests can script one and
/// another detector can take its place.
pub trait Ear: Send {
    /// How much the next frame of [`FRAME`] samples sounds like a voice, from 0 to 1. It may
    /// depend on all frames before, and on nothing else.
    fn score(&mut self, frame: &[i16]) -> f32;
}

/// The detector of the crate `earshot`: 10 µs a frame and 8 KB of state.
pub(super) struct Earshot(Box<Detector>);

impl Earshot {
    /// A detector that has heard nothing yet.
    pub(super) fn new() -> Self {
        Self(Detector::default_boxed())
    }
}

impl Ear for Earshot {
    fn score(&mut self, frame: &[i16]) -> f32 {
        self.0.predict_i16(frame)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_ear_scores_the_same_sound_the_same() {
        let sound: Vec<i16> = (0..20 * FRAME as i32).map(|n| (n * n % 8_009 - 4_004) as i16).collect();
        let scores = |mut ear: Earshot| sound.chunks(FRAME).map(|frame| ear.score(frame)).collect::<Vec<f32>>();
        let first = scores(Earshot::new());
        assert_eq!(first, scores(Earshot::new()));
        assert!(first.iter().all(|score| (0.0..=1.0).contains(score)));
    }
}
