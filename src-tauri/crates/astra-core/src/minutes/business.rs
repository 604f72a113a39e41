//! The kind of business that the title of an item tells.

use super::Business;
use super::cleaning::words::fold;

/// Words of titles, without accents, and the business they tell. The first that is found counts: «lectura y
/// aprobación del orden del día» is no earlier minutes, «proposición de control político» is control.
const TOLD: [(Business, &[&str]); 9] = [
    (Business::RollCall, &["llamado a lista", "llamada a lista", "quorum", "verificacion de asistencia"]),
    (Business::Agenda, &["orden del dia"]),
    (Business::Ceremony, &["himno", "oracion", "minuto de silencio", "acto protocolario"]),
    (Business::Election, &["eleccion de", "toma de posesion", "posesion del", "posesion de la"]),
    (Business::Bill, &["proyecto de acuerdo", "proyectos de acuerdo", "ordenanza", "primer debate", "segundo debate"]),
    (Business::Control, &["control politico", "citacion", "mocion de censura"]),
    (Business::EarlierMinutes, &["acta", "actas"]),
    (Business::Communications, &["comunicaciones", "correspondencia", "oficios"]),
    (Business::Motions, &["proposiciones", "proposicion", "mociones", "mocion", "ruegos y preguntas"]),
];

impl Business {
    /// The business of an item with this title; [`Business::Other`] when it does not tell.
    pub fn told_by(title: &str) -> Self {
        let folded = fold(title);
        let words: Vec<&str> = folded.split(|letter: char| !letter.is_alphanumeric()).collect();
        let title = format!(" {} ", words.join(" "));
        let says = |phrase: &&str| title.contains(&format!(" {phrase} "));
        TOLD.iter().find(|(_, phrases)| phrases.iter().any(says)).map_or(Self::Other, |(business, _)| *business)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_tells_the_kind_of_business() {
        let told = Business::told_by;
        assert_eq!(told("Llamado a lista y verificación del quórum"), Business::RollCall);
        assert_eq!(told("Lectura y aprobación del orden del día"), Business::Agenda);
        assert_eq!(told("Himno del municipio"), Business::Ceremony);
        assert_eq!(told("Aprobación del acta 044"), Business::EarlierMinutes);
        assert_eq!(told("Segundo debate del Proyecto de Acuerdo 012 de 2026"), Business::Bill);
        assert_eq!(told("Proposición de control político al secretario de Salud"), Business::Control);
        assert_eq!(told("Lectura de comunicaciones"), Business::Communications);
        assert_eq!(told("Proposiciones y varios"), Business::Motions);
        assert_eq!(told("Ruegos y preguntas."), Business::Motions);
        assert_eq!(told("Elección de personero"), Business::Election);
        assert_eq!(told("Informe de actividades"), Business::Other);
        assert_eq!(told("Contratación de la planta"), Business::Other);
    }
}
