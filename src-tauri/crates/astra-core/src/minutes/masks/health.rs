//! Somebody's health and victims of violence: pointed out so that a person rephrases them, since no
//! replacement of single words hides whom they are about.

use super::reading::Reading;
use super::{Confidence, Kind, Suggestion};
use crate::minutes::cleaning::words::listed;

/// Phrases that only speak of one person's health.
const PERSONAL: [&str; 14] = [
    "historia clinica",
    "historial medico",
    "me diagnosticaron",
    "le diagnosticaron",
    "fue diagnosticado",
    "fue diagnosticada",
    "diagnosticado con",
    "diagnosticada con",
    "diagnosticado de",
    "diagnosticada de",
    "esta embarazada",
    "estoy embarazada",
    "es portador de",
    "es portadora de",
];

const ILLNESSES: &str = "\
    cancer tumor leucemia vih sida sifilis tuberculosis hepatitis epilepsia esquizofrenia depresion bipolar bipolaridad \
    ansiedad autismo autista diabetes diabetico diabetica alzheimer parkinson demencia discapacidad hiv infarto \
    drogadiccion alcoholismo embarazo aborto";

/// An illness within so many words after one of these is somebody's.
const SOMEBODYS: &str = "\
    tiene tengo tenia padece padecia padezco sufre sufria hijo hija esposo esposa mama papa madre padre hermano hermana \
    abuela abuelo paciente";

/// How near is near, in words.
const NEAR: usize = 6;

/// Phrases that speak of one victim.
const VICTIM: [&str; 11] = [
    "fue victima",
    "fui victima",
    "ha sido victima",
    "es victima",
    "soy victima",
    "fue violada",
    "fue violado",
    "fue abusada",
    "fue abusado",
    "me violaron",
    "la violaron",
];

/// Phrases that may speak of one, or of all.
const VIOLENCE: [&str; 13] = [
    "abuso sexual",
    "abusos sexuales",
    "violencia sexual",
    "acoso sexual",
    "agresion sexual",
    "explotacion sexual",
    "violencia intrafamiliar",
    "violencia de genero",
    "la victima",
    "victima de",
    "victimas de",
    "maltrato infantil",
    "acceso carnal",
];

/// Passages to be looked at.
pub(super) fn find(reading: &Reading<'_>) -> Vec<Suggestion> {
    (0..reading.words.len()).filter_map(|at| look(reading, at)).collect()
}

fn look(reading: &Reading<'_>, at: usize) -> Option<Suggestion> {
    let illness = |at: usize| listed(ILLNESSES, reading.word(at));
    let phrases: [(&[&str], Kind, Confidence); 3] = [
        (&PERSONAL, Kind::Health, Confidence::Likely),
        (&VICTIM, Kind::Victim, Confidence::Likely),
        (&VIOLENCE, Kind::Victim, Confidence::Possible),
    ];
    for (phrases, kind, confidence) in phrases {
        let length = reading.longest(at, phrases);
        if length > 0 {
            let mut named = at + length;
            while kind == Kind::Victim && named < reading.words.len() {
                let skipped = usize::from(reading.word(named) == "de");
                let more = reading.longest(named + skipped, &VIOLENCE);
                if more == 0 {
                    break;
                }
                named += skipped + more;
            }
            let end = (at + length..at + length + 3).find(|&at| illness(at)).map_or(named, |at| at + 1);
            return reading.suggestion(at..=end - 1, kind, confidence);
        }
    }
    (illness(at) && reading.near_before(at, SOMEBODYS, NEAR))
        .then(|| reading.suggestion(at..=at, Kind::Health, Confidence::Possible))?
}
