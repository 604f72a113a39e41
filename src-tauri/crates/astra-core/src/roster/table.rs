//! A roster as a table, with or without a heading.

use super::columns::{self, Heading};
use super::names::{is_office, is_party};
use super::proposal::{Draft, RosterProposal};
use super::{Column, Councillor, Field, RosterFormat};
use crate::papers::Row;

/// Proposes the people of a table; none when no column has names.
pub(super) fn propose(rows: Vec<Row>, format: RosterFormat, known: &[Councillor]) -> Option<RosterProposal> {
    let heading = columns::heading(&rows).or_else(|| columns::guess(&rows))?;
    Some(of_heading(&rows, &heading, format).finish(known))
}

/// The people below a heading.
pub(super) fn of_heading(rows: &[Row], heading: &Heading, format: RosterFormat) -> Draft {
    let mut draft = Draft::of(format, heading.row.is_some());
    draft.columns = heading.columns.clone();
    for (number, row) in (1..).zip(rows).skip(heading.row.map_or(0, |row| row + 1)) {
        draft.add(number, &person(row, &heading.columns), heading.surnames_first);
    }
    draft
}

/// The values of a row that say something of a person, each with what. Below a name in its cell
/// the office or the party may stand.
fn person<'a>(row: &'a Row, columns: &[Column]) -> Vec<(Field, &'a str)> {
    let known = columns.iter().zip(row).filter_map(|(column, value)| Some((column.field?, value.as_str())));
    let lines = |(field, value): (Field, &'a str)| {
        value.lines().map(move |line| match field {
            Field::Name if is_office(line) => (Field::Office, line),
            Field::Name if is_party(line) => (Field::Party, line),
            field => (field, line),
        })
    };
    known.flat_map(lines).collect()
}
