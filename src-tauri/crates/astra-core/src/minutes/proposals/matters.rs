//! What is voted, in the words of whoever puts it to the vote.

use super::sitting::{Cue, Sitting};

/// What is voted, in the chair's words: the thing that is named where the vote is opened.
pub(super) fn about(sitting: &Sitting<'_>, cue: &Cue, last: usize) -> String {
    const ENDS: [&str; 26] = [
        "se",
        "anuncio",
        "sirvanse",
        "senor",
        "senora",
        "secretaria",
        "secretario",
        "quienes",
        "aprueban",
        "aprueba",
        "tiene",
        "continua",
        "sigue",
        "esta",
        "queda",
        "alguien",
        "hay",
        "va",
        "llame",
        "honorables",
        "concejales",
        "favor",
        "alguna",
        "levanten",
        "sirvase",
        "que",
    ];
    const THINGS: [&str; 22] = [
        "orden",
        "acta",
        "actas",
        "proposicion",
        "proposiciones",
        "proyecto",
        "informe",
        "articulado",
        "articulo",
        "articulos",
        "titulo",
        "mocion",
        "receso",
        "permanente",
        "ponencia",
        "impedimento",
        "aplazamiento",
        "ilustracion",
        "modificacion",
        "enmienda",
        "prorroga",
        "solicitud",
    ];
    let quote = |line: usize, from: usize| {
        let words = sitting.own_words(line);
        let mut to = from;
        // «El orden del día, con once votos a favor.»
        let counted = |to: usize| words[to] == "con" && words[to + 1..].iter().take(3).any(|word| *word == "votos");
        while to < words.len() && to < from + 14 && !(to > from && (ENDS.contains(&words[to]) || counted(to))) {
            to += 1;
            if sitting.lines[line].words[to - 1].ends {
                break;
            }
        }
        sitting.said(line, from, to).trim().to_owned()
    };
    let named = (cue.line..=last.min(cue.line + 3)).find_map(|line| {
        let words = sitting.own_words(line);
        let skip = if line == cue.line { cue.to.min(words.len()) } else { 0 };
        let before = || (0..skip).find(|&at| THINGS.contains(&words[at]));
        let at = (skip..words.len()).find(|&at| THINGS.contains(&words[at])).or_else(before)?;
        Some(quote(line, at))
    });
    named.unwrap_or_else(|| quote(cue.line, cue.to.min(sitting.lines[cue.line].own)))
}
