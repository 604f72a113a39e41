//! The seam between Astra and whatever listens to speech: a batch of chunks in, what was heard out.
//!
//! Chunks, not files: that bounds memory, makes a crash cost one chunk, lets an engine fill a
//! GPU and lets another machine take any part. Adding an engine is adding one implementation.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::{Deserialize, Serialize};

use crate::chunks::Chunk;
use crate::transcript::Word;

pub mod device;
pub mod host;
pub mod http;
pub mod onnx_runtime;
pub mod wire;

/// Something that listens to speech. Blocking; whoever calls it gives it a thread.
pub trait Engine: Send {
    /// What this engine can do with the model it has.
    fn abilities(&self) -> Abilities;

    /// Listens to `chunks` and returns what was heard in each, in the same order.
    ///
    /// # Errors
    /// [`EngineError::Stopped`] within a second of `stop` being set; the others as they say.
    fn listen(&mut self, chunks: &[Chunk], ask: &Ask, stop: &Stop) -> Result<Vec<Heard>, EngineError>;
}

/// What an engine can do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Abilities {
    /// Where it runs, in words for a person: «CPU», «NVIDIA L4 (CUDA)».
    pub device: String,
    /// Languages it can be told to listen for, as ISO 639-1; empty when it takes none.
    pub languages: Vec<String>,
    /// Whether words come with times of their own.
    pub word_times: bool,
    /// Whether it listens better when told the council's words.
    pub vocabulary: bool,
    /// How many chunks at a time use it best.
    pub batch: usize,
}

/// How a chunk is to be listened to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// The language spoken, as ISO 639-1.
    pub language: String,
    /// Names and terms likely to be said, most important first.
    pub vocabulary: Vec<String>,
    /// How hard to try.
    pub effort: Effort,
}

/// How hard an engine tries. The guard raises it for a chunk that came out wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effort {
    /// The fastest way that is right nearly always: greedy, with the engine's own fallback.
    Usual,
    /// Slower and different: no vocabulary, several hypotheses.
    Thorough,
}

/// What an engine thinks it heard in one chunk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Heard {
    /// The words in order, with times in milliseconds of the chunk's own audio.
    pub words: Vec<Word>,
    /// How likely the engine thinks it that nobody spoke, from 0 to 1.
    pub no_speech: f32,
    /// How long listening took, in milliseconds.
    pub took_ms: u64,
}

/// Which model an engine loads and on what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Load {
    /// The kind of engine: «whisper».
    pub engine: String,
    /// The file or folder with the weights.
    pub model: PathBuf,
    /// How many threads to compute with.
    pub threads: usize,
}

/// A request to stop, shared between whoever asks and whoever works.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Asks for the stop. It cannot be taken back.
    pub fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether the stop was asked for.
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// The flag itself, for native code that polls it.
    pub fn flag(&self) -> &Arc<AtomicBool> {
        &self.0
    }
}

/// Sets its stop when it is dropped, so that whoever waits for it ends with whoever holds it.
#[derive(Debug)]
pub struct StopOnDrop(pub Stop);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.set();
    }
}

/// Why an engine could not listen.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "failure", rename_all = "snake_case")]
pub enum EngineError {
    /// Somebody asked it to stop.
    #[error("stopped")]
    Stopped,
    /// No engine host was found.
    #[error("there is no engine host: {tried}")]
    Missing {
        /// The binaries looked for.
        tried: String,
    },
    /// The model cannot be loaded.
    #[error("cannot load the model {model}: {reason}")]
    ModelUnreadable {
        /// The path of the model.
        model: String,
        /// What the engine said.
        reason: String,
    },
    /// A library that the engine computes with is there and cannot be used: it is too old, damaged, or another computer's.
    #[error("the library {library} cannot be used: {reason}")]
    LibraryUnusable {
        /// The path of its file.
        library: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The engine host ended, or stopped answering, while it was listening.
    #[error("the engine host died: {reason}")]
    Died {
        /// Exit status and the last lines it printed.
        reason: String,
    },
    /// This computer has nothing that this build of the engine host computes on. Nothing is wrong: another build has.
    #[error("there is no graphics card that this engine can use")]
    NoDevice,
    /// The engine answered with an error of its own.
    #[error("the engine failed: {reason}")]
    Failed {
        /// What it said.
        reason: String,
    },
    /// A server that listens does not answer, or not as it should; it may another time.
    #[error("the server {server} does not answer as it should: {reason}")]
    Unreachable {
        /// Its name.
        server: String,
        /// What happened last.
        reason: String,
    },
    /// A server that listens will not: another model, another address, an account that is empty.
    #[error("the server {server} refuses: {reason}")]
    Refused {
        /// Its name.
        server: String,
        /// What it said.
        reason: String,
    },
    /// A server that listens does not know the key, or was shown none.
    #[error("the server {server} refuses the key")]
    KeyRefused {
        /// Its name.
        server: String,
    },
}
