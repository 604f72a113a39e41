//! Help for the succinct minutes: a turn is cut into sentences, and those that carry something
//! (a position, a request, a proposal, a commitment, a law, a figure) come first, so that the
//! secretary picks them. Nothing is rewritten: an extract is a stretch of the turn.

mod reasons;
mod sentences;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// What somebody said in one go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn<'a> {
    /// The text.
    pub text: &'a str,
    /// When it starts, in milliseconds: the time of words that have none.
    pub start_ms: u64,
    /// When each word (the pieces between white space) starts and ends, in milliseconds. The
    /// pauses between them are what parts sentences where no engine wrote a full stop.
    pub times: &'a [Range<u64>],
}

/// A sentence of a turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extract {
    /// Where it stands, in bytes of the turn's text.
    pub range: Range<usize>,
    /// When its first word starts, in milliseconds.
    pub start_ms: u64,
    /// Why it may matter, weightiest first; empty when nothing speaks for it.
    pub reasons: Vec<Reason>,
}

/// Why a sentence may matter. The order is the weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It must stay word for word: «que conste en el acta».
    Record,
    /// «Estoy de acuerdo», «no comparto».
    Position,
    /// «Solicito», «que se oficie».
    Request,
    /// «Propongo», «la proposición».
    Proposal,
    /// «Me comprometo», «a más tardar».
    Commitment,
    /// A law, a decree, an article.
    Law,
    /// A number.
    Figure,
    /// Thanks and greetings, which speak against it.
    Courtesy,
}

/// The sentences of a turn, those that carry most first, equals in the order they were said.
/// Every word of the turn is in exactly one.
pub fn extracts(turn: &Turn<'_>) -> Vec<Extract> {
    let mut extracts: Vec<Extract> = sentences::cut(turn)
        .into_iter()
        .map(|range| Extract {
            start_ms: turn.times.get(words_before(turn, range.start)).map_or(turn.start_ms, |time| time.start),
            reasons: reasons::of(&turn.text[range.clone()]),
            range,
        })
        .collect();
    extracts.sort_by_key(|extract| (Reverse(weight(&extract.reasons)), extract.range.start));
    extracts
}

/// How many words of the turn stand before this byte.
fn words_before(turn: &Turn<'_>, at: usize) -> usize {
    turn.text[..at].split_whitespace().count()
}

/// The weight of some reasons: the first counts most, so that three small ones outweigh none of
/// the great; thanks weigh down whatever comes with them.
fn weight(reasons: &[Reason]) -> i32 {
    let one = |reason: &Reason| match reason {
        Reason::Record => 64,
        Reason::Position | Reason::Request => 32,
        Reason::Proposal | Reason::Commitment => 24,
        Reason::Law => 8,
        Reason::Figure => 6,
        Reason::Courtesy => -20,
    };
    reasons.iter().map(one).sum()
}
