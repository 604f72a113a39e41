//! The template's document, headers and footers with their places filled, and the body among them.

use std::ops::Range;

use super::body::Body;
use super::marks::Marks;
use super::numbering::{self, Lists};
use super::package::Package;
use super::relations::Relation;
use super::styles::Styles;
use super::xml::{Changes, Element, Xml};
use super::{TemplateError, Warning, outside, own_part, places, section};
use crate::export::page::{Block, Page, Place};

/// What stands in a place without a text: a line to write on.
const BLANK: &str = "________";

/// The namespaces of WordprocessingML as everybody writes it, and of its strict form.
pub(super) const TRANSITIONAL: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
pub(super) const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";

/// Elements that begin or end something which may end or begin in another paragraph.
const MARKERS: [&str; 8] = [
    "w:bookmarkStart",
    "w:bookmarkEnd",
    "w:commentRangeStart",
    "w:commentRangeEnd",
    "w:permStart",
    "w:permEnd",
    "w:moveFromRangeStart",
    "w:moveFromRangeEnd",
];

/// Fills the document, and writes the lists of its body.
pub(super) fn write_document(
    package: &mut Package<'_>,
    document: &str,
    relations: &[Relation],
    styles: &Styles,
    page: &Page,
    warnings: &mut Vec<Warning>,
) -> Result<(), TemplateError> {
    let part = package.part(document)?.ok_or(TemplateError::NotWord)?;
    let xml = Xml::read(document, &part)?;
    let namespace = xml.attribute(xml.root(), "xmlns:w").unwrap_or_default();
    if namespace == STRICT {
        return Err(TemplateError::Strict);
    }
    let text = xml.child(xml.root(), "w:body").filter(|_| namespace == TRANSITIONAL);
    let text = text.ok_or(TemplateError::NotWord)?;
    outside::refuse_fetching_fields(&xml)?;

    let mut changes = Changes::default();
    let spot = fill(&xml, page, warnings, &mut changes, Some(text));
    let spot = spot.unwrap_or_else(|| {
        warnings.push(Warning::NoBody);
        end_of_text(&xml, text)
    });
    if let Some(paper) = page.properties.paper {
        section::change_paper(&xml, paper, &mut changes);
    }
    let numbering = if page.blocks.iter().any(|block| matches!(block, Block::List { .. })) {
        own_part(package, document, relations, "numbering", numbering::EMPTY)?
    } else {
        String::new()
    };
    let counted = package.part(&numbering)?.unwrap_or_else(|| numbering::EMPTY.as_bytes().to_vec());
    let mut lists = Lists::after(&numbering, &counted)?;
    let marks = Marks::new(page, &xml);
    let width = section::text_width(&xml, spot.place.start, page.properties.paper);
    let before = xml.children(text).take_while(|&block| xml.place(block).end <= spot.place.start).last();
    let after_table = before.is_some_and(|block| xml.name(block) == "w:tbl");
    let body = Body { page, styles, lists: &mut lists, marks: &marks, width, after_table }.written()?;
    changes.push((spot.place, [spot.before, body, spot.after].concat()));
    package.put(document, changes.made(xml.text));
    if let Some(lists) = lists.written(&numbering, &counted)? {
        package.put(&numbering, lists);
    }
    Ok(())
}

/// Fills the places of a header or footer.
pub(super) fn write_margin(
    package: &mut Package<'_>,
    path: &str,
    page: &Page,
    warnings: &mut Vec<Warning>,
) -> Result<(), TemplateError> {
    let part = package.part(path)?.ok_or_else(|| TemplateError::Damaged { part: path.to_owned() })?;
    let xml = Xml::read(path, &part)?;
    outside::refuse_fetching_fields(&xml)?;
    let mut changes = Changes::default();
    fill(&xml, page, warnings, &mut changes, None);
    if !changes.is_empty() {
        let changed = changes.made(xml.text);
        package.put(path, changed);
    }
    Ok(())
}

/// Where the body goes: what it replaces, and what must stand before and after it.
struct Spot {
    place: Range<usize>,
    before: Vec<u8>,
    after: Vec<u8>,
}

/// Fills all places but the body's, for which it says where it is. `text` is the element whose children
/// are the paragraphs among which the body can stand, if the part has one.
fn fill(
    xml: &Xml<'_>,
    page: &Page,
    warnings: &mut Vec<Warning>,
    changes: &mut Changes,
    text: Option<Element>,
) -> Option<Spot> {
    let mut spot = None;
    for paragraph in places::paragraphs(xml) {
        let mut replaced = false;
        let texts = paragraph.found.iter().map(|found| match Place::named(&found.name) {
            None => {
                warnings.push(Warning::UnknownPlace { name: found.name.clone() });
                None
            }
            Some(Place::Body) => {
                let top = text.and_then(|text| top_level(xml, paragraph.element, text));
                match top {
                    None => warnings.push(Warning::BodyMoved),
                    Some(_) if spot.is_some() => warnings.push(Warning::BodyTwice),
                    Some(top) if top != paragraph.element => {
                        warnings.push(Warning::BodyMoved);
                        let end = xml.place(top).end;
                        spot = Some(Spot { place: end..end, before: Vec::new(), after: Vec::new() });
                    }
                    Some(top) => {
                        let (found, is_whole) = spot_of(xml, top, paragraph.is_only(found));
                        replaced = is_whole;
                        spot = Some(found);
                    }
                }
                Some(String::new())
            }
            Some(place) => match page.places.get(&place).filter(|text| !text.trim().is_empty()) {
                Some(text) => Some(text.clone()),
                None => {
                    warnings.push(Warning::EmptyPlace { name: place.name().to_owned() });
                    Some(BLANK.to_owned())
                }
            },
        });
        let texts: Vec<Option<String>> = texts.collect();
        if !replaced {
            paragraph.fill(xml, &texts, changes);
        }
    }
    spot
}

/// The spot of a paragraph with the body's place: all of it if it says nothing else (then the second value
/// is true), before it if it ends a section, and otherwise after it.
fn spot_of(xml: &Xml<'_>, paragraph: Element, is_only: bool) -> (Spot, bool) {
    let place = xml.place(paragraph);
    let holds = |names: &[&str]| xml.within(paragraph).any(|inner| names.contains(&xml.name(inner)));
    let at = |at: usize| Spot { place: at..at, before: Vec::new(), after: Vec::new() };
    if is_only && holds(&["w:sectPr"]) {
        return (at(place.start), false);
    }
    if !is_only || holds(&["w:drawing", "w:pict", "w:object", "w:fldChar", "mc:AlternateContent"]) {
        return (at(place.end), false);
    }
    let markers = xml.within(paragraph).filter(|&inner| MARKERS.contains(&xml.name(inner)));
    let (starts, ends): (Vec<_>, Vec<_>) = markers.partition(|&marker| xml.name(marker).ends_with("Start"));
    let written = |markers: Vec<Element>| markers.into_iter().flat_map(|marker| xml.written(marker).bytes()).collect();
    (Spot { place, before: written(starts), after: written(ends) }, true)
}

/// The block of the text that holds an element; none if the element is not in the text.
fn top_level(xml: &Xml<'_>, element: Element, text: Element) -> Option<Element> {
    std::iter::once(element).chain(xml.around(element)).find(|&around| xml.parent(around) == Some(text))
}

/// The end of the text, before the properties of its last section.
fn end_of_text(xml: &Xml<'_>, text: Element) -> Spot {
    let last = xml.children(text).last();
    match (last.filter(|&last| xml.name(last) == "w:sectPr"), xml.end_of_content(text)) {
        (Some(section), _) => {
            let start = xml.place(section).start;
            Spot { place: start..start, before: Vec::new(), after: Vec::new() }
        }
        (None, Some(end)) => Spot { place: end..end, before: Vec::new(), after: Vec::new() },
        (None, None) => Spot { place: xml.place(text), before: b"<w:body>".to_vec(), after: b"</w:body>".to_vec() },
    }
}
