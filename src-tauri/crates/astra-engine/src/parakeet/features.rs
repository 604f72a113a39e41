//! What Parakeet sees of sound: the logarithm of the energy in 128 bands, a hundred times a
//! second, each band brought to mean 0 and deviation 1 over the chunk.
//!
//! The steps and constants are those of NeMo's `FilterbankFeatures` as Parakeet was trained with
//! it, without its dither; `ParakeetFeatureExtractor` of the transformers library is what the
//! tests compare with. Since the bands are levelled over the chunk, its borders change them.

use std::f64::consts::PI;
use std::sync::Arc;

use realfft::num_complex::Complex;
use realfft::{RealFftPlanner, RealToComplex};

use mel::Filter;

mod mel;

/// Bands of the models that are supported.
pub(super) const BANDS: usize = 128;

/// Samples from one frame to the next, 10 ms.
pub(super) const HOP: usize = 160;

const RATE: f64 = 16_000.0;

/// Samples of a Fourier transform. The window is shorter and stands in its middle.
const TRANSFORM: usize = 512;

const WINDOW: usize = 400;

/// How much of the sample before is taken away from each: speech is loud where it is low.
const PREEMPHASIS: f32 = 0.97;

/// Keeps the logarithm of silence finite.
const FLOOR: f32 = 1.0 / 16_777_216.0;

/// Keeps a band that never changes finite.
const LEAST_DEVIATION: f64 = 1e-5;

/// The features of a chunk.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Features {
    /// How many frames of 10 ms there are.
    pub(super) frames: usize,
    /// [`BANDS`] rows of `frames` values.
    pub(super) values: Vec<f32>,
}

/// Makes features of samples.
pub(super) struct Extractor {
    transform: Arc<dyn RealToComplex<f32>>,
    window: Vec<f32>,
    filters: Vec<Filter>,
}

impl Extractor {
    /// Prepares the tables.
    pub(super) fn new() -> Self {
        let window = (0..WINDOW).map(|n| (0.5 - 0.5 * (2.0 * PI * n as f64 / (WINDOW - 1) as f64).cos()) as f32);
        Self {
            transform: RealFftPlanner::new().plan_fft_forward(TRANSFORM),
            window: window.collect(),
            filters: mel::filters(RATE, TRANSFORM / 2 + 1),
        }
    }

    /// The features of a chunk: one frame for every whole [`HOP`]. Fewer than two frames cannot be
    /// levelled, and none are returned.
    pub(super) fn extract(&self, pcm: &[i16]) -> Features {
        let frames = pcm.len() / HOP;
        if frames < 2 {
            return Features { frames: 0, values: Vec::new() };
        }
        let samples = emphasised(pcm);
        let mut values = vec![0.0; BANDS * frames];
        let mut stretch = vec![0.0; TRANSFORM];
        let mut spectrum = vec![Complex::default(); TRANSFORM / 2 + 1];
        let mut scratch = self.transform.make_scratch_vec();
        let mut power = vec![0.0; spectrum.len()];
        for frame in 0..frames {
            let margin = (TRANSFORM - WINDOW) / 2;
            stretch.fill(0.0);
            for (position, weight) in self.window.iter().enumerate() {
                // The window stands with its middle on the first sample of the frame.
                let sample = (frame * HOP + position).checked_sub(WINDOW / 2).and_then(|place| samples.get(place));
                stretch[margin + position] = sample.unwrap_or(&0.0) * weight;
            }
            // It fails only for buffers of wrong lengths.
            let _ = self.transform.process_with_scratch(&mut stretch, &mut spectrum, &mut scratch);
            for (power, bin) in power.iter_mut().zip(&spectrum) {
                *power = bin.norm_sqr();
            }
            for (band, filter) in self.filters.iter().enumerate() {
                let heard: f32 =
                    filter.weights.iter().zip(&power[filter.first..]).map(|(weight, power)| weight * power).sum();
                values[band * frames + frame] = (heard + FLOOR).ln();
            }
        }
        values.chunks_mut(frames).for_each(level);
        Features { frames, values }
    }
}

/// The samples between -1 and 1, low tones quietened.
fn emphasised(pcm: &[i16]) -> Vec<f32> {
    let sample = |value: i16| f32::from(value) / 32_768.0;
    let mut before = 0.0;
    pcm.iter()
        .map(|value| {
            let now = sample(*value);
            now - PREEMPHASIS * std::mem::replace(&mut before, now)
        })
        .collect()
}

/// Brings a band to mean 0 and deviation 1.
fn level(band: &mut [f32]) {
    let count = band.len() as f64;
    let mean = band.iter().map(|value| f64::from(*value)).sum::<f64>() / count;
    let squares = band.iter().map(|value| (f64::from(*value) - mean).powi(2)).sum::<f64>();
    let deviation = (squares / (count - 1.0)).sqrt() + LEAST_DEVIATION;
    band.iter_mut().for_each(|value| *value = ((f64::from(*value) - mean) / deviation) as f32);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use serde::Deserialize;

    use super::*;
    use crate::parakeet::testing::signal;

    #[derive(Deserialize)]
    struct Case {
        samples: usize,
        frames: usize,
        rows: BTreeMap<usize, Vec<f32>>,
    }

    #[test]
    fn features_are_those_of_the_reference() {
        let cases: Vec<Case> =
            serde_json::from_str(include_str!("../../tests/fixtures/parakeet/features.json")).expect("a fixture");
        assert_eq!(cases.len(), 3);
        for case in cases {
            let features = Extractor::new().extract(&signal(case.samples));
            assert_eq!(features.frames, case.frames);
            for (frame, expected) in case.rows {
                assert_eq!(expected.len(), BANDS);
                for (band, expected) in expected.into_iter().enumerate() {
                    let found = features.values[band * features.frames + frame];
                    assert!((found - expected).abs() < 1e-3, "{frame}, {band}: {found} and not {expected}");
                }
            }
        }
    }

    #[test]
    fn too_little_sound_has_no_features() {
        for length in [0, 1, 159, 160, 319] {
            assert_eq!(Extractor::new().extract(&signal(length)).frames, 0);
        }
        assert_eq!(Extractor::new().extract(&signal(320)).frames, 2);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn every_band_is_level_whatever_is_heard(pcm in proptest::collection::vec(any::<i16>(), 320..4000)) {
            let features = Extractor::new().extract(&pcm);
            prop_assert_eq!(features.values.len(), BANDS * features.frames);
            for band in features.values.chunks(features.frames) {
                let mean = band.iter().sum::<f32>() / features.frames as f32;
                prop_assert!(mean.abs() < 1e-3 && band.iter().all(|value| value.is_finite()), "{}", mean);
            }
        }
    }

    #[test]
    fn silence_is_finite() {
        let features = Extractor::new().extract(&[0; 16_000]);
        assert!(features.values.iter().all(|value| value.abs() < 1e-3));
    }
}
