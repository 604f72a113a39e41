//! Which numbers count the points of an order of the day, and which belong to the words around them.

use super::numbers::{number, ordinal};
use super::sitting::Sitting;

/// What has a number of its own, which counts no point.
const NUMBERED: [&str; 16] = [
    "acta",
    "acuerdo",
    "proyecto",
    "ley",
    "decreto",
    "articulo",
    "proposicion",
    "resolucion",
    "ordenanza",
    "contrato",
    "comision",
    "oficio",
    "expediente",
    "mocion",
    "creditos",
    "convenio",
];

/// A place in the session: a line and a word of it.
pub(super) type Place = (usize, usize);

/// Whether somebody pauses before a place.
pub(super) fn paused(sitting: &Sitting<'_>, (line, at): Place) -> bool {
    let words = &sitting.lines[line].words;
    at == 0 || {
        let between = sitting.utterances[line].text.get(words[at - 1].to..words[at].from).unwrap_or("");
        between.contains([',', '.', ';', ':', '?', '¿'])
    }
}

/// How many words at a place number a point so; nothing when they do not. `strict` refuses numbers that the words
/// around them explain otherwise.
pub(super) fn counted(sitting: &Sitting<'_>, (line, at): Place, wanted: usize, strict: bool) -> Option<usize> {
    let words = sitting.words(line);
    let words = &words[..];
    let mut from = at;
    let mut called = false;
    if matches!(words[from], "punto" | "numeral") {
        from += 1;
        called = true;
    }
    let cited = at > 0 && NUMBERED.contains(&words[at - 1]) && !paused(sitting, (line, at));
    if matches!(words.get(from), Some(&("numero" | "nro"))) && !cited {
        from += 1;
        called = true;
    }
    let word = *words.get(from)?;
    let before = at.checked_sub(1).map_or("", |before| words[before]);
    let (value, used, ordinal) = match ordinal(word) {
        Some(value) => (value, 1, true),
        None => number(&words[from..]).map(|(value, used)| (value, used, false))?,
    };
    if usize::try_from(value) != Ok(wanted) {
        return None;
    }
    let mut end = from + used;
    let next = words.get(end).copied().unwrap_or("");
    if next == "punto" {
        called = true;
        end += 1;
    } else if next == "y" && words.get(end + 1).is_some_and(|word| word.starts_with("ultim")) {
        // «Como quinto y último punto.»
        let point = words.get(end + 2) == Some(&"punto");
        called |= point;
        end += 2 + usize::from(point);
    }
    if called {
        return Some(end - at);
    }
    let things = [
        "debate",
        "semestre",
        "trimestre",
        "periodo",
        "vez",
        "vicepresidente",
        "vicepresidenta",
        "lugar",
        "grado",
        "piso",
        "ciclo",
        "persona",
        "bimestre",
        "infancia",
        "de",
        "del",
        "y",
        "mil",
        "millones",
        "minutos",
        "horas",
        "anos",
        "por",
        "concejales",
        "votos",
        "dias",
        "que",
        "o",
        "a",
        "meses",
        "cuatrimestre",
        "paso",
    ];
    let inside = [
        "numero", "acta", "acuerdo", "ley", "articulo", "el", "la", "del", "de", "y", "en", "al", "los", "las", "por",
        "para", "decreto", "proyecto", "un", "una", "su",
    ];
    let lists = ordinal && next == "lugar";
    // «Y cuarto, ruegos y preguntas.»
    let pauses = end < sitting.lines[line].own && paused(sitting, (line, end));
    let joins = (ordinal || pauses) && before == "y" && wanted > 1;
    // «Cuatro, debate de control político», and not «segundo debate».
    let debates = next == "debate" && !matches!(word, "primer" | "segundo");
    // «Lectura del acta, cuarto, proposiciones.»
    let apart = ordinal && NUMBERED.contains(&before) && before != "articulo";
    let cites = things.contains(&next) && !(lists || debates)
        || inside.contains(&before) && !apart && at > 0 && !joins && !starts_sentence(sitting, (line, at));
    (!(cites && strict) && (ordinal || value != 1 || word != "un" && word != "una"))
        .then(|| end - at + usize::from(lists))
}

pub(super) fn starts_sentence(sitting: &Sitting<'_>, (line, at): Place) -> bool {
    at == 0 || sitting.lines[line].words[at - 1].ends
}
