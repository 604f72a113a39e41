//! Sessions as the window shows them: computed from the store whenever somebody looks.

use serde::{Deserialize, Serialize};

use crate::error::Failure;
use crate::export::times;
use crate::id::{JobId, SegmentId, SessionId};
use crate::minutes::Record;

/// A session in the list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct SessionRow {
    /// Its id.
    pub id: SessionId,
    /// What the secretary calls it.
    pub title: String,
    /// When the sitting was held, in milliseconds since 1970 UTC: as the record says, or else the
    /// recording's own clock, or else when it was brought in.
    pub held_at_ms: i64,
    /// When it was brought in, in milliseconds since 1970 UTC.
    pub created_at_ms: i64,
    /// How long it is, as far as that is known.
    pub duration_ms: Option<u64>,
    /// How many recordings it has.
    pub recordings: u32,
    /// How far it is.
    pub state: SessionState,
    /// The unfinished job, which can be paused, resumed and cancelled.
    pub job: Option<JobId>,
    /// How much has been heard, in milliseconds.
    pub heard_ms: u64,
    /// How long the rest will take at the present speed, in milliseconds; none while nobody can know.
    pub left_ms: Option<u64>,
    /// Passages the machine was unsure of and nobody confirmed yet.
    pub doubts: u32,
    /// Why it failed.
    pub failure: Option<Failure>,
    /// When a session that failed is tried again by itself, in milliseconds since 1970 UTC; none when that would be of
    /// no use.
    pub retry_at_ms: Option<i64>,
    /// Why its documents could not be written into the folder of choice yet; that is tried again by itself.
    pub undelivered: Option<Failure>,
    /// Whether it is the sample that comes with Astra.
    pub sample: bool,
}

/// How far a session is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum SessionState {
    /// It will be heard when those before it are.
    Waiting,
    /// It is being heard.
    Listening,
    /// Somebody asked it to wait.
    Paused,
    /// Everything was heard.
    Ready,
    /// Listening ended with an error; what was heard is there.
    Failed,
    /// Somebody gave up listening; what was heard is there.
    Cancelled,
}

/// A session that is open in the window.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct SessionView {
    /// As in the list.
    pub row: SessionRow,
    /// The language spoken, as ISO 639-1.
    pub language: String,
    /// The model that listened.
    pub model: String,
    /// Its recordings.
    pub parts: Vec<PartView>,
    /// What the sitting was.
    pub record: Record,
    /// What a server has heard of it; none when all was heard here.
    pub sent: Option<ServerUse>,
}

/// What a server did for a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ServerUse {
    /// The server's name.
    pub server: String,
    /// The model it used.
    pub model: String,
    /// How much sound it has answered for, in milliseconds.
    pub sent_ms: u64,
    /// What that cost, for a person; none when nobody said what an hour costs.
    pub cost: Option<String>,
}

/// A recording of an open session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct PartView {
    /// Which part it is, from 0.
    pub position: u32,
    /// The file's name, or the address.
    pub name: String,
    /// Where it is, as a person reads it.
    pub source: String,
    /// Where it starts on the session's clock, in milliseconds.
    pub offset_ms: u64,
    /// How long it is, in milliseconds.
    pub duration_ms: u64,
    /// SHA-256 of its bytes, once known.
    pub sha256: Option<String>,
    /// Whether the original is where it was.
    pub present: bool,
    /// Whether it was heard to its end.
    pub heard: bool,
}

/// What deleting a session would delete. Recordings are never among it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Deletion {
    /// What the secretary calls it.
    pub title: String,
    /// How many segments of text.
    pub segments: u32,
    /// How many edits.
    pub edits: u32,
    /// Size of the listening copies that no other session uses.
    pub copy_bytes: u64,
    /// How many actas whose bytes Astra has kept since they were approved.
    pub approved_actas: u32,
    /// Until when the backups of the database go on keeping it if Astra is used every day, in milliseconds since 1970
    /// UTC; none when it is in no backup.
    pub in_backups_until_ms: Option<i64>,
    /// The recordings that stay, by name.
    pub recordings: Vec<String>,
}

impl Deletion {
    /// Until which day the backups go on keeping it, for a person.
    pub fn in_backups_until(&self) -> Option<String> {
        times::day(&times::iso_day(self.in_backups_until_ms?)?)
    }
}

/// Something found by a search over all sessions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Hit {
    /// In which session.
    pub session: SessionId,
    /// Its title.
    pub title: String,
    /// When it was held, in milliseconds since 1970 UTC.
    pub held_at_ms: i64,
    /// Where it was found.
    pub kind: HitKind,
    /// The segment, for text.
    pub segment: Option<SegmentId>,
    /// Where to open the session, in milliseconds of its clock.
    pub at_ms: Option<u64>,
    /// The words around it.
    pub snippet: String,
    /// The matches: from one UTF-16 unit of the snippet up to another.
    pub marks: Vec<(u32, u32)>,
}

/// Where something was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum HitKind {
    /// In the title.
    Title,
    /// Among the people of the session.
    Person,
    /// In what was said.
    Text,
}
