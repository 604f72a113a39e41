//! The first acta as a Word document: facts, warning, transcript with times, and what is in doubt.
//!
//! `docx-rs` writes the body, the header and the footer ([`body`]), the transcript paragraph by paragraph. What it leaves out of order is put
//! into the order of the schema ([`order`]); styles, settings and properties are parts of our own
//! ([`parts`]), since `docx-rs` knows neither languages nor latent defaults; [`package`] zips it all so
//! that equal documents are equal bytes.

use docx_rs::BuildXML;

use super::Document;
use crate::{Error, Result};

mod body;
pub(super) mod order;
mod package;
mod parts;

/// The whole file.
///
/// # Errors
/// [`crate::Error::Broken`] if the XML that `docx-rs` wrote cannot be read back, or the zip not written.
pub(crate) fn write(document: &Document) -> Result<Vec<u8>> {
    let written = body::body(document).build();
    let mut entries = parts::around(document, written.headers.len(), written.footers.len());
    entries.push(("word/document.xml".to_owned(), with_transcript(&written.document, document)?));
    for (kind, contents) in [("header", &written.headers), ("footer", &written.footers)] {
        for (index, xml) in contents.iter().enumerate() {
            entries.push((format!("word/{kind}{}.xml", index + 1), order::in_order(xml, parts::style::LIST_TABLE)?));
        }
    }
    package::zipped(&entries)
}

/// The body with the transcript in its place.
fn with_transcript(body: &[u8], document: &Document) -> Result<Vec<u8>> {
    let body = order::in_order(body, parts::style::LIST_TABLE)?;
    let place = order::in_order(&body::place_of_transcript().build(), parts::style::LIST_TABLE)?;
    let at = body.windows(place.len()).position(|part| part == place);
    let at = at.ok_or_else(|| Error::Broken { reason: "Word document: no place for the transcript".to_owned() })?;
    let mut out = body[..at].to_vec();
    for paragraph in body::transcript(document) {
        out.extend(order::in_order(&paragraph.build(), parts::style::LIST_TABLE)?);
    }
    out.extend(&body[at + place.len()..]);
    Ok(out)
}

#[cfg(test)]
mod tests;
