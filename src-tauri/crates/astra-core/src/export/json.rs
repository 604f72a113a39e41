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
//! | `coverage` | how much audio, speech, and speech with text; the stretches in doubt |
//! | `recordings` | name, SHA-256 or null, `streamed` when the hash is over bytes from a network, offset, duration |
//! | `segments` | recording (from 0), times, the text on one line, faults, and words with times and confidence |
//!
//! A segment without words and with faults is speech that gave no text. The faults are those of
//! [`Fault`]. New keys may appear within version 1, and new faults; a key never changes its meaning or
//! goes away without a new version.

use serde::Serialize;
use serde_json::ser::Serializer;

use super::Document;
use crate::guard::{Coverage, Fault};
use crate::transcript::{Segment, Word};
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
    coverage: Covered,
    recordings: Vec<Recording<'a>>,
    segments: Vec<Passage<'a>>,
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
    text: String,
    faults: &'a [Fault],
    words: Vec<Spoken<'a>>,
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
            coverage: covered(&document.coverage),
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
            segments: document.segments.iter().map(passage).collect(),
        }
    }
}

fn covered(coverage: &Coverage) -> Covered {
    let doubts = coverage.doubts.iter();
    Covered {
        audio_ms: coverage.audio_ms,
        speech_ms: coverage.speech_ms,
        covered_ms: coverage.covered_ms,
        doubts: doubts
            .map(|doubt| Doubtful { start_ms: doubt.start_ms, end_ms: doubt.end_ms, fault: doubt.fault })
            .collect(),
    }
}

fn passage(segment: &Segment) -> Passage<'_> {
    Passage {
        recording: segment.recording,
        start_ms: segment.start_ms,
        end_ms: segment.end_ms,
        text: segment.text(),
        faults: &segment.faults,
        words: segment.words.iter().map(spoken).collect(),
    }
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
    fn what_is_written_obeys_the_published_schema() {
        assert_valid(&written(&sample::session()));
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
