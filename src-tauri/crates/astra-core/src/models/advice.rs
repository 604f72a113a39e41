//! What decides between models: how fast each is on this computer, how much memory it needs, and what the secretary
//! wishes. A pure policy; the speeds are measured elsewhere.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{Catalog, Entry};

const MINUTE_MS: u64 = 60_000;
const HOUR_MS: u64 = 60 * MINUTE_MS;

/// From closing time to the next morning.
const NIGHT_MS: u64 = 12 * HOUR_MS;

/// How many times faster than it was spoken a session has to be heard by somebody in a hurry.
const HURRY: u64 = 6;

/// How many times slower than it is an estimate may make a model: twice for what is not the same on two computers, and
/// twice because what was measured listened while the window was at work. Nobody is talked out of a better model by that.
const TOO_SLOW: f64 = 4.0;

/// What the secretary cares for most.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Preference {
    /// As few mistakes as this computer can, though it takes all night.
    Quality,
    /// As few mistakes as there can be in the time the session itself took.
    #[default]
    Balance,
    /// The text soon, with more to correct.
    Speed,
}

impl Preference {
    /// How long hearing may take, in milliseconds. Nobody minds minutes, and a short recording is no reason for a worse
    /// model.
    fn patience_ms(self, audio_ms: u64) -> u64 {
        match self {
            Self::Quality => NIGHT_MS,
            Self::Balance => audio_ms.clamp(HOUR_MS, NIGHT_MS),
            Self::Speed => (audio_ms / HURRY).max(10 * MINUTE_MS),
        }
    }
}

/// What a choice of model goes by. The default knows nothing, and takes the most accurate one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Aim {
    /// What is cared for most.
    pub preference: Preference,
    /// How long the recordings are, in milliseconds; 0 when nobody knows.
    pub audio_ms: u64,
    /// Seconds of audio that each model hears in a second on this computer, as far as that is known.
    pub speeds: HashMap<String, f64>,
    /// The memory of this computer in megabytes; 0 when nobody knows.
    pub memory_mb: u64,
}

impl Aim {
    /// How long a model takes for the recordings, in milliseconds.
    pub fn takes_ms(&self, id: &str) -> Option<u64> {
        self.speeds.get(id).filter(|speed| **speed > 0.0).map(|speed| (self.audio_ms as f64 / speed) as u64)
    }

    /// Seconds of audio that a model which was never measured should hear in a second, by the most similar one that was;
    /// none when it was measured, or nothing like it.
    pub fn estimate(&self, catalog: &Catalog, id: &str) -> Option<f64> {
        let work = |id: &str| catalog.find(id).and_then(|entry| entry.work).map(f64::from);
        let wanted = work(id).filter(|_| self.takes_ms(id).is_none())?;
        let known = self.speeds.iter().filter(|(_, speed)| **speed > 0.0);
        let measured = known.filter_map(|(id, speed)| Some((work(id)?, *speed)));
        let away = |work: f64| (work / wanted).ln().abs();
        let (work, speed) = measured.min_by(|(one, _), (other, _)| away(*one).total_cmp(&away(*other)))?;
        Some(speed * work / wanted)
    }

    /// The least that a model should take for the recordings, in milliseconds.
    pub(super) fn at_best_ms(&self, catalog: &Catalog, id: &str) -> Option<u64> {
        let estimated = || self.estimate(catalog, id).map(|speed| (self.audio_ms as f64 / (speed * TOO_SLOW)) as u64);
        self.takes_ms(id).or_else(estimated)
    }

    /// Whether a model that needs so many megabytes leaves the rest of the computer enough to work with.
    pub fn fits(&self, needs_mb: u64) -> bool {
        self.memory_mb == 0 || needs_mb * 2 <= self.memory_mb
    }

    /// Whether a model is done in time; what is not known of one that was never measured counts in its favour.
    pub fn is_timely(&self, catalog: &Catalog, id: &str) -> bool {
        self.at_best_ms(catalog, id).is_none_or(|least_ms| least_ms <= self.preference.patience_ms(self.audio_ms))
    }

    /// The model of the catalogue to install: the recommended one, or the best lighter one when that needs more memory
    /// than there is or more time than the secretary has. No computer is too slow for all of them: when it seems so,
    /// what was measured was something else.
    pub fn recommended<'a>(&self, catalog: &'a Catalog) -> &'a str {
        let favourite = catalog.recommended();
        let rank = catalog.find(favourite).map_or(0, |entry| entry.rank);
        let mut lighter: Vec<&Entry> = catalog.entries().iter().filter(|entry| entry.is_offered()).collect();
        lighter.retain(|entry| entry.rank >= rank && self.fits(entry.memory_mb));
        lighter.sort_by_key(|entry| entry.rank);
        let is_timely = |entry: &&&Entry| self.is_timely(catalog, &entry.id);
        lighter.iter().find(is_timely).or(lighter.first()).map_or(favourite, |entry| &entry.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aim(preference: Preference, hours: u64, memory_mb: u64) -> Aim {
        let speeds = [("turbo", 1.5), ("small", 7.0), ("base", 20.0)];
        let speeds = speeds.into_iter().map(|(id, speed)| (id.to_owned(), speed)).collect();
        Aim { preference, audio_ms: hours * HOUR_MS, speeds, memory_mb }
    }

    #[test]
    fn a_session_takes_its_length_over_the_speed() {
        assert_eq!(aim(Preference::Balance, 4, 0).takes_ms("turbo"), Some(160 * MINUTE_MS));
        assert_eq!(aim(Preference::Balance, 4, 0).takes_ms("never measured"), None);
    }

    #[test]
    fn quality_has_all_night_balance_the_length_of_the_session_and_speed_a_sixth_of_it() {
        let catalog = Catalog::bundled().unwrap();
        let timely = |preference, hours, id| aim(preference, hours, 0).is_timely(catalog, id);
        assert!(timely(Preference::Quality, 7, "turbo") && timely(Preference::Balance, 7, "turbo"));
        assert!(!timely(Preference::Speed, 7, "turbo") && timely(Preference::Speed, 7, "small"));
        let slow = Aim { speeds: [("large".to_owned(), 0.5)].into(), ..aim(Preference::Balance, 4, 0) };
        assert!(!slow.is_timely(catalog, "large"));
        assert!(Aim { preference: Preference::Quality, ..slow }.is_timely(catalog, "large"));
    }

    #[test]
    fn a_short_recording_is_no_reason_for_a_worse_model() {
        let slow = Aim { speeds: [("large".to_owned(), 0.5)].into(), audio_ms: 20 * MINUTE_MS, ..Aim::default() };
        assert!(slow.is_timely(Catalog::bundled().unwrap(), "large"));
    }

    #[test]
    fn what_is_not_known_excludes_nothing() {
        let nothing = Aim::default();
        assert!(nothing.fits(u64::MAX / 2) && nothing.is_timely(Catalog::bundled().unwrap(), "turbo"));
    }

    fn measured(preference: Preference, id: &str, speed: f64) -> Aim {
        Aim { preference, audio_ms: 4 * HOUR_MS, speeds: [(id.to_owned(), speed)].into(), memory_mb: 0 }
    }

    #[test]
    fn what_was_never_measured_is_estimated_by_the_most_similar_model_that_was() {
        let catalog = Catalog::bundled().unwrap();
        let mut aim = measured(Preference::Balance, "base", 15.0);
        assert_eq!(aim.estimate(catalog, "large-v3-turbo-q5_0"), Some(1.0));
        assert_eq!(aim.estimate(catalog, "base"), None, "that one was measured");
        aim.speeds.insert("small".to_owned(), 6.0);
        assert_eq!(aim.estimate(catalog, "large-v3-turbo-q5_0"), Some(6.0 * 3.5 / 15.0));
        assert_eq!(aim.estimate(catalog, "silero-v6.2.0"), None);
        assert_eq!(Aim::default().estimate(catalog, "base"), None);
        let nothing = measured(Preference::Balance, "base", 0.0);
        assert_eq!(nothing.estimate(catalog, "small"), None, "what heard nothing says nothing of others");
    }

    #[test]
    fn a_slow_computer_is_recommended_what_it_can_do_in_the_time_there_is() {
        let catalog = Catalog::bundled().unwrap();
        let recommended = |preference, speed| measured(preference, "base", speed).recommended(catalog).to_owned();
        assert_eq!(recommended(Preference::Balance, 15.0), catalog.recommended());
        assert_eq!(recommended(Preference::Balance, 1.0), "small");
        assert_eq!(recommended(Preference::Quality, 5.5), catalog.recommended(), "it has all night");
        assert_eq!(recommended(Preference::Speed, 8.0), "small");
        assert_eq!(recommended(Preference::Balance, 0.1), catalog.recommended(), "it was busy with something else");
    }

    #[test]
    fn a_computer_with_little_memory_is_recommended_a_lighter_model() {
        let catalog = Catalog::bundled().unwrap();
        let recommended = |memory_mb| aim(Preference::Balance, 4, memory_mb).recommended(catalog).to_owned();
        assert_eq!(recommended(16_000), catalog.recommended());
        assert_eq!(recommended(0), catalog.recommended());
        assert_eq!(recommended(2_000), "small");
        assert_eq!(recommended(700), "base-q8_0");
        assert_eq!(recommended(100), catalog.recommended(), "none fits: then it is for a person to decide");
    }
}
