//! Where to cut when a chunk is full: in a pause, else at a breath, else anywhere, with overlap.

use super::floor::NO_VOICE;
use super::mark::Mark;
use super::{SAMPLE_RATE, samples_to_ms};

/// The shortest pause worth a preference, in milliseconds. Shorter ones lie inside words.
const PAUSE_MS: u64 = 300;

/// A pause does not get better by being longer than this, in milliseconds.
const LONG_PAUSE_MS: u64 = 2_000;

/// How far above the noise of the room a frame of a pause may lie, in dB: reverberation and
/// breath, which silence does not allow.
const PAUSE_ABOVE_DB: f32 = 10.0;

/// How many milliseconds of pause a cut is worth less for every second away from the target.
const PENALTY_MS: f32 = 50.0;

/// The target lies this many frames (2 s) before the last possible cut: 28 s of 30.
const TARGET: usize = 125;

/// Frames on either side of a cut that are weighed with it: 9 in all, 144 ms.
const AROUND: usize = 4;

/// Where voice and loudness, multiplied, stay below this, somebody breathes.
const BREATH: f32 = 0.1;

/// This far above the room, in dB, loudness counts fully.
const LOUD_DB: f32 = 40.0;

/// Loudness never counts less than this: in a loud room a voice need not rise above the noise.
const LEAST_LOUD: f32 = 0.25;

/// Frames repeated after a cut into speech: 1.504 s, the least that holds the longest usual word.
pub(super) const OVERLAP: usize = 94;

/// Where a full chunk ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cut {
    /// The first frame that no longer belongs to it.
    pub(super) at: usize,
    /// How many frames before that the next chunk starts.
    pub(super) overlap: usize,
}

/// The best place to cut `marks` before one of the frames `first..=last`. `last` is smaller than
/// the number of marks, `first` is at least 1 and not greater than `last`.
pub(super) fn choose(marks: &[Mark], first: usize, last: usize) -> Cut {
    if let Some(at) = best_pause(marks, first, last) {
        return Cut { at, overlap: 0 };
    }
    let mut quietest = (f32::INFINITY, last);
    for at in first..=last {
        // Later cuts win ties: fuller chunks.
        let weight = weight(marks, at);
        if weight <= quietest.0 {
            quietest = (weight, at);
        }
    }
    if quietest.0 < BREATH {
        return Cut { at: quietest.1, overlap: 0 };
    }
    // The repeated audio must be one stretch of the recording, so it never reaches over a gap.
    let mut overlap = 0;
    while overlap < OVERLAP && overlap + 1 < last && !starts_after_gap(marks, last - overlap) {
        overlap += 1;
    }
    Cut { at: last, overlap }
}

/// The cut in the most valuable pause, if there is any pause at all.
fn best_pause(marks: &[Mark], first: usize, last: usize) -> Option<usize> {
    let target = last.saturating_sub(TARGET);
    let mut best: Option<(f32, usize)> = None;
    let mut frame = first;
    while frame < last {
        if !is_pause(&marks[frame]) {
            frame += 1;
            continue;
        }
        let start = frame;
        while frame < last && is_pause(&marks[frame]) {
            frame += 1;
        }
        // Times of the recording: a silence that was left out counts with its true length.
        let length_ms = samples_to_ms(marks[frame - 1].end() - marks[start].at);
        if length_ms < PAUSE_MS {
            continue;
        }
        let at = (start + 1..frame).find(|&at| starts_after_gap(marks, at)).unwrap_or((start + frame) / 2).max(first);
        let value = length_ms.min(LONG_PAUSE_MS) as f32 - PENALTY_MS * seconds(at.abs_diff(target));
        if best.is_none_or(|(most, _)| value >= most) {
            best = Some((value, at));
        }
    }
    best.map(|(_, at)| at)
}

fn is_pause(mark: &Mark) -> bool {
    mark.sense.score < NO_VOICE && mark.sense.above <= PAUSE_ABOVE_DB
}

fn starts_after_gap(marks: &[Mark], frame: usize) -> bool {
    frame > 0 && marks[frame].at != marks[frame - 1].end()
}

/// Voice times loudness around the cut before frame `at`, from 0 to 1.
fn weight(marks: &[Mark], at: usize) -> f32 {
    let around = &marks[at.saturating_sub(AROUND)..(at + AROUND + 1).min(marks.len())];
    let sum: f32 = around.iter().map(|mark| mark.sense.raw * (mark.sense.above / LOUD_DB).clamp(LEAST_LOUD, 1.0)).sum();
    sum / around.len().max(1) as f32
}

fn seconds(frames: usize) -> f32 {
    (frames * super::FRAME) as f32 / SAMPLE_RATE as f32
}

#[cfg(test)]
mod tests {
    use super::super::mark::marks;
    use super::*;

    #[test]
    fn the_pause_nearer_the_target_wins_among_equals() {
        let pauses = [(1300, 0.9), (30, 0.1), (400, 0.9), (30, 0.1), (80, 0.9), (30, 0.1), (100, 0.9)];
        let mut both = marks(&pauses, 30.0);
        for mark in both.iter_mut().filter(|mark| mark.sense.raw < 0.5) {
            mark.sense.above = 2.0;
        }
        let cut = choose(&both, 1250, 1875);
        assert!((1730..=1760).contains(&cut.at), "{cut:?}");
        assert_eq!(cut.overlap, 0);
    }

    #[test]
    fn a_much_longer_pause_wins_over_a_nearer_one() {
        let mut both = marks(&[(1300, 0.9), (100, 0.1), (330, 0.9), (25, 0.1), (250, 0.9)], 30.0);
        for mark in both.iter_mut().filter(|mark| mark.sense.raw < 0.5) {
            mark.sense.above = 2.0;
        }
        let cut = choose(&both, 1250, 1875);
        assert!((1300..=1400).contains(&cut.at), "{cut:?}");
    }

    #[test]
    fn a_breath_is_good_enough_when_there_is_no_pause() {
        let mut breath = marks(&[(1500, 0.9), (10, 0.1), (500, 0.9)], 30.0);
        for mark in breath.iter_mut().filter(|mark| mark.sense.raw < 0.5) {
            mark.sense.above = 3.0;
        }
        let cut = choose(&breath, 1250, 1875);
        assert!((1500..=1510).contains(&cut.at), "{cut:?}");
        assert_eq!(cut.overlap, 0);
    }

    #[test]
    fn what_is_too_short_for_a_pause_is_weighed_as_a_breath() {
        let mut breaths = marks(&[(1300, 0.9), (12, 0.01), (440, 0.9), (12, 0.1), (200, 0.9)], 30.0);
        for mark in breaths.iter_mut().filter(|mark| mark.sense.raw < 0.5) {
            mark.sense.above = 9.0;
        }
        let cut = choose(&breaths, 1250, 1875);
        assert!((1300..=1312).contains(&cut.at), "{cut:?}");
    }

    #[test]
    fn a_low_score_alone_is_no_pause_because_the_voice_may_be_far() {
        let mut far = marks(&[(2000, 0.35)], 35.0);
        for mark in &mut far[1700..1712] {
            mark.sense.above = 1.0;
        }
        let cut = choose(&far, 1250, 1875);
        assert!((1700..=1712).contains(&cut.at), "{cut:?}");
    }

    #[test]
    fn a_left_out_silence_is_cut_where_it_was_left_out() {
        let mut gapped = marks(&[(1700, 0.9), (60, 0.1), (200, 0.9)], 30.0);
        for mark in &mut gapped[1700..1760] {
            mark.sense.above = 1.0;
        }
        for mark in &mut gapped[1710..] {
            mark.at += 100_000;
        }
        assert_eq!(choose(&gapped, 1250, 1875), Cut { at: 1710, overlap: 0 });
    }

    #[test]
    fn when_nobody_breathes_the_cut_is_late_and_overlaps() {
        let cut = choose(&marks(&[(1939, 0.9)], 30.0), 1250, 1875);
        assert_eq!(cut, Cut { at: 1875, overlap: OVERLAP });
    }

    #[test]
    fn an_overlap_never_reaches_over_a_gap() {
        let mut gapped = marks(&[(1939, 0.9)], 30.0);
        for mark in &mut gapped[1850..] {
            mark.at += 100_000;
        }
        assert_eq!(choose(&gapped, 1860, 1875), Cut { at: 1875, overlap: 25 });
    }
}
