//! A council's own Word document, filled in: a page of blocks is poured into its template, and its
//! headers, footers, shield, fonts and margins come through as they are.
//!
//! `docx-rs` writes the body and never sees the template, since it drops what it does not know. The
//! template is changed where it lies: the body takes the place of `{{acta}}` in the template's styles
//! and lists, the other places get their texts, and every part that is not touched is copied byte for byte.

use serde::Serialize;

use body::Body;
use marks::Marks;
use numbering::Lists;
use package::Package;
use relations::Relation;
use styles::Styles;
use xml::{Changes, Element, Xml};

use super::page::{Block, Page, Place};
use crate::sentences::sentence;

mod body;
mod builtin;
mod index;
mod marks;
mod numbering;
mod outside;
mod package;
mod places;
mod properties;
mod relations;
mod section;
mod styles;
mod xml;

pub use builtin::Builtin;

/// Why a template cannot be used. The template is somebody else's file: whatever it is, this is said
/// of it and nothing is written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum TemplateError {
    /// It is no Word document.
    #[error("not a Word document")]
    NotWord,
    /// It is a Word 97 document (`.doc`), or one locked with a password; both are the same kind of file.
    #[error("a Word 97 document, or one locked with a password")]
    OldOrLocked,
    /// It was saved as «Strict Open XML», which is another format under the same name.
    #[error("saved as Strict Open XML")]
    Strict,
    /// Something in it cannot be read.
    #[error("damaged: {part}")]
    Damaged {
        /// Which part of the package.
        part: String,
    },
    /// It is larger than any template, or unpacks to far more than it is.
    #[error("too large, or packed to look small")]
    TooLarge,
    /// It carries programs.
    #[error("carries macros")]
    Macros,
    /// It fetches something from outside when it is opened: a picture, another document.
    #[error("fetches {target} when it is opened")]
    External {
        /// What it fetches.
        target: String,
    },
    /// One of its parts declares a document type, as no word processor does.
    #[error("{part} declares a document type")]
    Entities {
        /// Which part of the package.
        part: String,
    },
    /// Astra is wrong, not the template.
    #[error("internal error: {reason}")]
    Broken {
        /// What happened.
        reason: String,
    },
}

/// What a person should look at in a document that was written all the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Warning {
    /// The template has no place for the body, which stands at its end.
    NoBody,
    /// The place for the body stands in a table, a text box, a header or somewhere else that cannot
    /// hold it; it stands after that, or at the end.
    BodyMoved,
    /// The template has several places for the body, which stands in the first.
    BodyTwice,
    /// The template has a place that Astra does not know; it is left as it is.
    UnknownPlace {
        /// What stands between the braces.
        name: String,
    },
    /// The template has a place for which there is no text; a line is left to be filled by hand.
    EmptyPlace {
        /// What stands between the braces.
        name: String,
    },
}

impl Warning {
    /// The Spanish sentence that says it.
    pub fn sentence(&self) -> String {
        let (key, name) = match self {
            Self::NoBody => ("no_body", ""),
            Self::BodyMoved => ("body_moved", ""),
            Self::BodyTwice => ("body_twice", ""),
            Self::UnknownPlace { name } => ("unknown_place", name.as_str()),
            Self::EmptyPlace { name } => ("empty_place", name.as_str()),
        };
        let place = format!("{{{{{}}}}}", Place::Body.name());
        // The name is somebody's own text: it goes in last, so that braces in it are no places.
        sentence(&format!("template.warning.{key}"), &[("place", &place), ("name", name)])
    }
}

/// What stands in a place without a text: a line to write on.
const BLANK: &str = "________";

/// The namespaces of WordprocessingML as everybody writes it, and of its strict form.
const TRANSITIONAL: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";

/// Beginning of the types of the parts and relationships that are added.
const CONTENT: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

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

/// The page in the template: the bytes of a `.docx`, and what a person should look at in it, without
/// repetitions. The same page and template always give the same bytes.
///
/// # Errors
/// See [`TemplateError`].
pub fn write(page: &Page, template: &[u8]) -> Result<(Vec<u8>, Vec<Warning>), TemplateError> {
    let mut package = Package::open(template)?;
    outside::refuse_programs(&mut package)?;
    let document = main_part(&mut package)?;
    outside::cut_links(&mut package)?;
    let relations = relations::of(&mut package, &document)?;

    let mut warnings = Vec::new();
    let styles = prepare_styles(&mut package, &document, &relations, page)?;
    write_document(&mut package, &document, &relations, &styles, page, &mut warnings)?;
    for story in relations.iter().filter(|relation| !relation.external) {
        match story.kind.as_str() {
            "header" | "footer" => write_margin(&mut package, &story.target, page, &mut warnings)?,
            "footnotes" | "endnotes" => {
                let part = package.part(&story.target)?.unwrap_or_default();
                outside::refuse_fetching_fields(&Xml::read(&story.target, &part)?)?;
            }
            _ => {}
        }
    }
    properties::write(&mut package, &page.properties)?;
    warnings.sort();
    warnings.dedup();
    Ok((package.written()?, warnings))
}

/// The path of the document in the package, whose type is made that of a document if the file was
/// saved as a template.
fn main_part(package: &mut Package<'_>) -> Result<String, TemplateError> {
    let path = "[Content_Types].xml";
    let types = package.part(path)?.ok_or(TemplateError::NotWord)?;
    let main = relations::of(package, "")?.into_iter().find(|relation| relation.kind == "officeDocument");
    let main = main.filter(|relation| !relation.external).ok_or(TemplateError::NotWord)?.target;
    let xml = Xml::read(path, &types)?;
    let named = |&element: &Element| {
        let name = xml.attribute(element, "PartName").unwrap_or_default();
        name.trim_start_matches('/').eq_ignore_ascii_case(&main)
    };
    let named = xml.children(xml.root()).find(named).ok_or(TemplateError::NotWord)?;
    let content = xml.attribute(named, "ContentType").unwrap_or_default();
    if content == format!("{CONTENT}.template.main+xml") {
        let mut changes = Changes::default();
        changes.push(xml.set(named, &[("ContentType", &format!("{CONTENT}.document.main+xml"))]));
        package.put(path, changes.made(xml.text));
    } else if content != format!("{CONTENT}.document.main+xml") {
        return Err(TemplateError::NotWord);
    }
    Ok(main)
}

/// The path of the one part of this kind that a document has, which is added with `empty` in it if it
/// has none.
fn own_part(
    package: &mut Package<'_>,
    document: &str,
    relations: &[Relation],
    kind: &str,
    empty: &str,
) -> Result<String, TemplateError> {
    let known = relations.iter().find(|relation| relation.kind == kind && !relation.external);
    if let Some(relation) = known {
        return Ok(relation.target.clone());
    }
    let taken = package.paths();
    let free = (1..).map(|number| format!("word/{kind}Acta{number}.xml")).find(|path| !taken.contains(path));
    let path = free.unwrap_or_default();
    let added = (format!("{RELATION}/{kind}"), format!("{CONTENT}.{kind}+xml"));
    relations::add(package, document, (&added.0, &path, &added.1))?;
    package.put(&path, empty.as_bytes().to_vec());
    Ok(path)
}

fn prepare_styles(
    package: &mut Package<'_>,
    document: &str,
    relations: &[Relation],
    page: &Page,
) -> Result<Styles, TemplateError> {
    let path = own_part(package, document, relations, "styles", styles::OURS)?;
    let part = package.part(&path)?.ok_or_else(|| TemplateError::Damaged { part: path.clone() })?;
    let (styles, changed) = styles::prepared(&path, &part, &body::styles_of(page), page.properties.language)?;
    if let Some(changed) = changed {
        package.put(&path, changed);
    }
    Ok(styles)
}

/// Fills the document, and writes the lists of its body.
fn write_document(
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
    let body = Body { page, styles, lists: &mut lists, marks: &marks, width }.written()?;
    changes.push((spot.place, [spot.before, body, spot.after].concat()));
    package.put(document, changes.made(xml.text));
    if let Some(lists) = lists.written(&numbering, &counted)? {
        package.put(&numbering, lists);
    }
    Ok(())
}

/// Fills the places of a header or footer.
fn write_margin(
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
    place: std::ops::Range<usize>,
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
        (None, None) => Spot {
            place: xml.place(text),
            before: b"<w:body>".to_vec(),
            after: b"</w:body>".to_vec(),
        },
    }
}

#[cfg(test)]
mod tests;
