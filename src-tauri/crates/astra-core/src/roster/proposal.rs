//! What is proposed for the roster: people as a file names them, each with what the secretary should
//! look at before she agrees.

use serde::{Deserialize, Serialize};

use super::names::{from_capitals, is_in_capitals, is_name, without_titles};
use super::{Councillor, RosterFormat, alike};
use crate::id::CouncillorId;
use crate::papers::tidy;

/// People for the roster, to be agreed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct RosterProposal {
    /// What it was read from.
    pub format: RosterFormat,
    /// Whether a heading said which column is what; otherwise that is a guess to be looked at.
    pub headed: bool,
    /// The columns of the table, with what was read from each; none for a text.
    pub columns: Vec<Column>,
    /// The people in the order of the file.
    pub rows: Vec<ProposedCouncillor>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Column {
    /// What stands over it, or nothing.
    pub heading: String,
    /// What was read from it; none when it was left alone.
    pub field: Option<Field>,
}

/// What can be read from a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The full name, or the given names beside a column of surnames.
    Name,
    /// The surnames.
    Surnames,
    /// The party or bench.
    Party,
    /// The office.
    Office,
    /// The spellings that are mistaken for the name.
    InsteadOf,
    /// The term.
    Term,
    /// The place in the roll.
    Seat,
    /// The first day.
    Since,
    /// The last day.
    Until,
}

/// Somebody who is proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ProposedCouncillor {
    /// The person; with the id of whom the roster has by the same name.
    pub councillor: Councillor,
    /// The line or row of the file, from 1.
    pub line: u32,
    /// Whether the roster has them already.
    pub known: bool,
    /// What to look at.
    pub notes: Vec<Note>,
}

/// What the secretary should look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Note {
    /// Somebody else of the list has the same name: two people, or one who is listed twice.
    Namesake,
    /// It does not look like the full name of a person.
    OddName,
    /// It was written all in capitals, from which accents and small words cannot be told for sure.
    Capitals,
    /// The surnames stand first and nothing says where they end.
    SurnamesFirst,
    /// A day could not be read and was left out.
    DayUnread,
}

impl ProposedCouncillor {
    /// Whether it should not be taken over unseen.
    pub fn is_doubtful(&self) -> bool {
        self.notes.contains(&Note::OddName)
    }
}

/// The roster once what was proposed is agreed to: who is known is brought up to date with what the
/// file says of them, the others are added.
pub fn merged(roster: &[Councillor], rows: &[ProposedCouncillor]) -> Vec<Councillor> {
    let mut all = roster.to_vec();
    for row in rows {
        let new = &row.councillor;
        match all.iter_mut().find(|known| known.id == new.id) {
            None => all.push(new.clone()),
            Some(known) => {
                let said = |old: &mut String, new: &String| {
                    if !new.is_empty() {
                        old.clone_from(new);
                    }
                };
                said(&mut known.term, &new.term);
                said(&mut known.party, &new.party);
                said(&mut known.office, &new.office);
                said(&mut known.since, &new.since);
                said(&mut known.until, &new.until);
                known.seat = new.seat;
                let spellings = new.instead_of.iter().filter(|text| !known.instead_of.contains(text));
                let spellings: Vec<String> = spellings.cloned().collect();
                known.instead_of.extend(spellings);
            }
        }
    }
    all.sort_by(|one, other| one.seat.cmp(&other.seat).then(one.id.cmp(&other.id)));
    all
}

/// A proposal in the making.
pub(super) struct Draft {
    format: RosterFormat,
    headed: bool,
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<ProposedCouncillor>,
}

impl Draft {
    pub(super) fn of(format: RosterFormat, headed: bool) -> Self {
        Self { format, headed, columns: Vec::new(), rows: Vec::new() }
    }

    /// Adds a person, if the values have a name.
    pub(super) fn add(&mut self, line: u32, values: &[(Field, &str)], surnames_first: bool) {
        let mut notes = Vec::new();
        let all = |wanted: Field| {
            let found = values.iter().filter(|(field, _)| *field == wanted).map(|(_, value)| *value);
            tidy(&found.collect::<Vec<_>>().join(" "))
        };
        let mut name = tidy(without_titles(&all(Field::Name)));
        match name.split_once(',') {
            Some((surnames, given)) if surnames_first => name = tidy(&format!("{given} {surnames}")),
            None if surnames_first => notes.push(Note::SurnamesFirst),
            _ => {}
        }
        let mut name = tidy(&format!("{name} {}", all(Field::Surnames)));
        if name.is_empty() {
            return;
        }
        if is_in_capitals(&name) {
            name = from_capitals(&name);
            notes.push(Note::Capitals);
        }
        if !is_name(&name) {
            notes.push(Note::OddName);
        }
        let [since, until] = [Field::Since, Field::Until].map(|field| {
            let text = all(field);
            day(&text).unwrap_or_else(|| {
                if !text.is_empty() {
                    notes.push(Note::DayUnread);
                }
                String::new()
            })
        });
        let spellings = all(Field::InsteadOf);
        let spellings = spellings.split([';', ',', '/', '|']).map(tidy).filter(|text| !text.is_empty());
        let councillor = Councillor {
            id: CouncillorId::new(),
            term: all(Field::Term),
            name,
            instead_of: spellings.collect(),
            party: all(Field::Party),
            office: all(Field::Office),
            seat: all(Field::Seat).parse().unwrap_or_default(),
            since,
            until,
        };
        self.rows.push(ProposedCouncillor { councillor, line, known: false, notes });
    }

    /// Finds whom the roster has, each but once, and gives the others their seats.
    pub(super) fn finish(mut self, known: &[Councillor]) -> RosterProposal {
        let seated = self.rows.iter().all(|row| row.councillor.seat > 0);
        let mut taken: Vec<CouncillorId> = Vec::new();
        for at in 0..self.rows.len() {
            let name = self.rows[at].councillor.name.clone();
            let others = self.rows.iter().enumerate().filter(|(other, _)| *other != at);
            if others.clone().any(|(_, other)| alike(&other.councillor.name, &name)) {
                self.rows[at].notes.push(Note::Namesake);
            }
            let row = &mut self.rows[at];
            let same = known.iter().find(|one| alike(&one.name, &name) && !taken.contains(&one.id));
            if let Some(same) = same {
                row.councillor.id = same.id;
                row.known = true;
                taken.push(same.id);
            }
            if !seated {
                row.councillor.seat = at as u32 + 1;
            }
        }
        RosterProposal { format: self.format, headed: self.headed, columns: self.columns, rows: self.rows }
    }
}

/// A day as `YYYY-MM-DD`: «2024-01-01», «1/1/2024», «01.01.2024». None when it is no day.
fn day(text: &str) -> Option<String> {
    let text = text.split([' ', 'T']).next()?;
    let numbers: Vec<&str> = text.split(['-', '/', '.']).collect();
    let [first, month, last] = numbers.as_slice() else { return None };
    let (year, day) = if first.len() == 4 { (first, last) } else { (last, first) };
    if year.len() != 4 {
        return None;
    }
    let (year, month, day): (i32, u8, u8) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    let date = time::Date::from_calendar_date(year, time::Month::try_from(month).ok()?, day).ok()?;
    Some(format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day()))
}
