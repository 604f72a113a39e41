//! All that an acta may say of a session.

use crate::export::{OtherModel, RecordingFacts};
use crate::guard::Coverage;
use crate::minutes::masks::Secret;
use crate::minutes::turns::Clock;
use crate::minutes::{Attendee, Entry, Gender, Guest, Minutes, Stretch};
use crate::transcript::Utterance;

/// What is known of a session when its acta is written.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Material {
    /// What the secretary states: what the sitting was, and what was dealt with and decided in it.
    pub minutes: Minutes,
    /// What was said, in order, on the session's clock.
    pub utterances: Vec<Utterance>,
    /// Those who spoke, as the transcript knows them.
    pub people: Vec<Person>,
    /// What the succinct minutes say of the turns.
    pub summaries: Vec<Summary>,
    /// The personal data that somebody confirmed: the public copy does without.
    pub masks: Vec<Secret>,
    /// Where somebody listened to the sums, laws and numbers said there and found them right.
    pub figures_heard: Vec<Stretch>,
    /// The recordings in the order of the session.
    pub recordings: Vec<RecordingFacts>,
    /// How the recordings were listened to, if a machine did.
    pub listening: Option<Listening>,
    /// A sentence that must stand at the head of the acta, when its text cannot be relied on.
    pub warning: Option<String>,
}

/// Somebody who spoke.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// The name.
    pub name: String,
    /// The office, or empty. That of the record comes first.
    pub office: String,
}

/// What the succinct minutes say of what was said in a stretch. A turn may have several, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Where it was said.
    pub heard: Stretch,
    /// The sentence, picked from the turn or written by the secretary. Empty when nothing of the turn is for
    /// the minutes.
    pub text: String,
    /// Whether the secretary confirmed it.
    pub confirmed: bool,
}

/// How the recordings became text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Listening {
    /// The kind of engine.
    pub engine: String,
    /// The id of the model.
    pub model: String,
    /// SHA-256 of the model, in hexadecimal.
    pub model_sha256: String,
    /// The other models that heard some of it.
    pub other_models: Vec<OtherModel>,
    /// How much of the speech gave text.
    pub coverage: Coverage,
}

impl Material {
    /// Where the recordings stand on the session's clock.
    pub fn clock(&self) -> Clock {
        Clock { offsets_ms: self.recordings.iter().map(|recording| recording.offset_ms).collect() }
    }

    /// What is stated, without the record.
    pub fn entries(&self) -> &[Entry] {
        &self.minutes.entries
    }

    /// Somebody on the roll by this name.
    pub fn called(&self, name: &str) -> Option<&Attendee> {
        self.minutes.record.attendance.iter().find(|attendee| attendee.name.trim() == name.trim())
    }

    /// The office of somebody, as the record has it, else as whoever named the speaker typed it; or empty.
    pub fn office(&self, name: &str) -> &str {
        let called = self.called(name).map(|attendee| &attendee.office);
        let guest = self.guest(name).map(|guest| &guest.office);
        let speaker = self.people.iter().find(|person| person.name.trim() == name.trim()).map(|person| &person.office);
        let mut known = [called, guest, speaker].into_iter().flatten().map(|office| office.trim());
        known.find(|office| !office.is_empty()).unwrap_or_default()
    }

    /// The words for somebody, if they were typed.
    pub fn gender(&self, name: &str) -> Option<Gender> {
        let called = self.called(name).and_then(|attendee| attendee.gender);
        called.or_else(|| self.guest(name)?.gender)
    }

    fn guest(&self, name: &str) -> Option<&Guest> {
        self.minutes.record.guests.iter().find(|guest| guest.name.trim() == name.trim())
    }
}
