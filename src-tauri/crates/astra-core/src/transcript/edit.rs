//! Edits: what a secretary can do to a transcript, each with its inverse.
//!
//! An edit becomes a [`Change`]: the segments and speakers it touches, as they were and as they
//! are. The inverse is the change read backwards, which is why undoing needs no code of its own.

use serde::{Deserialize, Serialize};

use super::find::Pattern;
use super::times::{carry_over, share_out};
use super::{Mark, Query, Segment, Speaker};
use crate::guard::fold::tokens;
use crate::id::{SegmentId, SpeakerId};

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
}

/// Why an edit cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "refusal", rename_all = "snake_case")]
pub enum Refusal {
    /// A segment or speaker that it names is not there.
    #[error("there is no segment or speaker {id}")]
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
    /// Everything is as it would be afterwards.
    #[error("nothing would change")]
    NothingToDo,
}

/// What an edit is applied to: the segments it may touch with their neighbours, in order, and all
/// speakers of the session.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scene {
    /// In order of part and start.
    pub segments: Vec<Segment>,
    /// In the order in which they were named.
    pub speakers: Vec<Speaker>,
}

/// Something as it was and as it is; `None` where it is not there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Altered<T> {
    /// Before the change.
    pub before: Option<T>,
    /// After it.
    pub after: Option<T>,
}

/// What an edit did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The segments it touched.
    pub segments: Vec<Altered<Segment>>,
    /// The speakers it touched.
    pub speakers: Vec<Altered<Speaker>>,
    /// What to call it.
    pub step: Step,
}

/// An edit in the words of the history: «Replaced “nieva” 12 times».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Step {
    /// The edit's kind, as in its `kind` on the wire.
    pub kind: String,
    /// The words that tell this edit from others: the new text, the name.
    pub text: String,
    /// How many segments it touched.
    pub count: u32,
}

impl Change {
    /// The change that takes this one back.
    pub fn inverse(&self) -> Self {
        fn turned<T: Clone>(altered: &[Altered<T>]) -> Vec<Altered<T>> {
            let turn = |one: &Altered<T>| Altered { before: one.after.clone(), after: one.before.clone() };
            altered.iter().rev().map(turn).collect()
        }
        Self { segments: turned(&self.segments), speakers: turned(&self.speakers), step: self.step.clone() }
    }
}

impl Edit {
    /// The segments that must be in the [`Scene`]; `None` when all must.
    pub fn reach(&self) -> Option<Vec<SegmentId>> {
        match self {
            Self::Retext { segment, .. }
            | Self::Split { segment, .. }
            | Self::Merge { segment }
            | Self::Retime { segment, .. } => Some(vec![*segment]),
            Self::Assign { segments, .. }
            | Self::Name { segments, .. }
            | Self::Delete { segments }
            | Self::Mark { segments, .. }
            | Self::Confirm { segments } => Some(segments.clone()),
            Self::Replace { .. } | Self::ChangeSpeaker { .. } => None,
        }
    }

    /// The edit's name, as in its `kind` on the wire.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Retext { .. } => "retext",
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
        }
    }
}

/// Works out what an edit does to a scene. `fresh` are the ids of the segment and the speaker that
/// it may have to make.
///
/// # Errors
/// The [`Refusal`]; nothing is half done.
pub fn apply(edit: &Edit, scene: &Scene, fresh: (SegmentId, SpeakerId)) -> Result<Change, Refusal> {
    let mut stage = Stage { scene, segments: Vec::new(), speakers: Vec::new() };
    let words = match edit {
        Edit::Retext { segment, text, .. } => stage.retext(*segment, text)?,
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
    };
    stage.finish(edit.kind(), words)
}

/// A change in the making.
struct Stage<'a> {
    scene: &'a Scene,
    segments: Vec<Altered<Segment>>,
    speakers: Vec<Altered<Speaker>>,
}

impl Stage<'_> {
    fn finish(mut self, kind: &str, text: String) -> Result<Change, Refusal> {
        self.segments.retain(|altered| altered.before != altered.after);
        self.speakers.retain(|altered| altered.before != altered.after);
        if self.segments.is_empty() && self.speakers.is_empty() {
            return Err(Refusal::NothingToDo);
        }
        let count = self.segments.len() as u32;
        let step = Step { kind: kind.to_owned(), text, count };
        Ok(Change { segments: self.segments, speakers: self.speakers, step })
    }

    fn position(&self, id: SegmentId) -> Result<usize, Refusal> {
        let place = self.scene.segments.iter().position(|segment| segment.id == id);
        place.ok_or_else(|| Refusal::Missing { id: id.to_string() })
    }

    fn segment(&self, id: SegmentId) -> Result<&Segment, Refusal> {
        self.position(id).map(|at| &self.scene.segments[at])
    }

    fn speaker(&self, id: SpeakerId) -> Result<&Speaker, Refusal> {
        let found = self.scene.speakers.iter().find(|speaker| speaker.id == id);
        found.ok_or_else(|| Refusal::Missing { id: id.to_string() })
    }

    fn change(&mut self, before: &Segment, after: Segment) {
        let after = Segment { touched: true, doubtful: false, ..after };
        self.segments.push(Altered { before: Some(before.clone()), after: Some(after) });
    }

    fn each(&mut self, ids: &[SegmentId], edit: impl Fn(&mut Segment)) -> Result<(), Refusal> {
        for id in ids {
            let before = self.segment(*id)?.clone();
            let mut after = before.clone();
            edit(&mut after);
            self.change(&before, after);
        }
        Ok(())
    }

    /// Naming a speaker says nothing about the words, so the passage stays doubtful.
    fn assign(&mut self, ids: &[SegmentId], speaker: Option<SpeakerId>) -> Result<String, Refusal> {
        let name = speaker.map(|id| self.speaker(id).map(|speaker| speaker.name.clone())).transpose()?;
        self.give_to(ids, speaker)?;
        Ok(name.unwrap_or_default())
    }

    fn give_to(&mut self, ids: &[SegmentId], speaker: Option<SpeakerId>) -> Result<(), Refusal> {
        for id in ids {
            let before = self.segment(*id)?.clone();
            let after = Segment { speaker, touched: true, ..before.clone() };
            let moved = before.speaker != speaker;
            let before = Some(before);
            let after = if moved { Some(after) } else { before.clone() };
            self.segments.push(Altered { before, after });
        }
        Ok(())
    }

    fn name(&mut self, ids: &[SegmentId], name: &str, fresh: SpeakerId) -> Result<String, Refusal> {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            return Err(Refusal::NameEmpty);
        }
        let known = self.scene.speakers.iter().find(|speaker| same_name(&speaker.name, &name));
        let id = match known {
            Some(speaker) => speaker.id,
            None => {
                let colour = free_colour(&self.scene.speakers);
                let made = Speaker { id: fresh, name: name.clone(), role: String::new(), colour };
                self.speakers.push(Altered { before: None, after: Some(made) });
                fresh
            }
        };
        self.give_to(ids, Some(id))?;
        Ok(name)
    }

    fn delete(&mut self, ids: &[SegmentId]) -> Result<String, Refusal> {
        for id in ids {
            let before = Some(self.segment(*id)?.clone());
            self.segments.push(Altered { before, after: None });
        }
        Ok(ids.first().and_then(|id| self.segment(*id).ok()).map(|first| opening(&first.text)).unwrap_or_default())
    }

    fn retext(&mut self, id: SegmentId, text: &str) -> Result<String, Refusal> {
        let before = self.segment(id)?.clone();
        let after = with_text(&before, text);
        if after.text == before.text {
            return Err(Refusal::NothingToDo);
        }
        let words = opening(&after.text);
        self.change(&before, after);
        Ok(words)
    }

    fn split(&mut self, id: SegmentId, at: u32, fresh: SegmentId) -> Result<String, Refusal> {
        let before = self.segment(id)?.clone();
        let at = byte_of(&before.text, at);
        let (left, right) = (before.text[..at].trim_end(), before.text[at..].trim_start());
        if left.is_empty() || right.is_empty() {
            return Err(Refusal::NothingToSplit);
        }
        let (left_count, right_count) = (left.split_whitespace().count(), right.split_whitespace().count());
        let mut times = before.times.clone();
        if left_count + right_count > before.word_count() {
            // The place is within a word, which becomes two.
            let word = left_count - 1;
            let (start, end) = (times[word * 2], times[word * 2 + 1]);
            let halves = [left.split_whitespace().last(), right.split_whitespace().next()];
            let halves: Vec<&str> = halves.into_iter().flatten().collect();
            let mut shared = Vec::new();
            share_out(&halves, start, end, &mut shared);
            times.splice(word * 2..word * 2 + 2, shared);
        }
        let border = left_count * 2;
        // The later half starts later, whatever the engine said: the order of segments is theirs.
        let from = times[border].max(1);
        let unsure = |first: usize, count: usize| -> Vec<u32> {
            let place = |at: &u32| (*at as usize).checked_sub(first).filter(|at| *at < count).map(|at| at as u32);
            before.unsure.iter().filter_map(place).collect()
        };
        let later = Segment {
            id: fresh,
            start_ms: before.start_ms + from,
            end_ms: before.end_ms.max(before.start_ms + from),
            text: right.to_owned(),
            times: times[border..].iter().map(|ms| ms.saturating_sub(from)).collect(),
            unsure: unsure(left_count, right_count),
            touched: true,
            doubtful: false,
            ..before.clone()
        };
        let earlier = Segment {
            end_ms: before.start_ms + times[border - 1].min(from),
            text: left.to_owned(),
            times: times[..border].to_vec(),
            unsure: unsure(0, left_count),
            ..before.clone()
        };
        let words = opening(right);
        self.change(&before, earlier);
        self.segments.push(Altered { before: None, after: Some(later) });
        Ok(words)
    }

    fn merge(&mut self, id: SegmentId) -> Result<String, Refusal> {
        let at = self.position(id)?;
        let later = self.scene.segments[at].clone();
        let earlier = at.checked_sub(1).map(|before| self.scene.segments[before].clone());
        let earlier = earlier.filter(|earlier| earlier.part == later.part).ok_or(Refusal::NothingBefore)?;
        let shift = later.start_ms.saturating_sub(earlier.start_ms);
        let count = earlier.word_count() as u32;
        let mut merged = earlier.clone();
        merged.end_ms = earlier.end_ms.max(later.end_ms);
        merged.text = [earlier.text.as_str(), &later.text].map(str::trim).join(" ").trim().to_owned();
        merged.times.extend(later.times.iter().map(|ms| ms + shift));
        merged.unsure.extend(later.unsure.iter().map(|at| at + count));
        merged.faults.extend(later.faults.iter().filter(|fault| !earlier.faults.contains(fault)));
        merged.speaker = earlier.speaker.or(later.speaker);
        merged.mark = match (earlier.mark, later.mark) {
            (Some(Mark::Reserved), _) | (_, Some(Mark::Reserved)) => Some(Mark::Reserved),
            // Words of one side must not be called inaudible because of the other.
            (Some(mark), Some(_)) => Some(mark),
            _ => None,
        };
        let words = opening(&merged.text);
        self.change(&earlier, merged);
        self.segments.push(Altered { before: Some(later), after: None });
        Ok(words)
    }

    fn retime(&mut self, id: SegmentId, start_ms: u64, end_ms: u64) -> Result<String, Refusal> {
        let at = self.position(id)?;
        let before = self.scene.segments[at].clone();
        let same_part = |other: &&Segment| other.part == before.part;
        let previous = at.checked_sub(1).map(|at| &self.scene.segments[at]).filter(same_part);
        let next = self.scene.segments.get(at + 1).filter(same_part);
        // Edges that already overlap may stay where they are.
        let floor = previous.map_or(0, |previous| previous.end_ms.min(before.start_ms));
        let ceiling = next.map_or(u64::MAX, |next| next.start_ms.max(before.end_ms));
        let (start_ms, end_ms) = (start_ms.max(floor), end_ms.min(ceiling));
        if start_ms >= end_ms {
            return Err(Refusal::NoRoom);
        }
        let (old, new) = (before.end_ms.saturating_sub(before.start_ms).max(1), end_ms - start_ms);
        let scaled = |ms: &u64| (u128::from(*ms) * u128::from(new) / u128::from(old)) as u64;
        let times = before.times.iter().map(scaled).collect();
        // Moving an edge says nothing about the words, so a doubtful passage stays doubtful.
        let after = Segment { start_ms, end_ms, times, touched: true, ..before.clone() };
        let words = opening(&before.text);
        self.segments.push(Altered { before: Some(before), after: Some(after) });
        Ok(words)
    }

    fn replace(&mut self, query: &Query, with: &str, skip: &[u32]) -> Result<String, Refusal> {
        let pattern = Pattern::new(query).map_err(|reason| Refusal::Pattern { reason })?;
        let pattern = pattern.ok_or(Refusal::NothingToDo)?;
        let mut number = 0;
        for before in self.scene.segments.iter().filter(|segment| pattern.speaks(segment)) {
            let text = pattern.replace(&before.text, with, || {
                number += 1;
                !skip.contains(&(number - 1))
            });
            if text != before.text {
                let after = with_text(before, &text);
                // The rest of a doubtful passage is no more certain than it was.
                let after = Segment { touched: true, ..after };
                self.segments.push(Altered { before: Some(before.clone()), after: Some(after) });
            }
        }
        Ok(query.text.clone())
    }

    fn change_speaker(&mut self, id: SpeakerId, name: &str, role: &str, colour: u32) -> Result<String, Refusal> {
        let before = self.speaker(id)?.clone();
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            return Err(Refusal::NameEmpty);
        }
        let other = self.scene.speakers.iter().find(|other| other.id != id && same_name(&other.name, &name));
        if let Some(other) = other.map(|other| other.id) {
            let theirs: Vec<SegmentId> =
                self.scene.segments.iter().filter(|one| one.speaker == Some(id)).map(|one| one.id).collect();
            self.give_to(&theirs, Some(other))?;
            self.speakers.push(Altered { before: Some(before), after: None });
        } else {
            let role = role.trim().to_owned();
            let after = Speaker { id, name: name.clone(), role, colour: colour % Speaker::COLOURS };
            self.speakers.push(Altered { before: Some(before), after: Some(after) });
        }
        Ok(name)
    }
}

/// A segment with another text; words that stay keep their times.
fn with_text(before: &Segment, text: &str) -> Segment {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let old: Vec<&str> = before.text.split_whitespace().collect();
    let new: Vec<&str> = text.split_whitespace().collect();
    let (times, origins) = carry_over(&old, &before.times, &new, before.end_ms.saturating_sub(before.start_ms));
    let was_unsure = |origin: &Option<usize>| origin.is_some_and(|at| before.unsure.contains(&(at as u32)));
    let unsure = (0_u32..).zip(&origins).filter(|(_, origin)| was_unsure(origin)).map(|(at, _)| at).collect();
    Segment { text, times, unsure, ..before.clone() }
}

/// Whether two names are the same person's, however they were typed.
fn same_name(one: &str, other: &str) -> bool {
    tokens(one).eq(tokens(other)) && tokens(one).next().is_some()
}

/// The first colour that no speaker has, or that of whom was named longest ago.
fn free_colour(speakers: &[Speaker]) -> u32 {
    let taken = |colour: &u32| speakers.iter().any(|speaker| speaker.colour == *colour);
    (0..Speaker::COLOURS).find(|colour| !taken(colour)).unwrap_or(speakers.len() as u32 % Speaker::COLOURS)
}

/// How a text begins, for the history.
fn opening(text: &str) -> String {
    const LETTERS: usize = 60;
    match text.char_indices().nth(LETTERS) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

/// The byte at a distance in UTF-16 units; within a letter of two units, the letter's start.
fn byte_of(text: &str, units: u32) -> usize {
    let mut reached = 0;
    for (at, letter) in text.char_indices() {
        reached += letter.len_utf16() as u32;
        if reached > units {
            return at;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests;
