//! Finding personal data for the public copy of the minutes: identity numbers, telephones,
//! addresses, accounts, the names of minors. All are suggestions; a person confirms them, and what
//! is confirmed is replaced by other characters, never painted over. Sums of money, laws and votes
//! are no personal data, nor are the names of adults who speak in public.

mod account;
mod address;
mod checks;
mod contact;
mod echoes;
mod health;
mod identity;
mod minors;
mod reading;
mod secret;
mod spoken;
#[cfg(test)]
mod tests;

use std::ops::Range;

use serde::{Deserialize, Serialize};

pub use secret::{Secret, hide};
pub use spoken::take_out;

use crate::sentences::sentence;
use reading::Reading;

/// Personal data, perhaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// What it is.
    pub kind: Kind,
    /// What the public copy says in its place; nothing for what a person must rephrase.
    pub replacement: Option<String>,
    /// How sure it is.
    pub confidence: Confidence,
}

/// What kind of personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename = "SecretKind", rename_all = "snake_case")]
pub enum Kind {
    /// The number of a *cédula*, NIT, NIF, passport and the like.
    Identity,
    /// A telephone number.
    Telephone,
    /// An address for electronic mail.
    Email,
    /// Where somebody lives.
    Address,
    /// A bank account or card.
    Account,
    /// A vehicle's number plate.
    Plate,
    /// The name of a minor, which becomes initials, or a passage that speaks of one.
    Minor,
    /// Somebody's health. Only pointed out.
    Health,
    /// A victim of violence. Only pointed out.
    Victim,
}

/// How sure a suggestion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// It may be something else.
    Possible,
    /// The words around it say what it is.
    Likely,
    /// Its check digits or its form leave no doubt.
    Certain,
}

/// What in `text` may be personal data, in order and without overlaps.
pub fn suggest(text: &str) -> Vec<Suggestion> {
    let reading = Reading::new(text);
    let looks = [account::find, identity::find, contact::find, address::find, minors::find, health::find];
    let mut all: Vec<Suggestion> = looks.iter().flat_map(|look| look(&reading)).collect();
    // Of two that overlap the surer stays, then the one that was looked for first.
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_key(|&at| (all[at].replacement.is_none(), std::cmp::Reverse(all[at].confidence), at));
    let mut kept: Vec<usize> = Vec::new();
    for at in order {
        if !kept.iter().any(|&other| meet(&all[other].range, &all[at].range)) {
            kept.push(at);
        }
    }
    let mut at = 0;
    all.retain(|_| {
        at += 1;
        kept.contains(&(at - 1))
    });
    all.sort_by_key(|one| one.range.start);
    all
}

/// `text` with everything confirmed replaced, also where it is said again in the same words or
/// figures with other points and spaces. Suggestions without a replacement change nothing.
pub fn mask(text: &str, confirmed: &[Suggestion]) -> String {
    let mut gone: Vec<(Range<usize>, &str)> = Vec::new();
    for suggestion in confirmed {
        let Some(replacement) = suggestion.replacement.as_deref() else { continue };
        let Some(said) = text.get(suggestion.range.clone()).filter(|said| !said.is_empty()) else { continue };
        gone.push((suggestion.range.clone(), replacement));
        // A child's first name may be anybody's, as long as other surnames follow.
        let first_name = suggestion.kind == Kind::Minor && !said.contains(' ');
        let echoes = echoes::Pieces::of(text).echoes(&echoes::bare(said)).into_iter();
        let echoes = echoes.filter(|range| !first_name || echoes::goes_on(text, range.end).is_none());
        gone.extend(echoes.map(|range| (range, replacement)));
    }
    gone.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    let mut masked = String::with_capacity(text.len());
    let mut reached = 0;
    for (range, replacement) in gone {
        if range.start >= reached {
            masked.push_str(&text[reached..range.start]);
            // The point of «M. L.» is also the one that ends the sentence.
            let ends = text[range.end..].starts_with('.');
            masked.push_str(if ends { replacement.trim_end_matches('.') } else { replacement });
        }
        reached = reached.max(range.end);
    }
    masked.push_str(&text[reached..]);
    masked
}

impl Suggestion {
    /// What stands in `range` as personal data of this kind: also for what a person marks that was
    /// not found. Nothing when the range cuts a letter.
    pub fn new(text: &str, range: Range<usize>, kind: Kind, confidence: Confidence) -> Option<Self> {
        let replacement = kind.replacement(text.get(range.clone())?);
        Some(Self { range, kind, replacement, confidence })
    }
}

impl Kind {
    /// What the public copy says in the place of `said`.
    fn replacement(self, said: &str) -> Option<String> {
        let key = match self {
            Self::Identity => "mask.identity",
            Self::Telephone => "mask.telephone",
            Self::Email => "mask.email",
            Self::Address => "mask.address",
            Self::Account => "mask.account",
            Self::Plate => "mask.plate",
            Self::Minor => return Some(minors::initials(said)),
            Self::Health | Self::Victim => return None,
        };
        Some(sentence(key, &[]))
    }
}

fn meet(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}
