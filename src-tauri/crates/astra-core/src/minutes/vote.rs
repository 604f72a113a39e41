//! A vote: what was voted, how, and what came of it.

use serde::{Deserialize, Serialize};

/// A vote, from its call to its announced result.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Vote {
    /// What was put to the vote.
    pub about: String,
    /// How it was voted.
    pub mode: Mode,
    /// Votes for it, as announced.
    pub in_favour: Option<u32>,
    /// Votes against it, as announced.
    pub against: Option<u32>,
    /// Abstentions, as announced.
    pub abstaining: Option<u32>,
    /// Blank votes, as announced.
    pub blank: Option<u32>,
    /// Who voted for what, as far as it was heard or typed.
    pub names: VoteNames,
    /// Who stood for election and how many votes each had; empty when it was none.
    pub candidates: Vec<Candidate>,
    /// What was announced.
    pub outcome: Option<Outcome>,
}

/// How a vote is taken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// All at once.
    #[default]
    Ordinary,
    /// By name.
    Nominal,
    /// On paper.
    Secret,
}

/// Who voted for what.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct VoteNames {
    /// For it.
    pub in_favour: Vec<String>,
    /// Against it.
    pub against: Vec<String>,
    /// Neither.
    pub abstaining: Vec<String>,
    /// Who had no right to this vote: an impediment, a seat left before it.
    pub excluded: Vec<String>,
}

/// Somebody who stood for election.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Candidate {
    /// The name.
    pub name: String,
    /// The votes.
    pub votes: u32,
}

/// How a vote ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Passed.
    Approved,
    /// Did not pass.
    Rejected,
    /// As many for it as against it.
    Tied,
    /// Annulled; it was voted again or not at all.
    Void,
}

impl VoteNames {
    /// Whether nobody's vote is known.
    pub fn is_empty(&self) -> bool {
        self.in_favour.is_empty() && self.against.is_empty() && self.abstaining.is_empty()
    }
}
