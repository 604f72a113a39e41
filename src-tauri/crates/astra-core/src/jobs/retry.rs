//! When what failed is tried again by itself: the pauses grow, and after a day only a person tries again.
//!
//! The first pauses are those of what passes soon: a program that had the file open, a share that went away while the
//! computer slept. An hour is for a network or a disk that somebody has to see to, and four hours for everything that
//! waits for the next working day. Trying costs next to nothing, since what was heard is never heard again.

use crate::clock::{HOUR_MS, MINUTE_MS};

/// The pauses before each try, in milliseconds: together a day and a little more.
const PAUSES_MS: [i64; 10] = [
    MINUTE_MS,
    5 * MINUTE_MS,
    15 * MINUTE_MS,
    HOUR_MS,
    4 * HOUR_MS,
    4 * HOUR_MS,
    4 * HOUR_MS,
    4 * HOUR_MS,
    4 * HOUR_MS,
    4 * HOUR_MS,
];

/// How long to wait when it failed for the `tries`th time in a row, in milliseconds; none when that was the last.
pub fn pause_ms(tries: u32) -> Option<i64> {
    PAUSES_MS.get((tries as usize).checked_sub(1)?).copied()
}

/// How long to wait for what is never given up, in milliseconds.
pub fn endless_pause_ms(tries: u32) -> i64 {
    pause_ms(tries.max(1)).unwrap_or(PAUSES_MS[PAUSES_MS.len() - 1])
}

/// Whether what failed at `failed_at_ms` is to be tried again now. A clock that shows a time before the failure was set
/// back, and nobody knows by how much: then it is tried at once rather than after years.
pub fn is_due(now_ms: i64, failed_at_ms: i64, retry_at_ms: i64) -> bool {
    now_ms >= retry_at_ms || now_ms < failed_at_ms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pauses_grow_and_end_after_a_day() {
        let pauses: Vec<i64> = (1..).map_while(pause_ms).collect();
        assert!(pauses.is_sorted(), "{pauses:?}");
        assert_eq!(pauses[..4], [60_000, 300_000, 900_000, 3_600_000]);
        assert!((24..30).contains(&(pauses.iter().sum::<i64>() / HOUR_MS)));
        assert_eq!(pause_ms(0), None);
        assert_eq!(endless_pause_ms(1_000), 4 * HOUR_MS);
    }

    #[test]
    fn nothing_is_tried_before_its_time() {
        assert!(!is_due(1_059_999, 1_000_000, 1_060_000));
        assert!(is_due(1_060_000, 1_000_000, 1_060_000));
    }

    #[test]
    fn a_clock_that_was_set_back_postpones_no_try() {
        let (failed_at_ms, hour) = (1_000 * HOUR_MS, HOUR_MS);
        assert!(is_due(hour, failed_at_ms, failed_at_ms + hour));
        // Tried at once, it failed again and counts from the clock as it is now.
        assert!(!is_due(hour + 1, hour, 2 * hour));
    }
}
