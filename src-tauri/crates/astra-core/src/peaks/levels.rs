//! How loud each microphone of a recording is, to tell at which of them somebody spoke. Recorders with a file for
//! each microphone keep apart who sits where; mixing them into one sound takes that away, and this gives it back.

use std::ops::Range;

use crate::chunks::SAMPLE_RATE;

/// Levels for a second of audio.
pub const PER_SECOND: u64 = 10;

/// Samples that one level stands for.
const SAMPLES: u64 = SAMPLE_RATE / PER_SECOND;

/// Steps for a decibel: a level of 180 is as loud as 16 bits can be, and 0 is silence.
const STEPS: f64 = 2.0;

/// Whoever speaks at a microphone is heard at the next one too. From twice the power on, which is 3 dB, it is the
/// one: the next seat at a council's table is three times as far away, which is 9 dB.
const CLEARLY: f64 = 2.0;

/// The levels of samples that arrive bit by bit.
#[derive(Debug, Default)]
pub struct Levels {
    squares: u64,
    taken: u64,
}

impl Levels {
    /// Takes the samples that come next, at [`SAMPLE_RATE`]; `found` gets each level that is complete.
    pub fn push(&mut self, samples: &[i16], mut found: impl FnMut(u8)) {
        for sample in samples {
            self.squares += u64::from(sample.unsigned_abs()).pow(2);
            self.taken += 1;
            if self.taken == SAMPLES {
                found(self.level());
                *self = Self::default();
            }
        }
    }

    /// The level of the samples left over at the end of a recording.
    pub fn finish(self) -> Option<u8> {
        (self.taken > 0).then(|| self.level())
    }

    fn level(&self) -> u8 {
        let power = self.squares as f64 / self.taken as f64;
        (STEPS * 10.0 * power.max(1.0).log10()).round() as u8
    }
}

/// Which microphone was clearly louder than all others in these milliseconds of a recording, by its position among
/// `levels`; none when none was.
pub fn loudest(levels: &[Vec<u8>], ms: Range<u64>) -> Option<usize> {
    let place = |ms: u64| usize::try_from(ms / (1_000 / PER_SECOND)).unwrap_or(usize::MAX);
    let power = |levels: &Vec<u8>| {
        let there = levels.get(place(ms.start)..levels.len().min(place(ms.end).max(place(ms.start)) + 1));
        there.unwrap_or_default().iter().map(|level| 10_f64.powf(f64::from(*level) / STEPS / 10.0)).sum::<f64>()
    };
    let powers: Vec<f64> = levels.iter().map(power).collect();
    let (best, most) = powers.iter().copied().enumerate().max_by(|one, other| one.1.total_cmp(&other.1))?;
    let next = powers.iter().enumerate().filter(|(at, _)| *at != best).map(|(_, power)| *power).fold(0.0, f64::max);
    (powers.len() > 1 && most > next * CLEARLY).then_some(best)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The levels of tones of these heights, half a second each.
    fn levels(heights: &[i16]) -> Vec<u8> {
        let (mut levels, mut found) = (Levels::default(), Vec::new());
        for height in heights {
            let samples: Vec<i16> = (0..8_000).map(|at| if at % 2 == 0 { *height } else { -height }).collect();
            samples.chunks(701).for_each(|samples| levels.push(samples, |level| found.push(level)));
        }
        found.extend(levels.finish());
        found
    }

    #[test]
    fn a_tenth_of_a_second_is_one_level_in_half_decibels() {
        assert_eq!(levels(&[0, 1, 10, 32_767]), [[0; 5], [0; 5], [40; 5], [181; 5]].concat());
        let mut rest = Levels::default();
        rest.push(&[100; 10], |_| unreachable!());
        assert_eq!(rest.finish(), Some(80));
        assert_eq!(Levels::default().finish(), None);
    }

    #[test]
    fn whoever_speaks_is_at_the_microphone_that_hears_them_best() {
        let microphones =
            [levels(&[9_000, 300, 500, 500]), levels(&[400, 8_000, 400, 450]), levels(&[600, 600, 450, 9])];
        assert_eq!(loudest(&microphones, 0..480), Some(0));
        assert_eq!(loudest(&microphones, 510..990), Some(1));
        assert_eq!(loudest(&microphones, 1_010..1_490), None, "three that hear somebody alike hear nobody near");
        assert_eq!(loudest(&microphones, 9_000..9_500), None, "nothing was recorded there");
    }

    #[test]
    fn one_microphone_or_silence_tells_nothing() {
        assert_eq!(loudest(&[levels(&[9_000])], 0..500), None);
        assert_eq!(loudest(&[], 0..500), None);
        assert_eq!(loudest(&[levels(&[0]), levels(&[0])], 0..500), None);
    }

    proptest! {
        #[test]
        fn microphones_in_another_order_are_the_same_ones(
            levels in prop::collection::vec(prop::collection::vec(0_u8..=181, 0..30), 0..5),
            start in 0_u64..4_000,
            length in 0_u64..4_000,
        ) {
            let ms = start..start + length;
            let turned: Vec<Vec<u8>> = levels.iter().rev().cloned().collect();
            let other = loudest(&turned, ms.clone()).map(|at| levels.len() - 1 - at);
            prop_assert_eq!(loudest(&levels, ms), other);
        }
    }
}
