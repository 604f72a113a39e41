//! XML as it lies in a template: where each element begins and ends, so that a change touches nothing
//! but what it is about. Everything else keeps its bytes.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::escape::{escape, resolve_xml_entity, unescape};
use quick_xml::events::{BytesStart, Event};

use super::TemplateError;

/// The text of a part with its elements found.
pub(super) struct Xml<'a> {
    /// The text, without a byte-order mark.
    pub(super) text: &'a str,
    tokens: Vec<Token>,
}

/// The place of an element among the tokens of its [`Xml`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Element(usize);

/// A tag, or what stands between two tags.
struct Token {
    kind: Kind,
    /// In bytes.
    place: Range<usize>,
    /// The token that closes this one, or the token itself.
    end: usize,
    /// The element it is in.
    parent: Option<usize>,
}

#[derive(PartialEq, Eq)]
enum Kind {
    Element,
    Close,
    Text(String),
    Other,
}

impl<'a> Xml<'a> {
    /// Reads a part; `path` names it in what is said of it.
    ///
    /// # Errors
    /// [`TemplateError::Damaged`] if it is not well-formed UTF-8 XML, and [`TemplateError::Entities`] if it
    /// declares a document type: Word itself reads none, and entities can be made to grow without end.
    pub(super) fn read(path: &str, bytes: &'a [u8]) -> Result<Self, TemplateError> {
        let damaged = || TemplateError::Damaged { part: path.to_owned() };
        let text = std::str::from_utf8(bytes).map_err(|_| damaged())?;
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = Reader::from_str(text);
        let mut tokens: Vec<Token> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        let mut roots = 0_usize;
        loop {
            let start = position(&reader);
            let event = reader.read_event().map_err(|_| damaged())?;
            let here = tokens.len();
            let parent = open.last().copied();
            let (kind, end) = match &event {
                Event::Start(tag) | Event::Empty(tag) => {
                    if tag.attributes().any(|attribute| attribute.is_err()) {
                        return Err(damaged());
                    }
                    roots += usize::from(parent.is_none());
                    if matches!(event, Event::Start(_)) {
                        open.push(here);
                    }
                    (Kind::Element, here)
                }
                Event::End(_) => {
                    let opened = open.pop().ok_or_else(damaged)?;
                    tokens[opened].end = here;
                    (Kind::Close, here)
                }
                Event::Text(words) => (Kind::Text(String::from_utf8_lossy(words).into_owned()), here),
                Event::CData(words) => (Kind::Text(String::from_utf8_lossy(words).into_owned()), here),
                Event::GeneralRef(name) => {
                    let character = match name.resolve_char_ref().map_err(|_| damaged())? {
                        Some(character) => character.to_string(),
                        None => {
                            let name = std::str::from_utf8(name).map_err(|_| damaged())?;
                            resolve_xml_entity(name).ok_or_else(damaged)?.to_owned()
                        }
                    };
                    (Kind::Text(character), here)
                }
                Event::DocType(_) => return Err(TemplateError::Entities { part: path.to_owned() }),
                Event::Eof => break,
                _ => (Kind::Other, here),
            };
            tokens.push(Token { kind, place: start..position(&reader), end, parent });
        }
        if !open.is_empty() || roots != 1 {
            return Err(damaged());
        }
        Ok(Self { text, tokens })
    }

    /// The outermost element.
    pub(super) fn root(&self) -> Element {
        Element(self.tokens.iter().position(|token| token.kind == Kind::Element).unwrap_or_default())
    }

    /// Every element, in the order in which they open.
    pub(super) fn elements(&self) -> impl Iterator<Item = Element> {
        (0..self.tokens.len()).filter(|&at| self.tokens[at].kind == Kind::Element).map(Element)
    }

    /// Every element of this name.
    pub(super) fn named(&self, name: &str) -> impl Iterator<Item = Element> {
        self.elements().filter(move |&element| self.name(element) == name)
    }

    /// The elements in this one, however deep.
    pub(super) fn within(&self, element: Element) -> impl Iterator<Item = Element> {
        let token = &self.tokens[element.0];
        (element.0 + 1..token.end).filter(|&at| self.tokens[at].kind == Kind::Element).map(Element)
    }

    /// The elements right below this one.
    pub(super) fn children(&self, element: Element) -> impl Iterator<Item = Element> {
        self.within(element).filter(move |child| self.tokens[child.0].parent == Some(element.0))
    }

    /// The first child of this name.
    pub(super) fn child(&self, element: Element, name: &str) -> Option<Element> {
        self.children(element).find(|&child| self.name(child) == name)
    }

    /// The element around this one.
    pub(super) fn parent(&self, element: Element) -> Option<Element> {
        self.tokens[element.0].parent.map(Element)
    }

    /// The elements around this one, the nearest first.
    pub(super) fn around(&self, element: Element) -> impl Iterator<Item = Element> {
        std::iter::successors(self.parent(element), |&inner| self.parent(inner))
    }

    /// The name, with its prefix.
    pub(super) fn name(&self, element: Element) -> &'a str {
        let tag = self.tag(element);
        tag.split(|letter: char| letter.is_ascii_whitespace()).next().unwrap_or(tag)
    }

    /// An attribute's value.
    pub(super) fn attribute(&self, element: Element, name: &str) -> Option<String> {
        let tag = BytesStart::from_content(self.tag(element), self.name(element).len());
        let found = tag.attributes().flatten().find(|attribute| attribute.key.as_ref() == name.as_bytes())?;
        let raw = std::str::from_utf8(&found.value).ok()?;
        Some(unescape(raw).map_or_else(|_| raw.to_owned(), std::borrow::Cow::into_owned))
    }

    /// `w:val` as a number.
    pub(super) fn number(&self, element: Element, name: &str) -> Option<u32> {
        self.attribute(element, name)?.trim().parse::<f64>().ok().map(|value| value.clamp(0.0, 1e9) as u32)
    }

    /// The text in an element, decoded.
    pub(super) fn words(&self, element: Element) -> String {
        let tokens = &self.tokens[element.0..=self.tokens[element.0].end];
        let words = tokens.iter().filter_map(|token| match &token.kind {
            Kind::Text(words) => Some(words.as_str()),
            _ => None,
        });
        words.collect()
    }

    /// From where to where it lies, in bytes.
    pub(super) fn place(&self, element: Element) -> Range<usize> {
        self.opening(element).start..self.tokens[self.tokens[element.0].end].place.end
    }

    /// Its opening tag, in bytes.
    pub(super) fn opening(&self, element: Element) -> Range<usize> {
        self.tokens[element.0].place.clone()
    }

    /// Where its content ends; none when it has none and cannot have any as it is written.
    pub(super) fn end_of_content(&self, element: Element) -> Option<usize> {
        let end = self.tokens[element.0].end;
        (end != element.0).then(|| self.tokens[end].place.start)
    }

    /// The element as it is written.
    pub(super) fn written(&self, element: Element) -> &'a str {
        &self.text[self.place(element)]
    }

    /// The opening tag without its brackets.
    fn tag(&self, element: Element) -> &'a str {
        self.text[self.opening(element)].trim_start_matches('<').trim_end_matches(['>', '/'])
    }

    /// A change that adds `inside` at the end of an element.
    pub(super) fn append(&self, element: Element, inside: &str) -> (Range<usize>, Vec<u8>) {
        match self.end_of_content(element) {
            Some(end) => (end..end, inside.as_bytes().to_vec()),
            None => {
                let place = self.place(element);
                let tag = self.tag(element);
                (place, format!("<{}>{inside}</{}>", tag.trim_end(), self.name(element)).into_bytes())
            }
        }
    }

    /// A change that gives an attribute, which the element may not have yet, another value.
    pub(super) fn set(&self, element: Element, attributes: &[(&str, &str)]) -> (Range<usize>, Vec<u8>) {
        let opening = self.opening(element);
        let name = self.name(element);
        let tag = BytesStart::from_content(self.tag(element), name.len());
        let mut out = format!("<{name}");
        let mut add = |key: &str, value: &str| {
            out.extend([" ", key, "=\"", value, "\""]);
        };
        for kept in tag.attributes().flatten() {
            let key = String::from_utf8_lossy(kept.key.as_ref());
            if !attributes.iter().any(|(changed, _)| *changed == key) {
                add(&key, &String::from_utf8_lossy(&kept.value).replace('"', "&quot;"));
            }
        }
        attributes.iter().for_each(|(key, value)| add(key, &escape(*value)));
        out.push_str(if self.text[opening.clone()].ends_with("/>") { "/>" } else { ">" });
        (opening, out.into_bytes())
    }
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

/// Changes to a text: what stands in each range becomes something else. Ranges do not overlap; an empty
/// one is a place to insert at, and what is inserted at the same place keeps its order.
#[derive(Default)]
pub(super) struct Changes(Vec<(Range<usize>, Vec<u8>)>);

impl Changes {
    /// Adds one.
    pub(super) fn push(&mut self, change: (Range<usize>, Vec<u8>)) {
        self.0.push(change);
    }

    /// Whether nothing changes.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text with the changes made.
    pub(super) fn made(mut self, text: &str) -> Vec<u8> {
        self.0.sort_by_key(|(place, _)| (place.start, place.end));
        let added: usize = self.0.iter().map(|(_, new)| new.len()).sum();
        let mut out = Vec::with_capacity(text.len() + added);
        let mut reached = 0;
        for (place, new) in self.0 {
            out.extend(text.as_bytes().get(reached..place.start).unwrap_or_default());
            out.extend(new);
            reached = reached.max(place.end);
        }
        out.extend(&text.as_bytes()[reached..]);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Xml<'_>, TemplateError> {
        Xml::read("a.xml", text.as_bytes())
    }

    #[test]
    fn an_element_knows_its_place_its_neighbours_and_its_words() {
        let text = "\u{feff}<?xml version=\"1.0\"?><a><b c=\"1 &amp; 2\"/><d>x&lt;<e>y</e>&#233;</d></a>";
        let xml = read(text).unwrap();
        let names: Vec<&str> = xml.elements().map(|element| xml.name(element)).collect();
        assert_eq!(names, ["a", "b", "d", "e"]);
        let [b, d]: [Element; 2] = xml.children(xml.root()).collect::<Vec<_>>().try_into().unwrap();
        assert_eq!(xml.attribute(b, "c").as_deref(), Some("1 & 2"));
        assert_eq!(xml.words(d), "x<yé");
        assert_eq!(xml.written(d), "<d>x&lt;<e>y</e>&#233;</d>");
        let e = xml.child(d, "e").unwrap();
        assert_eq!(xml.around(e).map(|around| xml.name(around)).collect::<Vec<_>>(), ["d", "a"]);
    }

    #[test]
    fn changes_leave_all_other_bytes_alone() {
        let xml = read("<a><b c='1' d='\"'/><!-- <b/> --><e/></a>").unwrap();
        let b = xml.named("b").next().unwrap();
        let e = xml.named("e").next().unwrap();
        let mut changes = Changes::default();
        changes.push(xml.append(xml.root(), "<z/>"));
        changes.push(xml.append(e, "in"));
        changes.push(xml.set(b, &[("c", "<2>")]));
        let made = String::from_utf8(changes.made(xml.text)).unwrap();
        assert_eq!(made, "<a><b d=\"&quot;\" c=\"&lt;2&gt;\"/><!-- <b/> --><e>in</e><z/></a>");
    }

    #[test]
    fn what_is_no_xml_is_refused() {
        let broken = ["", "<a>", "<a></b>", "<a/><a/>", "<a b=c/>", "<a b='1' b='2'/>", "<a>&nada;</a>", "<a>&#0;</a>"];
        for text in broken {
            assert_eq!(read(text).err(), Some(TemplateError::Damaged { part: "a.xml".to_owned() }), "{text}");
        }
        assert!(Xml::read("a.xml", b"<a>\xff</a>").is_err());
    }

    #[test]
    fn a_document_type_is_refused_whatever_it_declares() {
        let laughs = "<!DOCTYPE a [<!ENTITY b \"jajaja\">]><a>&b;</a>";
        assert_eq!(read(laughs).err(), Some(TemplateError::Entities { part: "a.xml".to_owned() }));
        assert!(matches!(read("<!DOCTYPE a><a/>"), Err(TemplateError::Entities { .. })));
    }
}
