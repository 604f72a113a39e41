//! What keeps the queue from listening now: a pure judgement of what was chosen and how things are.

use serde::{Deserialize, Serialize};

/// Why the queue begins nothing now. The first that applies, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Hold {
    /// Somebody paused it.
    Paused,
    /// It is not the hour for it.
    OutsideHours {
        /// When that hour comes, in milliseconds since 1970 UTC.
        until_ms: i64,
    },
    /// The computer runs on its battery.
    OnBattery,
    /// Somebody uses the computer.
    InUse,
}
