//! A folder that is watched by Astra's core, with an engine that answers at once and remembers what it was given, and
//! with less patience for files than a town hall needs.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant, UNIX_EPOCH};

use astra_core::app::App;
use astra_core::chunks::Chunk;
use astra_core::engine::{Abilities, Ask, Effort, Engine, EngineError, Heard, Stop};
use astra_core::jobs::queue;
use astra_core::sessions::view::SessionState;
use astra_core::settings::{DataFolder, Settings};
use astra_core::transcript::{Edit, Word};
use astra_core::watch::{FolderState, Happening, Patience, Watch};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::fault::Harm;
use crate::noise::{chunks, mark, wav};
use crate::scene::digest;
use crate::seed::Seed;
use crate::speech::Edited;

/// 2025-02-11 09:00:00 UTC, in seconds.
const NINE: u64 = 1_739_264_400;

/// How long a file has to stand still here.
pub const STILL: Duration = Duration::from_millis(500);

/// How long anything may take.
const LONGEST: Duration = Duration::from_secs(120);

/// What the engine hears; no word comes twice, so that nothing looks like a loop.
const SPOKEN: &str = "el concejo sesiona ahora Señores concejales, buenos días a todos ustedes; vamos con la lectura \
    del primer punto: informe de presupuesto que presenta hoy nuestra secretaria sobre obras, vías, agua y salud para \
    barrios rurales.";

/// The desk.
pub struct Desk {
    pub seed: Seed,
    pub app: App,
    /// The folder that is watched, and where it is.
    pub folder: PathBuf,
    /// What is mounted, which goes before its folder.
    pub mounts: Vec<crate::small_disk::SmallDisk>,
    runtime: Runtime,
    stop: Stop,
    heard: Arc<Mutex<BTreeMap<u64, usize>>>,
    /// How long the engine takes for a chunk, in milliseconds.
    takes_ms: Arc<AtomicU64>,
    /// Recordings that must be heard in the end, with their chunks.
    expected: BTreeMap<PathBuf, Vec<u64>>,
    originals: BTreeMap<PathBuf, [u8; 32]>,
    given_up: usize,
    edits: Vec<Edited>,
    pub place: TempDir,
}

/// Hears the same in every chunk, but for a letter, so that no chunk repeats another.
struct Quick {
    heard: Arc<Mutex<BTreeMap<u64, usize>>>,
    takes_ms: Arc<AtomicU64>,
}

impl Engine for Quick {
    fn abilities(&self) -> Abilities {
        Abilities { device: "test".to_owned(), languages: vec![], word_times: true, vocabulary: false, batch: 1 }
    }

    fn listen(&mut self, given: &[Chunk], ask: &Ask, _: &Stop) -> Result<Vec<Heard>, EngineError> {
        thread::sleep(Duration::from_millis(self.takes_ms.load(Ordering::Relaxed)));
        let mut known = self.heard.lock().unwrap();
        for chunk in given.iter().filter(|_| ask.effort == Effort::Usual) {
            *known.entry(mark(chunk)).or_default() += 1;
        }
        let words = |chunk: &Chunk| {
            let length = chunk.pcm.len() as u64 / 16;
            let word = |(at, text): (u64, &str)| Word {
                text: format!("{text}{}", char::from(b'a' + (chunk.index % 26) as u8)),
                start_ms: length * at / 38,
                end_ms: length * (at + 1) / 38,
                confidence: 0.9,
            };
            (0..).zip(SPOKEN.split_whitespace()).map(word).collect()
        };
        Ok(given.iter().map(|chunk| Heard { words: words(chunk), no_speech: 0.0, took_ms: 5 }).collect())
    }
}

impl Desk {
    /// A watched folder with a recording in it that was heard and corrected.
    pub fn new(seed: Seed) -> Self {
        let place = tempfile::tempdir().unwrap();
        let runtime = Runtime::new().unwrap();
        let heard = Arc::<Mutex<BTreeMap<u64, usize>>>::default();
        let takes_ms = Arc::<AtomicU64>::default();
        let (known, takes) = (Arc::clone(&heard), Arc::clone(&takes_ms));
        let open = move |_, _| {
            let quick = Quick { heard: Arc::clone(&known), takes_ms: Arc::clone(&takes) };
            Ok(Box::new(quick) as Box<dyn Engine>)
        };
        let folder = place.path().join("GRABADORA");
        fs::create_dir(&folder).unwrap();
        let data = DataFolder::open(Some(&place.path().join("datos"))).unwrap();
        let app = runtime.block_on(async {
            let app = App::open_with(data, |_| {}, open).await.unwrap();
            let model = Some("demo-es".to_owned());
            app.settings_save(&Settings { model, listening_copy: false, ..Settings::default() }).await.unwrap();
            app.watch_add(&folder, true).await.unwrap();
            app
        });
        let (stop, expected, originals) = (Stop::default(), BTreeMap::new(), BTreeMap::new());
        let (mounts, edits, given_up) = (Vec::new(), Vec::new(), 0);
        let mut desk = Self {
            seed,
            app,
            folder,
            mounts,
            runtime,
            stop,
            heard,
            takes_ms,
            expected,
            originals,
            given_up,
            edits,
            place,
        };
        let (app, stop) = (desk.app.clone(), desk.stop.clone());
        desk.runtime.spawn(async move {
            let ms = STILL.as_millis() as u64;
            let patience = Patience { looks: 2, local_ms: ms, away_ms: ms, recorder_ms: ms };
            let watch = Watch { patience, ..Watch::default() };
            tokio::join!(app.watch(&watch, &stop), queue::work(&app, &stop));
        });
        desk.becomes("watched", |desk| {
            let folders = desk.ask(desk.app.watch_list()).unwrap();
            folders[0].state == FolderState::Watched && folders[0].first_seen_at_ms.is_some()
        });
        desk.record("anterior.wav", 1, 20);
        desk.all_heard();
        desk.edit();
        desk
    }

    /// Waits for an answer of the core.
    pub fn ask<T>(&self, question: impl Future<Output = T>) -> T {
        self.runtime.block_on(question)
    }

    /// Puts a recording into the folder, of a day of its own, so that nothing joins it. It has to be heard.
    pub fn record(&mut self, name: &str, voice: u32, seconds: u32) -> PathBuf {
        let path = self.folder.join(name);
        self.write(&path, &wav(voice, seconds), voice);
        self.expect(&path, voice, seconds);
        path
    }

    /// Writes a file as a recorder of that day would have.
    pub fn write(&self, path: &Path, bytes: &[u8], day: u32) {
        fs::write(path, bytes).unwrap();
        let file = File::options().write(true).open(path).unwrap();
        file.set_modified(UNIX_EPOCH + Duration::from_secs(NINE + u64::from(day) * 86_400)).unwrap();
    }

    /// What lies there now has to be heard, and to stay as it is.
    pub fn expect(&mut self, path: &Path, voice: u32, seconds: u32) {
        self.originals.insert(path.to_owned(), digest(path));
        self.expected.insert(path.to_owned(), chunks(voice, seconds));
    }

    /// What lies there is a recording more, under a name that another one had.
    pub fn expect_another(&mut self, path: &Path, voice: u32, seconds: u32) {
        let earlier = self.expected.remove(path);
        self.expect(path, voice, seconds);
        if let Some(earlier) = earlier {
            self.expected.insert(path.with_extension("earlier"), earlier);
        }
    }

    /// Not all of a recording is expected any more, but that its session fails.
    pub fn give_up(&mut self, path: &Path) {
        self.expected.remove(path);
        self.given_up += 1;
    }

    /// Nothing is expected of a recording any more.
    pub fn forget(&mut self, path: &Path) {
        self.expected.remove(path);
    }

    /// How long the engine takes for a chunk from now on.
    pub fn takes(&self, duration: Duration) {
        self.takes_ms.store(duration.as_millis() as u64, Ordering::Relaxed);
    }

    /// How many different chunks were heard.
    pub fn heard(&self) -> usize {
        self.heard.lock().unwrap().len()
    }

    /// How often something happened, by the log.
    pub fn happened(&self, what: Happening) -> usize {
        let log = self.ask(self.app.watch_log(None, 5_000)).unwrap();
        log.iter().filter(|line| line.what == what).count()
    }

    /// How many recordings there are in sessions that were heard to their end.
    pub fn recordings_heard(&self) -> u32 {
        let rows = self.ask(self.app.session_list()).unwrap();
        rows.iter().filter(|row| row.state == SessionState::Ready).map(|row| row.recordings).sum()
    }

    /// How many files are waited for.
    pub fn waiting(&self) -> u32 {
        self.ask(self.app.watch_list()).unwrap()[0].waiting
    }

    /// Waits until everything that has to be heard was.
    pub fn all_heard(&self) {
        self.becomes("heard", |desk| desk.recordings_heard() as usize >= desk.expected.len());
    }

    /// Waits for something.
    pub fn becomes(&self, what: &str, looks: impl Fn(&Self) -> bool) {
        let began = Instant::now();
        while !looks(self) {
            if began.elapsed() > LONGEST {
                let log = self.ask(self.app.watch_log(None, 20)).unwrap();
                let log: Vec<String> = log.into_iter().map(|line| line.message).collect();
                let rows = self.ask(self.app.session_list()).unwrap();
                let rows: Vec<_> = rows.into_iter().map(|row| (row.title, row.state, row.failure)).collect();
                panic!("it never was {what}: {rows:?} {log:#?}");
            }
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Corrects the newest session.
    pub fn edit(&mut self) {
        let newest = self.ask(self.app.session_list()).unwrap().remove(0).id;
        let text = format!("Corregido: {}.", self.edits.len());
        let edited = self.ask(async {
            let opened = self.app.transcript_open(newest).await.unwrap();
            let segment = opened.segments.first()?.id;
            let edit = Edit::Retext { segment, text: text.clone(), continues: false };
            self.app.transcript_edit(newest, opened.revision, &edit).await.ok()?;
            Some(Edited { session: newest, segment, text: text.clone() })
        });
        self.edits.extend(edited);
    }

    /// What came of it.
    pub fn harm(&mut self) -> Harm {
        let heard = self.heard.lock().unwrap().clone();
        let expected: Vec<u64> = self.expected.values().flatten().copied().collect();
        let chunks_lost = expected.iter().filter(|chunk| !heard.contains_key(chunk)).count();
        let heard_twice = heard.values().map(|times| times - 1).sum();
        let rows = self.ask(self.app.session_list()).unwrap();
        let recordings: u32 = rows.iter().map(|row| row.recordings).sum();
        assert_eq!(recordings as usize, self.expected.len() + self.given_up, "each recording is there once");
        let edits_lost = self.edits.iter().filter(|edit| !self.is_kept(edit)).count();
        let there: Vec<PathBuf> = fs::read_dir(&self.folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        let changed = self.originals.iter().filter(|(path, was)| !path.exists() || digest(path) != **was).count();
        let ours = |path: &&PathBuf| path.extension().is_some_and(|kind| kind == "docx" || kind == "part");
        Harm { chunks_lost, heard_twice, edits_lost, originals_changed: changed + there.iter().filter(ours).count() }
    }

    fn is_kept(&self, edit: &Edited) -> bool {
        let text = self.ask(self.app.transcript_open(edit.session));
        text.is_ok_and(|text| text.segments.iter().any(|one| one.id == edit.segment && one.text == edit.text))
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.stop.set();
        self.mounts.clear();
    }
}
