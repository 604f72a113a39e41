//! What a document says about itself before the transcript, and about its gaps after it: label and
//! value, in the order of reading. Shared by the documents made to be read.

use std::path::Path;

use super::lines::one_line;
use super::passages::reason;
use super::shown::{self, shown};
use super::{Document, OtherModel, RecordingFacts, record, times};
use crate::guard::Coverage;
use crate::sentences::sentence;

/// A line of the facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fact {
    /// What it is about.
    pub(crate) label: String,
    /// The value, in as many lines as it needs.
    pub(crate) value: Vec<Value>,
}

/// A line of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    /// For reading.
    Plain(String),
    /// For comparing character by character: a hash, after the label that says which.
    Hash(String, String),
}

/// A stretch to listen to, as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DoubtLine {
    /// Where it starts, as `hh:mm:ss` of the session.
    pub(crate) start: String,
    /// Where it ends, likewise.
    pub(crate) end: String,
    /// What is wrong with it.
    pub(crate) reason: String,
}

/// The title as it is printed: what the record says of the session, or else the session's name. A
/// session without a name is still called something.
pub(crate) fn title(document: &Document) -> String {
    if let Some(title) = document.record.as_ref().and_then(record::title) {
        return title;
    }
    match one_line(&document.title) {
        empty if empty.is_empty() => sentence("document.untitled", &[]),
        title => title,
    }
}

/// What stands at the head of every page but the first: who met, and the title.
pub(crate) fn page_head(document: &Document) -> String {
    let body = document.record.as_ref().and_then(|record| record::letterhead(record).pop());
    body.into_iter().chain([title(document)]).collect::<Vec<_>>().join(" · ")
}

/// What kind of text it is, and how far it can be trusted.
pub(crate) fn subtitle(document: &Document) -> String {
    let corrected = shown(document).any(|stretch| stretch.touched);
    sentence(if corrected { "document.subtitle_corrected" } else { "document.subtitle" }, &[])
}

/// What the record says of the sitting. When its title took the place of a name that somebody gave to
/// the session, the name is among it.
pub(crate) fn sitting(document: &Document) -> Vec<Fact> {
    let Some(record) = record::of(document) else { return vec![] };
    let name = one_line(&document.title);
    let from_file = document.recordings.iter().any(|recording| is_stem_of(&name, &recording.name));
    let mut facts = record::facts(record);
    if !name.is_empty() && !from_file && record::title(record).is_some() {
        let label = sentence("document.label_name", &[]);
        facts.insert(0, Fact { label, value: vec![Value::Plain(name)] });
    }
    facts
}

/// The warning that heads the document, when the model asks for one.
pub(crate) fn warning(document: &Document) -> Option<String> {
    document.warning.as_deref().map(one_line).filter(|warning| !warning.is_empty())
}

/// The facts in order; what is not known is left out rather than printed empty.
pub(crate) fn facts(document: &Document) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut add = |key: &str, value: Vec<Value>| {
        facts.push(Fact { label: sentence(&format!("document.label_{key}"), &[]), value });
    };
    if let Some(date) = document.began_at_ms.and_then(times::date) {
        add("date", vec![Value::Plain(date)]);
    }
    let heard: u64 = document.recordings.iter().fold(0, |sum, recording| sum.saturating_add(recording.duration_ms));
    add("duration", vec![Value::Plain(times::length(heard))]);
    add("language", vec![Value::Plain(name_of("language", &document.language))]);
    let mut engine = vec![Value::Plain(sentence(
        "document.engine",
        &[("engine", &engine_name(&document.engine)), ("model", &one_line(&document.model))],
    ))];
    if !document.model_sha256.is_empty() {
        engine.push(hash("document.hash", &document.model_sha256));
    }
    engine.extend(document.other_models.iter().map(|other| Value::Plain(other_model(other))));
    add("engine", engine);
    let several = document.recordings.len() > 1;
    for (index, recording) in document.recordings.iter().enumerate() {
        let label = match several {
            true => sentence("document.label_recording_number", &[("number", &(index + 1).to_string())]),
            false => sentence("document.label_recording", &[]),
        };
        facts.push(Fact { label, value: about(recording, several) });
    }
    facts
}

/// Which other model heard how much, in one sentence.
pub(crate) fn other_model(other: &OtherModel) -> String {
    let (model, count) = (one_line(&other.model), other.chunks.to_string());
    sentence("document.other_model", &[("model", &model), ("count", &count)])
}

/// What the guard measured, in one sentence: how much speech there is and how much became text.
pub(crate) fn coverage(document: &Document) -> String {
    coverage_sentence(&document.coverage)
}

/// How much speech there is and how much became text.
pub(crate) fn coverage_sentence(coverage: &Coverage) -> String {
    if coverage.speech_ms == 0 {
        return sentence("document.coverage_silent", &[("audio", &times::length(coverage.audio_ms))]);
    }
    let parameters = [
        ("audio", times::length(coverage.audio_ms)),
        ("speech", times::length(coverage.speech_ms)),
        ("percent", percent(coverage.covered_ms, coverage.speech_ms)),
    ];
    sentence("document.coverage", &parameters.each_ref().map(|(name, value)| (*name, value.as_str())))
}

/// The stretches that somebody should listen to, in order of time.
pub(crate) fn doubts(document: &Document) -> Vec<DoubtLine> {
    shown::doubts(document)
        .into_iter()
        .map(|doubt| DoubtLine {
            start: times::clock(doubt.start_ms),
            // The end is the second in which it ends, so that short stretches do not read as empty.
            end: times::clock(doubt.end_ms.max(doubt.start_ms).div_ceil(1000).saturating_mul(1000)),
            reason: reason(doubt.fault),
        })
        .collect()
}

/// A recording's name as it is printed, with its number when there are several.
pub(crate) fn recording_heading(number: usize, recording: &RecordingFacts) -> String {
    let name = one_line(&recording.name);
    sentence("document.heading_recording", &[("number", &number.to_string()), ("name", &name)])
}

fn about(recording: &RecordingFacts, several: bool) -> Vec<Value> {
    let mut value = vec![Value::Plain(one_line(&recording.name))];
    let length = times::length(recording.duration_ms);
    if several {
        let start = times::clock(recording.offset_ms);
        value.push(Value::Plain(sentence("document.recording_part", &[("length", &length), ("start", &start)])));
    }
    if let Some(sha256) = &recording.sha256 {
        value.push(hash(if recording.streamed { "document.hash_streamed" } else { "document.hash" }, sha256));
    } else {
        value.push(Value::Plain(sentence("document.hash_missing", &[])));
    }
    value
}

fn is_stem_of(title: &str, name: &str) -> bool {
    Path::new(name).file_stem().is_some_and(|stem| one_line(&stem.to_string_lossy()) == title)
}

fn hash(key: &str, sha256: &str) -> Value {
    Value::Hash(sentence(key, &[]), one_line(sha256))
}

/// What people call an engine.
pub(crate) fn engine_name(code: &str) -> String {
    name_of("engine_name", code)
}

/// What people call something that has a code, or the code when the catalogue has no name for it.
fn name_of(family: &str, code: &str) -> String {
    let code = one_line(code);
    let key = format!("document.{family}.{code}");
    match sentence(&key, &[]) {
        unknown if unknown == key => code,
        name => name,
    }
}

/// Hundredths with one decimal, rounded down: 99.96 % is not everything.
pub(crate) fn percent(part: u64, whole: u64) -> String {
    let thousandths = u128::from(part.min(whole)) * 1000 / u128::from(whole.max(1));
    match thousandths % 10 {
        0 => (thousandths / 10).to_string(),
        tenth => format!("{},{tenth}", thousandths / 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample;
    use crate::minutes::Record;

    #[test]
    fn a_percentage_is_only_a_hundred_when_nothing_is_missing() {
        assert_eq!(percent(9_999, 10_000), "99,9");
        assert_eq!(percent(10_000, 10_000), "100");
        assert_eq!(percent(0, 0), "0");
        assert_eq!(percent(u64::MAX, u64::MAX), "100");
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        let mut document = sample::silent();
        document.began_at_ms = None;
        document.title = " \n".to_owned();
        assert!(facts(&document).iter().all(|fact| !fact.label.contains("Fecha")));
        assert_eq!(title(&document), "Sesión sin título");
    }

    #[test]
    fn models_that_heard_some_of_it_stand_beside_the_one_that_was_to_hear_all_of_it() {
        let other_models = vec![OtherModel { model: "small".to_owned(), chunks: 3 }];
        let facts = facts(&Document { other_models, ..sample::silent() });
        let engine = facts.iter().find(|fact| fact.label == "Motor y modelo").unwrap();
        assert_eq!(engine.value[1], Value::Plain("Fragmentos que escuchó otro modelo, small: 3".to_owned()));
    }

    #[test]
    fn a_name_somebody_gave_is_kept_beside_the_title_of_the_record_and_a_file_s_is_not() {
        let record = Record { number: "046".to_owned(), ..Record::default() };
        let mut document = Document { record: Some(record), ..sample::silent() };
        assert_eq!(sitting(&document)[0].value, [Value::Plain("Sesión vacía".to_owned())]);
        document.title = "ZOOM0001".to_owned();
        assert_eq!(sitting(&document), []);
        assert_eq!(page_head(&document), "Transcripción de la sesión n.º 046");
    }

    #[test]
    fn a_language_without_a_name_keeps_its_code() {
        assert_eq!(name_of("language", "es"), "español");
        assert_eq!(name_of("language", "qu"), "qu");
    }
}
