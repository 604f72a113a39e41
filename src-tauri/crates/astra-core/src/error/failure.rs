//! An error as it crosses to the window.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Error;
use crate::sentences;

/// An error as it crosses to the window: it picks the sentence of its language by the code, and
/// shows the rest to whoever unfolds the details.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Failure {
    /// The key of the sentence.
    pub code: String,
    /// The sentence, filled in.
    pub message: String,
    /// The fields of the error.
    pub details: BTreeMap<String, String>,
}

impl From<&Error> for Failure {
    fn from(error: &Error) -> Self {
        let (code, details) = sentences::key_and_fields(error);
        Self { code, message: sentences::error_sentence(error), details: details.into_iter().collect() }
    }
}

impl Failure {
    /// An error that was kept as JSON, as the store does: it can no longer become an [`Error`].
    pub fn from_stored(json: &serde_json::Value) -> Self {
        let (code, details) = sentences::key_and_fields_of(json);
        Self { message: sentences::filled(&code, &details), code, details: details.into_iter().collect() }
    }
}
