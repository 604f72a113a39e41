//! Where the text of a page stands, and the lines that makes. Programs write text in any order and
//! in any pieces, down to single letters; only the places say what belongs together.

use std::collections::BTreeMap;

use lopdf::content::{Content, Operation};
use lopdf::{Document, Object, ObjectId};

use super::font::Font;

/// The pieces of text of a page.
#[derive(Default)]
pub(super) struct Page {
    pieces: Vec<Piece>,
}

/// A piece of text: where its first letter stands, where the next one would, and how large it is.
struct Piece {
    x: f32,
    end: f32,
    y: f32,
    size: f32,
    text: String,
}

/// A gap wider than this share of the size is a space that nobody wrote.
const SPACE: f32 = 0.18;

/// A gap wider than this many sizes separates columns.
const COLUMN: f32 = 1.2;

/// Pieces whose feet differ by less than this share of the size stand on one line.
const SAME_LINE: f32 = 0.4;

/// How many pieces of a page are read; the densest ones have some ten thousand letters.
const MOST_PIECES: usize = 50_000;

impl Page {
    /// Reads a page; none when it cannot be read.
    pub(super) fn read(document: &Document, id: ObjectId, most: usize) -> Option<Self> {
        let content = document.get_page_content_with_limit(id, most).ok()?;
        let fonts = document.get_page_fonts(id).unwrap_or_default();
        let fonts: BTreeMap<&[u8], Font<'_>> = fonts
            .iter()
            .filter_map(|(name, font)| Some((name.as_slice(), Font::read(document, font, most)?)))
            .collect();
        let mut pen = Pen { fonts: &fonts, at: State::default(), kept: Vec::new(), page: Self::default() };
        for operation in &Content::decode(&content).ok()?.operations {
            if pen.page.pieces.len() >= MOST_PIECES {
                break;
            }
            pen.follow(operation);
        }
        Some(pen.page)
    }

    /// The lines from top to bottom. Columns are separated by tabs.
    pub(super) fn lines(mut self) -> Vec<String> {
        self.pieces.retain(|piece| piece.y.is_finite() && piece.x.is_finite() && piece.end.is_finite());
        self.pieces.sort_by(|one, other| other.y.total_cmp(&one.y));
        let mut rows: Vec<Vec<Piece>> = Vec::new();
        for piece in self.pieces {
            match rows.last_mut() {
                Some(row) if (row[0].y - piece.y).abs() < SAME_LINE * row[0].size.max(piece.size) => row.push(piece),
                _ => rows.push(vec![piece]),
            }
        }
        rows.into_iter().map(line).collect()
    }
}

fn line(mut row: Vec<Piece>) -> String {
    row.sort_by(|one, other| one.x.total_cmp(&other.x));
    let mut text = String::new();
    let mut end = None;
    for piece in row {
        let gap = end.map_or(0.0, |end: f32| piece.x - end) / piece.size.max(1.0);
        match gap {
            gap if gap > COLUMN => text.push('\t'),
            gap if gap > SPACE && !text.ends_with(' ') => text.push(' '),
            _ => {}
        }
        text.push_str(&piece.text);
        end = Some(piece.end);
    }
    text
}

/// A matrix `[a b c d e f]` as PDF writes it (ISO 32000-1, 8.3.3).
type Matrix = [f32; 6];

const PLAIN: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// What text is written with: a part of the graphics and text states.
#[derive(Clone)]
struct State {
    page: Matrix,
    line: Matrix,
    text: Matrix,
    font: Vec<u8>,
    size: f32,
    leading: f32,
    between_letters: f32,
    between_words: f32,
    stretch: f32,
}

impl Default for State {
    fn default() -> Self {
        Self {
            page: PLAIN,
            line: PLAIN,
            text: PLAIN,
            font: Vec::new(),
            size: 1.0,
            leading: 0.0,
            between_letters: 0.0,
            between_words: 0.0,
            stretch: 1.0,
        }
    }
}

/// Follows the operations of a page.
struct Pen<'a> {
    fonts: &'a BTreeMap<&'a [u8], Font<'a>>,
    at: State,
    kept: Vec<State>,
    page: Page,
}

impl Pen<'_> {
    fn follow(&mut self, operation: &Operation) {
        let operands = &operation.operands;
        let numbers: Vec<f32> = operands.iter().filter_map(|operand| operand.as_float().ok()).collect();
        match (operation.operator.as_str(), numbers.as_slice()) {
            ("q", _) if self.kept.len() < 64 => self.kept.push(self.at.clone()),
            ("Q", _) => self.at = self.kept.pop().unwrap_or_default(),
            ("cm", &[a, b, c, d, e, f]) => self.at.page = times([a, b, c, d, e, f], self.at.page),
            ("BT", _) => (self.at.line, self.at.text) = (PLAIN, PLAIN),
            ("Tf", &[.., size]) => {
                self.at.size = size;
                self.at.font = operands.first().and_then(|name| name.as_name().ok()).unwrap_or_default().to_vec();
            }
            ("TL", &[leading]) => self.at.leading = leading,
            ("Tc", &[space]) => self.at.between_letters = space,
            ("Tw", &[space]) => self.at.between_words = space,
            ("Tz", &[percent]) => self.at.stretch = percent / 100.0,
            ("Td", &[x, y]) => self.next_line(x, y),
            ("TD", &[x, y]) => {
                self.at.leading = -y;
                self.next_line(x, y);
            }
            ("Tm", &[a, b, c, d, e, f]) => (self.at.line, self.at.text) = ([a, b, c, d, e, f], [a, b, c, d, e, f]),
            ("T*", _) => self.next_line(0.0, -self.at.leading),
            ("Tj", _) => self.show_all(operands),
            ("TJ", _) => {
                if let Some(Object::Array(pieces)) = operands.first() {
                    self.show_all(pieces);
                }
            }
            ("'" | "\"", _) => {
                self.next_line(0.0, -self.at.leading);
                self.show_all(operands.last().map(std::slice::from_ref).unwrap_or_default());
            }
            _ => {}
        }
    }

    fn next_line(&mut self, x: f32, y: f32) {
        self.at.line = times([1.0, 0.0, 0.0, 1.0, x, y], self.at.line);
        self.at.text = self.at.line;
    }

    /// Shows texts; the numbers between them move the pen back by thousandths of the size.
    fn show_all(&mut self, pieces: &[Object]) {
        for piece in pieces {
            match piece {
                Object::String(bytes, _) => self.show(bytes),
                other => {
                    let back = other.as_float().unwrap_or_default();
                    self.forward(-back / 1000.0 * self.at.size * self.at.stretch);
                }
            }
        }
    }

    fn show(&mut self, bytes: &[u8]) {
        let Some(font) = self.fonts.get(self.at.font.as_slice()) else { return };
        let (width, count, spaces) = font.extent(bytes);
        let State { size, between_letters, between_words, stretch, .. } = self.at;
        let length = width / 1000.0 * size + between_letters * count as f32 + between_words * spaces as f32;
        let start = times(self.at.text, self.at.page);
        self.forward(length * stretch);
        let end = times(self.at.text, self.at.page);
        let text = font.text(bytes);
        if !text.is_empty() {
            let size = size.abs() * start[2].hypot(start[3]);
            self.page.pieces.push(Piece { x: start[4], end: end[4], y: start[5], size, text });
        }
    }

    fn forward(&mut self, by: f32) {
        self.at.text = times([1.0, 0.0, 0.0, 1.0, by, 0.0], self.at.text);
    }
}

/// One matrix, and then another.
fn times(one: Matrix, other: Matrix) -> Matrix {
    let [a, b, c, d, e, f] = one;
    let [p, q, r, s, t, u] = other;
    [a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u]
}
