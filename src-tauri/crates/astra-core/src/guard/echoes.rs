//! Text that was not heard but copied: from the chunk before, or from the vocabulary.

use super::Evidence;
use super::fold::{Folded, tokens};

/// Shorter texts may well be said twice.
const SAME_WORDS: usize = 4;

/// This many terms of the vocabulary read out in its order are an echo.
const TERMS: usize = 3;

/// An echo is at least this share of the text: a list of those present is read among other words.
const DOMINATES: f32 = 0.6;

/// Whether the text is that of the chunk before.
pub(super) fn is_same_as_neighbour(folded: &Folded, evidence: &Evidence) -> bool {
    folded.tokens.len() >= SAME_WORDS && tokens(evidence.previous).eq(folded.tokens.iter().cloned())
}

/// Whether the text is the vocabulary read out: three or more of its terms, one right after the
/// other in the order given, that are most of what was heard.
pub(super) fn is_prompt_echo(folded: &Folded, evidence: &Evidence) -> bool {
    let terms: Vec<Vec<String>> = evidence.vocabulary.iter().map(|term| tokens(term).collect()).collect();
    let terms: Vec<&[String]> = terms.iter().map(Vec::as_slice).filter(|term| !term.is_empty()).collect();
    (0..folded.tokens.len()).any(|start| {
        (0..terms.len()).any(|first| {
            let mut rest = &folded.tokens[start..];
            let mut read = 0;
            for term in &terms[first..] {
                let Some(after) = rest.strip_prefix(*term) else { break };
                rest = after;
                read += 1;
            }
            let echoed = folded.tokens.len() - start - rest.len();
            read >= TERMS && echoed as f32 >= DOMINATES * folded.tokens.len() as f32
        })
    })
}

#[cfg(test)]
#[expect(clippy::single_range_in_vec_init, reason = "one stretch of speech is what is meant")]
mod tests {
    use super::super::tests::{evidence, said};
    use super::super::{Evidence, Fault, judge};

    #[test]
    fn the_text_of_the_chunk_before_is_a_fault_from_four_words_on() {
        let heard = |text: &str, previous: &'static str| {
            judge(&Evidence { previous, ..evidence(&[0..2_000], said(0, text).leak()) })
        };
        assert_eq!(heard("Se abre la sesión.", "se abre la sesión"), [Fault::SameAsNeighbour]);
        assert_eq!(heard("Muchas gracias concejal.", "Muchas gracias concejal."), []);
        assert_eq!(heard("Se abre la sesión.", "Se abre la sesión plenaria."), []);
        assert_eq!(heard("Se abre la sesión.", ""), []);
    }

    #[test]
    fn the_vocabulary_read_out_is_a_fault() {
        let vocabulary = ["Concejo de Guatapé", "Piedra del Peñol", "Ana Bedoya", "vereda Quebrada Arriba"];
        let vocabulary: Vec<String> = vocabulary.map(str::to_owned).to_vec();
        let heard = |text: &str| {
            let words = said(0, text);
            judge(&Evidence {
                speech: vec![0..4_000],
                words: &words,
                previous: "",
                vocabulary: &vocabulary,
                language: "es",
            })
        };
        assert_eq!(heard("Concejo de Guatapé, Piedra del Peñol, Ana Bedoya."), [Fault::PromptEcho]);
        assert_eq!(heard("Glosario: Piedra del Peñol, Ana Bedoya, vereda Quebrada Arriba"), [Fault::PromptEcho]);
        assert_eq!(heard("Ana Bedoya, Piedra del Peñol, Concejo de Guatapé."), []);
        assert_eq!(heard("Ana Bedoya, vereda Quebrada Arriba"), []);
        let order =
            "primero visita a Concejo de Guatapé, Piedra del Peñol, Ana Bedoya y después lo que digan todos los demás";
        assert_eq!(heard(order), []);
        assert_eq!(heard("la concejal Ana Bedoya vive en la vereda Quebrada Arriba"), []);
    }
}
