//! Sessions and what they consist of, as the store returns them.

use serde::{Deserialize, Serialize};

use crate::chunks::Span;
use crate::engine::Effort;
use crate::engine::http::HTTP;
use crate::guard::Fault;
use crate::id::{ListeningId, RecordingId, SessionId};
use crate::transcript::Word;

pub mod documents;
pub mod view;

/// A sitting of the body: one or more recordings on one clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// What the secretary calls it.
    pub title: String,
    /// The language spoken, as ISO 639-1.
    pub language: String,
    /// When it was brought in, in milliseconds since 1970 UTC.
    pub created_at_ms: i64,
}

/// Where the bytes of a recording are.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Source {
    /// A file, by its absolute path.
    File(std::path::PathBuf),
    /// An address that is listened to while it arrives.
    Url(String),
}

impl Source {
    /// How it was named, for messages.
    pub fn display(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Url(url) => url.clone(),
        }
    }
}

/// One media file of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recording {
    /// Its id.
    pub id: RecordingId,
    /// Where its bytes are.
    pub source: Source,
    /// The file's name, or the address.
    pub name: String,
    /// Size of the file.
    pub bytes: Option<u64>,
    /// A quick fingerprint by which candidates for being the same are found.
    pub fingerprint: Option<String>,
    /// SHA-256 of all its bytes in hexadecimal, once computed.
    pub sha256: Option<String>,
    /// How long its container says it is, in milliseconds.
    pub claimed_ms: Option<u64>,
    /// Whether that is written in the container. Of an MP3, say, it is only reckoned from the size.
    pub claim_is_exact: bool,
    /// How long it is in milliseconds, once it has been decoded.
    pub duration_ms: Option<u64>,
    /// When it began, in milliseconds since 1970 UTC, if its container says so.
    pub started_at_ms: Option<i64>,
}

/// A recording that decodes this much shorter than its container claims ended early, in
/// milliseconds; the last block of sound may be shorter than the others by nature.
const SHORTFALL_MS: u64 = 5_000;

impl Recording {
    /// The end that its container promises and that decoding did not find, in milliseconds.
    pub fn shortfall(&self) -> Option<std::ops::Range<u64>> {
        let (claimed_ms, decoded_ms) = (self.claimed_ms?, self.duration_ms?);
        (self.claim_is_exact && claimed_ms > decoded_ms + SHORTFALL_MS).then_some(decoded_ms..claimed_ms)
    }
}

/// What makes two listenings of one recording the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListeningKey {
    /// The kind of engine.
    pub engine: String,
    /// The id of the model.
    pub model: String,
    /// SHA-256 of the model in hexadecimal.
    pub model_sha256: String,
    /// The language listened for, as ISO 639-1.
    pub language: String,
    /// The names and terms given to the engine, most important first.
    pub vocabulary: Vec<String>,
}

impl ListeningKey {
    /// Whether a listening with the other key would hear the same. Words that were taught in the
    /// meantime are no reason to hear hours again.
    pub fn hears_like(&self, other: &Self) -> bool {
        let but_words = |key: &Self| Self { vocabulary: Vec::new(), ..key.clone() };
        but_words(self) == but_words(other)
    }

    /// Whether the sound leaves this computer to be heard.
    pub fn is_sent(&self) -> bool {
        self.engine == HTTP
    }

    /// Whether the same engine with the same model hears for both.
    pub fn has_engine_of(&self, other: &Self) -> bool {
        let engine = |key: &Self| (key.engine.clone(), key.model.clone(), key.model_sha256.clone());
        engine(self) == engine(other)
    }
}

/// One recording heard with one engine, model, language and vocabulary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listening {
    /// Its id.
    pub id: ListeningId,
    /// With what it was, or is being, heard.
    pub key: ListeningKey,
    /// Samples decoded and samples of silence left out, once it has ended.
    pub ended: Option<Ended>,
}

/// What is known when a recording has been heard to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended {
    /// Samples decoded.
    pub audio_samples: u64,
    /// Samples of silence that no engine was offered.
    pub skipped_samples: u64,
}

/// A recording in its place in a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The recording.
    pub recording: Recording,
    /// The listening whose text the session shows.
    pub listening: Listening,
}

/// A chunk as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredChunk {
    /// Position in the listening, from 0.
    pub index: u32,
    /// What it answers for, in samples of the recording.
    pub span: Span,
    /// Samples shared with the chunk before.
    pub overlap: u64,
    /// Where the voice detector heard speech, in samples of the recording.
    pub speech: Vec<Span>,
    /// How often the engine host died while listening to it.
    pub deaths: u32,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of listening to a chunk.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// Nobody has listened to it yet.
    Waiting,
    /// It was heard.
    Heard(Hearing),
    /// It could not be heard; the job went on without it.
    Unheard,
}

/// What is kept of a chunk that was heard.
#[derive(Debug, Clone, PartialEq)]
pub struct Hearing {
    /// The words, in milliseconds of the recording.
    pub words: Vec<Word>,
    /// What the guard found wrong with them.
    pub faults: Vec<Fault>,
    /// How hard the engine had tried.
    pub effort: Effort,
    /// The model that heard them, when it is not that of the listening.
    pub other_model: Option<String>,
    /// How long listening took, in milliseconds.
    pub took_ms: u64,
}
