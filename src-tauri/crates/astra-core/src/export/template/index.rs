//! The index: Word's own field, with the headings already written in it, so that it can be read in a
//! program that does not update fields. Page numbers are known to nobody before the text is laid out;
//! the field says that it is out of date, and Word offers to number the pages when it opens the document.

use docx_rs::{
    BuildXML, FieldCharType, Hyperlink, HyperlinkType, InstrPAGEREF, InstrText, InstrToC, Paragraph, Run, Tab,
    TabLeaderType, TabValueType,
};

use super::TemplateError;
use super::body::{mended, paragraph};
use super::marks::Marks;
use super::styles::{Styles, id, of_index};
use crate::export::lines::one_line;
use crate::export::page::{Block, Level, Page};

/// The ids of our styles that the index is written in.
pub(super) fn styles_of(page: &Page) -> impl Iterator<Item = &'static str> {
    std::iter::once(id::INDEX).chain(headings(page).map(|(level, _)| of_index(level)))
}

/// Writes the index without its heading, for a text `width` twentieths of a point wide.
///
/// # Errors
/// [`TemplateError::Broken`] if what `docx-rs` wrote cannot be read back.
pub(super) fn write(
    page: &Page,
    styles: &Styles,
    marks: &Marks,
    width: u32,
    out: &mut Vec<u8>,
) -> Result<(), TemplateError> {
    // Word shows what is in such a frame as its table of contents, with a button that updates it.
    out.extend(
        br#"<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>"#,
    );
    let lines: Vec<(Level, &str)> = headings(page).collect();
    if lines.is_empty() {
        let empty = ends(begins(Paragraph::new()));
        out.extend(mended(&empty.build(), "")?);
    }
    for (number, (level, text)) in lines.iter().enumerate() {
        let tab = Tab::new().val(TabValueType::Right).leader(TabLeaderType::Dot).pos(width as usize);
        let mut line = paragraph(styles, of_index(*level)).add_tab(tab);
        if number == 0 {
            line = begins(line);
        }
        let (_, mark) = marks.of_heading(number).first().cloned().unwrap_or_default();
        let page = InstrText::PAGEREF(InstrPAGEREF::new(mark.as_str()).hyperlink());
        let link = Hyperlink::new(mark.as_str(), HyperlinkType::Anchor)
            .add_run(Run::new().add_text(one_line(text)))
            .add_run(Run::new().add_tab())
            .add_run(Run::new().add_field_char(FieldCharType::Begin, false))
            .add_run(Run::new().add_instr_text(page))
            .add_run(Run::new().add_field_char(FieldCharType::Separate, false))
            .add_run(Run::new().add_field_char(FieldCharType::End, false));
        line = line.add_hyperlink(link);
        if number + 1 == lines.len() {
            line = ends(line);
        }
        out.extend(mended(&line.build(), "")?);
    }
    out.extend(b"</w:sdtContent></w:sdt>");
    Ok(())
}

fn headings(page: &Page) -> impl Iterator<Item = (Level, &str)> {
    page.blocks.iter().filter_map(|block| match block {
        Block::Heading { level, text, .. } => Some((*level, text.as_str())),
        _ => None,
    })
}

/// The beginning of the field, which is out of date.
fn begins(line: Paragraph) -> Paragraph {
    let levels = InstrToC::new().heading_styles_range(1, 3).hyperlink().hide_tab_and_page_numbers_in_webview();
    line.add_run(Run::new().add_field_char(FieldCharType::Begin, true))
        .add_run(Run::new().add_instr_text(InstrText::TOC(levels)))
        .add_run(Run::new().add_field_char(FieldCharType::Separate, false))
}

fn ends(line: Paragraph) -> Paragraph {
    line.add_run(Run::new().add_field_char(FieldCharType::End, false))
}
