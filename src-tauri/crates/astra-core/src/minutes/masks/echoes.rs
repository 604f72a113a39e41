//! Where the same is said again: the same letters and digits, whatever points, spaces and capitals
//! they are written with. «1128456789» is an echo of «1.128.456.789».

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use crate::minutes::cleaning::words::fold;

/// A text in its words and figures, each also with its letters and digits only.
pub(super) struct Pieces(Vec<(Range<usize>, String)>);

impl Pieces {
    /// Those of a text.
    pub(super) fn of(text: &str) -> Self {
        Self(pieces(text).into_iter().map(|range| (range.clone(), bare(&text[range]))).collect())
    }

    /// The places that hold these letters and digits and no more: whole words and whole figures, so that
    /// «Ana» is not in «Anabel», but «1128456789» is in «CC1128456789».
    pub(super) fn echoes(&self, wanted: &str) -> Vec<Range<usize>> {
        let echo = |at: usize| {
            let mut rest = wanted;
            for (range, letters) in &self.0[at..] {
                rest = rest.strip_prefix(letters.as_str())?;
                if rest.is_empty() {
                    return Some(self.0[at].0.start..range.end);
                }
            }
            None
        };
        (0..self.0.len()).filter_map(echo).collect()
    }
}

/// The name that goes on after this byte, if it does: «Laura» in «Laura Ruiz» is somebody else.
pub(super) fn goes_on(text: &str, end: usize) -> Option<&str> {
    let next = text[end..].strip_prefix(' ')?.split_whitespace().next()?;
    next.starts_with(char::is_uppercase).then_some(next)
}

/// The runs of letters and the runs of digits of a text, in bytes.
fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let mut before = None;
    for (at, letter) in text.char_indices() {
        let digit = letter.is_numeric();
        let kind = (digit || letter.is_alphabetic() || is_combining_mark(letter)).then_some(digit);
        match pieces.last_mut() {
            Some(last) if kind.is_some() && kind == before => last.end = at + letter.len_utf8(),
            _ if kind.is_some() => pieces.push(at..at + letter.len_utf8()),
            _ => {}
        }
        before = kind;
    }
    pieces
}

/// The range with the whole of the words and figures that it touches.
pub(super) fn whole(text: &str, range: &Range<usize>) -> Range<usize> {
    let touched = pieces(text).into_iter().filter(|piece| piece.start < range.end && range.start < piece.end);
    touched.fold(range.clone(), |whole, piece| whole.start.min(piece.start)..whole.end.max(piece.end))
}

/// Letters and digits only, folded.
pub(super) fn bare(text: &str) -> String {
    fold(text).chars().filter(|letter| letter.is_alphanumeric()).collect()
}
