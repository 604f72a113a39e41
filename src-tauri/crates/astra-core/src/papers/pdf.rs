//! The text of a PDF, line by line. A scanned one has none.

use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::{Document, LoadOptions};

use self::layout::Page;
use super::{MOST_TEXT, PaperDamage, plain};

mod font;
mod layout;

/// How much one stream may unpack to, in bytes: objects are packed together by the thousand.
const MOST_OF_A_STREAM: usize = 16 << 20;

/// How much the content of a page may unpack to, in bytes: one of minutes has tens of thousands.
const MOST_OF_A_PAGE: usize = 2 << 20;

/// A page with fewer letters is a picture, with a stamp on it at most.
const FEWEST_LETTERS: usize = 40;

/// The lines of the first `most` pages.
pub(crate) fn lines(bytes: &[u8], most: usize) -> Result<Vec<String>, PaperDamage> {
    Ok(pages(bytes, most)?.concat())
}

/// The paragraphs of the first `most` pages, of which most must have text.
pub(super) fn paragraphs(bytes: &[u8], most: usize) -> Result<Vec<String>, PaperDamage> {
    let pages = pages(bytes, most)?;
    let letters =
        |lines: &Vec<String>| lines.iter().flat_map(|line| line.chars()).filter(|one| one.is_alphabetic()).count();
    if pages.iter().map(letters).sum::<usize>() < FEWEST_LETTERS * pages.len() {
        return Err(PaperDamage::Scanned);
    }
    Ok(pages.into_iter().flat_map(plain::joined).collect())
}

/// The lines of each page.
fn pages(bytes: &[u8], most: usize) -> Result<Vec<Vec<String>>, PaperDamage> {
    // The reader returns errors for what is damaged, but PDF is wide and a surprise in it must not
    // end the program.
    catch_unwind(AssertUnwindSafe(|| read(bytes, most))).unwrap_or(Err(PaperDamage::Broken))
}

fn read(bytes: &[u8], most: usize) -> Result<Vec<Vec<String>>, PaperDamage> {
    let options = LoadOptions { max_decompressed_size: Some(MOST_OF_A_STREAM), ..LoadOptions::default() };
    let document = Document::load_mem_with_options(bytes, options).map_err(|_| PaperDamage::Broken)?;
    // One that anybody may read and only few may change was opened already.
    if document.is_encrypted() {
        return Err(PaperDamage::Locked);
    }
    let mut pages = Vec::new();
    let mut length = 0;
    for id in document.get_pages().into_values().take(most) {
        // A page that cannot be read hides none of the others.
        let lines = Page::read(&document, id, MOST_OF_A_PAGE).map(Page::lines).unwrap_or_default();
        length += lines.iter().map(String::len).sum::<usize>();
        if length > MOST_TEXT {
            return Err(PaperDamage::TooLarge);
        }
        pages.push(lines);
    }
    if pages.is_empty() { Err(PaperDamage::Broken) } else { Ok(pages) }
}
