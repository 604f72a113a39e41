//! Words said twice in a row by a slip: «la la vía», «vamos a vamos a». What may be said twice on
//! purpose stays: «no, no», «muy muy», names, numbers, «la paz, la paz».

use std::ops::Range;

use super::lexicon;
use super::speech::{Cut, Speech};
use super::words::listed;

/// The longest passage that counts as said twice by a slip, in words.
const LONGEST: usize = 4;

/// Words, shortest first, that are said again at once; the first time goes.
pub(super) fn repetition(speech: &Speech<'_>, at: usize) -> Option<Cut> {
    if o_is_a_letter(speech, at) {
        return None;
    }
    let longest = LONGEST.min((speech.words.len() - at) / 2);
    (1..=longest)
        .map(|length| at..at + length)
        .find(|words| said_again(speech, words) && slipped(speech, words))
        .map(Cut::Anew)
}

/// Whether the words stand again right behind themselves, are no names, and the sentence goes on.
fn said_again(speech: &Speech<'_>, words: &Range<usize>) -> bool {
    let length = words.len();
    let same = |at: usize| speech.lower(at) == speech.lower(at + length);
    let inner = |at: usize| at == words.start || (speech.flows(at) && speech.flows(at + length));
    let capital = |at: usize| speech.words[at].capital;
    let named = words.clone().any(|at| {
        // Only the capital that begins a sentence is none of a name.
        capital(at + length) || (capital(at) && !(at == words.start && speech.begins(at)))
    });
    words.clone().all(|at| same(at) && inner(at)) && !named && speech.flows(words.end + length)
}

/// Whether saying them twice can't be meant.
fn slipped(speech: &Speech<'_>, words: &Range<usize>) -> bool {
    let again = words.end;
    let (first, last) = (&speech.words[words.start], &speech.words[words.end - 1]);
    if words.len() == 1 {
        return if speech.flows(again) {
            lexicon::slips(first)
        } else {
            speech.pauses(again) && lexicon::slips_over_a_pause(first)
        };
    }
    // «Casa a casa a los vecinos» and «gota a gota a gota» are said so; «vamos a vamos a» is not.
    let linked = words.len() == 2
        && listed(LINKS, &last.lower)
        && (!(lexicon::announces(first) || listed(LEADING, &first.lower)) || listed("un una", &first.lower));
    let chain = linked || (words.len() == 2 && speech.lower(again + 2) == speech.lower(words.start));
    let unfinished = lexicon::slips_over_a_pause(last) && (speech.flows(again) || speech.pauses(again));
    !chain && (unfinished || (lexicon::determines(first) && speech.flows(again)))
}

/// «El literal a a la ley», «la letra e e incluso»: one of the two is a letter.
fn o_is_a_letter(speech: &Speech<'_>, at: usize) -> bool {
    speech.lower(at).chars().count() == 1 && speech.before(at).is_some_and(|before| listed(LETTERED, &before.lower))
}

/// What links a word to itself: «puerta a puerta», «punto por punto», «más y más».
const LINKS: &str = "a por en con tras sobre contra y o";

/// Words that are no first part of such a pair.
const LEADING: &str = "vamos voy va van iba iban ir vaya vayan volver vuelve debido respecto frente junto cuanto";

/// What is counted in letters.
const LETTERED: &str = "\
    literal letra inciso punto numeral ordinal apartado vitamina grupo categoría bloque sector manzana zona lote \
    torre la hepatitis plan etapa";
