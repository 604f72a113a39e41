//! Sentences that Whisper learned from subtitles and says when nobody speaks.
//!
//! Collected from what users of other programs reported (thewh1teagle/vibe#1383, SubtitleEdit/subtitleedit#7748,
//! Vexa-ai/vexa#155).

use super::Evidence;
use super::fold::Folded;
use super::stretches::share_in_speech;

/// Nobody says these in a council: one occurrence anywhere is a fault.
const NEVER_SAID: [&str; 5] = [
    "amara org",
    "subtitulos realizados por",
    "subtitulos por la comunidad",
    "subtitulado por la comunidad",
    "alimmenta com",
];

/// Nobody says these much: a fault where they are most of the text, or where nobody spoke.
const HARDLY_SAID: [&str; 20] = [
    "subtitulado por",
    "subtitulos por",
    "subtitulos creados por",
    "subtitulos en espanol",
    "traduccion y subtitulos",
    "suscribete",
    "suscribanse",
    "suscribete al canal",
    "suscribete a nuestro canal",
    "suscribete a mi canal",
    "no olvides suscribirte",
    "gracias por ver el video",
    "gracias por ver este video",
    "gracias por ver",
    "nos vemos en el proximo video",
    "hasta el proximo video",
    "dale like",
    "dale a like",
    "activa la campanita",
    "thanks for watching",
];

/// People say these every minute: a fault only where nobody spoke.
const OFTEN_SAID: [&str; 9] = [
    "gracias",
    "muchas gracias",
    "hasta la proxima",
    "adios",
    "musica",
    "aplausos",
    "musica de fondo",
    "continuara",
    "para mas informacion visite",
];

/// A phrase dominates from this share of the tokens on.
const DOMINATES: f32 = 0.5;

/// A phrase with less than this share of its time in speech was said by nobody.
const LEAST_SHARE: f32 = 0.3;

/// Whether the text holds a stock phrase that was not said.
pub(super) fn is_stock(folded: &Folded, evidence: &Evidence) -> bool {
    let occurs = |phrase: &str| !occurrences(folded, phrase).is_empty();
    if NEVER_SAID.iter().any(|phrase| occurs(phrase)) {
        return true;
    }
    let in_silence = |phrase: &str| {
        let length = phrase.split(' ').count();
        let spoken = |start: usize| share_in_speech(folded.words(start..start + length), &evidence.speech);
        occurrences(folded, phrase).iter().any(|&start| spoken(start) < LEAST_SHARE)
    };
    let mut stock = vec![false; folded.tokens.len()];
    for phrase in HARDLY_SAID {
        for start in occurrences(folded, phrase) {
            stock[start..start + phrase.split(' ').count()].fill(true);
        }
    }
    let share = stock.iter().filter(|&&stock| stock).count() as f32 / stock.len().max(1) as f32;
    share >= DOMINATES || HARDLY_SAID.iter().chain(&OFTEN_SAID).any(|phrase| in_silence(phrase))
}

/// The tokens at which `phrase` starts, not counting overlapping ones twice.
fn occurrences(folded: &Folded, phrase: &str) -> Vec<usize> {
    let wanted: Vec<&str> = phrase.split(' ').collect();
    let mut found = Vec::new();
    let mut start = 0;
    while start + wanted.len() <= folded.tokens.len() {
        if folded.tokens[start..start + wanted.len()] == wanted[..] {
            found.push(start);
            start += wanted.len();
        } else {
            start += 1;
        }
    }
    found
}

#[cfg(test)]
#[expect(clippy::single_range_in_vec_init, reason = "one stretch of speech is what is meant")]
mod tests {
    use super::super::Fault;
    use super::super::fold::tokens;
    use super::super::tests::{faults, said};
    use super::*;

    #[test]
    fn phrases_are_written_folded_or_they_would_never_be_found() {
        for phrase in NEVER_SAID.iter().chain(&HARDLY_SAID).chain(&OFTEN_SAID) {
            assert_eq!(tokens(phrase).collect::<Vec<_>>().join(" "), **phrase);
        }
    }

    #[test]
    fn the_credit_of_amara_is_a_fault_wherever_it_stands() {
        let text = "queda aprobada el acta por unanimidad Subtítulos realizados por la comunidad de Amara.org";
        assert_eq!(faults(&[0..4_500], said(0, text)), [Fault::StockPhrase]);
    }

    #[test]
    fn a_call_to_subscribe_that_is_most_of_the_text_is_a_fault() {
        assert_eq!(faults(&[0..900], said(0, "¡Suscríbete al canal!")), [Fault::StockPhrase]);
        assert_eq!(faults(&[0..900], said(0, "¡SUSCRÍBETE!")), [Fault::StockPhrase]);
        assert_eq!(faults(&[0..2_000], said(0, "Gracias por ver el vídeo.")), [Fault::StockPhrase]);
        let text = "Dale like, suscríbete y activa la campanita";
        assert_eq!(faults(&[0..2_000], said(0, text)), [Fault::StockPhrase]);
    }

    #[test]
    fn a_councillor_may_speak_of_subscribing() {
        let text = "el alcalde dijo en redes suscríbete al programa de reciclaje y muchos vecinos lo hicieron ya";
        assert_eq!(faults(&[0..5_000], said(0, text)), []);
    }

    #[test]
    fn thanks_are_a_fault_only_where_nobody_spoke() {
        assert_eq!(faults(&[0..700], said(0, "Muchas gracias.")), []);
        let mut words = said(0, "tiene usted la palabra concejal");
        words.extend(said(8_000, "Muchas gracias."));
        assert_eq!(faults(&[0..1_600], words), [Fault::StockPhrase]);
    }
}
