//! When the queue may listen, as the secretary chose.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// Minutes of a day.
const DAY: u16 = 24 * 60;

/// When the queue may listen. What somebody asks for on the command line is heard at once all the same.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct QueueChoices {
    /// Only in these hours; at any otherwise.
    pub hours: Option<ListeningHours>,
    /// Only when nobody has used the computer for some minutes.
    pub only_when_idle: bool,
    /// Only on mains power.
    pub only_on_mains: bool,
}

/// A stretch of every day by this computer's clock, in minutes since midnight; over midnight when it ends before it
/// begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ListeningHours {
    /// Its first minute.
    pub from_minute: u16,
    /// The minute after its last.
    pub until_minute: u16,
}

impl QueueChoices {
    /// # Errors
    /// [`Error::HoursRefused`] for hours in which nothing or everything would be heard, or that no day has.
    pub fn check(&self) -> Result<()> {
        match self.hours {
            Some(ListeningHours { from_minute, until_minute })
                if from_minute == until_minute || from_minute.max(until_minute) >= DAY =>
            {
                Err(Error::HoursRefused { from: clock_hour(from_minute), until: clock_hour(until_minute) })
            }
            _ => Ok(()),
        }
    }
}

impl ListeningHours {
    /// Whether a minute of the day lies in them.
    pub fn hold(&self, minute: u16) -> bool {
        let (from, until) = (self.from_minute, self.until_minute);
        if from < until { (from..until).contains(&minute) } else { minute >= from || minute < until }
    }
}

fn clock_hour(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(from_minute: u16, until_minute: u16) -> ListeningHours {
        ListeningHours { from_minute, until_minute }
    }

    #[test]
    fn hours_that_end_before_they_begin_go_over_midnight() {
        let night = hours(22 * 60, 6 * 60);
        assert!(night.hold(22 * 60) && night.hold(0) && night.hold(6 * 60 - 1));
        assert!(!night.hold(6 * 60) && !night.hold(12 * 60));
        let day = hours(8 * 60, 12 * 60);
        assert!(day.hold(8 * 60) && !day.hold(12 * 60) && !day.hold(0));
    }

    #[test]
    fn hours_without_a_length_and_hours_that_no_day_has_are_refused() {
        let checked = |hours| QueueChoices { hours: Some(hours), ..QueueChoices::default() }.check();
        assert_eq!(checked(hours(480, 480)).unwrap_err().code(), "hours_refused");
        assert_eq!(checked(hours(0, DAY)).unwrap_err().code(), "hours_refused");
        assert_eq!(checked(hours(1439, 0)), Ok(()));
        assert_eq!(QueueChoices::default().check(), Ok(()));
    }
}
