//! Another language than the one that was spoken: an engine that cannot be told the language drifts, above all where
//! people speak freely. Mostly that is English, which its small words show in any session. In a Spanish one the dictionary
//! shows the others too.

use std::collections::HashSet;

use super::Evidence;
use super::fold::Folded;
use crate::transcript::is_around;
use crate::vocabulary::is_spanish;

/// Words that hold English sentences together and mean nothing in Spanish. Those that are words of both, such as «me»,
/// «he», «has», «son», «come», «sin» or «do», are not here.
const FUNCTION_WORDS: [&str; 75] = [
    "about", "all", "also", "an", "and", "are", "at", "be", "because", "been", "but", "by", "can", "could", "did",
    "does", "for", "from", "get", "going", "got", "have", "her", "here", "how", "if", "in", "into", "is", "it", "just",
    "know", "like", "more", "my", "not", "now", "of", "on", "or", "our", "out", "people", "she", "should", "some",
    "that", "the", "their", "them", "then", "there", "these", "they", "think", "this", "those", "to", "very", "was",
    "we", "well", "were", "what", "when", "where", "which", "who", "will", "with", "would", "yes", "you", "your",
    "yours",
];

/// So many words in a row are looked at together. A title or a quotation is shorter.
const STRETCH: usize = 12;

/// Fewer words say nothing about their language.
const LEAST_WORDS: usize = 4;

/// Such a share of a stretch shows that it is English. In running English it is close to one half; Spanish with foreign
/// names in it stays under a fifth.
const ENGLISH_SHARE: f32 = 1.0 / 3.0;

/// Such a share of the words of a stretch that are no names shows that it is no Spanish.
const UNKNOWN_SHARE: f32 = 0.5;

/// The same where the engine was not sure of what it wrote.
const UNKNOWN_SHARE_UNSURE: f32 = 1.0 / 3.0;

/// An engine that is less confident than this in the mean of a stretch was not sure of it.
const UNSURE: f32 = 0.5;

/// Whether a stretch of the text is in another language than the one that was spoken.
pub(super) fn is_drift(folded: &Folded, evidence: &Evidence) -> bool {
    evidence.language != "en" && is_english(folded) || evidence.language == "es" && is_no_spanish(evidence)
}

fn is_english(folded: &Folded) -> bool {
    let english: Vec<bool> =
        folded.tokens.iter().map(|token| FUNCTION_WORDS.binary_search(&token.as_str()).is_ok()).collect();
    let many = |stretch: &[bool]| share(stretch, |english| *english) >= ENGLISH_SHARE;
    english.len() >= LEAST_WORDS && english.windows(STRETCH.min(english.len())).any(many)
}

fn is_no_spanish(evidence: &Evidence) -> bool {
    let named: HashSet<String> =
        evidence.vocabulary.iter().flat_map(|term| term.split_whitespace()).map(str::to_lowercase).collect();
    // Names are in no dictionary, and neither is what holds numbers or signs.
    let is_word = |text: &str| text.chars().all(char::is_alphabetic) && text.starts_with(char::is_lowercase);
    let known = evidence.words.iter().filter_map(|word| {
        let text = word.text.trim().trim_matches(is_around);
        is_word(text).then(|| (is_spanish(text) || named.contains(&text.to_lowercase()), word.confidence))
    });
    let known: Vec<(bool, f32)> = known.collect();
    let strange = |stretch: &[(bool, f32)]| {
        let confidence = stretch.iter().map(|(_, confidence)| confidence).sum::<f32>() / stretch.len() as f32;
        let enough = if confidence < UNSURE { UNKNOWN_SHARE_UNSURE } else { UNKNOWN_SHARE };
        share(stretch, |(is_known, _)| !is_known) >= enough
    };
    known.len() >= STRETCH && known.windows(STRETCH).any(strange)
}

fn share<T>(stretch: &[T], counts: impl Fn(&T) -> bool) -> f32 {
    stretch.iter().filter(|one| counts(one)).count() as f32 / stretch.len() as f32
}

#[cfg(test)]
#[expect(clippy::single_range_in_vec_init, reason = "one stretch of speech is what is meant")]
mod tests {
    use super::super::tests::{evidence, said};
    use super::super::{Evidence, Fault, judge};
    use super::*;

    fn heard(language: &str, text: &str) -> Vec<Fault> {
        let words = said(0, text);
        judge(&Evidence { language, ..evidence(&[0..words.len() as u64 * 300], words.leak()) })
    }

    #[test]
    fn the_words_are_in_order_so_that_they_can_be_searched() {
        assert!(FUNCTION_WORDS.is_sorted());
    }

    #[test]
    fn english_in_a_spanish_session_is_a_fault_also_in_the_middle() {
        for text in [
            "And now we are going to vote on the agreement of this council",
            "señor presidente muchas gracias por el uso de la palabra what I think is that we should have the budget \
             here for the road y con eso termino mi intervención de hoy",
            "thank you very much to all the people",
        ] {
            assert_eq!(heard("es", text), [Fault::Drift], "{text}");
            assert_eq!(heard("en", text), [], "{text}");
        }
    }

    #[test]
    fn what_is_neither_english_nor_spanish_is_a_fault_where_spanish_is_spoken() {
        for text in [
            "muito obrigado senhor presidente quero agradecer a todos os vereadores pela presença nesta sessão de hoje",
            "signor presidente vorrei ringraziare tutti i consiglieri per la loro presenza in questa seduta di oggi",
            "monsieur le président je voudrais remercier tous les conseillers de leur présence dans cette séance",
            "thanks everyone council approved budget increasing road maintenance spending during next year without delay",
        ] {
            assert_eq!(heard("es", text), [Fault::Drift], "{text}");
            assert_eq!(heard("pt", text), [], "{text}");
        }
    }

    #[test]
    fn a_roll_call_without_capitals_is_no_other_language() {
        let text = "ana presente luis presente jorge henao presente marta zapata presente pedro bedoya presente rosa \
                    quintero presente juan osorio presente";
        assert_eq!(heard("es", text), []);
        let names = "chachafruto ziraque bejuquira tocuyal chachafruto ziraque bejuquira tocuyal chachafruto ziraque \
                     bejuquira tocuyal";
        let vocabulary = ["vereda Chachafruto", "Luis Ziraque", "Bejuquira", "Tocuyal"].map(str::to_owned);
        let words = said(0, names).leak();
        let unknown = Evidence { language: "es", ..evidence(&[0..words.len() as u64 * 300], words) };
        assert!(is_no_spanish(&unknown));
        assert!(!is_no_spanish(&Evidence { vocabulary: &vocabulary, ..unknown }));
    }

    #[test]
    fn fewer_strange_words_are_enough_where_the_engine_was_not_sure() {
        let text = "señor presidente la comunidad pide que pavimentation del road comience antes del month próximo y el \
                    budget quede listo";
        let faults = |confidence: f32| {
            let mut words = said(0, text);
            words.iter_mut().for_each(|word| word.confidence = confidence);
            judge(&evidence(&[0..words.len() as u64 * 300], words.leak()))
        };
        assert_eq!(faults(0.9), []);
        assert_eq!(faults(0.3), [Fault::Drift]);
    }

    #[test]
    fn spanish_with_foreign_names_and_words_is_none() {
        for text in [
            "el software de Microsoft Office y el marketing del show en The Home Depot costaron cien millones",
            "la Fundación World Vision y la ONG Save the Children rindieron su informe ante este concejo municipal",
            "me dice que no, que has de venir con ella, que son doce, sin más, y he ahí el pan, come y ve al sol",
            "Juan Pablo II visitó Chiquinquirá y Juan Carlos I también, señor presidente, a las doce",
            "sí señor",
        ] {
            assert_eq!(heard("es", text), [], "{text}");
        }
    }
}
