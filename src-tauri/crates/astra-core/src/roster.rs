//! The roster: who sits in the council, kept across sessions. It gives new records their attendance,
//! engines the names they are told and the window the names it offers.
//!
//! [`read`] makes a [`RosterProposal`] of a file that is there already: a table (CSV, XLSX) or the
//! minutes of an earlier sitting (DOCX, PDF). Nothing is taken over before the secretary agrees.

use serde::{Deserialize, Serialize};

use crate::guard::fold::tokens;
use crate::id::CouncillorId;
use crate::minutes::{Attendance, Attendee};

pub use self::file::{RosterDamage, RosterFormat, read};
pub use self::proposal::{Column, Field, Note, ProposedCouncillor, RosterProposal, merged};

mod columns;
mod file;
mod names;
mod past_minutes;
mod proposal;
mod table;
mod xlsx;

/// Somebody who was elected to the council, for one term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Councillor {
    /// The id, which tells two people of one name apart.
    pub id: CouncillorId,
    /// The body and term they were elected for, or empty: «2024-2027».
    pub term: String,
    /// As documents write it.
    pub name: String,
    /// The spellings that are mistaken for the name.
    pub instead_of: Vec<String>,
    /// The party or bench, or empty.
    pub party: String,
    /// The office, or empty.
    pub office: String,
    /// The place in the roll, from 1.
    pub seat: u32,
    /// The first day in the council, as `YYYY-MM-DD`; empty when unknown.
    pub since: String,
    /// The last day, as `YYYY-MM-DD`; empty while it lasts.
    pub until: String,
}

impl Councillor {
    /// Whether they sit on a day, as `YYYY-MM-DD`. Without days of their own they always do.
    pub fn sits_on(&self, day: &str) -> bool {
        (self.since.is_empty() || self.since.as_str() <= day) && (self.until.is_empty() || day <= self.until.as_str())
    }
}

/// The roll of a day, in the order of the roster. Nobody has said yet who is there.
pub fn roll(roster: &[Councillor], day: &str) -> Vec<Attendee> {
    let sitting = roster.iter().filter(|one| one.sits_on(day));
    sitting
        .map(|one| Attendee {
            name: one.name.clone(),
            office: one.office.clone(),
            party: one.party.clone(),
            attendance: Attendance::Unstated,
            ..Attendee::default()
        })
        .collect()
}

/// Whether two names are written alike but for case, accents and punctuation.
pub(crate) fn alike(one: &str, other: &str) -> bool {
    tokens(one).eq(tokens(other))
}

#[cfg(test)]
mod tests;
