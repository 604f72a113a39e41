//! What somebody replies when a name is called, or the secretary says for them: presence, excuses and votes.

use super::answers::Said;
use super::names::{Mention, is_title};

/// A reply in a line.
pub(super) struct Reply {
    pub from: usize,
    pub to: usize,
    /// `None` is a correction.
    pub said: Option<Said>,
    /// Whether the words can be nothing else.
    pub explicit: bool,
}

/// What surrounds a name or a reply and says nothing of its own.
pub(super) const POLITE: [&str; 33] = [
    "senor",
    "senora",
    "presidente",
    "presidenta",
    "secretaria",
    "secretario",
    "gracias",
    "buenos",
    "buenas",
    "dias",
    "tardes",
    "noches",
    "muy",
    "y",
    "el",
    "la",
    "los",
    "mi",
    "voto",
    "es",
    "honorable",
    "de",
    "a",
    "con",
    "su",
    "para",
    "del",
    "usted",
    "dice",
    "ahora",
    "vota",
    "vez",
    "esta",
];

/// What may stand between a name and the vote that is said for it: «la concejala Páez, ahora sí».
const BETWEEN: [&str; 16] = [
    "dice", "que", "vota", "voto", "esta", "vez", "ahora", "sigue", "en", "tambien", "por", "el", "usted", "su", "es",
    "contesta",
];

/// What may stand before the vote of whose turn it is: «por ahora no».
const BEFORE: [&str; 24] = [
    "yo",
    "voto",
    "mi",
    "es",
    "obviamente",
    "claro",
    "que",
    "por",
    "ahora",
    "bueno",
    "secretaria",
    "secretario",
    "presidente",
    "presidenta",
    "alcalde",
    "alcaldesa",
    "senor",
    "senora",
    "supuesto",
    "digo",
    "pues",
    "el",
    "gracias",
    "tambien",
];

/// So many words may stand between a name and the vote that is said for it.
const LONGEST: usize = 7;

/// The replies in `words`. `turn` says that somebody was called right before, so that the first «sí» or «no» is
/// the reply, whatever is said after it.
pub(super) fn replies(words: &[&str], mentions: &[Mention], turn: bool) -> Vec<Reply> {
    let mut replies: Vec<Reply> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if let Some(mention) = mentions.iter().find(|mention| (mention.from..mention.to).contains(&at)) {
            at = mention.to;
            continue;
        }
        let corrects = replies.last().is_some_and(|last| last.said.is_none() && last.to == at);
        let own = turn && (replies.is_empty() && words[..at].iter().all(|word| BEFORE.contains(word)) || corrects);
        let said_for = mentions.iter().rev().find(|mention| mention.to <= at).is_some_and(|mention| {
            let between = &words[mention.to..at];
            // «Conde, que llegó tarde pero vota, no. Doria …»
            let next = mentions.iter().any(|next| (at + 1..=at + 2).contains(&next.from));
            between.len() <= 4 && between.iter().all(|word| BETWEEN.contains(word))
                || between.len() <= LONGEST && next && between.iter().any(|word| word.starts_with("vota"))
        });
        let Some((used, said, explicit)) = reply(words, at, own || said_for || words.len() <= 5) else {
            at += 1;
            continue;
        };
        replies.push(Reply { from: at, to: at + used, said, explicit: explicit || own });
        at += used;
    }
    replies
}

/// The reply at a place; `alone` says that a bare «sí» or «no» can only be one.
fn reply(words: &[&str], at: usize, alone: bool) -> Option<(usize, Option<Said>, bool)> {
    let reply = |used, said| Some((used, Some(said), true));
    let noun = |word: &&&str| matches!(**word, "proyecto" | "acuerdo" | "sesion" | "acta" | "ano" | "periodo" | "en");
    match &words[at..] {
        ["no", "contesta" | "contesto" | "responde" | "respondio" | "esta" | "asiste" | "asistio" | "llego", ..]
        | ["no", "vino" | "aparece" | "aparecio" | "figura" | "alcanzo", ..]
        | ["nunca", "llego" | "vino" | "aparecio", ..]
        | ["sin", "excusa", ..]
        | ["se", "retiro" | "fue" | "ausento" | "marcho", ..] => reply(2, Said::Absent),
        ["no", "se" | "ha", "encuentra" | "hace" | "llegado" | "hizo" | "contestado" | "respondido" | "venido", ..] => {
            reply(3, Said::Absent)
        }
        ["ausente" | "ausentes" | "inasistente", ..] => reply(1, Said::Absent),
        [
            "con" | "presento" | "presenta" | "tiene" | "hay" | "envio" | "paso" | "mando" | "dejo",
            "excusa" | "excusas",
            ..,
        ]
        | ["con", "permiso", ..]
        | ["ha" | "han", "excusado", ..] => reply(2, Said::Excused),
        [
            "excusa" | "excusado" | "excusada" | "excusados" | "excuso" | "incapacidad" | "incapacitado"
            | "incapacitada" | "licencia" | "calamidad" | "justificado" | "justificada",
            ..,
        ] => reply(1, Said::Excused),
        ["presente" | "presentes" | "presento" | "present", next, ..] if noun(&next) || *next == "que" => None,
        ["presente" | "presentes" | "present", ..] => reply(1, Said::Present),
        ["aqui" | "aca", ..] if words.len() <= 8 || alone => reply(1, Said::Present),
        ["tambien", "contesto" | "respondio", ..] | ["si", "contesto" | "esta" | "respondio", ..] => {
            reply(2, Said::Present)
        }
        ["buenos" | "buenas", "dias" | "tardes" | "noches", ..] | ["a", "la", "orden", ..] if words.len() <= 6 => {
            Some((2, Some(Said::Yes), false))
        }
        ["voto", "es", "no", ..] => reply(3, Said::Against),
        ["voto", "es", "si", ..] => reply(3, Said::For),
        ["voto", "no", ..] | ["voto", "por", "el", "no", ..] | ["en", "contra", ..] => reply(2, Said::Against),
        ["voto", "si", ..] | ["a", "favor", ..] | ["voto", "por", "el", "si", ..] => reply(2, Said::For),
        ["no", "apruebo" | "aprueba" | "acompana" | "acompano" | "apoya" | "apoyo", ..] => reply(2, Said::Against),
        ["negativo" | "negativa" | "contra", ..] => reply(1, Said::Against),
        ["positivo" | "positiva" | "afirmativo" | "afirmativa" | "apruebo" | "favorable", ..] => reply(1, Said::For),
        ["abstengo" | "abstencion" | "abstiene" | "abstenerme" | "abstener", ..] => reply(1, Said::Abstains),
        ["en", "blanco", ..] => reply(2, Said::Other),
        ["voto", "en", "blanco", ..] => reply(3, Said::Other),
        ["aprobado" | "aprobada", ..] if alone && words.len() <= 5 => reply(1, Said::For),
        ["aprueba" | "acompana" | "acompano" | "apoya", ..] if alone => reply(1, Said::For),
        ["tampoco", ..] if alone => reply(1, Said::Neither),
        ["si", ..] if alone => Some((1, Some(Said::Yes), false)),
        ["no", ..] if alone => Some((1, Some(Said::No), false)),
        ["perdon" | "corrijo" | "cambio" | "disculpe", ..] => Some((1, None, false)),
        _ => None,
    }
}

/// Whether a word says nothing of its own beside a name.
pub(super) fn is_aside(word: &str) -> bool {
    is_title(word) || POLITE.contains(&word)
}
