//! The places in a template's text. Word cuts a text into runs wherever it likes (a correction, a
//! language, a tracked change), so a place is looked for in the whole of a paragraph and not in a run.

use std::ops::Range;
use std::sync::LazyLock;

use quick_xml::escape::escape;
use regex::Regex;

use super::xml::{Changes, Element, Xml};
use crate::export::lines::is_hidden;

/// A paragraph that has places.
pub(super) struct Paragraph {
    /// The paragraph.
    pub(super) element: Element,
    /// The places in it, in order.
    pub(super) found: Vec<Found>,
    text: String,
    pieces: Vec<Piece>,
}

/// A place as somebody typed it.
pub(super) struct Found {
    /// What stands between the braces.
    pub(super) name: String,
    /// Where it stands in the paragraph's text.
    range: Range<usize>,
}

/// A `w:t`, and where its text stands in the paragraph's.
struct Piece {
    element: Element,
    range: Range<usize>,
}

/// Stands in a paragraph's text for whatever separates two runs for good: a tab, a break, a picture.
const BREAK: char = '\u{1}';

static PLACE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\{\{([^{}\x01]{1,80})\}\}").ok());

/// The paragraphs with places, in the order of the document.
pub(super) fn paragraphs(xml: &Xml<'_>) -> Vec<Paragraph> {
    let mut all: Vec<Paragraph> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for element in xml.elements() {
        let start = xml.place(element).start;
        while open.last().is_some_and(|&last| xml.place(all[last].element).end <= start) {
            open.pop();
        }
        if xml.name(element) == "w:p" {
            open.push(all.len());
            all.push(Paragraph { element, found: Vec::new(), text: String::new(), pieces: Vec::new() });
            continue;
        }
        let Some(paragraph) = open.last().and_then(|&last| all.get_mut(last)) else { continue };
        match xml.name(element) {
            // What was moved away with changes tracked is still there, and is not the text.
            "w:t" if xml.around(element).any(|around| xml.name(around) == "w:moveFrom") => {}
            "w:t" => {
                let from = paragraph.text.len();
                paragraph.text.push_str(&xml.words(element).replace(BREAK, ""));
                paragraph.pieces.push(Piece { element, range: from..paragraph.text.len() });
            }
            "w:tab" | "w:br" | "w:cr" | "w:drawing" | "w:pict" | "w:object" | "w:fldChar" => {
                paragraph.text.push(BREAK);
            }
            _ => {}
        }
    }
    all.retain_mut(|paragraph| {
        paragraph.found = found(&paragraph.text);
        !paragraph.found.is_empty()
    });
    all
}

impl Paragraph {
    /// Whether it says nothing but this place.
    pub(super) fn is_only(&self, found: &Found) -> bool {
        let (before, after) = (&self.text[..found.range.start], &self.text[found.range.end..]);
        before.trim().is_empty() && after.trim().is_empty()
    }

    /// Puts a text into each place that is given one, in the look of its first letter.
    pub(super) fn fill(&self, xml: &Xml<'_>, texts: &[Option<String>], changes: &mut Changes) {
        let filled: Vec<(&Range<usize>, &str)> = self
            .found
            .iter()
            .zip(texts)
            .filter_map(|(found, text)| text.as_deref().map(|text| (&found.range, text)))
            .collect();
        for piece in &self.pieces {
            if !filled.iter().any(|(range, _)| range.start < piece.range.end && piece.range.start < range.end) {
                continue;
            }
            let mut text = String::new();
            let mut reached = piece.range.start;
            for (range, new) in &filled {
                if range.end <= piece.range.start || range.start >= piece.range.end {
                    continue;
                }
                text.push_str(&self.text[reached..range.start.max(reached)]);
                if range.start >= piece.range.start {
                    text.push_str(new);
                }
                reached = range.end.min(piece.range.end);
            }
            text.push_str(&self.text[reached..piece.range.end]);
            changes.push((xml.place(piece.element), written(&text).into_bytes()));
        }
    }
}

/// A text as the content of a run.
fn written(text: &str) -> String {
    let lines = text.split('\n').map(|line| {
        let line: String = line.chars().filter(|&letter| !is_hidden(letter)).collect();
        format!(r#"<w:t xml:space="preserve">{}</w:t>"#, escape(line.as_str()))
    });
    lines.collect::<Vec<_>>().join("<w:br/>")
}

fn found(text: &str) -> Vec<Found> {
    let matches = PLACE.iter().flat_map(|place| place.captures_iter(text));
    matches
        .filter_map(|found| {
            Some(Found { range: found.get(0)?.range(), name: found.get(1)?.as_str().trim().to_owned() })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The part with «Neiva» in every place, and the names found.
    fn filled(text: &str) -> (String, Vec<String>) {
        let xml = Xml::read("a.xml", text.as_bytes()).unwrap();
        let mut changes = Changes::default();
        let mut names = Vec::new();
        for paragraph in paragraphs(&xml) {
            let texts = vec![Some("Neiva".to_owned()); paragraph.found.len()];
            paragraph.fill(&xml, &texts, &mut changes);
            names.extend(paragraph.found.into_iter().map(|found| found.name));
        }
        (String::from_utf8(changes.made(text)).unwrap(), names)
    }

    const T: &str = r#"<w:t xml:space="preserve">"#;

    #[test]
    fn a_place_in_one_run_is_filled_and_the_rest_of_the_run_stays() {
        let (made, names) = filled(r#"<w:p><w:r><w:rPr/><w:t>En {{ entidad }}, a {{fecha}}.</w:t></w:r></w:p>"#);
        assert_eq!(made, format!("<w:p><w:r><w:rPr/>{T}En Neiva, a Neiva.</w:t></w:r></w:p>"));
        assert_eq!(names, ["entidad", "fecha"]);
    }

    #[test]
    fn a_place_that_word_cut_into_runs_is_one_place() {
        let text = r#"<w:p><w:r><w:t>A {</w:t></w:r><w:proofErr/><w:ins><w:r><w:t>{enti</w:t></w:r></w:ins><w:r><w:t>dad}</w:t></w:r><w:del><w:r><w:delText>x}}</w:delText></w:r></w:del><w:r><w:t>} B</w:t></w:r></w:p>"#;
        let (made, names) = filled(text);
        let empty = format!("<w:r>{T}</w:t></w:r>");
        assert_eq!(
            made,
            format!(
                "<w:p><w:r>{T}A Neiva</w:t></w:r><w:proofErr/><w:ins>{empty}</w:ins>{empty}<w:del><w:r><w:delText>x}}}}</w:delText></w:r></w:del><w:r>{T} B</w:t></w:r></w:p>"
            )
        );
        assert_eq!(names, ["entidad"]);
    }

    #[test]
    fn what_a_tab_or_a_paragraph_or_a_tracked_move_separates_is_no_place() {
        for text in [
            "<a><w:p><w:r><w:t>{{acta</w:t><w:tab/><w:t>}}</w:t></w:r></w:p></a>",
            "<a><w:p><w:r><w:t>{{acta</w:t></w:r></w:p><w:p><w:r><w:t>}}</w:t></w:r></w:p></a>",
            "<a><w:p><w:moveFrom><w:r><w:t>{{acta}}</w:t></w:r></w:moveFrom></w:p></a>",
            "<a><w:p><w:del><w:r><w:delText>{{acta}}</w:delText></w:r></w:del></w:p></a>",
            "<a><w:p><w:r><w:t>{acta} {{}} {{{</w:t></w:r></w:p></a>",
        ] {
            assert_eq!(filled(text), (text.to_owned(), vec![]));
        }
    }

    #[test]
    fn a_text_box_has_paragraphs_of_its_own() {
        let text = "<w:p><w:r><w:t>{{fe</w:t></w:r><w:r><w:txbxContent><w:p><w:r><w:t>{{lugar}}</w:t></w:r></w:p></w:txbxContent></w:r><w:r><w:t>cha}}</w:t></w:r></w:p>";
        let (_, names) = filled(text);
        assert_eq!(names, ["fecha", "lugar"]);
    }

    #[test]
    fn what_is_put_in_cannot_become_markup() {
        assert_eq!(written("a <b> & \u{0}c\nd"), format!("{T}a &lt;b&gt; &amp; c</w:t><w:br/>{T}d</w:t>"));
    }
}
