//! Blocks as the XML of a Word body. `docx-rs` writes them one by one; what it leaves out of order is
//! mended as in every document of Astra's ([`order`]), and what it cannot say is added here.

use docx_rs::{
    BreakType, BuildXML, IndentLevel, LineSpacing, NumberingId, Paragraph, Run as WordRun, Table as WordTable,
    TableCell, TableLayoutType, TableRow, WidthType,
};
use quick_xml::escape::escape;

use super::marks::Marks;
use super::numbering::Lists;
use super::styles::{Styles, id, of_heading, of_paragraph};
use super::{TemplateError, index};
use crate::export::docx::order;
use crate::export::lines::{is_hidden, one_line};
use crate::export::page::{Block, Page, Run, Signature, Table};

/// How many people sign side by side.
const SIDE_BY_SIDE: usize = 2;

/// A table of up to so many rows stands on one page.
const ROWS_TOGETHER: usize = 25;

/// The room under a table and under signatures, in twentieths of a point.
const AFTER_TABLE: u32 = 160;
const AFTER_SIGNATURES: u32 = 480;

/// The ids of our styles that the blocks are written in.
pub(super) fn styles_of(page: &Page) -> Vec<&'static str> {
    // What separates two tables, and what ends a document that ends with one.
    let mut wanted = vec![id::NOTE];
    for block in &page.blocks {
        match block {
            Block::Heading { level, .. } => wanted.push(of_heading(*level)),
            Block::Paragraph { style, .. } => wanted.push(of_paragraph(*style)),
            Block::Table(_) => wanted.extend([id::TABLE, id::FORM, id::CELL, id::CELL_HEAD]),
            Block::List { .. } => wanted.push(id::LIST),
            Block::Index { .. } => wanted.extend(index::styles_of(page)),
            Block::PageBreak => {}
            Block::Signatures(_) => wanted.extend([id::SIGNATURES, id::SIGNATURE, id::OFFICE]),
        }
    }
    wanted
}

/// Writes the body of a page into a template's styles and lists, for a text `width` twentieths of a
/// point wide.
pub(super) struct Body<'a> {
    /// The page.
    pub(super) page: &'a Page,
    /// The template's styles.
    pub(super) styles: &'a Styles,
    /// The lists made so far.
    pub(super) lists: &'a mut Lists,
    /// The bookmarks of the headings.
    pub(super) marks: &'a Marks,
    /// How wide the text is.
    pub(super) width: u32,
    /// Whether a table of the template stands right before.
    pub(super) after_table: bool,
}

impl Body<'_> {
    /// The XML.
    ///
    /// # Errors
    /// [`TemplateError::Broken`] if what `docx-rs` wrote cannot be read back.
    pub(super) fn written(self) -> Result<Vec<u8>, TemplateError> {
        let mut out = Vec::new();
        let mut headings = 0_usize;
        let mut new_page = false;
        let mut after_table = self.after_table;
        let mut above = if after_table { AFTER_TABLE } else { 0 };
        let mut blocks = self.page.blocks.iter().filter(|block| !is_empty(block)).peekable();
        while let Some(block) = blocks.next() {
            let signed = matches!(blocks.peek(), Some(Block::Signatures(_)));
            let is_table = matches!(block, Block::Table(_) | Block::Signatures(_));
            let breaks = std::mem::take(&mut new_page);
            if is_table && (breaks || after_table) {
                // Two tables with nothing between them would be one.
                self.put(&mut out, &self.paragraph(id::NOTE).page_break_before(breaks))?;
            }
            match block {
                Block::PageBreak => {
                    new_page = true;
                    continue;
                }
                Block::Heading { level, text, bookmark: _ } => {
                    let heading = self.heading(of_heading(*level), text, headings).page_break_before(breaks);
                    headings += 1;
                    self.put(&mut out, &heading)?;
                }
                Block::Paragraph { style, runs } => {
                    let paragraph = with_runs(self.paragraph(of_paragraph(*style)), runs);
                    // A page with nothing but signatures could be put under another text.
                    let paragraph = lowered(paragraph, above).keep_next(signed);
                    self.put(&mut out, &paragraph.page_break_before(breaks))?;
                }
                Block::List { ordered, items } => {
                    let (list, level) = self.lists.list(*ordered);
                    for (item, runs) in items.iter().enumerate() {
                        let paragraph = self.paragraph(id::LIST).numbering(list.clone(), level.clone());
                        let last = item + 1 == items.len();
                        // No item stands alone at the foot or the head of a page.
                        let together = !last && (item == 0 || item + 2 == items.len());
                        let paragraph = lowered(paragraph, if item == 0 { above } else { 0 });
                        let paragraph = with_runs(paragraph, runs).keep_next(together || (signed && last));
                        self.put(&mut out, &paragraph.page_break_before(breaks && item == 0))?;
                    }
                }
                Block::Index { title } => {
                    let heading = self.paragraph(id::INDEX).page_break_before(breaks).keep_next(true);
                    self.put(&mut out, &heading.add_run(WordRun::new().add_text(one_line(title))))?;
                    index::write(self.page, self.styles, self.marks, self.width, &mut out)?;
                }
                Block::Table(table) => self.put_table(&mut out, table)?,
                Block::Signatures(signatures) => self.put_signatures(&mut out, signatures)?,
            }
            after_table = is_table;
            above = match block {
                Block::Table(_) => AFTER_TABLE,
                Block::Signatures(_) => AFTER_SIGNATURES,
                _ => 0,
            };
        }
        if after_table {
            // Word wants a paragraph after a table that ends a text.
            self.put(&mut out, &self.paragraph(id::NOTE))?;
        }
        Ok(out)
    }

    fn paragraph(&self, ours: &str) -> Paragraph {
        paragraph(self.styles, ours)
    }

    fn put(&self, out: &mut Vec<u8>, paragraph: &Paragraph) -> Result<(), TemplateError> {
        out.extend(mended(&paragraph.build(), "")?);
        Ok(())
    }

    /// A heading between its bookmarks. Where the template counts its headings, ours do not: the agenda
    /// has numbers of its own.
    fn heading(&self, style: &str, text: &str, number: usize) -> Paragraph {
        let mut paragraph = self.paragraph(style).keep_next(true);
        if self.styles.counts(style) {
            paragraph = paragraph.numbering(NumberingId::new(0), IndentLevel::new(0));
        }
        let marks = self.marks.of_heading(number);
        for (id, name) in marks {
            paragraph = paragraph.add_bookmark_start(*id, name);
        }
        paragraph = paragraph.add_run(WordRun::new().add_text(one_line(text)));
        marks.iter().rev().fold(paragraph, |paragraph, (id, _)| paragraph.add_bookmark_end(*id))
    }

    fn put_table(&self, out: &mut Vec<u8>, table: &Table) -> Result<(), TemplateError> {
        let columns = columns(table);
        let widths = widths(&table.widths, columns, self.width);
        let style = self.styles.id(if table.head.is_empty() { id::FORM } else { id::TABLE });
        let head = table.head.iter().map(|name| vec![Run::plain(name)]).collect();
        let head = (!table.head.is_empty()).then_some(&head);
        let count = table.rows.len() + usize::from(head.is_some());
        let rows = head.into_iter().chain(&table.rows).enumerate().map(|(row, cells): (usize, &Vec<Vec<Run>>)| {
            let cells = (0..columns).map(|column| {
                let is_head = if head.is_some() { row == 0 } else { column == 0 };
                let paragraph = self.paragraph(if is_head { id::CELL_HEAD } else { id::CELL });
                let runs = cells.get(column).map_or(&[][..], Vec::as_slice);
                // The head goes with the first row, and a short table is not torn apart.
                let together = if count <= ROWS_TOGETHER { row + 1 < count } else { head.is_some() && row == 0 };
                cell(widths[column]).add_paragraph(with_runs(paragraph, runs).keep_next(together))
            });
            TableRow::new(cells.collect()).cant_split()
        });
        let rows = rows.collect();
        let repeated = if head.is_some() { style } else { "" };
        let xml = mended(&word_table(style, &widths, rows).build(), repeated)?;
        out.extend(described(&xml, head.is_some(), &table.description));
        Ok(())
    }

    fn put_signatures(&self, out: &mut Vec<u8>, signatures: &[Signature]) -> Result<(), TemplateError> {
        let columns = SIDE_BY_SIDE;
        let widths = widths(&[], columns, self.width);
        let rows: Vec<&[Signature]> = signatures.chunks(columns).collect();
        let rows = rows.iter().enumerate().map(|(row, signatures)| {
            let keep = row + 1 < rows.len();
            let cells = (0..columns).map(|column| {
                let Some(signature) = signatures.get(column) else {
                    return cell(widths[column]).add_paragraph(self.paragraph(id::OFFICE).keep_next(keep));
                };
                let line = |style, text: &str, keep| {
                    self.paragraph(style).keep_next(keep).add_run(WordRun::new().add_text(one_line(text)))
                };
                cell(widths[column]).add_paragraph(line(id::SIGNATURE, &signature.name, true)).add_paragraph(line(
                    id::OFFICE,
                    &signature.office,
                    keep,
                ))
            });
            TableRow::new(cells.collect()).cant_split()
        });
        let table = word_table(self.styles.id(id::SIGNATURES), &widths, rows.collect());
        out.extend(mended(&table.build(), "")?);
        Ok(())
    }
}

/// A paragraph that stands so much lower. A table has no room under itself to give.
fn lowered(paragraph: Paragraph, above: u32) -> Paragraph {
    if above == 0 { paragraph } else { paragraph.line_spacing(LineSpacing::new().before(above)) }
}

/// A paragraph in one of our styles. Running text needs no name of a style.
pub(super) fn paragraph(styles: &Styles, ours: &str) -> Paragraph {
    let paragraph = Paragraph::new();
    if ours == id::NORMAL { paragraph } else { paragraph.style(styles.id(ours)) }
}

/// What `docx-rs` wrote, in the order of the schema. The head of the table in the style `repeated` stands
/// on every page.
///
/// # Errors
/// [`TemplateError::Broken`] if it is not well formed.
pub(super) fn mended(xml: &[u8], repeated: &str) -> Result<Vec<u8>, TemplateError> {
    order::in_order(xml, repeated).map_err(|error| TemplateError::Broken { reason: error.to_string() })
}

/// Whether a block would leave nothing on the paper.
fn is_empty(block: &Block) -> bool {
    match block {
        Block::Table(table) => columns(table) == 0,
        Block::List { items, .. } => items.is_empty(),
        Block::Signatures(signatures) => signatures.is_empty(),
        _ => false,
    }
}

fn columns(table: &Table) -> usize {
    table.rows.iter().map(Vec::len).max().unwrap_or_default().max(table.head.len())
}

fn with_runs(paragraph: Paragraph, runs: &[Run]) -> Paragraph {
    let runs = runs.iter().filter(|run| !run.text.is_empty()).map(|run| {
        let mut word = WordRun::new();
        if run.bold {
            word = word.bold();
        }
        if run.italic {
            word = word.italic();
        }
        for (index, line) in run.text.split('\n').enumerate() {
            if index > 0 {
                word = word.add_break(BreakType::TextWrapping);
            }
            for (index, text) in line.split('\t').enumerate() {
                if index > 0 {
                    word = word.add_tab();
                }
                let text: String = text.chars().filter(|&letter| !is_hidden(letter)).collect();
                if !text.is_empty() {
                    word = word.add_text(text);
                }
            }
        }
        word
    });
    runs.fold(paragraph, Paragraph::add_run)
}

/// The widths of the columns, which together are the text's.
fn widths(parts: &[u32], columns: usize, whole: u32) -> Vec<usize> {
    let least = parts.iter().copied().filter(|&part| part > 0).min().unwrap_or(1);
    let parts: Vec<u64> = (0..columns).map(|column| u64::from(*parts.get(column).unwrap_or(&least).max(&1))).collect();
    let sum: u64 = parts.iter().sum();
    let edge = |column: usize| u64::from(whole) * parts[..column].iter().sum::<u64>() / sum;
    (0..columns).map(|column| (edge(column + 1) - edge(column)) as usize).collect()
}

fn cell(width: usize) -> TableCell {
    TableCell::new().width(width, WidthType::Dxa)
}

fn word_table(style: &str, widths: &[usize], rows: Vec<TableRow>) -> WordTable {
    WordTable::new(rows)
        .style(style)
        .set_grid(widths.to_vec())
        .width(widths.iter().sum(), WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
}

/// A table that says what it shows, and whether its first row or its first column names the rest.
fn described(xml: &[u8], has_head: bool, description: &str) -> Vec<u8> {
    let text = String::from_utf8_lossy(xml);
    let look = if has_head {
        r#"<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>"#
    } else {
        r#"<w:tblLook w:val="0680" w:firstRow="0" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>"#
    };
    let description = one_line(description);
    let alt = match description.is_empty() {
        true => String::new(),
        false => format!(r#"<w:tblDescription w:val="{}"/>"#, escape(description.as_str())),
    };
    text.replacen(order::TABLE_LOOK, &format!("{look}{alt}"), 1).into_bytes()
}
