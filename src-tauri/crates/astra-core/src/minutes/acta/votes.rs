//! A vote as the acta states it: what was voted, how, with how many votes, who voted for what, and what
//! came of it. Words agree with the thing that was voted on, or there are none that would have to.

use super::writing::{BLANK, Writing, capital, given, listed, paragraph};
use crate::export::page::{Block, Run, Style as Look, Table};
use crate::minutes::wording::{Gender, Number, agree, article, forms_of};
use crate::minutes::{Mode, Outcome, Vote};

/// How many votes of each kind.
#[derive(Clone, Copy)]
struct Counts {
    in_favour: Option<u32>,
    against: Option<u32>,
    abstaining: Option<u32>,
    blank: Option<u32>,
}

impl Writing<'_> {
    /// The vote as a sentence, and a table of the names as far as they are known.
    pub(super) fn vote(&self, vote: &Vote) -> Vec<Block> {
        let mut blocks = Vec::new();
        let candidates = !vote.candidates.is_empty();
        let names = vote.names.in_favour.len() + vote.names.against.len() + vote.names.abstaining.len();
        let table = candidates || names + vote.names.excluded.len() > 0;
        let look = if table { Look::LeadIn } else { Look::Normal };
        blocks.push(paragraph(look, self.voted(vote)));
        if candidates {
            blocks.push(Block::Table(self.candidates(vote)));
        }
        if names + vote.names.excluded.len() > 0 {
            blocks.push(Block::Table(self.names(vote)));
        }
        blocks
    }

    fn voted(&self, vote: &Vote) -> Vec<Run> {
        let mode = self.say(&format!("vote.mode.{}", mode(vote.mode)), &[]);
        let with = self.counted(counts(vote));
        let with = if with.is_empty() { with } else { self.say("vote.with", &[("counts", &with)]) };
        let about = given(&vote.about);
        let thing = about.as_deref().and_then(|about| Some((with_article(about)?, forms_of(about)?)));
        let outcome = vote.outcome.map(outcome);
        match (thing, outcome) {
            (Some((thing, (gender, number))), Some(outcome)) => {
                let submitted = capital(&agree("sometido", gender, number));
                let result = self.result(outcome, gender, number);
                let said = [("submitted", submitted.as_str()), ("mode", &mode), ("thing", &thing), ("with", &with)];
                let key = if outcome == "void" { "vote.annulled" } else { "vote.whole" };
                self.say_bold(key, &said, "result", &result)
            }
            (_, outcome) => {
                let thing = about.unwrap_or_else(|| BLANK.to_owned());
                let result = outcome.map_or_else(|| BLANK.to_owned(), |it| self.say(&format!("vote.noun.{it}"), &[]));
                let said = [("mode", mode.as_str()), ("thing", &thing), ("with", &with)];
                let key = if vote.candidates.is_empty() { "vote.neutral" } else { "vote.election" };
                self.say_bold(key, &said, "result", &result)
            }
        }
    }

    /// «fue aprobada», «fueron negados», «hubo empate»: the words that stand out.
    fn result(&self, outcome: &str, gender: Gender, number: Number) -> String {
        if ["tied", "void"].contains(&outcome) {
            return self.say(&format!("vote.result.{outcome}"), &[]);
        }
        let was = self.say(if number == Number::Plural { "vote.were" } else { "vote.was" }, &[]);
        let participle = self.say(&format!("vote.participle.{outcome}"), &[]);
        format!("{was} {}", agree(&participle, gender, number))
    }

    /// «once (11) votos a favor, dos (2) en contra y una (1) abstención», of what was announced.
    fn counted(&self, counts: Counts) -> String {
        let mut parts = Vec::new();
        let mut said_votes = false;
        for (count, key) in [(counts.in_favour, "in_favour"), (counts.against, "against"), (counts.blank, "blank")] {
            let Some(count) = count else { continue };
            let number = self.count(count);
            let votes = match (said_votes, count) {
                (true, _) => "",
                (false, 1) => "one_vote",
                (false, _) => "votes",
            };
            let votes = if votes.is_empty() { String::new() } else { self.say(&format!("vote.{votes}"), &[]) };
            said_votes = true;
            parts.push(self.say(&format!("vote.count.{key}"), &[("count", &number), ("votes", &votes)]));
        }
        if let Some(count) = counts.abstaining {
            let key = if count == 1 { "vote.count.one_abstention" } else { "vote.count.abstentions" };
            parts.push(self.say(key, &[("count", &self.feminine(count))]));
        }
        listed(&parts)
    }

    fn names(&self, vote: &Vote) -> Table {
        let sides = [
            (&vote.names.in_favour, "in_favour"),
            (&vote.names.against, "against"),
            (&vote.names.abstaining, "abstaining"),
            (&vote.names.excluded, "excluded"),
        ];
        let voted = sides.iter().flat_map(|(names, side)| names.iter().map(move |name| (name.as_str(), *side)));
        let mut voted: Vec<(&str, &str)> = voted.collect();
        // In the order of the roll; whoever is not on it stands last, in the order of the sides.
        let roll = &self.material.minutes.record.attendance;
        let called = |name: &str| roll.iter().position(|one| one.name.trim() == name.trim());
        voted.sort_by_key(|(name, _)| called(name).unwrap_or(usize::MAX));
        let rows = voted.into_iter().map(|(name, side)| {
            let side = self.say(&format!("vote.side.{side}"), &[]);
            vec![vec![Run::plain(given(name).unwrap_or_default())], vec![Run::plain(side)]]
        });
        Table {
            head: vec![self.say("vote.head.name", &[]), self.say("vote.head.vote", &[])],
            rows: rows.collect(),
            widths: vec![3, 2],
            description: self.say("vote.description", &[("about", &vote.about)]),
        }
    }

    fn candidates(&self, vote: &Vote) -> Table {
        let rows = vote.candidates.iter().map(|candidate| {
            let name = given(&candidate.name).unwrap_or_else(|| BLANK.to_owned());
            vec![vec![Run::plain(name)], vec![Run::plain(self.count(candidate.votes))]]
        });
        Table {
            head: vec![self.say("vote.head.candidate", &[]), self.say("vote.head.votes", &[])],
            rows: rows.collect(),
            widths: vec![3, 2],
            description: self.say("vote.description", &[("about", &vote.about)]),
        }
    }
}

/// What was announced, or else what the names add up to.
fn counts(vote: &Vote) -> Counts {
    let announced =
        Counts { in_favour: vote.in_favour, against: vote.against, abstaining: vote.abstaining, blank: vote.blank };
    let nothing = [vote.in_favour, vote.against, vote.abstaining, vote.blank].iter().all(Option::is_none);
    if !nothing || vote.names.is_empty() {
        return announced;
    }
    let number = |names: &[String]| u32::try_from(names.len()).ok();
    Counts {
        in_favour: number(&vote.names.in_favour),
        against: number(&vote.names.against),
        abstaining: number(&vote.names.abstaining).filter(|&count| count > 0),
        blank: None,
    }
}

/// The thing voted on in the middle of a sentence; none for a question, which no sentence can hold.
fn with_article(about: &str) -> Option<String> {
    if about.starts_with('¿') {
        return None;
    }
    let first = about.split_whitespace().next()?.to_lowercase();
    if ["el", "la", "los", "las"].contains(&first.as_str()) {
        let rest = about.split_once(' ').map_or("", |(_, rest)| rest);
        return Some(format!("{first} {rest}"));
    }
    Some(format!("{} {about}", article(about)?))
}

fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Ordinary => "ordinary",
        Mode::Nominal => "nominal",
        Mode::Secret => "secret",
    }
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Approved => "approved",
        Outcome::Rejected => "rejected",
        Outcome::Tied => "tied",
        Outcome::Void => "void",
    }
}
