//! Folders that are watched as in a town hall, with cards that come and go, and an engine that answers
//! at once. Files need to stand still for two looks only.

use std::fs::{self, File};
use std::path::PathBuf;
use std::time::{Duration, UNIX_EPOCH};

use tokio::task::JoinHandle;

use crate::app::tests::{Desk, desk};
use crate::engine::Stop;
use crate::fingerprint::Fingerprint;
use crate::id::{FolderId, SessionId};
use crate::jobs::lease::Lease;
use crate::jobs::queue;
use crate::minutes::{Moment, Stretch, What};
use crate::sessions::view::{SessionRow, SessionState};
use crate::store::SessionSummary;
use crate::transcript::Edit;
use crate::watch::{Doubt, ExistingAnswer, FolderState, Happening, Patience, Reply, Watch};

/// 2025-02-11 09:00:00 UTC, in seconds.
const NINE: u64 = 1_739_264_400;

const PATIENCE: Patience = Patience { looks: 2, local_ms: 500, away_ms: 500, recorder_ms: 500 };

/// A desk with a watched folder, which holds a text that is nobody's recording.
struct Card {
    desk: Desk,
    folder: PathBuf,
    id: FolderId,
    stop: Stop,
    running: Option<JoinHandle<()>>,
}

impl Card {
    /// Plugged in and watched, with what `lies_there` puts on it beforehand.
    async fn watched(lies_there: impl FnOnce(&Self)) -> Self {
        let desk = desk(Duration::ZERO).await;
        desk.app
            .settings_save(&crate::settings::Settings { model: Some("demo-es".to_owned()), ..Default::default() })
            .await
            .unwrap();
        let folder = desk.place.path().join("GRABADORA");
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("LEAME.TXT"), "Grabadora del Concejo").unwrap();
        let id = desk.app.watch_add(&folder, true).await.unwrap().id;
        let mut card = Self { desk, folder, id, stop: Stop::default(), running: None };
        lies_there(&card);
        card.watch();
        card.becomes(async |card| card.folder_state().await, FolderState::Watched).await;
        for _ in 0..200 {
            if card.desk.app.store().folder(id).await.unwrap().unwrap().first_seen_at_ms.is_some() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        card
    }

    /// Watches and listens, as the window does.
    fn watch(&mut self) {
        let (app, stop) = (self.desk.app.clone(), Stop::default());
        self.stop = stop.clone();
        self.running = Some(tokio::spawn(async move {
            let watch = Watch { patience: PATIENCE, ..Watch::default() };
            tokio::join!(app.watch(&watch, &stop), queue::work(&app, &stop));
        }));
    }

    /// Closes the window.
    async fn rest(&mut self) {
        self.stop.set();
        self.running.take().unwrap().await.unwrap();
    }

    /// Puts a recording of some seconds on the card that ended so many seconds after nine; no two of
    /// another `voice` sound the same.
    fn record(&self, name: &str, voice: u8, seconds: u32, ended: u64) -> PathBuf {
        let path = self.folder.join(name);
        fs::write(&path, wav(voice, seconds)).unwrap();
        let file = File::options().write(true).open(&path).unwrap();
        file.set_modified(UNIX_EPOCH + Duration::from_secs(NINE + ended)).unwrap();
        path
    }

    async fn folder_state(&self) -> FolderState {
        self.desk.app.watch_list().await.unwrap()[0].state
    }

    async fn sessions(&self) -> Vec<SessionRow> {
        self.desk.app.session_list().await.unwrap()
    }

    /// The names of the recordings of each session, the newest first.
    async fn parts(&self) -> Vec<Vec<String>> {
        let sessions: Vec<SessionSummary> = self.desk.app.store().sessions().await.unwrap();
        let names = |summary: &SessionSummary| summary.parts.iter().map(|part| part.recording.name.clone()).collect();
        sessions.iter().map(names).collect()
    }

    /// How often something happened, by the log.
    async fn happened(&self, what: Happening) -> usize {
        let log = self.desk.app.watch_log(None, 1_000).await.unwrap();
        log.iter().filter(|line| line.what == what && !line.message.starts_with("watch.")).count()
    }

    /// Waits until all that is there was heard, in sessions of so many recordings, the newest first.
    async fn heard(&self, recordings: &[u32]) {
        let ready = async |card: &Self| {
            let rows = card.sessions().await;
            rows.iter().filter(|row| row.state == SessionState::Ready).map(|row| row.recordings).collect::<Vec<_>>()
        };
        self.becomes(ready, recordings.to_vec()).await;
    }

    async fn becomes<T: PartialEq + std::fmt::Debug>(&self, look: impl AsyncFn(&Self) -> T, wanted: T) {
        for _ in 0..2_400 {
            if look(self).await == wanted {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let log = self.desk.app.watch_log(None, 100).await.unwrap();
        let log: Vec<String> = log.into_iter().map(|line| line.message).collect();
        panic!("{:?} and not {wanted:?}: {log:#?}", look(self).await);
    }
}

impl Drop for Card {
    fn drop(&mut self) {
        self.stop.set();
    }
}

/// Noise that comes and goes like speech.
fn wav(voice: u8, seconds: u32) -> Vec<u8> {
    let samples = seconds * 16_000;
    let mut bytes = b"RIFF".to_vec();
    bytes.extend((36 + samples * 2).to_le_bytes());
    bytes.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    bytes.extend(16_000_u32.to_le_bytes());
    bytes.extend(32_000_u32.to_le_bytes());
    bytes.extend(b"\x02\0\x10\0data");
    bytes.extend((samples * 2).to_le_bytes());
    let mut noise = u32::from(voice) * 7_919 + 1;
    for sample in 0..samples {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let loud = if sample / 4_000 % 3 == 0 { 0.02 } else { 0.4 };
        let sound = f32::from((noise >> 16) as i16) * loud;
        bytes.extend((sound as i16).to_le_bytes());
    }
    bytes
}

/// The same in a format whose header says nothing of its length, as a recorder that streams writes it.
fn au(seconds: u32) -> Vec<u8> {
    let mut bytes = b".snd\0\0\0\x18\xff\xff\xff\xff\0\0\0\x03".to_vec();
    bytes.extend(16_000_u32.to_be_bytes());
    bytes.extend(1_u32.to_be_bytes());
    bytes.extend(wav(7, seconds)[44..].chunks_exact(2).flat_map(|pair| [pair[1], pair[0]]));
    bytes
}

#[tokio::test(flavor = "multi_thread")]
async fn parts_that_come_one_by_one_are_one_session_and_none_is_heard_twice() {
    let card = Card::watched(|_| {}).await;
    card.record("001.WAV", 1, 40, 40);
    card.heard(&[1]).await;
    card.record("002.WAV", 2, 40, 81);
    card.heard(&[2]).await;
    let heard = card.desk.heard();
    assert!(heard > 1, "there was something to hear");
    card.record("003.WAV", 3, 40, 122);
    card.heard(&[3]).await;
    assert_eq!(card.parts().await, [["001.WAV", "002.WAV", "003.WAV"]]);
    assert!(card.desk.heard() <= heard + heard.div_ceil(2) + 1, "{heard} and then {}", card.desk.heard());
    assert_eq!(card.happened(Happening::Joined).await, 2);
    assert_eq!(fs::read_dir(&card.folder).unwrap().count(), 4, "nothing is written there");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_that_was_missing_takes_its_place_in_the_middle() {
    let card = Card::watched(|_| {}).await;
    card.record("001.WAV", 1, 20, 20);
    card.record("003.WAV", 3, 20, 62);
    card.heard(&[1, 1]).await;
    assert!(matches!(card.desk.app.watch_questions().await.unwrap()[0].about, Doubt::Pause { .. }));
    card.record("002.WAV", 2, 20, 41);
    card.heard(&[1, 2]).await;
    let questions = card.desk.app.watch_questions().await.unwrap();
    let bridge = questions.iter().find(|question| question.about == Doubt::Bridge).unwrap();
    card.desk.app.watch_answer(bridge.id, Reply::Join).await.unwrap();
    card.heard(&[3]).await;
    assert_eq!(card.parts().await, [["001.WAV", "002.WAV", "003.WAV"]]);
    assert!(card.desk.app.watch_questions().await.unwrap().is_empty(), "the pause is gone with the other session");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_lay_there_is_asked_about_once_and_taken_only_then() {
    let mut card = Card::watched(|card| {
        card.record("vieja.WAV", 1, 20, 0);
        card.record("nueva.WAV", 2, 20, 90_000);
    })
    .await;
    let existing = card.desk.app.watch_list().await.unwrap()[0].existing.unwrap();
    assert_eq!((existing.count, existing.newest_ms), (2, Some(((NINE + 90_000) * 1_000) as i64)));
    card.rest().await;
    card.watch();
    tokio::time::sleep(Duration::from_secs(4)).await;
    assert!(card.sessions().await.is_empty(), "nothing is swallowed, after a restart neither");
    let since = ExistingAnswer::Since { at_ms: ((NINE + 10) * 1_000) as i64 };
    assert_eq!(card.desk.app.watch_existing(card.id, since).await.unwrap().existing, None);
    card.heard(&[1]).await;
    assert_eq!(card.parts().await, [["nueva.WAV"]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_two_folders_show_at_once_is_heard_once() {
    let card = Card::watched(|_| ()).await;
    let mirror = card.desk.place.path().join("ESPEJO");
    fs::create_dir(&mirror).unwrap();
    let other = card.desk.app.watch_add(&mirror, true).await.unwrap().id;
    let seen =
        async |card: &Card| card.desk.app.store().folder(other).await.unwrap().unwrap().first_seen_at_ms.is_some();
    card.becomes(seen, true).await;

    // Another program is placing what it found; so both folders judge the recording before either takes it.
    let elsewhere = Lease::placing(card.desk.app.folder()).unwrap().unwrap();
    let recording = card.record("001.WAV", 1, 4, 10);
    fs::copy(&recording, mirror.join("001.WAV")).unwrap();
    tokio::time::sleep(Duration::from_secs(4)).await;
    assert!(card.sessions().await.is_empty());
    drop(elsewhere);
    card.heard(&[1]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recording_that_may_not_be_placed_waits_and_the_log_says_why() {
    let card = Card::watched(|_| ()).await;
    let lock = card.desk.app.folder().leases().join("placing.lock");
    fs::create_dir(&lock).unwrap();
    card.record("001.WAV", 1, 4, 10);
    card.becomes(async |card| card.happened(Happening::Hindered).await, 1).await;
    assert!(card.sessions().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_is_pulled_and_plugged_in_again_brings_nothing_twice() {
    let mut card = Card::watched(|_| {}).await;
    let path = card.record("001.WAV", 1, 20, 20);
    card.heard(&[1]).await;
    let away = card.desk.place.path().join("fuera");
    fs::rename(&card.folder, &away).unwrap();
    card.becomes(async |card| card.folder_state().await, FolderState::Unreachable).await;
    fs::rename(&away, &card.folder).unwrap();
    card.becomes(async |card| card.folder_state().await, FolderState::Watched).await;
    assert_eq!((card.happened(Happening::FolderGone).await, card.happened(Happening::FolderBack).await), (1, 1));

    // Another name, another path, another time of writing, another run.
    card.rest().await;
    fs::rename(&path, card.folder.join("plenaria ñ.WAV")).unwrap();
    fs::create_dir(card.folder.join("copia")).unwrap();
    fs::write(card.folder.join("copia/001.WAV"), wav(1, 20)).unwrap();
    card.watch();
    card.becomes(async |card| card.happened(Happening::Known).await, 2).await;
    assert_eq!(card.sessions().await.len(), 1);
    let session = card.sessions().await[0].id;
    assert!(card.desk.app.session_open(session).await.unwrap().parts[0].present, "it is found under its new name");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_lost_its_card_goes_on_when_the_card_is_back() {
    let mut card = Card::watched(|_| {}).await;
    card.rest().await;
    let path = card.record("001.WAV", 1, 20, 20);
    let session = card.desk.start(vec![path.display().to_string()]).await;
    let away = card.desk.place.path().join("fuera");
    fs::rename(&card.folder, &away).unwrap();
    card.watch();
    card.becomes(async |card| card.sessions().await[0].state, SessionState::Failed).await;
    fs::rename(&away, &card.folder).unwrap();
    card.heard(&[1]).await;
    assert_eq!(card.sessions().await[0].id, session);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_that_was_cut_short_is_waited_for_and_another_under_its_name_is_another() {
    let card = Card::watched(|_| {}).await;
    let whole = wav(1, 20);
    let path = card.folder.join("A.WAV");
    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    card.becomes(async |card| card.happened(Happening::Incomplete).await, 1).await;
    assert!(card.sessions().await.is_empty());
    fs::write(&path, &whole).unwrap();
    card.heard(&[1]).await;
    fs::write(&path, wav(2, 25)).unwrap();
    card.becomes(async |card| card.sessions().await.len(), 2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recording_that_went_on_after_a_long_pause_is_the_same_and_only_its_rest_is_heard() {
    let card = Card::watched(|_| {}).await;
    let path = card.folder.join("001.au");
    let whole = au(90);
    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    card.heard(&[1]).await;
    let (session, heard) = (card.sessions().await[0].id, card.desk.heard());
    assert!(heard > 1, "there was something to hear");
    let half_ms = card.desk.app.session_open(session).await.unwrap().parts[0].duration_ms;
    fs::write(&path, &whole).unwrap();
    card.becomes(async |card| card.happened(Happening::Grown).await, 1).await;
    card.heard(&[1]).await;
    let opened = card.desk.app.session_open(session).await.unwrap();
    assert!(opened.parts[0].duration_ms > half_ms + 40_000, "{half_ms} {:?}", opened.parts);
    assert!(card.desk.heard() <= 2 * heard + 1, "{heard} and then {}", card.desk.heard());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_is_asked_about_and_a_recess_makes_one_session() {
    let card = Card::watched(|_| {}).await;
    card.record("001.WAV", 1, 20, 20);
    card.record("002.WAV", 2, 20, 940);
    card.heard(&[1, 1]).await;
    let question = card.desk.app.watch_questions().await.unwrap().remove(0);
    assert_eq!((question.about, question.files.len()), (Doubt::Pause { gap_ms: 900_000 }, 1));
    assert!(question.message.contains("0:15:00"), "{}", question.message);
    assert_eq!(card.desk.app.watch_answer(question.id, Reply::Mix).await.unwrap_err().code(), "question_unknown");
    card.desk.app.watch_answer(question.id, Reply::Join).await.unwrap();
    assert_eq!(card.parts().await, [["001.WAV", "002.WAV"]]);
    card.heard(&[2]).await;
    // The gap stays in the minutes, where the second part begins, until somebody takes it out.
    let session = card.sessions().await[0].id;
    let minutes = card.desk.app.minutes_open(session).await.unwrap();
    let begins = Moment { part: 1, ms: 0 };
    assert_eq!(minutes.entries[0].heard, Some(Stretch { from: begins, to: begins }));
    assert_eq!(minutes.entries[0].what, What::Recess { reason: String::new(), lasted_ms: Some(900_000) });
    card.desk.app.transcript_undo(session, minutes.revision).await.unwrap();
    assert_eq!(card.desk.app.minutes_open(session).await.unwrap().entries, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_named_alike_in_two_sessions_is_one_speaker_when_they_are_one() {
    let card = Card::watched(|_| {}).await;
    card.record("001.WAV", 1, 20, 20);
    card.record("002.WAV", 2, 20, 940);
    card.heard(&[1, 1]).await;
    let (app, rows) = (&card.desk.app, card.sessions().await);
    for (row, name) in rows.iter().zip(["Ana GÓMEZ", "Ana Gómez"]) {
        let seen = app.transcript_open(row.id).await.unwrap();
        let edit = Edit::Name { segments: vec![seen.segments[0].id], name: name.to_owned() };
        app.transcript_edit(row.id, seen.revision, &edit).await.unwrap();
    }
    app.session_join(rows[1].id, rows[0].id).await.unwrap();
    let seen = app.transcript_open(rows[1].id).await.unwrap();
    assert_eq!(seen.speakers.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["Ana Gómez"]);
    let named = seen.segments.iter().filter(|one| one.speaker.is_some()).count();
    assert_eq!(named, 2);
    app.transcript_undo(rows[1].id, seen.revision).await.unwrap();
    assert_eq!(app.transcript_open(rows[1].id).await.unwrap().speakers.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn microphones_wait_for_an_answer_and_are_heard_as_one_sound() {
    let card = Card::watched(|_| {}).await;
    card.record("D2.WAV", 2, 30, 30);
    card.heard(&[1]).await;
    card.record("D1.WAV", 1, 30, 30);
    card.becomes(async |card| card.desk.app.watch_questions().await.unwrap().len(), 1).await;
    let question = card.desk.app.watch_questions().await.unwrap().remove(0);
    assert_eq!((question.about, question.later), (Doubt::Microphones, None));
    card.desk.app.watch_answer(question.id, Reply::Mix).await.unwrap();
    card.heard(&[1]).await;
    let store = card.desk.app.store();
    let summary = store.sessions().await.unwrap().remove(0);
    let recording = summary.parts[0].recording.clone();
    let microphones = store.microphones(recording.id).await.unwrap();
    assert_eq!(microphones.len(), 1);
    assert!(recording.duration_ms.unwrap().abs_diff(30_000) < 100);
    // What is played is the one sound too, and not what was kept of the first microphone.
    let sound = card.desk.app.session_sound(summary.session.id).await.unwrap();
    assert!(sound.sounds[0].copy, "{:?}", sound.sounds);
    assert_eq!(store.levels(recording.id).await.unwrap().unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn four_microphones_are_one_question_and_one_sound() {
    let card = Card::watched(|_| {}).await;
    for part in 0..2_u8 {
        for microphone in 1..=4_u8 {
            let voice = 10 * part + microphone;
            card.record(&format!("D{microphone}_{part}.WAV"), voice, 30, 30 + u64::from(part) * 31);
        }
    }
    card.becomes(async |card| card.happened(Happening::Asked).await, 6).await;
    let questions = card.desk.app.watch_questions().await.unwrap();
    assert_eq!(questions.iter().map(|one| (one.about, one.files.len())).collect::<Vec<_>>(), [(Doubt::Microphones, 6)]);
    assert_eq!(card.parts().await.len(), 1, "nobody wants a session for each");
    card.desk.app.watch_answer(questions[0].id, Reply::Mix).await.unwrap();
    card.heard(&[2]).await;
    let store = card.desk.app.store();
    for part in &store.sessions().await.unwrap()[0].parts {
        assert_eq!(store.microphones(part.recording.id).await.unwrap().len(), 3);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_microphone_whose_speaker_was_named_proposes_them_where_it_was_the_loudest() {
    let card = Card::watched(|_| {}).await;
    // Somebody speaks at the first microphone for twenty seconds, and then at the second one.
    for (name, loud) in [("D1.WAV", 0..20), ("D2.WAV", 20..40)] {
        let path = card.record(name, 1, 40, 40);
        let mut bytes = fs::read(&path).unwrap();
        for (at, sample) in bytes[44..].chunks_exact_mut(2).enumerate() {
            let value = i16::from_le_bytes([sample[0], sample[1]]) / if loud.contains(&(at / 16_000)) { 1 } else { 8 };
            sample.copy_from_slice(&value.to_le_bytes());
        }
        fs::write(&path, bytes).unwrap();
        File::options()
            .write(true)
            .open(&path)
            .unwrap()
            .set_modified(UNIX_EPOCH + Duration::from_secs(NINE + 40))
            .unwrap();
    }
    card.becomes(async |card| card.desk.app.watch_questions().await.unwrap().len(), 1).await;
    let question = card.desk.app.watch_questions().await.unwrap().remove(0);
    card.desk.app.watch_answer(question.id, Reply::Mix).await.unwrap();
    card.heard(&[1]).await;
    let (app, session) = (&card.desk.app, card.sessions().await[0].id);
    let seen = app.transcript_open(session).await.unwrap();
    let first = app.microphone_propose(session).await.unwrap();
    let at = |id| first.iter().find(|hint| hint.segment == id).map(|hint| hint.microphone.as_str());
    for segment in &seen.segments {
        let expected = if segment.end_ms < 20_000 { Some("D1.WAV") } else { Some("D2.WAV") };
        if segment.end_ms < 20_000 || segment.start_ms > 20_000 {
            assert_eq!(at(segment.id), expected, "{segment:?}");
        }
    }
    assert!(first.iter().all(|hint| hint.speaker.is_none()), "nobody is named by a microphone");

    let edit = Edit::Name { segments: vec![first[0].segment], name: "Ana Gómez".to_owned() };
    app.transcript_edit(session, seen.revision, &edit).await.unwrap();
    let ana = app.transcript_open(session).await.unwrap().speakers[0].id;
    for hint in app.microphone_propose(session).await.unwrap() {
        assert_eq!(hint.speaker, (hint.microphone == first[0].microphone).then_some(ana));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_is_told_anew_what_to_watch_while_it_is_away() {
    let card = Card::watched(|_| {}).await;
    let away = card.desk.place.path().join("fuera");
    fs::rename(&card.folder, &away).unwrap();
    card.becomes(async |card| card.folder_state().await, FolderState::Unreachable).await;
    assert!(!card.desk.app.watch_subfolders(card.id, false).await.unwrap().subfolders);
    fs::create_dir(away.join("DENTRO")).unwrap();
    fs::write(away.join("DENTRO/001.WAV"), wav(1, 20)).unwrap();
    fs::rename(&away, &card.folder).unwrap();
    card.record("002.WAV", 2, 20, 20);
    card.heard(&[1]).await;
    assert_eq!(card.parts().await, [["002.WAV"]]);
    let unknown = card.desk.app.watch_subfolders(FolderId::new(), true).await;
    assert_eq!(unknown.unwrap_err().code(), "folder_unknown");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_astra_wrote_itself_is_not_heard_and_another_recording_of_that_name_is() {
    let card = Card::watched(|_| {}).await;
    card.record("001.WAV", 1, 20, 20);
    card.heard(&[1]).await;
    let (session, ours) = (card.sessions().await[0].id, wav(2, 20));
    let sha256 = Fingerprint::of(&ours);
    // The folder under another of its names.
    let written = card.folder.join("../GRABADORA/Plenaria.wav");
    card.desk.app.store().put_document(session, "wav", &written, &sha256).await.unwrap();
    let path = card.folder.join("Plenaria.wav");
    fs::write(&path, &ours).unwrap();
    card.record("otra.WAV", 3, 20, 90_000);
    card.heard(&[1, 1]).await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert!(!card.parts().await.concat().contains(&"Plenaria.wav".to_owned()));
    fs::write(&path, wav(4, 20)).unwrap();
    card.becomes(async |card| card.sessions().await.len(), 3).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_programs_on_one_data_folder_take_each_recording_once() {
    let card = Card::watched(|_| {}).await;
    let (other, stop) = (card.desk.app.clone(), Stop::default());
    let asked = stop.clone();
    let second = tokio::spawn(async move {
        other.watch(&Watch { patience: PATIENCE, ..Watch::default() }, &asked).await;
    });
    card.record("001.WAV", 1, 20, 20);
    card.heard(&[1]).await;
    tokio::time::sleep(Duration::from_secs(4)).await;
    assert_eq!((card.sessions().await.len(), card.happened(Happening::Begun).await), (1, 1));
    stop.set();
    second.await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_two_watched_folders_show_is_heard_once() {
    let card = Card::watched(|_| {}).await;
    let inner = card.folder.join("PRIVADO");
    fs::create_dir(&inner).unwrap();
    let id = card.desk.app.watch_add(&inner, true).await.unwrap().id;
    let seen = async |card: &Card| card.desk.app.store().folder(id).await.unwrap().unwrap().first_seen_at_ms.is_some();
    card.becomes(seen, true).await;
    for (voice, name) in (1..=4).zip(["PRIVADO/001.WAV", "PRIVADO/002.WAV", "PRIVADO/003.WAV", "PRIVADO/004.WAV"]) {
        card.record(name, voice, 20, u64::from(voice) * 20);
    }
    card.heard(&[4]).await;
    tokio::time::sleep(Duration::from_secs(4)).await;
    assert_eq!(card.parts().await, [["001.WAV", "002.WAV", "003.WAV", "004.WAV"]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_files_at_once_and_odd_names_are_all_taken() {
    let card = Card::watched(|_| {}).await;
    let long = format!("{}.WAV", "a".repeat(251));
    for (voice, name) in (1..).zip(["a\"b\n.WAV", &long, "Sesio\u{301}n.WAV", "sin extensión"]) {
        card.record(name, voice, 10, u64::from(voice) * 20_000);
    }
    // As a recorder counts, which is not the order of letters.
    for voice in 5..35 {
        card.record(&format!("p{voice}.wav"), voice, 2, 200_000 + u64::from(voice) * 2);
    }
    fs::write(card.folder.join("roto.mp3"), b"\x01\x02esto no es sonido\x00\x00\xff").unwrap();
    card.becomes(async |card| card.parts().await.iter().map(Vec::len).sum::<usize>(), 34).await;
    let parts = card.parts().await;
    assert_eq!(parts.len(), 5);
    let counted: Vec<String> = (5..35).map(|number| format!("p{number}.wav")).collect();
    assert!(parts.contains(&counted), "{parts:?}");
    assert_eq!(card.happened(Happening::Refused).await, 1);
}

#[tokio::test]
async fn a_folder_that_is_none_and_our_own_are_refused() {
    let desk = desk(Duration::ZERO).await;
    let code = async |path: PathBuf| desk.app.watch_add(&path, true).await.unwrap_err().code();
    assert_eq!(code(desk.place.path().join("no hay")).await, "folder_missing");
    assert_eq!(code(desk.app.folder().logs()).await, "folder_is_own");
    let unknown: SessionId = SessionId::new();
    assert_eq!(desk.app.session_join(unknown, SessionId::new()).await.unwrap_err().code(), "session_unknown");
}
