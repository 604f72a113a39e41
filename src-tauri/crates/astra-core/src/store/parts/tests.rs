//! Sessions whose recordings come late, are joined, split and reordered.

use super::super::tests::{a_session, store};
use super::*;
use crate::chunks::{Chunk, Span};
use crate::engine::Effort;
use crate::minutes::Record;
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
        let hearing = Hearing { words: vec![word], faults: Vec::new(), effort: Effort::Usual, took_ms: 1 };
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
    assert_eq!(store.undo(earlier.session.id, seen.revision).await.unwrap_err(), Error::NothingToUndo);
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
