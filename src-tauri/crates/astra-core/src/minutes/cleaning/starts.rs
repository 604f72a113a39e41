//! Words that were broken off: «el pres- el presidente», «conce… concejal», «p-p-presupuesto». A
//! whole word followed by a longer one is not broken off: «el plan… planeación lo hizo».

use super::lexicon;
use super::speech::{Cut, Speech};
use super::words::{NUMERALS, Word, is_number};

/// «P-p-presupuesto» inside one word, «pre pre presupuesto» over several.
pub(super) fn stutter(speech: &Speech<'_>, at: usize) -> Option<Cut> {
    within(speech, at).or_else(|| over_words(speech, at))
}

/// A piece of a word that its speaker took up again. It goes, with the article before it when that
/// is said again too.
pub(super) fn false_start(speech: &Speech<'_>, at: usize) -> Option<Cut> {
    let word = &speech.words[at];
    let announced = lexicon::announces(word) && speech.flows(at + 1) && !word.broken;
    if announced && let Some(piece) = speech.words.get(at + 1) {
        let again = speech.words.get(at + 2)?;
        let same = again.lower == word.lower;
        let resumed = speech.words.get(at + 3).is_some_and(|whole| begins(piece, whole)) && speech.flows(at + 3);
        let other = lexicon::determines(word) && lexicon::determines(again) || same;
        let certain = if piece.broken {
            speech.flows(at + 2)
                && other
                && (resumed || !may_be_number(piece) && !may_be_word(&piece.folded))
                && is_piece(piece)
        } else {
            speech.trails(at + 2) && same && resumed && is_piece(piece)
        };
        if certain && !piece.capital {
            return Some(Cut::Anew(at..at + 2));
        }
    }
    let whole = speech.words.get(at + 1)?;
    let broken = word.broken && speech.flows(at + 1);
    let trailing = speech.trails(at + 1) && !may_be_word(&word.folded);
    ((broken || trailing && !lexicon::announces(word)) && is_piece(word) && begins(word, whole))
        .then_some(Cut::Anew(at..at + 1))
}

/// «P-p-presupuesto», «p-presupuesto»: a consonant or the same piece, hyphens, and the word.
fn within(speech: &Speech<'_>, at: usize) -> Option<Cut> {
    let word = &speech.words[at];
    let pieces: Vec<&str> = word.lower.split('-').collect();
    let (whole, said) = pieces.split_last()?;
    let first = said.first()?;
    let one_consonant =
        first.chars().count() == 1 && !first.contains(['a', 'e', 'i', 'o', 'u', 'á', 'é', 'í', 'ó', 'ú']);
    let repeated = said.len() > 1 && first.chars().count() <= 4;
    let longer = whole.chars().count() > first.chars().count() && whole.starts_with(first);
    let certain = said.iter().all(|piece| piece == first)
        && (one_consonant || repeated)
        && longer
        && first.chars().all(char::is_alphabetic)
        && !is_number(first)
        && !word.broken;
    let end = word.range.end - speech.text[word.range.clone()].rsplit('-').next()?.len();
    certain.then_some(Cut::Inside(at, word.range.start..end))
}

/// «Pre pre presupuesto»: twice the same short piece, then the word.
fn over_words(speech: &Speech<'_>, at: usize) -> Option<Cut> {
    let piece = &speech.words[at];
    let (again, whole) = (speech.words.get(at + 1)?, speech.words.get(at + 2)?);
    let short = piece.lower.chars().count() <= 4 && !piece.capital && !again.capital;
    let certain = short
        && piece.lower == again.lower
        && begins(piece, whole)
        && is_piece(piece)
        && !lexicon::slips(piece)
        && speech.flows(at + 1)
        && speech.flows(at + 2);
    certain.then_some(Cut::Anew(at..at + 2))
}

/// Whether `whole` is what `piece` was going to be: it goes on for at least two letters.
fn begins(piece: &Word, whole: &Word) -> bool {
    let rest = whole.folded.strip_prefix(piece.folded.as_str());
    rest.is_some_and(|rest| rest.chars().count() >= 2) && !whole.broken
}

/// Whether the letters can be a piece at all: no number, no yes or no.
fn is_piece(word: &Word) -> bool {
    !word.folded.is_empty() && word.folded.chars().all(char::is_alphabetic) && !lexicon::binds(word)
}

/// Whether a numeral begins like this: a broken number that was not taken up again is a doubt.
fn may_be_number(piece: &Word) -> bool {
    NUMERALS.split_ascii_whitespace().any(|number| number.starts_with(piece.folded.as_str()))
}

/// Whether Spanish words can end like this. They end in a vowel or in one of a few consonants,
/// and have a vowel.
fn may_be_word(folded: &str) -> bool {
    let vowel = |letter: char| "aeiouy".contains(letter);
    folded.contains(vowel) && folded.ends_with(|letter: char| vowel(letter) || "nslrdzjx".contains(letter))
}
