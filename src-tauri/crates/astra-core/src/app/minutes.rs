//! The minutes of a session as the window reads and types them. They are edited as the text is:
//! by [`App::transcript_edit`], in one journal with it.

use serde::{Deserialize, Serialize};

use super::{App, TextChange};
use crate::error::{Error, Result};
use crate::id::SessionId;
use crate::minutes::{Entry, Record, RefusedProposal};
use crate::transcript::{Edit, Refusal, Step};

/// The minutes of a session, open in the window.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct OpenMinutes {
    /// How many changes were made to the session; an edit says which revision it was made for.
    pub revision: u64,
    /// What the sitting was.
    pub record: Record,
    /// What happened in it, in order.
    pub entries: Vec<Entry>,
    /// The proposals that were refused.
    pub refused: Vec<RefusedProposal>,
    /// What undo would take back.
    pub undo: Option<Step>,
    /// What redo would do again.
    pub redo: Option<Step>,
}

impl App {
    /// What the minutes of a session state.
    ///
    /// # Errors
    /// [`Error::SessionUnknown`].
    pub async fn minutes_open(&self, session: SessionId) -> Result<OpenMinutes> {
        let seen = self.store().minutes(session).await?;
        let steps = self.store().steps(session).await?;
        Ok(OpenMinutes {
            revision: seen.revision,
            record: seen.minutes.record,
            entries: seen.minutes.entries,
            refused: seen.refused,
            undo: steps.undo,
            redo: steps.redo,
        })
    }

    /// Keeps the record as it was typed, whole, and returns what changed. Typing in one field is
    /// one step to undo.
    ///
    /// # Errors
    /// [`Error::SessionUnknown`].
    pub async fn record_save(&self, session: SessionId, record: &Record) -> Result<Option<TextChange>> {
        let edit = Edit::SetRecord { record: Box::new(record.clone()), continues: true };
        match self.store().edit_newest(session, &edit).await {
            Ok(changed) => Ok(Some(self.told(session, changed))),
            Err(Error::EditRefused { refusal: Refusal::NothingToDo }) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
