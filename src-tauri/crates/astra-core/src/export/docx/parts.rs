//! The parts of the Word package that are ours: styles, settings, properties, relationships.
//!
//! They are XML files beside this one, with places like `{title}` for what the document or the
//! catalogue decides.

use quick_xml::escape::escape;

use crate::export::lines::one_line;
use crate::export::{Document, facts, times};
use crate::sentences::sentence;

/// The ids of the styles in `parts/styles.xml`.
pub(crate) mod style {
    /// Running text.
    pub(crate) const NORMAL: &str = "Normal";
    /// The session's name.
    pub(crate) const TITLE: &str = "Title";
    /// What the document is.
    pub(crate) const SUBTITLE: &str = "Subtitle";
    /// A section of the document.
    pub(crate) const HEADING_1: &str = "Heading1";
    /// A recording.
    pub(crate) const HEADING_2: &str = "Heading2";
    /// The head of every page but the first.
    pub(crate) const HEADER: &str = "Header";
    /// The foot of every page.
    pub(crate) const FOOTER: &str = "Footer";
    /// The entity and the body, as a letterhead.
    pub(crate) const ORGANISATION: &str = "Organisation";
    /// The title when the record gives it.
    pub(crate) const RECORD_TITLE: &str = "RecordTitle";
    /// What the document is, under that title.
    pub(crate) const RECORD_SUBTITLE: &str = "RecordSubtitle";
    /// A passage with which somebody begins to speak.
    pub(crate) const TURN: &str = "Turn";
    /// The name of whoever begins to speak (characters).
    pub(crate) const SPEAKER: &str = "Speaker";
    /// A passage of the transcript.
    pub(crate) const SPEECH: &str = "Speech";
    /// The sentence that warns of the model.
    pub(crate) const WARNING: &str = "Warning";
    /// The name of a fact or of a column.
    pub(crate) const FACT_LABEL: &str = "FactLabel";
    /// What stands in a table.
    pub(crate) const FACT: &str = "Fact";
    /// A time, and other things for looking up and not for reading (characters).
    pub(crate) const TIME: &str = "Time";
    /// `[inaudible]` and the like (characters).
    pub(crate) const MARK: &str = "Mark";
    /// A hash (characters).
    pub(crate) const HASH: &str = "Hash";
    /// The facts (table).
    pub(crate) const FACTS_TABLE: &str = "FactsTable";
    /// Rows under a row of headings, which is repeated on every page (table).
    pub(crate) const LIST_TABLE: &str = "ListTable";
}

/// The language of the documents' own words, and of the text too when that is Spanish.
const LANGUAGE: &str = "es-CO";

/// Every part but the body, the headers and the footers; the list of contents comes first, where
/// programs that guess the type of a file look for it.
pub(crate) fn around(document: &Document, headers: usize, footers: usize) -> Vec<(String, Vec<u8>)> {
    let part = |path: &str, xml: String| (path.to_owned(), xml.into_bytes());
    vec![
        part("[Content_Types].xml", content_types(headers, footers)),
        part("_rels/.rels", include_str!("parts/package.rels.xml").to_owned()),
        part("docProps/app.xml", include_str!("parts/app.xml").to_owned()),
        part("docProps/core.xml", core(document)),
        part("word/_rels/document.xml.rels", relationships(headers, footers)),
        part("word/styles.xml", styles(document)),
        part("word/settings.xml", filled(include_str!("parts/settings.xml"), &[("language", LANGUAGE)])),
        part("word/fontTable.xml", include_str!("parts/fontTable.xml").to_owned()),
    ]
}

fn styles(document: &Document) -> String {
    let names = [
        "organisation",
        "record_title",
        "record_subtitle",
        "turn",
        "speaker",
        "speech",
        "time",
        "mark",
        "warning",
        "hash",
        "fact_label",
        "fact",
        "facts_table",
        "list_table",
    ];
    let names: Vec<(String, String)> =
        names.iter().map(|name| (format!("name_{name}"), sentence(&format!("document.style.{name}"), &[]))).collect();
    let spoken = spoken_language(&document.language);
    let mut places: Vec<(&str, &str)> = names.iter().map(|(place, name)| (place.as_str(), name.as_str())).collect();
    places.extend([("language", LANGUAGE), ("spoken_language", spoken.as_str())]);
    filled(include_str!("parts/styles.xml"), &places)
}

/// The language that Word checks the transcript in. Anything that is no language tag counts as
/// Spanish: Word refuses a document with a broken one.
fn spoken_language(code: &str) -> String {
    let is_tag = (2..=3).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_lowercase());
    if code == "es" || !is_tag { LANGUAGE.to_owned() } else { code.to_owned() }
}

/// Who, what and when. The time is the session's, since a document has no other that is the same
/// each time it is written.
fn core(document: &Document) -> String {
    let created = document.began_at_ms.and_then(times::iso).map(|time| {
        ["created", "modified"]
            .map(|moment| format!(r#"<dcterms:{moment} xsi:type="dcterms:W3CDTF">{time}</dcterms:{moment}>"#))
            .concat()
    });
    let warning = facts::warning(document).unwrap_or_default();
    let places = [
        ("title", facts::page_head(document)),
        ("subject", facts::subtitle(document)),
        ("description", one_line(&warning)),
        ("language", LANGUAGE.to_owned()),
    ];
    let xml = filled(include_str!("parts/core.xml"), &places.each_ref().map(|(place, text)| (*place, text.as_str())));
    xml.replace("<!--times-->", &created.unwrap_or_default())
}

fn content_types(headers: usize, footers: usize) -> String {
    let main = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let entry = |kind: &str, number: usize| {
        format!(r#"<Override PartName="/word/{kind}{number}.xml" ContentType="{main}.{kind}+xml"/>"#)
    };
    include_str!("parts/content_types.xml").replace("<!--pages-->", &each_page_part(headers, footers, entry))
}

/// The ids are those that `docx-rs` gives to headers and footers.
fn relationships(headers: usize, footers: usize) -> String {
    let main = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let entry = |kind: &str, number: usize| {
        let id = if kind == "header" { "rIdHeader" } else { "rIdFooter" };
        format!(r#"<Relationship Id="{id}{number}" Type="{main}/{kind}" Target="{kind}{number}.xml"/>"#)
    };
    include_str!("parts/document.rels.xml").replace("<!--pages-->", &each_page_part(headers, footers, entry))
}

fn each_page_part(headers: usize, footers: usize, entry: impl Fn(&str, usize) -> String) -> String {
    let headers = (1..=headers).map(|number| entry("header", number));
    headers.chain((1..=footers).map(|number| entry("footer", number))).collect()
}

/// The template with its places filled, each value escaped. In one pass, so that a title with braces
/// in it stays as it is.
fn filled(template: &str, places: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let (before, from) = rest.split_at(open);
        out.push_str(before);
        let found = places.iter().find(|(place, _)| from[1..].strip_prefix(place).is_some_and(|r| r.starts_with('}')));
        match found {
            Some((place, text)) => {
                out.push_str(&escape(*text));
                rest = &from[place.len() + 2..];
            }
            None => {
                out.push('{');
                rest = &from[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_escaped_and_never_taken_for_places() {
        assert_eq!(filled("<a>{title}</a>{no}", &[("title", "{title} & <b>")]), "<a>{title} &amp; &lt;b&gt;</a>{no}");
    }

    #[test]
    fn speech_that_is_not_spanish_is_checked_in_its_own_language() {
        assert_eq!(spoken_language("es"), "es-CO");
        assert_eq!(spoken_language("ca"), "ca");
        assert_eq!(spoken_language("\"><x"), "es-CO");
    }
}
