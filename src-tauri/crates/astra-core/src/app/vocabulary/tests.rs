//! Learning from what lies on the disk, and what a listening is told.

use super::*;
use crate::chunks::{Chunk, Span};
use crate::engine::device::Device;
use crate::engine::{Effort, Load};
use crate::id::EntryId;
use crate::minutes::{Attendee, Entry, Item, Record};
use crate::papers::PaperDamage;
use crate::papers::tests::{lines, page, placed, word};
use crate::sessions::Hearing;
use crate::settings::DataFolder;
use crate::transcript::Edit;
use crate::vocabulary::TermKind;

const SENTENCE: &str = "El concejal Ramiro Quintabara habló de la vereda Chachafruto y de la Ley 136 de 1994.";

async fn app() -> (tempfile::TempDir, App) {
    let place = tempfile::tempdir().unwrap();
    let folder = DataFolder::open(Some(&place.path().join("datos"))).unwrap();
    let none = |_: Load, _: Vec<Device>| Err(Error::Broken { reason: "not asked".to_owned() });
    (place, App::open_with(folder, |_| {}, none).await.unwrap())
}

fn term(text: &str) -> Term {
    Term { text: text.to_owned(), ..Term::default() }
}

#[tokio::test]
async fn a_folder_of_minutes_is_learned_from_and_what_cannot_be_read_is_named() {
    let (place, app) = app().await;
    let actas = place.path().join("actas");
    fs::create_dir(&actas).unwrap();
    fs::write(actas.join("046.docx"), word(lines(&[SENTENCE]))).unwrap();
    fs::write(actas.join("047.PDF"), page(&[SENTENCE])).unwrap();
    fs::write(actas.join("048.txt"), SENTENCE).unwrap();
    fs::write(actas.join("049.pdf"), placed(&[])).unwrap();
    fs::write(actas.join("~$046.docx"), "x").unwrap();
    fs::write(actas.join("foto.jpg"), "x").unwrap();
    app.vocabulary_save(&[term("Ley 136 de 1994")]).await.unwrap();

    let learned = app.vocabulary_learn(&[actas]).await.unwrap();
    let named = learned.candidates.iter().filter(|one| one.term.kind != TermKind::Phrase);
    let found: Vec<String> =
        named.map(|one| format!("{} {} {}", one.term.text, one.term.documents, one.known)).collect();
    assert_eq!(found, ["Ley 136 de 1994 3 true", "Ramiro Quintabara 3 false", "vereda Chachafruto 3 false"]);
    assert_eq!(learned.documents, 3);
    let [unread] = learned.unread.as_slice() else { panic!("{:?}", learned.unread) };
    assert!(unread.path.ends_with("049.pdf") && unread.failure.code == "document_unreadable");
    assert_eq!(app.vocabulary_list().await.unwrap().len(), 1, "nothing is kept before it is agreed to");
}

#[tokio::test]
async fn when_no_document_can_be_read_that_is_an_error() {
    let (place, app) = app().await;
    let scanned = place.path().join("escaneada.pdf");
    fs::write(&scanned, placed(&[])).unwrap();
    let path = scanned.display().to_string();
    let refused = app.vocabulary_learn(&[scanned]).await.unwrap_err();
    assert_eq!(refused, Error::DocumentUnreadable { path, reason: PaperDamage::Scanned });
    let missing = app.vocabulary_learn(&[place.path().join("no está.docx")]).await.unwrap_err();
    assert_eq!(missing.code(), "recording_missing");
}

#[tokio::test]
async fn what_is_exported_is_imported_again() {
    let (place, app) = app().await;
    let plan =
        Term { kind: TermKind::Acronym, expansion: "Plan de Ordenamiento Territorial".to_owned(), ..term("POT") };
    app.vocabulary_save(std::slice::from_ref(&plan)).await.unwrap();
    let table = place.path().join("vocabulario.csv");
    assert_eq!(app.vocabulary_export(&table).await, Ok(1));
    assert_eq!(app.vocabulary_import(&table).await, Ok(vec![plan]));
    fs::write(&table, b"\0\x01").unwrap();
    assert_eq!(app.vocabulary_import(&table).await.unwrap_err().code(), "document_unreadable");
}

#[tokio::test]
async fn a_listening_is_told_what_its_sitting_is_about_and_who_is_there_until_it_has_begun() {
    let (_place, app) = app().await;
    let summary = crate::store::tests::a_session(app.store()).await;
    let (session, part) = (summary.session.id, &summary.parts[0]);
    app.vocabulary_save(&[term("Chachafruto"), term("Anorí")]).await.unwrap();
    let attendee = |name: &str, attendance| Attendee { name: name.to_owned(), attendance, ..Attendee::default() };
    let attendance = vec![attendee("Ana Zapata", Attendance::Excused), attendee("Luz Ríos", Attendance::Present)];
    app.store().set_record(session, &Record { attendance, ..Record::default() }).await.unwrap();
    let item = Item { number: 4, title: "Acueducto de Chachafruto".to_owned(), ..Item::default() };
    let entry = Box::new(Entry { id: EntryId::new(), heard: None, what: What::Item(item) });
    let revision = app.store().minutes(session).await.unwrap().revision;
    app.store().edit(session, revision, &Edit::PutEntry { entry, continues: false }).await.unwrap();

    let told = app.words_for(session, part).await.unwrap();
    assert_eq!(told, ["Chachafruto", "Anorí", "Luz Ríos", "Ana Zapata"]);
    let stored = || async { app.store().session(session).await.unwrap().parts[0].clone() };
    assert_eq!(stored().await.listening.key.vocabulary, told);

    let span = Span { start: 0, end: 64_000 };
    let chunk = Chunk { index: 0, span, pieces: vec![span], speech: vec![span], overlap: 0, pcm: vec![] };
    app.store().put_chunk(part.listening.id, &chunk).await.unwrap();
    let hearing = Hearing { words: vec![], faults: vec![], effort: Effort::Usual, other_model: None, took_ms: 1 };
    app.store().commit_hearing(part.listening.id, 0, &hearing).await.unwrap();
    app.vocabulary_save(&[term("Otra")]).await.unwrap();
    assert_eq!(app.words_for(session, &stored().await).await.unwrap(), told, "it goes on as it began");
}

#[tokio::test]
async fn an_engine_is_told_as_many_words_as_it_makes_use_of() {
    let (_place, app) = app().await;
    let summary = crate::store::tests::a_session(app.store()).await;
    let terms: Vec<Term> = (0..300).map(|number| term(&format!("Vereda {number}"))).collect();
    app.vocabulary_save(&terms).await.unwrap();
    for (engine, told) in [("whisper", 60), ("parakeet", 200), ("http", 60)] {
        let mut part = summary.parts[0].clone();
        part.listening.key.engine = engine.to_owned();
        assert_eq!(app.words_for(summary.session.id, &part).await.unwrap().len(), told, "{engine}");
    }
}
