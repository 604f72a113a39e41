//! Votes: whether they add up, and whether what was announced follows from them.

use super::attendance::{Present, to_decide};
use super::{Finding, Findings};
use crate::minutes::acta::Country;
use crate::minutes::cleaning::words::fold;
use crate::minutes::{Attendance, Entry, Mode, Outcome, Vote, What};

/// Looks at every vote.
pub(super) fn look(findings: &mut Findings<'_>) {
    for entry in findings.entries() {
        if let What::Vote(vote) = &entry.what {
            numbers(findings, entry, vote);
            names(findings, entry, vote);
            outcome(findings, entry, vote);
        }
    }
}

/// Votes counted and votes listed, by side.
fn sides(vote: &Vote) -> [(Option<u32>, &[String]); 3] {
    [
        (vote.in_favour, vote.names.in_favour.as_slice()),
        (vote.against, &vote.names.against),
        (vote.abstaining, &vote.names.abstaining),
    ]
}

/// How many voted, as announced or else by name. None when nobody said both sides.
fn votes(vote: &Vote) -> Option<u32> {
    let candidates: u32 = vote.candidates.iter().map(|candidate| candidate.votes).sum();
    if candidates > 0 {
        return Some(candidates + vote.blank.unwrap_or_default());
    }
    if vote.in_favour.is_some() && vote.against.is_some() {
        let all = [vote.in_favour, vote.against, vote.abstaining, vote.blank];
        return Some(all.into_iter().flatten().sum());
    }
    let listed: usize = sides(vote).iter().map(|(_, names)| names.len()).sum();
    (listed > 0).then(|| u32::try_from(listed).unwrap_or(u32::MAX))
}

fn numbers(findings: &mut Findings<'_>, entry: &Entry, vote: &Vote) {
    let about = vote.about.clone();
    for (announced, names) in sides(vote) {
        let listed = u32::try_from(names.len()).unwrap_or(u32::MAX);
        if let Some(announced) = announced.filter(|&announced| listed > 0 && announced != listed) {
            findings.add(Finding::VotesAndNames { about: about.clone(), announced, listed }, Some(entry));
        }
    }
    if findings.material.minutes.record.attendance.is_empty() {
        return;
    }
    let Some(votes) = votes(vote) else { return };
    let there = Present::of(findings);
    let excluded = u32::try_from(vote.names.excluded.len()).unwrap_or(u32::MAX);
    let (least, most) = (there.least.saturating_sub(excluded), there.most.saturating_sub(excluded));
    if vote.outcome != Some(Outcome::Void) && !(least..=most).contains(&votes) {
        let present = if votes < least { least } else { most };
        findings.add(Finding::VotesAndPresent { about: about.clone(), votes, present }, Some(entry));
    }
    let needed = to_decide(findings.country, there.members);
    if votes < needed && matches!(vote.outcome, Some(Outcome::Approved | Outcome::Rejected)) {
        findings.add(Finding::TooFewToDecide { about, votes, needed }, Some(entry));
    }
}

fn names(findings: &mut Findings<'_>, entry: &Entry, vote: &Vote) {
    let about = vote.about.clone();
    if vote.mode == Mode::Nominal && vote.names.is_empty() && vote.outcome != Some(Outcome::Void) {
        findings.add(Finding::VoteWithoutNames { about: about.clone() }, Some(entry));
    }
    let roll = &findings.material.minutes.record.attendance;
    let mut seen: Vec<String> = Vec::new();
    for name in sides(vote).iter().flat_map(|(_, names)| *names).chain(&vote.names.excluded) {
        let folded = fold(name.trim());
        if seen.contains(&folded) {
            findings.add(Finding::VotedTwice { about: about.clone(), name: name.clone() }, Some(entry));
            continue;
        }
        let called = roll.iter().find(|one| fold(one.name.trim()) == folded);
        let excluded = vote.names.excluded.contains(name);
        seen.push(folded);
        match called {
            None if !roll.is_empty() => {
                findings.add(Finding::VotedUnknown { about: about.clone(), name: name.clone() }, Some(entry));
            }
            Some(one) if !excluded && matches!(one.attendance, Attendance::Absent | Attendance::Excused) => {
                findings.add(Finding::VotedAbsent { about: about.clone(), name: name.clone() }, Some(entry));
            }
            _ => {}
        }
    }
}

fn outcome(findings: &mut Findings<'_>, entry: &Entry, vote: &Vote) {
    let about = vote.about.clone();
    let abstained = vote.abstaining.unwrap_or_default() > 0 || !vote.names.abstaining.is_empty();
    if abstained && findings.country == Country::Colombia {
        findings.add(Finding::Abstention { about: about.clone() }, Some(entry));
    }
    let Some(outcome) = vote.outcome else {
        findings.add(Finding::VoteWithoutOutcome { about }, Some(entry));
        return;
    };
    if matches!(outcome, Outcome::Void | Outcome::Tied) && !is_repeated(findings, entry, vote) {
        findings.add(Finding::VoteNotRepeated { about: about.clone() }, Some(entry));
    }
    // In an election there are no sides.
    let (Some(yes), Some(no)) = (vote.in_favour, vote.against) else { return };
    let follows = match outcome {
        Outcome::Approved => yes > no,
        // More may be asked for than a majority.
        Outcome::Rejected => yes <= no || yes < to_decide(findings.country, Present::of(findings).members),
        Outcome::Tied => yes == no,
        Outcome::Void => true,
    };
    if !follows {
        findings.add(Finding::VoteAndOutcome { about }, Some(entry));
    }
}

/// Whether the same was voted again afterwards.
fn is_repeated(findings: &Findings<'_>, entry: &Entry, vote: &Vote) -> bool {
    let Some(heard) = entry.heard else { return true };
    findings.entries().iter().any(|other| match (&other.what, other.heard) {
        (What::Vote(again), Some(later)) => later.from > heard.from && fold(&again.about) == fold(&vote.about),
        _ => false,
    })
}
