//! What `docx-rs` writes, made as the schema wants it.
//!
//! The children of properties stand in a fixed order in WordprocessingML (ISO/IEC 29500-1, annex A).
//! `docx-rs` writes them in another, which Word forgives and validators, other readers and some
//! archives do not. It also writes borders nobody asked for, which hide those of the table's style, and
//! paragraph ids that depend on what was written before; and it cannot say that a row of headings is
//! repeated on every page. One pass over the XML mends it all. Text is passed on byte by byte.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, Writer};

use crate::{Error, Result};

/// The elements whose children have an order, and that order. Only what `docx-rs` can write is
/// listed; what is not listed stays behind, in the order in which it came.
const ORDERS: &[(&str, &str)] = &[
    (
        "w:pPr",
        "w:pStyle w:keepNext w:keepLines w:pageBreakBefore w:framePr w:widowControl w:numPr w:pBdr w:shd w:tabs \
         w:bidi w:adjustRightInd w:snapToGrid w:spacing w:ind w:jc w:textDirection w:textAlignment w:outlineLvl \
         w:divId w:rPr w:sectPr w:pPrChange",
    ),
    (
        "w:rPr",
        "w:rStyle w:rFonts w:b w:bCs w:i w:iCs w:caps w:strike w:dstrike w:vanish w:color w:spacing w:w w:sz \
         w:szCs w:highlight w:u w:bdr w:shd w:fitText w:vertAlign w:lang w:specVanish",
    ),
    ("w:numPr", "w:ilvl w:numId"),
    ("w:tblPr", "w:tblStyle w:tblpPr w:tblW w:jc w:tblInd w:tblBorders w:shd w:tblLayout w:tblCellMar w:tblLook"),
    ("w:trPr", "w:gridBefore w:gridAfter w:wBefore w:wAfter w:cantSplit w:trHeight w:tblHeader"),
    ("w:tcPr", "w:tcW w:gridSpan w:vMerge w:tcBorders w:shd w:noWrap w:tcMar w:textDirection w:vAlign"),
    (
        "w:sectPr",
        "w:headerReference w:footerReference w:type w:pgSz w:pgMar w:pgNumType w:cols w:vAlign w:titlePg \
         w:textDirection w:docGrid",
    ),
];

/// What every table says of its look: that its first row is a head, and that no row is banded.
pub(crate) const TABLE_LOOK: &str = r#"<w:tblLook w:val="0620" w:firstRow="1" w:noHBand="1" w:noVBand="1"/>"#;

/// The XML in order. The first row of a table in the style `headed` stands again on every page.
///
/// # Errors
/// [`Error::Broken`] if it is not well formed.
pub(crate) fn in_order(xml: &[u8], headed: &str) -> Result<Vec<u8>> {
    let mut pass = Pass { reader: Reader::from_reader(xml), headed, heads_table: false };
    let mut out = Writer::new(Vec::with_capacity(xml.len()));
    pass.copy(&mut out)?;
    Ok(out.into_inner())
}

struct Pass<'a> {
    reader: Reader<&'a [u8]>,
    headed: &'a str,
    /// Whether the next row is the first of a table with headings.
    heads_table: bool,
}

/// A child of some properties: its name and its XML.
type Child = (String, Vec<u8>);

impl Pass<'_> {
    /// Copies everything but the properties, which are put in order.
    fn copy(&mut self, out: &mut Writer<Vec<u8>>) -> Result<()> {
        loop {
            match self.reader.read_event().map_err(broken)? {
                Event::Eof => return Ok(()),
                Event::Start(start) if order(&start).is_some() => {
                    let properties = self.properties(&start)?;
                    out.get_mut().extend(properties);
                }
                Event::Empty(empty) if order(&empty).is_some() => {
                    let properties = self.written(&empty, vec![])?;
                    out.get_mut().extend(properties);
                }
                Event::Start(start) => write(out, Event::Start(plain(start)))?,
                Event::Empty(empty) => write(out, Event::Empty(plain(empty)))?,
                other => write(out, other)?,
            }
        }
    }

    /// Reads the properties that `start` opens and returns their XML in order.
    fn properties(&mut self, start: &BytesStart<'_>) -> Result<Vec<u8>> {
        let mut children: Vec<Child> = Vec::new();
        loop {
            match self.reader.read_event().map_err(broken)? {
                Event::Start(child) if order(&child).is_some() => {
                    children.push((name(&child), self.properties(&child)?));
                }
                Event::Start(child) => {
                    let mut out = Writer::new(Vec::new());
                    write(&mut out, Event::Start(child.borrow()))?;
                    self.rest_of(&child, &mut out)?;
                    children.push((name(&child), out.into_inner()));
                }
                Event::Empty(child) => {
                    let mut out = Writer::new(Vec::new());
                    if order(&child).is_none() {
                        write(&mut out, Event::Empty(child.borrow()))?;
                    }
                    if name(&child) == "w:tblStyle" {
                        self.heads_table = child.attributes().flatten().any(|a| &*a.value == self.headed.as_bytes());
                    }
                    children.push((name(&child), out.into_inner()));
                }
                Event::End(_) => return self.written(start, children),
                Event::Eof => return Err(broken("the XML ends too early")),
                _ => {}
            }
        }
    }

    /// Copies the children and the end of an element that has no order.
    fn rest_of(&mut self, start: &BytesStart<'_>, out: &mut Writer<Vec<u8>>) -> Result<()> {
        let mut depth = 1_usize;
        while depth > 0 {
            let event = self.reader.read_event().map_err(broken)?;
            match &event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                Event::Eof => return Err(broken(format!("{} is not closed", name(start)))),
                _ => {}
            }
            write(out, event)?;
        }
        Ok(())
    }

    /// The properties as XML: nothing at all when nothing is left of them.
    fn written(&mut self, start: &BytesStart<'_>, mut children: Vec<Child>) -> Result<Vec<u8>> {
        let name = name(start);
        match name.as_str() {
            "w:tblPr" => {
                // The borders and the place on the page are the style's.
                children.retain(|(child, _)| child != "w:tblBorders" && child != "w:jc");
                children.push(("w:tblLook".to_owned(), TABLE_LOOK.as_bytes().to_vec()));
            }
            "w:trPr" if std::mem::take(&mut self.heads_table) => {
                children.push(("w:tblHeader".to_owned(), b"<w:tblHeader/>".to_vec()));
            }
            _ => {}
        }
        children.retain(|(_, xml)| !xml.is_empty());
        if children.is_empty() {
            return Ok(vec![]);
        }
        let ranks = order(start).unwrap_or_default();
        children.sort_by_key(|(child, _)| ranks.split(' ').position(|rank| rank == child).unwrap_or(usize::MAX));
        let mut out = Writer::new(Vec::new());
        write(&mut out, Event::Start(start.borrow()))?;
        children.into_iter().for_each(|(_, xml)| out.get_mut().extend(xml));
        write(&mut out, Event::End(start.to_end()))?;
        Ok(out.into_inner())
    }
}

/// An element as it is kept: a paragraph loses its id, a column the unit that the schema does not
/// know, and everything else stays.
fn plain(start: BytesStart<'_>) -> BytesStart<'_> {
    match start.name().as_ref() {
        b"w:p" => BytesStart::new("w:p"),
        b"w:gridCol" => {
            let width = start.attributes().flatten().filter(|attribute| attribute.key.as_ref() == b"w:w");
            BytesStart::new("w:gridCol").with_attributes(width)
        }
        _ => start,
    }
}

fn order(start: &BytesStart<'_>) -> Option<&'static str> {
    ORDERS.iter().find(|(element, _)| element.as_bytes() == start.name().as_ref()).map(|(_, order)| *order)
}

fn name(start: &BytesStart<'_>) -> String {
    String::from_utf8_lossy(start.name().as_ref()).into_owned()
}

fn write(out: &mut Writer<Vec<u8>>, event: Event<'_>) -> Result<()> {
    out.write_event(event).map_err(broken)
}

fn broken(reason: impl std::fmt::Display) -> Error {
    Error::Broken { reason: format!("Word document: {reason}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(xml: &str) -> String {
        String::from_utf8(in_order(xml.as_bytes(), "ListTable").expect("well-formed")).expect("UTF-8")
    }

    #[test]
    fn properties_come_in_the_order_of_the_schema_and_empty_ones_go() {
        assert_eq!(
            mended(
                r#"<w:p><w:pPr><w:rPr/><w:jc w:val="left"/><w:keepNext/><w:pStyle w:val="a"/></w:pPr><w:r><w:rPr /></w:r></w:p>"#
            ),
            r#"<w:p><w:pPr><w:pStyle w:val="a"/><w:keepNext/><w:jc w:val="left"/></w:pPr><w:r></w:r></w:p>"#
        );
    }

    #[test]
    fn properties_inside_properties_are_ordered_too_and_lists_keep_their_order() {
        assert_eq!(
            mended(
                "<x><w:pPr><w:rPr><w:color/><w:b/></w:rPr><w:tabs><w:tab a=\"2\"/><w:tab a=\"1\"/></w:tabs></w:pPr>t</x>"
            ),
            "<x><w:pPr><w:tabs><w:tab a=\"2\"/><w:tab a=\"1\"/></w:tabs><w:rPr><w:b/><w:color/></w:rPr></w:pPr>t</x>"
        );
    }

    #[test]
    fn only_the_first_row_of_a_table_with_headings_is_repeated() {
        let table = |style: &str| {
            format!(
                "<w:tbl><w:tblPr><w:tblBorders/><w:tblStyle w:val=\"{style}\"/></w:tblPr>\
                 <w:tr><w:trPr><w:cantSplit/></w:trPr></w:tr><w:tr><w:trPr><w:cantSplit/></w:trPr></w:tr></w:tbl>"
            )
        };
        assert_eq!(mended(&table("ListTable")).matches("<w:tblHeader/>").count(), 1);
        assert_eq!(mended(&table("FactsTable")).matches("<w:tblHeader/>").count(), 0);
        assert!(!mended(&table("ListTable")).contains("tblBorders"));
    }

    #[test]
    fn text_with_escapes_passes_unchanged_and_paragraphs_lose_their_ids() {
        assert_eq!(
            mended(r#"<w:p w14:paraId="0000000a"><w:t xml:space="preserve"> a &amp; b &lt; c </w:t></w:p>"#),
            r#"<w:p><w:t xml:space="preserve"> a &amp; b &lt; c </w:t></w:p>"#
        );
    }

    #[test]
    fn columns_keep_their_width_and_nothing_else() {
        assert_eq!(mended(r#"<w:gridCol w:w="12" w:type="dxa" />"#), r#"<w:gridCol w:w="12"/>"#);
    }

    #[test]
    fn xml_cut_short_is_an_error_and_not_a_document() {
        assert!(in_order(b"<w:p><w:pPr><w:jc/>", "").is_err());
    }
}
