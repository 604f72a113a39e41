//! Lines of values: as spreadsheets of many places and years save them, with commas, semicolons or
//! tabs, in UTF-8, UTF-16 or the Latin alphabet of Windows.

use csv::{ReaderBuilder, Trim};

use super::{MOST_ROWS, PaperDamage, Row, plain, tidy_lines};

/// The signs that can stand between values. The first of those that are found most often wins.
const SEPARATORS: [u8; 4] = [b';', b'\t', b',', b'|'];

/// The rows of a file.
pub(crate) fn rows(bytes: &[u8]) -> Result<Vec<Row>, PaperDamage> {
    let text = plain::decoded(bytes).ok_or(PaperDamage::NoDocument)?;
    // What Excel writes on the first line for itself.
    let text = match text.split_once('\n') {
        Some((first, rest)) if first.trim().to_lowercase().starts_with("sep=") => rest,
        _ => &text,
    };
    let mut reader = ReaderBuilder::new()
        .delimiter(separator(text))
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        .from_reader(text.as_bytes());
    let records = reader.records().take(MOST_ROWS);
    records.map(|record| Ok(record.map_err(|_| PaperDamage::Broken)?.iter().map(tidy_lines).collect())).collect()
}

/// The sign that stands on most lines outside of quotation marks.
fn separator(text: &str) -> u8 {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(50).collect();
    let holds = |line: &str, separator: u8| {
        let mut quoted = false;
        line.bytes().any(|byte| {
            quoted ^= byte == b'"';
            !quoted && byte == separator
        })
    };
    let count = |separator: u8| lines.iter().filter(|line| holds(line, separator)).count();
    let most = SEPARATORS.iter().map(|separator| count(*separator)).max().unwrap_or_default();
    SEPARATORS.into_iter().find(|separator| count(*separator) == most).unwrap_or(b',')
}
