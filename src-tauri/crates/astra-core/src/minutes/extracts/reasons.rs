//! What speaks for a sentence: the phrases with which people ask, agree, propose, promise and cite.

use super::Reason;
use crate::minutes::cleaning::words::{Word, is_number, listed, words};

/// Beginnings of phrases, folded and parted by strokes; one that ends with a space is whole words.
const PHRASES: [(Reason, &str); 6] = [
    (
        Reason::Record,
        "\
         dejo constancia/deja constancia/dejamos constancia/conste en/consten en/para que conste/\
         quede en el acta/quede constancia/como constancia",
    ),
    (
        Reason::Position,
        "\
         estoy de acuerdo/estamos de acuerdo/estoy en desacuerdo/comparto/compartimos/me opongo/nos oponemos/\
         apoyo /apoyamos/apoyare/respaldo /respaldamos/rechazo /rechazamos/votare/votaremos/mi voto/\
         voto positivo/voto negativo/voto si /voto no /apruebo/aprobamos/a favor /en contra /me abstengo/\
         me aparto/me preocupa/nos preocupa/considero que/consideramos que/creo que/creemos que/no acepto/\
         salvo mi voto",
    ),
    (
        Reason::Request,
        "\
         solicit/pido /pedimos/le pid/les pid/requiero/requerimos/exijo/exigimos/ruego/se oficie/oficiese/\
         haga llegar/hagan llegar/hacer llegar/por escrito/remita/derecho de peticion/necesitamos que/\
         necesito que/quisiera que/quiero que/llamado a /hago un llamado/invito a/cuando van a/\
         cuando se va a",
    ),
    (
        Reason::Proposal,
        "\
         propongo/proponemos/propuesta/proposicion/sugiero/sugerimos/sugerencia/recomiendo/recomendamos/\
         recomendacion/mocion/planteo/planteamos/deberia/presento /presentamos",
    ),
    (
        Reason::Commitment,
        "\
         me compromet/nos compromet/se compromet/compromiso de /compromisos/a mas tardar/en un plazo/en el plazo/quedamos en/\
         vamos a entregar/vamos a enviar/entregaremos/enviaremos/haremos/daremos/antes de terminar/\
         antes del ",
    ),
    (
        Reason::Courtesy,
        "\
         gracias/agradezco/agradecemos/agradecer/buenos dias/buenas tardes/buenas noches/buen dia/un saludo/\
         saludo /saludar/saludos/cordial/un abrazo/bendiciones/bienvenid/muy amable/feliz ",
    ),
];

/// Texts that are cited by a number.
const LAWS: &str = "ley leyes decreto decretos ordenanza resolucion articulo articulos sentencia acuerdo";

/// Texts that are cited by name.
const CHARTERS: &str = "constitucion estatuto reglamento";

/// Numbers that say little alone.
const SMALL: &str = "uno primero primera segundo segunda tercero tercera medio media";

/// The reasons of a sentence, weightiest first, each once.
pub(super) fn of(sentence: &str) -> Vec<Reason> {
    let words = words(sentence);
    let folded: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
    let line = format!(" {} ", folded.join(" "));
    let said = |phrase: &str| line.match_indices(phrase).any(|(at, _)| line[..at].ends_with(' '));
    let spoken = PHRASES.iter().filter(|(_, phrases)| phrases.split('/').any(said));
    let mut reasons: Vec<Reason> = spoken.map(|(reason, _)| *reason).collect();
    let cited = |at: usize| is_cited(&words, at);
    if (0..words.len()).any(cited) || folded.iter().any(|word| listed(CHARTERS, word)) {
        reasons.push(Reason::Law);
    }
    let counted = |at: usize| is_number(folded[at]) && !listed(SMALL, folded[at]) && !is_citation(&words, at);
    if (0..words.len()).any(counted) || sentence.contains(['%', '$', '€']) {
        reasons.push(Reason::Figure);
    }
    reasons.sort_unstable();
    reasons
}

/// Whether the word is a law's and its number follows: «la Ley 136», «artículo número cinco».
fn is_cited(words: &[Word], at: usize) -> bool {
    let number = |at: usize| words.get(at).is_some_and(|word| is_number(&word.folded));
    let between = words.get(at + 1).is_some_and(|word| listed("numero no nro n", &word.folded));
    listed(LAWS, &words[at].folded) && number(at + 1 + usize::from(between))
}

/// Whether the number is that of a law, or its year: «Ley 136 de 1994».
fn is_citation(words: &[Word], at: usize) -> bool {
    let first = at.saturating_sub(4);
    (first..at).any(|law| is_cited(words, law))
}
