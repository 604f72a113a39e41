//! The mel filters: which frequencies each band of a spectrum listens to.

use super::BANDS;

/// Hertz up to which the scale is linear (Slaney, Auditory Toolbox, 1998).
const LINEAR_UP_TO: f64 = 1000.0;

/// Hertz for each mel in the linear part.
const LINEAR_STEP: f64 = 200.0 / 3.0;

/// How many mels it takes above the linear part to go from one kilohertz to 6.4.
const STEPS_TO_6400_HERTZ: f64 = 27.0;

/// A triangle over neighbouring frequencies.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Filter {
    /// The first frequency it lets through.
    pub(super) first: usize,
    /// How much of each frequency from there on.
    pub(super) weights: Vec<f32>,
}

/// The filters from 0 Hz to half of `rate`, for a spectrum of `frequencies` equally spaced values.
/// Each triangle has the area of Slaney's: the wider, the lower.
pub(super) fn filters(rate: f64, frequencies: usize) -> Vec<Filter> {
    let top = mel(rate / 2.0);
    let corner = |position: usize| hertz(top * position as f64 / (BANDS + 1) as f64);
    let frequency = |position: usize| rate / 2.0 * position as f64 / (frequencies - 1) as f64;
    (0..BANDS)
        .map(|band| {
            let (low, middle, high) = (corner(band), corner(band + 1), corner(band + 2));
            let weight = |position: usize| {
                let here = frequency(position);
                let slope = ((here - low) / (middle - low)).min((high - here) / (high - middle));
                (slope.max(0.0) * 2.0 / (high - low)) as f32
            };
            let first = (0..frequencies).find(|position| weight(*position) > 0.0).unwrap_or(0);
            let weights = (first..frequencies).map(weight).take_while(|weight| *weight > 0.0).collect();
            Filter { first, weights }
        })
        .collect()
}

fn mel(hertz: f64) -> f64 {
    if hertz < LINEAR_UP_TO {
        return hertz / LINEAR_STEP;
    }
    LINEAR_UP_TO / LINEAR_STEP + (hertz / LINEAR_UP_TO).ln() * STEPS_TO_6400_HERTZ / 6.4_f64.ln()
}

fn hertz(mel: f64) -> f64 {
    let above = mel - LINEAR_UP_TO / LINEAR_STEP;
    if above < 0.0 {
        return mel * LINEAR_STEP;
    }
    LINEAR_UP_TO * (above * 6.4_f64.ln() / STEPS_TO_6400_HERTZ).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_is_linear_below_one_kilohertz_and_its_own_inverse() {
        assert!((mel(500.0) - 7.5).abs() < 1e-9);
        assert!((mel(6400.0) - 42.0).abs() < 1e-9);
        for frequency in [0.0, 80.0, 999.0, 1000.0, 1001.0, 7999.0] {
            assert!((hertz(mel(frequency)) - frequency).abs() < 1e-6);
        }
    }

    #[test]
    fn every_band_listens_to_something_and_the_next_one_higher() {
        let filters = filters(16_000.0, 257);
        assert_eq!(filters.len(), BANDS);
        assert!(filters.iter().all(|filter| !filter.weights.is_empty()));
        assert!(filters.windows(2).all(|pair| pair[0].first <= pair[1].first));
        assert!(filters.iter().all(|filter| filter.first + filter.weights.len() <= 257));
    }
}
