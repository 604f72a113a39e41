//! Fillers: words that hold the floor while the speaker thinks. Most of them are ordinary words
//! too («este proyecto», «o sea, la mitad», «digamos que sí»), so each counts only where it can't be one.

use super::lexicon;
use super::speech::{Cut, Speech};
use super::words::{is_number, listed};

/// «Eh», «em», «mmm», «hmm». Capitals stay («EH Bildu»), and so do millimetres, shouts, and «mhm»
/// and «ajá», which say yes.
pub(super) fn hesitation(speech: &Speech<'_>, at: usize) -> Option<Cut> {
    let word = &speech.words[at];
    let stretched = |letters: &[char]| word.lower.chars().all(|letter| letters.contains(&letter));
    let sound = match word.lower.chars().count() {
        2 => ["eh", "em", "mm", "hm"].contains(&word.lower.as_str()),
        0 | 1 => false,
        _ => stretched(&['e', 'h', 'm']) && !word.lower.contains("mh") && word.lower != "eme",
    };
    let called = speech.text[speech.gap(at)].ends_with('¡');
    let measure = word.lower == "mm" && speech.before(at).is_some_and(|before| is_number(&before.folded));
    let name =
        speech.lower(at + 1) == "bildu" || (word.capital && (!speech.begins(at) || !speech.is_sentence_case(at)));
    (sound && !called && !measure && !name).then_some(Cut::Aside(at..at + 1))
}

/// «El, este, presupuesto»; «Este, yo quería»; «este… la comunidad».
pub(super) fn este(speech: &Speech<'_>, at: usize) -> Option<Cut> {
    let word = &speech.words[at];
    if word.lower != "este" || (word.capital && !speech.begins(at)) {
        return None;
    }
    let before = speech.before(at).filter(|_| !speech.begins(at));
    let next = speech.words.get(at + 1)?;
    let restarts = lexicon::determines(next) || ["yo", "nosotros"].contains(&next.lower.as_str());
    let article = before
        .is_some_and(|before| ["el", "la", "los", "las", "un", "una", "del", "al"].contains(&before.lower.as_str()));
    let paused = speech.pauses(at) && speech.pauses(at + 1);
    let certain = (paused && article)
        || (paused && before.is_some_and(lexicon::announces) && restarts)
        || (speech.begins(at) && speech.pauses(at + 1) && listed(FIRST_PERSON, &next.lower))
        || (speech.trails(at + 1) && before.is_none_or(|before| !lexicon::determines(before)) && restarts);
    certain.then_some(Cut::Aside(at..at + 1))
}

/// «O sea» that opens a turn or hangs between words that belong together: nothing has been said that
/// it could explain.
pub(super) fn o_sea(speech: &Speech<'_>, at: usize) -> Option<Cut> {
    let said = speech.lower(at) == "o" && speech.lower(at + 1) == "sea" && speech.flows(at + 1);
    if !said || speech.lower(at + 2) == "que" || at + 2 >= speech.words.len() {
        return None;
    }
    let before = speech.before(at).filter(|_| !speech.begins(at));
    let again = speech.lower(at + 2) == "o" && speech.lower(at + 3) == "sea";
    let hangs = before.is_some_and(lexicon::announces);
    let pure = before.is_some_and(|before| !["que", "y", "o", "u", "se", "me"].contains(&before.lower.as_str()));
    let certain = again
        || (at == 0 && speech.comma(at + 2))
        || (hangs && speech.pauses(at + 2))
        || (hangs && pure && speech.flows(at) && speech.flows(at + 2));
    certain.then_some(Cut::Aside(at..at + 2))
}

/// «Digamos» between pauses, unless it makes a figure vague: «son, digamos, quince».
pub(super) fn digamos(speech: &Speech<'_>, at: usize) -> Option<Cut> {
    let word = &speech.words[at];
    let next = speech.words.get(at + 1)?;
    if word.lower != "digamos" || is_number(&next.folded) || listed(VAGUE, &next.lower) {
        return None;
    }
    let before = speech.before(at).filter(|_| !speech.begins(at));
    let vague = before.is_some_and(|before| {
        is_number(&before.folded) || ["unos", "unas", "como", "así"].contains(&before.lower.as_str())
    });
    let parenthesis = (before.is_none() || speech.pauses(at)) && speech.pauses(at + 1);
    let inside = before.is_some_and(lexicon::determines) && speech.flows(at) && speech.flows(at + 1);
    (!vague && (parenthesis || inside)).then_some(Cut::Aside(at..at + 1))
}

/// «¿Cierto?», «¿verdad?», «¿me entiende?» in the middle of a sentence. At its end it may be asked
/// in earnest, and «¿no?» is a denial.
pub(super) fn tag(speech: &Speech<'_>, at: usize) -> Option<Cut> {
    let length = match (speech.lower(at), speech.lower(at + 1)) {
        ("cierto" | "verdad" | "eh", _) => 1,
        ("me", "entiende" | "entienden" | "explico") => 2,
        _ => return None,
    };
    let next = speech.words.get(at + length)?;
    let goes_on = !next.capital || speech.text[speech.gap(at + length)].contains(',');
    goes_on.then_some(Cut::Question(at..at + length))
}

/// «Bueno», «pues», «a ver» before a sentence of at least four words: alone, «bueno» says yes.
pub(super) fn opening(speech: &Speech<'_>, at: usize) -> Option<Cut> {
    if !speech.begins(at) {
        return None;
    }
    let length = match (speech.lower(at), speech.lower(at + 1)) {
        ("bueno" | "pues", _) => 1,
        ("a", "ver") if speech.flows(at + 1) => 2,
        _ => return None,
    };
    let next = at + length;
    let leads = speech.lower(at) == "bueno" && ["pues", "yo", "entonces"].contains(&speech.lower(next));
    let set_off = speech.comma(next) || (leads && speech.flows(next));
    let enough = next + 3 < speech.words.len() && (next..=next + 3).all(|at| at == next || !speech.begins(at));
    (set_off && enough).then_some(Cut::Aside(at..next))
}

/// Who says these after «este,» is beginning to speak of something else.
const FIRST_PERSON: &str = "\
    yo nosotros quiero quería quisiera quisiéramos queremos queríamos pues bueno presidente presidenta señor señora \
    gracias buenos buenas";

/// What «digamos» would make a guess.
const VAGUE: &str = "unos unas un una casi cerca aproximadamente más menos todos todas que por así";
