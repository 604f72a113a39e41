//! The head of an acta: its title, the places of its template, the data of the sitting where the template
//! does not write them, and what a reader must know first.

use std::collections::BTreeMap;

use super::writing::{BLANK, Writing, capital, day, given, paragraph, plain};
use super::{Heading, Index, Kind, Titling};
use crate::export::page::{Block, Place, Properties, Run, Style as Look, Table};
use crate::minutes::Record;

/// What stands before the attendance.
pub(super) fn opening(writing: &Writing<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    if writing.style.titled {
        blocks.push(plain(Look::Title, title(writing)));
        blocks.extend(subject(writing).map(|subject| plain(Look::Subtitle, subject)));
    }
    match writing.style.heading {
        Heading::Template => {}
        Heading::Labels => blocks.extend(labels(writing)),
        Heading::Form => blocks.push(form(writing)),
        Heading::Running => blocks.push(running(writing)),
    }
    let material = writing.material;
    if let Some(warning) = material.warning.as_deref().and_then(given) {
        blocks.push(paragraph(Look::Normal, vec![Run::bold(warning)]));
    }
    if writing.draft.get() {
        blocks.push(paragraph(Look::Normal, vec![Run::bold(writing.say("draft", &[]))]));
    }
    if let Some(note) = match writing.kind {
        Kind::Literal => None,
        Kind::Decisions => Some("kind.decisions"),
        Kind::Succinct => Some("kind.succinct"),
    } {
        blocks.push(plain(Look::Note, writing.say(note, &[])));
    }
    if !writing.is_complete() {
        blocks.push(plain(Look::Note, writing.say("public", &[])));
    }
    let indexed = match writing.style.index {
        Index::Never => false,
        Index::WithTurns => writing.kind != Kind::Decisions,
        Index::Always => true,
    };
    if indexed {
        blocks.push(Block::Index { title: writing.say("heading.index", &[]) });
    }
    blocks
}

/// What the file says of itself.
pub(super) fn properties(writing: &Writing<'_>) -> Properties {
    let record = &writing.material.minutes.record;
    let who = [given(&record.body), given(&record.entity)].into_iter().flatten().collect::<Vec<_>>().join(", ");
    Properties {
        title: title(writing),
        subject: subject(writing).unwrap_or_default(),
        creator: who,
        language: writing.style.country.language(),
        paper: writing.style.paper,
    }
}

/// What stands in the template's places.
pub(super) fn places(writing: &Writing<'_>) -> BTreeMap<Place, String> {
    let record = &writing.material.minutes.record;
    let places = [
        (Place::Title, Some(title(writing))),
        (Place::Entity, given(&record.entity)),
        (Place::Council, given(&record.body)),
        (Place::Kind, kind(record)),
        (Place::Number, given(&record.number)),
        (Place::Date, writing.date(&record.date)),
        (Place::Venue, given(&record.place)),
        (Place::Hours, hours(writing)),
        (Place::Starts, writing.hour(&record.starts)),
        (Place::Ends, writing.hour(&record.ends)),
        (Place::President, given(&record.president)),
        (Place::Secretary, given(&record.secretary)),
    ];
    places.into_iter().filter_map(|(place, text)| text.map(|text| (place, text))).collect()
}

/// «ACTA No. 045 de 2026»
fn title(writing: &Writing<'_>) -> String {
    let record = &writing.material.minutes.record;
    let key = match writing.style.titling {
        Titling::Abbreviated => "title.abbreviated",
        Titling::InFull => "title.in_full",
        Titling::Bare => "title.bare",
    };
    let Some(number) = given(&record.number) else { return writing.say(key, &[("number", BLANK)]) };
    // Whoever types «No. 046 de 2026» wants it so.
    if !number.starts_with(|first: char| first.is_ascii_digit()) {
        return writing.say("title.bare", &[("number", &number)]);
    }
    let year = day(&record.date).map(|date| date.year().to_string());
    let year = year.filter(|year| !number.contains(year.as_str()) && writing.style.titling != Titling::Bare);
    let number = match year {
        Some(year) => writing.say("title.of_year", &[("number", &number), ("year", &year)]),
        None => number,
    };
    writing.say(key, &[("number", &number)])
}

/// «Sesión plenaria ordinaria del 21 de noviembre de 2026»
fn subject(writing: &Writing<'_>) -> Option<String> {
    let record = &writing.material.minutes.record;
    match (kind(record), writing.date(&record.date)) {
        (None, None) => None,
        (Some(kind), None) => Some(writing.say("subject.kind", &[("kind", &kind)])),
        (None, Some(date)) => Some(writing.say("subject.date", &[("date", &date)])),
        (Some(kind), Some(date)) => Some(writing.say("subject.whole", &[("kind", &kind), ("date", &date)])),
    }
}

/// The kind of sitting as it goes on after «sesión».
fn kind(record: &Record) -> Option<String> {
    let kind = given(&record.kind)?;
    let rest = kind.split_once(' ').filter(|(first, _)| first.to_lowercase() == "sesión").map(|(_, rest)| rest);
    let kind = rest.unwrap_or(&kind);
    let mut letters = kind.chars();
    let first = letters.next()?;
    // An abbreviation in capitals stays one.
    let capitals = letters.clone().next().is_some_and(char::is_uppercase);
    Some(if capitals { kind.to_owned() } else { first.to_lowercase().chain(letters).collect() })
}

/// «De las 09:05 a las 12:40 horas»
fn hours(writing: &Writing<'_>) -> Option<String> {
    let record = &writing.material.minutes.record;
    match (writing.the_hour(&record.starts), writing.the_hour(&record.ends)) {
        (None, None) => None,
        (Some(starts), Some(ends)) => {
            // The unit is said once.
            let unit = writing.say("hours", &[("hour", "")]);
            let starts = if ends.ends_with(&unit) { starts.strip_suffix(&unit).unwrap_or(&starts) } else { &starts };
            Some(writing.say("hours_between", &[("starts", starts), ("ends", &ends)]))
        }
        (Some(starts), None) => Some(writing.say("hours_from", &[("starts", &starts)])),
        (None, Some(ends)) => Some(writing.say("hours_to", &[("ends", &ends)])),
    }
}

/// The data of the sitting that somebody gave, each with its label.
fn facts(writing: &Writing<'_>) -> Vec<(String, String)> {
    let record = &writing.material.minutes.record;
    let blank = || Some(BLANK.to_owned());
    let facts = [
        ("date", writing.date(&record.date).or_else(blank)),
        ("kind", kind(record)),
        ("hours", hours(writing).or_else(blank)),
        ("place", given(&record.place).or_else(blank)),
        ("president", given(&record.president)),
        ("secretary", given(&record.secretary)),
    ];
    let label = |key| writing.say(&format!("label.{key}"), &[]);
    facts.into_iter().filter_map(|(key, value)| value.map(|value| (label(key), value))).collect()
}

fn labels(writing: &Writing<'_>) -> Vec<Block> {
    let fact = |(label, value): (String, String)| {
        paragraph(Look::Fact, vec![Run::bold(format!("{label}:")), Run::plain(format!("\t{value}"))])
    };
    facts(writing).into_iter().map(fact).collect()
}

fn form(writing: &Writing<'_>) -> Block {
    let rows = facts(writing).into_iter().map(|(label, value)| vec![vec![Run::plain(label)], vec![Run::plain(value)]]);
    let rows = rows.collect();
    let description = writing.say("label.description", &[]);
    Block::Table(Table { head: vec![], rows, widths: vec![28, 72], description })
}

/// «En el recinto del Concejo, siendo las 09:05 horas del 21 de noviembre de 2026, se reunió el Concejo Municipal
/// en sesión plenaria ordinaria, bajo la presidencia de X y con Y en la secretaría.»
fn running(writing: &Writing<'_>) -> Block {
    let record = &writing.material.minutes.record;
    let part = |key: &str, value: Option<String>| {
        value.map(|value| writing.say(&format!("running.{key}"), &[("value", &value)])).unwrap_or_default()
    };
    let blank = || Some(BLANK.to_owned());
    let hour = writing.the_hour(&record.starts).or_else(|| Some(format!("las {BLANK}")));
    let body = given(&record.body).map(|body| match crate::minutes::wording::article(&body) {
        Some(article) => format!("{article} {body}"),
        None => body,
    });
    let parts = [
        part("place", given(&record.place).or_else(blank)),
        part("entity", given(&record.entity)),
        part("hour", hour),
        part("date", writing.date(&record.date).or_else(blank)),
        part("body", body.or_else(blank)),
        part("kind", kind(record)),
        part("president", given(&record.president)),
        part("secretary", given(&record.secretary)),
    ];
    plain(Look::Normal, capital(&format!("{}.", parts.concat())))
}
