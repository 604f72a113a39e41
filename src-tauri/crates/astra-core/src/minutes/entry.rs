//! What the minutes state besides the record: what was dealt with, moved, voted and decided, each at
//! its place in the sound. The secretary types an entry or agrees to one that was proposed.

use std::cmp::Reverse;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::vote::Vote;
use crate::id::EntryId;

/// One statement of the minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Entry {
    /// Its id. Whoever makes it makes a UUIDv7, by which entries stay in the order they were made.
    pub id: EntryId,
    /// Where it can be heard, if it can.
    pub heard: Option<Stretch>,
    /// What it states.
    pub what: What,
}

/// A stretch of the session's sound. It may reach over several recordings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Stretch {
    /// Where it begins.
    pub from: Moment,
    /// Where it ends.
    pub to: Moment,
}

/// A moment of one recording: what is stored does not move when the parts of a session do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, specta::Type)]
pub struct Moment {
    /// Which part of the session, from 0.
    pub part: u32,
    /// Milliseconds from the beginning of that part.
    pub ms: u64,
}

/// What an entry states. Texts that nobody said or typed are empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum What {
    /// The quorum was announced.
    Quorum {
        /// Whether there was one.
        holds: bool,
        /// How many were there, as announced.
        count: Option<u32>,
    },
    /// The minutes of an earlier sitting were submitted.
    EarlierMinutes {
        /// Their number.
        number: String,
        /// What was observed of them.
        observations: String,
    },
    /// A point of the order of the day, for as long as it was dealt with. One that comes back has an
    /// entry for each time, with the same number.
    Item(Item),
    /// Something was moved.
    Motion {
        /// Who moved it.
        by: Vec<String>,
        /// Its words.
        text: String,
    },
    /// A bill was before the body.
    Bill(Bill),
    /// Something was voted.
    Vote(Vote),
    /// Somebody wanted something on the record: it stays word for word in every kind of minutes.
    Constancia {
        /// Who.
        by: String,
    },
    /// What the succinct minutes say of what was said in this stretch. A turn may have several, in order;
    /// an empty text says that nothing of it is for the minutes.
    Summary {
        /// The sentence, picked from the turn or written by the secretary.
        text: String,
        /// Whether the secretary confirmed it. Until then it is a draft.
        confirmed: bool,
    },
    /// What is said here is not for the public: all that is heard in it is marked so from the first, also when it
    /// was stated before anybody listened. Nothing of it is printed.
    Reserved {
        /// Why, or empty.
        reason: String,
    },
    /// The sitting paused.
    Recess {
        /// Why, or empty.
        reason: String,
        /// How long nothing was recorded, in milliseconds, where a recess is all that lies between two
        /// recordings; none where the recorder went on.
        #[serde(default)]
        lasted_ms: Option<u64>,
    },
    /// A letter or message was read or announced.
    Communication {
        /// Its number in the register.
        reference: String,
        /// Its day, as `YYYY-MM-DD`.
        date: String,
        /// Who sent it.
        from: String,
        /// To whom.
        to: String,
        /// What it is about.
        subject: String,
    },
    /// Something to be done was agreed.
    Task {
        /// Who does it.
        who: String,
        /// What.
        text: String,
        /// By when, as `YYYY-MM-DD`.
        due: String,
    },
    /// Something goes with the minutes.
    Annex {
        /// What it is.
        title: String,
        /// How many leaves it has.
        folios: Option<u32>,
        /// The SHA-256 of its file in hexadecimal, when it is one.
        sha256: Option<String>,
    },
    /// The next sitting was called.
    NextSession {
        /// Its day, as `YYYY-MM-DD`.
        date: String,
        /// Its hour, as `HH:MM`.
        time: String,
        /// Where.
        place: String,
    },
}

/// A point of the order of the day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Item {
    /// Its number in the order of the day as approved.
    pub number: u32,
    /// Its words there.
    pub title: String,
    /// What kind of business it is.
    pub business: Business,
}

/// A kind of business, which decides what the minutes must say of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Business {
    /// Roll call and quorum.
    RollCall,
    /// Reading and approval of the order of the day.
    Agenda,
    /// Anthem or prayer.
    Ceremony,
    /// Approval of the minutes before.
    EarlierMinutes,
    /// A debate of political control.
    Control,
    /// A bill.
    Bill,
    /// An election.
    Election,
    /// Letters and messages.
    Communications,
    /// Motions.
    Motions,
    /// Anything else.
    #[default]
    Other,
}

/// A bill: a *proyecto de acuerdo*, or of an ordinance.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Bill {
    /// Its number, as it is written.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Who brought it in.
    pub authors: Vec<String>,
    /// Who reports on it, the *ponente*.
    pub rapporteurs: Vec<String>,
    /// Which of its debates this was: 1 or 2.
    pub debate: Option<u32>,
    /// The day of its first debate, as `YYYY-MM-DD`, when this is the second.
    pub first_debate: String,
}

impl Stretch {
    /// These milliseconds of a part.
    pub fn of_part(part: u32, ms: Range<u64>) -> Self {
        Self { from: Moment { part, ms: ms.start }, to: Moment { part, ms: ms.end } }
    }

    /// Whether both have sound in common, however little.
    pub fn meets(&self, other: Stretch) -> bool {
        self.from < other.to && other.from < self.to
    }
}

impl Entry {
    /// The stretch that it keeps from the public, if that is what it states.
    pub fn reserves(&self) -> Option<Stretch> {
        self.heard.filter(|_| matches!(self.what, What::Reserved { .. }))
    }

    /// Where it stands among others: in the order of the sound, at one moment the longer one first,
    /// else in the order in which they were made; what cannot be heard comes last.
    pub fn place(&self) -> impl Ord + use<> {
        let heard = self.heard.map(|heard| (heard.from, Reverse(heard.to)));
        (heard.is_none(), heard, self.id)
    }
}

impl What {
    /// The entry's kind, as on the wire.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Quorum { .. } => "quorum",
            Self::EarlierMinutes { .. } => "earlier_minutes",
            Self::Item(_) => "item",
            Self::Motion { .. } => "motion",
            Self::Bill(_) => "bill",
            Self::Vote(_) => "vote",
            Self::Constancia { .. } => "constancia",
            Self::Summary { .. } => "summary",
            Self::Reserved { .. } => "reserved",
            Self::Recess { .. } => "recess",
            Self::Communication { .. } => "communication",
            Self::Task { .. } => "task",
            Self::Annex { .. } => "annex",
            Self::NextSession { .. } => "next_session",
        }
    }

    /// Its words about the matter: not the names of those who move, bring in and vote, who do it in public, and
    /// nothing that is a date, a count or a digest.
    pub fn texts(&self) -> Vec<&str> {
        match self {
            Self::Quorum { .. } | Self::Constancia { .. } => vec![],
            Self::EarlierMinutes { number: _, observations } => vec![observations],
            Self::Item(item) => vec![&item.title],
            Self::Motion { by: _, text } | Self::Summary { text, confirmed: _ } => vec![text],
            Self::Bill(bill) => vec![&bill.title],
            Self::Vote(vote) => vec![&vote.about],
            Self::Recess { reason, lasted_ms: _ } | Self::Reserved { reason } => vec![reason],
            Self::Communication { reference: _, date: _, from, to, subject } => vec![from, to, subject],
            Self::Task { who: _, text, due: _ } => vec![text],
            Self::Annex { title, folios: _, sha256: _ } => vec![title],
            Self::NextSession { date: _, time: _, place } => vec![place],
        }
    }
}
