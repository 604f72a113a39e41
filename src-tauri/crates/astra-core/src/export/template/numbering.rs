//! The lists of the body: how they count, written into the template's numbering under numbers that
//! nothing there uses.

use docx_rs::{
    AbstractNumbering, BuildXML, IndentLevel, Level, LevelJc, LevelOverride, LevelText, NumberFormat, Numbering,
    NumberingId, SpecialIndentType, Start,
};

use super::TemplateError;
use super::body::mended;
use super::xml::{Changes, Xml};

/// A part with no numbering in it.
pub(super) const EMPTY: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    "\n",
    r#"<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>"#
);

/// How far the text of an item stands from the margin, in twentieths of a point: a centimetre.
const INDENT: i32 = 567;

/// The lists made so far.
pub(super) struct Lists {
    /// The number of the first definition of ours: the counted lists, and after it those with bullets.
    kinds: usize,
    /// The number of our first list.
    first: usize,
    /// For each list whether it counts.
    made: Vec<bool>,
}

impl Lists {
    /// None yet, after those of the template.
    ///
    /// # Errors
    /// [`TemplateError::Damaged`] and [`TemplateError::Entities`].
    pub(super) fn after(path: &str, part: &[u8]) -> Result<Self, TemplateError> {
        let xml = Xml::read(path, part)?;
        let next = |name, id| {
            let numbers = xml.named(name).filter_map(|element| xml.number(element, id));
            numbers.max().map_or(0, |largest| largest as usize + 1)
        };
        // Number 0 means no list at all.
        let (kinds, first) = (next("w:abstractNum", "w:abstractNumId"), next("w:num", "w:numId").max(1));
        Ok(Self { kinds, first, made: Vec::new() })
    }

    /// A new list, and what its items refer to it by. A counted one begins at one.
    pub(super) fn list(&mut self, ordered: bool) -> (NumberingId, IndentLevel) {
        self.made.push(ordered);
        (NumberingId::new(self.first + self.made.len() - 1), IndentLevel::new(0))
    }

    /// The template's part with the lists in it; none if there are none.
    ///
    /// # Errors
    /// [`TemplateError::Damaged`] and [`TemplateError::Entities`].
    pub(super) fn written(&self, path: &str, part: &[u8]) -> Result<Option<Vec<u8>>, TemplateError> {
        if self.made.is_empty() {
            return Ok(None);
        }
        let xml = Xml::read(path, part)?;
        let kinds = [(0, "decimal", "%1."), (1, "bullet", "•")];
        let kinds = kinds.map(|(offset, format, text)| kind(self.kinds + offset, format, text)).concat();
        let lists = self.made.iter().enumerate().flat_map(|(index, &ordered)| {
            let kind = self.kinds + usize::from(!ordered);
            let restart = LevelOverride::new(0).start(1);
            Numbering::new(self.first + index, kind).add_override(restart).build()
        });
        let lists: Vec<u8> = lists.collect();
        // The schema wants all definitions before all lists, and one element after both.
        let children: Vec<_> = xml.children(xml.root()).collect();
        let place = |names: &[&str]| {
            let found = children.iter().find(|&&child| names.contains(&xml.name(child)));
            found.map(|&child| xml.place(child).start)
        };
        let (kinds, lists) = (mended(&kinds, "")?, mended(&lists, "")?);
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        let mut changes = Changes::default();
        match (place(&["w:num", "w:numIdMacAtCleanup"]), place(&["w:numIdMacAtCleanup"])) {
            (None, _) => changes.push(xml.append(xml.root(), &text([kinds, lists].concat()))),
            (Some(at), Some(end)) => {
                changes.push((at..at, kinds));
                changes.push((end..end, lists));
            }
            (Some(at), None) => {
                changes.push((at..at, kinds));
                changes.push(xml.append(xml.root(), &text(lists)));
            }
        }
        Ok(Some(changes.made(xml.text)))
    }
}

fn kind(id: usize, format: &str, text: &str) -> Vec<u8> {
    let level = Level::new(0, Start::new(1), NumberFormat::new(format), LevelText::new(text), LevelJc::new("left"))
        .indent(Some(INDENT), Some(SpecialIndentType::Hanging(INDENT)), None, None);
    AbstractNumbering::new(id).add_level(level).build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_come_after_those_of_the_template_in_the_order_of_the_schema() {
        let part = r#"<w:numbering><w:abstractNum w:abstractNumId="4"/><w:num w:numId="7"/><w:numIdMacAtCleanup w:val="3"/></w:numbering>"#;
        let mut lists = Lists::after("a", part.as_bytes()).unwrap();
        assert_eq!(lists.written("a", part.as_bytes()), Ok(None));
        assert_eq!([lists.list(true).0.id, lists.list(false).0.id], [8, 9]);
        let made = String::from_utf8(lists.written("a", part.as_bytes()).unwrap().unwrap()).unwrap();
        let at = |text: &str| made.find(text).unwrap_or_else(|| panic!("{text} in {made}"));
        let order = [
            r#"w:abstractNumId="4""#,
            r#"w:abstractNumId="5""#,
            r#"w:abstractNumId="6""#,
            r#"w:numId="7""#,
            r#"w:numId="8""#,
            r#"w:numId="9""#,
            "MacAtCleanup",
        ];
        assert!(order.map(at).is_sorted(), "{made}");
    }

    #[test]
    fn a_template_without_lists_gets_the_first() {
        let mut lists = Lists::after("a", EMPTY.as_bytes()).unwrap();
        assert_eq!(lists.list(true).0.id, 1);
        let made = String::from_utf8(lists.written("a", EMPTY.as_bytes()).unwrap().unwrap()).unwrap();
        assert!(made.contains("<w:abstractNum ") && made.ends_with("</w:numbering>"), "{made}");
    }
}
