//! When a file that appeared may be opened: never because it was created, only because its size and
//! time stood still, for as long as its place and its past ask for. Values in, values out: the times
//! are those of whoever looks, on a clock that is never set back.

use super::{Patience, Place};

/// A file at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Its size.
    pub bytes: u64,
    /// When it was last written, in milliseconds since 1970 UTC, by the clock of its disk.
    pub modified_ms: Option<i64>,
}

/// What a file is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// It has had no bytes for a long time.
    Empty,
    /// It changed at the last look, or has no bytes yet.
    Growing,
    /// It stands still, but not for long enough.
    Settling,
    /// It grew at the pace of a recorder, which may only be pausing.
    Recorder,
}

/// What a look says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Not yet, and for how many milliseconds more at least, as far as that can be known.
    Waiting(Wait, Option<u64>),
    /// It stood still for long enough to be opened.
    Still,
}

/// A copy is faster than this, a recorder that is still recording slower, in bytes a second: 48 kHz
/// stereo with 24 bits is 288,000, and a video of a session stays below a megabyte.
const RECORDERS_PACE: u64 = 1 << 20;

/// A copy has no bytes for a moment; a file that has none for so long, in milliseconds, stays as it is.
const EMPTY_MS: u64 = 600_000;

/// After how many looks at which it had grown a file is taken for one that is being recorded.
const GROWTHS: u32 = 3;

/// A file that is looked at until it stands still.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readiness {
    last: Look,
    /// Since when it is as at the last look, and how many looks found it so.
    since_ms: u64,
    looks: u32,
    /// What it was when it was seen first, or after it last shrank.
    first: (u64, u64),
    growths: u32,
}

impl Readiness {
    /// A file that was seen for the first time.
    pub fn begin(look: Look, now_ms: u64) -> Self {
        Self { last: look, since_ms: now_ms, looks: 1, first: (look.bytes, now_ms), growths: 0 }
    }

    /// Looks again, at `now_ms` of a clock that is never set back.
    pub fn look(&mut self, look: Look, now_ms: u64, place: Place, patience: &Patience) -> Verdict {
        if look != self.last {
            if look.bytes < self.last.bytes {
                // Something else has its name now.
                (self.first, self.growths) = ((look.bytes, now_ms), 0);
            } else {
                self.growths += 1;
            }
            (self.last, self.since_ms, self.looks) = (look, now_ms, 1);
            return Verdict::Waiting(Wait::Growing, None);
        }
        self.looks += 1;
        let stood_ms = now_ms.saturating_sub(self.since_ms);
        if look.bytes == 0 {
            return Verdict::Waiting(if stood_ms < EMPTY_MS { Wait::Growing } else { Wait::Empty }, None);
        }
        let recorded = self.is_recorded();
        let asked_ms = match place {
            _ if recorded => patience.recorder_ms,
            Place::Local => patience.local_ms,
            Place::Removable | Place::Network => patience.away_ms,
        };
        if stood_ms >= asked_ms && self.looks >= patience.looks {
            return Verdict::Still;
        }
        let reason = if recorded { Wait::Recorder } else { Wait::Settling };
        Verdict::Waiting(reason, Some(asked_ms.saturating_sub(stood_ms)))
    }

    /// What it was at the last look.
    pub fn last(&self) -> Look {
        self.last
    }

    /// Whether it grew again and again, no faster than a recording does.
    fn is_recorded(&self) -> bool {
        let (bytes, at_ms) = self.first;
        let took_ms = self.since_ms.saturating_sub(at_ms).max(1);
        let pace = self.last.bytes.saturating_sub(bytes).saturating_mul(1_000) / took_ms;
        self.growths >= GROWTHS && pace < RECORDERS_PACE
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PATIENCE: Patience = Patience { looks: 3, local_ms: 10_000, away_ms: 30_000, recorder_ms: 120_000 };

    fn look(bytes: u64) -> Look {
        Look { bytes, modified_ms: Some(bytes as i64) }
    }

    /// The moment at which a file is ready that is looked at every two seconds, in seconds.
    fn ready_after(place: Place, sizes: &[u64]) -> Option<u64> {
        let size = |at: u64| sizes.get(at as usize).or(sizes.last()).copied().unwrap_or_default();
        let mut readiness = Readiness::begin(look(size(0)), 0);
        (1..2_000)
            .find(|at| readiness.look(look(size(*at)), at * 2_000, place, &PATIENCE) == Verdict::Still)
            .map(|at| at * 2)
    }

    #[test]
    fn a_file_that_lies_there_is_ready_after_ten_seconds_and_thirty_elsewhere() {
        assert_eq!(ready_after(Place::Local, &[500]), Some(10));
        assert_eq!(ready_after(Place::Removable, &[500]), Some(30));
        assert_eq!(ready_after(Place::Network, &[500]), Some(30));
    }

    #[test]
    fn a_file_without_bytes_is_never_ready_and_may_get_some() {
        assert_eq!(ready_after(Place::Local, &[0]), None);
        assert_eq!(ready_after(Place::Local, &[0, 0, 0, 900]), Some(16));
    }

    #[test]
    fn a_fast_copy_waits_ten_seconds_from_its_last_byte() {
        let copied: Vec<u64> = (0..20).map(|at| at * 50_000_000).collect();
        assert_eq!(ready_after(Place::Local, &copied), Some(19 * 2 + 10));
    }

    #[test]
    fn a_recorder_that_pauses_for_a_minute_in_its_hour_is_waited_for_to_its_end() {
        let pace = |at: u64| at * 32_000;
        let hour: Vec<u64> =
            (0..900).map(pace).chain((0..30).map(|_| pace(899))).chain((900..1_000).map(pace)).collect();
        assert_eq!(ready_after(Place::Local, &hour), Some((hour.len() as u64 - 1) * 2 + 120));
    }

    #[test]
    fn a_recorder_that_pauses_again_and_again_for_an_hour_is_never_opened_before_it_stops() {
        // A minute of sound, then a minute and a half of silence in the room, again and again.
        let mut sizes = Vec::new();
        for minute in 0..25_u64 {
            sizes.extend((0..30).map(|at| 1_000 + (minute * 30 + at) * 32_000));
            sizes.extend(std::iter::repeat_n(1_000 + (minute * 30 + 29) * 32_000, 45));
        }
        // It stood still from its last byte on, 45 looks before the end.
        let stopped = sizes.len() as u64 - 46;
        assert_eq!(ready_after(Place::Local, &sizes), Some(stopped * 2 + 120));
        assert_eq!(ready_after(Place::Network, &sizes), Some(stopped * 2 + 120));
    }

    #[test]
    fn a_file_whose_disk_sets_its_clock_back_is_looked_at_anew() {
        let mut readiness = Readiness::begin(Look { bytes: 9, modified_ms: Some(86_400_000) }, 0);
        let set_back = Look { bytes: 9, modified_ms: Some(0) };
        let ready = (1..100).find(|at| readiness.look(set_back, at * 2_000, Place::Local, &PATIENCE) == Verdict::Still);
        assert_eq!(ready, Some(6));
    }

    #[test]
    fn a_file_that_is_replaced_by_a_smaller_one_is_looked_at_anew() {
        let mut sizes: Vec<u64> = (0..10).map(|at| at * 32_000).collect();
        sizes.push(1_000);
        assert_eq!(ready_after(Place::Local, &sizes), Some(10 * 2 + 10));
    }

    proptest! {
        #[test]
        fn nothing_is_opened_before_it_stood_still_for_three_looks_and_long_enough(
            steps in prop::collection::vec((0_u64..3, 1_u64..20_000), 1..60),
        ) {
            let mut readiness = Readiness::begin(look(1), 0);
            let (mut now, mut size, mut changed_at, mut same) = (0, 1, 0, 1);
            for (grows, later) in steps {
                now += later;
                if grows > 0 {
                    size += grows * 1_000;
                    (changed_at, same) = (now, 0);
                }
                same += 1;
                let verdict = readiness.look(look(size), now, Place::Local, &PATIENCE);
                if verdict == Verdict::Still {
                    prop_assert!(now - changed_at >= PATIENCE.local_ms && same >= 3);
                }
            }
        }

        #[test]
        fn whatever_happened_before_a_file_that_stands_still_is_opened_in_the_end(
            sizes in prop::collection::vec(0_u64..5_000_000, 1..40),
        ) {
            let sizes: Vec<u64> = sizes.into_iter().chain([7]).collect();
            let ready = ready_after(Place::Network, &sizes).unwrap();
            prop_assert!(ready <= (sizes.len() as u64) * 2 + 120);
        }
    }
}
