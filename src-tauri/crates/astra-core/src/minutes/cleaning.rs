//! Cleaning spoken Spanish for the edited literal minutes: hesitations, fillers, immediate
//! repetitions and false starts go, and every one of them can come back. Nothing is taken out
//! unless it is certainly no content: negations, votes, numbers and names always stay, and where
//! a pause could turn «no, estoy de acuerdo» into «no estoy de acuerdo» nothing is touched.

mod draft;
mod fillers;
pub(super) mod lexicon;
mod repeats;
mod seam;
mod speech;
mod starts;
#[cfg(test)]
mod tests;
pub(super) mod words;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::sentences::sentence;
use draft::Draft;
use speech::Speech;

/// One reason for taking something out. Each can be switched off alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// The sounds of thinking: «eh», «mmm».
    Hesitation,
    /// «Este» where nothing can follow that it points to: «el, este, proyecto».
    Este,
    /// «O sea» where it explains nothing.
    OSea,
    /// «Digamos» in a parenthesis of its own.
    Digamos,
    /// A question that asks nobody: «la vía, ¿cierto?, está mala».
    Tag,
    /// «Bueno», «pues» and «a ver» before a sentence begins.
    Opening,
    /// Words said twice in a row without meaning to: «la la vía», «vamos a vamos a».
    Repetition,
    /// The first letters of a word said again and again: «p-p-presupuesto».
    Stutter,
    /// A word broken off and said anew: «el conce… el concejal».
    FalseStart,
    /// More than one space in a row.
    Spacing,
    /// The capital that the first word of a sentence inherits from what stood before it.
    Capital,
}

/// A text without what the rules took out of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// What remains.
    pub text: String,
    /// What was taken out, in order and without overlaps.
    pub removed: Vec<Removal>,
}

/// Something taken out of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removal {
    /// Where it stood, in bytes of the original.
    pub range: Range<usize>,
    /// What stood there.
    pub taken: String,
    /// What stands there now: nothing, or the capital letter in the place of a small one.
    pub put: String,
    /// Why.
    pub rule: Rule,
}

/// Takes out of `text` what `rules` are certain of, and nothing inside the byte ranges `untouched`:
/// a *constancia*, which is kept word for word, and whatever the secretary wants back.
///
/// The last word of a text never goes: a turn does not disappear. Cleaning what is already clean
/// changes nothing.
pub fn clean(text: &str, rules: &[Rule], untouched: &[Range<usize>]) -> Cleaned {
    let mut draft = Draft::new(text, untouched);
    // What one removal brings together may be a repetition, so the rules go round until none is
    // left. Each round takes letters away or raises a small one, hence the end is certain.
    loop {
        let now = draft.text();
        let edits = Speech::new(&now, draft.untouchable()).edits(rules);
        if edits.is_empty() {
            return draft.cleaned(now);
        }
        draft.apply(&edits);
    }
}

/// The text as it was before it was cleaned, to the byte.
pub fn restore(cleaned: &Cleaned) -> String {
    let mut original = String::with_capacity(cleaned.text.len());
    let mut rest = cleaned.text.as_str();
    for removal in &cleaned.removed {
        let kept = removal.range.start.saturating_sub(original.len());
        let (before, after) = rest.split_at_checked(kept).unwrap_or((rest, ""));
        original.push_str(before);
        original.push_str(&removal.taken);
        rest = after.strip_prefix(removal.put.as_str()).unwrap_or(after);
    }
    original.push_str(rest);
    original
}

impl Rule {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Hesitation,
        Self::Este,
        Self::OSea,
        Self::Digamos,
        Self::Tag,
        Self::Opening,
        Self::Repetition,
        Self::Stutter,
        Self::FalseStart,
        Self::Spacing,
        Self::Capital,
    ];

    /// The name that settings keep.
    pub fn id(self) -> &'static str {
        match self {
            Self::Hesitation => "hesitation",
            Self::Este => "este",
            Self::OSea => "o_sea",
            Self::Digamos => "digamos",
            Self::Tag => "tag",
            Self::Opening => "opening",
            Self::Repetition => "repetition",
            Self::Stutter => "stutter",
            Self::FalseStart => "false_start",
            Self::Spacing => "spacing",
            Self::Capital => "capital",
        }
    }

    /// The name that the secretary reads.
    pub fn name(self) -> String {
        sentence(&format!("cleaning.{}", self.id()), &[])
    }
}
