//! Where the words stand: one Spanish catalogue for everybody, and what the window says in its own words or in another
//! language.

use std::sync::{LazyLock, PoisonError, RwLock};

use serde_json::Value;

use crate::settings::Language;

/// A file of words of the window, by its path below `ui/src/i18n`.
macro_rules! words {
    ($path:literal) => {
        LazyLock::new(|| {
            serde_json::from_str(include_str!(concat!("../../../../../ui/src/i18n/", $path))).unwrap_or_default()
        })
    };
}

type Words = LazyLock<Value>;

/// What everybody says who has nothing better to say.
static SPANISH: Words = words!("es-CO.json");
static SPAIN: Words = words!("es-ES.json");
static ENGLISH: Words = words!("en.json");

/// What failed, as the window says it: without the commands that only a terminal has.
static SPANISH_FAILURES: Words = words!("es-CO/failures.json");
static SPAIN_FAILURES: Words = words!("es-ES/failures.json");
static ENGLISH_FAILURES: Words = words!("en/failures.json");

/// What only the window says, by the beginnings of the keys. Everything else may stand in a document, and documents are
/// Spanish.
const SPOKEN: [&str; 9] =
    ["error.", "notice.", "notification.", "opening.", "picker.", "queue.", "reason.", "sending.", "tray."];

/// The language of the window; none in a program without one.
static WINDOW: RwLock<Option<Language>> = RwLock::new(None);

/// From now on this program speaks as the window does, in this language. The documents stay Spanish.
pub fn speak_as_window(language: Language) {
    *WINDOW.write().unwrap_or_else(PoisonError::into_inner) = Some(language);
}

/// The words under `key` (parts separated by dots), as this program speaks.
pub(super) fn look_up(key: &str) -> Option<&'static str> {
    let window = *WINDOW.read().unwrap_or_else(PoisonError::into_inner);
    said(window, key)
}

fn said(window: Option<Language>, key: &str) -> Option<&'static str> {
    let Some(language) = window.filter(|_| SPOKEN.iter().any(|beginning| key.starts_with(beginning))) else {
        return at(&SPANISH, key);
    };
    let (failures, words): (&Words, Option<&Words>) = match language {
        Language::Colombia => (&SPANISH_FAILURES, None),
        Language::Spain => (&SPAIN_FAILURES, Some(&SPAIN)),
        Language::English => (&ENGLISH_FAILURES, Some(&ENGLISH)),
    };
    key.strip_prefix("error.")
        .and_then(|code| at(failures, code).or_else(|| at(&SPANISH_FAILURES, code)))
        .or_else(|| at(words?, key))
        .or_else(|| at(&SPANISH, key))
}

fn at(words: &'static Words, key: &str) -> Option<&'static str> {
    key.split('.').try_fold(&**words, |node, part| node.get(part))?.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_window_everything_is_said_in_spanish_with_the_commands_of_a_terminal() {
        assert_eq!(said(None, "tray.quit"), Some("Salir"));
        assert!(said(None, "error.model_unknown").unwrap().contains("astra models list"));
        assert_eq!(said(None, "no.existe"), None);
    }

    #[test]
    fn a_window_says_what_failed_in_its_own_words() {
        for language in [Language::Colombia, Language::Spain, Language::English] {
            let text = said(Some(language), "error.model_unknown").unwrap();
            assert!(text.contains("{id}") && !text.contains("astra models"), "{text}");
        }
        assert!(said(Some(Language::Spain), "error.keyring_missing").unwrap().contains("ordenador"));
    }

    #[test]
    fn a_window_says_in_its_language_what_that_language_has_and_the_rest_in_spanish() {
        assert_eq!(said(Some(Language::English), "tray.quit"), Some("Quit"));
        assert_eq!(said(Some(Language::Spain), "tray.quit"), Some("Salir"));
        assert!(said(Some(Language::Spain), "queue.in_use").unwrap().contains("ordenador"));
    }

    #[test]
    fn the_words_of_a_document_are_spanish_whatever_the_window_speaks() {
        for key in ["document.fault.loop", "cleaning.tag"] {
            assert_eq!(said(Some(Language::English), key), at(&SPANISH, key), "{key}");
            assert_ne!(at(&ENGLISH, key), at(&SPANISH, key), "{key}");
        }
    }
}
