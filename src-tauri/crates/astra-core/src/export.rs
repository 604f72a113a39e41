//! Documents made from a transcript: DOCX, SRT, VTT, TXT, JSON; and minutes ([`page`]) poured into a
//! council's own Word template ([`template`]).
//!
//! Pure: a [`Document`] in, bytes out. Whoever calls writes the bytes to disk. Every word a reader
//! sees that was not said in the session comes from the catalogue, under `document`. What the secretary
//! said of an utterance is respected in one place, `shown`, which every format reads through.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub(crate) use facts::{coverage_sentence, engine_name, other_model, percent};
pub(crate) use lines::one_line;
pub use shown::reserved;
pub(crate) use times::{clock, length};

use crate::Result;
use crate::guard::Coverage;
use crate::minutes::Record;
use crate::transcript::Utterance;

pub mod acta;
mod cues;
mod docx;
mod facts;
pub mod journal;
mod json;
mod lines;
pub mod page;
mod passages;
mod record;
#[cfg(test)]
mod sample;
mod shown;
mod srt;
pub mod template;
pub mod times;
pub mod training;
mod turns;
mod txt;
mod vtt;

/// The document as a file of this format. The same document always gives the same bytes, whatever
/// the clock and the computer.
///
/// # Errors
/// [`crate::Error::Broken`] if the Word package cannot be put together; the other formats cannot fail
/// for a reason of the caller's.
pub fn write(document: &Document, format: Format) -> Result<Vec<u8>> {
    match format {
        Format::Docx => docx::write(document),
        Format::Srt => Ok(srt::write(document).into_bytes()),
        Format::Vtt => Ok(vtt::write(document).into_bytes()),
        Format::Txt => Ok(txt::write(document).into_bytes()),
        Format::Json => json::write(document),
    }
}

/// A kind of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Microsoft Word.
    Docx,
    /// SubRip subtitles.
    Srt,
    /// WebVTT subtitles.
    Vtt,
    /// Plain text.
    Txt,
    /// Everything, for programs.
    Json,
}

impl Format {
    /// Every format, in the order in which they are offered to a person.
    pub fn all() -> [Self; 5] {
        [Self::Docx, Self::Srt, Self::Vtt, Self::Txt, Self::Json]
    }

    /// What the names of its files end in, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Srt => "srt",
            Self::Vtt => "vtt",
            Self::Txt => "txt",
            Self::Json => "json",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.extension())
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;

    /// From its extension, with or without the dot, in any case.
    fn from_str(text: &str) -> Result<Self, UnknownFormat> {
        let wanted = text.trim().trim_start_matches('.').to_lowercase();
        let found = Self::all().into_iter().find(|format| format.extension() == wanted);
        found.ok_or_else(|| UnknownFormat { given: text.to_owned() })
    }
}

/// The name of a format that Astra does not write.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no document format is called {given}")]
pub struct UnknownFormat {
    /// The name as given.
    pub given: String,
}

/// All that a document may say about a session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// The session's title, as the secretary gave it or taken from the file's name.
    pub title: String,
    /// When the session began, in milliseconds since 1970-01-01 UTC, if the recording tells.
    pub began_at_ms: Option<i64>,
    /// Language of the speech, as ISO 639-1.
    pub language: String,
    /// What the sitting was, as far as the secretary said; none when nothing was typed.
    pub record: Option<Record>,
    /// The recordings in the order of the session.
    pub recordings: Vec<RecordingFacts>,
    /// The kind of engine that listened.
    pub engine: String,
    /// The id of the model it used.
    pub model: String,
    /// SHA-256 of the model, in hexadecimal.
    pub model_sha256: String,
    /// The other models that heard some of it, in the order of what they heard.
    pub other_models: Vec<OtherModel>,
    /// A sentence that must stand at the head of every document, when the model must not be
    /// trusted with real recordings.
    pub warning: Option<String>,
    /// What was said, on the session's clock.
    pub segments: Vec<Utterance>,
    /// How much of the speech gave text.
    pub coverage: Coverage,
}

/// A model that heard some of what another one was to hear: what that one heard badly, or what was not to be sent to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherModel {
    /// Its id.
    pub model: String,
    /// How many chunks have their text from it.
    pub chunks: u32,
}

/// What a document says of one recording.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordingFacts {
    /// The file's name without its folder, or the address.
    pub name: String,
    /// SHA-256 of the bytes, in hexadecimal, once it is known.
    pub sha256: Option<String>,
    /// Whether the hash is over the bytes received from a network instead of a file.
    pub streamed: bool,
    /// Where the recording starts on the session's clock, in milliseconds.
    pub offset_ms: u64,
    /// How long it is, in milliseconds.
    pub duration_ms: u64,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::io::Read;

    use proptest::prelude::*;

    use super::*;
    use crate::transcript::Mark;

    #[test]
    fn a_format_is_found_by_its_extension_however_it_is_written() {
        for format in Format::all() {
            assert_eq!(format.extension().parse(), Ok(format));
        }
        assert_eq!(" .DOCX".parse(), Ok(Format::Docx));
        assert_eq!("pdf".parse::<Format>(), Err(UnknownFormat { given: "pdf".to_owned() }));
    }

    /// Leaves both in the folder that `ASTRA_ACTAS` names, for other programs to judge.
    #[test]
    fn the_transcript_is_written_as_heard_and_as_edited() {
        for (name, document) in [("transcripcion", sample::session()), ("transcripcion-editada", sample::edited())] {
            let docx = write(&document, Format::Docx).unwrap();
            assert!(docx.starts_with(b"PK"), "{name}");
            if let Ok(folder) = std::env::var("ASTRA_ACTAS") {
                std::fs::write(std::path::Path::new(&folder).join(format!("{name}.docx")), docx).unwrap();
            }
        }
    }

    #[test]
    fn the_same_document_gives_the_same_bytes_in_every_format() {
        let document = sample::session();
        for format in Format::all() {
            assert_eq!(write(&document, format), write(&document, format), "{format}");
        }
    }

    /// All that a file says, whichever way: the parts of a Word document are unzipped.
    fn read_out(bytes: &[u8], format: Format) -> String {
        if format != Format::Docx {
            return String::from_utf8(bytes.to_vec()).expect("UTF-8");
        }
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a zip");
        let mut text = String::new();
        for index in 0..zip.len() {
            zip.by_index(index).expect("an entry").read_to_string(&mut text).expect("UTF-8");
        }
        text
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn what_is_marked_is_in_no_document_and_everything_else_is_in_all(document in sample::any_edited_session()) {
            for format in Format::all() {
                let text = read_out(&write(&document, format).expect("a document"), format);
                let found: BTreeSet<usize> = sample::tokens(&text).map(|(segment, _)| segment).collect();
                let public = document.segments.iter().enumerate();
                let public = public.filter(|(_, segment)| segment.mark.is_none() && !segment.words.is_empty());
                prop_assert_eq!(found, public.map(|(index, _)| index).collect::<BTreeSet<_>>(), "{}", format);
            }
        }

        #[test]
        fn who_spoke_only_in_reserve_is_named_nowhere(document in sample::any_edited_session()) {
            let mut document = Document { record: None, ..document };
            let silenced = "zqsecretozq";
            for segment in document.segments.iter_mut().filter(|segment| segment.mark == Some(Mark::Reserved)) {
                segment.speaker = Some(silenced.to_owned());
            }
            for format in Format::all() {
                let text = read_out(&write(&document, format).expect("a document"), format);
                prop_assert!(!text.contains(silenced), "{}", format);
            }
        }
    }

    #[test]
    fn a_session_in_which_nothing_was_heard_still_gives_every_document() {
        let document = sample::silent();
        for format in Format::all() {
            assert!(write(&document, format).is_ok(), "{format}");
        }
    }

    #[test]
    fn times_beyond_all_reason_break_no_document() {
        let mut document = sample::session();
        for (index, word) in document.segments.iter_mut().flat_map(|segment| &mut segment.words).enumerate() {
            word.start_ms = [u64::MAX, 0, u64::MAX - 1][index % 3];
            word.end_ms = [0, u64::MAX][index % 2];
        }
        document.recordings[0].duration_ms = u64::MAX;
        document.coverage.doubts[0].end_ms = u64::MAX;
        document.began_at_ms = Some(i64::MIN);
        for format in Format::all() {
            assert!(write(&document, format).is_ok(), "{format}");
        }
    }
}
