//! What a session was made of, proposed from what was said in it: opening, roll call, quorum, agenda, the
//! floor, votes and closing. By rules only, each with the words it rests on; what was not said is never
//! proposed, and nothing is taken over before the secretary agrees.

mod agenda;
mod announcements;
mod answers;
mod attendance;
mod counts;
mod dates;
mod elections;
mod families;
mod floor;
mod folded;
mod hours;
mod items;
mod matters;
mod motions;
mod names;
mod numbering;
mod numbers;
mod points;
mod recess;
mod replies;
mod sides;
mod sitting;
mod speakers;
mod votes;

#[cfg(test)]
mod tests;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use sitting::Sitting;

pub use super::vote::{Candidate, Mode, Outcome, Vote, VoteNames};

/// A stretch of speech of one voice, as it was heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Utterance<'a> {
    /// When it begins, in milliseconds of the session.
    pub start_ms: u64,
    /// When it ends.
    pub end_ms: u64,
    /// Which voice speaks, if voices were told apart.
    pub voice: Option<usize>,
    /// What the speaker is in the session, if known.
    pub role: Option<Role>,
    /// Who speaks, if known.
    pub name: Option<&'a str>,
    /// What was said.
    pub text: &'a str,
}

/// What somebody is in a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Presides.
    Chair,
    /// Keeps the minutes and calls the roll.
    Secretary,
    /// Has a seat.
    Member,
    /// Anybody else.
    Guest,
}

/// What is known of a session before it is listened to.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context<'a> {
    /// The full names of everybody who has a seat, in the order of the roll.
    pub roster: &'a [&'a str],
    /// The others who are known to be there.
    pub guests: &'a [Guest<'a>],
    /// The day of the session, as `YYYY-MM-DD`; empty when unknown.
    pub date: &'a str,
}

/// Somebody without a seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guest<'a> {
    /// The full name.
    pub name: &'a str,
    /// What they are, or empty.
    pub office: &'a str,
}

/// Something that happened in the session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct Proposal {
    /// What happened.
    pub kind: Kind,
    /// From when on, in milliseconds of the session.
    pub start_ms: u64,
    /// Until when.
    pub end_ms: u64,
    /// In which utterances.
    pub utterances: Range<usize>,
    /// The words it rests on.
    pub evidence: Evidence,
    /// How sure the rules are, from 0 to 1.
    pub confidence: f32,
}

/// The words a proposal rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Evidence {
    /// Which utterance.
    pub utterance: usize,
    /// Which bytes of its text.
    pub bytes: Range<usize>,
    /// Which family of phrases knows them.
    pub family: String,
}

/// What can happen in a session. Fields that were not said are empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "ProposalKind", tag = "kind", rename_all = "snake_case")]
pub enum Kind {
    /// The session is opened.
    Opening {
        /// `HH:MM`.
        time: Option<String>,
    },
    /// The roll is called.
    RollCall {
        /// What each who was called answered.
        answers: Vec<Answer>,
    },
    /// Somebody comes late.
    Arrival {
        /// Who.
        name: String,
    },
    /// Somebody leaves before the end.
    Departure {
        /// Who.
        name: String,
    },
    /// The quorum is announced.
    Quorum {
        /// Whether there is one.
        holds: bool,
        /// How many are there.
        count: Option<u32>,
    },
    /// The order of the day is read.
    Agenda {
        /// Its points, in order.
        items: Vec<String>,
    },
    /// A point of the order of the day is dealt with. It can come back.
    Item {
        /// Its number.
        number: u32,
        /// Its words in the order of the day, or as announced.
        title: String,
    },
    /// Somebody is given the floor.
    Floor {
        /// Who.
        name: String,
    },
    /// Something is moved.
    Motion {
        /// By whom.
        by: Option<String>,
        /// What, in the words of the speaker.
        about: String,
    },
    /// Something is voted.
    Vote(Vote),
    /// The session pauses.
    Recess {
        /// For how many minutes, as announced.
        minutes: Option<u32>,
    },
    /// Somebody wants something on the record.
    Constancia {
        /// Who.
        by: Option<String>,
    },
    /// The session is closed.
    Adjournment {
        /// `HH:MM`.
        time: Option<String>,
    },
    /// The next session is called.
    NextSession {
        /// `YYYY-MM-DD`.
        date: Option<String>,
        /// `HH:MM`.
        time: Option<String>,
    },
}

/// What somebody answered to the roll.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Answer {
    /// Who was called.
    pub name: String,
    /// What was answered for them.
    pub answer: Presence,
}

/// An answer to the roll.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// There.
    Present,
    /// Nobody answered.
    Absent,
    /// Not there, with an excuse.
    Excused,
}

/// What the session was made of, in order of time.
pub fn propose(utterances: &[Utterance<'_>], context: &Context<'_>) -> Vec<Proposal> {
    let sitting = Sitting::new(utterances, context);
    let rolls = answers::rolls(&sitting);
    let mut proposals = hours::opening_and_closing(&sitting);
    let opened = proposals.iter().find_map(|proposal| match &proposal.kind {
        Kind::Opening { time } => time.as_ref()?.get(..2)?.parse().ok(),
        _ => None,
    });
    proposals.extend(attendance::attendance(&sitting, &rolls));
    let agenda = agenda::read(&sitting);
    proposals.extend(items::items(&sitting, &agenda));
    proposals.extend(agenda);
    proposals.extend(floor::floor(&sitting, &rolls));
    proposals.extend(votes::votes(&sitting, &rolls));
    proposals.extend(motions::motions(&sitting));
    proposals.extend(recess::recesses(&sitting));
    proposals.extend(dates::next_session(&sitting, opened));
    proposals.sort_by_key(|proposal| (proposal.start_ms, proposal.end_ms));
    proposals
}
