//! A frame of sound and what is known about it.

#[cfg(test)]
use super::ear::FRAME;
use super::floor::Sense;

/// A frame of the open chunk.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Mark {
    /// Its first sample in the recording.
    pub(super) at: u64,
    /// Its length in samples: [`super::FRAME`], less only at the end of the recording.
    pub(super) len: usize,
    /// What was sensed in it.
    pub(super) sense: Sense,
    /// Whether it is silence.
    pub(super) silent: bool,
}

impl Mark {
    /// The sample after its last one.
    pub(super) fn end(&self) -> u64 {
        self.at + self.len as u64
    }
}

/// The samples in all frames together.
pub(super) fn samples_of(marks: &[Mark]) -> u64 {
    marks.iter().map(|mark| mark.len as u64).sum()
}

/// Marks of consecutive frames for tests: (how many, score), all `above` dB over the room.
#[cfg(test)]
pub(super) fn marks(stretches: &[(usize, f32)], above: f32) -> Vec<Mark> {
    let scores = stretches.iter().flat_map(|&(frames, score)| std::iter::repeat_n(score, frames));
    let sense = |score| Sense { raw: score, score, loudness: above - 70.0, above };
    scores
        .enumerate()
        .map(|(n, score)| Mark { at: (n * FRAME) as u64, len: FRAME, sense: sense(score), silent: false })
        .collect()
}
