//! The text of a session as the window reads and edits it.

use serde::{Deserialize, Serialize};

use super::App;
use crate::error::{Error, Result};
use crate::id::{EntryId, SegmentId, SessionId};
use crate::minutes::{Entry, Record};
use crate::store::{Changed, HistoryEntry, Seen};
use crate::transcript::{Edit, Found, Query, Refusal, Segment, Speaker, Step, Utterance, find};

/// The text of a session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct Transcript {
    /// How many changes were made; an edit says which revision it was made for.
    pub revision: u64,
    /// In order of part and start.
    pub segments: Vec<Segment>,
    /// Everybody who speaks, in the order in which they were named.
    pub speakers: Vec<Speaker>,
    /// What was just heard.
    pub tail: Option<Tail>,
    /// To be handed back to [`App::transcript_grown`].
    pub grown: i64,
    /// What undo would take back.
    pub undo: Option<Step>,
    /// What redo would do again.
    pub redo: Option<Step>,
}

/// What was just heard and may still change with the next chunk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Tail {
    /// Which part, from 0.
    pub part: u32,
    /// Where it starts, in milliseconds of the recording.
    pub start_ms: u64,
    /// Where it ends.
    pub end_ms: u64,
    /// What was heard.
    pub text: String,
}

/// What is new in a session that is being heard.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct Growth {
    /// The new segments.
    pub segments: Vec<Segment>,
    /// What was just heard.
    pub tail: Option<Tail>,
    /// To be handed back for the next.
    pub grown: i64,
}

/// What an edit, an undo or a redo changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "Change")]
pub struct TextChange {
    /// How many changes were made by now.
    pub revision: u64,
    /// New or changed segments, whole.
    pub segments: Vec<Segment>,
    /// Segments that are no more.
    pub removed: Vec<SegmentId>,
    /// All speakers, afterwards.
    pub speakers: Vec<Speaker>,
    /// New or changed entries of the minutes, whole.
    pub entries: Vec<Entry>,
    /// Entries that are no more.
    pub entries_removed: Vec<EntryId>,
    /// The record, if it changed.
    pub record: Option<Record>,
    /// What undo would take back.
    pub undo: Option<Step>,
    /// What redo would do again.
    pub redo: Option<Step>,
    /// A segment this touched, if any is left.
    pub at: Option<SegmentId>,
}

/// More segments than any screen shows at once.
const START: u32 = 40;

impl App {
    /// The first segments of a session, to be read until [`Self::transcript_open`] has answered: how long that takes
    /// grows with the session.
    ///
    /// # Errors
    /// [`Error::SessionUnknown`].
    pub async fn transcript_start(&self, session: SessionId) -> Result<Transcript> {
        let seen = self.store().seen_first(session, START).await?;
        self.seen_with_steps(session, seen, None).await
    }

    /// The text of a session, as far as it was heard.
    ///
    /// # Errors
    /// [`Error::SessionUnknown`].
    pub async fn transcript_open(&self, session: SessionId) -> Result<Transcript> {
        let tail = self.settle(session).await?;
        let seen = self.store().seen(session).await?;
        self.seen_with_steps(session, seen, tail).await
    }

    async fn seen_with_steps(&self, session: SessionId, seen: Seen, tail: Option<Tail>) -> Result<Transcript> {
        let steps = self.store().steps(session).await?;
        Ok(Transcript {
            revision: seen.revision,
            segments: seen.scene.segments,
            speakers: seen.scene.speakers,
            tail,
            grown: seen.serial,
            undo: steps.undo,
            redo: steps.redo,
        })
    }

    /// What was heard of a session since `after`.
    ///
    /// # Errors
    /// [`Error::SessionUnknown`].
    pub async fn transcript_grown(&self, session: SessionId, after: i64) -> Result<Growth> {
        let tail = self.settle(session).await?;
        let seen = self.store().seen_after(session, after).await?;
        Ok(Growth { segments: seen.scene.segments, tail, grown: seen.serial })
    }

    /// Makes an edit.
    ///
    /// # Errors
    /// [`Error::EditStale`], [`Error::EditRefused`].
    pub async fn transcript_edit(&self, session: SessionId, revision: u64, edit: &Edit) -> Result<TextChange> {
        let changed = self.store().edit(session, revision, edit).await?;
        Ok(self.told(session, changed))
    }

    /// Takes the newest edit back.
    ///
    /// # Errors
    /// [`Error::EditStale`], [`Error::NothingToUndo`].
    pub async fn transcript_undo(&self, session: SessionId, revision: u64) -> Result<TextChange> {
        let changed = self.store().undo(session, revision).await?;
        Ok(self.told(session, changed))
    }

    /// Makes the edit again that was undone last.
    ///
    /// # Errors
    /// [`Error::EditStale`], [`Error::NothingToUndo`].
    pub async fn transcript_redo(&self, session: SessionId, revision: u64) -> Result<TextChange> {
        let changed = self.store().redo(session, revision).await?;
        Ok(self.told(session, changed))
    }

    /// The edits of a session, newest first.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn transcript_history(
        &self,
        session: SessionId,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Vec<HistoryEntry>> {
        self.store().history(session, before, limit).await
    }

    /// Finds words in the text of a session, with what becomes of them when `with` takes their place.
    ///
    /// # Errors
    /// [`Error::EditRefused`] when the pattern cannot be read.
    pub async fn transcript_find(&self, session: SessionId, query: &Query, with: &str) -> Result<Vec<Found>> {
        let seen = self.store().seen(session).await?;
        find(query, with, &seen.scene.segments)
            .map_err(|reason| Error::EditRefused { refusal: Refusal::Pattern { reason } })
    }

    /// Makes segments of all that was heard, and returns what is not certain yet.
    pub(crate) async fn settle(&self, session: SessionId) -> Result<Option<Tail>> {
        let mut tail = None;
        for (part, listening) in (0..).zip(self.store().session(session).await?.parts) {
            let (_, uncertain) = self.store().settle(listening.listening.id, part).await?;
            tail = tail.or(uncertain.map(|uncertain| shown_tail(part, &uncertain)));
        }
        Ok(tail)
    }

    pub(crate) fn told(&self, session: SessionId, changed: Changed) -> TextChange {
        self.tell_session(session);
        let altered = &changed.change.segments;
        let removed = altered.iter().filter(|one| one.after.is_none()).filter_map(|one| one.before.as_ref());
        let entries = &changed.change.entries;
        let entries_removed = entries.iter().filter(|one| one.after.is_none()).filter_map(|one| one.before.as_ref());
        TextChange {
            revision: changed.revision,
            at: altered.iter().find_map(|one| one.after.as_ref()).map(|segment| segment.id),
            removed: removed.map(|segment| segment.id).collect(),
            segments: altered.iter().filter_map(|one| one.after.clone()).collect(),
            entries_removed: entries_removed.map(|entry| entry.id).collect(),
            entries: entries.iter().filter_map(|one| one.after.clone()).collect(),
            record: changed.change.record.and_then(|altered| altered.after),
            speakers: changed.speakers,
            undo: changed.steps.undo,
            redo: changed.steps.redo,
        }
    }
}

fn shown_tail(part: u32, uncertain: &Utterance) -> Tail {
    Tail { part, start_ms: uncertain.start_ms, end_ms: uncertain.end_ms, text: uncertain.text() }
}
