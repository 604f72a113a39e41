//! The acta as open data, for programs: one JSON object that `assets/schema/acta-1.json` describes.
//!
//! # The format `astra-acta`, version 1
//!
//! All times are integer milliseconds of the session, on whose clock recording *n* starts at its `offset_ms`;
//! days are `YYYY-MM-DD` and hours `HH:MM`, as they were typed.
//!
//! | key | what it holds |
//! |---|---|
//! | `schema`, `version` | `"astra-acta"`, `1`; a reader refuses a version it does not know |
//! | `kind`, `copy`, `country` | `literal`, `decisiones` or `sucinta`; `completa` or `publica`; `colombia` or `spain` |
//! | `draft`, `warning` | whether something waits to be written or confirmed; a sentence to show first, or null |
//! | `record` | what the sitting was: only the fields that somebody gave |
//! | `attendance`, `guests` | who was called, in the order of the roll, and who was invited |
//! | `agenda` | the items by number |
//! | `development` | for each time that an item was dealt with its number, or null, and what happened, in order |
//! | `stated` | what has no place in the order: tasks, annexes, the next sitting |
//! | `recordings`, `listening` | what was listened to, and how much of the text people corrected; null when nothing was |
//!
//! What happened is a `turn` (who, when, the paragraphs of this kind of acta, `pending` when they are still to
//! be written), a stretch that is `reserved`, or an `entry` with `what` was stated: a vote, a motion, a bill …
//! New keys may appear within version 1; a key never changes its meaning or goes away without a new version.

use serde_json::{Map, Value, json};

use super::certificate::Revision;
use super::sections::{Section, items, sections};
use super::speech::Said;
use super::writing::{Writing, given};
use super::{Copy, Country, Entry, Kind, Material, Step, Style, What, public};
use crate::export::OtherModel;
use crate::minutes::Stretch;
use crate::minutes::turns::{Turn, is_reserved};

/// The open data of an acta. The public copy has neither what is reserved nor personal data.
pub fn data(material: &Material, kind: Kind, copy: Copy, style: &Style) -> Value {
    let writing = Writing::new(material, kind, copy, style);
    let development: Vec<Value> =
        sections(&writing).iter().filter_map(|section| section_data(&writing, section)).collect();
    let agenda: Vec<Value> = items(&writing)
        .into_iter()
        .map(|item| json!({ "number": item.number, "title": item.title, "business": item.business }))
        .collect();
    let stated = material.entries().iter().filter(|entry| {
        let own = matches!(entry.what, What::Task { .. } | What::Annex { .. } | What::NextSession { .. });
        own && (writing.is_complete() || !is_reserved(entry, &material.utterances, &writing.clock))
    });
    let guests = material.minutes.record.guests.iter();
    let recordings = material.recordings.iter().map(|recording| {
        json!({
            "name": recording.name,
            "sha256": recording.sha256,
            "streamed": recording.streamed,
            "offset_ms": recording.offset_ms,
            "duration_ms": recording.duration_ms,
        })
    });
    let other = |other: &OtherModel| json!({ "model": other.model, "chunks": other.chunks });
    let revision = Revision::of(&writing);
    let listening = material.listening.as_ref().map(|listening| {
        json!({
            "engine": listening.engine,
            "model": listening.model,
            "model_sha256": listening.model_sha256,
            "other_models": listening.other_models.iter().map(other).collect::<Vec<_>>(),
            "audio_ms": listening.coverage.audio_ms,
            "speech_ms": listening.coverage.speech_ms,
            "covered_ms": listening.coverage.covered_ms,
            "words": revision.words,
            "touched_words": revision.touched,
            "corrected_words": revision.corrected,
        })
    });
    let value = json!({
        "schema": "astra-acta",
        "version": 1,
        "kind": kind.id(),
        "copy": copy.id(),
        "country": match style.country { Country::Colombia => "colombia", Country::Spain => "spain" },
        "draft": writing.draft.get(),
        "warning": material.warning,
        "record": record(&writing),
        "attendance": attendance(&writing),
        "guests": guests.map(|guest| fields([("name", guest.name.as_str()), ("office", &guest.office)])).collect::<Value>(),
        "agenda": agenda,
        "development": development,
        "stated": stated.map(|entry| entry_data(&writing, entry)).collect::<Value>(),
        "recordings": recordings.collect::<Value>(),
        "listening": listening,
    });
    match copy {
        Copy::Complete => value,
        Copy::Public => public::masked_value(value, &material.masks),
    }
}

fn record(writing: &Writing<'_>) -> Value {
    let record = &writing.material.minutes.record;
    let mut value = fields([
        ("entity", record.entity.as_str()),
        ("body", &record.body),
        ("kind", &record.kind),
        ("number", &record.number),
        ("date", &record.date),
        ("place", &record.place),
        ("planned_start", &record.planned_start),
        ("starts", &record.starts),
        ("ends", &record.ends),
        ("president", &record.president),
        ("secretary", &record.secretary),
    ]);
    if let Some(fields) = value.as_object_mut() {
        fields.extend(record.call.map(|call| ("call".to_owned(), json!(call))));
        fields.extend(record.mode.map(|mode| ("mode".to_owned(), json!(mode))));
    }
    value
}

fn attendance(writing: &Writing<'_>) -> Value {
    let called = writing.material.minutes.record.attendance.iter().map(|attendee| {
        let reason = if writing.is_complete() { attendee.reason.as_str() } else { "" };
        let mut value = fields([
            ("name", attendee.name.as_str()),
            ("office", writing.material.office(&attendee.name)),
            ("party", &attendee.party),
            ("arrived", &attendee.arrived),
            ("left", &attendee.left),
            ("reason", reason),
        ]);
        if let Some(fields) = value.as_object_mut() {
            fields.insert("attendance".to_owned(), json!(attendee.attendance));
            fields.insert("remote".to_owned(), json!(attendee.remote));
        }
        value
    });
    called.collect()
}

/// One time that an item was dealt with; nothing where nothing happened under none.
fn section_data(writing: &Writing<'_>, section: &Section<'_>) -> Option<Value> {
    let steps: Vec<Value> = section
        .steps
        .iter()
        .filter_map(|step| match step {
            Step::Turn(turn) => turn_data(writing, turn),
            Step::Reserved => Some(json!({ "type": "reserved" })),
            Step::Entry(Entry { what: What::Task { .. } | What::Annex { .. } | What::NextSession { .. }, .. }) => None,
            Step::Entry(entry) => Some(entry_data(writing, entry)),
        })
        .collect();
    let item = section.item.map(|item| item.number);
    (item.is_some() || !steps.is_empty()).then(|| json!({ "item": item, "steps": steps }))
}

fn turn_data(writing: &Writing<'_>, turn: &Turn<'_>) -> Option<Value> {
    let (text, pending) = match writing.said(turn) {
        Said::Nothing => return None,
        Said::Pending => (vec![], true),
        Said::Paragraphs(paragraphs) => (paragraphs, false),
    };
    if pending {
        writing.draft.set(true);
    }
    let mut value = json!({
        "type": "turn",
        "speaker": turn.speaker,
        "reserved": turn.reserved,
        "pending": pending,
        "text": text,
    });
    heard(writing, &mut value, turn.heard);
    Some(value)
}

fn entry_data(writing: &Writing<'_>, entry: &Entry) -> Value {
    let mut value = json!({ "type": "entry", "what": entry.what });
    if let Some(stretch) = entry.heard {
        heard(writing, &mut value, stretch);
        if let (What::Constancia { .. }, Some(fields)) = (&entry.what, value.as_object_mut()) {
            fields.insert("text".to_owned(), json!(writing.word_for_word(stretch)));
        }
    }
    value
}

fn heard(writing: &Writing<'_>, value: &mut Value, stretch: Stretch) {
    if let Some(fields) = value.as_object_mut() {
        fields.insert("start_ms".to_owned(), json!(writing.clock.session_ms(stretch.from)));
        fields.insert("end_ms".to_owned(), json!(writing.clock.session_ms(stretch.to)));
    }
}

/// The fields that somebody filled in.
fn fields<const N: usize>(fields: [(&str, &str); N]) -> Value {
    let given = fields.into_iter().filter_map(|(name, text)| Some((name.to_owned(), json!(given(text)?))));
    Value::Object(given.collect::<Map<String, Value>>())
}
