//! What is proposed to the secretary: each proposal with the place where it can be heard and the edit that
//! takes it over. What she refused, and what the minutes say already, is not proposed again.

mod entries;
mod floors;
mod record;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use super::proposals::{Context, Guest, Kind, Proposal, Utterance, propose};
use super::turns::Clock;
use super::{Minutes, Moment, RefusedProposal, Stretch};
use crate::id::{EntryId, SegmentId};
use crate::transcript::{Edit, Scene, Segment};

/// A proposal, ready to be taken over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ProposedEdit {
    /// What it is called when it is refused.
    pub refusal: RefusedProposal,
    /// What happened.
    pub what: Kind,
    /// From its first to its last utterance.
    pub heard: Stretch,
    /// The segment with the words it rests on.
    pub segment: SegmentId,
    /// Those words.
    pub said: String,
    /// How sure the rules are, from 0 to 1.
    pub confidence: f32,
    /// What takes it over: an [`Edit::AcceptProposal`], which may be corrected before it is made.
    pub edit: Edit,
}

/// What is proposed for a session, in the order of the sound. `fresh` makes the ids of new entries.
pub fn proposed(scene: &Scene, clock: &Clock, mut fresh: impl FnMut() -> EntryId) -> Vec<ProposedEdit> {
    let record = &scene.minutes.record;
    let roster: Vec<&str> = record.attendance.iter().map(|attendee| attendee.name.as_str()).collect();
    let guests: Vec<Guest<'_>> =
        record.guests.iter().map(|guest| Guest { name: &guest.name, office: &guest.office }).collect();
    let utterances: Vec<Utterance<'_>> =
        scene.segments.iter().map(|segment| utterance(segment, scene, clock)).collect();
    let proposals = propose(&utterances, &Context { roster: &roster, guests: &guests, date: &record.date });
    let turns = floors::turns(&proposals, &scene.segments);
    let mut found = Vec::new();
    for (proposal, turn) in proposals.iter().zip(turns) {
        let (at, heard) = place(proposal, &scene.segments, clock);
        let refusal = RefusedProposal { kind: proposal.kind.id().to_owned(), at };
        if scene.refused.iter().any(|refused| refused.is(&refusal.kind, at)) {
            continue;
        }
        let Some(edit) = edit(&proposal.kind, heard, turn, &scene.minutes, clock, &mut fresh) else { continue };
        let evidence = &proposal.evidence;
        let segment = &scene.segments[evidence.utterance];
        found.push(ProposedEdit {
            refusal,
            what: proposal.kind.clone(),
            heard,
            segment: segment.id,
            said: segment.text.get(evidence.bytes.clone()).unwrap_or_default().to_owned(),
            confidence: proposal.confidence,
            edit,
        });
    }
    found
}

/// What takes a proposal over; nothing when the minutes say it already.
fn edit(
    kind: &Kind,
    heard: Stretch,
    turn: Vec<SegmentId>,
    minutes: &Minutes,
    clock: &Clock,
    fresh: &mut impl FnMut() -> EntryId,
) -> Option<Edit> {
    let entries = entries::of(kind, heard, minutes, clock, fresh);
    let record = record::changes(kind, &minutes.record);
    let floor = floors::floor(kind, turn);
    let says_nothing = entries.is_empty() && record.is_empty() && floor.is_none();
    (!says_nothing).then_some(Edit::AcceptProposal { entries, record, floor })
}

fn utterance<'a>(segment: &'a Segment, scene: &'a Scene, clock: &Clock) -> Utterance<'a> {
    let voice = scene.speakers.iter().position(|speaker| Some(speaker.id) == segment.speaker);
    let speaker = voice.map(|voice| &scene.speakers[voice]);
    let at = |ms| clock.session_ms(Moment { part: segment.part, ms });
    Utterance {
        start_ms: at(segment.start_ms),
        end_ms: at(segment.end_ms),
        voice,
        role: speaker.and_then(|speaker| record::role(&speaker.name, &speaker.role, &scene.minutes.record)),
        name: speaker.map(|speaker| speaker.name.as_str()).filter(|name| !name.trim().is_empty()),
        text: &segment.text,
    }
}

/// The moment of the words a proposal rests on, and the stretch it lies in.
fn place(proposal: &Proposal, segments: &[Segment], clock: &Clock) -> (Moment, Stretch) {
    let moment = |segment: &Segment, session_ms: u64| {
        let offset_ms = clock.session_ms(Moment { part: segment.part, ms: 0 });
        Moment { part: segment.part, ms: session_ms.saturating_sub(offset_ms) }
    };
    let evidence = &proposal.evidence;
    let segment = &segments[evidence.utterance];
    let before = segment.text.get(..evidence.bytes.start).unwrap_or_default();
    let word = segment.words().into_iter().nth(before.split_whitespace().count());
    let at = Moment { part: segment.part, ms: word.map_or(segment.start_ms, |word| word.start_ms) };
    let first = &segments[proposal.utterances.start];
    let last = &segments[proposal.utterances.end.saturating_sub(1).max(proposal.utterances.start)];
    let (from, to) = (moment(first, proposal.start_ms), moment(last, proposal.end_ms));
    (at, Stretch { from, to: to.max(from) })
}

impl Kind {
    /// Its name, as on the wire.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Opening { .. } => "opening",
            Self::RollCall { .. } => "roll_call",
            Self::Arrival { .. } => "arrival",
            Self::Departure { .. } => "departure",
            Self::Quorum { .. } => "quorum",
            Self::Agenda { .. } => "agenda",
            Self::Item { .. } => "item",
            Self::Floor { .. } => "floor",
            Self::Motion { .. } => "motion",
            Self::Vote(_) => "vote",
            Self::Recess { .. } => "recess",
            Self::Constancia { .. } => "constancia",
            Self::Adjournment { .. } => "adjournment",
            Self::NextSession { .. } => "next_session",
        }
    }
}
