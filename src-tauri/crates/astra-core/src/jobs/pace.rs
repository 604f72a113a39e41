//! How long the rest of a session will take, reckoned from how fast it goes.

use std::time::{Duration, Instant};

use crate::clock;

/// Before this much audio was heard, in milliseconds, nobody can say.
const ENOUGH_MS: u64 = 60_000;

/// How fast a job listens, since it began or went on.
#[derive(Debug, Clone)]
pub struct Pace {
    began: Instant,
    heard_ms: u64,
}

impl Pace {
    /// Begins to count.
    pub fn new() -> Self {
        Self { began: clock::instant(), heard_ms: 0 }
    }

    /// Counts audio that was heard just now, in milliseconds.
    pub fn heard(&mut self, audio_ms: u64) {
        self.heard_ms += audio_ms;
    }

    /// How long `audio_ms` milliseconds of audio will take, in milliseconds.
    pub fn left_ms(&self, audio_ms: u64) -> Option<u64> {
        left_ms(self.began.elapsed(), self.heard_ms, audio_ms)
    }
}

impl Default for Pace {
    fn default() -> Self {
        Self::new()
    }
}

fn left_ms(elapsed: Duration, heard_ms: u64, audio_ms: u64) -> Option<u64> {
    let per_ms = elapsed.as_secs_f64() * 1_000.0 / heard_ms as f64;
    (heard_ms >= ENOUGH_MS).then_some((audio_ms as f64 * per_ms) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_takes_as_long_as_what_was_heard() {
        assert_eq!(left_ms(Duration::from_secs(30), 60_000, 120_000), Some(60_000));
        assert_eq!(left_ms(Duration::from_secs(30), 59_000, 120_000), None);
    }
}
