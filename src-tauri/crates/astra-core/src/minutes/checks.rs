//! What somebody should look at before an acta is signed: votes that do not add up, a quorum that is none,
//! hours that contradict each other, figures that nobody listened to. None of it blocks anything: the
//! secretary may know better than the law and the arithmetic.

use serde::{Deserialize, Serialize};

use super::acta::{Country, Material};
use super::{Entry, Stretch};
use crate::sentences::sentence;

mod agenda;
mod attendance;
mod bills;
mod names;
mod sound;
#[cfg(test)]
mod tests;
mod times;
mod votes;

/// Something to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Check {
    /// What is the matter.
    pub finding: Finding,
    /// The law that asks for it, if one does.
    pub base: Option<String>,
    /// Where it can be heard, if it can.
    pub heard: Option<Stretch>,
}

/// What may be the matter with minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Finding {
    /// Nobody typed something that the minutes must say.
    FieldMissing {
        /// Which: `date`, `kind`, `place`, `starts`, `ends`, `president`, `secretary`, `attendance`, `agenda`.
        field: String,
    },
    /// A day that no calendar holds.
    NotADate {
        /// As it was typed.
        date: String,
    },
    /// The minutes that were submitted are not earlier ones.
    EarlierMinutesNumber {
        /// Their number.
        number: String,
    },
    /// Fewer attended than must to deliberate.
    TooFewToDeliberate {
        /// How many attended at most.
        present: u32,
        /// How many must.
        needed: u32,
    },
    /// Fewer voted than must to decide.
    TooFewToDecide {
        /// What was voted.
        about: String,
        /// How many voted.
        votes: u32,
        /// How many must.
        needed: u32,
    },
    /// The quorum was announced with another number than the list has.
    QuorumAndList {
        /// As announced.
        announced: u32,
        /// As many as the list has.
        listed: u32,
    },
    /// A quorum was announced though too few were there, or none though enough were.
    QuorumAndCount {
        /// As announced.
        announced: u32,
        /// How many must attend.
        needed: u32,
    },
    /// An item of the order of the day was not dealt with.
    ItemWithoutDevelopment {
        /// Its number.
        number: u32,
        /// Its words.
        title: String,
    },
    /// An item was dealt with before one that stands before it.
    ItemOutOfOrder {
        /// Its number.
        number: u32,
    },
    /// A number of the order of the day is missing.
    ItemMissing {
        /// The number.
        number: u32,
    },
    /// An extraordinary sitting dealt with what it was not called for.
    ExtraordinaryItem {
        /// Its number.
        number: u32,
        /// Its words.
        title: String,
    },
    /// Nobody is named as the mover.
    MotionWithoutMover {
        /// Its words.
        text: String,
    },
    /// It was not voted.
    MotionWithoutVote {
        /// Its words.
        text: String,
    },
    /// Votes and those present do not add up.
    VotesAndPresent {
        /// What was voted.
        about: String,
        /// How many voted.
        votes: u32,
        /// How many could have.
        present: u32,
    },
    /// The announced number of votes is not that of the names.
    VotesAndNames {
        /// What was voted.
        about: String,
        /// As announced.
        announced: u32,
        /// As many names.
        listed: u32,
    },
    /// Somebody's vote is counted twice.
    VotedTwice {
        /// What was voted.
        about: String,
        /// Who.
        name: String,
    },
    /// Somebody voted who was not there.
    VotedAbsent {
        /// What was voted.
        about: String,
        /// Who.
        name: String,
    },
    /// Somebody voted who is not on the roll.
    VotedUnknown {
        /// What was voted.
        about: String,
        /// Who.
        name: String,
    },
    /// A vote by name has no names.
    VoteWithoutNames {
        /// What was voted.
        about: String,
    },
    /// What was announced does not follow from the numbers.
    VoteAndOutcome {
        /// What was voted.
        about: String,
    },
    /// Nobody said what came of it.
    VoteWithoutOutcome {
        /// What was voted.
        about: String,
    },
    /// Annulled or tied, and not repeated.
    VoteNotRepeated {
        /// What was voted.
        about: String,
    },
    /// Somebody abstained where nobody may.
    Abstention {
        /// What was voted.
        about: String,
    },
    /// A bill was voted without names.
    BillWithoutNames {
        /// Its number.
        number: String,
    },
    /// The second debate came too soon after the first.
    SecondDebateTooSoon {
        /// Its number.
        number: String,
        /// The day of the first, as `YYYY-MM-DD`.
        first: String,
    },
    /// Nobody typed when the first debate was.
    FirstDebateMissing {
        /// The bill's number.
        number: String,
    },
    /// Nobody said which debate it was.
    DebateMissing {
        /// The bill's number.
        number: String,
    },
    /// Nobody reports on a bill.
    RapporteurMissing {
        /// Its number.
        number: String,
    },
    /// The end is before the beginning. The sitting may have passed midnight.
    EndsBeforeStart {
        /// As `HH:MM`.
        starts: String,
        /// As `HH:MM`.
        ends: String,
    },
    /// Another hour was said than was typed.
    HourSaid {
        /// As it was said.
        said: String,
        /// As it was typed.
        typed: String,
    },
    /// The recordings are longer than the sitting.
    LongerThanSitting {
        /// How many minutes were recorded.
        recorded: u32,
        /// How many minutes the sitting lasted.
        lasted: u32,
    },
    /// Somebody came or left before or after the sitting, or left before coming.
    HourOutside {
        /// Who.
        name: String,
        /// As it was typed.
        hour: String,
    },
    /// Nobody typed when somebody came or left who was not there all the time.
    HourMissing {
        /// Who.
        name: String,
    },
    /// The next sitting is not after this one.
    NextNotAfter {
        /// Its day, as it was typed.
        date: String,
    },
    /// Nobody is named for what was said.
    SpeakerMissing,
    /// Two names that may be one person's.
    TwoSpellings {
        /// One.
        one: String,
        /// The other.
        other: String,
    },
    /// A sum, a percentage or a law that nobody listened to.
    FigureNotHeard {
        /// As it is written.
        text: String,
    },
    /// A passage that the machine was unsure of and nobody confirmed.
    DoubtfulPassage,
    /// The session was edited after an acta of it was approved.
    ApprovedActaDiffers {
        /// The day of the approval, in words.
        approved: String,
    },
    /// A good part of the speech gave no text.
    Coverage {
        /// How many hundredths did.
        percent: u32,
    },
}

/// What somebody should look at, with the law of a country, in the order of the acta.
pub fn checks(material: &Material, country: Country) -> Vec<Check> {
    let mut findings = Findings { material, country, found: Vec::new() };
    attendance::look(&mut findings);
    times::look(&mut findings);
    agenda::look(&mut findings);
    votes::look(&mut findings);
    bills::look(&mut findings);
    names::look(&mut findings);
    sound::look(&mut findings);
    findings.found
}

impl Check {
    /// The Spanish sentence that says it.
    pub fn sentence(&self) -> String {
        self.finding.sentence()
    }
}

impl Finding {
    /// Its name on the wire and in the catalogue.
    pub fn code(&self) -> String {
        self.fields().into_iter().find(|(name, _)| name == "kind").map(|(_, code)| code).unwrap_or_default()
    }

    /// The Spanish sentence that says it.
    pub fn sentence(&self) -> String {
        let fields = self.fields();
        let words = |name: &str, value: &str| match name {
            "field" => sentence(&format!("check.field.{value}"), &[]),
            _ => value.to_owned(),
        };
        let fields: Vec<(String, String)> =
            fields.into_iter().map(|(name, value)| (name.clone(), words(&name, &value))).collect();
        let borrowed: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        sentence(&format!("check.{}", self.code()), &borrowed)
    }

    fn fields(&self) -> Vec<(String, String)> {
        let value = serde_json::to_value(self).unwrap_or_default();
        let fields = value
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, value)| (name.clone(), value.as_str().map_or_else(|| value.to_string(), str::to_owned)));
        fields.collect()
    }
}

/// What was found so far, and what it is looked for in.
struct Findings<'a> {
    material: &'a Material,
    country: Country,
    found: Vec<Check>,
}

impl<'a> Findings<'a> {
    /// Something about an entry.
    fn add(&mut self, finding: Finding, entry: Option<&Entry>) {
        self.add_at(finding, entry.and_then(|entry| entry.heard));
    }

    /// Something that can be heard here.
    fn add_at(&mut self, finding: Finding, heard: Option<Stretch>) {
        let country = match self.country {
            Country::Colombia => "colombia",
            Country::Spain => "spain",
        };
        let key = format!("check.base.{country}.{}", finding.code());
        let base = Some(sentence(&key, &[])).filter(|base| *base != key);
        self.found.push(Check { finding, base, heard });
    }

    fn entries(&self) -> &'a [Entry] {
        &self.material.minutes.entries
    }
}
