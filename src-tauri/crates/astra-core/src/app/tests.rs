//! What the window does, through the same calls, with the sample recording and an engine that
//! answers at once.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::*;
use crate::chunks::Chunk;
use crate::engine::{Abilities, Ask, EngineError, Heard};
use crate::export::acta::ActaFormat;
use crate::id::SessionId;
use crate::jobs::queue;
use crate::minutes::Record;
use crate::minutes::acta::{Copy, Kind};
use crate::minutes::checks::Finding;
use crate::minutes::life::{FileState, Stage};
use crate::sessions::view::{HitKind, SessionState};
use crate::settings::{Council, Settings};
use crate::transcript::{Edit, Mark, Word};

/// What it hears; no word comes twice, so that nothing looks like a loop.
const SPOKEN: &str = "el concejo sesiona ahora Señores concejales, buenos días a todos ustedes; vamos con la lectura \
    del primer punto: informe de presupuesto que presenta hoy nuestra secretaria sobre obras, vías, agua y salud para \
    barrios rurales.";

/// Hears the same in every chunk after a while, but for a number, so that no chunk repeats another.
struct Quick {
    heard: Arc<AtomicU32>,
    takes: Duration,
}

impl Engine for Quick {
    fn abilities(&self) -> Abilities {
        Abilities { device: "test".to_owned(), languages: vec![], word_times: true, vocabulary: false, batch: 1 }
    }

    fn listen(&mut self, chunks: &[Chunk], _: &Ask, _: &Stop) -> Result<Vec<Heard>, EngineError> {
        std::thread::sleep(self.takes);
        self.heard.fetch_add(chunks.len() as u32, Ordering::Relaxed);
        Ok(chunks.iter().map(spoken).collect())
    }
}

/// What is heard in a chunk.
pub(crate) fn spoken(chunk: &Chunk) -> Heard {
    let length = chunk.pcm.len() as u64 / 16;
    let word = |(at, text): (u64, &str)| Word {
        text: format!("{text}{}", chunk.index),
        start_ms: length * at / 38,
        end_ms: length * (at + 1) / 38,
        confidence: 0.9,
    };
    Heard { words: (0..).zip(SPOKEN.split_whitespace()).map(word).collect(), no_speech: 0.0, took_ms: 5 }
}

/// Astra in a folder of its own.
pub(crate) struct Desk {
    pub(crate) place: tempfile::TempDir,
    pub(crate) app: App,
    heard: Arc<AtomicU32>,
}

pub(crate) fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets/sample/sesion-de-muestra.ogg")
}

pub(crate) async fn desk(takes: Duration) -> Desk {
    let place = tempfile::tempdir().unwrap();
    let heard = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&heard);
    let open = move |_, _| Ok(Box::new(Quick { heard: Arc::clone(&counted), takes }) as Box<dyn Engine>);
    let folder = DataFolder::open(Some(&place.path().join("datos"))).unwrap();
    let app = App::open_with(folder, |_| {}, open).await.unwrap();
    Desk { place, app, heard }
}

impl Desk {
    /// Copies the sample under another name.
    pub(crate) fn recording(&self, name: &str) -> String {
        let path = self.place.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::copy(sample(), &path).unwrap();
        path.display().to_string()
    }

    pub(crate) async fn start(&self, sources: Vec<String>) -> SessionId {
        let hearer = Hearer::AsChosen;
        let start = Start { sources, title: None, model: None, hearer, keep_copy: None, microphones: false };
        self.app.session_start(start).await.unwrap()
    }

    /// How many chunks were heard.
    pub(crate) fn heard(&self) -> u32 {
        self.heard.load(Ordering::Relaxed)
    }

    /// A session of the sample, heard to its end.
    pub(crate) async fn heard_sample(&self) -> SessionId {
        let session = self.start(vec![self.recording("acta.ogg")]).await;
        self.until(session, SessionState::Ready).await;
        session
    }

    /// Runs the queue until a session is in a state.
    pub(crate) async fn until(&self, session: SessionId, state: SessionState) {
        let stop = Stop::default();
        let (app, asked) = (self.app.clone(), stop.clone());
        let working = tokio::spawn(async move { queue::work(&app, &asked).await });
        self.becomes(session, state).await;
        stop.set();
        working.await.unwrap();
    }

    pub(crate) async fn becomes(&self, session: SessionId, state: SessionState) {
        for _ in 0..3_000 {
            if self.app.session_row(session).await.unwrap().state == state {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{session} is {:?}", self.app.session_row(session).await.unwrap());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_is_proposed_as_one_session_and_what_cannot_be_heard_is_named() {
    let desk = desk(Duration::ZERO).await;
    desk.recording("tarjeta/002.ogg");
    std::fs::copy(desk.place.path().join("tarjeta/002.ogg"), desk.place.path().join("tarjeta/001.OGG")).unwrap();
    std::fs::write(desk.place.path().join("tarjeta/LEAME.TXT"), "Grabadora del Concejo").unwrap();
    std::fs::write(desk.place.path().join("tarjeta/003.MP3"), "").unwrap();
    let folder = desk.place.path().join("tarjeta").display().to_string();
    let proposal = desk.app.recording_propose(&[folder, "/no/esta.mp3".to_owned()]).await.unwrap();
    assert_eq!(proposal.parts.len(), 1, "two copies of one recording are one part");
    let codes: Vec<&str> = proposal.refused.iter().map(|refused| refused.failure.code.as_str()).collect();
    assert_eq!(codes, ["recording_repeated", "recording_empty", "recording_missing"]);
    assert!(proposal.refused[0].failure.message.contains("«002.ogg» es la misma grabación que «001.OGG»"));
}

#[tokio::test(flavor = "multi_thread")]
async fn files_of_one_moment_are_proposed_as_microphones_and_heard_as_one_recording() {
    let desk = desk(Duration::ZERO).await;
    let nine = std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(1_739_264_400);
    let microphone = |name: &str, beyond: &[u8], after_s: u64| {
        let path = desk.recording(name);
        let mut file = std::fs::File::options().append(true).open(&path).unwrap();
        std::io::Write::write_all(&mut file, beyond).unwrap();
        file.set_modified(nine + Duration::from_secs(after_s)).unwrap();
        path
    };
    let sources = vec![microphone("tarjeta/MIC_1.ogg", b"1", 0), microphone("tarjeta/MIC_2.ogg", b"22", 1)];
    let proposal = desk.app.recording_propose(&sources).await.unwrap();
    assert!(proposal.microphones && proposal.parts.len() == 2, "{proposal:?}");
    let later = microphone("tarjeta/MIC_3.ogg", b"333", 9_000);
    let parts = desk.app.recording_propose(&[sources[0].clone(), later]).await.unwrap();
    assert!(!parts.microphones);

    let model = Some("demo-es".to_owned());
    let hearer = Hearer::AsChosen;
    let start = Start { sources, title: None, model, hearer, keep_copy: None, microphones: true };
    let session = desk.app.session_start(start).await.unwrap();
    desk.until(session, SessionState::Ready).await;
    let parts = desk.app.store().session(session).await.unwrap().parts;
    assert_eq!(parts.len(), 1);
    let beside = desk.app.store().microphones(parts[0].recording.id).await.unwrap();
    assert!(beside.len() == 1 && beside[0].path.ends_with("MIC_2.ogg"), "{beside:?}");
    assert!(desk.app.microphone_propose(session).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_that_cannot_be_told_the_language_has_one_that_can_beside_it_or_it_is_said_that_there_is_none() {
    let mut desk = desk(Duration::ZERO).await;
    let notices = Arc::new(std::sync::Mutex::new(Vec::new()));
    let told = Arc::clone(&notices);
    let tell = move |event| {
        if let Event::NoticeGiven { message } = event {
            told.lock().unwrap().push(message);
        }
    };
    let quick = |_, _| Ok(Box::new(Quick { heard: Arc::default(), takes: Duration::ZERO }) as Box<dyn Engine>);
    desk.app = App::open_with(desk.app.folder().clone(), tell, quick).await.unwrap();
    let session = crate::store::tests::a_session(desk.app.store()).await;
    let key = |engine: &str| ListeningKey { engine: engine.to_owned(), ..session.parts[0].listening.key.clone() };
    let beside = async |engine: &str| {
        let beside = desk.app.engine_beside(session.session.id, &key(engine), None).await.unwrap();
        beside.map(|(model, _)| model)
    };
    assert_eq!(beside("parakeet").await, None);
    assert_eq!(notices.lock().unwrap().len(), 1, "{notices:?}");

    let whisper = desk.place.path().join("propio.bin");
    std::fs::write(&whisper, crate::models::testing::model_bytes()).unwrap();
    desk.app.model_import(&whisper).await.unwrap();
    assert_eq!(beside("whisper").await, None);
    assert_eq!(beside("parakeet").await.as_deref(), Some("propio"));
    assert_eq!(notices.lock().unwrap().len(), 1, "{notices:?}");
}

#[test]
fn another_model_that_astra_would_choose_by_now_is_no_reason_to_hear_again() {
    let key = |model: &str, engine: &str| ListeningKey {
        engine: engine.to_owned(),
        model: model.to_owned(),
        model_sha256: String::new(),
        language: "es".to_owned(),
        vocabulary: vec![],
    };
    let catalog = Catalog::bundled().unwrap();
    let now = key("small-q8_0", "whisper");
    assert!(could_have_been_chosen(catalog, &key("large-v3-turbo-q5_0", "whisper"), &now));
    assert!(!could_have_been_chosen(catalog, &key("demo-es", "whisper"), &now), "it hears nothing but the sample");
    assert!(!could_have_been_chosen(catalog, &key("parakeet-tdt-0.6b-v3", "parakeet"), &now));
    assert!(!could_have_been_chosen(catalog, &key("whisper-1 (gpu.local)", "http"), &now));
    assert!(!could_have_been_chosen(catalog, &ListeningKey { language: "en".to_owned(), ..now.clone() }, &now));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_from_before_the_welcome_gets_the_council_that_is_named_there_and_keeps_what_was_typed() {
    let desk = desk(Duration::ZERO).await;
    let session = desk.start(vec![desk.recording("muestra.ogg")]).await;
    let typed = Record { president: "Ana Gómez".to_owned(), ..Record::default() };
    desk.app.record_save(session, &typed).await.unwrap();
    let council = Council { entity: "Villa Serena".to_owned(), president: "Otro".to_owned(), ..Council::default() };
    let settings = Settings { council, welcomed: true, ..Settings::default() };
    desk.app.settings_save(&settings).await.unwrap();
    let record = desk.app.session_open(session).await.unwrap().record;
    assert_eq!((record.entity.as_str(), record.president.as_str()), ("Villa Serena", "Ana Gómez"));

    let moved = Council { entity: "Otra Villa".to_owned(), ..settings.council.clone() };
    desk.app.settings_save(&Settings { council: moved, ..settings }).await.unwrap();
    let record = desk.app.session_open(session).await.unwrap().record;
    assert_eq!(record.entity, "Villa Serena", "later changes are for later sessions");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_was_started_is_heard_by_the_queue_and_found_again() {
    let desk = desk(Duration::ZERO).await;
    let council =
        Council { entity: "Villa Serena".to_owned(), president: "Ana Gómez".to_owned(), ..Council::default() };
    desk.app.settings_save(&Settings { council, ..Settings::default() }).await.unwrap();
    let source = desk.recording("plenaria.ogg");
    let session = desk.start(vec![source.clone()]).await;
    desk.until(session, SessionState::Ready).await;

    let opened = desk.app.session_open(session).await.unwrap();
    assert_eq!((opened.row.title.as_str(), opened.record.entity.as_str()), ("plenaria", "Villa Serena"));
    assert!(opened.row.sample && opened.parts[0].present && opened.parts[0].heard);
    let text = desk.app.transcript_open(session).await.unwrap();
    assert!(text.segments.len() > 5 && text.tail.is_none());

    let hits = desk.app.session_search("gomez", 10).await.unwrap();
    assert_eq!((hits[0].kind, hits[0].snippet.as_str(), hits[0].marks[0]), (HitKind::Person, "Ana Gómez", (4, 9)));
    let hits = desk.app.session_search("CONCEJO", 3).await.unwrap();
    assert!(hits.len() == 3 && hits.iter().all(|hit| hit.kind == HitKind::Text && hit.at_ms.is_some()));

    let proposal = desk.app.recording_propose(std::slice::from_ref(&source)).await.unwrap();
    assert_eq!(proposal.parts[0].known, Some(session));
    assert_eq!(desk.start(vec![source]).await, session, "the same recording is not a second session");
}

#[tokio::test(flavor = "multi_thread")]
async fn heard_parts_are_edited_while_the_rest_is_heard_and_a_pause_loses_nothing() {
    let desk = desk(Duration::from_millis(400)).await;
    let session = desk.start(vec![desk.recording("larga.ogg")]).await;
    let stop = Stop::default();
    let (app, asked) = (desk.app.clone(), stop.clone());
    let working = tokio::spawn(async move { queue::work(&app, &asked).await });
    let early = loop {
        let text = desk.app.transcript_open(session).await.unwrap();
        if text.segments.len() > 2 {
            break text;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    let segment = early.segments[0].id;
    let edit = Edit::Retext { segment, text: "Corregido mientras se escucha.".to_owned(), continues: false };
    desk.app.transcript_edit(session, early.revision, &edit).await.unwrap();

    let job = desk.app.session_row(session).await.unwrap().job.unwrap();
    desk.app.job_pause(job).await.unwrap();
    desk.becomes(session, SessionState::Paused).await;
    // What is in the engine's hands is finished; then nothing is heard for longer than a chunk takes.
    let mut heard = 0;
    while heard != desk.heard.load(Ordering::Relaxed) {
        heard = desk.heard.load(Ordering::Relaxed);
        tokio::time::sleep(Duration::from_millis(1_500)).await;
    }
    assert!(!desk.app.session_open(session).await.unwrap().parts[0].heard, "a pause is no end");

    desk.app.job_resume(job).await.unwrap();
    desk.becomes(session, SessionState::Ready).await;
    stop.set();
    working.await.unwrap();
    let text = desk.app.transcript_open(session).await.unwrap();
    assert_eq!(text.segments[0].text, "Corregido mientras se escucha.");
    let chunks = desk.app.store().session(session).await.unwrap().parts[0].listening.id;
    let chunks = desk.app.store().chunks(chunks).await.unwrap().len() as u32;
    assert!(desk.heard.load(Ordering::Relaxed) <= chunks + 1, "nothing but what was interrupted is heard twice");
    assert!(text.segments.windows(2).all(|pair| pair[0].start_ms < pair[1].start_ms));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_documents_are_the_text_as_it_was_corrected() {
    let desk = desk(Duration::ZERO).await;
    let session = desk.start(vec![desk.recording("acta.ogg")]).await;
    desk.until(session, SessionState::Ready).await;
    let out = desk.place.path().join("salida");
    desk.app.settings_save(&Settings { output_folder: Some(out.clone()), ..Settings::default() }).await.unwrap();
    desk.app.record_save(session, &Record { number: "046".to_owned(), ..Record::default() }).await.unwrap();
    let text = desk.app.transcript_open(session).await.unwrap();
    let (first, second) = (text.segments[0].id, text.segments[1].id);
    let retext = Edit::Retext { segment: first, text: "Queda abierta la sesión.".to_owned(), continues: false };
    desk.app.transcript_edit(session, text.revision, &retext).await.unwrap();
    let secret = Edit::Retext { segment: second, text: "Palabra secretísima.".to_owned(), continues: false };
    desk.app.transcript_edit(session, text.revision + 1, &secret).await.unwrap();
    let reserve = Edit::Mark { segments: vec![second], mark: Some(Mark::Reserved) };
    desk.app.transcript_edit(session, text.revision + 2, &reserve).await.unwrap();

    let written = desk.app.document_export(session, &Format::all()).await.unwrap();
    assert_eq!(written.len(), 5);
    let read = |extension: &str| std::fs::read_to_string(out.join(format!("acta.{extension}"))).unwrap();
    for extension in ["txt", "srt", "vtt", "json"] {
        assert!(read(extension).contains("abierta"), "{extension}");
        assert!(!read(extension).contains("secretísima"), "{extension}");
    }
    assert!(desk.app.document_is_ours(&out.join("acta.docx")).await.unwrap());
    assert!(!desk.app.document_is_ours(Path::new("/etc/passwd")).await.unwrap());
    assert_eq!(desk.app.settings_get().await.unwrap().formats, Format::all());
}

/// Turns one word of the first segment into two that nobody said.
async fn correct(desk: &Desk, session: SessionId) {
    let text = desk.app.transcript_open(session).await.unwrap();
    let first = &text.segments[0];
    let (_, rest) = first.text.split_once(' ').unwrap();
    let retext = Edit::Retext { segment: first.id, text: format!("Nuestra corporación {rest}"), continues: false };
    desk.app.transcript_edit(session, text.revision, &retext).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn words_that_were_typed_are_counted_and_an_approved_acta_says_that_the_text_went_on() {
    let desk = desk(Duration::ZERO).await;
    let session = desk.start(vec![desk.recording("a.ogg")]).await;
    desk.until(session, SessionState::Ready).await;
    let corrected = async || {
        let utterances = desk.app.document(session).await.unwrap().1.segments;
        utterances.iter().map(|utterance| utterance.corrected).sum::<u32>()
    };
    assert_eq!(corrected().await, 0);
    correct(&desk, session).await;
    assert_eq!(corrected().await, 2);

    let wish = ActaWish {
        kind: Kind::Literal,
        copy: Copy::Complete,
        format: ActaFormat::Docx,
        template: Template::named("co-icontec"),
        style: None,
        folder: desk.place.path().join("actas"),
        name: Some("acta".to_owned()),
    };
    let differs = |written: &WrittenActa| {
        written.checks.iter().any(|check| matches!(check.finding, Finding::ApprovedActaDiffers { .. }))
    };
    let stop = Stop::default();
    let written = desk.app.acta_write(session, &wish, &stop).await.unwrap();
    for stage in [Stage::Sent, Stage::Approved] {
        desk.app.acta_advance(session, stage, Some(&written.path)).await.unwrap();
    }
    let bytes = std::fs::read(&written.path).unwrap();
    assert!(!differs(&desk.app.acta_write(session, &wish, &stop).await.unwrap()));
    assert!(!desk.app.acta_states(session).await.unwrap()[0].session_changed);

    let text = desk.app.transcript_open(session).await.unwrap();
    desk.app.transcript_undo(session, text.revision).await.unwrap();
    assert!(differs(&desk.app.acta_write(session, &wish, &stop).await.unwrap()));
    let approved = desk.app.acta_states(session).await.unwrap().remove(0);
    assert!(approved.session_changed && approved.file == FileState::Same);
    assert_eq!(std::fs::read(&written.path).unwrap(), bytes);

    let journal = desk.app.journal_write(session, Copy::Public, desk.place.path(), None).await.unwrap();
    let journal = std::fs::read_to_string(journal).unwrap();
    assert!(journal.contains("Nuestra corporación") && !journal.contains(r#""undone_at_ms":null"#), "{journal}");

    assert_eq!(desk.app.session_deletion(session).await.unwrap().approved_actas, 1);
    desk.app.delete(session).await.unwrap();
    assert_eq!(desk.app.store().actas(session).await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recording_that_moved_is_taken_back_only_when_it_is_the_same() {
    let desk = desk(Duration::ZERO).await;
    let source = desk.recording("movida.ogg");
    let session = desk.start(vec![source.clone()]).await;
    desk.until(session, SessionState::Ready).await;
    let moved = desk.place.path().join("otra carpeta.ogg");
    std::fs::rename(&source, &moved).unwrap();
    assert!(!desk.app.session_open(session).await.unwrap().parts[0].present);
    let other = desk.place.path().join("otra.ogg");
    let mut bytes = std::fs::read(&moved).unwrap();
    let last = bytes.len() - 3;
    bytes[last] ^= 1;
    std::fs::write(&other, bytes).unwrap();
    let refused = desk.app.recording_locate(session, 0, &other).await.unwrap_err();
    assert_eq!(refused.code(), "another_recording");
    assert!(desk.app.recording_locate(session, 0, &moved).await.unwrap().parts[0].present);
    std::fs::rename(&moved, &source).unwrap();
    let told = Arc::new(Mutex::new(Vec::new()));
    let (heard, open) = (Arc::clone(&told), |_, _| unreachable!("nobody listens"));
    let app = App::open_with(desk.app.folder().clone(), move |event| heard.lock().unwrap().push(event), open);
    let proposal = app.await.unwrap().recording_propose(&[source]).await.unwrap();
    assert_eq!(proposal.parts[0].known, Some(session));
    let changed = |event: &Event| matches!(event, Event::SessionChanged { session: one, .. } if *one == session);
    assert!(told.lock().unwrap().iter().any(changed), "the page that says it is gone is told");
    assert!(desk.app.session_open(session).await.unwrap().parts[0].present, "dropped again, it is found again");
}

#[tokio::test(flavor = "multi_thread")]
async fn deleting_says_what_goes_and_leaves_the_recording() {
    let desk = desk(Duration::ZERO).await;
    let source = desk.recording("vieja.ogg");
    let session = desk.start(vec![source.clone()]).await;
    desk.until(session, SessionState::Ready).await;
    let deletion = desk.app.session_deletion(session).await.unwrap();
    assert!(deletion.segments > 5 && deletion.recordings == ["vieja.ogg"]);
    let derived = desk.app.folder().recording(desk.app.store().session(session).await.unwrap().parts[0].recording.id);
    std::fs::create_dir_all(&derived).unwrap();
    desk.app.delete(session).await.unwrap();
    assert!(desk.app.session_list().await.unwrap().is_empty());
    assert!(Path::new(&source).exists() && !derived.exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_is_being_heard_is_given_up_and_deleted() {
    let desk = desk(Duration::from_millis(300)).await;
    let session = desk.start(vec![desk.recording("en curso.ogg")]).await;
    let stop = Stop::default();
    let (app, asked) = (desk.app.clone(), stop.clone());
    let working = tokio::spawn(async move { queue::work(&app, &asked).await });
    desk.becomes(session, SessionState::Listening).await;
    desk.app.session_delete(session).await.unwrap();
    assert!(desk.app.session_list().await.unwrap().is_empty());
    stop.set();
    working.await.unwrap();
}
