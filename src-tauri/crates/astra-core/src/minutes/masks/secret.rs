//! Personal data that somebody confirmed, wherever in the minutes it is said or typed.

use std::ops::Range;

use super::echoes::{self, Pieces};
use super::{Kind, Suggestion};

/// Something that the public copy does without.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secret {
    said: String,
    /// The letters and digits of what was said, by which it is found again.
    bare: String,
    replacement: String,
    /// The name that goes on after the first name of a child, where it was found.
    surname: Option<String>,
    /// Whether it is no more than a first name, which may be anybody's as long as another surname follows.
    first_name: bool,
}

impl Secret {
    /// What a suggestion found in `text`. Nothing when it has no replacement, or holds neither letter nor digit.
    /// A word or figure that it cuts is hidden as a whole.
    pub fn new(text: &str, suggestion: &Suggestion) -> Option<Self> {
        let place = echoes::whole(text, &suggestion.range);
        let said = text.get(place.clone())?.to_owned();
        let replacement = suggestion.replacement.clone()?;
        let first_name = suggestion.kind == Kind::Minor && !said.contains(' ');
        let surname = echoes::goes_on(text, place.end).map(str::to_owned);
        let bare = echoes::bare(&said);
        (!bare.is_empty()).then_some(Self { said, bare, replacement, surname, first_name })
    }

    /// What was said.
    pub fn said(&self) -> &str {
        &self.said
    }

    /// The same data in other words: those that are left when cleaning took something out of their midst.
    pub(in crate::minutes) fn in_words(&self, said: String) -> Self {
        Self { bare: echoes::bare(&said), said, ..self.clone() }
    }

    /// Where it stands in a text, in whatever points, spaces and capitals.
    fn places(&self, text: &str, pieces: &Pieces) -> Vec<Range<usize>> {
        let is_another = |end| {
            let next = echoes::goes_on(text, end);
            self.first_name && next.is_some() && next != self.surname.as_deref()
        };
        pieces.echoes(&self.bare).into_iter().filter(|place| !is_another(place.end)).collect()
    }
}

/// Where the secrets stand in a text and what the public copy says there, in order and without overlaps.
pub fn hide<'a>(text: &str, secrets: &'a [Secret]) -> Vec<(Range<usize>, &'a str)> {
    if secrets.is_empty() {
        return vec![];
    }
    let pieces = Pieces::of(text);
    let found = secrets.iter().flat_map(|secret| {
        let places = secret.places(text, &pieces).into_iter();
        places.map(|place| {
            // The point of «M. L.» is also the one that ends the sentence.
            let ends = text[place.end..].starts_with('.');
            let replacement = secret.replacement.as_str();
            (place, if ends { replacement.trim_end_matches('.') } else { replacement })
        })
    });
    let mut found: Vec<_> = found.collect();
    found.sort_by_key(|(place, _)| (place.start, std::cmp::Reverse(place.end)));
    let mut hidden: Vec<(Range<usize>, &str)> = Vec::new();
    for (place, replacement) in found {
        match hidden.last_mut() {
            // Of two that overlap nothing of either may stay.
            Some((before, _)) if place.start < before.end => before.end = before.end.max(place.end),
            _ => hidden.push((place, replacement)),
        }
    }
    hidden
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::minutes::masks::{Confidence, suggest};

    fn hidden(text: &str, secrets: &[Secret]) -> String {
        let mut out = text.to_owned();
        for (place, replacement) in hide(text, secrets).into_iter().rev() {
            out.replace_range(place, replacement);
        }
        out
    }

    fn secret(text: &str, said: &str, kind: Kind) -> Secret {
        let from = text.find(said).unwrap();
        let suggestion = Suggestion::new(text, from..from + said.len(), kind, Confidence::Certain).unwrap();
        Secret::new(text, &suggestion).unwrap()
    }

    #[test]
    fn what_was_said_once_is_hidden_wherever_else_it_stands() {
        let text = "su cédula es 1.128.456.789 y vive lejos";
        let secrets: Vec<Secret> = suggest(text).iter().filter_map(|it| Secret::new(text, it)).collect();
        assert_eq!(
            hidden("Radicado de 1128456789, folio 3.", &secrets),
            "Radicado de [identificación omitida], folio 3."
        );
        assert_eq!(hidden("El 11284567890 es otro.", &secrets), "El 11284567890 es otro.");
    }

    #[test]
    fn a_mark_that_cuts_a_figure_hides_the_whole_of_it() {
        let cut = secret("llame al 3005550142", "300555", Kind::Telephone);
        assert_eq!(hidden("al 3005550142.", &[cut]), "al [teléfono omitido].");
    }

    #[test]
    fn a_child_s_first_name_is_hidden_in_its_place_and_is_somebody_else_with_another_surname() {
        let laura = secret("la niña Laura Yepes contó", "Laura", Kind::Minor);
        let text = "Laura Yepes y la doctora Laura Ruiz. Laura lloró.";
        assert_eq!(hidden(text, &[laura]), "L. Yepes y la doctora Laura Ruiz. L. lloró.");
    }

    #[test]
    fn of_secrets_that_overlap_nothing_stays() {
        let text = "María López Pérez";
        let two = [secret(text, "María López", Kind::Minor), secret(text, "López Pérez", Kind::Minor)];
        assert_eq!(hidden("con María López Pérez hoy", &two), "con M. L. hoy");
    }
}
