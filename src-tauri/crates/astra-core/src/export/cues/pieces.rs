//! The words of a transcript as pieces that fit on a line, each with how good it is to break after it.

use std::rc::Rc;

use super::{LINE_CHARS, Spoken};
use crate::export::lines::one_line;
use crate::transcript::Word;

/// A silence after which a cue never goes on, in milliseconds: the text would stand there while
/// nobody speaks, or tell the answer before it is given.
const BLOCK_PAUSE_MS: u64 = 1_500;

/// What it costs to break after a sentence, after a clause, at a silence one hears, before a word that
/// opens a phrase, anywhere, inside a name, and after a word that belongs to the next one.
const AFTER_SENTENCE: u64 = 0;
const AFTER_CLAUSE: u64 = 3;
const AT_PAUSE: u64 = 4;
const BEFORE_PHRASE: u64 = 6;
const ANYWHERE: u64 = 10;
const WITHIN_NAME: u64 = 16;
const AFTER_LEANING: u64 = 18;

/// A silence inside a phrase that one hears as a pause, in milliseconds.
const HEARD_PAUSE_MS: u64 = 350;

/// Words that lean on the one that follows: articles, prepositions, conjunctions, possessives,
/// treatments. A line that ends in one of them is harder to read. Those in the second list also open a
/// phrase, so that a break before them is welcome; «de» is not among them, since it ties two nouns together.
const LEANING: &str = "el la los las lo un una unos unas al del mi su sus mis nuestro nuestra este esta estos estas ese esa \
    cada muy más no se me le les nos señor señora doctor doctora honorable honorables concejal número \
    artículo $ de don doña ha han he hemos";
const OPENING: &str = "y e o u ni que pero sino porque pues si como cuando donde aunque mientras para por con sin sobre \
    entre hasta desde hacia según contra a en ante tras durante mediante quien quienes cual cuyo cuya";

/// A word, a part of one that is longer than a line, or the name that opens a turn, in milliseconds of
/// the session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    /// What is shown: not empty, no longer than a line, and without plain spaces unless it is a name.
    pub(crate) text: String,
    /// Its length in characters.
    pub(crate) chars: usize,
    /// Where it starts: never before the piece before.
    pub(crate) start_ms: u64,
    /// Where it ends: never before it starts.
    pub(crate) end_ms: u64,
    /// How bad it is to break after it, from 0 (the end of a sentence) to 18.
    pub(crate) break_cost: u64,
    /// Whether a cue must end here.
    pub(crate) ends_block: bool,
    /// Whose words they are, once somebody said so.
    pub(crate) speaker: Option<Rc<str>>,
    /// Whether it is the name before the first words of a turn.
    pub(crate) is_name: bool,
}

/// Everything that was said, in order. Recordings and speakers never share a cue.
pub(super) fn pieces<'a>(stretches: impl Iterator<Item = Spoken<'a>>) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut recording = None;
    let mut begins_block = false;
    for stretch in stretches {
        let before = pieces.len();
        let speaker_before = pieces.last().and_then(|piece| piece.speaker.clone());
        if let (Some(name), Some(word)) = (stretch.opening, stretch.words.first()) {
            let start_ms = word.start_ms.max(pieces.last().map_or(0, |piece| piece.start_ms));
            let speaker = stretch.speaker.clone();
            pieces.push(Piece { is_name: true, ..Piece::of(name, start_ms, start_ms, speaker) });
        }
        stretch.words.iter().for_each(|word| push(&mut pieces, word, stretch.speaker.as_ref()));
        begins_block |= stretch.apart;
        if pieces.len() > before {
            begins_block |= recording.replace(stretch.recording) != Some(stretch.recording);
            begins_block |= speaker_before != stretch.speaker;
            if begins_block && before > 0 {
                pieces[before - 1].ends_block = true;
            }
            begins_block = stretch.apart;
        }
        if let Some(last) = pieces[before..].last_mut() {
            last.break_cost = AFTER_SENTENCE;
        }
    }
    for index in 1..pieces.len() {
        let (said, rest) = pieces.split_at_mut(index);
        judge(&mut said[index - 1], &rest[0]);
    }
    if let Some(last) = pieces.last_mut() {
        last.break_cost = AFTER_SENTENCE;
    }
    pieces
}

impl Piece {
    fn of(text: String, start_ms: u64, end_ms: u64, speaker: Option<Rc<str>>) -> Self {
        let chars = text.chars().count();
        Self { text, chars, start_ms, end_ms, break_cost: ANYWHERE, ends_block: false, speaker, is_name: false }
    }
}

/// Adds a word. What an edit joined with a space is two pieces, and what no line can hold is cut;
/// the parts share the word's time by their length.
fn push(pieces: &mut Vec<Piece>, word: &Word, speaker: Option<&Rc<str>>) {
    let line = one_line(&word.text);
    let parts: Vec<String> = line.split(' ').flat_map(cut_to_lines).collect();
    let earliest = pieces.last().map_or(0, |piece| piece.start_ms);
    let start = word.start_ms.max(earliest);
    let length = word.end_ms.saturating_sub(start);
    let total: usize = parts.iter().map(|part| part.chars().count()).sum();
    let at = |done: usize| start.saturating_add((u128::from(length) * done as u128 / total.max(1) as u128) as u64);
    let mut done = 0;
    for text in parts {
        let chars = text.chars().count();
        let (start_ms, end_ms) = (at(done), at(done + chars));
        done += chars;
        pieces.push(Piece::of(text, start_ms, end_ms, speaker.cloned()));
    }
}

fn cut_to_lines(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    chars.chunks(LINE_CHARS).map(|part| part.iter().collect()).collect()
}

/// Sets how good it is to break between two pieces. The end of a segment was already found good.
fn judge(piece: &mut Piece, next: &Piece) {
    let pause = next.start_ms.saturating_sub(piece.end_ms);
    piece.ends_block |= pause >= BLOCK_PAUSE_MS;
    let ending = piece.text.trim_end_matches(['"', '»', '”', ')', ']', '\'']);
    if piece.break_cost == AFTER_SENTENCE {
        return;
    }
    piece.break_cost = if ending.ends_with(['.', '?', '!', '…']) {
        AFTER_SENTENCE
    } else if ending.ends_with([',', ';', ':', '—']) || ending.len() < piece.text.len() {
        AFTER_CLAUSE
    } else if pause >= HEARD_PAUSE_MS {
        AT_PAUSE
    } else if is_one_of(&piece.text, LEANING) || is_one_of(&piece.text, OPENING) {
        AFTER_LEANING
    } else if is_capitalised(&piece.text) && is_capitalised(&next.text) {
        WITHIN_NAME
    } else if is_one_of(&next.text, OPENING) {
        BEFORE_PHRASE
    } else {
        ANYWHERE
    };
}

fn is_capitalised(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_uppercase)
}

fn is_one_of(text: &str, list: &str) -> bool {
    let word = text.trim_matches(|character: char| !character.is_alphanumeric() && character != '$').to_lowercase();
    list.split(' ').any(|listed| listed == word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::cues::tests::pieces_of;
    use crate::export::sample;
    use crate::transcript::Utterance;

    #[test]
    fn a_word_longer_than_a_line_is_cut_and_its_time_shared() {
        let word = Word { text: "ñ".repeat(100), start_ms: 1_000, end_ms: 2_000, confidence: 1.0 };
        let segment = Utterance { words: vec![word], ..Utterance::heard(0, 1_000, 2_000, vec![]) };
        let pieces = pieces_of(vec![segment]);
        assert_eq!(pieces.iter().map(|piece| piece.chars).collect::<Vec<_>>(), [42, 42, 16]);
        assert_eq!(pieces.iter().map(|piece| piece.start_ms).collect::<Vec<_>>(), [1_000, 1_420, 1_840]);
        assert_eq!(pieces[2].end_ms, 2_000);
    }

    #[test]
    fn it_is_good_to_break_after_a_sentence_and_bad_after_an_article() {
        let pieces = pieces_of(vec![sample::segment(
            0,
            0,
            "Hay quórum. Se aprueba el orden del día, señor presidente. Habla Cambio Radical.",
        )]);
        let costs: Vec<_> = pieces.iter().map(|piece| (piece.text.as_str(), piece.break_cost)).collect();
        let cost = |text: &str| costs.iter().find(|(word, _)| *word == text).expect("a word of the sentence").1;
        assert_eq!(cost("quórum."), AFTER_SENTENCE);
        assert_eq!(cost("día,"), AFTER_CLAUSE);
        assert_eq!(cost("el"), AFTER_LEANING);
        assert_eq!(cost("orden"), ANYWHERE);
        assert_eq!(cost("Cambio"), WITHIN_NAME);
    }

    #[test]
    fn a_recording_never_shares_a_cue_with_the_next() {
        let pieces = pieces_of(vec![sample::segment(0, 0, "Sí."), sample::segment(1, 300, "No.")]);
        assert!(pieces[0].ends_block);
    }
}
