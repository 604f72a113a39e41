//! Proposals that the secretary refused, so that they do not come back.

use serde::{Deserialize, Serialize};

use super::Moment;

/// A proposal that was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct RefusedProposal {
    /// What kind of thing was proposed, as on the wire.
    pub kind: String,
    /// Where it began.
    pub at: Moment,
}

/// How far the beginning of a proposal moves when the segments around it are split, joined or get
/// other edges, in milliseconds, and it is still the same one.
const WITHIN_MS: u64 = 2_000;

impl RefusedProposal {
    /// Whether a proposal of this kind at this place is the one that was refused.
    pub fn is(&self, kind: &str, at: Moment) -> bool {
        self.kind == kind && self.at.part == at.part && self.at.ms.abs_diff(at.ms) <= WITHIN_MS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_proposal_is_known_again_by_its_kind_and_about_its_place() {
        let at = |part, ms| Moment { part, ms };
        let refused = RefusedProposal { kind: "vote".to_owned(), at: at(0, 60_000) };
        assert!(refused.is("vote", at(0, 58_500)) && refused.is("vote", at(0, 61_000)));
        assert!(!refused.is("vote", at(0, 63_000)), "that is another vote");
        assert!(!refused.is("vote", at(1, 60_000)) && !refused.is("quorum", at(0, 60_000)));
    }
}
