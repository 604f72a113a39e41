//! What is listened to while faults are injected, what an undisturbed run hears of it, and a data folder with a session
//! that was heard and corrected before, to which nothing may happen either.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use astra_core::app::App;
use astra_core::id::{SegmentId, SessionId};
use astra_core::sessions::{Outcome, StoredChunk};
use astra_core::settings::DataFolder;
use astra_core::store::{SessionSummary, Store};
use astra_core::transcript::{Edit, Word};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::astra::{Astra, sample};
use crate::run::Run;
use crate::sound::piece;

/// What every injection starts from.
pub struct Ground {
    /// A recording of a few chunks.
    pub long: Speech,
    /// A recording of two chunks.
    pub short: Speech,
    /// The session from before.
    pub before: Speech,
    /// Its data folder.
    pub data: PathBuf,
    /// What was corrected in it.
    pub edit: Edited,
    _place: TempDir,
}

/// A recording and what an undisturbed run makes of it.
pub struct Speech {
    pub path: PathBuf,
    pub seconds: u64,
    /// The words of each chunk.
    pub chunks: Vec<Vec<Word>>,
    /// The texts of the passages.
    pub passages: Vec<String>,
}

/// An edit that was acknowledged.
#[derive(Debug, Clone)]
pub struct Edited {
    pub session: SessionId,
    pub segment: SegmentId,
    pub text: String,
}

impl Ground {
    /// Makes the recordings and listens to them once.
    pub fn prepared() -> Self {
        let place = tempfile::tempdir().unwrap();
        let cut = |name: &str, start, seconds| {
            let path = place.path().join(name);
            piece(&sample(), start, seconds, &path);
            (path, u64::from(seconds))
        };
        let [long, short, before] = [cut("larga.wav", 0, 125), cut("corta.wav", 130, 48), cut("anterior.wav", 200, 20)];
        let heard = thread::scope(|scope| {
            let hearing = [long, short, before].map(|(path, seconds)| scope.spawn(move || undisturbed(path, seconds)));
            hearing.map(|one| one.join().unwrap())
        });
        let [(_, long), (_, short), (astra, before)] = heard;
        let edit = edit_passage(&astra.data(), "anterior.wav", 0, "Corregido hace tiempo.").unwrap();
        let data = place.path().join("datos");
        copy_folder(&astra.data(), &data);
        fs::remove_dir_all(data.join("logs")).unwrap();
        Self { long, short, before, data, edit, _place: place }
    }
}

/// Changes the text of a passage of a session as the window does, beside whatever else runs; none when there is no text
/// yet. What came of it counts only when it was acknowledged.
pub fn edit_passage(data: &Path, recording: &str, passage: u64, text: &str) -> Option<Edited> {
    Runtime::new().unwrap().block_on(async {
        let app = App::open(DataFolder::open_here(data).unwrap(), |_| {}).await.unwrap();
        let session = session_of(app.store(), recording).await?.session.id;
        let opened = app.transcript_open(session).await.unwrap();
        let count = opened.segments.len() as u64;
        let segment = opened.segments.get((passage.checked_rem(count)?) as usize)?.id;
        let edit = Edit::Retext { segment, text: text.to_owned(), continues: false };
        let edited = app.transcript_edit(session, opened.revision, &edit).await;
        app.store().close().await;
        // While something is heard the text may have moved on, which the window would be told.
        edited.ok().map(|_| Edited { session, segment, text: text.to_owned() })
    })
}

/// The session with a recording of this name, if there is one.
pub async fn session_of(store: &Store, recording: &str) -> Option<SessionSummary> {
    let mut sessions = store.sessions().await.unwrap();
    sessions.retain(|summary| summary.parts.iter().any(|part| part.recording.name == recording));
    assert!(sessions.len() <= 1, "{recording} became {} sessions", sessions.len());
    sessions.pop()
}

/// The words of a chunk; none when it was not heard.
pub fn words_of(chunk: &StoredChunk) -> Option<&Vec<Word>> {
    match &chunk.outcome {
        Outcome::Heard(hearing) => Some(&hearing.words),
        _ => None,
    }
}

/// Copies a folder and everything below it, but for models, which come with the program.
pub fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        match entry.file_type().unwrap().is_dir() {
            true if entry.file_name() == "models" => {}
            true => copy_folder(&source, &target),
            false => drop(fs::copy(&source, &target).unwrap()),
        }
    }
}

fn undisturbed(path: PathBuf, seconds: u64) -> (Astra, Speech) {
    let astra = Astra::new();
    let arguments = ["--json", "transcribe", "--model", "demo-es", "--formats", "txt", "--out", "out"];
    let mut command = astra.command(&arguments);
    command.arg(&path);
    assert_eq!(Run::start(command).ended(), None);
    let (chunks, passages) = Runtime::new().unwrap().block_on(async {
        let app = App::open(DataFolder::open_here(&astra.data()).unwrap(), |_| {}).await.unwrap();
        let summary = app.store().sessions().await.unwrap().remove(0);
        let chunks = app.store().chunks(summary.parts[0].listening.id).await.unwrap();
        let passages = app.transcript_open(summary.session.id).await.unwrap().segments;
        app.store().close().await;
        (chunks, passages)
    });
    let chunks = chunks.iter().map(|chunk| words_of(chunk).unwrap().clone()).collect();
    let passages = passages.into_iter().map(|passage| passage.text).collect();
    (astra, Speech { path, seconds, chunks, passages })
}
