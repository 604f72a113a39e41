//! Who speaks after the floor was given.

use crate::id::SegmentId;
use crate::minutes::proposals::{Kind, Proposal};
use crate::transcript::{Floor, Segment};

/// Two segments that lie further apart are not one turn, in milliseconds.
const PAUSE_MS: u64 = 10_000;

/// For each proposal the segments of whom the floor goes to: those that follow the words, of which nobody
/// said who speaks, up to the next thing that whoever presides says or a long silence.
pub(super) fn turns(proposals: &[Proposal], segments: &[Segment]) -> Vec<Vec<SegmentId>> {
    let mut said: Vec<usize> = proposals.iter().map(|proposal| proposal.evidence.utterance).collect();
    said.sort_unstable();
    proposals.iter().map(|proposal| turn(proposal, &said, segments)).collect()
}

/// What gives the floor; nothing when nobody is waiting for a name.
pub(super) fn floor(kind: &Kind, turn: Vec<SegmentId>) -> Option<Floor> {
    match kind {
        Kind::Floor { name } if !turn.is_empty() => Some(Floor { segments: turn, name: name.clone() }),
        _ => None,
    }
}

fn turn(proposal: &Proposal, said: &[usize], segments: &[Segment]) -> Vec<SegmentId> {
    if !matches!(proposal.kind, Kind::Floor { .. }) {
        return vec![];
    }
    let first = proposal.evidence.utterance + 1;
    let end = said[said.partition_point(|at| *at < first)..].first().copied().unwrap_or(segments.len());
    let mut turn: Vec<&Segment> = Vec::new();
    for segment in segments.get(first..end).unwrap_or_default() {
        let follows = turn
            .last()
            .is_none_or(|last| segment.part == last.part && segment.start_ms.saturating_sub(last.end_ms) <= PAUSE_MS);
        if segment.speaker.is_some() || !follows {
            break;
        }
        turn.push(segment);
    }
    turn.into_iter().map(|segment| segment.id).collect()
}
