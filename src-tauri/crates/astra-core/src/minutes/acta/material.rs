//! All that an acta may say of a session.

use crate::export::RecordingFacts;
use crate::guard::Coverage;
use crate::minutes::masks::Secret;
use crate::minutes::turns::Clock;
use crate::minutes::wording::Gender;
use crate::minutes::{Attendee, Entry, Minutes, Stretch};
use crate::transcript::Utterance;

/// What is known of a session when its acta is written.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Material {
    /// What the secretary states: what the sitting was, and what was dealt with and decided in it.
    pub minutes: Minutes,
    /// What was said, in order, on the session's clock.
    pub utterances: Vec<Utterance>,
    /// What is known of those who were called, invited or spoke, beyond the record.
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

/// What is known of somebody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// The name, as the record and the transcript write it.
    pub name: String,
    /// The office, or empty. That of the roll comes first.
    pub office: String,
    /// The gender, if somebody said so. The office tells it otherwise, or the formulas do without.
    pub gender: Option<Gender>,
    /// Whether the person attended from elsewhere.
    pub remote: bool,
    /// Whether the person was invited, and is no member of the body.
    pub guest: bool,
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

    /// What is known of somebody by this name.
    pub fn person(&self, name: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.name.trim() == name.trim())
    }

    /// Somebody on the roll by this name.
    pub fn called(&self, name: &str) -> Option<&Attendee> {
        self.minutes.record.attendance.iter().find(|attendee| attendee.name.trim() == name.trim())
    }

    /// The office of somebody, as the roll has it, else as whoever named the speaker typed it; or empty.
    pub fn office(&self, name: &str) -> &str {
        let called = self.called(name).map(|attendee| attendee.office.trim()).filter(|office| !office.is_empty());
        called.or(self.person(name).map(|person| person.office.trim())).unwrap_or_default()
    }
}
