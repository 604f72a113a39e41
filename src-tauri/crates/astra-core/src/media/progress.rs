//! What ffmpeg tells on the way when it is asked with `-progress`: lines of `name=value`, among which it also
//! prints its errors.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// What was told so far.
#[derive(Debug, Default)]
pub(super) struct Told {
    ended: AtomicBool,
    unreadable: AtomicBool,
    reached_us: AtomicU64,
}

impl Told {
    /// Takes a line, the last of which is `progress=end`. Other lines are errors and are left for whoever keeps them.
    pub(super) fn take(&self, line: &str) -> bool {
        const NAMES: [&str; 12] = [
            "out_time_us",
            "out_time_ms",
            "out_time",
            "progress",
            "bitrate",
            "total_size",
            "dup_frames",
            "drop_frames",
            "speed",
            "frame",
            "fps",
            "elapsed",
        ];
        if line.ends_with("Input/output error") {
            self.unreadable.store(true, Ordering::Relaxed);
        }
        let Some((name, value)) = line.split_once('=') else { return false };
        match name {
            "progress" => self.ended.store(value.trim() == "end", Ordering::Relaxed),
            // Before the first frame it is «N/A».
            "out_time_us" => self.reached_us.store(value.trim().parse().unwrap_or_default(), Ordering::Relaxed),
            _ => {}
        }
        NAMES.contains(&name) || name.starts_with("stream_")
    }

    /// Whether it said that it came to the end.
    pub(super) fn has_ended(&self) -> bool {
        self.ended.load(Ordering::Relaxed)
    }

    /// Whether it could not read on: it takes a card that was pulled out for the end of the file.
    pub(super) fn was_unreadable(&self) -> bool {
        self.unreadable.load(Ordering::Relaxed)
    }

    /// How much came out, in milliseconds.
    pub(super) fn reached_ms(&self) -> u64 {
        self.reached_us.load(Ordering::Relaxed) / 1000
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_it_tells_of_itself_is_taken_and_its_errors_are_left() {
        let told = Told::default();
        assert!(told.take("out_time_us=1500000") && told.take("stream_0_0_q=23.0") && told.take("progress=continue"));
        assert_eq!((told.reached_ms(), told.has_ended()), (1500, false));
        assert!(!told.take("[mov] moov atom not found: a=b"));
        assert!(!told.take("file:a.mp3: Input/output error") && told.was_unreadable());
        assert!(told.take("progress=end") && told.has_ended());
    }
}
