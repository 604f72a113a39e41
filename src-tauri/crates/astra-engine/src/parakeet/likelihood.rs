//! The greatest of many numbers, and its share in their exponentials.
//!
//! Both are asked for every row of every step, of some eight thousand numbers, while everything else waits: written
//! so that the compiler does several numbers at a time, which the usual ways to write them prevent.

/// Numbers that are looked at side by side.
const LANES: usize = 16;

/// The place of the greatest number, the first of equals; `None` when there is none.
pub(super) fn greatest(numbers: &[f32]) -> Option<usize> {
    let mut heights = [f32::NEG_INFINITY; LANES];
    let (rows, rest) = numbers.as_chunks::<LANES>();
    for row in rows {
        for (height, number) in heights.iter_mut().zip(row) {
            *height = if *number > *height { *number } else { *height };
        }
    }
    let height = heights.iter().chain(rest).fold(f32::NEG_INFINITY, |height, number| height.max(*number));
    if height.is_finite() { numbers.iter().position(|number| *number == height) } else { None }
}

/// The share of the number at `place` in the exponentials of all.
pub(super) fn share(numbers: &[f32], place: usize) -> f32 {
    let chosen = numbers[place];
    let mut sums = [0.0_f32; LANES];
    let (rows, rest) = numbers.as_chunks::<LANES>();
    for row in rows {
        for (sum, number) in sums.iter_mut().zip(row) {
            *sum += exponential(number - chosen);
        }
    }
    let all: f32 = sums.iter().sum::<f32>() + rest.iter().map(|number| exponential(number - chosen)).sum::<f32>();
    all.recip()
}

/// e to the power of `number`, wrong by four millionths of itself at most; beyond what an `f32` holds it stays where that
/// ends.
///
/// A power of two is the exponent of the result as it lies in memory, and what is left of the number, at most half a
/// power of two, goes through Taylor's polynomial.
fn exponential(number: f32) -> f32 {
    // Adding and subtracting this leaves a whole number: there is no room for more in the mantissa.
    const ROUNDING: f32 = 12_582_912.0;
    let powers = number.clamp(-87.0, 88.0) * std::f32::consts::LOG2_E;
    let shifted = powers + ROUNDING;
    let left = (powers - (shifted - ROUNDING)) * std::f32::consts::LN_2;
    let mantissa = 1.0
        + left
            * (1.0
                + left
                    * (0.5 + left * (1.0 / 6.0 + left * (1.0 / 24.0 + left * (1.0 / 120.0 + left * (1.0 / 720.0))))));
    // The lowest bits of what was rounded are the power itself.
    let exponent = shifted.to_bits().wrapping_sub(ROUNDING.to_bits()) << 23;
    f32::from_bits(mantissa.to_bits().wrapping_add(exponent))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_no_number_is_never_the_greatest() {
        assert_eq!(greatest(&[]), None);
        assert_eq!(greatest(&[f32::NAN; 40]), None);
        assert_eq!(greatest(&[f32::NEG_INFINITY; 40]), None);
        let mut numbers = [f32::NAN; 40];
        numbers[20] = -3.0;
        assert_eq!(greatest(&numbers), Some(20));
        numbers[7] = f32::INFINITY;
        assert_eq!(greatest(&numbers), None);
    }

    proptest! {
        #[test]
        fn the_greatest_is_the_first_that_nothing_exceeds(
            numbers in proptest::collection::vec(-9_i8..9, 1..100),
        ) {
            let numbers: Vec<f32> = numbers.into_iter().map(f32::from).collect();
            let most = numbers.iter().copied().fold(f32::MIN, f32::max);
            prop_assert_eq!(greatest(&numbers), numbers.iter().position(|number| *number == most));
        }

        #[test]
        fn exponentials_are_those_of_the_library(number in -80.0_f32..80.0) {
            let exact = f64::from(number).exp();
            prop_assert!((f64::from(exponential(number)) / exact - 1.0).abs() < 1e-5, "{}", number);
        }

        #[test]
        fn shares_are_those_of_the_softmax(
            numbers in proptest::collection::vec(-30.0_f32..5.0, 1..100),
            place in any::<prop::sample::Index>(),
        ) {
            let place = place.index(numbers.len());
            let all: f64 = numbers.iter().map(|number| f64::from(*number - numbers[place]).exp()).sum();
            prop_assert!((f64::from(share(&numbers, place)) * all - 1.0).abs() < 1e-4);
        }
    }
}
