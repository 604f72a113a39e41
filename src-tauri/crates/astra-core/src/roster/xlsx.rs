//! A workbook of Excel, read cell by cell: a sheet that claims to be a million columns wide takes
//! no more memory than its cells.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, DataType, Reader, Xlsx};

use super::RosterDamage;
use super::columns;
use crate::papers::{MOST_COLUMNS, MOST_ROWS, Row, tidy_lines};

/// The rows of the first sheet with a heading of names, or else of the first sheet with anything.
pub(super) fn rows(bytes: &[u8]) -> Result<Vec<Row>, RosterDamage> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| RosterDamage::Damaged)?;
    let mut sheets = Vec::new();
    for name in workbook.sheet_names() {
        // Sheets of charts have no cells.
        let Ok(rows) = sheet(&mut workbook, &name) else { continue };
        sheets.push(rows);
    }
    let with_heading = sheets.iter().position(|rows| columns::heading(rows).is_some());
    let chosen = with_heading.or_else(|| sheets.iter().position(|rows| !rows.is_empty()));
    Ok(chosen.map(|at| sheets.swap_remove(at)).unwrap_or_default())
}

fn sheet(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Vec<Row>, RosterDamage> {
    let mut cells = workbook.worksheet_cells_reader(name).map_err(|_| RosterDamage::Damaged)?;
    let mut rows: BTreeMap<u32, Row> = BTreeMap::new();
    while let Some(cell) = cells.next_cell().map_err(|_| RosterDamage::Damaged)? {
        let (row, column) = cell.get_position();
        let text = text_of(&Data::from(cell.get_value().clone()));
        if column as usize >= MOST_COLUMNS || text.is_empty() {
            continue;
        }
        if !rows.contains_key(&row) && rows.len() == MOST_ROWS {
            break;
        }
        let values = rows.entry(row).or_default();
        values.resize(values.len().max(column as usize + 1), String::new());
        values[column as usize] = text;
    }
    Ok(rows.into_values().collect())
}

fn text_of(value: &Data) -> String {
    match value {
        Data::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        value => tidy_lines(&value.as_string().unwrap_or_default()),
    }
}
