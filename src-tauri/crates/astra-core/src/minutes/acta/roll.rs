//! Who was there.

use super::Roll;
use super::people::is_member;
use super::writing::{BLANK, Writing, given, plain};
use crate::export::page::{Block, Run, Style as Look, Table};
use crate::minutes::{Attendance, Attendee, Guest};

/// The section with those who were called and those who were invited.
pub(super) fn attendance(writing: &Writing<'_>) -> Vec<Block> {
    let record = &writing.material.minutes.record;
    let called: Vec<&Attendee> = record.attendance.iter().filter(|one| given(&one.name).is_some()).collect();
    let guests: Vec<&Guest> = record.guests.iter().filter(|guest| given(&guest.name).is_some()).collect();
    if called.is_empty() && guests.is_empty() {
        return vec![];
    }
    let mut blocks = vec![writing.heading("heading.attendance")];
    match writing.style.roll {
        Roll::Table if !called.is_empty() => {
            blocks.push(Block::Table(table(writing, &called)));
            blocks.extend(summed_up(writing, &called).map(|sentence| plain(Look::Normal, sentence)));
            if !guests.is_empty() {
                blocks.push(plain(Look::LeadIn, writing.say("roll.guests", &[])));
                blocks.push(Block::List { ordered: false, items: guests.iter().map(|guest| about(guest)).collect() });
            }
        }
        _ => {
            blocks.push(Block::Table(groups(writing, &called, &guests)));
            blocks.extend(summed_up(writing, &called).map(|sentence| plain(Look::Normal, sentence)));
        }
    }
    blocks
}

/// A row for each. A column that would be empty is left out.
fn table(writing: &Writing<'_>, called: &[&Attendee]) -> Table {
    let typed = |text: &str| given(text).is_some();
    let parties = called.iter().any(|one| writing.party(&one.name).is_some());
    let late = |one: &&&Attendee| one.attendance == Attendance::Late;
    let early = |one: &&&Attendee| one.attendance == Attendance::LeftEarly;
    let arrivals = called.iter().any(|one| late(&one) || typed(&one.arrived));
    let departures = called.iter().any(|one| early(&one) || typed(&one.left));
    let columns: Vec<(&str, u32)> = [
        Some(("name", 31)),
        parties.then_some(("party", 19)),
        Some(("attendance", 24)),
        arrivals.then_some(("arrived", 13)),
        departures.then_some(("left", 13)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let rows = called.iter().map(|one| {
        let time = |hour: &str, needed: bool| {
            writing.hour(hour).unwrap_or_else(|| if needed { BLANK.to_owned() } else { String::new() })
        };
        let cell = |(column, _): &(&str, u32)| match *column {
            "name" => name(writing, one),
            "party" => vec![Run::plain(writing.party(&one.name).unwrap_or_default())],
            "attendance" => vec![Run::plain(status(writing, one))],
            "arrived" => vec![Run::plain(time(&one.arrived, late(&one)))],
            _ => vec![Run::plain(time(&one.left, early(&one)))],
        };
        columns.iter().map(cell).collect()
    });
    Table {
        rows: rows.collect(),
        head: columns.iter().map(|(column, _)| writing.say(&format!("roll.{column}"), &[])).collect(),
        widths: columns.iter().map(|(_, width)| *width).collect(),
        description: writing.say("roll.description", &[]),
    }
}

/// The name, and under it an office that is more than a seat.
fn name(writing: &Writing<'_>, attendee: &Attendee) -> Vec<Run> {
    let name = Run::plain(given(&attendee.name).unwrap_or_default());
    match given(writing.material.office(&attendee.name)).filter(|office| !is_plain_seat(office)) {
        Some(office) => vec![name, Run::italic(format!("\n{office}"))],
        None => vec![name],
    }
}

/// «Concejal» alone is what everybody on the roll is.
fn is_plain_seat(office: &str) -> bool {
    is_member(office) && office.split_whitespace().count() == 1
}

fn status(writing: &Writing<'_>, attendee: &Attendee) -> String {
    let status = writing.say(&format!("roll.status.{}", code(attendee.attendance)), &[]);
    let remote = attendee.remote.then(|| writing.say("roll.remote", &[]));
    let reason = reason(writing, attendee);
    [Some(status), remote, reason].into_iter().flatten().collect::<Vec<_>>().join(". ")
}

/// Why somebody was away. It is often a matter of health, and nobody else's.
fn reason(writing: &Writing<'_>, attendee: &Attendee) -> Option<String> {
    given(&attendee.reason).filter(|_| writing.is_complete())
}

fn code(attendance: Attendance) -> &'static str {
    match attendance {
        Attendance::Present => "present",
        Attendance::Absent => "absent",
        Attendance::Excused => "excused",
        Attendance::Late => "late",
        Attendance::LeftEarly => "left_early",
        Attendance::Unstated => "unstated",
    }
}

/// How many of those who were called attended; nothing while that is not known of everybody.
fn summed_up(writing: &Writing<'_>, called: &[&Attendee]) -> Option<String> {
    if called.is_empty() || called.iter().any(|one| one.attendance == Attendance::Unstated) {
        return None;
    }
    let there = called.iter().filter(|one| was_there(one)).count();
    let number = |count: usize| writing.count(u32::try_from(count).unwrap_or(u32::MAX));
    let key = match (called.len(), there) {
        (1, _) => "roll.one",
        (all, there) if all == there => "roll.all",
        (_, 0) => "roll.none",
        (_, 1) => "roll.only_one",
        _ => "roll.some",
    };
    Some(writing.say(key, &[("called", &number(called.len())), ("there", &number(there))]))
}

fn was_there(attendee: &Attendee) -> bool {
    matches!(attendee.attendance, Attendance::Present | Attendance::Late | Attendance::LeftEarly)
}

fn about(guest: &Guest) -> Vec<Run> {
    let office = given(&guest.office).map(|office| format!(", {office}")).unwrap_or_default();
    vec![Run::plain(format!("{}{office}", given(&guest.name).unwrap_or_default()))]
}

/// The form of article 109 of the ROF: who presided, the members by group, who was absent with and without
/// excuse, and who kept the minutes.
fn groups(writing: &Writing<'_>, called: &[&Attendee], guests: &[&Guest]) -> Table {
    let record = &writing.material.minutes.record;
    let president = given(&record.president);
    let secretary = given(&record.secretary);
    let is_head = |one: &Attendee| [&president, &secretary].into_iter().any(|head| *head == given(&one.name));
    let mut rows: Vec<(String, Vec<String>)> = Vec::new();
    if let Some(president) = president.clone() {
        rows.push((writing.say("roll.president", &[]), vec![writing.person(&president)]));
    }
    let mut parties: Vec<Option<String>> = Vec::new();
    for one in called.iter().filter(|one| was_there(one) && !is_head(one)) {
        let party = writing.party(&one.name);
        if !parties.contains(&party) {
            parties.push(party);
        }
    }
    // Who has no group stands last.
    parties.sort_by_key(Option::is_none);
    for party in parties {
        let members = called.iter().filter(|one| was_there(one) && !is_head(one) && writing.party(&one.name) == party);
        let members = members.map(|one| with_hours(writing, one)).collect();
        rows.push((party.unwrap_or_else(|| writing.say("roll.members", &[])), members));
    }
    for (attendance, key) in [
        (Attendance::Excused, "roll.excused"),
        (Attendance::Absent, "roll.absent"),
        (Attendance::Unstated, "roll.unstated"),
    ] {
        let away = called.iter().filter(|one| one.attendance == attendance);
        let away: Vec<String> = away.map(|one| with_hours(writing, one)).collect();
        if !away.is_empty() {
            rows.push((writing.say(key, &[]), away));
        }
    }
    if let Some(secretary) = secretary {
        rows.push((writing.say("roll.secretary", &[]), vec![writing.person(&secretary)]));
    }
    if !guests.is_empty() {
        let guests = guests.iter().map(|guest| writing.person(&guest.name)).collect();
        rows.push((writing.say("roll.others", &[]), guests));
    }
    let rows = rows.into_iter().map(|(label, names)| vec![vec![Run::plain(label)], vec![Run::plain(names.join("\n"))]]);
    Table {
        head: vec![],
        rows: rows.collect(),
        widths: vec![30, 70],
        description: writing.say("roll.description", &[]),
    }
}

/// Somebody with what differs from having been there all the time.
fn with_hours(writing: &Writing<'_>, attendee: &Attendee) -> String {
    let hour = |hour: &str| writing.the_hour(hour).unwrap_or_else(|| format!("las {BLANK}"));
    let late = (attendee.attendance == Attendance::Late)
        .then(|| writing.say("roll.came", &[("hour", &hour(&attendee.arrived))]));
    let early = (attendee.attendance == Attendance::LeftEarly)
        .then(|| writing.say("roll.went", &[("hour", &hour(&attendee.left))]));
    let remote = attendee.remote.then(|| writing.say("roll.by_remote", &[]));
    let reason = reason(writing, attendee);
    let notes: Vec<String> = [late, early, remote, reason].into_iter().flatten().collect();
    let named = writing.person(&attendee.name);
    if notes.is_empty() { named } else { format!("{named} ({})", notes.join("; ")) }
}

/// The names of those who attended, for a sentence.
pub(super) fn present(writing: &Writing<'_>) -> Vec<String> {
    let called = writing.material.minutes.record.attendance.iter();
    let there = called.filter(|one| !matches!(one.attendance, Attendance::Absent | Attendance::Excused));
    there.filter_map(|one| given(&one.name)).collect()
}
