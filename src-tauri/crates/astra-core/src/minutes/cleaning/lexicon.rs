//! Closed lists of Spanish words, which decide what is certainly a slip of the tongue. All are in
//! small letters with their accents, since «si» and «sí» are not the same.

use super::words::{Word, is_number, listed};

/// Words that announce another one: nobody pauses after them on purpose, and no sentence ends
/// with them.
const ANNOUNCING: &str = "\
    el la los las un una unos unas al del lo mi mis su sus nuestro nuestra nuestros nuestras este esta estos estas \
    ese esa esos esas aquel aquella aquellos aquellas cada cualquier a ante bajo con de desde en entre hacia hasta \
    para por según sin sobre tras durante mediante que y e o u pero porque cuando donde como aunque cuyo cuya cuyos \
    cuyas se me nos le les te muy tan qué tu tus vuestro";

/// Words that announce another one, but may be doubled for stress or stand for themselves.
const DOUBLED_ON_PURPOSE: &str = "muy tan qué";

/// Small verbs and pronouns that are said twice only by a slip, as long as no pause parts them.
const SLIPPING: &str = "\
    es son está están era eran fue hay ha han hemos he ser yo él ella nosotros ellos ellas pues";

/// Articles and what stands in their place before a noun.
const DETERMINERS: &str = "\
    el la los las un una unos unas al del lo mi mis su sus nuestro nuestra nuestros nuestras este esta estos estas \
    ese esa esos esas aquel aquella aquellos aquellas cada cualquier";

/// Yes, no, and what is said in a vote. None of them is ever taken out, and nothing is taken out
/// right after a denial or an assent.
const BINDING: &str = "\
    no sí si ni nunca jamás tampoco también nada nadie ningún ninguno ninguna favor contra abstención abstenciones \
    abstengo abstiene apruebo aprueba aprobado aprobada aprobados aprobadas niego niega negado negada voto votos \
    presente ausente afirmativo afirmativa negativo negativa positivo rechazo rechaza unanimidad retiro impedimento \
    acepto acuerdo blanco";

/// What makes «no, eh, estoy de acuerdo» one of two opposite things.
const TURNING: &str = "no sí si ni nunca jamás tampoco también sin";

/// Whether another word must follow this one.
pub(in crate::minutes) fn announces(word: &Word) -> bool {
    listed(ANNOUNCING, &word.lower)
}

/// Whether the word stands before a noun: an article, a demonstrative, a possessive.
pub(super) fn determines(word: &Word) -> bool {
    listed(DETERMINERS, &word.lower)
}

/// Whether the word said twice with a pause between is certainly said once too often.
pub(super) fn slips_over_a_pause(word: &Word) -> bool {
    announces(word) && !listed(DOUBLED_ON_PURPOSE, &word.lower)
}

/// Whether the word said twice without a pause is certainly said once too often.
pub(super) fn slips(word: &Word) -> bool {
    slips_over_a_pause(word) || listed(SLIPPING, &word.lower)
}

/// Whether the word decides something and may never be taken out: a number, a denial, a vote. An
/// untouchable word, whose letters are hidden, might be any of them.
pub(super) fn binds(word: &Word) -> bool {
    word.lower.is_empty() || listed(BINDING, &word.lower) || is_number(&word.folded)
}

/// Whether a pause after the word tells two opposite things apart.
pub(super) fn turns(word: &Word) -> bool {
    word.lower.is_empty() || listed(TURNING, &word.lower)
}
