//! Arithmetic of stretches of time: half-open ranges of milliseconds.

use std::ops::Range;

use crate::transcript::Word;

/// The stretches in order, those that touch or overlap made one, empty ones left out.
pub(super) fn merged(mut stretches: Vec<Range<u64>>) -> Vec<Range<u64>> {
    stretches.retain(|stretch| !stretch.is_empty());
    stretches.sort_by_key(|stretch| (stretch.start, stretch.end));
    let mut result: Vec<Range<u64>> = Vec::with_capacity(stretches.len());
    for stretch in stretches {
        match result.last_mut() {
            Some(last) if stretch.start <= last.end => last.end = last.end.max(stretch.end),
            _ => result.push(stretch),
        }
    }
    result
}

/// What is in `whole` and not in `holes`; both as [`merged`] returns them.
pub(super) fn without(whole: &[Range<u64>], holes: &[Range<u64>]) -> Vec<Range<u64>> {
    let mut result = Vec::new();
    let mut first = 0;
    for stretch in whole {
        let mut start = stretch.start;
        while first < holes.len() && holes[first].end <= stretch.start {
            first += 1;
        }
        for hole in holes[first..].iter().take_while(|hole| hole.start < stretch.end) {
            if start < hole.start {
                result.push(start..hole.start);
            }
            start = start.max(hole.end);
        }
        if start < stretch.end {
            result.push(start..stretch.end);
        }
    }
    result
}

/// The length of all stretches together, in milliseconds.
pub(super) fn length(stretches: &[Range<u64>]) -> u64 {
    stretches.iter().map(|stretch| stretch.end.saturating_sub(stretch.start)).sum()
}

/// How many milliseconds of `of` lie in `stretches`, which do not overlap each other.
pub(super) fn shared(of: &Range<u64>, stretches: &[Range<u64>]) -> u64 {
    stretches.iter().map(|stretch| stretch.end.min(of.end).saturating_sub(stretch.start.max(of.start))).sum()
}

/// Every stretch made longer by `ms` at both ends, and [`merged`].
pub(super) fn widened(stretches: &[Range<u64>], ms: u64) -> Vec<Range<u64>> {
    merged(stretches.iter().map(|stretch| stretch.start.saturating_sub(ms)..stretch.end + ms).collect())
}

/// The share of the time of `words`, from 0 to 1, that lies in `speech` or within 200 ms of it:
/// word times are no better than that. 1 when there are no words.
pub(super) fn share_in_speech(words: &[Word], speech: &[Range<u64>]) -> f32 {
    let near = widened(speech, 200);
    let times = words.iter().map(|word| word.start_ms..word.end_ms.max(word.start_ms + 1));
    let (inside, all) =
        times.fold((0, 0), |(inside, all), time| (inside + shared(&time, &near), all + (time.end - time.start)));
    if all == 0 { 1.0 } else { inside as f32 / all as f32 }
}

/// Stretches in order, with those that lie at most `gap` apart made one.
pub(super) fn bridged(stretches: Vec<Range<u64>>, gap: u64) -> Vec<Range<u64>> {
    let mut result: Vec<Range<u64>> = Vec::with_capacity(stretches.len());
    for stretch in stretches {
        match result.last_mut() {
            Some(last) if stretch.start <= last.end + gap => last.end = last.end.max(stretch.end),
            _ => result.push(stretch),
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stretches() -> impl Strategy<Value = Vec<Range<u64>>> {
        prop::collection::vec((0_u64..200, 0_u64..40).prop_map(|(start, length)| start..start + length), 0..12)
    }

    fn holds(stretches: &[Range<u64>], moment: u64) -> bool {
        stretches.iter().any(|stretch| stretch.contains(&moment))
    }

    proptest! {
        #[test]
        fn every_moment_is_where_it_should_be(a in stretches(), b in stretches(), of in 0_u64..200) {
            let (whole, holes) = (merged(a.clone()), merged(b));
            let rest = without(&whole, &holes);
            for moment in 0..240 {
                prop_assert_eq!(holds(&whole, moment), holds(&a, moment));
                prop_assert_eq!(holds(&rest, moment), holds(&whole, moment) && !holds(&holes, moment));
            }
            prop_assert!(whole.windows(2).all(|pair| pair[0].end < pair[1].start));
            prop_assert_eq!(length(&whole), (0..240).filter(|&moment| holds(&whole, moment)).count() as u64);
            let within = (of..of + 20).filter(|&moment| holds(&whole, moment)).count() as u64;
            prop_assert_eq!(shared(&(of..of + 20), &whole), within);
        }
    }
}
