//! Edits of the minutes: what they state, the record, and what becomes of proposals.

use super::stage::{Stage, opening};
use super::{Altered, Floor, Refusal};
use crate::id::{EntryId, SpeakerId};
use crate::minutes::{Entry, Record, RecordChange, RefusedProposal, Stretch, What};
use crate::transcript::{Mark, Segment};

impl Stage<'_> {
    pub(super) fn put_entry(&mut self, entry: &Entry) -> Result<String, Refusal> {
        if entry.heard.is_some_and(|heard| heard.to < heard.from) {
            return Err(Refusal::Backwards);
        }
        if let Some(reserved) = entry.reserves() {
            self.reserve(reserved);
        }
        let before = self.scene.minutes.entries.iter().find(|known| known.id == entry.id).cloned();
        self.entries.push(Altered { before, after: Some(entry.clone()) });
        Ok(opening(words(&entry.what)))
    }

    /// Marks what was heard there already. What is heard later is marked as it comes.
    fn reserve(&mut self, reserved: Stretch) {
        let scene = self.scene;
        let open = |segment: &&Segment| segment.mark != Some(Mark::Reserved) && reserved.meets(segment.stretch());
        for segment in scene.segments.iter().filter(open) {
            self.change(segment, Segment { mark: Some(Mark::Reserved), ..segment.clone() });
        }
    }

    /// The history calls it by the last entry, which is the one that begins at a boundary that moved.
    pub(super) fn put_entries(&mut self, entries: &[Entry]) -> Result<String, Refusal> {
        let mut text = String::new();
        for entry in entries {
            text = self.put_entry(entry)?;
        }
        Ok(text)
    }

    pub(super) fn remove_entry(&mut self, id: EntryId) -> Result<String, Refusal> {
        let before = self.scene.minutes.entries.iter().find(|known| known.id == id).cloned();
        let before = before.ok_or_else(|| Refusal::Missing { id: id.to_string() })?;
        let text = opening(words(&before.what));
        self.entries.push(Altered { before: Some(before), after: None });
        Ok(text)
    }

    pub(super) fn set_record(&mut self, record: &Record) -> String {
        self.record = Some(Altered { before: Some(self.scene.minutes.record.clone()), after: Some(record.clone()) });
        String::new()
    }

    /// The history calls it by the first entry that has words, or by whom it gives the floor.
    pub(super) fn accept_proposal(
        &mut self,
        entries: &[Entry],
        record: &[RecordChange],
        floor: Option<&Floor>,
        fresh: SpeakerId,
    ) -> Result<String, Refusal> {
        let mut texts = Vec::new();
        for entry in entries {
            texts.push(self.put_entry(entry)?);
        }
        let mut changed = self.scene.minutes.record.clone();
        record.iter().for_each(|change| change.apply(&mut changed));
        if changed != self.scene.minutes.record {
            self.set_record(&changed);
        }
        if let Some(floor) = floor {
            texts.push(self.name(&floor.segments, &floor.name, fresh)?);
        }
        Ok(texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default())
    }

    pub(super) fn refuse_proposal(&mut self, proposal: &RefusedProposal) -> String {
        if !self.scene.refused.contains(proposal) {
            self.refused.push(Altered { before: None, after: Some(proposal.clone()) });
        }
        String::new()
    }

    pub(super) fn propose_again(&mut self, proposal: &RefusedProposal) -> String {
        if self.scene.refused.contains(proposal) {
            self.refused.push(Altered { before: Some(proposal.clone()), after: None });
        }
        String::new()
    }
}

/// The words by which a person knows an entry; empty where its kind says all.
fn words(what: &What) -> &str {
    match what {
        What::Item(item) => &item.title,
        What::Bill(bill) => &bill.title,
        What::Vote(vote) => &vote.about,
        What::Motion { text, .. } | What::Task { text, .. } | What::Summary { text, .. } => text,
        What::Constancia { by } => by,
        What::Communication { subject, .. } => subject,
        What::Annex { title, .. } => title,
        What::EarlierMinutes { number, .. } => number,
        What::Recess { reason, .. } | What::Reserved { reason } => reason,
        What::NextSession { date, .. } => date,
        What::Quorum { .. } => "",
    }
}
