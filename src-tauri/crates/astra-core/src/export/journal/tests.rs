//! The journal of a small session in which things were typed that are not for everybody.

use super::*;
use crate::id::{SegmentId, SpeakerId};
use crate::minutes::{Attendee, Record};
use crate::transcript::{Edit, Scene, apply};

/// A session that is edited as the store does it.
#[derive(Default)]
struct Session {
    scene: Scene,
    edits: Vec<Made>,
}

impl Session {
    fn saying(texts: &[&str]) -> Self {
        let segments = (0_u64..).zip(texts).map(|(at, text)| {
            let count = text.split_whitespace().count() as u64;
            Segment {
                id: SegmentId::new(),
                part: 0,
                start_ms: at * 10_000,
                end_ms: at * 10_000 + 9_000,
                text: (*text).to_owned(),
                times: (0..count).flat_map(|word| [word * 100, word * 100 + 90]).collect(),
                unsure: vec![],
                respelled: vec![],
                faults: vec![],
                doubtful: false,
                speaker: None,
                mark: None,
                touched: false,
            }
        });
        let scene = Scene { segments: segments.collect(), ..Scene::default() };
        Self { scene, ..Self::default() }
    }

    fn id(&self, at: usize) -> SegmentId {
        self.scene.segments[at].id
    }

    fn make(&mut self, edit: &Edit) {
        let change = apply(edit, &self.scene, (SegmentId::new(), SpeakerId::new())).unwrap();
        for Altered { before, after } in &change.segments {
            self.scene.segments.retain(|segment| Some(segment.id) != before.as_ref().map(|segment| segment.id));
            self.scene.segments.extend(after.clone());
        }
        self.scene.segments.sort_by_key(|segment| segment.start_ms);
        self.scene.speakers.extend(change.speakers.iter().filter_map(|one| one.after.clone()));
        let number = self.edits.len() as u64 + 1;
        self.edits.push(Made { number, made_at_ms: 1_000, undone_at_ms: None, change });
    }

    fn retext(&mut self, at: usize, text: &str) {
        self.make(&Edit::Retext { segment: self.id(at), text: text.to_owned(), continues: false });
    }

    fn journal(&self, copy: Copy) -> String {
        let journal = Journal {
            segments: self.scene.segments.clone(),
            speakers: self.scene.speakers.clone(),
            edits: self.edits.clone(),
            ..Journal::default()
        };
        let text = String::from_utf8(write(&journal, copy, &[]).unwrap()).unwrap();
        for line in text.lines() {
            assert!(serde_json::from_str::<Value>(line).unwrap().is_object());
        }
        assert_eq!(text.lines().count(), 1 + self.edits.len());
        text
    }
}

#[test]
fn every_edit_has_a_line_with_what_was_there_before_and_after() {
    let mut session = Session::saying(&["se abre la sección"]);
    session.retext(0, "se abre la sesión");
    let text = session.journal(Copy::Complete);
    let edit: Value = serde_json::from_str(text.lines().nth(1).unwrap()).unwrap();
    assert_eq!((&edit["number"], &edit["edit"]), (&json!(1), &json!("retext")));
    let change = &edit["changes"][0];
    assert_eq!(change["before"]["text"], "se abre la sección");
    assert_eq!(change["after"]["text"], "se abre la sesión");
    assert_eq!(session.journal(Copy::Public).lines().nth(1), text.lines().nth(1), "nothing of it is secret");
}

#[test]
fn what_is_reserved_now_is_nowhere_in_the_public_journal_not_even_as_it_was_typed_before() {
    let mut session = Session::saying(&["buenos días", "el informe de inteligencia dice"]);
    session.retext(1, "el informe secreto dice mucho");
    session.make(&Edit::Split { segment: session.id(1), at: 17 });
    session.make(&Edit::Name { segments: vec![session.id(2)], name: "Agente Encubierto".to_owned() });
    session.make(&Edit::Mark { segments: vec![session.id(2)], mark: Some(Mark::Reserved) });
    session.retext(0, "Buenos días.");
    let public = session.journal(Copy::Public);
    for secret in ["inteligencia", "secreto", "mucho", "Encubierto"] {
        assert!(!public.contains(secret), "{secret}: {public}");
        assert!(session.journal(Copy::Complete).contains(secret));
    }
    assert!(public.contains("Buenos días.") && public.contains(r#""withheld":"reserved""#), "{public}");
}

#[test]
fn a_passage_that_ever_held_personal_data_is_withheld_whole() {
    let mut session = Session::saying(&["mi cédula es 10", "se levanta la sesión"]);
    session.retext(0, "mi cédula es 1015");
    session.retext(0, "mi cédula es 1015402377");
    session.retext(0, "mi documento es el que saben");
    session.retext(1, "Se levanta la sesión.");
    let public = session.journal(Copy::Public);
    assert!(!public.contains("1015") && public.contains("Se levanta la sesión."), "{public}");
    assert!(public.contains(r#""withheld":"personal""#), "{public}");
}

#[test]
fn why_somebody_did_not_come_is_in_the_complete_journal_only() {
    let mut session = Session::default();
    let ill = Attendee { name: "Ana Ruiz".to_owned(), reason: "una cirugía".to_owned(), ..Attendee::default() };
    let record = Record { attendance: vec![ill], ..Record::default() };
    session.make(&Edit::SetRecord { record: Box::new(record), continues: false });
    assert!(session.journal(Copy::Complete).contains("cirugía"));
    let public = session.journal(Copy::Public);
    assert!(public.contains("Ana Ruiz") && !public.contains("cirugía"), "{public}");
}
