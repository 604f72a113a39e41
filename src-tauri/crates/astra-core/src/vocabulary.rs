//! The council's own names and words, which engines are told and exports are not changed by.

use serde::{Deserialize, Serialize};

/// A name or word as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Term {
    /// As it is written.
    pub text: String,
    /// What was written in its place before somebody corrected it.
    pub instead_of: Vec<String>,
}
