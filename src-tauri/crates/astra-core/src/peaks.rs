//! The outline of a recording that a waveform is drawn from: the lowest and the highest sample of
//! every twentieth of a second.
//!
//! Pure: samples in, pairs out. Seven hours are about one megabyte.

use crate::chunks::SAMPLE_RATE;

pub mod levels;
pub mod outline;

/// Pairs for a second of audio.
pub const PER_SECOND: u64 = 20;

/// Samples that one pair stands for.
const SAMPLES: u64 = SAMPLE_RATE / PER_SECOND;

/// What a level of a peak stands for: samples have 16 bits, peaks 8. Dividing rounds towards zero,
/// so that silence with a little noise stays a flat line; the window stretches what is soft.
const STEP: i16 = 256;

/// The lowest and the highest sample of a stretch, each as a 256th of it.
pub type Pair = (i8, i8);

/// The peaks of samples that arrive bit by bit.
#[derive(Debug, Default)]
pub struct Peaks {
    low: i16,
    high: i16,
    taken: u64,
}

impl Peaks {
    /// Takes the samples that come next, at [`SAMPLE_RATE`]; `found` gets each pair that is complete.
    pub fn push(&mut self, mut samples: &[i16], mut found: impl FnMut(Pair)) {
        while !samples.is_empty() {
            let wanted = usize::try_from(SAMPLES - self.taken).unwrap_or(samples.len());
            let (now, later) = samples.split_at(samples.len().min(wanted));
            // A stretch begins at its first sample and not at zero.
            if self.taken == 0 {
                (self.low, self.high) = (now[0], now[0]);
            }
            for &sample in now {
                self.low = self.low.min(sample);
                self.high = self.high.max(sample);
            }
            self.taken += now.len() as u64;
            samples = later;
            if self.taken == SAMPLES {
                found(self.pair());
                self.taken = 0;
            }
        }
    }

    /// The pair of the samples left over at the end of a recording.
    pub fn finish(self) -> Option<Pair> {
        (self.taken > 0).then(|| self.pair())
    }

    fn pair(&self) -> Pair {
        let step = |sample: i16| i8::try_from(sample / STEP).unwrap_or_default();
        (step(self.low), step(self.high))
    }
}

/// How many pairs a recording of so many samples has.
pub fn count(samples: u64) -> u64 {
    samples.div_ceil(SAMPLES)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn peaks(parts: &[&[i16]]) -> Vec<Pair> {
        let (mut peaks, mut pairs) = (Peaks::default(), Vec::new());
        for part in parts {
            peaks.push(part, |pair| pairs.push(pair));
        }
        pairs.extend(peaks.finish());
        pairs
    }

    #[test]
    fn every_twentieth_of_a_second_has_its_lowest_and_highest_sample() {
        let mut samples = vec![300_i16; 1_000];
        (samples[10], samples[799], samples[900]) = (i16::MIN, i16::MAX, -255);
        assert_eq!(peaks(&[&samples]), [(-128, 127), (0, 1)]);
        assert_eq!(peaks(&[]), []);
    }

    proptest! {
        #[test]
        fn the_peaks_are_the_same_however_the_samples_arrive(
            samples in proptest::collection::vec(any::<i16>(), 0..5_000),
            cuts in proptest::collection::vec(0_usize..5_000, 0..6),
        ) {
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(samples.len())).collect();
            cuts.extend([0, samples.len()]);
            cuts.sort_unstable();
            let parts: Vec<&[i16]> = cuts.windows(2).map(|two| &samples[two[0]..two[1]]).collect();
            let expected: Vec<Pair> = samples
                .chunks(800)
                .map(|stretch| {
                    let level = |sample: Option<&i16>| (sample.unwrap() / 256) as i8;
                    (level(stretch.iter().min()), level(stretch.iter().max()))
                })
                .collect();
            prop_assert_eq!(count(samples.len() as u64), expected.len() as u64);
            prop_assert_eq!(peaks(&parts), expected);
        }
    }
}
