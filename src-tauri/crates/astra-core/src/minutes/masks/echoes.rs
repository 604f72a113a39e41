//! Where the same is said again: the same letters and digits, whatever points, spaces and capitals
//! they are written with. «1128456789» is an echo of «1.128.456.789».

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use crate::minutes::cleaning::words::fold;

/// The places in `text` that hold the letters and digits of `said` and no more: whole words and
/// whole figures, so that «Ana» is not in «Anabel», but «1128456789» is in «CC1128456789».
pub(super) fn of(text: &str, said: &str) -> Vec<Range<usize>> {
    let wanted = bare(said);
    if wanted.is_empty() {
        return Vec::new();
    }
    let pieces: Vec<(Range<usize>, String)> =
        pieces(text).into_iter().map(|range| (range.clone(), bare(&text[range]))).collect();
    let echo = |at: usize| {
        let mut rest = wanted.as_str();
        for (range, letters) in &pieces[at..] {
            rest = rest.strip_prefix(letters.as_str())?;
            if rest.is_empty() {
                return Some(pieces[at].0.start..range.end);
            }
        }
        None
    };
    (0..pieces.len()).filter_map(echo).collect()
}

/// Whether a name goes on after this byte: «Laura» in «Laura Ruiz» is somebody else.
pub(super) fn goes_on(text: &str, end: usize) -> bool {
    let next = text[end..].strip_prefix(' ').and_then(|rest| rest.chars().next());
    next.is_some_and(char::is_uppercase)
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
