//! The life of an acta: a draft, sent to those who approve it, approved, signed. Nothing goes back: what was
//! approved is corrected in the next acta.

use serde::{Deserialize, Serialize};

use super::acta::{Copy, Kind};
use crate::sentences::sentence;

/// How far an acta came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// It was written, and may be written anew.
    Draft,
    /// Those who approve it have it.
    Sent,
    /// They approved it; its bytes are kept.
    Approved,
    /// It was signed.
    Signed,
}

/// An acta that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Issued {
    /// Where it was written.
    pub path: String,
    /// Which kind.
    pub kind: Kind,
    /// For whom.
    pub copy: Copy,
    /// How far it came.
    pub stage: Stage,
    /// SHA-256 of its file at that moment, in hexadecimal. Signing leaves that of the approved one.
    pub sha256: String,
    /// When it was written, in milliseconds since 1970 UTC.
    pub drafted_at_ms: i64,
    /// When it was sent.
    pub sent_at_ms: Option<i64>,
    /// When it was approved.
    pub approved_at_ms: Option<i64>,
    /// When it was signed.
    pub signed_at_ms: Option<i64>,
    /// Whether the session was edited since the acta was written.
    pub session_changed: bool,
    /// What became of its file.
    pub file: FileState,
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum FileState {
    /// It has the hash that is known of it.
    Same,
    /// It has another one.
    Changed,
    /// It is not where it was.
    Missing,
}

impl Stage {
    /// Every stage, in order.
    pub fn all() -> [Self; 4] {
        [Self::Draft, Self::Sent, Self::Approved, Self::Signed]
    }

    /// Its name on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Self::Draft => "borrador",
            Self::Sent => "enviada",
            Self::Approved => "aprobada",
            Self::Signed => "firmada",
        }
    }

    /// The one before it.
    pub fn before(self) -> Option<Self> {
        Self::all().into_iter().rev().find(|stage| *stage < self)
    }
}

impl FileState {
    /// What a person should know of it, if anything.
    pub fn sentence(self) -> Option<String> {
        match self {
            Self::Same => None,
            Self::Changed => Some(sentence("cli.acta.file_changed", &[])),
            Self::Missing => Some(sentence("cli.acta.file_missing", &[])),
        }
    }
}
