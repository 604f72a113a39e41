//! What is printed: the body, the header and the footer, all of it through styles.

use docx_rs::{
    BreakType, Docx, FieldCharType, Footer, Header, InstrNUMPAGES, InstrPAGE, InstrText, PageMargin, Paragraph, Run,
    RunFonts, Table, TableCell, TableLayoutType, TableRow, WidthType,
};

use super::parts::style;
use crate::export::Document;
use crate::export::facts::{self, DoubtLine, Fact, Value};
use crate::export::passages::{Passage, passages};
use crate::export::record::{self, Roll};
use crate::minutes::Record;
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

/// The width of the columns with a person's name and office. Attendance is a few words; without offices
/// the name has their room too.
const NAMES: usize = 3_289;
const OFFICES: usize = 2_495;

/// The document around the transcript, its header and its footer. The first page shows the title itself
/// instead of the header that repeats it.
pub(crate) fn body(document: &Document) -> Docx {
    let mut docx = Docx::new()
        .page_size(PAGE.0, PAGE.1)
        .page_margin(MARGIN)
        .header(Header::new().add_paragraph(line(style::HEADER, &facts::page_head(document))))
        .footer(footer())
        .first_footer(footer())
        .title_pg();
    if let Some(warning) = facts::warning(document) {
        docx = docx.add_paragraph(line(style::WARNING, &warning));
    }
    let record = record::of(document);
    docx = match record {
        Some(record) => sitting(docx, document, record),
        None => docx
            .add_paragraph(line(style::TITLE, &facts::title(document)))
            .add_paragraph(line(style::SUBTITLE, &facts::subtitle(document)))
            .add_table(facts_table(facts::facts(document))),
    };
    docx = docx
        .add_paragraph(line(style::HEADING_1, &sentence("document.heading_transcript", &[])))
        .add_paragraph(place_of_transcript());
    if record.is_some() {
        // What the machine did is for checking, and comes after what was said.
        docx = docx
            .add_paragraph(line(style::HEADING_1, &sentence("document.heading_sources", &[])))
            .add_table(facts_table(facts::facts(document)));
    }
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

/// The paragraph that stands where the transcript goes. No other has its style, which is not defined.
pub(crate) fn place_of_transcript() -> Paragraph {
    Paragraph::new().style("PlaceOfTranscript")
}

/// The paragraphs of the transcript, one at a time: those of seven hours are more than a small
/// computer should hold at once.
pub(crate) fn transcript(document: &Document) -> impl Iterator<Item = Paragraph> {
    let mut recording = None;
    let mut passages = passages(document).peekable();
    let empty = || line(style::NORMAL, &sentence("document.transcript_empty", &[]));
    let empty = passages.peek().is_none().then(empty);
    let spoken = passages.flat_map(move |passage| {
        let begins = document.recordings.len() > 1 && recording.replace(passage.recording) != Some(passage.recording);
        let facts = document.recordings.get(passage.recording).filter(|_| begins);
        let heading = |facts| line(style::HEADING_2, &facts::recording_heading(passage.recording + 1, facts));
        facts.map(heading).into_iter().chain([spoken(passage)]).collect::<Vec<_>>()
    });
    empty.into_iter().chain(spoken)
}

/// The head of a document whose session has a record: who met, what it is, when and where, who was there.
fn sitting(mut docx: Docx, document: &Document, record: &Record) -> Docx {
    for name in record::letterhead(record) {
        docx = docx.add_paragraph(line(style::ORGANISATION, &name));
    }
    docx = docx
        .add_paragraph(line(style::RECORD_TITLE, &facts::title(document)))
        .add_paragraph(line(style::RECORD_SUBTITLE, &facts::subtitle(document)));
    let facts = facts::sitting(document);
    if !facts.is_empty() {
        docx = docx.add_table(facts_table(facts));
    }
    match record::roll(record) {
        Some(roll) => docx
            .add_paragraph(line(style::HEADING_1, &sentence("document.heading_attendance", &[])))
            .add_table(attendance_table(roll)),
        None => docx,
    }
}

/// The time in the margin, who begins to speak, and then what was said.
fn spoken(passage: Passage) -> Paragraph {
    let mut paragraph = Paragraph::new()
        .style(if passage.speaker.is_some() { style::TURN } else { style::SPEECH })
        .add_run(Run::new().style(style::TIME).add_text(passage.time))
        .add_run(Run::new().add_tab());
    if let Some(speaker) = passage.speaker {
        paragraph =
            paragraph.add_run(Run::new().style(style::SPEAKER).add_text(speaker)).add_run(Run::new().add_text(" "));
    }
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

fn attendance_table(roll: Roll) -> Table {
    let keys = ["document.attendee_name", "document.attendee_office", "document.attendee_attendance"];
    let rows = [keys.map(|key| sentence(key, &[]))].into_iter().chain(roll.rows);
    if roll.has_offices {
        return list_table([NAMES, OFFICES, TEXT - NAMES - OFFICES], rows);
    }
    list_table([NAMES + OFFICES, TEXT - NAMES - OFFICES], rows.map(|[name, _, attendance]| [name, attendance]))
}

fn doubts_table(doubts: Vec<DoubtLine>) -> Table {
    let head = ["document.doubt_start", "document.doubt_end", "document.doubt_reason"].map(|key| sentence(key, &[]));
    let rows = doubts.into_iter().map(|doubt| [doubt.start, doubt.end, doubt.reason]);
    list_table([TIMES, TIMES, TEXT - 2 * TIMES], std::iter::once(head).chain(rows))
}

/// A table whose first row names the columns and stands again on every page.
fn list_table<const COLUMNS: usize>(widths: [usize; COLUMNS], rows: impl Iterator<Item = [String; COLUMNS]>) -> Table {
    let row = |(index, texts): (usize, [String; COLUMNS])| {
        let style = if index == 0 { style::FACT_LABEL } else { style::FACT };
        let cells = texts.iter().zip(widths).map(|(text, width)| cell(width, line(style, text)));
        TableRow::new(cells.collect()).cant_split()
    };
    table(style::LIST_TABLE, &widths, rows.enumerate().map(row).collect())
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
