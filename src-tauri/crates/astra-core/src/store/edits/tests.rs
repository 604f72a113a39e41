//! The journal against the store: undo survives everything, and heard plus journal is the text.

use super::*;
use crate::chunks::{Chunk, Span};
use crate::engine::Effort;
use crate::minutes::{Attendee, Entry, Record, Stretch, What};
use crate::sessions::{Ended, Hearing, Part};
use crate::store::tests::{a_session, store};
use crate::transcript::{Mark, Query, Segment, Word};
use crate::vocabulary::{Term, TermKind};

const SPOKEN: [&str; 3] =
    ["Se abre la sesión de hoy.", "Señor secretario de nieva, llame a lista.", "Presente, señor."];

/// A session whose first recording was heard: one chunk and one segment for each sentence.
async fn heard(store: &Store) -> SessionId {
    let made = a_session(store).await;
    hear(store, &made.parts[0]).await;
    made.session.id
}

async fn hear(store: &Store, part: &Part) {
    hear_saying(store, part, &SPOKEN).await;
}

async fn hear_saying(store: &Store, part: &Part, sentences: &[&str]) {
    for (index, sentence) in (0_u32..).zip(sentences) {
        let start = u64::from(index) * 160_000;
        let span = Span { start, end: start + 160_000 };
        let chunk = Chunk { index, span, pieces: vec![span], speech: vec![span], overlap: 0, pcm: vec![] };
        store.put_chunk(part.listening.id, &chunk).await.unwrap();
        let word = |(at, text): (usize, &str)| {
            let start_ms = start / 16 + at as u64 * 500;
            Word { text: text.to_owned(), start_ms, end_ms: start_ms + 400, confidence: 0.9 }
        };
        let words = sentence.split_whitespace().enumerate().map(word).collect();
        let hearing = Hearing { words, faults: vec![], effort: Effort::Usual, other_model: None, took_ms: 1 };
        store.commit_hearing(part.listening.id, index, &hearing).await.unwrap();
        store.settle(part.listening.id, 0).await.unwrap();
    }
    let ended = Ended { audio_samples: 480_000, skipped_samples: 0 };
    store.end_listening(part.recording.id, part.listening.id, sentences.len() as u32, ended).await.unwrap();
    store.settle(part.listening.id, 0).await.unwrap();
}

async fn segments(store: &Store, session: SessionId) -> Vec<Segment> {
    store.seen(session).await.unwrap().scene.segments
}

async fn texts(store: &Store, session: SessionId) -> Vec<String> {
    segments(store, session).await.into_iter().map(|segment| segment.text).collect()
}

fn retext(segment: SegmentId, text: &str, continues: bool) -> Edit {
    Edit::Retext { segment, text: text.to_owned(), continues }
}

#[tokio::test]
async fn what_is_heard_becomes_segments_once_however_often_it_is_settled() {
    let (_place, store) = store().await;
    let session = heard(&store).await;
    assert_eq!(texts(&store, session).await, SPOKEN);
    let listening = store.session(session).await.unwrap().parts[0].listening.id;
    store.settle(listening, 0).await.unwrap();
    assert_eq!(texts(&store, session).await, SPOKEN);
}

#[tokio::test]
async fn undo_and_redo_go_through_everything_that_was_done() {
    let (_place, store) = store().await;
    let session = heard(&store).await;
    let before = segments(&store, session).await;
    let ids: Vec<SegmentId> = before.iter().map(|segment| segment.id).collect();
    let edits = [
        retext(ids[0], "Se abre la sesión ordinaria.", false),
        Edit::Split { segment: ids[1], at: 17 },
        Edit::Name { segments: vec![ids[0], ids[2]], name: "Ana Gómez".to_owned() },
        Edit::Merge { segment: ids[2] },
        Edit::Mark { segments: vec![ids[0]], mark: Some(Mark::Reserved) },
        Edit::Delete { segments: vec![ids[1]] },
    ];
    let mut revision = 0;
    let mut states = vec![store.seen(session).await.unwrap().scene];
    for edit in &edits {
        revision = store.edit(session, revision, edit).await.unwrap().revision;
        states.push(store.seen(session).await.unwrap().scene);
    }
    for state in states.iter().rev().skip(1) {
        revision = store.undo(session, revision).await.unwrap().revision;
        assert_eq!(&store.seen(session).await.unwrap().scene, state);
    }
    assert_eq!(store.undo(session, revision).await.unwrap_err(), Error::NothingToUndo);
    assert_eq!(segments(&store, session).await, before, "heard and an empty journal are what was heard");
    for state in states.iter().skip(1) {
        revision = store.redo(session, revision).await.unwrap().revision;
        assert_eq!(&store.seen(session).await.unwrap().scene, state);
    }
    assert_eq!(store.redo(session, revision).await.unwrap_err(), Error::NothingToUndo);
}

#[tokio::test]
async fn one_typing_is_one_step_and_a_new_edit_ends_what_could_be_redone() {
    let (_place, store) = store().await;
    let session = heard(&store).await;
    let id = segments(&store, session).await[2].id;
    for (revision, text) in ["Pres", "Presentes", "Presentes, señora."].iter().enumerate() {
        store.edit(session, revision as u64, &retext(id, text, revision > 0)).await.unwrap();
    }
    assert_eq!(store.history(session, None, 10).await.unwrap().len(), 1);
    let undone = store.undo(session, 3).await.unwrap();
    assert_eq!(texts(&store, session).await[2], SPOKEN[2]);
    assert_eq!(undone.steps.redo.unwrap().text, "Presentes, señora.");
    let other = store.edit(session, 4, &retext(id, "Ausente.", true)).await.unwrap();
    assert_eq!(other.steps.redo, None);
    let history = store.history(session, None, 10).await.unwrap();
    assert_eq!(history.iter().map(|entry| entry.undone).collect::<Vec<_>>(), [false, true]);
}

#[tokio::test]
async fn an_edit_made_for_an_older_text_is_refused_and_changes_nothing() {
    let (_place, store) = store().await;
    let session = heard(&store).await;
    let id = segments(&store, session).await[0].id;
    store.edit(session, 0, &retext(id, "Uno.", false)).await.unwrap();
    let stale = store.edit(session, 0, &retext(id, "Dos.", false)).await.unwrap_err();
    assert_eq!(stale, Error::EditStale { expected: 0, found: 1 });
    assert_eq!(texts(&store, session).await[0], "Uno.");
}

#[tokio::test]
async fn what_was_replaced_to_be_remembered_is_in_the_vocabulary() {
    let (_place, store) = store().await;
    let session = heard(&store).await;
    let query = Query {
        text: "nieva".to_owned(),
        match_case: false,
        match_accents: false,
        whole_word: true,
        regular_expression: false,
        speaker: None,
    };
    let edit = Edit::Replace { query, with: "Neiva".to_owned(), skip: vec![], remember: true };
    store.edit(session, 0, &edit).await.unwrap();
    assert!(texts(&store, session).await[1].contains("Neiva"));
    let terms = store.vocabulary().await.unwrap();
    assert_eq!((terms[0].text.as_str(), terms[0].instead_of.as_slice()), ("Neiva", &["nieva".to_owned()][..]));
}

#[tokio::test]
async fn a_name_of_the_vocabulary_is_written_as_it_was_taught_marked_and_put_back_in_one_edit() {
    let (_place, store) = store().await;
    let secretary = Term { text: "Ceñor Cecretario".to_owned(), kind: TermKind::Person, ..Term::default() };
    let term = Term { text: "Yame Lista".to_owned(), kind: TermKind::Person, ..Term::default() };
    store.set_vocabulary(&[secretary, term]).await.unwrap();
    let session = heard(&store).await;
    let segment = segments(&store, session).await.remove(1);
    assert_eq!((segment.text.as_str(), segment.respelled.len()), (SPOKEN[1], 0), "these words are ordinary");

    store.set_vocabulary(&[Term { text: "Cecilia Ceñorr".to_owned(), ..Term::default() }]).await.unwrap();
    let made = a_session(&store).await;
    hear_saying(&store, &made.parts[0], &["Tiene la palabra Sesilia Señorr, por favor."]).await;
    let session = made.session.id;
    let segment = segments(&store, session).await.remove(0);
    assert_eq!(segment.text, "Tiene la palabra Cecilia Ceñorr, por favor.");
    let heard: Vec<&str> = segment.respelled.iter().map(|one| one.heard.as_str()).collect();
    assert_eq!(heard, ["Sesilia", "Señorr"]);
    let put_back = |word| Edit::PutBack { segment: segment.id, word };
    store.edit(session, 0, &put_back(3)).await.unwrap();
    assert_eq!(texts(&store, session).await, ["Tiene la palabra Sesilia Ceñorr, por favor."]);
    assert_eq!(store.edit(session, 1, &put_back(3)).await.unwrap_err().code(), "edit_refused");
    store.undo(session, 1).await.unwrap();
    assert_eq!(segments(&store, session).await, [segment]);
}

#[tokio::test]
async fn a_segment_that_was_touched_stays_when_its_chunk_is_heard_again() {
    let (_place, store) = store().await;
    let session = heard(&store).await;
    let listening = store.session(session).await.unwrap().parts[0].listening.id;
    let before = segments(&store, session).await;
    store.edit(session, 0, &retext(before[1].id, "Corregido a mano.", false)).await.unwrap();
    let mut connection = store.pool.acquire().await.unwrap();
    segments::unsettle(&mut connection, listening, 1).await.unwrap();
    drop(connection);
    store.settle(listening, 0).await.unwrap();
    assert_eq!(texts(&store, session).await, [SPOKEN[0], "Corregido a mano.", SPOKEN[2]]);
}

#[tokio::test]
async fn what_is_reserved_before_anybody_listens_is_reserved_from_its_first_word() {
    let (_place, store) = store().await;
    let made = a_session(&store).await;
    let session = made.session.id;
    store.edit(session, 0, &reserve(12_000..13_000)).await.unwrap();
    hear(&store, &made.parts[0]).await;
    let marks: Vec<Option<Mark>> = segments(&store, session).await.iter().map(|segment| segment.mark).collect();
    assert_eq!(marks, [None, Some(Mark::Reserved), None]);
}

#[tokio::test]
async fn reserving_marks_what_was_heard_there_already_and_undo_takes_both_back() {
    let (_place, store) = store().await;
    let session = heard(&store).await;
    let before = segments(&store, session).await;
    let changed = store.edit(session, 0, &reserve(0..10_500)).await.unwrap();
    let marks: Vec<Option<Mark>> = segments(&store, session).await.iter().map(|segment| segment.mark).collect();
    assert_eq!(marks, [Some(Mark::Reserved), Some(Mark::Reserved), None]);
    let recording = store.session(session).await.unwrap().parts[0].recording.id;
    let marked = segments(&store, session).await.into_iter().take(2).map(|segment| segment.start_ms..segment.end_ms);
    let reserved: Vec<_> = marked.chain(std::iter::once(0..10_500)).collect();
    assert_eq!(store.reserved_in(recording).await.unwrap(), reserved);
    store.undo(session, changed.revision).await.unwrap();
    assert_eq!(segments(&store, session).await, before);
    assert_eq!(store.minutes(session).await.unwrap().minutes.entries, []);
}

/// Keeps these milliseconds of the first part from the public.
fn reserve(ms: std::ops::Range<u64>) -> Edit {
    let what = What::Reserved { reason: "Reserva de ley".to_owned() };
    let entry = Entry { id: EntryId::new(), heard: Some(Stretch::of_part(0, ms)), what };
    Edit::PutEntry { entry: Box::new(entry), continues: false }
}

#[tokio::test]
async fn the_first_segments_are_those_of_the_whole() {
    let (_place, store) = store().await;
    let session = heard(&store).await;
    let (first, whole) = (store.seen_first(session, 2).await.unwrap(), store.seen(session).await.unwrap());
    assert_eq!(first.scene.segments, whole.scene.segments[..2]);
    assert_eq!((first.revision, first.scene.speakers), (whole.revision, whole.scene.speakers));
    assert_eq!(store.seen_first(session, 9).await.unwrap().scene.segments, whole.scene.segments);
}

#[tokio::test]
async fn words_are_found_in_every_session_without_case_and_accents() {
    let (_place, store) = store().await;
    let session = heard(&store).await;
    let hits = store.search_text("SESION ho", 10).await.unwrap();
    assert_eq!((hits.len(), hits[0].session), (1, session));
    assert!(hits[0].snippet.contains("\u{2}sesión\u{3}"), "{}", hits[0].snippet);
    let id = hits[0].segment;
    store.edit(session, 0, &retext(id, "Se cierra la reunión.", false)).await.unwrap();
    assert!(store.search_text("sesion", 10).await.unwrap().is_empty(), "the index follows every edit");
    assert!(store.search_text("\"; DROP TABLE", 10).await.unwrap().is_empty());
}

#[tokio::test]
async fn titles_and_people_are_found_by_what_they_are_called_now() {
    let (_place, store) = store().await;
    let session = heard(&store).await;
    let found = async |word: &str| -> Vec<String> {
        let hits = store.search_names(&[word.to_owned()], 10).await.unwrap();
        hits.into_iter().map(|hit| hit.text).collect()
    };
    let id = segments(&store, session).await[0].id;
    store.edit(session, 0, &Edit::Name { segments: vec![id], name: "Ana Gómez".to_owned() }).await.unwrap();
    let speaker = store.seen(session).await.unwrap().scene.speakers[0].clone();
    assert_eq!(found("gom").await, ["Ana Gómez"]);
    let (name, role) = ("Ana Ruiz".to_owned(), String::new());
    store.edit(session, 1, &Edit::ChangeSpeaker { speaker: speaker.id, name, role, colour: 1 }).await.unwrap();
    assert_eq!((found("gom").await.len(), found("ana").await), (0, vec!["Ana Ruiz".to_owned()]));
    store.undo(session, 2).await.unwrap();
    assert_eq!(found("gom").await, ["Ana Gómez"]);

    store.set_title(session, "Comisión de Hacienda").await.unwrap();
    let called = Attendee { name: "Hernán Gómez".to_owned(), ..Attendee::default() };
    let record = Record { secretary: "Iván Peña".to_owned(), attendance: vec![called], ..Record::default() };
    store.set_record(session, &record).await.unwrap();
    assert_eq!(found("hacienda").await, ["Comisión de Hacienda"]);
    assert_eq!(found("pena").await, ["Iván Peña"]);
    assert_eq!(found("gomez").await, ["Ana Gómez", "Hernán Gómez"]);
    store.set_record(session, &Record::default()).await.unwrap();
    assert_eq!(found("gomez").await, ["Ana Gómez"]);
}

#[tokio::test]
async fn a_deleted_session_leaves_no_text_behind() {
    let (_place, store) = store().await;
    let session = heard(&store).await;
    let id = segments(&store, session).await[0].id;
    store.edit(session, 0, &Edit::Name { segments: vec![id], name: "Ana".to_owned() }).await.unwrap();
    store.delete_session(session).await.unwrap();
    assert!(store.search_text("sesión", 10).await.unwrap().is_empty());
    assert!(store.search_names(&["ana".to_owned()], 10).await.unwrap().is_empty());
    assert_eq!(store.check_integrity().await.unwrap(), None);
}

#[tokio::test]
async fn the_list_counts_doubts_and_knows_the_newest_job() {
    let (_place, store) = store().await;
    let session = heard(&store).await;
    let rows = store.rows().await.unwrap();
    assert_eq!((rows.len(), rows[0].recordings, rows[0].doubts, rows[0].heard), (1, 2, 0, false));
    assert_eq!(rows[0].heard_ms, 30_000);
    assert_eq!(rows[0].job.as_ref().unwrap().state, crate::store::JobState::Waiting);
    assert_eq!(store.row(session).await.unwrap().as_ref(), rows.first());
}
