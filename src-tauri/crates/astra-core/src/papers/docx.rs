//! The text of a Word document, as far as names are looked for in it: its lines and the rows of its
//! tables. Text that was taken out under tracked changes is left out.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use super::{Block, MOST_COLUMNS, PaperDamage, Row, tidy_lines};

/// How much the text of a document may unpack to, in bytes: the markup of a thousand pages has some fifty million.
const MOST_MARKUP: u64 = 64 << 20;

/// The lines and tables of the document, in order. A table within a table is text of its cell.
pub(crate) fn blocks(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<Vec<Block>, PaperDamage> {
    let mut xml = Vec::new();
    let document = archive.by_name("word/document.xml").map_err(|_| PaperDamage::Broken)?;
    document.take(MOST_MARKUP + 1).read_to_end(&mut xml).map_err(|_| PaperDamage::Broken)?;
    if xml.len() as u64 > MOST_MARKUP {
        return Err(PaperDamage::TooLarge);
    }
    let mut reader = Reader::from_reader(xml.as_slice());
    // A document may be cut short; what was read of it is judged by its names.
    reader.config_mut().check_end_names = false;
    let mut reading = Reading::default();
    let mut in_text = false;
    loop {
        match reader.read_event().map_err(|_| PaperDamage::Broken)? {
            Event::Start(start) => {
                in_text = start.local_name().as_ref() == b"t";
                reading.open(start.local_name().as_ref());
            }
            Event::Empty(start) => reading.lone(start.local_name().as_ref()),
            Event::End(end) => {
                in_text = false;
                reading.close(end.local_name().as_ref());
            }
            Event::Text(text) if in_text => {
                reading.text.push_str(&text.decode().map_err(|_| PaperDamage::Broken)?);
            }
            Event::GeneralRef(reference) if in_text => {
                let name = reference.decode().map_err(|_| PaperDamage::Broken)?;
                let letter = reference.resolve_char_ref().ok().flatten();
                let known = letter.map(String::from).or_else(|| entity(&name).map(str::to_owned));
                reading.text.push_str(&known.unwrap_or_default());
            }
            Event::Eof => return Ok(reading.blocks),
            _ => {}
        }
    }
}

/// How far the reading is.
#[derive(Default)]
struct Reading {
    blocks: Vec<Block>,
    /// The paragraph, or the cell, that is being read.
    text: String,
    /// How many tables are open.
    depth: usize,
    row: Row,
    rows: Vec<Row>,
}

impl Reading {
    fn open(&mut self, name: &[u8]) {
        if name == b"tbl" {
            self.depth += 1;
        }
    }

    fn lone(&mut self, name: &[u8]) {
        match name {
            b"tab" => self.text.push('\t'),
            b"br" | b"cr" if self.depth == 0 => self.end_of_line(),
            b"br" | b"cr" => self.text.push('\n'),
            b"noBreakHyphen" => self.text.push('-'),
            _ => {}
        }
    }

    fn close(&mut self, name: &[u8]) {
        match name {
            b"p" if self.depth == 0 => self.end_of_line(),
            b"p" => self.text.push('\n'),
            b"tc" if self.depth == 1 => {
                let cell = tidy_lines(&std::mem::take(&mut self.text));
                if self.row.len() < MOST_COLUMNS {
                    self.row.push(cell);
                }
            }
            b"tr" if self.depth == 1 => self.rows.push(std::mem::take(&mut self.row)),
            b"tbl" => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0 {
                    self.blocks.push(Block::Table(std::mem::take(&mut self.rows)));
                }
            }
            _ => {}
        }
    }

    fn end_of_line(&mut self) {
        self.blocks.push(Block::Line(std::mem::take(&mut self.text)));
    }
}

/// The five entities that XML knows.
fn entity(name: &str) -> Option<&'static str> {
    [("amp", "&"), ("lt", "<"), ("gt", ">"), ("quot", "\""), ("apos", "'")]
        .into_iter()
        .find_map(|(known, sign)| (known == name).then_some(sign))
}
