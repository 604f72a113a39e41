//! What an edit did, which is also how it is taken back.

use serde::{Deserialize, Serialize};

use crate::minutes::{Entry, Record, RefusedProposal};
use crate::transcript::{Segment, Speaker};

/// Something as it was and as it is; `None` where it is not there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Altered<T> {
    /// Before the change.
    pub before: Option<T>,
    /// After it.
    pub after: Option<T>,
}

/// What an edit did. Journals of older versions know nothing of the minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The segments it touched.
    pub segments: Vec<Altered<Segment>>,
    /// The speakers it touched.
    pub speakers: Vec<Altered<Speaker>>,
    /// The entries of the minutes it touched.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<Altered<Entry>>,
    /// The proposals it refused.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refused: Vec<Altered<RefusedProposal>>,
    /// The record, if it touched it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<Altered<Record>>,
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

impl<T> Altered<T> {
    /// What is there: after the change, or else before it.
    pub fn any(&self) -> Option<&T> {
        self.after.as_ref().or(self.before.as_ref())
    }

    fn turned(&self) -> Self
    where
        T: Clone,
    {
        Self { before: self.after.clone(), after: self.before.clone() }
    }
}

impl Change {
    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.segments.is_empty()
            && self.speakers.is_empty()
            && self.entries.is_empty()
            && self.refused.is_empty()
            && self.record.is_none()
    }

    /// The change that takes this one back.
    pub fn inverse(&self) -> Self {
        fn turned<T: Clone>(altered: &[Altered<T>]) -> Vec<Altered<T>> {
            altered.iter().rev().map(Altered::turned).collect()
        }
        Self {
            segments: turned(&self.segments),
            speakers: turned(&self.speakers),
            entries: turned(&self.entries),
            refused: turned(&self.refused),
            record: self.record.as_ref().map(Altered::turned),
            step: self.step.clone(),
        }
    }

    /// Whether it touched exactly what another one did: the same segments, entries and fields of
    /// the record.
    pub fn touches_as(&self, other: &Self) -> bool {
        let segments =
            |change: &Self| change.segments.iter().map(|one| one.any().map(|one| one.id)).collect::<Vec<_>>();
        let entries = |change: &Self| change.entries.iter().map(|one| one.any().map(|one| one.id)).collect::<Vec<_>>();
        segments(self) == segments(other) && entries(self) == entries(other) && self.fields() == other.fields()
    }

    /// It and a later one that touches the same, as one change.
    pub fn followed_by(mut self, later: &Self) -> Self {
        fn end_as<T: Clone>(first: &mut Altered<T>, second: &Altered<T>) {
            first.after.clone_from(&second.after);
        }
        self.segments.iter_mut().zip(&later.segments).for_each(|(first, second)| end_as(first, second));
        self.entries.iter_mut().zip(&later.entries).for_each(|(first, second)| end_as(first, second));
        self.record.iter_mut().zip(&later.record).for_each(|(first, second)| end_as(first, second));
        self.step = later.step.clone();
        self
    }

    /// Counts the parts otherwise: `now` tells where each is by now; one that is gone keeps its number.
    pub fn count_parts(&mut self, now: impl Fn(u32) -> Option<u32>) {
        let count = |part: &mut u32| *part = now(*part).unwrap_or(*part);
        for altered in &mut self.segments {
            [&mut altered.before, &mut altered.after].into_iter().flatten().for_each(|one| count(&mut one.part));
        }
        for altered in &mut self.entries {
            for entry in [&mut altered.before, &mut altered.after].into_iter().flatten() {
                if let Some(stretch) = &mut entry.heard {
                    count(&mut stretch.from.part);
                    count(&mut stretch.to.part);
                }
            }
        }
    }

    /// The names of the record's fields that it changed.
    fn fields(&self) -> Vec<String> {
        let value = |record: Option<&Record>| serde_json::to_value(record).unwrap_or_default();
        let Some(altered) = &self.record else { return Vec::new() };
        let (before, after) = (value(altered.before.as_ref()), value(altered.after.as_ref()));
        let changed = after.as_object().into_iter().flatten().filter(|(name, value)| before.get(name) != Some(value));
        changed.map(|(name, _)| name.clone()).collect()
    }
}
