//! What happened, for whoever watches: past-tense facts that never carry more truth than the
//! store, which was written first.

use serde::Serialize;

use crate::engine::host::Notice;
use crate::error::Failure;
use crate::export::Format;
use crate::guard::Fault;
use crate::id::{FolderId, JobId, SessionId};
use crate::sentences::sentence;
use crate::watch::LogLine;

/// A fact.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// Sessions came or went.
    SessionsChanged,
    /// The roster is not what it was.
    RosterChanged,
    /// A backup was made, or went.
    BackupsChanged,
    /// A session is not what it was: its text, its record, its job.
    SessionChanged {
        /// Which.
        session: SessionId,
    },
    /// The waveform or the listening copy of a session that was incomplete is whole now.
    SoundCompleted {
        /// Which.
        session: SessionId,
    },
    /// A job began, or went on where it had been.
    JobStarted {
        /// The job.
        job: JobId,
        /// Its session.
        session: SessionId,
        /// How long all recordings are, in milliseconds, as far as their containers say.
        audio_ms: Option<u64>,
        /// The model that listens.
        model: String,
        /// Whether some of it had been heard before.
        resumed: bool,
    },
    /// Something a person should know that is no error: the GPU could not be used, say.
    NoticeGiven {
        /// The sentence, in the language of the window.
        message: String,
    },
    /// Something about the listening under way, for whoever follows it: nothing is lost and nobody has to do anything.
    RemarkMade {
        /// The sentence, in the language of the window.
        message: String,
    },
    /// The model is loaded.
    EngineReady {
        /// What it computes on, in words for a person.
        device: String,
    },
    /// A chunk was cut and is being listened to.
    ChunkCut {
        /// The session.
        session: SessionId,
        /// Which recording of it, from 0.
        recording: usize,
        /// Which chunk, from 0.
        chunk: u32,
    },
    /// What was heard in a chunk is in the store.
    ChunkHeard {
        /// The session.
        session: SessionId,
        /// Which recording of it, from 0.
        recording: usize,
        /// Which chunk, from 0.
        chunk: u32,
        /// How far the session has been heard, in milliseconds.
        heard_ms: u64,
        /// How long the rest will take at the present speed, in milliseconds.
        left_ms: Option<u64>,
        /// What the guard found wrong.
        faults: Vec<Fault>,
    },
    /// A recording was heard to its end.
    RecordingHeard {
        /// The session.
        session: SessionId,
        /// Which recording of it, from 0.
        recording: usize,
        /// How long it really is, in milliseconds.
        duration_ms: u64,
        /// SHA-256 of its bytes.
        sha256: Option<String>,
    },
    /// A document is about to be written.
    DocumentStarted {
        /// Its format.
        format: Format,
    },
    /// A document lies on the disk.
    DocumentWritten {
        /// Its format.
        format: Format,
        /// Where, as a person reads it.
        path: String,
    },
    /// The queue is not what it was: its order, whether it is paused, or what keeps it from going on.
    QueueChanged,
    /// Everything was heard and written.
    JobDone {
        /// The job; none when the session had been heard before and was only written again.
        job: Option<JobId>,
        /// Its session.
        session: SessionId,
    },
    /// The job ended with an error; what was heard is kept.
    JobFailed {
        /// The job.
        job: JobId,
        /// Its session.
        session: SessionId,
        /// The error's code.
        code: String,
        /// The Spanish sentence.
        message: String,
        /// When it is tried again by itself, in milliseconds since 1970 UTC; none when that would be of no use.
        retry_at_ms: Option<i64>,
    },
    /// More of a model was received.
    ModelProgressed {
        /// Its id.
        model: String,
        /// Bytes received.
        received: u64,
        /// Bytes there are.
        bytes: u64,
    },
    /// More of a model that is brought along was copied.
    ModelCopied {
        /// Bytes copied.
        copied: u64,
        /// Bytes there are.
        bytes: u64,
    },
    /// A model can be used.
    ModelInstalled {
        /// Its id.
        model: String,
    },
    /// A model could not be downloaded.
    ModelFailed {
        /// Its id.
        model: String,
        /// Why.
        failure: Failure,
    },
    /// More of the passages of a session was listened to again, and its text may have changed.
    PassagesReheard {
        /// Of which session.
        session: SessionId,
        /// How much is done, in milliseconds of sound.
        done_ms: u64,
        /// How much there is.
        total_ms: u64,
    },
    /// More of a rendition was made.
    RenditionProgressed {
        /// Of which session.
        session: SessionId,
        /// As what.
        profile: String,
        /// How much of the session is done, in milliseconds.
        done_ms: u64,
        /// How long it is.
        total_ms: u64,
    },
    /// A rendition lies on the disk.
    RenditionMade {
        /// Of which session.
        session: SessionId,
        /// As what.
        profile: String,
        /// Where.
        path: String,
    },
    /// A rendition could not be made; nothing of it stayed.
    RenditionFailed {
        /// Of which session.
        session: SessionId,
        /// As what.
        profile: String,
        /// Why.
        failure: Failure,
    },
    /// Somebody gave a rendition up; nothing of it stayed.
    RenditionStopped {
        /// Of which session.
        session: SessionId,
        /// As what.
        profile: String,
    },
    /// A watched folder came, went or is in another state.
    FolderChanged {
        /// Which.
        folder: FolderId,
    },
    /// Something happened in a watched folder; the line stands in the log.
    FileNoticed {
        /// The line.
        line: LogLine,
    },
    /// A question about recordings came up or was answered.
    QuestionsChanged,
    /// Somebody asked from outside the window to see a session: by a click on a notification.
    SessionAsked {
        /// Which.
        session: SessionId,
    },
    /// Recordings were handed over from outside the window: «Abrir con», a second start.
    RecordingsOffered {
        /// Their paths.
        paths: Vec<String>,
    },
}

impl From<&Notice> for Event {
    fn from(notice: &Notice) -> Self {
        match notice {
            Notice::Loaded { description, .. } => Self::EngineReady { device: description.clone() },
            Notice::DeviceUnusable { device, reason } => Self::NoticeGiven {
                message: sentence("notice.device_unusable", &[("device", device.name()), ("reason", reason)]),
            },
        }
    }
}
