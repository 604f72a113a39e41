//! What the name of a recording says: when it began, and which of a series it is.

use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;
use time::{Date, Month, Time};
use unicode_normalization::UnicodeNormalization;

/// A day and an hour to the second: `20250211_093015`, `2025-02-11 09-30-15`,
/// `WhatsApp Ptt 2025-02-11 at 09.30.15`, `250211-093015`. A name that stops at the minute says
/// too little to join anything by, and `250211_0012` is the twelfth of a day.
static STAMP: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x) (?:^|\D) (?:(?<century>20)?(?<year>\d\d)) [-_.]? (?<month>0[1-9]|1[0-2]) [-_.]? (?<day>0[1-9]|[12]\d|3[01])
          (?:\x20at\x20|[\x20T_-]) (?<hour>[01]\d|2[0-3]) [-_.:]? (?<minute>[0-5]\d) [-_.:]? (?<second>[0-5]\d) (?:\D|$)",
    )
    .ok()
});

/// A name taken apart around its last number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Series {
    /// What stands before the number, in one case and one normal form.
    pub before: String,
    /// The number.
    pub number: u64,
    /// What stands after it, without the ending.
    pub after: String,
}

impl Series {
    /// The series that a name belongs to; none without a number.
    pub fn of(path: &Path) -> Option<Self> {
        let stem: String = path.file_stem()?.to_string_lossy().nfc().flat_map(char::to_lowercase).collect();
        let end = stem.rfind(|letter: char| letter.is_ascii_digit())? + 1;
        let start = stem[..end]
            .rfind(|letter: char| !letter.is_ascii_digit())
            .map_or(0, |at| at + stem[at..].chars().next().map_or(0, char::len_utf8));
        let number = stem[start..end].parse().ok()?;
        Some(Self { before: stem[..start].to_owned(), number, after: stem[end..].to_owned() })
    }

    /// Whether `other` is the next of the same series.
    pub fn is_followed_by(&self, other: &Self) -> bool {
        self.before == other.before && self.after == other.after && self.number.checked_add(1) == Some(other.number)
    }
}

/// When a recording began by its name, in milliseconds since 1970 of a clock on the wall: it can be
/// compared with others of the same recorder, and with nothing else.
pub fn stamp(path: &Path) -> Option<i64> {
    let name = path.file_stem()?.to_string_lossy();
    let found = STAMP.as_ref()?.captures(&name)?;
    let part = |group: &str| found.name(group)?.as_str().parse::<u8>().ok();
    let month = Month::try_from(part("month")?).ok()?;
    let day = Date::from_calendar_date(2000 + i32::from(part("year")?), month, part("day")?).ok()?;
    let hour = Time::from_hms(part("hour")?, part("minute")?, part("second")?).ok()?;
    Some((day.with_time(hour).assume_utc().unix_timestamp_nanos() / 1_000_000) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn began(name: &str) -> Option<i64> {
        stamp(Path::new(name))
    }

    #[test]
    fn names_of_recorders_and_phones_say_when_they_began() {
        // 2025-02-11 09:30:15 of any clock.
        let moment = Some(1_739_266_215_000);
        for name in [
            "20250211_093015.MP3",
            "2025-02-11 09-30-15.mkv",
            "WhatsApp Ptt 2025-02-11 at 09.30.15.ogg",
            "GRABACION-250211-093015.wav",
            "T001_20250211-093015_001_01.wav",
        ] {
            assert_eq!(began(name), moment, "{name}");
        }
    }

    #[test]
    fn a_counter_is_no_hour_and_a_day_that_is_none_is_not_believed() {
        for name in ["250211_0012.MP3", "REC001.MP3", "20250231_093015.MP3", "20251311_093015.wav", "sesión.wav"] {
            assert_eq!(began(name), None, "{name}");
        }
    }

    #[test]
    fn a_series_is_counted_whatever_the_case_and_the_form_of_its_letters() {
        let series = |name: &str| Series::of(Path::new(name)).unwrap();
        assert!(series("Sesión 009.MP3").is_followed_by(&series("sesio\u{301}n 010.mp3")));
        assert!(series("acta (1).wav").is_followed_by(&series("acta (2).wav")));
        assert!(!series("REC001.MP3").is_followed_by(&series("REC003.MP3")));
        assert!(!series("A_001.MP3").is_followed_by(&series("B_002.MP3")));
        assert_eq!(Series::of(Path::new("sesión.mp3")), None);
        assert_eq!(Series::of(Path::new("99999999999999999999999.mp3")), None);
        assert_eq!(series("añ1").before, "añ");
    }
}
