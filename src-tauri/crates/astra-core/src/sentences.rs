//! The sentences a person reads, from the catalogues that the window reads too: Spanish, unless the window says which
//! language it speaks.
//!
//! A sentence may hold places like `{path}`, filled from the parameters given.

mod catalogues;

use serde_json::Value;

use self::catalogues::look_up;
pub use self::catalogues::speak_as_window;
use crate::Error;

/// The sentence under `key` (parts separated by dots) with its places filled in. A key that is
/// missing comes back as itself, so that a forgotten sentence is seen and not a panic. What is filled
/// in is never read again: braces in a name are no places.
pub fn sentence(key: &str, parameters: &[(&str, &str)]) -> String {
    let mut rest = look_up(key).unwrap_or(key);
    let mut text = String::with_capacity(rest.len());
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let known = after.split_once('}').and_then(|(name, behind)| {
            parameters.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value, behind))
        });
        let (value, behind) = known.unwrap_or(("{", after));
        text.push_str(value);
        rest = behind;
    }
    text + rest
}

/// The sentence for an error, with the error's own fields filled in.
pub fn error_sentence(error: &Error) -> String {
    let (code, fields) = key_and_fields(error);
    filled(&code, &fields)
}

/// The sentence under a key of `error` with these fields filled in. A place without a field, as an
/// error kept by an older version may leave it, is told as «…».
pub fn filled(code: &str, fields: &[(String, String)]) -> String {
    let key = format!("error.{code}");
    let mut text = String::new();
    let mut rest = look_up(&key).unwrap_or(&key);
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(before, place)| Some((before, place.split_once('}')?)))
    {
        let field = fields.iter().find(|(field, _)| field == name);
        text.push_str(before);
        text.push_str(field.map_or("…", |(_, value)| value));
        rest = after;
    }
    text + rest
}

/// Under which key of `error` an error's sentence stands, and its fields as words. What an engine
/// or an edit says of itself comes first.
pub fn key_and_fields(error: &Error) -> (String, Vec<(String, String)>) {
    key_and_fields_of(&serde_json::to_value(error).unwrap_or_default())
}

/// The same for an error in its JSON form.
pub fn key_and_fields_of(whole: &Value) -> (String, Vec<(String, String)>) {
    let nested = ["failure", "refusal"].iter().find_map(|name| whole.get(name)).cloned().unwrap_or_default();
    let inner = ["failure", "refusal"].iter().find_map(|name| nested.get(name)?.as_str().map(|code| (*name, code)));
    let code = match inner {
        Some(("failure", failure)) => format!("engine_{failure}"),
        Some((_, refusal)) => format!("edit_{refusal}"),
        None => whole.get("code").and_then(Value::as_str).unwrap_or("broken").to_owned(),
    };
    let fields = [whole, &nested]
        .into_iter()
        .filter_map(Value::as_object)
        .flatten()
        .filter(|(name, value)| !value.is_object() && *name != "code")
        .map(|(name, value)| (name.clone(), plain(name, value)))
        .collect();
    (code, fields)
}

/// A field as words: damage to a model has a sentence of its own.
fn plain(name: &str, value: &Value) -> String {
    match value {
        Value::String(text) => match look_up(&format!("{name}.{text}")) {
            Some(words) => words.to_owned(),
            None => text.clone(),
        },
        other => other.to_string(),
    }
}

/// A moment or a length as `h:mm:ss`.
pub fn clock_time(ms: u64) -> String {
    let seconds = ms / 1000;
    format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::EngineError;
    use crate::error::ModelDamage;

    #[test]
    fn an_error_becomes_a_sentence_with_its_own_fields() {
        let text = error_sentence(&Error::RecordingEmpty { path: "acta ñ.mp3".to_owned() });
        assert!(text.contains("acta ñ.mp3") && !text.contains('{'), "{text}");
    }

    #[test]
    fn an_engine_s_failure_has_a_sentence_of_its_own() {
        let (file, reason) = ("m.bin", || "bad magic".to_owned());
        for failure in [
            EngineError::ModelUnreadable { model: file.to_owned(), reason: reason() },
            EngineError::LibraryUnusable { library: file.to_owned(), reason: reason() },
        ] {
            let text = error_sentence(&Error::Engine { failure });
            assert!(text.contains(file) && !text.contains('{') && !text.starts_with("error."), "{text}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_model_is_said_in_words() {
        let text = error_sentence(&Error::ModelBroken { path: "m.bin".to_owned(), reason: ModelDamage::LfsPointer });
        assert!(text.contains("Git LFS"), "{text}");
    }

    #[test]
    fn a_field_that_an_older_error_lacks_leaves_no_brace_in_its_sentence() {
        let text = filled("engine_died", &[]);
        assert!(text.contains('…') && !text.contains('{'), "{text}");
    }

    #[test]
    fn a_field_is_never_taken_for_a_place() {
        let fields = [("path".to_owned(), "{twin}".to_owned()), ("twin".to_owned(), "b.mp3".to_owned())];
        assert!(filled("recording_repeated", &fields).contains("«{twin}»"));
    }

    #[test]
    fn braces_in_what_is_filled_in_are_no_places() {
        let text = sentence("document.recording_part", &[("length", "{start}"), ("start", "{x")]);
        assert_eq!(text, "{start}, desde {x");
        assert_eq!(sentence("no {place} {length", &[("length", "1")]), "no {place} {length");
    }

    #[test]
    fn a_sentence_that_was_forgotten_shows_its_key() {
        assert_eq!(sentence("no.existe", &[]), "no.existe");
    }

    #[test]
    fn times_have_two_digits_after_the_hour() {
        assert_eq!(clock_time(25_200_999), "7:00:00");
        assert_eq!(clock_time(61_000), "0:01:01");
    }
}
