//! Personal data that somebody confirmed, wherever in the minutes it is said or typed.

use std::ops::Range;

use super::{Kind, Suggestion, echoes};

/// Something that the public copy does without.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secret {
    said: String,
    replacement: String,
    kind: Kind,
}

impl Secret {
    /// What a suggestion found in `text`. Nothing when it has no replacement, or holds neither letter nor digit.
    /// A word or figure that it cuts is hidden as a whole.
    pub fn new(text: &str, suggestion: &Suggestion) -> Option<Self> {
        let replacement = suggestion.replacement.clone()?;
        let said = text.get(echoes::whole(text, &suggestion.range))?;
        let kind = suggestion.kind;
        (!echoes::bare(said).is_empty()).then(|| Self { said: said.to_owned(), replacement, kind })
    }

    /// What was said.
    pub fn said(&self) -> &str {
        &self.said
    }

    /// The same data as `text` says it, after cleaning took something out of what was said.
    pub(crate) fn also(&self, text: String) -> Self {
        Self { said: text, ..self.clone() }
    }

    /// Where it stands in a text, in whatever points, spaces and capitals.
    fn places(&self, text: &str) -> Vec<Range<usize>> {
        // A child's first name may be anybody's, as long as other surnames follow.
        let first_name = self.kind == Kind::Minor && !self.said.contains(' ');
        let places = echoes::of(text, &self.said).into_iter();
        places.filter(|place| !first_name || !echoes::goes_on(text, place.end)).collect()
    }
}

/// Where the secrets stand in a text and what the public copy says there, in order and without overlaps.
pub fn hide<'a>(text: &str, secrets: &'a [Secret]) -> Vec<(Range<usize>, &'a str)> {
    let found = secrets.iter().flat_map(|secret| {
        let places = secret.places(text).into_iter();
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
