//! The minutes of a session: its record, as the secretary types it, and what was dealt with, moved,
//! voted and decided, as she typed it or agreed to it.
//!
//! [`figures`] reads the numbers, sums, laws, hours and dates of what was said;
//! [`wording`] writes them in the style of the house.

pub mod acta;
pub mod checks;
pub mod cleaning;
pub mod extracts;
pub mod masks;
pub mod turns;

use serde::{Deserialize, Serialize};

mod entry;
pub mod figures;
mod vote;
pub mod wording;

pub use entry::{Bill, Business, Entry, Item, Moment, Stretch, What};
pub use vote::{Candidate, Mode, Outcome, Vote, VoteNames};

/// What the secretary states of a session.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Minutes {
    /// What the sitting was.
    pub record: Record,
    /// What happened in it, in the order of the sound; what cannot be heard comes last.
    pub entries: Vec<Entry>,
}

/// What the sitting was. Every field may be empty: a record grows while it is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Record {
    /// The municipality or whoever the body belongs to.
    pub entity: String,
    /// The body that met: «Concejo Municipal».
    pub body: String,
    /// The kind of sitting: «ordinaria».
    pub kind: String,
    /// The number of the sitting or of its minutes, as it is written.
    pub number: String,
    /// The day, as `YYYY-MM-DD`.
    pub date: String,
    /// Where it met.
    pub place: String,
    /// When it began, as `HH:MM`.
    pub starts: String,
    /// When it ended, as `HH:MM`.
    pub ends: String,
    /// Who presided.
    pub president: String,
    /// Who keeps the minutes.
    pub secretary: String,
    /// Who was called, in the order of the roll.
    pub attendance: Vec<Attendee>,
}

/// Somebody on the roll.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Attendee {
    /// The name.
    pub name: String,
    /// The office, or empty.
    pub office: String,
    /// Whether the person was there.
    pub attendance: Attendance,
}

/// Whether somebody was there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Attendance {
    /// From beginning to end.
    #[default]
    Present,
    /// Without an excuse.
    Absent,
    /// With an excuse.
    Excused,
    /// Came after the roll was called.
    Late,
    /// Left before the end.
    LeftEarly,
}

impl Record {
    /// Whether nothing has been typed.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The names of everybody in it.
    pub fn people(&self) -> impl Iterator<Item = &str> {
        let attendance = self.attendance.iter().map(|attendee| attendee.name.as_str());
        [self.president.as_str(), &self.secretary].into_iter().chain(attendance).filter(|name| !name.is_empty())
    }
}
