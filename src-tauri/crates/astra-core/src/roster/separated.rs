//! Lines of values: as spreadsheets of many places and years save them, with commas, semicolons or
//! tabs, in UTF-8, UTF-16 or the Latin alphabet of Windows.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use csv::{ReaderBuilder, Trim};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::RosterDamage;
use super::table::{MOST_ROWS, Row, tidy};

/// The signs that can stand between values. The first of those that are found most often wins.
const SEPARATORS: [u8; 4] = [b';', b'\t', b',', b'|'];

/// The rows of a file.
pub(super) fn rows(bytes: &[u8]) -> Result<Vec<Row>, RosterDamage> {
    let (text, _) = encoding_of(bytes).decode_with_bom_removal(bytes);
    if text.chars().any(|letter| letter == '\0') {
        return Err(RosterDamage::NoRoster);
    }
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
    records.map(|record| Ok(record.map_err(|_| RosterDamage::Damaged)?.iter().map(tidy).collect())).collect()
}

fn encoding_of(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(Some(b"co"), Utf8Detection::Deny);
    // In a few accents another alphabet may look likelier than the one of every council's computer.
    if guess.decode_without_bom_handling(bytes).0.chars().all(is_spanish) { guess } else { WINDOWS_1252 }
}

/// Whether a letter is one that Spanish names are written with, or no letter.
fn is_spanish(letter: char) -> bool {
    letter.is_ascii() || !letter.is_alphabetic() || "áéíóúüñçÁÉÍÓÚÜÑÇàèòìùïÀÈÒÌÙÏºª".contains(letter)
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
