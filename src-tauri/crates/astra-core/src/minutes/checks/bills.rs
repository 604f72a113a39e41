//! Bills: their debates, who reports on them, and votes by name.

use super::agenda::end_of_item;
use super::{Finding, Findings};
use crate::minutes::acta::{Country, day};
use crate::minutes::cleaning::words::fold;
use crate::minutes::{Bill, Entry, Mode, Outcome, Vote, What};

/// How many days must pass between the first and the second debate: Ley 136 de 1994, art. 73.
const DAYS_BETWEEN: i64 = 3;

/// Looks at every bill.
pub(super) fn look(findings: &mut Findings<'_>) {
    for entry in findings.entries() {
        let What::Bill(bill) = &entry.what else { continue };
        let number = bill.number.clone();
        if bill.rapporteurs.iter().all(|name| name.trim().is_empty()) {
            findings.add(Finding::RapporteurMissing { number: number.clone() }, Some(entry));
        }
        if findings.country == Country::Colombia {
            debates(findings, entry, bill);
            if is_passed_without_names(findings.entries(), entry, bill) {
                findings.add(Finding::BillWithoutNames { number }, Some(entry));
            }
        }
    }
}

fn debates(findings: &mut Findings<'_>, entry: &Entry, bill: &Bill) {
    let number = bill.number.clone();
    let today = day(&findings.material.minutes.record.date);
    match (bill.debate, day(&bill.first_debate)) {
        (None, _) => findings.add(Finding::DebateMissing { number }, Some(entry)),
        (Some(2), None) => findings.add(Finding::FirstDebateMissing { number }, Some(entry)),
        (Some(2), Some(first)) if today.is_some_and(|today| (today - first).whole_days() < DAYS_BETWEEN) => {
            let first = bill.first_debate.clone();
            findings.add(Finding::SecondDebateTooSoon { number, first }, Some(entry));
        }
        _ => {}
    }
}

/// Whether the bill was approved, and never by name. Votes in its item are its votes, except those on what
/// else is voted there: minutes, the order of the day, a motion.
fn is_passed_without_names(entries: &[Entry], entry: &Entry, bill: &Bill) -> bool {
    let votes: Vec<&Vote> = entries
        .iter()
        .filter_map(|other| match &other.what {
            What::Vote(vote) if is_its(entries, entry, bill, other, vote) => Some(vote),
            _ => None,
        })
        .collect();
    let passed = votes.iter().any(|vote| vote.outcome == Some(Outcome::Approved));
    passed && !votes.iter().any(|vote| vote.mode == Mode::Nominal && !vote.names.is_empty())
}

fn is_its(entries: &[Entry], entry: &Entry, bill: &Bill, other: &Entry, vote: &Vote) -> bool {
    let about = fold(&vote.about);
    let number = fold(bill.number.trim());
    if !number.is_empty() && about.contains(&number) {
        return true;
    }
    let (Some(heard), Some(voted)) = (entry.heard, other.heard) else { return false };
    let within = heard.from <= voted.from && voted.from < end_of_item(entries, heard.from);
    within && ["proyecto", "articul", "titulo", "ponencia", "informe"].iter().any(|word| about.contains(word))
}
