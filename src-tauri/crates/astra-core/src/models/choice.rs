//! Which model hears a recording: a pure rule over the catalogue and what is installed.

use super::{Aim, Catalog, Installed, listens, takes_a_language};
use crate::{Error, Result};

/// The model that was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its id.
    pub id: String,
    /// Whether a demo model was asked for by name for a recording it was not made for: its text is
    /// worth nothing then, and the person has to be told.
    pub warning: bool,
}

/// Chooses the model for a recording.
///
/// A model asked for by name wins. Otherwise an embedded model selects itself for its own sample
/// recording (`recording_sha256`, lower-case hexadecimal) and for no other. Otherwise, of the installed
/// Spanish models for which there is memory and that are done in the time `aim` leaves them, as far as that
/// is known or can be told from others, the one of the best rank; when all take longer, the fastest. Models a person brought along come after
/// those of the catalogue, in the order of their ids. One that cannot be told which language is
/// spoken hears only when it is asked for.
///
/// # Errors
/// [`Error::ModelUnknown`] and [`Error::ModelNotInstalled`] for a model asked for by name;
/// [`Error::ModelMissing`] when nothing installed may hear a real recording.
pub fn choose(
    catalog: &Catalog,
    asked: Option<&str>,
    recording_sha256: Option<&str>,
    installed: &[Installed],
    aim: &Aim,
) -> Result<Choice> {
    let own = |id: &str| {
        let recordings = catalog.find(id).map(|entry| entry.recordings.as_slice()).unwrap_or_default();
        recording_sha256.is_some_and(|hash| recordings.iter().any(|recording| recording == hash))
    };
    let listening: Vec<&Installed> = installed.iter().filter(|model| listens(&model.engine)).collect();

    if let Some(id) = asked {
        if !listening.iter().any(|model| model.id == id) {
            return Err(match catalog.find(id) {
                Some(entry) if listens(&entry.engine) => Error::ModelNotInstalled { id: id.to_owned() },
                _ => Error::ModelUnknown { id: id.to_owned() },
            });
        }
        let demo = catalog.find(id).is_some_and(|entry| entry.embedded);
        return Ok(Choice { id: id.to_owned(), warning: demo && !own(id) });
    }
    if let Some(model) = listening.iter().find(|model| own(&model.id)) {
        return Ok(Choice { id: model.id.clone(), warning: false });
    }
    let able: Vec<&Installed> = listening
        .into_iter()
        .filter(|model| takes_a_language(&model.engine))
        .filter(|model| catalog.find(&model.id).is_none_or(|entry| !entry.embedded))
        .filter(|model| model.languages.iter().any(|language| language == "es"))
        .collect();
    let rank = |model: &&Installed| (catalog.find(&model.id).map_or(u32::MAX, |entry| entry.rank), model.id.clone());
    // A file is about as large as what is made of it in memory.
    let needs_mb = |model: &Installed| catalog.find(&model.id).map_or(model.bytes / 1_000_000, |entry| entry.memory_mb);
    let fitting: Vec<&Installed> = able.iter().copied().filter(|model| aim.fits(needs_mb(model))).collect();
    let timely = fitting.iter().copied().filter(|model| aim.is_timely(catalog, &model.id)).min_by_key(rank);
    let fastest = || fitting.iter().copied().min_by_key(|model| aim.at_best_ms(catalog, &model.id));
    timely
        .or_else(fastest)
        .or_else(|| able.iter().copied().min_by_key(rank))
        .map(|model| Choice { id: model.id.clone(), warning: false })
        .ok_or_else(|| Error::ModelMissing { recommended: aim.recommended(catalog).to_owned() })
}

#[cfg(test)]
mod tests {
    use super::super::Preference;
    use super::super::testing::{SAMPLE, catalog, installed};
    use super::*;

    fn chosen(asked: Option<&str>, recording: Option<&str>, ids: &[&str]) -> Result<Choice> {
        let models: Vec<Installed> = ids.iter().map(|id| installed(id)).collect();
        choose(&catalog(), asked, recording, &models, &Aim::default())
    }

    fn quietly(id: &str) -> Result<Choice> {
        Ok(Choice { id: id.to_owned(), warning: false })
    }

    #[test]
    fn the_model_asked_for_wins() {
        assert_eq!(chosen(Some("small"), Some(SAMPLE), &["demo", "small", "turbo"]), quietly("small"));
    }

    #[test]
    fn a_model_asked_for_that_is_not_there_is_told_apart_from_one_that_does_not_exist() {
        assert_eq!(chosen(Some("turbo"), None, &["small"]), Err(Error::ModelNotInstalled { id: "turbo".to_owned() }));
        assert_eq!(chosen(Some("tubro"), None, &["small"]), Err(Error::ModelUnknown { id: "tubro".to_owned() }));
    }

    #[test]
    fn the_speech_detector_is_no_model_to_hear_with() {
        assert_eq!(chosen(Some("silero"), None, &["silero"]), Err(Error::ModelUnknown { id: "silero".to_owned() }));
        assert!(matches!(chosen(None, None, &["silero"]), Err(Error::ModelMissing { .. })));
    }

    #[test]
    fn a_model_that_takes_no_language_hears_only_when_it_is_asked_for() {
        let mut parakeet = installed("parakeet");
        parakeet.engine = "parakeet".to_owned();
        let alone = std::slice::from_ref(&parakeet);
        let choose = |asked, installed: &[Installed]| choose(&catalog(), asked, None, installed, &Aim::default());
        assert!(matches!(choose(None, alone), Err(Error::ModelMissing { .. })));
        assert_eq!(choose(None, &[parakeet.clone(), installed("small")]), quietly("small"));
        assert_eq!(choose(Some("parakeet"), alone), quietly("parakeet"));
    }

    #[test]
    fn the_sample_recording_selects_the_demo_and_no_other_recording_does() {
        assert_eq!(chosen(None, Some(SAMPLE), &["demo", "turbo"]), quietly("demo"));
        assert_eq!(chosen(None, Some(&"0".repeat(64)), &["demo", "turbo"]), quietly("turbo"));
        assert_eq!(
            chosen(None, Some(&"0".repeat(64)), &["demo"]),
            Err(Error::ModelMissing { recommended: "turbo".to_owned() })
        );
        assert!(matches!(chosen(None, None, &["demo"]), Err(Error::ModelMissing { .. })));
    }

    #[test]
    fn the_sample_recording_is_heard_by_a_real_model_when_the_demo_is_gone() {
        assert_eq!(chosen(None, Some(SAMPLE), &["small"]), quietly("small"));
    }

    #[test]
    fn the_demo_by_name_is_used_with_a_warning_except_for_its_own_recording() {
        assert_eq!(chosen(Some("demo"), None, &["demo"]), Ok(Choice { id: "demo".to_owned(), warning: true }));
        assert_eq!(chosen(Some("demo"), Some(SAMPLE), &["demo"]), quietly("demo"));
    }

    #[test]
    fn the_best_rank_wins_and_models_brought_along_come_last() {
        assert_eq!(chosen(None, None, &["own", "small", "turbo"]), quietly("turbo"));
        assert_eq!(chosen(None, None, &["own", "demo"]), quietly("own"));
    }

    #[test]
    fn an_english_model_never_hears_a_session_unasked() {
        let mut english = installed("own");
        english.languages = vec!["en".to_owned()];
        let choose = |asked| choose(&catalog(), asked, None, std::slice::from_ref(&english), &Aim::default());
        assert!(matches!(choose(None), Err(Error::ModelMissing { .. })));
        assert_eq!(choose(Some("own")), quietly("own"));
    }

    #[test]
    fn the_most_accurate_model_that_is_done_in_time_hears_and_else_the_fastest() {
        let models = [installed("turbo"), installed("small")];
        let hears = |speeds: [(&str, f64); 2], preference, hours: u64| {
            let speeds = speeds.into_iter().map(|(id, speed)| (id.to_owned(), speed)).collect();
            let aim = Aim { preference, audio_ms: hours * 3_600_000, speeds, memory_mb: 0 };
            choose(&catalog(), None, None, &models, &aim).unwrap().id
        };
        let slow = [("turbo", 0.7), ("small", 7.0)];
        assert_eq!(hears(slow, Preference::Balance, 4), "small");
        assert_eq!(hears(slow, Preference::Quality, 4), "turbo");
        assert_eq!(hears(slow, Preference::Balance, 0), "turbo");
        assert_eq!(hears([("turbo", 0.1), ("small", 0.2)], Preference::Speed, 4), "small");
        assert_eq!(hears([("turbo", 40.0), ("small", 90.0)], Preference::Speed, 4), "turbo");
    }

    #[test]
    fn a_model_that_was_never_measured_hears_unless_those_that_were_show_that_it_takes_too_long() {
        let catalog = Catalog::bundled().unwrap();
        let models = [installed("large-v3-turbo-q5_0"), installed("base")];
        let hears = |speed: f64| {
            let speeds = [("base".to_owned(), speed)].into();
            let aim = Aim { audio_ms: 4 * 3_600_000, speeds, ..Aim::default() };
            choose(catalog, None, None, &models, &aim).unwrap().id
        };
        assert_eq!(hears(5.0), "large-v3-turbo-q5_0");
        assert_eq!(hears(1.5), "base");
    }
}
