//! The sections of a template: how wide the text is where the body goes, and the paper.

use super::xml::{Changes, Element, Xml};
use crate::export::page::Paper;

/// Letter with 2.5 cm on each side, for a document that does not say: in twentieths of a point.
const WIDTH_UNSAID: u32 = 12_240 - 2 * 1_417;

/// The narrowest text that tables are made for, in twentieths of a point.
const NARROWEST: u32 = 2_000;

/// The properties of the sections, in order. Those that a tracked change keeps of the past are none.
pub(super) fn sections(xml: &Xml<'_>) -> Vec<Element> {
    let past = |section: &Element| xml.around(*section).any(|around| xml.name(around) == "w:sectPrChange");
    xml.named("w:sectPr").filter(|section| !past(section)).collect()
}

/// The width of the text at a place, in twentieths of a point. A section's properties stand at its end.
pub(super) fn text_width(xml: &Xml<'_>, at: usize, paper: Option<Paper>) -> u32 {
    let Some(section) = sections(xml).into_iter().find(|&section| xml.place(section).start >= at) else {
        return WIDTH_UNSAID;
    };
    let number = |element: Option<Element>, name: &str| element.and_then(|element| xml.number(element, name));
    let (size, margins) = (xml.child(section, "w:pgSz"), xml.child(section, "w:pgMar"));
    let paper = paper.map(|paper| turned(xml, size, paper).0);
    let page = paper.or_else(|| number(size, "w:w")).unwrap_or(12_240);
    let margin = |name| number(margins, name).unwrap_or_default();
    let sides = margin("w:left").max(margin("w:start")) + margin("w:right").max(margin("w:end")) + margin("w:gutter");
    let columns = xml.child(section, "w:cols");
    let count = number(columns, "w:num").unwrap_or(1).max(1);
    let gaps = number(columns, "w:space").unwrap_or(720) * (count - 1);
    (page.saturating_sub(sides).saturating_sub(gaps) / count).max(NARROWEST)
}

/// Puts every section on another paper, the way up it is. Margins stay.
pub(super) fn change_paper(xml: &Xml<'_>, paper: Paper, changes: &mut Changes) {
    for section in sections(xml) {
        let Some(size) = xml.child(section, "w:pgSz") else { continue };
        let (width, height) = turned(xml, Some(size), paper);
        let is = (xml.number(size, "w:w"), xml.number(size, "w:h"));
        // Programs round the size of the same paper in their own ways.
        let near = |is: Option<u32>, wanted: u32| is.is_some_and(|is| is.abs_diff(wanted) <= 20);
        if !(near(is.0, width) && near(is.1, height)) {
            let (width, height) = (width.to_string(), height.to_string());
            changes.push(xml.set(size, &[("w:w", &width), ("w:h", &height)]));
        }
    }
}

fn turned(xml: &Xml<'_>, size: Option<Element>, paper: Paper) -> (u32, u32) {
    let (width, height) = paper.twips();
    let lies = size.and_then(|size| xml.attribute(size, "w:orient")).is_some_and(|orient| orient == "landscape");
    if lies { (height, width) } else { (width, height) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &str = r#"<w:body><w:p><w:pPr><w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:left="1000" w:right="838"/><w:cols w:num="2" w:space="1000"/><w:sectPrChange><w:sectPr><w:pgSz w:w="1" w:h="1"/></w:sectPr></w:sectPrChange></w:sectPr></w:pPr></w:p><w:sectPr><w:pgSz w:w="11907" w:h="16839"/><w:pgMar w:left="1700" w:right="1400" w:gutter="7"/></w:sectPr></w:body>"#;

    #[test]
    fn the_width_is_that_of_the_section_in_which_the_text_stands() {
        let xml = Xml::read("a.xml", TWO.as_bytes()).unwrap();
        assert_eq!(text_width(&xml, 0, None), (16_838 - 1_838 - 1_000) / 2);
        let second = xml.place(sections(&xml)[1]).start;
        assert_eq!(text_width(&xml, second, None), 11_907 - 3_107);
        assert_eq!(text_width(&xml, second, Some(Paper::Letter)), 12_240 - 3_107);
        assert_eq!(text_width(&xml, TWO.len(), None), WIDTH_UNSAID);
    }

    #[test]
    fn another_paper_keeps_its_way_up_and_the_same_paper_changes_nothing() {
        let xml = Xml::read("a.xml", TWO.as_bytes()).unwrap();
        let mut changes = Changes::default();
        change_paper(&xml, Paper::A4, &mut changes);
        assert!(changes.is_empty());
        change_paper(&xml, Paper::Oficio, &mut changes);
        let made = String::from_utf8(changes.made(TWO)).unwrap();
        assert!(made.contains(r#"<w:pgSz w:orient="landscape" w:w="18709" w:h="12240"/>"#), "{made}");
        assert!(made.contains(r#"<w:pgSz w:w="12240" w:h="18709"/>"#) && made.contains(r#"w:w="1" w:h="1""#));
    }
}
