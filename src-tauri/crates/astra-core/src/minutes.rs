//! The minutes of a session: its record, as the secretary types it, and what was dealt with, moved,
//! voted and decided, as she typed it or agreed to it.
//!
//! [`proposals`] finds the structure of a session in what was said, and [`proposed`] makes edits of it; [`figures`] reads numbers, sums, laws,
//! hours and dates in it; [`cleaning`], [`extracts`] and [`masks`] prepare its words for each kind of
//! minutes; [`turns`] and [`acta`] put the document together in the style that [`wording`] writes;
//! [`checks`] says what the secretary should look at before.
//! [`said_figures`], [`said_turns`] and [`said_secrets`] are what she goes through on the way.

use serde::{Deserialize, Serialize};

pub mod acta;
mod business;
pub mod checks;
pub mod cleaning;
mod entry;
pub mod extracts;
pub mod figures;
pub mod life;
pub mod masks;
pub mod proposals;
mod proposed;
mod record_change;
mod refused;
mod said;
pub mod turns;
mod two_records;
mod vote;
pub mod wording;

pub use entry::{Bill, Business, Entry, Item, Moment, Stretch, What};
pub use proposed::{ProposedEdit, proposed};
pub use record_change::RecordChange;
pub use refused::RefusedProposal;
pub use said::{
    FigureKind, SaidFigure, SaidSecret, SaidSentence, SaidTurn, said_figures, said_secrets, said_turns, secrets,
};
pub use vote::{Candidate, Mode, Outcome, Vote, VoteNames};
pub use wording::Gender;

/// What the secretary states of a session.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Minutes {
    /// What the sitting was.
    pub record: Record,
    /// What happened in it, in the order of the sound; what cannot be heard comes last.
    pub entries: Vec<Entry>,
}

/// What the sitting was. Every field may be empty: a record grows while it is typed, and one that
/// an older version kept lacks some.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(default)]
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
    /// Which call brought it together.
    pub call: Option<Call>,
    /// How those who took part came together.
    pub mode: Option<SittingMode>,
    /// Where it met.
    pub place: String,
    /// When it was called for, as `HH:MM`.
    pub planned_start: String,
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
    /// Who was there without a seat.
    pub guests: Vec<Guest>,
}

/// Which call brought a sitting together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Call {
    /// The first.
    First,
    /// The second, for want of a quorum at the first.
    Second,
}

/// How those who take part in a sitting come together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum SittingMode {
    /// All in one room.
    InPerson,
    /// All from afar.
    Remote,
    /// Some in the room, some from afar.
    Mixed,
}

/// Somebody on the roll.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(default)]
pub struct Attendee {
    /// The name.
    pub name: String,
    /// The office, or empty.
    pub office: String,
    /// The words for the person, if somebody said so. The office tells them otherwise, or the formulas do without.
    pub gender: Option<Gender>,
    /// The party or bench, or empty.
    pub party: String,
    /// Whether the person was there.
    pub attendance: Attendance,
    /// Why not, or why not all the time; or empty.
    pub reason: String,
    /// When somebody who came late came, as `HH:MM`.
    pub arrived: String,
    /// When somebody who left early left, as `HH:MM`.
    pub left: String,
    /// Whether the person attended from elsewhere.
    pub remote: bool,
}

/// Somebody who was there without a seat.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(default)]
pub struct Guest {
    /// The name.
    pub name: String,
    /// The office, or whom the person spoke for; or empty.
    pub office: String,
    /// The words for the person, if somebody said so.
    pub gender: Option<Gender>,
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
    /// Was called, and nobody has said yet whether they were there.
    Unstated,
}

impl Record {
    /// Whether nothing is known of it.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The names of everybody in it.
    pub fn people(&self) -> impl Iterator<Item = &str> {
        let attendance = self.attendance.iter().map(|attendee| attendee.name.as_str());
        let guests = self.guests.iter().map(|guest| guest.name.as_str());
        let heads = [self.president.as_str(), &self.secretary];
        heads.into_iter().chain(attendance).chain(guests).filter(|name| !name.is_empty())
    }
}
