//! Plain text, in whatever letters it was saved, and lines that a page's width ended as the paragraphs they were.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::PaperDamage;

/// A line at least this share as long as the longest one was ended by the width of the page.
const FULL: f32 = 0.7;

/// Lines that are longer than this were not ended by the width of a page.
const WIDEST: usize = 160;

/// The paragraphs of a text.
pub(super) fn paragraphs(bytes: &[u8]) -> Result<Vec<String>, PaperDamage> {
    let text = decoded(bytes).ok_or(PaperDamage::NoDocument)?;
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let longest = lines.iter().map(|line| line.chars().count()).max().unwrap_or_default();
    Ok(if longest > WIDEST { lines } else { joined(lines) })
}

/// The text of a file in UTF-8, UTF-16 or the Latin alphabet of Windows; none when it is something else.
pub(super) fn decoded(bytes: &[u8]) -> Option<String> {
    let (text, _) = encoding_of(bytes).decode_with_bom_removal(bytes);
    (!text.contains('\0')).then(|| text.into_owned())
}

/// Lines of a page as paragraphs: a line that is full and ends no sentence goes on in the next one, a word with a
/// hyphen at its end too. A line with a tab is one of a table.
pub(super) fn joined(lines: Vec<String>) -> Vec<String> {
    let length = |line: &str| line.trim().chars().count();
    let full = lines.iter().map(|line| length(line)).max().unwrap_or_default() as f32 * FULL;
    let mut paragraphs: Vec<String> = Vec::new();
    let mut goes_on = false;
    for line in lines {
        let line = line.trim_end();
        let begins_small = line.trim_start().chars().next().is_some_and(char::is_lowercase);
        match paragraphs.last_mut() {
            Some(last) if goes_on && !line.trim().is_empty() => {
                match last.strip_suffix('-') {
                    Some(cut) if begins_small => *last = cut.to_owned(),
                    _ => last.push(' '),
                }
                last.push_str(line.trim_start());
            }
            _ => paragraphs.push(line.to_owned()),
        }
        goes_on = length(line) as f32 >= full && !line.ends_with(['.', ':', ';', '?', '!']) && !line.contains('\t');
    }
    paragraphs
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

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraphs_of(text: &str) -> Vec<String> {
        joined(text.lines().map(str::to_owned).collect())
    }

    #[test]
    fn a_sentence_that_the_page_broke_is_whole_again() {
        let text = "El concejal Jorge Iván Os-\npina habló de la vereda El\nRosario y de la escuela.\nSe levanta la sesión.\nAna";
        assert_eq!(
            paragraphs_of(text),
            [
                "El concejal Jorge Iván Ospina habló de la vereda El Rosario y de la escuela.",
                "Se levanta la sesión.",
                "Ana"
            ]
        );
    }

    #[test]
    fn short_lines_and_rows_stay_lines() {
        assert_eq!(
            paragraphs_of("Ana Zapata\nJorge Ospina\nuna línea que es mucho más larga"),
            ["Ana Zapata", "Jorge Ospina", "una línea que es mucho más larga"]
        );
        assert_eq!(paragraphs_of("Ana Zapata\tPresidenta\nJorge Ospina\tVocal").len(), 2);
    }
}
