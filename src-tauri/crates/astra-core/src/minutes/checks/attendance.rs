//! The record, who was there, and whether they were enough.

use super::{Finding, Findings};
use crate::minutes::acta::Country;
use crate::minutes::acta::day;
use crate::minutes::{Attendance, What};

/// Looks at the record and the quorum.
pub(super) fn look(findings: &mut Findings<'_>) {
    let record = &findings.material.minutes.record;
    let items = findings.entries().iter().any(|entry| matches!(entry.what, What::Item(_)));
    let fields = [
        ("date", record.date.trim().is_empty()),
        ("kind", record.kind.trim().is_empty()),
        ("place", record.place.trim().is_empty()),
        ("starts", record.starts.trim().is_empty()),
        ("ends", record.ends.trim().is_empty()),
        ("president", record.president.trim().is_empty()),
        ("secretary", record.secretary.trim().is_empty()),
        ("attendance", record.attendance.is_empty()),
        ("agenda", !items),
    ];
    for (field, _) in fields.into_iter().filter(|(_, missing)| *missing) {
        findings.add(Finding::FieldMissing { field: field.to_owned() }, None);
    }
    if !record.date.trim().is_empty() && day(&record.date).is_none() {
        findings.add(Finding::NotADate { date: record.date.clone() }, None);
    }
    if record.attendance.is_empty() {
        return;
    }
    let there = Present::of(findings);
    let needed = to_deliberate(findings.country, there.members);
    if there.most < needed {
        findings.add(Finding::TooFewToDeliberate { present: there.most, needed }, None);
    }
    let mut first = true;
    for entry in findings.entries() {
        let What::Quorum { holds, count: Some(announced) } = entry.what else { continue };
        // At the first roll call nobody has come late nor left yet.
        let listed = if first { there.at_first..=there.at_first } else { there.least..=there.most };
        if !listed.contains(&announced) {
            let listed = if announced < *listed.start() { *listed.start() } else { *listed.end() };
            findings.add(Finding::QuorumAndList { announced, listed }, Some(entry));
        }
        if holds != (announced >= needed) {
            findings.add(Finding::QuorumAndCount { announced, needed }, Some(entry));
        }
        first = false;
    }
}

/// How many were there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Present {
    /// How many were called.
    pub(super) members: u32,
    /// How many were there from beginning to end.
    pub(super) least: u32,
    /// How many were there at any time.
    pub(super) most: u32,
    /// How many were there when the roll was called.
    pub(super) at_first: u32,
}

impl Present {
    pub(super) fn of(findings: &Findings<'_>) -> Self {
        let called = &findings.material.minutes.record.attendance;
        let number = |wanted: &[Attendance]| {
            let count = called.iter().filter(|one| wanted.contains(&one.attendance)).count();
            u32::try_from(count).unwrap_or(u32::MAX)
        };
        let (present, late, early) = (Attendance::Present, Attendance::Late, Attendance::LeftEarly);
        Self {
            members: u32::try_from(called.len()).unwrap_or(u32::MAX),
            least: number(&[present]),
            most: number(&[present, late, early]),
            at_first: number(&[present, early]),
        }
    }
}

/// How many of the members must attend to deliberate. Colombia: a quarter (Ley 136 de 1994, art. 29). Spain: a
/// third and never fewer than three (ROF, art. 90).
pub(super) fn to_deliberate(country: Country, members: u32) -> u32 {
    match country {
        Country::Colombia => members.div_ceil(4),
        Country::Spain => members.div_ceil(3).max(3),
    }
}

/// How many must attend to decide. Colombia: the majority of the members (Ley 136 de 1994, art. 29). Spain: as
/// many as to deliberate.
pub(super) fn to_decide(country: Country, members: u32) -> u32 {
    match country {
        Country::Colombia => members / 2 + 1,
        Country::Spain => to_deliberate(country, members),
    }
}
