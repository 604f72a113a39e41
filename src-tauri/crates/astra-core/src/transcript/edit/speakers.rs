//! Edits of who speaks. A name makes a speaker once, however it is typed.

use super::stage::Stage;
use super::{Altered, Refusal};
use crate::id::{SegmentId, SpeakerId};
use crate::transcript::{Segment, Speaker};

impl Stage<'_> {
    /// Naming a speaker says nothing about the words, so the passage stays doubtful.
    pub(super) fn assign(&mut self, ids: &[SegmentId], speaker: Option<SpeakerId>) -> Result<String, Refusal> {
        let name = speaker.map(|id| self.speaker(id).map(|speaker| speaker.name.clone())).transpose()?;
        self.give_to(ids, speaker)?;
        Ok(name.unwrap_or_default())
    }

    pub(super) fn name(&mut self, ids: &[SegmentId], name: &str, fresh: SpeakerId) -> Result<String, Refusal> {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            return Err(Refusal::NameEmpty);
        }
        let known = self.scene.speakers.iter().find(|speaker| speaker.is_called(&name));
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

    pub(super) fn change_speaker(
        &mut self,
        id: SpeakerId,
        name: &str,
        role: &str,
        colour: u32,
    ) -> Result<String, Refusal> {
        let before = self.speaker(id)?.clone();
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            return Err(Refusal::NameEmpty);
        }
        let other = self.scene.speakers.iter().find(|other| other.id != id && other.is_called(&name));
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
}

/// The first colour that no speaker has, or that of whom was named longest ago.
fn free_colour(speakers: &[Speaker]) -> u32 {
    let taken = |colour: &u32| speakers.iter().any(|speaker| speaker.colour == *colour);
    (0..Speaker::COLOURS).find(|colour| !taken(colour)).unwrap_or(speakers.len() as u32 % Speaker::COLOURS)
}
