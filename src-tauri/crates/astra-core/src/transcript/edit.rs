//! Edits: what a secretary can do to a transcript and its minutes, each with its inverse.
//!
//! An edit becomes a [`Change`]: the rows it touches, as they were and as they are. The inverse is
//! the change read backwards, which is why undoing needs no code of its own.

use serde::{Deserialize, Serialize};

use self::stage::Stage;
use super::{Mark, Query, Reheard, Segment, Speaker};
use crate::id::{EntryId, SegmentId, SpeakerId};
use crate::minutes::{Entry, Minutes, Record, RecordChange, RefusedProposal};

pub use self::change::{Altered, Change, Step};

mod change;
mod minutes;
mod segments;
mod sides;
mod speakers;
mod stage;

/// What a secretary does to a transcript.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Edit {
    /// Types another text.
    Retext {
        /// Of which segment.
        segment: SegmentId,
        /// The whole new text.
        text: String,
        /// Whether it belongs to the same typing as the retext before it, so that one undo takes
        /// both back.
        continues: bool,
    },
    /// Writes again what was heard where the vocabulary wrote a name.
    PutBack {
        /// In which segment.
        segment: SegmentId,
        /// The position of the name's first word.
        word: u32,
    },
    /// Writes what another model heard.
    Rehear {
        /// The passages in which it heard something.
        passages: Vec<Reheard>,
        /// Which model.
        model: String,
    },
    /// Makes two segments of one.
    Split {
        /// Which.
        segment: SegmentId,
        /// Where, in UTF-16 units of its text.
        at: u32,
    },
    /// Joins a segment to the one before it in the same part.
    Merge {
        /// The later one, which goes.
        segment: SegmentId,
    },
    /// Moves its edges, but never over those of its neighbours.
    Retime {
        /// Which.
        segment: SegmentId,
        /// Where it shall start, in milliseconds of its recording.
        start_ms: u64,
        /// Where it shall end.
        end_ms: u64,
    },
    /// Says who speaks.
    Assign {
        /// In which segments.
        segments: Vec<SegmentId>,
        /// Nobody takes the name away.
        speaker: Option<SpeakerId>,
    },
    /// Says by name who speaks; the speaker is made when nobody has that name.
    Name {
        /// In which segments.
        segments: Vec<SegmentId>,
        /// The name.
        name: String,
    },
    /// Takes segments out of the transcript.
    Delete {
        /// Which.
        segments: Vec<SegmentId>,
    },
    /// Marks segments, or takes their mark away.
    Mark {
        /// Which.
        segments: Vec<SegmentId>,
        /// The mark.
        mark: Option<Mark>,
    },
    /// Says that the text is right as it is.
    Confirm {
        /// Of which segments.
        segments: Vec<SegmentId>,
    },
    /// Replaces everything found.
    Replace {
        /// What to look for.
        query: Query,
        /// What to put there.
        with: String,
        /// The matches to leave alone, by their position among all that are found.
        skip: Vec<u32>,
        /// Whether engines and later sessions shall know the new words.
        remember: bool,
    },
    /// Changes a speaker everywhere. A name that another speaker has makes the two one.
    ChangeSpeaker {
        /// Whom.
        speaker: SpeakerId,
        /// The name.
        name: String,
        /// The office, or empty.
        role: String,
        /// The colour.
        colour: u32,
    },
    /// States something in the minutes, or states it otherwise.
    PutEntry {
        /// The whole entry.
        entry: Box<Entry>,
        /// Whether it belongs to the same typing as the edit before it.
        continues: bool,
    },
    /// States several things in one step: two items between which a boundary moved.
    PutEntries {
        /// The whole entries.
        entries: Vec<Entry>,
    },
    /// Takes something out of the minutes.
    RemoveEntry {
        /// What.
        entry: EntryId,
    },
    /// Types the record.
    SetRecord {
        /// The whole record.
        record: Box<Record>,
        /// Whether it belongs to the same typing as the edit before it.
        continues: bool,
    },
    /// Takes over what was proposed, corrected or not.
    AcceptProposal {
        /// What the minutes shall state.
        entries: Vec<Entry>,
        /// What changes in the record.
        record: Vec<RecordChange>,
        /// Who speaks.
        floor: Option<Floor>,
    },
    /// Says that what was proposed is not so, that it may not come back.
    RefuseProposal {
        /// What.
        proposal: RefusedProposal,
    },
    /// Takes a refusal back, long after it was made.
    ProposeAgain {
        /// What was refused.
        proposal: RefusedProposal,
    },
}

/// Who speaks where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Floor {
    /// In which segments.
    pub segments: Vec<SegmentId>,
    /// The name; the speaker is made when nobody has it.
    pub name: String,
}

/// Why an edit cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "refusal", rename_all = "snake_case")]
pub enum Refusal {
    /// Something that it names is not there: a segment, a speaker, an entry, a part.
    #[error("there is no {id}")]
    Missing {
        /// Its id.
        id: String,
    },
    /// There is no text on one side of the place to split at.
    #[error("there is nothing to split")]
    NothingToSplit,
    /// There is no segment before it in the same recording.
    #[error("there is no segment before it")]
    NothingBefore,
    /// Between its neighbours there is no room for a segment.
    #[error("there is no room between its neighbours")]
    NoRoom,
    /// A speaker needs a name.
    #[error("a speaker needs a name")]
    NameEmpty,
    /// The regular expression cannot be read.
    #[error("the pattern cannot be read: {reason}")]
    Pattern {
        /// In the words of its reader.
        reason: String,
    },
    /// A stretch would end before it begins.
    #[error("the stretch ends before it begins")]
    Backwards,
    /// Everything is as it would be afterwards.
    #[error("nothing would change")]
    NothingToDo,
}

/// What an edit is applied to: the segments it may touch with their neighbours, in order, all
/// speakers of the session, and its minutes where the edit is one of theirs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scene {
    /// In order of part and start.
    pub segments: Vec<Segment>,
    /// In the order in which they were named.
    pub speakers: Vec<Speaker>,
    /// What the minutes state.
    pub minutes: Minutes,
    /// The proposals that were refused.
    pub refused: Vec<RefusedProposal>,
}

impl Edit {
    /// The segments that must be in the [`Scene`]; `None` when all must.
    pub fn reach(&self) -> Option<Vec<SegmentId>> {
        match self {
            Self::Retext { segment, .. }
            | Self::PutBack { segment, .. }
            | Self::Split { segment, .. }
            | Self::Merge { segment }
            | Self::Retime { segment, .. } => Some(vec![*segment]),
            Self::Assign { segments, .. }
            | Self::Name { segments, .. }
            | Self::Delete { segments }
            | Self::Mark { segments, .. }
            | Self::Confirm { segments } => Some(segments.clone()),
            Self::Rehear { passages, .. } => Some(passages.iter().map(|one| one.segment.id).collect()),
            Self::AcceptProposal { floor: Some(floor), .. } => Some(floor.segments.clone()),
            Self::Replace { .. } | Self::ChangeSpeaker { .. } => None,
            // It marks what was heard there.
            Self::PutEntry { entry, .. } if entry.reserves().is_some() => None,
            _ => Some(Vec::new()),
        }
    }

    /// Whether it looks at the minutes of the [`Scene`].
    pub fn is_of_minutes(&self) -> bool {
        matches!(
            self,
            Self::PutEntry { .. }
                | Self::PutEntries { .. }
                | Self::RemoveEntry { .. }
                | Self::SetRecord { .. }
                | Self::AcceptProposal { .. }
                | Self::RefuseProposal { .. }
                | Self::ProposeAgain { .. }
        )
    }

    /// Whether it is more of the typing that `last` was, if both touched the same.
    pub fn goes_on_from(&self, last: &Self) -> bool {
        let continues = match self {
            Self::Retext { continues, .. } | Self::PutEntry { continues, .. } | Self::SetRecord { continues, .. } => {
                *continues
            }
            _ => false,
        };
        continues && self.kind() == last.kind()
    }

    /// The edit's name, as in its `kind` on the wire.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Retext { .. } => "retext",
            Self::PutBack { .. } => "put_back",
            Self::Rehear { .. } => "rehear",
            Self::Split { .. } => "split",
            Self::Merge { .. } => "merge",
            Self::Retime { .. } => "retime",
            Self::Assign { .. } => "assign",
            Self::Name { .. } => "name",
            Self::Delete { .. } => "delete",
            Self::Mark { .. } => "mark",
            Self::Confirm { .. } => "confirm",
            Self::Replace { .. } => "replace",
            Self::ChangeSpeaker { .. } => "change_speaker",
            Self::PutEntry { .. } => "put_entry",
            Self::PutEntries { .. } => "put_entries",
            Self::RemoveEntry { .. } => "remove_entry",
            Self::SetRecord { .. } => "set_record",
            Self::AcceptProposal { .. } => "accept_proposal",
            Self::RefuseProposal { .. } => "refuse_proposal",
            Self::ProposeAgain { .. } => "propose_again",
        }
    }
}

/// Works out what an edit does to a scene. `fresh` are the ids of the segment and the speaker that
/// it may have to make.
///
/// # Errors
/// The [`Refusal`]; nothing is half done.
pub fn apply(edit: &Edit, scene: &Scene, fresh: (SegmentId, SpeakerId)) -> Result<Change, Refusal> {
    let mut stage = Stage::of(scene);
    let words = match edit {
        Edit::Retext { segment, text, .. } => stage.retext(*segment, text)?,
        Edit::PutBack { segment, word } => stage.put_back(*segment, *word)?,
        Edit::Rehear { passages, model } => stage.rehear(passages, model),
        Edit::Split { segment, at } => stage.split(*segment, *at, fresh.0)?,
        Edit::Merge { segment } => stage.merge(*segment)?,
        Edit::Retime { segment, start_ms, end_ms } => stage.retime(*segment, *start_ms, *end_ms)?,
        Edit::Assign { segments, speaker } => stage.assign(segments, *speaker)?,
        Edit::Name { segments, name } => stage.name(segments, name, fresh.1)?,
        Edit::Delete { segments } => stage.delete(segments)?,
        Edit::Mark { segments, mark } => {
            stage.each(segments, |segment| segment.mark = *mark)?;
            mark.map(|mark| serde_json::to_value(mark).unwrap_or_default().as_str().unwrap_or_default().to_owned())
                .unwrap_or_default()
        }
        Edit::Confirm { segments } => {
            stage.each(segments, |_| {})?;
            String::new()
        }
        Edit::Replace { query, with, skip, .. } => stage.replace(query, with, skip)?,
        Edit::ChangeSpeaker { speaker, name, role, colour } => stage.change_speaker(*speaker, name, role, *colour)?,
        Edit::PutEntry { entry, .. } => stage.put_entry(entry)?,
        Edit::PutEntries { entries } => stage.put_entries(entries)?,
        Edit::RemoveEntry { entry } => stage.remove_entry(*entry)?,
        Edit::SetRecord { record, .. } => stage.set_record(record),
        Edit::AcceptProposal { entries, record, floor } => {
            stage.accept_proposal(entries, record, floor.as_ref(), fresh.1)?
        }
        Edit::RefuseProposal { proposal } => stage.refuse_proposal(proposal),
        Edit::ProposeAgain { proposal } => stage.propose_again(proposal),
    };
    stage.finish(edit.kind(), words)
}

#[cfg(test)]
mod tests;
