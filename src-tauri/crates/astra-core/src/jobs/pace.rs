//! How long the rest of a session will take, reckoned from how fast it goes.

use std::time::{Duration, Instant};

use crate::clock;

/// Before this much audio was heard, in milliseconds, nobody can say.
const ENOUGH_MS: u64 = 60_000;

/// No computer on which Astra is of any use takes longer than so many times the audio. One that was asleep seems to.
const SLOWEST: u64 = 20;

/// How fast a job listens, since it began or went on.
#[derive(Debug, Clone)]
pub struct Pace {
    looked: Instant,
    took: Duration,
    heard_ms: u64,
}

impl Pace {
    /// Begins to count.
    pub fn new() -> Self {
        Self { looked: clock::instant(), took: Duration::ZERO, heard_ms: 0 }
    }

    /// Counts audio that was heard just now, in milliseconds.
    pub fn heard(&mut self, audio_ms: u64) {
        let now = clock::instant();
        self.count(now.duration_since(self.looked), audio_ms);
        self.looked = now;
    }

    /// How long `audio_ms` milliseconds of audio will take, in milliseconds.
    pub fn left_ms(&self, audio_ms: u64) -> Option<u64> {
        let per_ms = self.took.as_secs_f64() * 1_000.0 / self.heard_ms as f64;
        (self.heard_ms >= ENOUGH_MS).then_some((audio_ms as f64 * per_ms) as u64)
    }

    fn count(&mut self, took: Duration, audio_ms: u64) {
        self.took += took.min(Duration::from_millis(audio_ms * SLOWEST));
        self.heard_ms += audio_ms;
    }
}

impl Default for Pace {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pace of chunks of half a minute that took so many seconds each.
    fn pace(seconds: &[u64]) -> Pace {
        let mut pace = Pace::new();
        for seconds in seconds {
            pace.count(Duration::from_secs(*seconds), 30_000);
        }
        pace
    }

    #[test]
    fn the_rest_takes_as_long_as_what_was_heard() {
        assert_eq!(pace(&[15, 15]).left_ms(120_000), Some(60_000));
        assert_eq!(pace(&[15]).left_ms(120_000), None);
    }

    #[test]
    fn a_night_in_which_the_computer_slept_is_not_taken_for_listening() {
        let night = 8 * 3_600;
        let left_ms = pace(&[15; 99].iter().copied().chain([night]).collect::<Vec<_>>()).left_ms(3_600_000).unwrap();
        assert!((1_800_000..2_600_000).contains(&left_ms), "{left_ms}");
    }
}
