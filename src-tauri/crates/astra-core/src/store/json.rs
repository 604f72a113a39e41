//! Values that stand in a column as JSON.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::damaged;
use crate::error::Result;

/// A value as the text of a column; `what` names it in an error.
pub(super) fn json(what: &str, value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| damaged(what, error))
}

/// The value of a column.
pub(super) fn parsed<T: DeserializeOwned>(what: &str, text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| damaged(what, error))
}

/// The value of a column that an older version may have written: what it did not know has its
/// default, what it alone knew is dropped.
pub(super) fn completed<T: Default + Serialize + DeserializeOwned>(what: &str, text: &str) -> Result<T> {
    let mut whole = serde_json::to_value(T::default()).map_err(|error| damaged(what, error))?;
    overlay(&mut whole, parsed(what, text)?);
    serde_json::from_value(whole).map_err(|error| damaged(what, error))
}

fn overlay(under: &mut Value, over: Value) {
    match (under, over) {
        // A map that is empty by default takes every key.
        (Value::Object(under), Value::Object(over)) if !under.is_empty() => {
            for (name, value) in over {
                if let Some(known) = under.get_mut(&name) {
                    overlay(known, value);
                }
            }
        }
        (under, over) => *under = over,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{ListeningHours, QueueChoices, Settings, Theme};

    #[test]
    fn what_an_older_version_kept_stays_and_what_it_did_not_know_has_its_default() {
        let text = r#"{"theme": "dark", "council": {"entity": "Neiva"}, "shortcuts": {"find.open": "F7"}, "gone": 3}"#;
        let old: Settings = completed("settings", text).unwrap();
        assert_eq!(old.theme, Theme::Dark);
        assert_eq!(old.council.entity, "Neiva");
        assert_eq!(old.shortcuts["find.open"], "F7");
        assert!(old.listening_copy);
        assert!(old.notify_when_ready && !old.start_at_login && old.deliver_to.is_none());
        assert_eq!(old.queue, QueueChoices::default());
    }

    #[test]
    fn what_was_chosen_for_the_queue_comes_back() {
        let hours = Some(ListeningHours { from_minute: 1320, until_minute: 360 });
        let queue = QueueChoices { hours, only_when_idle: true, only_on_mains: true };
        let chosen = Settings { queue, deliver_to: Some("/actas/ñ".into()), ..Settings::default() };
        let text = json("settings", &chosen).unwrap();
        assert_eq!(completed::<Settings>("settings", &text).unwrap(), chosen);
    }
}
