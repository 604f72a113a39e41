//! The session's record as documents print it: who met, where and when, and who was there. A field
//! that nobody filled in leaves no trace, and one that is not what it should be is printed as typed.

use super::facts::{Fact, Value};
use super::lines::one_line;
use super::{Document, times};
use crate::minutes::{Attendance, Record};
use crate::sentences::sentence;

/// Who was called, as a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Roll {
    /// Whether anybody's office is known; if not there is no column for it.
    pub(crate) has_offices: bool,
    /// Name, office and attendance of each person.
    pub(crate) rows: Vec<[String; 3]>,
}

/// The record, unless nothing was typed into it.
pub(crate) fn of(document: &Document) -> Option<&Record> {
    document.record.as_ref().filter(|record| {
        !(letterhead(record).is_empty()
            && title(record).is_none()
            && facts(record).is_empty()
            && roll(record).is_none())
    })
}

/// Who met: the entity and the body, each on its line.
pub(crate) fn letterhead(record: &Record) -> Vec<String> {
    [&record.entity, &record.body].into_iter().filter_map(|text| typed(text)).collect()
}

/// «Transcripción de la sesión ordinaria n.º 046», if the kind or the number is known.
pub(crate) fn title(record: &Record) -> Option<String> {
    let kind = typed(&record.kind).map(|kind| kind_of_session(&kind));
    let number = typed(&record.number).map(|number| match number.starts_with(|first: char| first.is_ascii_digit()) {
        true => sentence("document.record_number", &[("number", &number)]),
        // Whoever writes «No. 046» wants it so.
        false => number,
    });
    if kind.is_none() && number.is_none() {
        return None;
    }
    let session = [Some(sentence("document.record_session", &[])), kind, number].into_iter().flatten();
    Some(sentence("document.record_title", &[("session", &session.collect::<Vec<_>>().join(" "))]))
}

/// When, where and under whom, in the order of an acta.
pub(crate) fn facts(record: &Record) -> Vec<Fact> {
    let facts = [
        ("record_date", typed(&record.date).map(|date| times::day(&date).unwrap_or(date))),
        ("record_hours", hours(record)),
        ("record_place", typed(&record.place)),
        ("record_president", typed(&record.president)),
        ("record_secretary", typed(&record.secretary)),
    ];
    let fact = |(key, value): (&str, Option<String>)| {
        value.map(|value| Fact {
            label: sentence(&format!("document.label_{key}"), &[]),
            value: vec![Value::Plain(value)],
        })
    };
    facts.into_iter().filter_map(fact).collect()
}

/// Who was called, if anybody was.
pub(crate) fn roll(record: &Record) -> Option<Roll> {
    let people =
        record.attendance.iter().map(|attendee| (one_line(&attendee.name), one_line(&attendee.office), attendee));
    let rows: Vec<[String; 3]> = people
        .filter(|(name, office, _)| !(name.is_empty() && office.is_empty()))
        .map(|(name, office, attendee)| [name, office, attendance(attendee.attendance)])
        .collect();
    let has_offices = rows.iter().any(|[_, office, _]| !office.is_empty());
    (!rows.is_empty()).then_some(Roll { has_offices, rows })
}

fn typed(text: &str) -> Option<String> {
    Some(one_line(text)).filter(|text| !text.is_empty())
}

/// «Sesión Ordinaria» as it goes on after «la sesión».
fn kind_of_session(kind: &str) -> String {
    let word = sentence("document.record_session", &[]);
    let rest = kind.split_once(' ').filter(|(first, _)| first.to_lowercase() == word).map_or(kind, |(_, rest)| rest);
    let mut letters = rest.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    // An abbreviation in capitals stays one.
    match letters.clone().next().is_some_and(char::is_uppercase) {
        true => rest.to_owned(),
        false => first.chain(letters).collect(),
    }
}

fn hours(record: &Record) -> Option<String> {
    let (starts, ends) = (typed(&record.starts), typed(&record.ends));
    let key = match (&starts, &ends) {
        (Some(_), Some(_)) => "document.record_hours",
        (Some(_), None) => "document.record_starts",
        (None, Some(_)) => "document.record_ends",
        (None, None) => return None,
    };
    Some(sentence(key, &[("starts", &starts.unwrap_or_default()), ("ends", &ends.unwrap_or_default())]))
}

fn attendance(attendance: Attendance) -> String {
    let key = match attendance {
        Attendance::Present => "document.attendance.present",
        Attendance::Absent => "document.attendance.absent",
        Attendance::Excused => "document.attendance.excused",
        Attendance::Late => "document.attendance.late",
        Attendance::LeftEarly => "document.attendance.left_early",
        Attendance::Unstated => "document.attendance.unstated",
    };
    sentence(key, &[])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample;

    fn titled(kind: &str, number: &str) -> Option<String> {
        title(&Record { kind: kind.to_owned(), number: number.to_owned(), ..Record::default() })
    }

    #[test]
    fn the_title_says_what_is_known_and_nothing_twice() {
        assert_eq!(titled("ordinaria", "046").as_deref(), Some("Transcripción de la sesión ordinaria n.º 046"));
        assert_eq!(
            titled("Sesión Plenaria ordinaria", "").as_deref(),
            Some("Transcripción de la sesión plenaria ordinaria")
        );
        assert_eq!(titled("", "No. 046 de 2026").as_deref(), Some("Transcripción de la sesión No. 046 de 2026"));
        assert_eq!(titled(" ", "\n"), None);
    }

    #[test]
    fn a_record_of_spaces_is_no_record() {
        let record = Record { place: " \t".to_owned(), attendance: vec![Default::default()], ..Record::default() };
        assert_eq!(of(&Document { record: Some(record), ..sample::silent() }), None);
    }

    #[test]
    fn a_date_is_said_in_words_and_what_is_no_date_stays_as_typed() {
        let dated = |date: &str| facts(&Record { date: date.to_owned(), ..Record::default() }).remove(0).value;
        assert_eq!(dated("2026-11-21"), [Value::Plain("21 de noviembre de 2026".to_owned())]);
        assert_eq!(dated("2026-02-31"), [Value::Plain("2026-02-31".to_owned())]);
        assert_eq!(dated("el martes"), [Value::Plain("el martes".to_owned())]);
    }

    #[test]
    fn one_hour_alone_is_said_for_what_it_is() {
        let hours = |starts: &str, ends: &str| {
            hours(&Record { starts: starts.to_owned(), ends: ends.to_owned(), ..Record::default() })
        };
        assert_eq!(hours("09:05", "13:20").as_deref(), Some("De las 09:05 a las 13:20 horas"));
        assert_eq!(hours("09:05", "").as_deref(), Some("Inicio: 09:05 horas"));
        assert_eq!(hours("", "13:20").as_deref(), Some("Terminación: 13:20 horas"));
        assert_eq!(hours("", ""), None);
    }
}
