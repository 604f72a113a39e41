//! What a name looks like where no heading says so, and how it is written down.

use crate::guard::fold::tokens;

/// Words that councils put before a name, folded.
const TITLES: &[&str] = &[
    "h",
    "hc",
    "hh",
    "honorable",
    "honorables",
    "concejal",
    "concejala",
    "edil",
    "dr",
    "dra",
    "doctor",
    "doctora",
    "senor",
    "senora",
    "sr",
    "sra",
];

/// Small words within a name.
const PARTICLES: &[&str] = &["de", "del", "la", "las", "los", "y", "e", "da"];

/// Words of offices, folded.
const OFFICES: &[&str] = &[
    "presidente",
    "presidenta",
    "vicepresidente",
    "vicepresidenta",
    "primer",
    "primera",
    "segundo",
    "segunda",
    "primero",
    "concejal",
    "concejala",
    "secretario",
    "secretaria",
    "general",
    "vocal",
    "edil",
    "miembro",
];

/// Words of parties and benches, folded: two of them look like a name and surname.
const PARTIES: &[&str] = &[
    "partido",
    "movimiento",
    "coalicion",
    "alianza",
    "bancada",
    "centro",
    "democratico",
    "democratica",
    "cambio",
    "radical",
    "pacto",
    "historico",
    "liberal",
    "conservador",
    "verde",
    "colombia",
    "colombiano",
    "humana",
    "justa",
    "libres",
    "mira",
    "polo",
    "union",
    "patriotica",
    "nuevo",
    "liberalismo",
    "fuerza",
    "pueblo",
    "salvacion",
    "nacional",
    "dignidad",
    "compromiso",
    "independiente",
    "independientes",
    "aico",
    "mais",
    "asi",
    "creemos",
    "popular",
    "socialista",
    "izquierda",
    "unida",
    "vox",
    "partidos",
];

/// Words that stand in minutes and in no name, folded.
const NO_NAMES: &[&str] = &[
    "acta",
    "sesion",
    "concejo",
    "municipal",
    "municipio",
    "orden",
    "dia",
    "quorum",
    "lista",
    "llamado",
    "asistencia",
    "asistentes",
    "asistente",
    "ausentes",
    "ausente",
    "presentes",
    "presente",
    "excusa",
    "firma",
    "total",
    "nombre",
    "nombres",
    "apellidos",
    "partido",
    "cargo",
    "hora",
    "fecha",
    "lugar",
    "comision",
    "mesa",
    "directiva",
    "informe",
    "proposicion",
    "lectura",
    "aprobacion",
    "secretaria",
    "alcaldia",
    "alcalde",
    "personero",
    "contralor",
    "invitados",
    "registro",
    "recinto",
    "honorables",
];

/// Whether a text looks like the full name of a person: two to seven words of letters, none of
/// them one of offices, parties or minutes.
pub(super) fn is_name(text: &str) -> bool {
    let written = text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic));
    let large = |word: &str| word.chars().find(|letter| letter.is_alphabetic()).is_some_and(char::is_uppercase);
    let words: Vec<String> = tokens(text).collect();
    let small = |word: &str| PARTICLES.contains(&tokens(word).next().unwrap_or_default().as_str());
    (2..=7).contains(&words.len())
        && text.chars().all(|letter| letter.is_alphabetic() || " .'’-".contains(letter))
        && written.clone().all(|word| large(word) || small(word))
        && written.filter(|word| large(word)).count() >= 2
        // «Segundo» is a given name too.
        && !words.iter().any(|word| NO_NAMES.contains(&word.as_str()) || is_office(word) && word != "segundo")
        && !is_party(text)
}

/// Whether a text is an office: «Primer vicepresidente».
pub(super) fn is_office(text: &str) -> bool {
    let words: Vec<String> = tokens(text).collect();
    (1..=4).contains(&words.len()) && words.iter().all(|word| OFFICES.contains(&word.as_str()) || word == "del")
}

/// Whether a text is a party or bench.
pub(super) fn is_party(text: &str) -> bool {
    let mut words = tokens(text).filter(|word| !PARTICLES.contains(&word.as_str())).peekable();
    words.peek().is_some() && words.all(|word| PARTIES.contains(&word.as_str()))
}

/// A name without the treatment before it: «H.C. Dra. Ana Zapata» is Ana Zapata.
pub(super) fn without_titles(text: &str) -> &str {
    let mut rest = text.trim();
    while let Some((first, after)) = rest.split_once(char::is_whitespace) {
        let titles: Vec<String> = tokens(first).collect();
        let is_title = |token: &String| TITLES.contains(&token.as_str()) || token == "c";
        let abbreviated = first.ends_with('.') || titles.iter().all(|token| token.len() > 3 || token == "hc");
        if titles.is_empty() || !titles.iter().all(is_title) || !abbreviated {
            break;
        }
        rest = after.trim_start();
    }
    rest
}

/// Whether all letters of a name are capitals.
pub(super) fn is_in_capitals(name: &str) -> bool {
    name.chars().any(char::is_uppercase) && !name.chars().any(char::is_lowercase)
}

/// A name in capitals as it is written in a sentence: «MARÍA DE LA CRUZ» is María de la Cruz.
pub(super) fn from_capitals(name: &str) -> String {
    let word = |(at, word): (usize, &str)| {
        if at > 0 && PARTICLES.contains(&word.to_lowercase().as_str()) {
            return word.to_lowercase();
        }
        let mut first = true;
        let letter = |letter: char| {
            let shown: String = if first { letter.to_string() } else { letter.to_lowercase().collect() };
            first = !letter.is_alphabetic();
            shown
        };
        word.chars().map(letter).collect()
    };
    name.split_whitespace().enumerate().map(word).collect::<Vec<String>>().join(" ")
}
