//! Times and dates as a reader of the documents sees them.

use time::{Date, Month, OffsetDateTime, UtcOffset};

use crate::sentences::sentence;

/// The civil time of the documents. Colombia has kept UTC−5 without summer time since 1993; a
/// session that begins at 20:00 in Bogotá is already the next day in UTC, and the day is what a minute
/// certifies. The first country that is not Colombia needs its offset in [`super::Document`].
const COLOMBIA_HOURS: i8 = -5;

/// A time as `hh:mm:ss`, the seconds begun and not rounded, so that playing from there misses nothing.
/// More than 99 hours take more digits.
pub(crate) fn clock(ms: u64) -> String {
    let seconds = ms / 1000;
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// A time to the millisecond, as subtitles want it: `hh:mm:ss`, the separator, and three digits.
pub(crate) fn stamp(ms: u64, separator: char) -> String {
    format!("{}{separator}{:03}", clock(ms), ms % 1000)
}

/// How long something lasts, in words: the two largest units are enough for a reader.
pub fn length(ms: u64) -> String {
    // What lasted something never reads as lasting nothing.
    let seconds = if ms == 0 { 0 } else { (ms / 1000 + u64::from(ms % 1000 >= 500)).max(1) };
    let (h, min, s) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let (hours, minutes, seconds) = (h.to_string(), min.to_string(), s.to_string());
    let (padded_minutes, padded_seconds) = (format!("{min:02}"), format!("{s:02}"));
    match (h, min, s) {
        (0, 0, _) => sentence("document.length_seconds", &[("seconds", &seconds)]),
        (0, _, 0) => sentence("document.length_whole_minutes", &[("minutes", &minutes)]),
        (0, _, _) => sentence("document.length_minutes", &[("minutes", &minutes), ("seconds", &padded_seconds)]),
        (_, 0, _) => sentence("document.length_whole_hours", &[("hours", &hours)]),
        _ => sentence("document.length_hours", &[("hours", &hours), ("minutes", &padded_minutes)]),
    }
}

/// A moment in milliseconds since 1970 UTC as «21 de noviembre de 2026, 14:05», or nothing when no
/// calendar holds it.
pub(crate) fn date(ms: i64) -> Option<String> {
    let local = local(ms)?;
    let time = format!("{:02}:{:02}", local.hour(), local.minute());
    Some(sentence("document.date", &[("day", &in_words(local.date())), ("time", &time)]))
}

/// The day of a moment in milliseconds since 1970 UTC as the record keeps it, or nothing when no
/// calendar holds it.
pub(crate) fn iso_day(ms: i64) -> Option<String> {
    let date = local(ms)?.date();
    Some(format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day()))
}

/// A day as the record keeps it (`2026-11-21`) as «21 de noviembre de 2026», or nothing when no
/// calendar holds it.
pub(crate) fn day(date: &str) -> Option<String> {
    let mut parts = date.splitn(3, '-');
    let mut part = || parts.next().filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    let (year, month, day) = (part()?.parse().ok()?, part()?.parse::<u8>().ok()?, part()?.parse().ok()?);
    let date = Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()?;
    Some(in_words(date))
}

/// A moment in milliseconds since 1970 UTC as ISO 8601 (`2026-11-21T19:05:00Z`), or nothing when no
/// calendar holds it.
pub(crate) fn iso(ms: i64) -> Option<String> {
    let utc = moment(ms)?;
    let (date, time) = (utc.date(), utc.time());
    let (year, month, day) = (date.year(), u8::from(date.month()), date.day());
    Some(format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", time.hour(), time.minute(), time.second()))
}

fn in_words(date: Date) -> String {
    let month = sentence(&format!("document.month_{}", u8::from(date.month())), &[]);
    let (day, year) = (date.day().to_string(), date.year().to_string());
    sentence("document.day", &[("day", &day), ("month", &month), ("year", &year)])
}

fn local(ms: i64) -> Option<OffsetDateTime> {
    Some(moment(ms)?.to_offset(UtcOffset::from_hms(COLOMBIA_HOURS, 0, 0).ok()?))
}

fn moment(ms: i64) -> Option<OffsetDateTime> {
    let moment = OffsetDateTime::from_unix_timestamp(ms.div_euclid(1000)).ok()?;
    (1900..=9998).contains(&moment.year()).then_some(moment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_go_beyond_two_digits() {
        assert_eq!(clock(0), "00:00:00");
        assert_eq!(clock(36_000_000 + 61_999), "10:01:01");
        assert_eq!(stamp(100 * 3_600_000 + 7, ','), "100:00:00,007");
    }

    #[test]
    fn a_session_at_night_keeps_the_day_it_had_in_colombia() {
        // 2026-11-22T01:05:00Z is still the evening of the 21st in Bogotá.
        assert_eq!(date(1_795_309_500_000).as_deref(), Some("21 de noviembre de 2026, 20:05"));
        assert_eq!(iso_day(1_795_309_500_000).as_deref(), Some("2026-11-21"));
        assert_eq!(iso(1_795_309_500_000).as_deref(), Some("2026-11-22T01:05:00Z"));
    }

    #[test]
    fn a_moment_outside_every_calendar_is_left_out() {
        assert_eq!(date(i64::MAX), None);
        assert_eq!(iso(i64::MIN), None);
    }

    #[test]
    fn lengths_are_told_in_their_two_largest_units() {
        assert_eq!(length(0), "0 s");
        assert_eq!(length(12), "1 s");
        assert_eq!(length(59_499), "59 s");
        assert_eq!(length(185_000), "3 min 05 s");
        assert_eq!(length(180_000), "3 min");
        assert_eq!(length(3_600_000), "1 h");
        assert_eq!(length(7 * 3_600_000 + 120_000), "7 h 02 min");
    }
}
