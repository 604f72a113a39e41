//! What a proposal changes in the record: hours, and who was there.

use crate::minutes::proposals::{Kind, Presence, Role};
use crate::minutes::{Attendance, Record, RecordChange};

/// What is proposed of the record and does not stand there already.
pub(super) fn changes(kind: &Kind, record: &Record) -> Vec<RecordChange> {
    let attended = |name: &str, attendance| RecordChange::Attended { name: name.to_owned(), attendance };
    let changes = match kind {
        Kind::Opening { time: Some(time) } => vec![RecordChange::Starts { time: time.clone() }],
        Kind::Adjournment { time: Some(time) } => vec![RecordChange::Ends { time: time.clone() }],
        Kind::RollCall { answers } => {
            let answered = |presence: Presence| match presence {
                Presence::Present => Attendance::Present,
                Presence::Absent => Attendance::Absent,
                Presence::Excused => Attendance::Excused,
            };
            answers.iter().map(|answer| attended(&answer.name, answered(answer.answer))).collect()
        }
        Kind::Arrival { name } => vec![attended(name, Attendance::Late)],
        Kind::Departure { name } => vec![attended(name, Attendance::LeftEarly)],
        _ => vec![],
    };
    changes.into_iter().filter(|change| !change.is_made(record)).collect()
}

/// What somebody is in the session: by the record, else by the office that was typed for the speaker.
pub(super) fn role(name: &str, office: &str, record: &Record) -> Option<Role> {
    let name = name.trim();
    let is = |other: &str| !name.is_empty() && other.trim() == name;
    let called = record.attendance.iter().find(|attendee| is(&attendee.name));
    let office = called.map(|attendee| attendee.office.as_str()).filter(|it| !it.trim().is_empty()).unwrap_or(office);
    let office = office.trim().to_lowercase();
    if is(&record.president) || office.starts_with("president") {
        Some(Role::Chair)
    } else if is(&record.secretary) || ["secretario general", "secretaria general"].contains(&office.as_str()) {
        Some(Role::Secretary)
    } else if called.is_some() || office.starts_with("concejal") {
        Some(Role::Member)
    } else if !office.is_empty() || record.guests.iter().any(|guest| is(&guest.name)) {
        Some(Role::Guest)
    } else {
        None
    }
}
