//! The text of a PDF, line by line. A scanned one has none.

use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::{Document, LoadOptions};

use super::RosterDamage;
use super::past_minutes::Block;

/// How many pages are read: the roll stands on the first ones.
const MOST_PAGES: usize = 60;

/// How much one stream may unpack to, in bytes: a page of minutes has tens of thousands.
const MOST_OF_A_STREAM: usize = 16 << 20;

/// The lines of the first pages.
pub(super) fn blocks(bytes: &[u8]) -> Result<Vec<Block>, RosterDamage> {
    // The reader returns errors for what is damaged, but PDF is wide and a surprise in it must not
    // end the program.
    catch_unwind(AssertUnwindSafe(|| lines(bytes))).unwrap_or(Err(RosterDamage::Damaged))
}

fn lines(bytes: &[u8]) -> Result<Vec<Block>, RosterDamage> {
    let options = LoadOptions { max_decompressed_size: Some(MOST_OF_A_STREAM), ..LoadOptions::default() };
    let document = Document::load_mem_with_options(bytes, options).map_err(|_| RosterDamage::Damaged)?;
    if document.is_encrypted() {
        return Err(RosterDamage::Damaged);
    }
    let pages = document.get_pages();
    let mut text = String::new();
    for page in pages.keys().take(MOST_PAGES) {
        // A page that cannot be read hides none of the others.
        text.push_str(&document.extract_text(&[*page]).unwrap_or_default());
        text.push('\n');
    }
    Ok(text.lines().map(|line| Block::Line(line.to_owned())).collect())
}
