//! The only place that asks the time, so that everything else can be tested without waiting.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

use jiff::Zoned;

/// Milliseconds of a minute.
pub const MINUTE_MS: i64 = 60 * 1000;

/// Milliseconds of an hour.
pub const HOUR_MS: i64 = 60 * MINUTE_MS;

/// What a clock on this computer's wall shows.
pub fn wall() -> Zoned {
    Zoned::now()
}

/// Milliseconds since 1970-01-01 UTC.
pub fn now_ms() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |elapsed| i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX))
}

/// A point on the monotonic clock, for measuring how long something took.
pub fn instant() -> Instant {
    Instant::now()
}

/// How long ago a moment was, in milliseconds; less than 0 when it is still to come.
pub fn since_ms(moment: SystemTime) -> i64 {
    match moment.duration_since(UNIX_EPOCH) {
        Ok(elapsed) => now_ms() - i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX),
        Err(_) => now_ms(),
    }
}
