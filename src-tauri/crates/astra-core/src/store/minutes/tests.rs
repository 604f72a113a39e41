//! The minutes against the store: one journal with the text, undone and redone through restarts.

use proptest::prelude::*;

use super::*;
use crate::id::{EntryId, SegmentId};
use crate::minutes::{Item, RecordChange, Vote, What};
use crate::settings::DataFolder;
use crate::store::tests::{a_session, store};
use crate::transcript::{Edit, Floor};

fn stretch(part: u32, from_ms: u64, to_ms: u64) -> Option<Stretch> {
    Some(Stretch { from: Moment { part, ms: from_ms }, to: Moment { part, ms: to_ms } })
}

fn item(number: u32, heard: Option<Stretch>) -> Entry {
    let what = What::Item(Item { number, title: format!("Punto {number}"), ..Item::default() });
    Entry { id: EntryId::new(), heard, what }
}

fn put(entry: &Entry) -> Edit {
    Edit::PutEntry { entry: Box::new(entry.clone()), continues: false }
}

fn set(record: crate::minutes::Record) -> Edit {
    Edit::SetRecord { record: Box::new(record), continues: true }
}

#[tokio::test]
async fn entries_stand_in_the_order_of_the_sound_and_what_cannot_be_heard_comes_last() {
    let (_place, store) = store().await;
    let session = a_session(&store).await.session.id;
    let annex = Entry { heard: None, ..item(9, None) };
    let (second, first) = (item(2, stretch(1, 0, 9_000)), item(1, stretch(0, 5_000, 59_000)));
    let across = Stretch { from: Moment { part: 0, ms: 5_000 }, to: Moment { part: 1, ms: 10 } };
    let longer = item(3, Some(across));
    for (revision, entry) in [&annex, &second, &first, &longer].into_iter().enumerate() {
        store.edit(session, revision as u64, &put(entry)).await.unwrap();
    }
    let seen = store.minutes(session).await.unwrap();
    assert_eq!(seen.minutes.entries, [longer, first, second, annex]);
    assert_eq!(seen.revision, 4);
}

#[tokio::test]
async fn accepting_a_proposal_is_one_step_that_names_who_speaks_and_undo_survives_a_restart() {
    let (place, store) = store().await;
    let session = a_session(&store).await.session.id;
    let record = crate::minutes::Record { starts: "08:10".to_owned(), ..Default::default() };
    let accept = Edit::AcceptProposal {
        entries: vec![item(1, stretch(0, 0, 1_000))],
        record: vec![RecordChange::Starts { time: "08:10".to_owned() }],
        floor: Some(Floor { segments: vec![], name: "Ana Gómez".to_owned() }),
    };
    let before = store.minutes(session).await.unwrap();
    let accepted = store.edit(session, 0, &accept).await.unwrap();
    assert_eq!(accepted.speakers[0].name, "Ana Gómez");
    let after = store.minutes(session).await.unwrap();
    assert_eq!((after.minutes.record.clone(), after.minutes.entries.len()), (record, 1));
    store.close().await;

    let store = Store::open(&DataFolder::open(Some(place.path())).unwrap()).await.unwrap();
    assert!(store.undo(session, 1).await.unwrap().speakers.is_empty());
    let undone = store.minutes(session).await.unwrap();
    assert_eq!(undone.minutes, before.minutes);
    store.close().await;

    let store = Store::open(&DataFolder::open(Some(place.path())).unwrap()).await.unwrap();
    store.redo(session, 2).await.unwrap();
    assert_eq!(store.minutes(session).await.unwrap().minutes, after.minutes);
}

#[tokio::test]
async fn a_boundary_between_two_items_moves_in_one_step() {
    let (_place, store) = store().await;
    let session = a_session(&store).await.session.id;
    let (first, second) = (item(1, stretch(0, 0, 500)), item(2, stretch(0, 500, 1_000)));
    store.edit(session, 0, &put(&first)).await.unwrap();
    store.edit(session, 1, &put(&second)).await.unwrap();
    let before = store.minutes(session).await.unwrap().minutes;
    let ends = Entry { heard: stretch(0, 0, 700), ..first };
    let begins = Entry { heard: stretch(0, 700, 1_000), ..second };
    let moved = store.edit(session, 2, &Edit::PutEntries { entries: vec![ends, begins] }).await.unwrap();
    assert_eq!(moved.steps.undo.unwrap().text, "Punto 2");
    assert_ne!(store.minutes(session).await.unwrap().minutes, before);
    store.undo(session, 3).await.unwrap();
    assert_eq!(store.minutes(session).await.unwrap().minutes, before);
}

#[tokio::test]
async fn a_refused_proposal_is_remembered_until_that_is_undone() {
    let (_place, store) = store().await;
    let session = a_session(&store).await.session.id;
    let proposal = RefusedProposal { kind: "vote".to_owned(), at: Moment { part: 1, ms: 400 } };
    let refuse = Edit::RefuseProposal { proposal: proposal.clone() };
    store.edit(session, 0, &refuse).await.unwrap();
    assert_eq!(store.minutes(session).await.unwrap().refused, [proposal]);
    let again = store.edit(session, 1, &refuse).await.unwrap_err();
    assert_eq!(again, Error::EditRefused { refusal: Refusal::NothingToDo });
    store.undo(session, 1).await.unwrap();
    assert!(store.minutes(session).await.unwrap().refused.is_empty());
}

#[tokio::test]
async fn typing_in_one_field_of_the_record_is_one_step_and_in_another_field_another() {
    let (_place, store) = store().await;
    let session = a_session(&store).await.session.id;
    let record = |place: &str, number: &str| crate::minutes::Record {
        place: place.to_owned(),
        number: number.to_owned(),
        ..Default::default()
    };
    for typed in [record("Re", ""), record("Recinto", ""), record("Recinto", "0"), record("Recinto", "046")] {
        store.edit_newest(session, &set(typed)).await.unwrap();
    }
    assert_eq!(store.history(session, None, 9).await.unwrap().len(), 2);
    store.undo(session, 4).await.unwrap();
    assert_eq!(store.minutes(session).await.unwrap().minutes.record, record("Recinto", ""));
    store.undo(session, 5).await.unwrap();
    assert_eq!(store.minutes(session).await.unwrap().minutes.record, record("", ""));
}

#[tokio::test]
async fn what_names_a_part_that_is_not_there_or_ends_before_it_begins_is_refused_whole() {
    let (_place, store) = store().await;
    let session = a_session(&store).await.session.id;
    for heard in [stretch(7, 0, 1), stretch(0, 2, 1)] {
        let accept = Edit::AcceptProposal { entries: vec![item(1, None), item(2, heard)], record: vec![], floor: None };
        assert_eq!(store.edit(session, 0, &accept).await.unwrap_err().code(), "edit_refused");
    }
    let gone = Edit::RemoveEntry { entry: EntryId::new() };
    assert!(matches!(store.edit(session, 0, &gone).await, Err(Error::EditRefused { .. })));
    assert_eq!(store.minutes(session).await.unwrap(), SeenMinutes::default());
}

#[tokio::test]
async fn an_entry_of_one_session_is_not_changed_from_another() {
    let (_place, store) = store().await;
    let (one, other) = (a_session(&store).await.session.id, a_session(&store).await.session.id);
    let mine = item(1, None);
    store.edit(one, 0, &put(&mine)).await.unwrap();
    let theirs = Entry { what: What::Recess { reason: "otra".to_owned(), lasted_ms: None }, ..mine.clone() };
    assert!(matches!(store.edit(other, 0, &put(&theirs)).await, Err(Error::EditRefused { .. })));
    assert_eq!(store.minutes(one).await.unwrap().minutes.entries, [mine]);
}

#[tokio::test]
async fn a_journal_and_a_record_of_the_version_before_are_read_as_ever() {
    let (_place, store) = store().await;
    let session = a_session(&store).await.session.id;
    let segment = SegmentId::new();
    let edit = format!(r#"{{"kind": "confirm", "segments": ["{segment}"]}}"#);
    let speaker = crate::id::SpeakerId::new();
    let change = format!(
        r#"{{"segments": [], "speakers": [{{"before": null, "after": {{"id": "{speaker}", "name": "Ana", "role": "",
            "colour": 0}}}}], "step": {{"kind": "name", "text": "Ana", "count": 0}}}}"#
    );
    sqlx::query(
        "INSERT INTO edit (session_id, number, edit, change, listenings, state, made_at_ms)
         VALUES (?, 1, ?, ?, '[]', 'undone', 5)",
    )
    .bind(session.to_string())
    .bind(edit)
    .bind(change)
    .execute(&store.pool)
    .await
    .unwrap();
    sqlx::query("UPDATE session SET record = ?")
        .bind(r#"{"number": "046", "attendance": [{"name": "Ana", "office": "", "attendance": "late"}]}"#)
        .execute(&store.pool)
        .await
        .unwrap();
    assert_eq!(store.redo(session, 0).await.unwrap().speakers[0].name, "Ana");
    let record = store.minutes(session).await.unwrap().minutes.record;
    assert_eq!((record.number.as_str(), record.attendance[0].arrived.as_str()), ("046", ""));
    assert_eq!(record.attendance[0].attendance, crate::minutes::Attendance::Late);
}

#[tokio::test]
async fn deleting_a_session_deletes_what_its_minutes_state() {
    let (_place, store) = store().await;
    let session = a_session(&store).await.session.id;
    store.edit(session, 0, &put(&item(1, stretch(0, 0, 1)))).await.unwrap();
    let refused = RefusedProposal { kind: "item".to_owned(), at: Moment { part: 0, ms: 0 } };
    store.edit(session, 1, &Edit::RefuseProposal { proposal: refused }).await.unwrap();
    store.delete_session(session).await.unwrap();
    for query in ["SELECT count(*) FROM entry", "SELECT count(*) FROM refused_proposal"] {
        let left: i64 = sqlx::query_scalar(query).fetch_one(&store.pool).await.unwrap();
        assert_eq!(left, 0, "{query}");
    }
    assert_eq!(store.check_integrity().await.unwrap(), None);
}

/// An edit of minutes with four entries, sensible or not.
fn any_edit() -> impl Strategy<Value = (u8, usize, u32, u32, String)> {
    (0_u8..6, 0_usize..4, 0_u32..3, 0_u32..5_000, "[a-zñ]{0,4}")
}

fn edit_of(ids: &[EntryId], (kind, at, part, ms, text): (u8, usize, u32, u32, String)) -> Edit {
    let vote = What::Vote(Vote { about: text.clone(), in_favour: Some(ms), ..Vote::default() });
    let heard = (ms % 3 > 0)
        .then_some(Stretch { from: Moment { part: 0, ms: ms.into() }, to: Moment { part, ms: u64::from(ms) + 50 } });
    let entry = Entry { id: ids[at], heard, what: vote };
    match kind {
        0 | 1 => Edit::PutEntry { entry: Box::new(entry), continues: false },
        2 => Edit::RemoveEntry { entry: ids[at] },
        3 => set(crate::minutes::Record { place: text, ..Default::default() }),
        4 => Edit::AcceptProposal {
            entries: vec![entry],
            record: vec![],
            floor: (!text.is_empty()).then_some(Floor { segments: vec![], name: text }),
        },
        _ => Edit::RefuseProposal {
            proposal: RefusedProposal { kind: text, at: Moment { part: part % 2, ms: ms.into() } },
        },
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_edit_of_the_minutes_is_taken_back_by_its_inverse_and_the_journal_replays_to_the_rows(
        drawn in proptest::collection::vec(any_edit(), 1..14)
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let (_place, store) = store().await;
            let session = a_session(&store).await.session.id;
            let ids: Vec<EntryId> = (0..4).map(|_| EntryId::new()).collect();
            let state = async || {
                let seen = store.minutes(session).await.unwrap();
                (seen.minutes, seen.refused, store.seen(session).await.unwrap().scene.speakers)
            };
            let mut states = vec![state().await];
            for drawn in drawn {
                let steps = store.history(session, None, 99).await.unwrap().len();
                if store.edit_newest(session, &edit_of(&ids, drawn)).await.is_err() {
                    assert_eq!(&state().await, states.last().unwrap(), "what is refused changes nothing");
                    continue;
                }
                if store.history(session, None, 99).await.unwrap().len() == steps {
                    states.pop();
                }
                states.push(state().await);
            }
            let revision = async || store.minutes(session).await.unwrap().revision;
            for before in states.iter().rev().skip(1) {
                store.undo(session, revision().await).await.unwrap();
                assert_eq!(&state().await, before);
            }
            for after in states.iter().skip(1) {
                store.redo(session, revision().await).await.unwrap();
                assert_eq!(&state().await, after);
            }
        });
    }
}
