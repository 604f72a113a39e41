//! Where a sentence ends: at its full stop, and in speech that has none at a long pause, or before
//! words that begin something new («por otro lado», «en segundo lugar»).

use std::ops::Range;

use super::Turn;
use crate::minutes::cleaning::lexicon::announces;
use crate::minutes::cleaning::words::{Word, fold, listed, words};

/// A stretch without a full stop is cut at pauses from so many words on: few sentences of prepared
/// speech are longer.
const LONG: usize = 25;

/// A pause that ends a sentence by itself, in milliseconds; speakers breathe in half that time.
const LONG_PAUSE_MS: u64 = 900;

/// A pause that ends one before words that begin something new, in milliseconds.
const SHORT_PAUSE_MS: u64 = 300;

/// No piece that is cut off has fewer words.
const SHORTEST: usize = 4;

/// Without any pause, words that begin something new do it only after so many words.
const WITHOUT_PAUSE: usize = 12;

/// Abbreviations whose point ends nothing, folded.
const ABBREVIATIONS: &str = "sr sra srta dr dra ing lic arq av hon ej";

/// Abbreviations only before a number: «Art. 5», but «dijo que no. Luego».
const NUMBERED: &str = "no nro num art arts pag par inc cl cra c";

/// Words that begin something new, folded.
const BEGINNINGS: [&str; 24] = [
    "entonces",
    "ahora bien",
    "por otro lado",
    "por otra parte",
    "de otra parte",
    "ademas",
    "adicionalmente",
    "en primer lugar",
    "en segundo lugar",
    "en tercer lugar",
    "finalmente",
    "por ultimo",
    "por lo tanto",
    "por eso",
    "sin embargo",
    "senor presidente",
    "senora presidenta",
    "presidente",
    "y por eso",
    "pero",
    "asi mismo",
    "igualmente",
    "quiero",
    "muchas gracias",
];

/// The sentences of a turn, in order, in bytes; every word is in one.
pub(super) fn cut(turn: &Turn<'_>) -> Vec<Range<usize>> {
    let pieces: Vec<Range<usize>> = pieces(turn.text);
    let mut sentences = Vec::new();
    let mut first = 0;
    for at in 0..pieces.len() {
        let next = pieces.get(at + 1);
        if next.is_none_or(|next| stops(turn.text, &pieces[at], next)) {
            sentences.extend(by_pauses(turn, &pieces, first..at + 1));
            first = at + 1;
        }
    }
    sentences.into_iter().map(|words| pieces[words.start].start..pieces[words.end - 1].end).collect()
}

/// The pieces between white space, in bytes: what times are counted by.
fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut end = 0;
    let piece = |with_space: &str| {
        let start = end;
        end += with_space.len();
        let said = with_space.trim_end();
        (!said.is_empty()).then(|| start..start + said.len())
    };
    text.split_inclusive(char::is_whitespace).filter_map(piece).collect()
}

/// Whether a sentence ends with a piece and the next begins another.
fn stops(text: &str, piece: &Range<usize>, next: &Range<usize>) -> bool {
    let said = text[piece.clone()].trim_end_matches(['»', '”', '"', ')']);
    let begins = text[next.clone()].chars().find(|letter| letter.is_alphanumeric());
    let capital = begins.is_none_or(|letter| !letter.is_lowercase());
    let stem = said.trim_end_matches('.').trim_start_matches(['(', '«', '“', '"', '¿', '¡']);
    let short = stem.chars().count() == 1 && stem.chars().all(char::is_uppercase);
    let numbered = begins.is_some_and(char::is_numeric) && listed(NUMBERED, &fold(stem));
    let abbreviated = said.ends_with('.') && (short || numbered || listed(ABBREVIATIONS, &fold(stem)));
    let ended = said.ends_with(['?', '!', '.', '…']) && capital && !abbreviated;
    ended || text[piece.end..next.start].contains('\n')
}

/// A stretch of pieces cut at its pauses, when it is too long for one sentence.
fn by_pauses(turn: &Turn<'_>, pieces: &[Range<usize>], stretch: Range<usize>) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut first = stretch.start;
    if stretch.len() > LONG {
        // Who wrote the commas would have written the full stop too: then only a long pause tells.
        let punctuated = stretch.clone().any(|at| turn.text[pieces[at].clone()].ends_with([',', ';']));
        for at in stretch.start + 1..stretch.end {
            if at - first >= SHORTEST && stretch.end - at >= SHORTEST && turns(turn, pieces, first, at, punctuated) {
                sentences.push(first..at);
                first = at;
            }
        }
    }
    sentences.push(first..stretch.end);
    sentences
}

/// Whether something new begins with the piece at this position.
fn turns(turn: &Turn<'_>, pieces: &[Range<usize>], first: usize, at: usize, punctuated: bool) -> bool {
    let pause = match turn.times.get(at - 1..=at) {
        Some([before, after]) => after.start.saturating_sub(before.end),
        _ => 0,
    };
    let before: Vec<Word> = words(&turn.text[pieces[at - 1].clone()]);
    let hangs = before.last().is_some_and(|word| announces(word) || ["no", "ni"].contains(&word.folded.as_str()));
    let ahead = &turn.text[pieces[at].start..pieces[pieces.len().min(at + 3) - 1].end];
    let ahead: Vec<String> = words(ahead).into_iter().map(|word| word.folded).collect();
    let ahead = ahead.join(" ") + " ";
    let begins = BEGINNINGS.iter().any(|words| ahead.strip_prefix(words).is_some_and(|rest| rest.starts_with(' ')));
    let begins = begins && !punctuated && (pause >= SHORT_PAUSE_MS || at - first >= WITHOUT_PAUSE);
    !hangs && (pause >= LONG_PAUSE_MS || begins)
}
