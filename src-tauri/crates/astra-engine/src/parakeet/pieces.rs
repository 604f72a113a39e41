//! The pieces of words that a Parakeet model can say: its `vocab.txt`.
//!
//! A line is a piece and its number, as in `▁con 412`. `▁` stands for the space before a word,
//! pieces in angle brackets steer the model and are never written, and `<blk>`, the last one, is
//! what it says when there is nothing to say.

/// Begins a word.
pub(super) const SPACE: char = '▁';

/// What the silence between two pieces is called.
const BLANK: &str = "<blk>";

/// The pieces of a model, by number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pieces {
    /// All but the blank, whose number is the next one.
    texts: Vec<String>,
}

impl Pieces {
    /// Reads `vocab.txt`.
    ///
    /// # Errors
    /// What is wrong with it, in words for the log.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let lines = text.lines().filter(|line| !line.is_empty());
        let mut texts = Vec::new();
        for (expected, line) in lines.enumerate() {
            let read = line.rsplit_once(' ').and_then(|(piece, number)| Some((piece, number.parse::<usize>().ok()?)));
            match read {
                Some((piece, number)) if number == expected && !piece.is_empty() => texts.push(piece.to_owned()),
                _ => return Err(format!("vocab.txt: line {} is not a piece and the number {expected}", expected + 1)),
            }
        }
        match texts.pop() {
            Some(last) if last == BLANK && !texts.contains(&last) => Ok(Self { texts }),
            _ => Err(format!("vocab.txt: {BLANK} is not the last piece and no other")),
        }
    }

    /// The number that stands for nothing; one less than there are numbers.
    pub(super) fn blank(&self) -> usize {
        self.texts.len()
    }

    /// What is written for a number: nothing for the blank and for pieces that steer.
    pub(super) fn text(&self, number: usize) -> Option<&str> {
        self.texts.get(number).map(String::as_str).filter(|piece| !(piece.starts_with('<') && piece.ends_with('>')))
    }

    /// Every piece that is written, with its number.
    pub(super) fn written(&self) -> impl Iterator<Item = (usize, &str)> {
        (0..self.texts.len()).filter_map(|number| Some((number, self.text(number)?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_read_with_their_numbers() {
        let pieces = Pieces::parse("<unk> 0\n▁con 1\ncejo 2\n<|es|> 3\n<blk> 4\n").expect("sound");
        assert_eq!(pieces.blank(), 4);
        assert_eq!(pieces.text(1), Some("▁con"));
        assert_eq!([0, 3, 4, 5].map(|number| pieces.text(number)), [None; 4]);
        assert_eq!(pieces.written().collect::<Vec<_>>(), [(1, "▁con"), (2, "cejo")]);
    }

    #[test]
    fn a_file_with_the_line_ends_of_windows_is_read_too() {
        assert_eq!(Pieces::parse("▁a 0\r\n<blk> 1\r\n"), Pieces::parse("▁a 0\n<blk> 1"));
    }

    #[test]
    fn a_damaged_file_is_refused() {
        for text in
            ["", "▁a 0\n", "▁a 0\n<blk> 2\n", "▁a\n<blk> 1\n", "<blk> 0\n▁a 1\n", "<blk> 0\n<blk> 1\n", " 0\n<blk> 1"]
        {
            assert!(Pieces::parse(text).is_err(), "{text:?}");
        }
    }
}
