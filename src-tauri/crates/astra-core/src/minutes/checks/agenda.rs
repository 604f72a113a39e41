//! The order of the day, earlier minutes and motions.

use super::{Finding, Findings};
use crate::minutes::cleaning::words::fold;
use crate::minutes::{Business, Entry, Item, Moment, What};

/// Looks at what was dealt with.
pub(super) fn look(findings: &mut Findings<'_>) {
    let items: Vec<(&Entry, &Item)> = findings
        .entries()
        .iter()
        .filter_map(|entry| match &entry.what {
            What::Item(item) => Some((entry, item)),
            _ => None,
        })
        .collect();
    order(findings, &items);
    let extraordinary = fold(&findings.material.minutes.record.kind).contains("extraordinaria");
    let mut seen: Vec<u32> = Vec::new();
    for (entry, item) in &items {
        if seen.contains(&item.number) {
            continue;
        }
        seen.push(item.number);
        let (number, title) = (item.number, item.title.clone());
        let mut times = items.iter().filter(|(_, other)| other.number == number);
        if !times.any(|(entry, _)| is_developed(findings, entry)) {
            findings.add(Finding::ItemWithoutDevelopment { number, title: title.clone() }, Some(entry));
        }
        if extraordinary && item.business == Business::Motions {
            findings.add(Finding::ExtraordinaryItem { number, title }, Some(entry));
        }
    }
    for number in 1..seen.iter().copied().max().unwrap_or_default() {
        if !seen.contains(&number) {
            findings.add(Finding::ItemMissing { number }, None);
        }
    }
    earlier_minutes(findings);
    motions(findings);
}

/// The beginning of the next item after a moment, or the end of everything.
pub(super) fn end_of_item(entries: &[Entry], moment: Moment) -> Moment {
    let items = entries.iter().filter(|entry| matches!(entry.what, What::Item(_)));
    let next = items.filter_map(|item| item.heard).map(|heard| heard.from).filter(|from| *from > moment).min();
    next.unwrap_or(Moment { part: u32::MAX, ms: u64::MAX })
}

fn order(findings: &mut Findings<'_>, items: &[(&Entry, &Item)]) {
    let mut heard: Vec<(Moment, &Entry, u32)> =
        items.iter().filter_map(|(entry, item)| Some((entry.heard?.from, *entry, item.number))).collect();
    heard.sort_by_key(|(from, ..)| *from);
    let mut seen: Vec<u32> = Vec::new();
    for (_, entry, number) in heard {
        // One that comes back is no disorder.
        if !seen.contains(&number) && seen.iter().any(|before| *before > number) {
            findings.add(Finding::ItemOutOfOrder { number }, Some(entry));
        }
        seen.push(number);
    }
}

/// Whether anything was said in an item.
fn is_developed(findings: &Findings<'_>, entry: &Entry) -> bool {
    let Some(stretch) = entry.heard else { return false };
    let clock = findings.material.clock();
    let mut said = findings.material.utterances.iter().filter(|utterance| !utterance.words.is_empty());
    said.any(|utterance| stretch.holds(clock.heard(utterance).middle()))
}

fn earlier_minutes(findings: &mut Findings<'_>) {
    let number = |text: &str| -> Option<u32> {
        let digits: String = text.trim().chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    };
    let this = number(&findings.material.minutes.record.number);
    for entry in findings.entries() {
        let What::EarlierMinutes { number: typed, .. } = &entry.what else { continue };
        // «12 de 2025» may well come before «3 de 2026».
        let of_another_year = typed.contains(" de ") || typed.contains(['/', '-']);
        if !of_another_year && this.zip(number(typed)).is_some_and(|(this, earlier)| earlier >= this) {
            findings.add(Finding::EarlierMinutesNumber { number: typed.clone() }, Some(entry));
        }
    }
}

fn motions(findings: &mut Findings<'_>) {
    let entries = findings.entries();
    for entry in entries {
        let What::Motion { by, text } = &entry.what else { continue };
        if by.iter().all(|name| name.trim().is_empty()) {
            findings.add(Finding::MotionWithoutMover { text: text.clone() }, Some(entry));
        }
        let Some(heard) = entry.heard else { continue };
        let end = end_of_item(entries, heard.from);
        let voted = entries.iter().any(|other| {
            let within = other.heard.is_some_and(|vote| heard.from <= vote.to && vote.from < end);
            matches!(other.what, What::Vote(_)) && (within || other.heard.is_none())
        });
        if !voted {
            findings.add(Finding::MotionWithoutVote { text: text.clone() }, Some(entry));
        }
    }
}
