//! A roster as a table, with or without a heading.

use super::columns::{self, Heading};
use super::proposal::{Draft, RosterProposal};
use super::{Column, Councillor, Field, RosterFormat};

/// The values of a line.
pub(super) type Row = Vec<String>;

/// How many rows of a table are read; no council has so many seats.
pub(super) const MOST_ROWS: usize = 5_000;

/// How many columns of it.
pub(super) const MOST_COLUMNS: usize = 64;

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

/// A text without line breaks and spaces it does not need.
pub(super) fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The values of a row that say something of a person, each with what.
fn person<'a>(row: &'a Row, columns: &[Column]) -> Vec<(Field, &'a str)> {
    let known = columns.iter().zip(row).filter_map(|(column, value)| Some((column.field?, value.as_str())));
    known.filter(|(_, value)| !value.is_empty()).collect()
}
