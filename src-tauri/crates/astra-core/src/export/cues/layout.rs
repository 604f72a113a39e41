//! How the words of a cue stand on one line or two.

use super::LINE_CHARS;
use super::pieces::Piece;

/// A way to show some pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Layout {
    /// How many characters there are to read, the spaces between words included.
    pub(crate) chars: usize,
    /// How bad the break between the lines is; nothing for a single line.
    pub(crate) cost: u64,
    /// How many pieces stand on the first line.
    first_line: usize,
}

impl Layout {
    /// The best way to show `pieces`, or nothing when two lines do not hold them.
    pub(crate) fn of(pieces: &[Piece]) -> Option<Self> {
        let chars = width(pieces);
        if pieces.is_empty() || chars > 2 * LINE_CHARS + 1 {
            return None;
        }
        if chars <= LINE_CHARS {
            return Some(Self { chars, cost: 0, first_line: pieces.len() });
        }
        let mut best: Option<Self> = None;
        let mut above = 0;
        for (index, piece) in pieces[..pieces.len() - 1].iter().enumerate() {
            above += piece.chars + usize::from(index > 0);
            if above > LINE_CHARS {
                break;
            }
            let below = chars - above - 1;
            if below > LINE_CHARS {
                continue;
            }
            // Balanced lines are read faster, and a longer lower line hides less of the picture.
            let imbalance = above.abs_diff(below) as u64 / 3 + u64::from(above > below);
            let cost = imbalance + piece.break_cost;
            if best.is_none_or(|found| cost < found.cost) {
                best = Some(Self { chars, cost, first_line: index + 1 });
            }
        }
        best
    }

    /// The lines of text.
    pub(crate) fn lines(self, pieces: &[Piece]) -> Vec<String> {
        let (above, below) = pieces.split_at(self.first_line.min(pieces.len()));
        [above, below].into_iter().filter(|line| !line.is_empty()).map(text).collect()
    }
}

fn width(pieces: &[Piece]) -> usize {
    pieces.iter().map(|piece| piece.chars + 1).sum::<usize>().saturating_sub(1)
}

fn text(pieces: &[Piece]) -> String {
    let words: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::cues::tests::pieces_of;
    use crate::export::sample;

    fn lines(text: &str) -> Vec<String> {
        let pieces = pieces_of(vec![sample::segment(0, 0, text)]);
        Layout::of(&pieces).map_or(vec![], |layout| layout.lines(&pieces))
    }

    #[test]
    fn what_fits_on_a_line_is_not_broken() {
        assert_eq!(lines("Se aprueba el orden del día."), ["Se aprueba el orden del día."]);
    }

    #[test]
    fn lines_break_at_the_comma_and_not_after_an_article() {
        assert_eq!(
            lines("Siendo las nueve de la mañana, damos inicio a la sesión."),
            ["Siendo las nueve de la mañana,", "damos inicio a la sesión."]
        );
    }

    #[test]
    fn what_two_lines_cannot_hold_has_no_layout() {
        assert!(lines(&"palabra ".repeat(11)).is_empty());
        let (long, short) = ("a".repeat(40), "b".repeat(10));
        assert!(lines(&format!("{short} {long} {short}")).is_empty());
    }
}
