//! Sessions whose recordings come late, are joined, split and reordered.

use super::super::tests::{a_session, store};
use super::*;
use crate::chunks::{Chunk, Span};
use crate::engine::Effort;
use crate::id::{EntryId, SegmentId};
use crate::minutes::{Entry, Moment, Record, Stretch, What};
use crate::sessions::{Ended, Hearing};
use crate::store::{JobState, SessionSummary};
use crate::transcript::{Edit, Word};

fn wish() -> Wish {
    Wish { out: "/salida".into(), formats: Vec::new(), threads: None, keep_copy: None }
}

/// Hears one sentence in every part.
async fn hear(store: &Store, summary: &SessionSummary) {
    for (part, position) in summary.parts.iter().zip(0..) {
        let listening = part.listening.id;
        let span = Span { start: 0, end: 160_000 };
        let chunk = Chunk { index: 0, span, overlap: 0, speech: vec![span], pcm: Vec::new(), pieces: Vec::new() };
        store.put_chunk(listening, &chunk).await.unwrap();
        let word = Word { text: format!("Parte{position}."), start_ms: 0, end_ms: 900, confidence: 0.9 };
        let hearing =
            Hearing { words: vec![word], faults: Vec::new(), effort: Effort::Usual, other_model: None, took_ms: 1 };
        store.commit_hearing(listening, 0, &hearing).await.unwrap();
        let ended = Ended { audio_samples: 160_000, skipped_samples: 0 };
        store.end_listening(part.recording.id, listening, 1, ended).await.unwrap();
        store.settle(listening, position).await.unwrap();
    }
}

async fn names(store: &Store, session: SessionId) -> Vec<String> {
    store.session(session).await.unwrap().parts.into_iter().map(|part| part.recording.name).collect()
}

async fn texts(store: &Store, session: SessionId) -> Vec<(u32, String)> {
    let segments = store.seen(session).await.unwrap().scene.segments;
    segments.into_iter().map(|segment| (segment.part, segment.text)).collect()
}

/// What a person sees of a session: its text with names, where its minutes state something, its record, and who speaks.
#[derive(Debug, Clone, PartialEq)]
struct Aspect {
    text: Vec<(u32, String, Option<String>)>,
    entries: Vec<Option<Stretch>>,
    record: Record,
    speakers: Vec<String>,
}

async fn aspect(store: &Store, session: SessionId) -> Aspect {
    let scene = store.seen(session).await.unwrap().scene;
    let minutes = store.minutes(session).await.unwrap().minutes;
    let name = |id| scene.speakers.iter().find(|one| Some(one.id) == id).map(|one| one.name.clone());
    let segments = scene.segments.iter();
    Aspect {
        text: segments.map(|one| (one.part, one.text.clone(), name(one.speaker))).collect(),
        entries: minutes.entries.into_iter().map(|entry| entry.heard).collect(),
        record: minutes.record,
        speakers: scene.speakers.iter().map(|one| one.name.clone()).collect(),
    }
}

async fn edit(store: &Store, session: SessionId, edit: &Edit) {
    store.edit_newest(session, edit).await.unwrap();
}

async fn undo(store: &Store, session: SessionId) {
    let revision = store.seen(session).await.unwrap().revision;
    store.undo(session, revision).await.unwrap();
}

/// Takes everything back; how many steps that took.
async fn undo_all(store: &Store, session: SessionId) -> u32 {
    let mut steps = 0;
    while store.steps(session).await.unwrap().undo.is_some() {
        undo(store, session).await;
        steps += 1;
    }
    steps
}

async fn redo_all(store: &Store, session: SessionId) {
    while store.steps(session).await.unwrap().redo.is_some() {
        let revision = store.seen(session).await.unwrap().revision;
        store.redo(session, revision).await.unwrap();
    }
}

fn retext(segment: SegmentId, text: &str) -> Edit {
    Edit::Retext { segment, text: text.to_owned(), continues: false }
}

fn stated(entry: Entry) -> Edit {
    Edit::PutEntry { entry: Box::new(entry), continues: false }
}

fn recess(from: (u32, u64), to: (u32, u64)) -> Entry {
    let moment = |(part, ms)| Moment { part, ms };
    let heard = Some(Stretch { from: moment(from), to: moment(to) });
    Entry { id: EntryId::new(), heard, what: What::Recess { reason: String::new(), lasted_ms: None } }
}

fn new_part(like: &SessionSummary, name: &str) -> NewPart {
    let mut recording = like.parts[0].recording.clone();
    (recording.id, recording.name) = (crate::id::RecordingId::new(), name.to_owned());
    NewPart { recording, key: like.parts[0].listening.key.clone() }
}

#[tokio::test]
async fn a_late_part_takes_its_place_and_only_it_is_left_to_hear() {
    let (_place, store) = store().await;
    let made = a_session(&store).await;
    let session = made.session.id;
    hear(&store, &made).await;
    let job = store.unfinished_job(session).await.unwrap().unwrap();
    assert!(store.finish_job(job.id).await.unwrap());
    let revision = store.seen(session).await.unwrap().revision;

    store.add_part(session, 1, &new_part(&made, "001b.MP3"), &wish()).await.unwrap();
    assert_eq!(names(&store, session).await, ["001.MP3", "001b.MP3", "002.MP3"]);
    assert_eq!(texts(&store, session).await, [(0, "Parte0.".to_owned()), (2, "Parte1.".to_owned())]);
    assert!(store.seen(session).await.unwrap().revision > revision, "an edit made before would name other parts");
    let left: Vec<bool> =
        store.session(session).await.unwrap().parts.iter().map(|part| part.listening.ended.is_none()).collect();
    assert_eq!(left, [false, true, false]);
    assert_eq!(store.unfinished_job(session).await.unwrap().unwrap().state, JobState::Waiting);
}

#[tokio::test]
async fn a_job_does_not_end_while_a_part_that_came_meanwhile_is_unheard() {
    let (_place, store) = store().await;
    let made = a_session(&store).await;
    let job = store.unfinished_job(made.session.id).await.unwrap().unwrap();
    store.set_job_state(job.id, JobState::Running, None).await.unwrap();
    hear(&store, &made).await;
    store.add_part(made.session.id, 9, &new_part(&made, "003.MP3"), &wish()).await.unwrap();
    assert!(!store.finish_job(job.id).await.unwrap());
    assert_eq!(store.jobs().await.unwrap().len(), 1, "the job that runs takes it on");
}

#[tokio::test]
async fn two_sessions_become_one_with_all_that_was_heard_and_typed() {
    let (_place, store) = store().await;
    let (earlier, later) = (a_session(&store).await, a_session(&store).await);
    hear(&store, &earlier).await;
    hear(&store, &later).await;
    let id = later.session.id;
    let seen = store.seen(id).await.unwrap();
    let segments = vec![seen.scene.segments[0].id];
    let edit = Edit::Name { segments, name: "Ana Gómez".to_owned() };
    store.edit(id, seen.revision, &edit).await.unwrap();

    let record =
        |number: &str, place: &str| Record { number: number.to_owned(), place: place.to_owned(), ..Record::default() };
    store.set_record(earlier.session.id, &record("046", "")).await.unwrap();
    store.set_record(id, &record("047", "Recinto")).await.unwrap();
    store.join_sessions(earlier.session.id, id, &wish()).await.unwrap();
    assert_eq!(store.record(earlier.session.id).await.unwrap(), record("046", "Recinto"));
    assert!(store.session(id).await.is_err());
    let seen = store.seen(earlier.session.id).await.unwrap();
    assert_eq!(seen.scene.segments.iter().map(|segment| segment.part).collect::<Vec<_>>(), [0, 1, 2, 3]);
    assert_eq!(seen.scene.speakers[0].name, "Ana Gómez");
    assert_eq!(seen.scene.segments[2].speaker, Some(seen.scene.speakers[0].id));
    assert_eq!(store.history(earlier.session.id, None, 9).await.unwrap().len(), 1);
    store.undo(earlier.session.id, seen.revision).await.unwrap();
    assert_eq!(store.seen(earlier.session.id).await.unwrap().scene.speakers, []);
}

#[tokio::test]
async fn whatever_was_edited_in_two_sessions_is_taken_back_when_they_are_one() {
    let (_place, store) = store().await;
    let (earlier, later) = (a_session(&store).await, a_session(&store).await);
    hear(&store, &earlier).await;
    hear(&store, &later).await;
    let ids = [earlier.session.id, later.session.id];
    let mut before = Vec::new();
    for (id, number, place) in [(ids[0], "046", ""), (ids[1], "047", "Recinto")] {
        let segments: Vec<_> = store.seen(id).await.unwrap().scene.segments.iter().map(|one| one.id).collect();
        before.push(aspect(&store, id).await);
        edit(&store, id, &retext(segments[0], "Corregido.")).await;
        edit(&store, id, &Edit::Name { segments: segments.clone(), name: "Ana Gómez".to_owned() }).await;
        edit(&store, id, &stated(recess((0, 100), (1, 200)))).await;
        let record = Record { number: number.to_owned(), place: place.to_owned(), ..Record::default() };
        edit(&store, id, &Edit::SetRecord { record: Box::new(record), continues: false }).await;
        edit(&store, id, &Edit::Delete { segments: vec![segments[1]] }).await;
        undo(&store, id).await;
    }
    store.join_sessions(ids[0], ids[1], &wish()).await.unwrap();
    let joined = aspect(&store, ids[0]).await;
    assert_eq!((joined.record.number.as_str(), joined.record.place.as_str()), ("046", "Recinto"));
    assert_eq!(joined.entries.len(), 2);
    let revision = store.seen(ids[0]).await.unwrap().revision;
    assert_eq!(store.redo(ids[0], revision).await.unwrap_err(), Error::NothingToUndo);

    let undone = undo_all(&store, ids[0]).await;
    assert_eq!(undone, 8);
    let (mut one, other) = (before.remove(0), before.remove(0));
    let follows = |(part, text, speaker): (u32, String, Option<String>)| (part + 2, text, speaker);
    one.text.extend(other.text.into_iter().map(follows));
    assert_eq!(aspect(&store, ids[0]).await, one);
    redo_all(&store, ids[0]).await;
    assert_eq!(aspect(&store, ids[0]).await, joined);
}

#[tokio::test]
async fn edits_of_two_sessions_are_taken_back_the_newest_first_and_each_in_its_own_order() {
    let (_place, store) = store().await;
    let (earlier, later) = (a_session(&store).await, a_session(&store).await);
    hear(&store, &earlier).await;
    hear(&store, &later).await;
    let ids = [earlier.session.id, later.session.id];
    for (which, at_ms, text) in [(0, 10, "a"), (1, 20, "b"), (0, 30, "c"), (1, 25, "d"), (1, 5, "e")] {
        let segment = store.seen(ids[which]).await.unwrap().scene.segments[0].id;
        edit(&store, ids[which], &retext(segment, text)).await;
        sqlx::query("UPDATE edit SET made_at_ms = ? WHERE session_id = ? AND made_at_ms > 1000")
            .bind(at_ms)
            .bind(ids[which].to_string())
            .execute(&store.pool)
            .await
            .unwrap();
    }
    store.join_sessions(ids[0], ids[1], &wish()).await.unwrap();
    let history = store.history(ids[0], None, 9).await.unwrap();
    let told: Vec<_> = history.iter().map(|one| (one.revision, one.step.text.as_str())).collect();
    // The clock was set back between d and e, which still comes after it.
    assert_eq!(told, [(5, "c"), (4, "e"), (3, "d"), (2, "b"), (1, "a")]);
}

#[tokio::test]
async fn a_session_becomes_two_and_each_keeps_its_own() {
    let (_place, store) = store().await;
    let made = a_session(&store).await;
    let session = made.session.id;
    hear(&store, &made).await;
    let seen = store.seen(session).await.unwrap();
    let segments = seen.scene.segments.iter().map(|segment| segment.id).collect();
    let edit = Edit::Name { segments, name: "Ana Gómez".to_owned() };
    store.edit(session, seen.revision, &edit).await.unwrap();

    let second = store.split_session(session, 1, "Tarde", &wish()).await.unwrap();
    assert_eq!(names(&store, session).await, ["001.MP3"]);
    assert_eq!(names(&store, second).await, ["002.MP3"]);
    let seen = store.seen(second).await.unwrap();
    assert_eq!((seen.scene.segments[0].part, seen.scene.segments[0].text.as_str()), (0, "Parte1."));
    assert_eq!(seen.scene.segments[0].speaker, Some(seen.scene.speakers[0].id));
    assert_ne!(seen.scene.speakers[0].id, store.seen(session).await.unwrap().scene.speakers[0].id);
    store.delete_session(session).await.unwrap();
    assert_eq!(store.seen(second).await.unwrap().scene, seen.scene);
    assert_eq!(store.split_session(second, 1, "x", &wish()).await.unwrap_err().code(), "parts_unknown");
}

#[tokio::test]
async fn whatever_was_edited_in_a_session_is_taken_back_in_each_of_the_two_it_becomes() {
    let (_place, store) = store().await;
    let made = a_session(&store).await;
    let session = made.session.id;
    hear(&store, &made).await;
    let segments: Vec<_> = store.seen(session).await.unwrap().scene.segments.iter().map(|one| one.id).collect();
    let before = aspect(&store, session).await;
    edit(&store, session, &retext(segments[1], "Corregido.")).await;
    edit(&store, session, &Edit::Name { segments: segments.clone(), name: "Ana Gómez".to_owned() }).await;
    edit(&store, session, &Edit::Name { segments: vec![segments[1]], name: "Luis Rey".to_owned() }).await;
    let across = recess((0, 100), (1, 200));
    let moved = recess((0, 5_000), (0, 6_000));
    edit(&store, session, &stated(across.clone())).await;
    edit(&store, session, &stated(moved.clone())).await;
    let later = Stretch { from: Moment { part: 1, ms: 5 }, to: Moment { part: 1, ms: 6 } };
    edit(&store, session, &stated(Entry { heard: Some(later), ..moved })).await;
    let record = Record { number: "046".to_owned(), ..Record::default() };
    edit(&store, session, &Edit::SetRecord { record: Box::new(record), continues: false }).await;
    edit(&store, session, &Edit::Delete { segments: vec![segments[0]] }).await;

    let second = store.split_session(session, 1, "Tarde", &wish()).await.unwrap();
    let split = [aspect(&store, session).await, aspect(&store, second).await];
    assert_eq!(split[0].text, []);
    assert_eq!(split[0].entries, [Some(Stretch::of_part(0, 100..10_000))]);
    assert_eq!(split[1].text, [(0, "Corregido.".to_owned(), Some("Luis Rey".to_owned()))]);
    assert_eq!(split[1].entries, [Some(Stretch::of_part(0, 5..6))]);
    for (at, id) in [session, second].into_iter().enumerate() {
        undo_all(&store, id).await;
        let told = aspect(&store, id).await;
        let (_, heard, nobody) = before.text[at].clone();
        assert_eq!(told.text, [(0, heard, nobody)]);
        assert_eq!((told.entries, told.record, told.speakers), (vec![], Record::default(), vec![]));
        redo_all(&store, id).await;
        assert_eq!(aspect(&store, id).await, split[at], "part {at}");
    }

    // Joined again, all of it is one journal once more.
    store.join_sessions(session, second, &wish()).await.unwrap();
    undo_all(&store, session).await;
    assert_eq!(aspect(&store, session).await, before);
}

#[tokio::test]
async fn parts_in_another_order_keep_their_text_and_undo_finds_them() {
    let (_place, store) = store().await;
    let made = a_session(&store).await;
    let session = made.session.id;
    hear(&store, &made).await;
    let seen = store.seen(session).await.unwrap();
    store.edit(session, seen.revision, &Edit::Delete { segments: vec![seen.scene.segments[1].id] }).await.unwrap();

    store.reorder_parts(session, &[1, 0]).await.unwrap();
    assert_eq!(texts(&store, session).await, [(1, "Parte0.".to_owned())]);
    let revision = store.seen(session).await.unwrap().revision;
    store.undo(session, revision).await.unwrap();
    assert_eq!(texts(&store, session).await, [(0, "Parte1.".to_owned()), (1, "Parte0.".to_owned())]);
    for wrong in [vec![0], vec![0, 0], vec![0, 2], vec![]] {
        assert_eq!(store.reorder_parts(session, &wrong).await.unwrap_err().code(), "parts_unknown");
    }
}
