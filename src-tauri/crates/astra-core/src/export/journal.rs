//! The journal of edits as JSON Lines: who wants to know what people changed in the text and the minutes, and
//! when, reads one edit a line, with all it touched before and after. Not CSV: a spreadsheet turns «3-4» into a
//! day and «=…» into a formula as it opens, and a record must be read as it was written.
//!
//! # The format `astra-journal`, version 1
//!
//! The first line says what it is: `schema`, `version`, `copy`, `title`, `edits` (how many lines follow),
//! `recordings` (name, SHA-256, offset and length) and `speakers` (id, name, office, as they are now). Each other
//! line is an edit:
//!
//! | key | what it holds |
//! |---|---|
//! | `number`, `edit` | its place in the journal, from 1; its kind: `retext`, `split`, `set_record` … |
//! | `made_at_ms`, `undone_at_ms` | milliseconds since 1970-01-01 UTC; null unless it was taken back |
//! | `words` | what tells it from others: the new text, the name |
//! | `changes` | what it touched: `what` (`segment`, `speaker`, `entry`, `record`, `refused`), `id`, `before`, `after` |
//!
//! `before` is null for what was not there and `after` for what is gone; of the record they hold the fields that
//! changed. Times of segments are milliseconds of the recording `part`, from 0. In the public copy a change is
//! `{"what", "withheld"}` and nothing else when what it touched was ever reserved, or ever held what may be
//! personal data: of texts that were rephrased nobody confirmed anything, and half a telephone number was typed
//! before the whole. New keys may appear within version 1; a key never changes its meaning or goes away without
//! a new version.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::RecordingFacts;
use crate::minutes::Entry;
use crate::minutes::acta::{Copy, masked_value};
use crate::minutes::masks::{Secret, hide, suggest};
use crate::minutes::turns::{Clock, is_reserved};
use crate::transcript::{Altered, Change, Mark, Segment, Speaker, Utterance};
use crate::{Error, Result};

/// An edit that was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Made {
    /// Its place in the journal, from 1.
    pub number: u64,
    /// When, in milliseconds since 1970 UTC.
    pub made_at_ms: i64,
    /// When it was taken back, if it was.
    pub undone_at_ms: Option<i64>,
    /// What it did.
    pub change: Change,
}

/// A session with all its edits.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Journal {
    /// What the secretary calls it.
    pub title: String,
    /// Its recordings, in order.
    pub recordings: Vec<RecordingFacts>,
    /// Those who speak.
    pub speakers: Vec<Speaker>,
    /// Its text now.
    pub segments: Vec<Segment>,
    /// The same on the session's clock.
    pub utterances: Vec<Utterance>,
    /// The edits, in order.
    pub edits: Vec<Made>,
}

/// The journal for the archive or for everybody, who is told no secret.
///
/// # Errors
/// [`Error::Broken`] if a value cannot be JSON, which no [`Journal`] holds.
pub fn write(journal: &Journal, copy: Copy, secrets: &[Secret]) -> Result<Vec<u8>> {
    let withheld = match copy {
        Copy::Complete => Withheld::default(),
        Copy::Public => Withheld::of(journal, secrets),
    };
    let speakers = journal.speakers.iter().filter(|speaker| !withheld.speaker(&speaker.id.to_string()));
    let recordings = journal.recordings.iter().map(|recording| {
        json!({
            "name": recording.name,
            "sha256": recording.sha256,
            "offset_ms": recording.offset_ms,
            "duration_ms": recording.duration_ms,
        })
    });
    let head = json!({
        "schema": "astra-journal",
        "version": 1,
        "copy": copy.id(),
        "title": journal.title,
        "edits": journal.edits.len(),
        "recordings": recordings.collect::<Value>(),
        "speakers": speakers.map(|one| json!({ "id": one.id, "name": one.name, "role": one.role })).collect::<Value>(),
    });
    let mut bytes = Vec::new();
    for line in std::iter::once(head).chain(journal.edits.iter().map(|made| edit(made, &withheld))) {
        let line = match copy {
            Copy::Complete => line,
            Copy::Public => masked_value(without_reasons(line), secrets),
        };
        serde_json::to_writer(&mut bytes, &line)
            .map_err(|error| Error::Broken { reason: format!("journal as JSON: {error}") })?;
        bytes.push(b'\n');
    }
    Ok(bytes)
}

/// Every text that is or was in the journal's session.
pub fn texts(journal: &Journal) -> impl Iterator<Item = &str> {
    segments(journal).map(|segment| segment.text.as_str())
}

/// What the public copy says nothing of, by id.
#[derive(Debug, Default)]
struct Withheld {
    reserved: BTreeSet<String>,
    personal: BTreeSet<String>,
    /// Those who speak nowhere that everybody may read.
    speakers: Option<BTreeSet<String>>,
}

impl Withheld {
    fn of(journal: &Journal, secrets: &[Secret]) -> Self {
        let mut withheld = Self::default();
        let clock = Clock { offsets_ms: journal.recordings.iter().map(|recording| recording.offset_ms).collect() };
        let personal = |text: &str| !hide(text, secrets).is_empty() || !suggest(text).is_empty();
        for segment in segments(journal) {
            if segment.mark == Some(Mark::Reserved) {
                withheld.reserved.insert(segment.id.to_string());
            }
            if personal(&segment.text) {
                withheld.personal.insert(segment.id.to_string());
            }
        }
        let made_of_each_other =
            || journal.edits.iter().filter(|made| ["split", "merge"].contains(&made.change.step.kind.as_str()));
        for set in [&mut withheld.reserved, &mut withheld.personal] {
            spread(set, &made_of_each_other().map(|made| ids(&made.change)).collect::<Vec<_>>());
        }
        let entries = journal.edits.iter().flat_map(|made| &made.change.entries).flat_map(both);
        for entry in entries {
            if is_reserved(entry, &journal.utterances, &clock) || lies_in(entry, journal, &withheld.reserved) {
                withheld.reserved.insert(entry.id.to_string());
            }
            if strings(&value(entry)).iter().any(|text| personal(text)) {
                withheld.personal.insert(entry.id.to_string());
            }
        }
        let public = |speaker: &Speaker| {
            let mut segments = journal.segments.iter().filter(|segment| segment.speaker == Some(speaker.id));
            segments.any(|segment| !withheld.reserved.contains(&segment.id.to_string()))
        };
        let named = journal.edits.iter().flat_map(|made| &made.change.speakers).flat_map(both);
        let speakers = named.chain(&journal.speakers).filter(|speaker| !public(speaker));
        withheld.speakers = Some(speakers.map(|speaker| speaker.id.to_string()).collect());
        withheld
    }

    fn speaker(&self, id: &str) -> bool {
        self.speakers.as_ref().is_some_and(|speakers| speakers.contains(id))
    }

    /// Why nothing is said of it.
    fn reason(&self, id: &str) -> Option<&'static str> {
        match id {
            _ if self.reserved.contains(id) || self.speaker(id) => Some("reserved"),
            _ if self.personal.contains(id) => Some("personal"),
            _ => None,
        }
    }
}

/// An edit as its line says it. What only a change that is withheld would tell is left out with it.
fn edit(made: &Made, withheld: &Withheld) -> Value {
    let change = &made.change;
    let mut changes: Vec<Value> = Vec::new();
    changes.extend(change.segments.iter().filter_map(|one| touched("segment", one, |it| it.id.to_string(), withheld)));
    changes.extend(change.speakers.iter().filter_map(|one| touched("speaker", one, |it| it.id.to_string(), withheld)));
    changes.extend(change.entries.iter().filter_map(|one| touched("entry", one, |it| it.id.to_string(), withheld)));
    changes.extend(
        change.refused.iter().map(|one| json!({ "what": "refused", "before": one.before, "after": one.after })),
    );
    changes.extend(change.record.as_ref().map(|record| {
        let (before, after) = different(value(&record.before), value(&record.after));
        json!({ "what": "record", "before": before, "after": after })
    }));
    let open = changes.iter().all(|change| change.get("withheld").is_none());
    json!({
        "number": made.number,
        "edit": change.step.kind,
        "made_at_ms": made.made_at_ms,
        "undone_at_ms": made.undone_at_ms,
        "words": open.then_some(&change.step.text),
        "changes": changes,
    })
}

fn touched<T: Serialize>(
    what: &str,
    one: &Altered<T>,
    id: impl Fn(&T) -> String,
    withheld: &Withheld,
) -> Option<Value> {
    let id = id(one.any()?);
    Some(match withheld.reason(&id) {
        Some(reason) => json!({ "what": what, "withheld": reason }),
        None => json!({ "what": what, "id": id, "before": shown(&one.before), "after": shown(&one.after) }),
    })
}

/// What somebody may want to know of it: when each word was said and what a machine made of the passage is not
/// in it.
fn shown<T: Serialize>(it: &Option<T>) -> Value {
    let mut value = value(it);
    if let Some(fields) = value.as_object_mut() {
        for name in ["id", "times", "unsure", "respelled", "faults", "doubtful", "colour"] {
            fields.remove(name);
        }
    }
    value
}

/// The fields in which two values differ.
fn different(before: Value, after: Value) -> (Value, Value) {
    let (Value::Object(before), Value::Object(after)) = (&before, &after) else { return (before, after) };
    let only = |these: &Map<String, Value>, others: &Map<String, Value>| {
        let changed = these.iter().filter(|(name, value)| others.get(*name) != Some(value));
        Value::Object(changed.map(|(name, value)| (name.clone(), value.clone())).collect())
    };
    (only(before, after), only(after, before))
}

/// Adds everything to a set that came of something in it, or from which something in it came.
fn spread(set: &mut BTreeSet<String>, together: &[Vec<String>]) {
    loop {
        let before = set.len();
        for ids in together {
            if ids.iter().any(|id| set.contains(id)) {
                set.extend(ids.iter().cloned());
            }
        }
        if set.len() == before {
            return;
        }
    }
}

/// Whether an entry was stated where something was said that is reserved, or once was.
fn lies_in(entry: &Entry, journal: &Journal, reserved: &BTreeSet<String>) -> bool {
    let Some(heard) = entry.heard else { return false };
    let mut reserved = segments(journal).filter(|segment| reserved.contains(&segment.id.to_string()));
    let middle = heard.middle();
    reserved.any(|segment| segment.part == middle.part && (segment.start_ms..=segment.end_ms).contains(&middle.ms))
}

/// Why somebody did not come may be a matter of health; the public copy of the acta does without too.
fn without_reasons(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let kept = fields.into_iter().filter(|(name, _)| name != "reason");
            Value::Object(kept.map(|(name, value)| (name, without_reasons(value))).collect())
        }
        Value::Array(values) => values.into_iter().map(without_reasons).collect(),
        other => other,
    }
}

/// Every segment that is or was, as it is and was.
fn segments(journal: &Journal) -> impl Iterator<Item = &Segment> {
    journal.edits.iter().flat_map(|made| &made.change.segments).flat_map(both).chain(&journal.segments)
}

fn ids(change: &Change) -> Vec<String> {
    change.segments.iter().filter_map(Altered::any).map(|segment| segment.id.to_string()).collect()
}

fn both<T>(altered: &Altered<T>) -> impl Iterator<Item = &T> {
    altered.before.iter().chain(&altered.after)
}

fn value(it: &impl Serialize) -> Value {
    serde_json::to_value(it).unwrap_or_default()
}

/// Every text in a value.
fn strings(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(values) => values.iter().flat_map(strings).collect(),
        Value::Object(fields) => fields.values().flat_map(strings).collect(),
        _ => vec![],
    }
}

#[cfg(test)]
mod tests;
