//! The places of a template: what a council may write between `{{` and `}}` in its own Word document
//! for Astra to fill in.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::sentences::sentence;

/// Something that a template can have a place for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// Where the body goes.
    Body,
    /// The document's title: «ACTA No. 045 de 2025».
    Title,
    /// The municipality or whoever the body belongs to.
    Entity,
    /// The body that met.
    Council,
    /// The kind of sitting.
    Kind,
    /// The number of the minutes.
    Number,
    /// The day.
    Date,
    /// Where it met.
    Venue,
    /// When it began and ended, in one phrase.
    Hours,
    /// When it began.
    Starts,
    /// When it ended.
    Ends,
    /// Who presided.
    President,
    /// Who keeps the minutes.
    Secretary,
}

impl Place {
    /// Every place, in the order in which they are explained to a person.
    pub fn all() -> [Self; 13] {
        [
            Self::Body,
            Self::Title,
            Self::Entity,
            Self::Council,
            Self::Kind,
            Self::Number,
            Self::Date,
            Self::Venue,
            Self::Hours,
            Self::Starts,
            Self::Ends,
            Self::President,
            Self::Secretary,
        ]
    }

    /// What is written between the braces.
    pub fn name(self) -> &'static str {
        match self {
            Self::Body => "acta",
            Self::Title => "titulo",
            Self::Entity => "entidad",
            Self::Council => "corporacion",
            Self::Kind => "tipo",
            Self::Number => "numero",
            Self::Date => "fecha",
            Self::Venue => "lugar",
            Self::Hours => "horario",
            Self::Starts => "hora_inicio",
            Self::Ends => "hora_fin",
            Self::President => "presidente",
            Self::Secretary => "secretario",
        }
    }

    /// The place of this name. Capitals, accents and spaces around it do not matter, and neither does
    /// whether its words are joined by a space or by `_`: people type these names into Word.
    pub fn named(text: &str) -> Option<Self> {
        let bare = text.nfd().filter(|&letter| !is_combining_mark(letter)).collect::<String>().to_lowercase();
        let words: Vec<&str> = bare.split([' ', '\u{a0}', '_', '-']).filter(|word| !word.is_empty()).collect();
        let name = words.join("_");
        Self::all().into_iter().find(|place| place.name() == name)
    }

    /// What it stands for, in Spanish.
    pub fn explanation(self) -> String {
        sentence(&format!("template.place.{}", self.name()), &[])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_found_however_a_person_types_its_name() {
        for place in Place::all() {
            assert_eq!(Place::named(place.name()), Some(place));
        }
        assert_eq!(Place::named(" Título "), Some(Place::Title));
        assert_eq!(Place::named("HORA DE  FIN"), None);
        assert_eq!(Place::named("Hora  fin"), Some(Place::Ends));
        assert_eq!(Place::named("número"), Some(Place::Number));
        assert_eq!(Place::named(""), None);
    }

    #[test]
    fn every_place_is_explained() {
        for place in Place::all() {
            assert!(!place.explanation().starts_with("template."), "{place:?}");
        }
    }
}
