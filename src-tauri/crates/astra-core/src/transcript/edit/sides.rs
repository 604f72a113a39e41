//! A change when its session becomes two: each gets what concerns its own recordings, so that the
//! journal of each takes back exactly what was done to it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Altered, Change};
use crate::id::{EntryId, SpeakerId};
use crate::minutes::{Entry, Moment};

impl Change {
    /// What of it concerns the parts that `holds` names; what lies in none is asked about with `None`. The
    /// record and the speakers are both sides'.
    pub fn of_parts(&self, holds: impl Fn(Option<u32>) -> bool) -> Self {
        let entry =
            |entry: &Option<Entry>| entry.clone().filter(|entry| holds(entry.heard.map(|stretch| stretch.from.part)));
        let entries = self.entries.iter().map(|one| Altered { before: entry(&one.before), after: entry(&one.after) });
        Self {
            segments: self
                .segments
                .iter()
                .filter(|one| one.any().is_some_and(|one| holds(Some(one.part))))
                .cloned()
                .collect(),
            speakers: self.speakers.clone(),
            entries: entries.filter(|one| one.any().is_some()).collect(),
            refused: self
                .refused
                .iter()
                .filter(|one| one.any().is_some_and(|one| holds(Some(one.at.part))))
                .cloned()
                .collect(),
            record: self.record.clone(),
            step: self.step.clone(),
        }
    }

    /// Lets what the minutes state end at `end` at the latest, where it reaches into a part that is not held.
    pub fn ending(&mut self, end: Moment, holds: impl Fn(Option<u32>) -> bool) {
        for entry in self.entries.iter_mut().flat_map(|one| [&mut one.before, &mut one.after]).flatten() {
            if let Some(stretch) = entry.heard.as_mut().filter(|stretch| !holds(Some(stretch.to.part))) {
                stretch.to = end;
            }
        }
    }

    /// Everybody who speaks in the segments that it touched, before or after.
    pub fn voices(&self) -> BTreeSet<SpeakerId> {
        let segments = self.segments.iter().flat_map(|one| [&one.before, &one.after]).flatten();
        segments.filter_map(|segment| segment.speaker).collect()
    }

    /// The entries that it touched.
    pub fn stated(&self) -> BTreeSet<EntryId> {
        self.entries.iter().filter_map(Altered::any).map(|entry| entry.id).collect()
    }

    /// Calls speakers otherwise, and leaves out what was done to others than these.
    pub fn with_speakers(&mut self, ids: &BTreeMap<SpeakerId, SpeakerId>) {
        self.speakers.retain(|one| one.any().is_some_and(|speaker| ids.contains_key(&speaker.id)));
        for speaker in self.speakers.iter_mut().flat_map(|one| [&mut one.before, &mut one.after]).flatten() {
            speaker.id = ids.get(&speaker.id).copied().unwrap_or(speaker.id);
        }
        for segment in self.segments.iter_mut().flat_map(|one| [&mut one.before, &mut one.after]).flatten() {
            segment.speaker = segment.speaker.map(|speaker| ids.get(&speaker).copied().unwrap_or(speaker));
        }
    }

    /// Calls entries otherwise.
    pub fn with_entries(&mut self, ids: &BTreeMap<EntryId, EntryId>) {
        for entry in self.entries.iter_mut().flat_map(|one| [&mut one.before, &mut one.after]).flatten() {
            entry.id = ids.get(&entry.id).copied().unwrap_or(entry.id);
        }
    }
}
