//! A change in the making: what an edit looks up in its scene and what it puts down.

use super::{Altered, Change, Refusal, Scene, Step};
use crate::id::{SegmentId, SpeakerId};
use crate::minutes::{Entry, Record, RefusedProposal};
use crate::transcript::{Segment, Speaker};

/// A change in the making.
pub(super) struct Stage<'a> {
    pub(super) scene: &'a Scene,
    pub(super) segments: Vec<Altered<Segment>>,
    pub(super) speakers: Vec<Altered<Speaker>>,
    pub(super) entries: Vec<Altered<Entry>>,
    pub(super) refused: Vec<Altered<RefusedProposal>>,
    pub(super) record: Option<Altered<Record>>,
}

impl<'a> Stage<'a> {
    pub(super) fn of(scene: &'a Scene) -> Self {
        Self {
            scene,
            segments: Vec::new(),
            speakers: Vec::new(),
            entries: Vec::new(),
            refused: Vec::new(),
            record: None,
        }
    }

    pub(super) fn finish(self, kind: &str, text: String) -> Result<Change, Refusal> {
        fn moved<T: PartialEq>(mut all: Vec<Altered<T>>) -> Vec<Altered<T>> {
            all.retain(|altered| altered.before != altered.after);
            all
        }
        let segments = moved(self.segments);
        let count = segments.len() as u32;
        let change = Change {
            segments,
            speakers: moved(self.speakers),
            entries: moved(self.entries),
            refused: moved(self.refused),
            record: self.record.filter(|altered| altered.before != altered.after),
            step: Step { kind: kind.to_owned(), text, count },
        };
        if change.is_empty() { Err(Refusal::NothingToDo) } else { Ok(change) }
    }

    pub(super) fn position(&self, id: SegmentId) -> Result<usize, Refusal> {
        let place = self.scene.segments.iter().position(|segment| segment.id == id);
        place.ok_or_else(|| Refusal::Missing { id: id.to_string() })
    }

    pub(super) fn segment(&self, id: SegmentId) -> Result<&Segment, Refusal> {
        self.position(id).map(|at| &self.scene.segments[at])
    }

    pub(super) fn speaker(&self, id: SpeakerId) -> Result<&Speaker, Refusal> {
        let found = self.scene.speakers.iter().find(|speaker| speaker.id == id);
        found.ok_or_else(|| Refusal::Missing { id: id.to_string() })
    }

    pub(super) fn change(&mut self, before: &Segment, after: Segment) {
        let after = Segment { touched: true, doubtful: false, ..after };
        self.segments.push(Altered { before: Some(before.clone()), after: Some(after) });
    }

    pub(super) fn each(&mut self, ids: &[SegmentId], edit: impl Fn(&mut Segment)) -> Result<(), Refusal> {
        for id in ids {
            let before = self.segment(*id)?.clone();
            let mut after = before.clone();
            edit(&mut after);
            self.change(&before, after);
        }
        Ok(())
    }
}

/// How a text begins, for the history.
pub(super) fn opening(text: &str) -> String {
    const LETTERS: usize = 60;
    match text.char_indices().nth(LETTERS) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}
