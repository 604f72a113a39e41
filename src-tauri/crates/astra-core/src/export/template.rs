//! A council's own Word document, filled in: a page of blocks is poured into its template, and its
//! headers, footers, shield, fonts and margins come through as they are.
//!
//! `docx-rs` writes the body and never sees the template, since it drops what it does not know. The
//! template is changed where it lies: the body takes the place of `{{acta}}` in the template's styles
//! and lists, the other places get their texts, and every part that is not touched is copied byte for byte.

use std::collections::BTreeSet;

use serde::Serialize;

use package::Package;
use relations::Relation;
use styles::Styles;
use xml::{Changes, Element, Xml};

use super::page::{Page, Place};
use crate::sentences::sentence;

mod body;
mod builtin;
mod document;
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

impl TemplateError {
    /// The Spanish sentence that says it and what to do about it.
    pub fn sentence(&self) -> String {
        let (key, places): (&str, &[(&str, &str)]) = match self {
            Self::NotWord => ("template_not_word", &[]),
            Self::OldOrLocked => ("template_old_or_locked", &[]),
            Self::Strict => ("template_strict", &[]),
            Self::Damaged { part } => ("template_damaged", &[("part", part)]),
            Self::TooLarge => ("template_too_large", &[]),
            Self::Macros => ("template_macros", &[]),
            Self::External { target } => ("template_external", &[("target", target)]),
            Self::Entities { part } => ("template_entities", &[("part", part)]),
            Self::Broken { reason } => ("broken", &[("reason", reason)]),
        };
        sentence(&format!("error.{key}"), places)
    }
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

/// Beginning of the types of the parts and relationships that are added.
const CONTENT: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The page in the template: the bytes of a `.docx`, and what a person should look at in it, without
/// repetitions. The same page and template always give the same bytes.
///
/// # Errors
/// See [`TemplateError`].
pub fn write(page: &Page, template: &[u8]) -> Result<(Vec<u8>, Vec<Warning>), TemplateError> {
    let mut package = Package::open(template)?;
    outside::refuse_programs(&mut package)?;
    let main = main_part(&mut package)?;
    outside::cut_links(&mut package)?;
    let relations = relations::of(&mut package, &main)?;

    let mut warnings = Vec::new();
    let styles = prepare_styles(&mut package, &main, &relations, page)?;
    document::write_document(&mut package, &main, &relations, &styles, page, &mut warnings)?;
    for story in relations.iter().filter(|relation| !relation.external) {
        match story.kind.as_str() {
            "header" | "footer" => document::write_margin(&mut package, &story.target, page, &mut warnings)?,
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

/// The places of a template's text, without those of its headers and footers.
///
/// # Errors
/// See [`TemplateError`].
pub fn places(template: &[u8]) -> Result<BTreeSet<Place>, TemplateError> {
    let mut package = Package::open(template)?;
    let main = main_part(&mut package)?;
    let part = package.part(&main)?.ok_or(TemplateError::NotWord)?;
    let xml = Xml::read(&main, &part)?;
    let found = places::paragraphs(&xml);
    Ok(found.iter().flat_map(|paragraph| &paragraph.found).filter_map(|found| Place::named(&found.name)).collect())
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

#[cfg(test)]
mod tests;
