//! The styles of a template, found by the names that Word gives them (a Spanish Word calls its first
//! heading `Ttulo1` inside, but its name is `heading 1` in every language), and those of ours that it lacks.

use std::collections::BTreeMap;

use quick_xml::escape::escape;

use super::TemplateError;
use super::xml::{Changes, Element, Xml};
use crate::export::page::{Language, Level, Style};

/// The ids of the styles in `styles.xml`, which is both what templates are given when they lack
/// something and what Astra's own templates are made with.
pub(super) mod id {
    /// Rows under a head (table).
    pub(crate) const TABLE: &str = "ActaTabla";
    /// Names and values (table).
    pub(crate) const FORM: &str = "ActaFormulario";
    /// Who signs, side by side (table).
    pub(crate) const SIGNATURES: &str = "ActaFirmas";
    /// What stands in a table.
    pub(crate) const CELL: &str = "ActaCelda";
    /// What names a column or a value.
    pub(crate) const CELL_HEAD: &str = "ActaCeldaTitulo";
    /// The line to sign on and the name under it.
    pub(crate) const SIGNATURE: &str = "ActaFirma";
    /// As what somebody signs.
    pub(crate) const OFFICE: &str = "ActaCargo";
    /// An item of a list.
    pub(crate) const LIST: &str = "ListParagraph";
    /// The heading of the index.
    pub(crate) const INDEX: &str = "TOCHeading";
    /// Running text.
    pub(crate) const NORMAL: &str = "Normal";
    /// Small print.
    pub(crate) const NOTE: &str = "ActaNota";
}

/// Our styles.
pub(super) const OURS: &str = include_str!("styles.xml");

/// The id of a heading's style.
pub(super) fn of_heading(level: Level) -> &'static str {
    match level {
        Level::One => "Heading1",
        Level::Two => "Heading2",
        Level::Three => "Heading3",
    }
}

/// The id of the style of a line of the index.
pub(super) fn of_index(level: Level) -> &'static str {
    match level {
        Level::One => "TOC1",
        Level::Two => "TOC2",
        Level::Three => "TOC3",
    }
}

/// The id of a paragraph's style.
pub(super) fn of_paragraph(style: Style) -> &'static str {
    match style {
        Style::Normal => id::NORMAL,
        Style::Title => "Title",
        Style::Subtitle => "Subtitle",
        Style::Fact => "ActaDato",
        Style::LeadIn => "ActaEntrada",
        Style::Speech => "ActaIntervencion",
        Style::Quote => "Quote",
        Style::Note => id::NOTE,
    }
}

/// Which style of a template is which of ours.
pub(super) struct Styles {
    /// From our id to the template's, and whether the style counts its paragraphs by itself.
    known: BTreeMap<String, (String, bool)>,
}

impl Styles {
    /// The template's id for one of ours.
    pub(super) fn id<'a>(&'a self, ours: &'a str) -> &'a str {
        self.known.get(ours).map_or(ours, |(id, _)| id)
    }

    /// Whether the template numbers the paragraphs of this style itself.
    pub(super) fn counts(&self, ours: &str) -> bool {
        self.known.get(ours).is_some_and(|(_, counts)| *counts)
    }
}

/// Finds our styles of `wanted` in the template's, and says how the part with the styles changes: what
/// it lacks is added, and its language becomes the document's. None when it can stay as it is.
///
/// # Errors
/// [`TemplateError::Damaged`] and [`TemplateError::Entities`].
pub(super) fn prepared(
    path: &str,
    part: &[u8],
    wanted: &[&'static str],
    language: Language,
) -> Result<(Styles, Option<Vec<u8>>), TemplateError> {
    let theirs = Xml::read(path, part)?;
    let ours = Xml::read("styles.xml", OURS.as_bytes())?;
    let mut known = BTreeMap::new();
    let taken: Vec<String> = theirs.named("w:style").filter_map(|style| theirs.attribute(style, "w:styleId")).collect();
    for style in theirs.named("w:style") {
        let (Some(their_id), Some(name)) = (theirs.attribute(style, "w:styleId"), name(&theirs, style)) else {
            continue;
        };
        let same = ours.named("w:style").find(|&our| {
            let kind = |xml: &Xml<'_>, style| xml.attribute(style, "w:type");
            // The style of running text may have been renamed; that it is the default has not changed.
            let both_default = is_default_paragraph(&ours, our) && is_default_paragraph(&theirs, style);
            kind(&ours, our) == kind(&theirs, style) && (both_default || self::name(&ours, our).as_ref() == Some(&name))
        });
        if let Some(our_id) = same.and_then(|our| ours.attribute(our, "w:styleId")) {
            let counts = theirs.within(style).any(|inner| theirs.name(inner) == "w:numPr");
            known.entry(our_id).or_insert((their_id, counts));
        }
    }
    let mut missing = Vec::new();
    let mut wanted: Vec<String> = wanted.iter().map(|&id| id.to_owned()).collect();
    while let Some(id) = wanted.pop() {
        let style = ours.named("w:style").find(|&style| ours.attribute(style, "w:styleId").as_ref() == Some(&id));
        let Some(style) = style.filter(|_| !known.contains_key(&id)) else { continue };
        let free = (1..).map(|number| format!("{id}{number}"));
        let free = std::iter::once(id.clone()).chain(free).find(|id| !taken.contains(id)).unwrap_or_default();
        known.insert(id, (free, false));
        let bases = ["w:basedOn", "w:next"].into_iter().filter_map(|name| ours.child(style, name));
        wanted.extend(bases.filter_map(|base| ours.attribute(base, "w:val")));
        missing.push(style);
    }
    let styles = Styles { known };
    // In the order of `styles.xml`, whatever asked for them.
    missing.sort();
    let added: String = missing.into_iter().map(|style| renamed(&ours, style, &styles)).collect();
    let mut changes = Changes::default();
    if !added.is_empty() {
        changes.push(theirs.append(theirs.root(), &added));
    }
    speak(&theirs, language, &mut changes);
    let changed = (!changes.is_empty()).then(|| changes.made(theirs.text));
    Ok((styles, changed))
}

/// One of our styles in the template's ids.
fn renamed(ours: &Xml<'_>, style: Element, styles: &Styles) -> String {
    let mut out = String::new();
    let start = ours.place(style).start;
    let mut changes = Changes::default();
    let mut rename = |element: Element, attribute: &str| {
        let id = ours.attribute(element, attribute).unwrap_or_default();
        let (place, new) = ours.set(element, &[(attribute, styles.id(&id))]);
        changes.push((place.start - start..place.end - start, new));
    };
    rename(style, "w:styleId");
    ["w:basedOn", "w:next"].iter().filter_map(|name| ours.child(style, name)).for_each(|base| rename(base, "w:val"));
    out.push_str(&String::from_utf8_lossy(&changes.made(ours.written(style))));
    // There is one default of each kind already.
    out.replace(" w:default=\"1\"", "")
}

/// Makes the text's language the document's, where the template says another.
fn speak(xml: &Xml<'_>, language: Language, changes: &mut Changes) {
    let tag = language.tag();
    let defaults = xml.child(xml.root(), "w:docDefaults");
    let defaults = defaults.and_then(|defaults| xml.child(defaults, "w:rPrDefault"));
    let properties = defaults.and_then(|defaults| xml.child(defaults, "w:rPr"));
    let normal = xml.named("w:style").find(|&style| is_default_paragraph(xml, style));
    let normal = normal.and_then(|style| xml.child(style, "w:rPr"));
    let said: Vec<Element> =
        [properties, normal].into_iter().flatten().filter_map(|properties| xml.child(properties, "w:lang")).collect();
    for &lang in &said {
        if xml.attribute(lang, "w:val").is_some_and(|said| said != tag) {
            changes.push(xml.set(lang, &[("w:val", tag)]));
        }
    }
    if !said.is_empty() {
        return;
    }
    let lang = format!(r#"<w:lang w:val="{}"/>"#, escape(tag));
    if let Some(properties) = properties {
        changes.push(xml.append(properties, &lang));
    } else if let Some(style) = xml.named("w:style").find(|&style| is_default_paragraph(xml, style)) {
        let change = match xml.child(style, "w:rPr") {
            Some(properties) => xml.append(properties, &lang),
            None => xml.append(style, &format!("<w:rPr>{lang}</w:rPr>")),
        };
        changes.push(change);
    }
}

fn is_default_paragraph(xml: &Xml<'_>, style: Element) -> bool {
    let default = xml.attribute(style, "w:default").is_some_and(|value| value == "1" || value == "true");
    default && xml.attribute(style, "w:type").as_deref() == Some("paragraph")
}

fn name(xml: &Xml<'_>, style: Element) -> Option<String> {
    let name = xml.child(style, "w:name")?;
    Some(xml.attribute(name, "w:val")?.to_lowercase())
}
