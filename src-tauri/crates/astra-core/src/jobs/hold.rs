//! What keeps the queue from listening now: a pure judgement of what was chosen and how things are.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};

use crate::sentences::sentence;
use crate::settings::QueueChoices;

/// How long nobody must have touched the computer before it counts as idle, in milliseconds. Somebody who is back ends
/// that with the first key, so listening stops at once.
pub const IDLE_MS: u64 = 5 * 60 * 1000;

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

impl Hold {
    /// What a person reads.
    pub fn sentence(self) -> String {
        match self {
            Self::Paused => sentence("queue.paused", &[]),
            Self::OutsideHours { until_ms } => {
                let hour = Timestamp::from_millisecond(until_ms).map(|until| until.to_zoned(TimeZone::system()));
                let hour = hour.map(|hour| hour.strftime("%H:%M").to_string()).unwrap_or_default();
                sentence("queue.outside_hours", &[("hour", &hour)])
            }
            Self::OnBattery => sentence("queue.on_battery", &[]),
            Self::InUse => sentence("queue.in_use", &[]),
        }
    }
}

/// How things are.
#[derive(Debug, Clone)]
pub struct Circumstances {
    /// Whether somebody paused the queue.
    pub paused: bool,
    /// What the clock on this computer's wall shows.
    pub now: Zoned,
    /// Whether the computer runs on its battery.
    pub on_battery: bool,
    /// How long nobody has touched the computer, in milliseconds; none when nobody can say.
    pub idle_ms: Option<u64>,
}

/// What keeps the queue from listening. A computer that cannot say whether it is used counts as idle: the choice would
/// keep the queue waiting for ever otherwise.
pub fn hold(choices: &QueueChoices, found: &Circumstances) -> Option<Hold> {
    if found.paused {
        return Some(Hold::Paused);
    }
    if let Some(hours) = choices.hours.filter(|hours| !hours.hold(minute_of_day(&found.now))) {
        return Some(Hold::OutsideHours { until_ms: next(&found.now, hours.from_minute) });
    }
    if choices.only_on_mains && found.on_battery {
        return Some(Hold::OnBattery);
    }
    let in_use = found.idle_ms.is_some_and(|idle_ms| idle_ms < IDLE_MS);
    (choices.only_when_idle && in_use).then_some(Hold::InUse)
}

fn minute_of_day(now: &Zoned) -> u16 {
    now.hour().unsigned_abs() as u16 * 60 + now.minute().unsigned_abs() as u16
}

/// When the clock on the wall shows this minute next, in milliseconds since 1970 UTC. A minute that a day skips comes
/// when the clock has jumped over it; one that a day has twice comes twice.
fn next(now: &Zoned, minute: u16) -> i64 {
    let time = Time::midnight().saturating_add(jiff::Span::new().minutes(minute));
    let on = |day: Date| {
        let at = now.time_zone().to_ambiguous_zoned(day.to_datetime(time));
        [at.clone().earlier(), at.later()].into_iter().flatten()
    };
    let days = [Some(now.date()), now.date().tomorrow().ok()];
    let coming = days.into_iter().flatten().flat_map(on).filter(|moment| moment > now);
    coming.min().map_or(now.timestamp(), |moment| moment.timestamp()).as_millisecond()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::ListeningHours;

    /// In Bogotá the clock is never changed.
    const BOGOTA: &str = "<-05>5";
    /// In Madrid 02:00 is followed by 03:00 on the last Sunday of March, and 03:00 by 02:00 on that of October.
    const MADRID: &str = "CET-1CEST,M3.5.0,M10.5.0/3";

    fn wall(zone: &str, at: &str) -> Zoned {
        let at: jiff::civil::DateTime = at.parse().unwrap();
        at.to_zoned(TimeZone::posix(zone).unwrap()).unwrap()
    }

    fn quiet(now: Zoned) -> Circumstances {
        Circumstances { paused: false, now, on_battery: false, idle_ms: None }
    }

    fn between(from: &str, until: &str) -> QueueChoices {
        let minute = |text: &str| {
            let time: Time = text.parse().unwrap();
            time.hour() as u16 * 60 + time.minute() as u16
        };
        let hours = Some(ListeningHours { from_minute: minute(from), until_minute: minute(until) });
        QueueChoices { hours, ..QueueChoices::default() }
    }

    /// Until when the queue waits, as the clock on the wall will show it then; none when it may listen.
    fn waits_until(choices: &QueueChoices, now: Zoned) -> Option<String> {
        let zone = now.time_zone().clone();
        match hold(choices, &quiet(now))? {
            Hold::OutsideHours { until_ms } => {
                let until = jiff::Timestamp::from_millisecond(until_ms).unwrap().to_zoned(zone);
                Some(until.datetime().to_string())
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn without_choices_nothing_keeps_the_queue_but_a_pause() {
        let found = Circumstances { on_battery: true, idle_ms: Some(0), ..quiet(wall(BOGOTA, "2026-09-18T10:00")) };
        assert_eq!(hold(&QueueChoices::default(), &found), None);
        assert_eq!(hold(&QueueChoices::default(), &Circumstances { paused: true, ..found }), Some(Hold::Paused));
    }

    #[test]
    fn hours_over_midnight_are_open_on_both_sides_of_it() {
        let night = between("22:00", "06:00");
        let at = |at: &str| waits_until(&night, wall(BOGOTA, at));
        assert_eq!(at("2026-09-18T21:59:59").as_deref(), Some("2026-09-18T22:00:00"));
        assert_eq!(at("2026-09-18T22:00"), None);
        assert_eq!(at("2026-09-19T00:00"), None);
        assert_eq!(at("2026-09-19T05:59:59"), None);
        assert_eq!(at("2026-09-19T06:00").as_deref(), Some("2026-09-19T22:00:00"));
    }

    #[test]
    fn hours_that_have_passed_today_come_again_tomorrow() {
        let noon = between("12:00", "13:00");
        assert_eq!(waits_until(&noon, wall(BOGOTA, "2026-12-31T13:00")).as_deref(), Some("2027-01-01T12:00:00"));
        assert_eq!(waits_until(&noon, wall(BOGOTA, "2026-12-31T00:00")).as_deref(), Some("2026-12-31T12:00:00"));
    }

    #[test]
    fn a_clock_that_is_set_back_closes_hours_that_were_open() {
        let night = between("22:00", "06:00");
        assert_eq!(waits_until(&night, wall(BOGOTA, "2026-09-18T22:30")), None);
        assert_eq!(waits_until(&night, wall(BOGOTA, "2026-09-18T20:30")).as_deref(), Some("2026-09-18T22:00:00"));
        assert_eq!(waits_until(&night, wall(BOGOTA, "1970-01-01T03:00")), None);
    }

    #[test]
    fn an_hour_that_a_day_skips_or_has_twice_is_the_hour_on_the_wall() {
        let early = between("02:30", "04:00");
        let spring = |at: &str| waits_until(&early, wall(MADRID, at));
        assert_eq!(spring("2026-03-29T01:59").as_deref(), Some("2026-03-29T03:30:00"));
        assert_eq!(spring("2026-03-29T03:00"), None);
        // 02:10 in winter's time, when 02:30 in summer's has passed.
        let again = wall(MADRID, "2026-10-25T02:10").checked_add(jiff::Span::new().hours(1)).unwrap();
        assert_eq!(again.datetime().to_string(), "2026-10-25T02:10:00");
        assert_eq!(waits_until(&early, again).as_deref(), Some("2026-10-25T02:30:00"));
    }

    #[test]
    fn somebody_who_is_back_keeps_the_queue_waiting_until_five_minutes_after_the_last_key() {
        let choices = QueueChoices { only_when_idle: true, ..QueueChoices::default() };
        let idle = |idle_ms| hold(&choices, &Circumstances { idle_ms, ..quiet(wall(BOGOTA, "2026-09-18T10:00")) });
        assert_eq!(idle(Some(0)), Some(Hold::InUse));
        assert_eq!(idle(Some(IDLE_MS - 1)), Some(Hold::InUse));
        assert_eq!(idle(Some(IDLE_MS)), None);
        assert_eq!(idle(None), None);
    }

    #[test]
    fn the_battery_only_counts_for_who_chose_so() {
        let found = Circumstances { on_battery: true, ..quiet(wall(BOGOTA, "2026-09-18T10:00")) };
        let choices = QueueChoices { only_on_mains: true, ..QueueChoices::default() };
        assert_eq!(hold(&choices, &found), Some(Hold::OnBattery));
        assert_eq!(hold(&choices, &Circumstances { on_battery: false, ..found.clone() }), None);
        assert_eq!(hold(&QueueChoices::default(), &found), None);
    }
}
