//! Proposals of a small session against what the minutes say already.

use super::*;
use crate::id::SpeakerId;
use crate::minutes::{Attendance, Attendee, Entry, Item, Record, What};
use crate::transcript::{Floor, Speaker, Utterance as Heard, Word};

/// A session of one part in which each of these was said for ten seconds, one after the other.
fn session(said: &[&str], roll: &[&str]) -> Scene {
    let segments = (0_u64..).zip(said).map(|(at, text)| {
        let words: Vec<&str> = text.split_whitespace().collect();
        let each_ms = 10_000 / words.len() as u64;
        let words = (0_u64..).zip(words).map(|(word, text)| Word {
            text: text.to_owned(),
            start_ms: at * 10_000 + word * each_ms,
            end_ms: at * 10_000 + (word + 1) * each_ms,
            confidence: 1.0,
        });
        let heard = Heard { words: words.collect(), ..Heard::heard(0, at * 10_000, (at + 1) * 10_000, vec![]) };
        Segment::heard(SegmentId::new(), 0, &heard)
    });
    let attendance = roll.iter().map(|name| Attendee {
        name: (*name).to_owned(),
        attendance: Attendance::Unstated,
        ..Attendee::default()
    });
    let record = Record { attendance: attendance.collect(), ..Record::default() };
    Scene { segments: segments.collect(), minutes: Minutes { record, ..Minutes::default() }, ..Scene::default() }
}

/// The clock of a session of one part.
fn clock() -> Clock {
    Clock { offsets_ms: vec![0] }
}

fn found(scene: &Scene) -> Vec<ProposedEdit> {
    proposed(scene, &clock(), EntryId::new)
}

fn entries_of(kind: &Kind, heard: Stretch, minutes: &Minutes) -> Vec<Entry> {
    entries::of(kind, heard, minutes, &clock(), &mut EntryId::new)
}

fn of_kind(scene: &Scene, kind: &str) -> Option<ProposedEdit> {
    found(scene).into_iter().find(|proposed| proposed.refusal.kind == kind)
}

/// Does what taking it over does to the minutes.
fn take_over(scene: &mut Scene, proposed: &ProposedEdit) {
    let Edit::AcceptProposal { entries, record, floor } = proposed.edit.clone() else { panic!("{proposed:?}") };
    for entry in entries {
        scene.minutes.entries.retain(|known| known.id != entry.id);
        scene.minutes.entries.push(entry);
    }
    record.iter().for_each(|change| change.apply(&mut scene.minutes.record));
    if let Some(Floor { segments, name }) = floor {
        let speaker = Speaker { id: SpeakerId::new(), name, role: String::new(), colour: 0 };
        for segment in scene.segments.iter_mut().filter(|segment| segments.contains(&segment.id)) {
            segment.speaker = Some(speaker.id);
        }
        scene.speakers.push(speaker);
    }
}

const ROLL: [&str; 4] = ["Marta Ruiz", "Pedro Gómez", "Luis Ángel Cano", "Sofía Mejía"];

const SAID: [&str; 14] = [
    "Siendo las nueve y cinco de la mañana se abre la sesión ordinaria de hoy.",
    "Señora secretaria, sírvase llamar a lista.",
    "Marta Ruiz.",
    "Presente.",
    "Pedro Gómez.",
    "Presente.",
    "Luis Ángel Cano.",
    "Presente.",
    "Sofía Mejía.",
    "Presente, secretaria.",
    "Señor presidente, le informo que hay quórum decisorio con cuatro concejales.",
    "Tiene la palabra el concejal Pedro Gómez.",
    "Gracias presidente, quiero hablar del acueducto de la vereda.",
    "No habiendo más asuntos se levanta la sesión siendo las once y treinta de la mañana.",
];

#[test]
fn what_is_taken_over_is_not_proposed_again() {
    let mut scene = session(&SAID, &ROLL);
    let first = found(&scene);
    assert!(first.len() >= 4, "{first:#?}");
    for proposed in first {
        take_over(&mut scene, &proposed);
    }
    assert_eq!(found(&scene), []);
    assert_eq!((scene.minutes.record.starts.as_str(), scene.minutes.record.ends.as_str()), ("09:05", "11:30"));
    assert!(scene.minutes.record.attendance.iter().all(|one| one.attendance == Attendance::Present));
}

#[test]
fn a_vote_that_follows_another_at_once_is_proposed_beside_it() {
    let said = [
        "Se somete a votación la proposición leída.",
        "Aprobada la proposición con cuatro votos a favor.",
        "Se somete a votación el orden del día modificado.",
        "Aprobado el orden del día con tres votos a favor y uno en contra.",
    ];
    let mut scene = session(&said, &ROLL);
    let votes = |scene: &Scene| found(scene).into_iter().filter(|one| one.refusal.kind == "vote").collect::<Vec<_>>();
    let both = votes(&scene);
    assert_eq!(both.len(), 2, "{both:#?}");
    assert_eq!(both[0].heard.to, both[1].heard.from);
    take_over(&mut scene, &both[0]);
    assert_eq!(votes(&scene).len(), 1);
}

#[test]
fn what_was_refused_is_not_proposed_again() {
    let mut scene = session(&SAID, &ROLL);
    let quorum = of_kind(&scene, "quorum").unwrap();
    scene.refused.push(quorum.refusal);
    assert_eq!(of_kind(&scene, "quorum"), None);
    assert!(of_kind(&scene, "opening").is_some());
}

#[test]
fn a_proposal_points_at_its_words_and_their_seconds() {
    let scene = session(&SAID, &ROLL);
    let quorum = of_kind(&scene, "quorum").unwrap();
    assert_eq!(quorum.segment, scene.segments[10].id);
    assert!(SAID[10].contains(&quorum.said) && !quorum.said.is_empty(), "{quorum:?}");
    assert!((100_000..110_000).contains(&quorum.refusal.at.ms) && quorum.heard.from.ms <= quorum.refusal.at.ms);
}

#[test]
fn the_floor_names_what_follows_until_whoever_presides_speaks_again() {
    let mut scene = session(&SAID, &ROLL);
    let floor = |scene: &Scene| match of_kind(scene, "floor").map(|proposed| proposed.edit) {
        Some(Edit::AcceptProposal { floor: Some(floor), .. }) => Some(floor),
        _ => None,
    };
    let given = floor(&scene).unwrap();
    assert_eq!((given.name.as_str(), given.segments), ("Pedro Gómez", vec![scene.segments[12].id]));
    let speaker = Speaker { id: SpeakerId::new(), name: "Marta Ruiz".to_owned(), role: String::new(), colour: 0 };
    scene.segments[12].speaker = Some(speaker.id);
    scene.speakers.push(speaker);
    assert_eq!(floor(&scene), None, "somebody said already who speaks");
}

#[test]
fn a_point_of_the_agenda_gets_its_place_when_it_is_dealt_with_and_a_new_entry_when_it_comes_back() {
    let heard = |from: u64, to: u64| {
        let at = |ms| Moment { part: 0, ms };
        Stretch { from: at(from), to: at(to) }
    };
    let mut minutes = Minutes::default();
    let agenda = Kind::Agenda { items: vec!["llamado a lista".to_owned(), "proposiciones y varios".to_owned()] };
    let read = entries_of(&agenda, heard(0, 9), &minutes);
    assert!(read.iter().all(|entry| entry.heard.is_none()) && read.len() == 2);
    minutes.entries = read;
    assert_eq!(entries_of(&agenda, heard(0, 9), &minutes), []);

    let item = Kind::Item { number: 2, title: "proposiciones".to_owned() };
    let dealt = entries_of(&item, heard(100, 200), &minutes);
    assert_eq!(dealt[0].id, minutes.entries[1].id);
    let titled = |what: &What| matches!(what, What::Item(Item { title, .. }) if title == "Proposiciones y varios");
    assert!(titled(&dealt[0].what) && dealt[0].heard == Some(heard(100, 200)));
    minutes.entries[1] = dealt[0].clone();
    assert_eq!(entries_of(&item, heard(100, 200), &minutes), []);
    let again = entries_of(&item, heard(500, 600), &minutes);
    assert_eq!(again.len(), 1);
    assert_ne!(again[0].id, minutes.entries[1].id);
}

#[test]
fn who_came_late_stays_so_when_the_roll_is_taken_over_afterwards() {
    let mut scene = session(&SAID, &ROLL);
    scene.minutes.record.attendance[0].attendance = Attendance::Late;
    let roll = of_kind(&scene, "roll_call").unwrap();
    take_over(&mut scene, &roll);
    let attendance: Vec<Attendance> = scene.minutes.record.attendance.iter().map(|one| one.attendance).collect();
    assert_eq!(attendance[..2], [Attendance::Late, Attendance::Present]);
}
