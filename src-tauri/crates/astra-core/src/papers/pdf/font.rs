//! A font of a PDF, as far as it takes to know which letters stand there and how wide they are
//! (ISO 32000-1, 9.2.4 and 9.7.4.3).

use std::collections::HashMap;

use lopdf::{Dictionary, Document, Encoding, Object};

/// A font.
pub(super) struct Font<'a> {
    encoding: Encoding<'a>,
    /// Thousandths of the size, by code.
    widths: HashMap<u32, f32>,
    otherwise: f32,
    /// Whether a code has two bytes.
    wide: bool,
}

impl<'a> Font<'a> {
    /// Reads a font; none when its letters cannot be known.
    pub(super) fn read(document: &'a Document, font: &'a Dictionary, most: usize) -> Option<Self> {
        let encoding = font.get_font_encoding_with_limit(document, most).ok()?;
        let wide = font.get_deref(b"Subtype", document).and_then(Object::as_name).is_ok_and(|name| name == b"Type0");
        let mut read = Self { encoding, widths: HashMap::new(), otherwise: if wide { 1000.0 } else { 500.0 }, wide };
        if wide {
            read.of_descendant(document, font);
        } else {
            let first = font.get_deref(b"FirstChar", document).and_then(Object::as_i64).unwrap_or_default();
            let widths = font.get_deref(b"Widths", document).and_then(Object::as_array);
            for (code, width) in (first.max(0) as u32..).zip(widths.into_iter().flatten()) {
                read.widths.insert(code, number(document, width).unwrap_or(500.0));
            }
        }
        Some(read)
    }

    /// The letters of a text.
    pub(super) fn text(&self, bytes: &[u8]) -> String {
        Document::decode_text(&self.encoding, bytes).unwrap_or_default()
    }

    /// How wide it is, in thousandths of the size, and how many codes and spaces it has.
    pub(super) fn extent(&self, bytes: &[u8]) -> (f32, usize, usize) {
        let code = |bytes: &[u8]| bytes.iter().fold(0, |code, byte| code << 8 | u32::from(*byte));
        let codes = bytes.chunks(if self.wide { 2 } else { 1 }).map(code);
        codes.fold((0.0, 0, 0), |(width, count, spaces), code| {
            let own = self.widths.get(&code).copied().unwrap_or(self.otherwise);
            (width + own, count + 1, spaces + usize::from(!self.wide && code == 32))
        })
    }

    /// The widths of a font of two bytes: `[first [width …] first last width …]`.
    fn of_descendant(&mut self, document: &Document, font: &Dictionary) {
        let descendants = font.get_deref(b"DescendantFonts", document).and_then(Object::as_array);
        let descendant = descendants.ok().and_then(|all| document.dereference(all.first()?).ok()?.1.as_dict().ok());
        let Some(descendant) = descendant else { return };
        if let Ok(width) = descendant.get_deref(b"DW", document).and_then(Object::as_float) {
            self.otherwise = width;
        }
        let Ok(all) = descendant.get_deref(b"W", document).and_then(Object::as_array) else { return };
        let mut rest = all.iter();
        while let (Some(first), Some(second)) = (rest.next(), rest.next()) {
            let Some(first) = number(document, first) else { return };
            let second = document.dereference(second).map_or(second, |(_, object)| object);
            if let Ok(widths) = second.as_array() {
                for (code, width) in (first as u32..).zip(widths) {
                    self.widths.insert(code, number(document, width).unwrap_or(self.otherwise));
                }
            } else if let (Some(last), Some(width)) = (number(document, second), rest.next()) {
                // A code has two bytes, whatever the file says.
                for code in first as u32..=(last as u32).min(0xffff) {
                    self.widths.insert(code, number(document, width).unwrap_or(self.otherwise));
                }
            }
        }
    }
}

fn number(document: &Document, object: &Object) -> Option<f32> {
    document.dereference(object).ok()?.1.as_float().ok()
}
