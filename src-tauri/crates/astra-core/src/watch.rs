//! Watched folders: what is seen, waited for, taken and left alone there, and which recordings are
//! parts of one session. `app/watching.rs` looks at the disk and asks these rules what to do.
//!
//! Nothing in a watched folder is ever moved, renamed, written or deleted.

use std::collections::BTreeMap;
use std::io;

use serde::{Deserialize, Serialize};

use crate::id::{FolderId, SessionId};

pub mod files;
pub mod ignored;
pub mod parts;
pub mod readiness;
mod shown;
pub mod stamps;

pub use readiness::Look;
pub use shown::shown;

/// How long a file must stand still before it is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// At least so many looks must find it the same.
    pub looks: u32,
    /// On a disk of this computer, in milliseconds.
    pub local_ms: u64,
    /// On a card, a stick or a share, in milliseconds.
    pub away_ms: u64,
    /// After it grew the way a recording does, in milliseconds.
    pub recorder_ms: u64,
}

impl Default for Patience {
    fn default() -> Self {
        Self { looks: 3, local_ms: 10_000, away_ms: 30_000, recorder_ms: 120_000 }
    }
}

/// What kind of place a folder is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// On a disk of this computer.
    Local,
    /// On a card, a stick or a recorder.
    Removable,
    /// On a share.
    Network,
}

/// What to watch, and how.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Watch {
    /// These folders; all there are and that come otherwise.
    pub only: Option<Vec<FolderId>>,
    /// How long files must stand still.
    pub patience: Patience,
    /// The model that hears what comes; the chosen one or the best otherwise.
    pub model: Option<String>,
}

/// A watched folder as the window shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct WatchedFolder {
    /// Its id.
    pub id: FolderId,
    /// Where it is, as a person reads it.
    pub path: String,
    /// Whether the folders in it are watched too.
    pub subfolders: bool,
    /// How it is now.
    pub state: FolderState,
    /// When it was added, in milliseconds since 1970 UTC.
    pub added_at_ms: i64,
    /// When it was looked at for the first time.
    pub first_seen_at_ms: Option<i64>,
    /// The recordings that lay there already, until somebody says what shall become of them.
    pub existing: Option<ExistingFiles>,
    /// How many files are waited for.
    pub waiting: u32,
}

/// How a watched folder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum FolderState {
    /// Nobody has looked yet, or nobody watches because no Astra that watches is open.
    Resting,
    /// It is watched.
    Watched,
    /// It cannot be reached: unplugged, or its share is away. It comes back by itself.
    Unreachable,
    /// It is there and may not be read. It is looked at again until it may.
    Forbidden,
}

/// Recordings that lay in a folder when it was first looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ExistingFiles {
    /// How many.
    pub count: u32,
    /// Their size together.
    pub bytes: u64,
    /// When the oldest and the newest were last written, in milliseconds since 1970 UTC.
    pub oldest_ms: Option<i64>,
    /// See there.
    pub newest_ms: Option<i64>,
}

/// What shall become of the recordings that lay in a folder already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "take", rename_all = "snake_case")]
pub enum ExistingAnswer {
    /// All are heard.
    All,
    /// None is.
    None,
    /// Those are that were written since, in milliseconds since 1970 UTC.
    Since {
        /// The moment.
        at_ms: i64,
    },
}

/// A line of the log: what was seen, waited for, joined or skipped, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct LogLine {
    /// Grows with every line.
    pub id: i64,
    /// When, in milliseconds since 1970 UTC.
    pub at_ms: i64,
    /// In which folder; none when it is no longer watched.
    pub folder: Option<FolderId>,
    /// The file's path, as a person reads it; empty when the line is about the folder.
    pub path: String,
    /// What happened.
    pub what: Happening,
    /// The session it led to, while there is one.
    pub session: Option<SessionId>,
    /// The Spanish sentence.
    pub message: String,
    /// What it has places for, for sentences in other languages: name, path, session, folder, count, and reason, for
    /// which cause is the name that errors and reasons have in every language.
    pub fields: BTreeMap<String, String>,
}

/// What can happen in a watched folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Happening {
    /// A file is waited for until it stands still.
    Waiting,
    /// A file grows the way a recording does; it is waited for longer.
    Recording,
    /// A file has had no bytes for a while.
    Empty,
    /// A file that stands still is not whole, or cannot be read; it is looked at again later.
    Incomplete,
    /// A recording was not closed by its recorder, and was taken as it is.
    Unclosed,
    /// A new session was begun with it.
    Begun,
    /// It was joined to a session.
    Joined,
    /// It was taken while its recorder paused, and went on; only what is new is heard.
    Grown,
    /// It cannot be heard.
    Refused,
    /// The same recording was seen before, there or elsewhere.
    Known,
    /// Its clock cannot be right, so its name said where it belongs.
    ClockDoubted,
    /// It may not be read; it is taken when it may.
    Forbidden,
    /// It waits for an answer.
    Asked,
    /// Something stands in the way that is not the file's fault; it is tried again.
    Hindered,
    /// The folder cannot be reached.
    FolderGone,
    /// The folder, or one in it, may not be read.
    FolderForbidden,
    /// The folder is back.
    FolderBack,
    /// Recordings lay in the folder already.
    ExistingFound,
}

/// Something only a person can know, asked once. Nothing waits for the answer but what it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Question {
    /// Its number.
    pub id: i64,
    /// When it came up, in milliseconds since 1970 UTC.
    pub asked_at_ms: i64,
    /// What it is about.
    pub about: Doubt,
    /// The earlier session, and what it is called.
    pub earlier: SessionId,
    /// See there.
    pub earlier_title: String,
    /// The later session, which was begun by itself meanwhile; none where the recordings wait.
    pub later: Option<SessionId>,
    /// Its title.
    pub later_title: Option<String>,
    /// The files that it is about, as a person reads them.
    pub files: Vec<String>,
    /// What can be answered.
    pub answers: Vec<Reply>,
    /// The Spanish sentence.
    pub message: String,
}

/// What only a person can know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "doubt", rename_all = "snake_case")]
pub enum Doubt {
    /// A recess, or another session?
    Pause {
        /// How long nothing was recorded, in milliseconds.
        gap_ms: u64,
    },
    /// The next by its name; no clock says whether it goes on.
    Named,
    /// A recording closes the gap between two sessions.
    Bridge,
    /// Recorded at the same time: other microphones?
    Microphones,
}

/// An answer to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// It is one session.
    Join,
    /// They are two.
    Apart,
    /// They are microphones of the same session: heard as one sound, kept apart as a hint at who speaks.
    Mix,
    /// They are left alone.
    Leave,
}

impl Place {
    /// Whether the operating system is asked to tell what changes there: shares do not tell, and what is
    /// plugged in could not be taken out while it is asked.
    pub fn tells(self) -> bool {
        self == Self::Local
    }
}

impl FolderState {
    /// How a folder is that could not be looked at.
    pub fn of(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::PermissionDenied => Self::Forbidden,
            _ => Self::Unreachable,
        }
    }
}

impl Doubt {
    /// What can be answered.
    pub fn answers(self) -> Vec<Reply> {
        match self {
            Self::Pause { .. } | Self::Named | Self::Bridge => vec![Reply::Join, Reply::Apart],
            Self::Microphones => vec![Reply::Mix, Reply::Apart, Reply::Leave],
        }
    }

    /// Under which name its sentence stands.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pause { .. } => "pause",
            Self::Named => "named",
            Self::Bridge => "bridge",
            Self::Microphones => "microphones",
        }
    }
}

impl Happening {
    /// Under which name its sentence stands, and it itself in the store.
    pub fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Recording => "recording",
            Self::Empty => "empty",
            Self::Incomplete => "incomplete",
            Self::Unclosed => "unclosed",
            Self::Begun => "begun",
            Self::Joined => "joined",
            Self::Grown => "grown",
            Self::Refused => "refused",
            Self::Known => "known",
            Self::ClockDoubted => "clock_doubted",
            Self::Forbidden => "forbidden",
            Self::Asked => "asked",
            Self::Hindered => "hindered",
            Self::FolderGone => "folder_gone",
            Self::FolderForbidden => "folder_forbidden",
            Self::FolderBack => "folder_back",
            Self::ExistingFound => "existing_found",
        }
    }
}
