//! Everything, for programs: one JSON object that `assets/schema/transcript-1.json` describes.
//!
//! # The format `astra-transcript`, version 1
//!
//! UTF-8 without a byte-order mark; keys always in the same order; a word on each line, so that two
//! transcripts compare well as text. All times are integer milliseconds. Those of segments, words and
//! doubts are on the session's clock, on which recording *n* starts at its `offset_ms`; subtract that to
//! find a word in its file.
//!
//! | key | what it holds |
//! |---|---|
//! | `schema`, `version` | `"astra-transcript"`, `1`; a reader refuses a version it does not know |
//! | `title`, `warning` | the session's name; a sentence to show before anything else, or null |
//! | `began_at_ms`, `language` | milliseconds since 1970-01-01 UTC or null; ISO 639-1 |
//! | `engine`, `model`, `model_sha256` | what listened |
//! | `other_models` | which other models heard how many chunks; missing when none did |
//! | `coverage` | how much audio, speech, and speech with text; the stretches in doubt |
//! | `recordings` | name, SHA-256 or null, `streamed` when the hash is over bytes from a network, offset, duration |
//! | `record` | what the secretary typed of the sitting: only the fields that are filled in |
//! | `segments` | recording (from 0), times, the text on one line, faults, and words with times and confidence |
//!
//! A segment without words and with faults is speech that gave no text. The faults are those of
//! [`Fault`]. A segment may also have a `speaker`, `touched` when somebody corrected or confirmed it (and
//! then no faults), `respelled` words that the vocabulary wrote in the place of what was heard, and a `mark`: one that is `inaudible` has times and no text; one that is `reserved`
//! stands for a whole stretch that is not for the public, and has nothing but when it begins and ends. New keys may appear within version 1, and new faults; a key never changes its meaning or
//! goes away without a new version.

use serde::Serialize;
use serde_json::ser::Serializer;

use super::shown::{Shown, doubts, shown};
use super::{Document, OtherModel, record};
use crate::guard::Fault;
use crate::minutes::{Attendance, Attendee, Record};
use crate::transcript::{Mark, Respelling, Word};
use crate::{Error, Result};

use word_per_line::WordPerLine;

mod word_per_line;

/// The name of the format.
const SCHEMA: &str = "astra-transcript";

/// Its version: one more whenever an older reader would misunderstand.
const VERSION: u32 = 1;

/// The whole file.
///
/// # Errors
/// [`Error::Broken`] if a value cannot be JSON, which no [`Document`] holds.
pub(crate) fn write(document: &Document) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut bytes, WordPerLine::new());
    let broken = |error: serde_json::Error| Error::Broken { reason: format!("transcript as JSON: {error}") };
    Transcript::of(document).serialize(&mut serializer).map_err(broken)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// The object as it is written. Its own type, so that a field renamed inside Astra does not silently
/// change a public format.
#[derive(Serialize)]
struct Transcript<'a> {
    schema: &'static str,
    version: u32,
    title: &'a str,
    warning: Option<&'a str>,
    began_at_ms: Option<i64>,
    language: &'a str,
    engine: &'a str,
    model: &'a str,
    model_sha256: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    other_models: Vec<Other<'a>>,
    coverage: Covered,
    recordings: Vec<Recording<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<Sitting<'a>>,
    #[serde(serialize_with = "passages")]
    segments: &'a Document,
}

#[derive(Serialize)]
struct Other<'a> {
    model: &'a str,
    chunks: u32,
}

/// The record, each field only if it is filled in.
#[derive(Serialize)]
struct Sitting<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    entity: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    starts: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ends: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    president: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    secretary: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attendance: Vec<Called<'a>>,
}

#[derive(Serialize)]
struct Called<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    office: Option<&'a str>,
    attendance: Attendance,
}

#[derive(Serialize)]
struct Covered {
    audio_ms: u64,
    speech_ms: u64,
    covered_ms: u64,
    doubts: Vec<Doubtful>,
}

#[derive(Serialize)]
struct Doubtful {
    start_ms: u64,
    end_ms: u64,
    fault: Fault,
}

#[derive(Serialize)]
struct Recording<'a> {
    name: &'a str,
    sha256: Option<&'a str>,
    streamed: bool,
    offset_ms: u64,
    duration_ms: u64,
}

#[derive(Serialize)]
struct Passage<'a> {
    recording: usize,
    start_ms: u64,
    end_ms: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mark: Option<Mark>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    touched: bool,
    text: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    respelled: Vec<Respelled<'a>>,
    faults: &'a [Fault],
    words: Vec<Spoken<'a>>,
}

#[derive(Serialize)]
struct Respelled<'a> {
    word: u32,
    count: u32,
    heard: &'a str,
}

#[derive(Serialize)]
struct Spoken<'a> {
    text: &'a str,
    start_ms: u64,
    end_ms: u64,
    confidence: f32,
}

impl<'a> Transcript<'a> {
    fn of(document: &'a Document) -> Self {
        Self {
            schema: SCHEMA,
            version: VERSION,
            title: &document.title,
            warning: document.warning.as_deref(),
            began_at_ms: document.began_at_ms,
            language: &document.language,
            engine: &document.engine,
            model: &document.model,
            model_sha256: &document.model_sha256,
            other_models: document
                .other_models
                .iter()
                .map(|OtherModel { model, chunks }| Other { model, chunks: *chunks })
                .collect(),
            coverage: covered(document),
            recordings: document
                .recordings
                .iter()
                .map(|recording| Recording {
                    name: &recording.name,
                    sha256: recording.sha256.as_deref(),
                    streamed: recording.streamed,
                    offset_ms: recording.offset_ms,
                    duration_ms: recording.duration_ms,
                })
                .collect(),
            record: record::of(document).map(sitting),
            segments: document,
        }
    }
}

fn covered(document: &Document) -> Covered {
    let coverage = &document.coverage;
    Covered {
        audio_ms: coverage.audio_ms,
        speech_ms: coverage.speech_ms,
        covered_ms: coverage.covered_ms,
        doubts: doubts(document)
            .into_iter()
            .map(|doubt| Doubtful { start_ms: doubt.start_ms, end_ms: doubt.end_ms, fault: doubt.fault })
            .collect(),
    }
}

fn sitting(record: &Record) -> Sitting<'_> {
    Sitting {
        entity: filled_in(&record.entity),
        body: filled_in(&record.body),
        kind: filled_in(&record.kind),
        number: filled_in(&record.number),
        date: filled_in(&record.date),
        place: filled_in(&record.place),
        starts: filled_in(&record.starts),
        ends: filled_in(&record.ends),
        president: filled_in(&record.president),
        secretary: filled_in(&record.secretary),
        attendance: record.attendance.iter().filter_map(called).collect(),
    }
}

fn called(attendee: &Attendee) -> Option<Called<'_>> {
    let (name, office) = (filled_in(&attendee.name), filled_in(&attendee.office));
    (name.is_some() || office.is_some()).then_some(Called { name, office, attendance: attendee.attendance })
}

fn filled_in(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

/// Writes the segments one after the other, so that they are never all held twice.
fn passages<S: serde::Serializer>(document: &&Document, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(shown(document).map(passage))
}

fn passage(stretch: Shown<'_>) -> Passage<'_> {
    Passage {
        recording: stretch.recording,
        start_ms: stretch.start_ms,
        end_ms: stretch.end_ms,
        text: stretch.text(),
        speaker: stretch.speaker,
        mark: stretch.mark,
        touched: stretch.touched,
        respelled: stretch.respelled.iter().map(respelled).collect(),
        faults: stretch.faults,
        words: stretch.words.iter().map(spoken).collect(),
    }
}

fn respelled(respelling: &Respelling) -> Respelled<'_> {
    Respelled { word: respelling.at, count: respelling.count, heard: &respelling.heard }
}

fn spoken(word: &Word) -> Spoken<'_> {
    // JSON has no NaN; an engine that cannot say how sure it is was not sure at all.
    let confidence = if word.confidence.is_finite() { word.confidence.clamp(0.0, 1.0) } else { 0.0 };
    Spoken { text: &word.text, start_ms: word.start_ms, end_ms: word.end_ms, confidence }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;
    use crate::export::sample;

    static SCHEMA_FILE: &str = include_str!("../../../../../assets/schema/transcript-1.json");

    fn written(document: &Document) -> String {
        String::from_utf8(write(document).expect("a document")).expect("UTF-8")
    }

    fn assert_valid(text: &str) {
        let schema: Value = serde_json::from_str(SCHEMA_FILE).expect("the schema is JSON");
        let value: Value = serde_json::from_str(text).expect("the transcript is JSON");
        let mut compiler = boon::Compiler::new();
        let mut schemas = boon::Schemas::new();
        compiler.add_resource("transcript-1.json", schema).expect("the schema is added");
        let index = compiler.compile("transcript-1.json", &mut schemas).expect("the schema is a schema");
        if let Err(error) = schemas.validate(&value, index) {
            panic!("{error:#}");
        }
    }

    #[test]
    fn a_session_as_json() {
        insta::assert_snapshot!(written(&sample::session()));
    }

    #[test]
    fn an_edited_session_as_json() {
        insta::assert_snapshot!(written(&sample::edited()));
    }

    #[test]
    fn what_is_written_obeys_the_published_schema() {
        assert_valid(&written(&sample::session()));
        assert_valid(&written(&sample::edited()));
        assert_valid(&written(&sample::silent()));
    }

    #[test]
    fn the_schema_refuses_a_transcript_of_another_version() {
        let other = written(&sample::session()).replace("\"version\": 1", "\"version\": 2");
        assert!(std::panic::catch_unwind(|| assert_valid(&other)).is_err());
    }

    #[test]
    fn a_confidence_that_is_no_number_is_written_as_none_at_all() {
        let mut document = sample::session();
        document.segments[0].words[0].confidence = f32::NAN;
        document.segments[0].words[1].confidence = 7.0;
        let text = written(&document);
        assert_valid(&text);
        let value: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(value["segments"][0]["words"][0]["confidence"], 0.0);
        assert_eq!(value["segments"][0]["words"][1]["confidence"], 1.0);
    }

    proptest! {
        // Each case compiles the schema anew.
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn every_transcript_obeys_the_schema_and_keeps_its_words(document in sample::any_session()) {
            let text = written(&document);
            assert_valid(&text);
            let value: Value = serde_json::from_str(&text).expect("JSON");
            for (segment, written) in document.segments.iter().zip(value["segments"].as_array().expect("a list")) {
                let texts: Vec<_> = written["words"].as_array().expect("a list").iter().map(|word| &word["text"]).collect();
                let expected: Vec<_> = segment.words.iter().map(|word| &word.text).collect();
                prop_assert_eq!(texts, expected);
            }
        }
    }
}
