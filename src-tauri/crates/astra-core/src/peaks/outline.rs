//! The outline of a session for other programs and for paper: as JSON in the format of BBC's audiowaveform, which
//! the players of web pages read, and as the dots of a picture.

use serde::Serialize;

use super::{PER_SECOND, Pair};
use crate::chunks::SAMPLE_RATE;

/// The size of the picture, in dots.
pub const WIDE: u32 = 1_800;
/// As [`WIDE`].
pub const HIGH: u32 = 280;

/// The colours of the picture: paper, and what stands on it.
const PAPER: [u8; 3] = [255, 255, 255];
const INK: [u8; 3] = [15, 84, 140];

/// What is softer than this is not stretched to the full height, or the noise of an empty room would fill it.
const SOFTEST: u8 = 8;

/// <https://github.com/bbc/audiowaveform/blob/master/doc/DataFormat.md>
#[derive(Serialize)]
struct Waveform {
    version: u8,
    channels: u8,
    sample_rate: u64,
    samples_per_pixel: u64,
    bits: u8,
    length: usize,
    data: Vec<i8>,
}

/// The pairs as JSON.
///
/// # Errors
/// None that depends on the pairs.
pub fn json(pairs: &[Pair]) -> serde_json::Result<Vec<u8>> {
    serde_json::to_vec(&Waveform {
        version: 2,
        channels: 1,
        sample_rate: SAMPLE_RATE,
        samples_per_pixel: SAMPLE_RATE / PER_SECOND,
        bits: 8,
        length: pairs.len(),
        data: pairs.iter().flat_map(|&(low, high)| [low, high]).collect(),
    })
}

/// The pairs as a picture of [`WIDE`] times [`HIGH`] dots, three bytes each, line by line. What is loudest fills it.
pub fn dots(pairs: &[Pair]) -> Vec<u8> {
    let (wide, high) = (WIDE as usize, HIGH as usize);
    let loudest = pairs.iter().map(|(low, high)| low.unsigned_abs().max(high.unsigned_abs())).max().unwrap_or_default();
    let loudest = f64::from(loudest.max(SOFTEST));
    let middle = (high - 1) as f64 / 2.0;
    let line =
        |level: i8| (middle - f64::from(level) / loudest * middle).round().clamp(0.0, (high - 1) as f64) as usize;
    let mut dots = PAPER.repeat(wide * high);
    for column in 0..wide {
        let (from, to) = (column * pairs.len() / wide, (column + 1) * pairs.len() / wide);
        let stretch = &pairs[from..to.max(from + 1).min(pairs.len())];
        let highest = stretch.iter().map(|pair| pair.1).max().unwrap_or_default();
        let lowest = stretch.iter().map(|pair| pair.0).min().unwrap_or_default();
        for row in line(highest)..=line(lowest.min(highest)) {
            let at = (row * wide + column) * INK.len();
            dots[at..at + INK.len()].copy_from_slice(&INK);
        }
    }
    dots
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inked(dots: &[u8], column: usize) -> Vec<usize> {
        let dot = |row: usize| &dots[(row * WIDE as usize + column) * 3..][..3];
        (0..HIGH as usize).filter(|&row| dot(row) == INK).collect()
    }

    #[test]
    fn the_json_says_how_many_samples_a_pair_stands_for() {
        let text = String::from_utf8(json(&[(-3, 4), (0, 127)]).unwrap()).unwrap();
        assert_eq!(
            text,
            r#"{"version":2,"channels":1,"sample_rate":16000,"samples_per_pixel":800,"bits":8,"length":2,"data":[-3,4,0,127]}"#
        );
    }

    #[test]
    fn what_is_loudest_fills_the_picture_and_silence_is_a_line() {
        let pairs: Vec<Pair> = (0..3_600).map(|at| if at < 1_800 { (-64, 64) } else { (0, 0) }).collect();
        let dots = dots(&pairs);
        assert_eq!(dots.len(), (WIDE * HIGH * 3) as usize);
        assert_eq!(inked(&dots, 0), (0..HIGH as usize).collect::<Vec<_>>());
        assert_eq!(inked(&dots, 1_799).len(), 1);
    }

    #[test]
    fn a_session_shorter_than_the_picture_is_wide_and_one_without_sound_are_drawn_too() {
        assert_eq!(inked(&dots(&[(-8, 8)]), 900).len(), HIGH as usize);
        assert_eq!(inked(&dots(&[]), 900).len(), 1);
    }
}
