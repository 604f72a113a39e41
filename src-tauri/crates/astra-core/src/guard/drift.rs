//! English where Spanish was spoken: an engine that cannot be told the language drifts into it, above all where people
//! speak freely.

use super::Evidence;
use super::fold::Folded;

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
const SHARE: f32 = 1.0 / 3.0;

/// Whether a stretch of the text is English although another language is spoken.
pub(super) fn is_drift(folded: &Folded, evidence: &Evidence) -> bool {
    let english: Vec<bool> =
        folded.tokens.iter().map(|token| FUNCTION_WORDS.binary_search(&token.as_str()).is_ok()).collect();
    let many =
        |stretch: &[bool]| stretch.iter().filter(|english| **english).count() as f32 >= SHARE * stretch.len() as f32;
    evidence.language != "en" && english.len() >= LEAST_WORDS && english.windows(STRETCH.min(english.len())).any(many)
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
