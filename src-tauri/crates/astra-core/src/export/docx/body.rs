//! What is printed: the body, the header and the footer, all of it through styles.

use docx_rs::{
    BreakType, Docx, FieldCharType, Footer, Header, InstrNUMPAGES, InstrPAGE, InstrText, PageMargin, Paragraph, Run,
    RunFonts, Table, TableCell, TableLayoutType, TableRow, WidthType,
};

use super::parts::style;
use crate::export::Document;
use crate::export::facts::{self, DoubtLine, Fact, Value};
use crate::export::passages::{Passage, passages};
use crate::sentences::sentence;

/// Letter, the paper of Colombia, in twentieths of a point.
const PAGE: (u32, u32) = (12_240, 15_840);

/// Three centimetres above and on the left, where folders are punched; two and a half elsewhere.
const MARGIN: PageMargin =
    PageMargin { top: 1_701, left: 1_701, bottom: 1_417, right: 1_417, header: 794, footer: 709, gutter: 0 };

/// The width of the text, in twentieths of a point.
const TEXT: usize = PAGE.0 as usize - 1_701 - 1_417;

/// The width of the column with the names of the facts.
const LABELS: usize = 2_381;

/// The width of a column with a time.
const TIMES: usize = 1_418;

/// The document, its header and its footer. The first page shows the title itself instead of the
/// header that repeats it.
pub(crate) fn body(document: &Document) -> Docx {
    let title = facts::title(document);
    let mut docx = Docx::new()
        .page_size(PAGE.0, PAGE.1)
        .page_margin(MARGIN)
        .header(Header::new().add_paragraph(line(style::HEADER, &title)))
        .footer(footer())
        .first_footer(footer())
        .title_pg();
    if let Some(warning) = facts::warning(document) {
        docx = docx.add_paragraph(line(style::WARNING, &warning));
    }
    docx = docx
        .add_paragraph(line(style::TITLE, &title))
        .add_paragraph(line(style::SUBTITLE, &sentence("document.subtitle", &[])))
        .add_table(facts_table(facts::facts(document)))
        .add_paragraph(line(style::HEADING_1, &sentence("document.heading_transcript", &[])));
    docx = match passages(document).next() {
        Some(_) => transcript(docx, document),
        None => docx.add_paragraph(line(style::NORMAL, &sentence("document.transcript_empty", &[]))),
    };
    docx = docx
        .add_paragraph(line(style::HEADING_1, &sentence("document.heading_coverage", &[])))
        .add_paragraph(line(style::NORMAL, &facts::coverage(document)));
    let doubts = facts::doubts(document);
    if doubts.is_empty() {
        return docx.add_paragraph(line(style::NORMAL, &sentence("document.doubts_none", &[])));
    }
    docx.add_paragraph(line(style::NORMAL, &sentence("document.doubts", &[])).keep_next(true))
        .add_table(doubts_table(doubts))
        // Word wants a paragraph after a table that ends a document, and would make one of body size.
        .add_paragraph(Paragraph::new().style(style::FACT))
}

fn transcript(mut docx: Docx, document: &Document) -> Docx {
    let mut recording = None;
    for passage in passages(document) {
        if document.recordings.len() > 1 && recording != Some(passage.recording) {
            if let Some(facts) = document.recordings.get(passage.recording) {
                let heading = facts::recording_heading(passage.recording + 1, facts);
                docx = docx.add_paragraph(line(style::HEADING_2, &heading));
            }
            recording = Some(passage.recording);
        }
        docx = docx.add_paragraph(spoken(passage));
    }
    docx
}

/// The time in the margin, and then what was said.
fn spoken(passage: Passage) -> Paragraph {
    let mut paragraph = Paragraph::new()
        .style(style::SPEECH)
        .add_run(Run::new().style(style::TIME).add_text(passage.time))
        .add_run(Run::new().add_tab());
    if let Some(mark) = passage.mark {
        paragraph = paragraph.add_run(Run::new().style(style::MARK).add_text(mark));
        if !passage.text.is_empty() {
            paragraph = paragraph.add_run(Run::new().add_text(" "));
        }
    }
    match passage.text {
        empty if empty.is_empty() => paragraph,
        text => paragraph.add_run(Run::new().add_text(text)),
    }
}

fn facts_table(facts: Vec<Fact>) -> Table {
    let row = |fact: Fact| {
        let label = cell(LABELS, line(style::FACT_LABEL, &fact.label));
        let mut value = Paragraph::new().style(style::FACT);
        for (index, part) in fact.value.into_iter().enumerate() {
            if index > 0 {
                value = value.add_run(Run::new().add_break(BreakType::TextWrapping));
            }
            value = match part {
                Value::Plain(text) => value.add_run(Run::new().add_text(text)),
                Value::Hash(label, hash) => {
                    value.add_run(Run::new().style(style::TIME).add_text(format!("{label}: "))).add_run(hash_run(hash))
                }
            };
        }
        TableRow::new(vec![label, cell(TEXT - LABELS, value)]).cant_split()
    };
    table(style::FACTS_TABLE, &[LABELS, TEXT - LABELS], facts.into_iter().map(row).collect())
}

/// A hash in its style. The font is said here again, because LibreOffice lets the document's default
/// font win over that of a character style inside tables.
fn hash_run(hash: String) -> Run {
    let font = RunFonts::new().ascii("Courier New").hi_ansi("Courier New");
    Run::new().style(style::HASH).fonts(font).add_text(hash)
}

fn doubts_table(doubts: Vec<DoubtLine>) -> Table {
    let widths = [TIMES, TIMES, TEXT - 2 * TIMES];
    let row = |style: &str, texts: [String; 3]| {
        let cells = texts.iter().zip(widths).map(|(text, width)| cell(width, line(style, text)));
        TableRow::new(cells.collect()).cant_split()
    };
    let head = ["document.doubt_start", "document.doubt_end", "document.doubt_reason"].map(|key| sentence(key, &[]));
    let mut rows = vec![row(style::FACT_LABEL, head)];
    rows.extend(doubts.into_iter().map(|doubt| row(style::FACT, [doubt.start, doubt.end, doubt.reason])));
    table(style::LIST_TABLE, &widths, rows)
}

fn table(style: &str, widths: &[usize], rows: Vec<TableRow>) -> Table {
    Table::new(rows)
        .style(style)
        .set_grid(widths.to_vec())
        .width(widths.iter().sum(), WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
}

fn cell(width: usize, paragraph: Paragraph) -> TableCell {
    TableCell::new().width(width, WidthType::Dxa).add_paragraph(paragraph)
}

fn line(style: &str, text: &str) -> Paragraph {
    Paragraph::new().style(style).add_run(Run::new().add_text(text))
}

/// «Página X de Y», both numbers counted by whoever shows the document.
fn footer() -> Footer {
    let mut paragraph = Paragraph::new().style(style::FOOTER);
    // The sentence decides where the numbers stand; a private-use character holds their places.
    let pattern = sentence("document.page", &[("page", "\u{e000}1\u{e000}"), ("pages", "\u{e000}2\u{e000}")]);
    for part in pattern.split('\u{e000}') {
        paragraph = match part {
            "1" => paragraph.add_run(field(InstrText::PAGE(InstrPAGE::new()))),
            "2" => paragraph.add_run(field(InstrText::NUMPAGES(InstrNUMPAGES::new()))),
            "" => paragraph,
            text => paragraph.add_run(Run::new().add_text(text)),
        };
    }
    Footer::new().add_paragraph(paragraph)
}

fn field(instruction: InstrText) -> Run {
    Run::new()
        .add_field_char(FieldCharType::Begin, false)
        .add_instr_text(instruction)
        .add_field_char(FieldCharType::Separate, false)
        .add_text("1")
        .add_field_char(FieldCharType::End, false)
}
