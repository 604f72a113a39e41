//! The queue with the sample, an engine that answers when it is told to, and a computer that says what it is told.

use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::time::Duration;

use tokio::task::JoinHandle;

use super::*;
use crate::app::tests::{Desk, desk};
use crate::app::{Hearer, Request, Start};
use crate::chunks::Chunk;
use crate::engine::{Abilities, Ask, Engine, EngineError, Heard, Stop};
use crate::error::Error;
use crate::id::SessionId;
use crate::jobs::hold::IDLE_MS;
use crate::jobs::queue::work;
use crate::media::decode::{Decoder, Input};
use crate::sessions::view::SessionState;
use crate::settings::{ListeningHours, QueueChoices, Settings};
use crate::store::Place;

/// A computer that says what it is told.
#[derive(Clone, Default)]
struct Told(Arc<Facts>);

#[derive(Default)]
struct Facts {
    on_battery: AtomicBool,
    idle_ms: AtomicU64,
    /// How many keep it awake at this moment, and how many ever did.
    kept_awake: AtomicU32,
    ever_kept_awake: AtomicU32,
}

struct KeptAwake(Arc<Facts>);

impl Drop for KeptAwake {
    fn drop(&mut self) {
        self.0.kept_awake.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Surroundings for Told {
    fn on_battery(&self) -> bool {
        self.0.on_battery.load(Ordering::SeqCst)
    }

    fn idle_ms(&self) -> Option<u64> {
        Some(self.0.idle_ms.load(Ordering::SeqCst))
    }

    fn keep_awake(&self, _: &str) -> Box<dyn Send> {
        self.0.kept_awake.fetch_add(1, Ordering::SeqCst);
        self.0.ever_kept_awake.fetch_add(1, Ordering::SeqCst);
        Box::new(KeptAwake(Arc::clone(&self.0)))
    }
}

/// A queue at work.
struct Working {
    stop: Stop,
    task: JoinHandle<()>,
}

impl Working {
    fn begin(app: &App) -> Self {
        let stop = Stop::default();
        let (app, asked) = (app.clone(), stop.clone());
        Self { stop, task: tokio::spawn(async move { work(&app, &asked).await }) }
    }

    async fn end(self) {
        self.stop.set();
        self.task.await.unwrap();
    }
}

/// A desk whose computer says what it is told, with these choices.
async fn told_desk(takes_ms: u64, queue: QueueChoices) -> (Desk, Told) {
    let mut desk = desk(Duration::from_millis(takes_ms)).await;
    let told = Told::default();
    desk.app = desk.app.amid(told.clone());
    desk.app.settings_save(&Settings { queue, ..Settings::default() }).await.unwrap();
    (desk, told)
}

/// A session of a recording that no other session has.
async fn session(desk: &Desk, name: &str) -> SessionId {
    begin(desk, remade(desk, name, 1)).await
}

async fn begin(desk: &Desk, recording: String) -> SessionId {
    let model = Some("demo-es".to_owned());
    let hearer = Hearer::AsChosen;
    let sources = vec![recording];
    let start = Start { sources, title: None, model, hearer, keep_copy: Some(false), microphones: false };
    desk.app.session_start(start).await.unwrap()
}

/// The sample so many times louder, and named in its last samples, which makes another recording of the same sound.
fn remade(desk: &Desk, name: &str, louder: i16) -> String {
    let path = desk.recording(name);
    let mut decoder = Decoder::start(Input::File(path.clone().into()), &Stop::default()).unwrap();
    let (mut sound, mut samples) = (Vec::new(), Vec::new());
    while decoder.read(&mut samples).unwrap() > 0 {
        sound.extend(samples.iter().flat_map(|sample| sample.saturating_mul(louder).to_le_bytes()));
    }
    decoder.finish().unwrap();
    sound.extend(name.bytes().flat_map(|byte| i16::from(byte).to_le_bytes()));
    let path = std::path::Path::new(&path).with_extension("wav");
    std::fs::write(&path, [&wav_header(sound.len() as u32)[..], &sound].concat()).unwrap();
    path.display().to_string()
}

/// The header of a WAV file with one channel of 16 kHz and 16 bits.
fn wav_header(bytes: u32) -> Vec<u8> {
    let numbers = |values: &[u32]| values.iter().flat_map(|value| value.to_le_bytes()).collect::<Vec<_>>();
    let form = numbers(&[16, 1 | 1 << 16, 16_000, 32_000, 2 | 16 << 16]);
    [b"RIFF".to_vec(), numbers(&[bytes + 36]), b"WAVEfmt ".to_vec(), form, b"data".to_vec(), numbers(&[bytes])].concat()
}

async fn job_of(desk: &Desk, session: SessionId) -> JobId {
    desk.app.store().unfinished_job(session).await.unwrap().unwrap().id
}

async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    for _ in 0..6_000 {
        if holds().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("never: {what}");
}

async fn state(desk: &Desk, session: SessionId) -> SessionState {
    desk.app.session_row(session).await.unwrap().state
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paused_queue_begins_nothing_even_in_the_next_program_until_somebody_lets_it_go_on() {
    let (desk, _) = told_desk(0, QueueChoices::default()).await;
    desk.app.queue_pause().await.unwrap();
    let session = session(&desk, "acta.ogg").await;
    let next = App::open(desk.app.folder().clone(), |_| {}).await.unwrap();
    assert_eq!(next.queue_get().await.unwrap().holding, Some(Hold::Paused));
    let working = Working::begin(&desk.app);
    tokio::time::sleep(Duration::from_millis(300)).await;
    let queue = desk.app.queue_get().await.unwrap();
    assert_eq!((queue.paused, queue.waiting.len(), queue.listening), (true, 1, None));
    assert_eq!(state(&desk, session).await, SessionState::Waiting);
    desk.app.queue_resume().await.unwrap();
    desk.becomes(session, SessionState::Ready).await;
    working.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_runs_when_the_plug_is_pulled_stops_at_its_chunk_and_goes_on_by_itself() {
    let choices = QueueChoices { only_on_mains: true, ..QueueChoices::default() };
    let (desk, told) = told_desk(150, choices).await;
    let session = session(&desk, "acta.ogg").await;
    let working = Working::begin(&desk.app);
    until("two chunks are heard", async || desk.heard() >= 2).await;
    assert!(desk.app.queue_get().await.unwrap().listening.is_some());
    told.0.on_battery.store(true, Ordering::SeqCst);
    desk.app.wake();
    desk.becomes(session, SessionState::Waiting).await;
    let queue = desk.app.queue_get().await.unwrap();
    assert_eq!((queue.holding, queue.listening), (Some(Hold::OnBattery), None));
    let before = desk.heard();
    tokio::time::sleep(Duration::from_millis(400)).await;
    assert_eq!(desk.heard(), before, "nothing is heard on the battery");
    told.0.on_battery.store(false, Ordering::SeqCst);
    desk.app.wake();
    desk.becomes(session, SessionState::Ready).await;
    working.end().await;
    let summary = desk.app.store().session(session).await.unwrap();
    let chunks = desk.app.store().chunks(summary.parts[0].listening.id).await.unwrap().len() as u32;
    assert!(before < chunks && desk.heard() <= chunks + 1, "{} chunks were heard for {chunks}", desk.heard());
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_at_the_keyboard_keeps_the_queue_waiting_and_not_the_command_line() {
    let choices = QueueChoices { only_when_idle: true, ..QueueChoices::default() };
    let (desk, told) = told_desk(0, choices).await;
    let waiting = session(&desk, "acta.ogg").await;
    let working = Working::begin(&desk.app);
    let asked = Request::of(vec![desk.recording("otra/urgente.ogg").into()]);
    let done = desk.app.transcribe(asked, &Stop::default()).await.unwrap();
    assert_eq!(state(&desk, done.session).await, SessionState::Ready);
    assert_eq!(state(&desk, waiting).await, SessionState::Waiting);
    assert_eq!(desk.app.queue_get().await.unwrap().holding, Some(Hold::InUse));
    told.0.idle_ms.store(IDLE_MS, Ordering::SeqCst);
    desk.app.wake();
    desk.becomes(waiting, SessionState::Ready).await;
    working.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn jobs_run_in_the_order_that_somebody_gave_them() {
    let (desk, _) = told_desk(0, QueueChoices::default()).await;
    let (one, two) = (session(&desk, "1.ogg").await, session(&desk, "2.ogg").await);
    let (first, second) = (job_of(&desk, one).await, job_of(&desk, two).await);
    desk.app.job_move(second, Place::Before { job: first }).await.unwrap();
    assert_eq!(desk.app.queue_get().await.unwrap().waiting, [second, first]);
    desk.until(one, SessionState::Ready).await;
    let ended = async |job| desk.app.store().job(job).await.unwrap().ended_at_ms.unwrap();
    assert!(ended(second).await <= ended(first).await);
    assert_eq!(desk.app.job_move(first, Place::First).await.unwrap_err().code(), "job_unknown");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recording_whose_card_is_away_is_tried_again_later_and_holds_up_no_other() {
    let (desk, _) = told_desk(0, QueueChoices::default()).await;
    let away = session(&desk, "tarjeta/acta.ogg").await;
    let here = session(&desk, "otra.ogg").await;
    let (card, drawer) = (desk.place.path().join("tarjeta"), desk.place.path().join("gaveta"));
    std::fs::rename(&card, &drawer).unwrap();
    let before = clock::now_ms();
    desk.until(here, SessionState::Ready).await;
    let row = desk.app.session_row(away).await.unwrap();
    assert_eq!((row.state, row.failure.unwrap().code.as_str()), (SessionState::Failed, "recording_missing"));
    assert!(row.retry_at_ms.unwrap() >= before + clock::MINUTE_MS, "{:?}", row.retry_at_ms);

    std::fs::rename(&drawer, &card).unwrap();
    let job = job_of(&desk, away).await;
    let error = Error::RecordingMissing { path: "acta.ogg".to_owned() };
    desk.app.store().fail_job(job, &error, 3, Some(clock::now_ms())).await.unwrap();
    desk.until(away, SessionState::Ready).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_try_waits_longer_and_a_person_begins_anew() {
    let (desk, _) = told_desk(0, QueueChoices::default()).await;
    let session = session(&desk, "acta.ogg").await;
    std::fs::remove_file(desk.place.path().join("acta.wav")).unwrap();
    desk.until(session, SessionState::Failed).await;
    let job = job_of(&desk, session).await;
    let failed = desk.app.store().job(job).await.unwrap();
    let pause_ms = |job: &Job| job.retry_at_ms.unwrap() - job.ended_at_ms.unwrap();
    let minutes = |pause_ms: i64| (pause_ms as f64 / clock::MINUTE_MS as f64).round() as i64;
    assert_eq!((failed.tries, minutes(pause_ms(&failed))), (1, 1));
    let again = desk.app.store().job(job).await.unwrap();
    crate::jobs::run(&desk.app, again, None, &Stop::default()).await.unwrap_err();
    let failed = desk.app.store().job(job).await.unwrap();
    assert_eq!((failed.tries, minutes(pause_ms(&failed))), (2, 5));
    desk.app.job_resume(job).await.unwrap();
    let resumed = desk.app.store().job(job).await.unwrap();
    assert_eq!((resumed.tries, resumed.retry_at_ms, resumed.state), (0, None, JobState::Waiting));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_pass_fails_at_once_with_its_remedy_and_the_next_is_heard() {
    let (desk, _) = told_desk(0, QueueChoices::default()).await;
    let (changed, next) = (session(&desk, "1.ogg").await, session(&desk, "2.ogg").await);
    std::fs::write(desk.place.path().join("1.wav"), b"ya no es la misma").unwrap();
    desk.until(next, SessionState::Ready).await;
    let row = desk.app.session_row(changed).await.unwrap();
    assert_eq!((row.state, row.retry_at_ms), (SessionState::Failed, None));
    assert!(row.failure.unwrap().message.contains("cambió"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recording_that_is_damaged_in_the_middle_holds_up_no_other() {
    let (desk, _) = told_desk(0, QueueChoices::default()).await;
    let poisoned = desk.recording("veneno.ogg");
    let mut bytes = std::fs::read(&poisoned).unwrap();
    let middle = bytes.len() / 4;
    let end = bytes.len() - 4_096;
    bytes[middle..end]
        .iter_mut()
        .zip(0_u32..)
        .for_each(|(byte, at)| *byte = (at.wrapping_mul(2_654_435_761) >> 13) as u8);
    std::fs::write(&poisoned, bytes).unwrap();
    let poisoned = begin(&desk, poisoned).await;
    let next = session(&desk, "2.ogg").await;
    desk.until(next, SessionState::Ready).await;
    assert!(!matches!(state(&desk, poisoned).await, SessionState::Listening | SessionState::Waiting));
}

/// Dies of whatever is louder than any room.
struct Frail;

impl Engine for Frail {
    fn abilities(&self) -> Abilities {
        Abilities { device: "test".to_owned(), languages: vec![], word_times: true, vocabulary: false, batch: 1 }
    }

    fn listen(&mut self, chunks: &[Chunk], _: &Ask, _: &Stop) -> Result<Vec<Heard>, EngineError> {
        let loud = |chunk: &Chunk| chunk.pcm.iter().filter(|sample| sample.unsigned_abs() > 32_000).count() > 100;
        if chunks.iter().any(loud) {
            return Err(EngineError::Died { reason: "signal: 11".to_owned() });
        }
        Ok(chunks.iter().map(|_| Heard { words: vec![], no_speech: 0.9, took_ms: 1 }).collect())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recording_that_kills_the_engine_at_every_chunk_holds_up_no_other() {
    let (mut desk, _) = told_desk(0, QueueChoices::default()).await;
    let folder = desk.app.folder().clone();
    desk.app = App::open_with(folder, |_| {}, |_, _| Ok(Box::new(Frail) as Box<dyn Engine>)).await.unwrap();
    let poisoned = begin(&desk, remade(&desk, "veneno.ogg", 100)).await;
    let next = session(&desk, "otra.ogg").await;
    desk.until(next, SessionState::Ready).await;
    let row = desk.app.session_row(poisoned).await.unwrap();
    assert_eq!((row.state, row.failure.unwrap().code.as_str()), (SessionState::Failed, "engine_died"));
    assert!(row.retry_at_ms.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_short_recording_that_kills_the_engine_is_not_done_and_the_next_part_of_its_session_is_heard() {
    let (mut desk, _) = told_desk(0, QueueChoices::default()).await;
    let folder = desk.app.folder().clone();
    desk.app = App::open_with(folder, |_| {}, |_, _| Ok(Box::new(Frail) as Box<dyn Engine>)).await.unwrap();
    let loud = remade(&desk, "veneno.ogg", 100);
    // Twenty seconds of it, which are fewer chunks than show that it is not their fault.
    let sound = &std::fs::read(&loud).unwrap()[44..44 + 640_000];
    std::fs::write(&loud, [&wav_header(sound.len() as u32)[..], sound].concat()).unwrap();
    let start = Start {
        sources: vec![loud, remade(&desk, "2.ogg", 1)],
        title: None,
        model: Some("demo-es".to_owned()),
        hearer: Hearer::AsChosen,
        keep_copy: Some(false),
        microphones: false,
    };
    let session = desk.app.session_start(start).await.unwrap();
    desk.until(session, SessionState::Failed).await;
    let parts = desk.app.store().session(session).await.unwrap().parts;
    assert_eq!(parts.iter().map(|part| part.listening.ended.is_some()).collect::<Vec<_>>(), [false, true]);
    let row = desk.app.session_row(session).await.unwrap();
    assert_eq!(row.failure.unwrap().code.as_str(), "engine_died");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_computer_stays_awake_while_a_job_runs_on_mains_power_and_no_longer() {
    let (desk, told) = told_desk(100, QueueChoices::default()).await;
    let working = Working::begin(&desk.app);
    assert_eq!(told.0.ever_kept_awake.load(Ordering::SeqCst), 0);
    let heard = session(&desk, "acta.ogg").await;
    until("it is kept awake", async || told.0.kept_awake.load(Ordering::SeqCst) == 1).await;
    desk.becomes(heard, SessionState::Ready).await;
    until("it may sleep", async || told.0.kept_awake.load(Ordering::SeqCst) == 0).await;
    told.0.on_battery.store(true, Ordering::SeqCst);
    let on_battery = session(&desk, "otra.ogg").await;
    desk.becomes(on_battery, SessionState::Ready).await;
    assert_eq!(told.0.ever_kept_awake.load(Ordering::SeqCst), 1);
    working.end().await;
}

/// A fault of Astra's own.
struct Faulty;

impl Engine for Faulty {
    fn abilities(&self) -> Abilities {
        panic!("a fault of this test's own");
    }

    fn listen(&mut self, _: &[Chunk], _: &Ask, _: &Stop) -> Result<Vec<Heard>, EngineError> {
        panic!("a fault of this test's own");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_of_astras_own_ends_one_job_and_does_not_keep_the_computer_awake() {
    let (mut desk, told) = told_desk(0, QueueChoices::default()).await;
    let folder = desk.app.folder().clone();
    let opened = App::open_with(folder, |_| {}, |_, _| Ok(Box::new(Faulty) as Box<dyn Engine>)).await.unwrap();
    desk.app = opened.amid(told.clone());
    let (one, two) = (session(&desk, "1.ogg").await, session(&desk, "2.ogg").await);
    let working = Working::begin(&desk.app);
    for session in [one, two] {
        desk.becomes(session, SessionState::Failed).await;
    }
    until("it may sleep", async || told.0.kept_awake.load(Ordering::SeqCst) == 0).await;
    assert_eq!(told.0.ever_kept_awake.load(Ordering::SeqCst), 2);
    working.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hours_that_are_none_are_refused_and_nothing_is_kept() {
    let (desk, _) = told_desk(0, QueueChoices::default()).await;
    let hours = Some(ListeningHours { from_minute: 60, until_minute: 60 });
    let queue = QueueChoices { hours, ..QueueChoices::default() };
    let refused = desk.app.settings_save(&Settings { queue, ..Settings::default() }).await;
    assert_eq!(refused.unwrap_err().code(), "hours_refused");
    assert_eq!(desk.app.settings_get().await.unwrap().queue.hours, None);
}
