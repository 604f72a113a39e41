//! A computer on which a recording is listened to by the real program until something happens to it, and what is left
//! of it in the end.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::Duration;

use astra_core::app::App;
use astra_core::sessions::StoredChunk;
use astra_core::settings::DataFolder;
use astra_core::store::Store;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tokio::runtime::Runtime;

use crate::astra::Astra;
use crate::fault::Harm;
use crate::run::Run;
use crate::seed::Seed;
use crate::small_disk::SmallDisk;
use crate::speech::{Edited, Ground, Speech, copy_folder, edit_passage, session_of, words_of};

/// When something happens, by the progress of the work and not by the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// While this chunk is heard.
    Hearing(u64),
    /// When the engine host has heard this chunk and the program has not committed it yet.
    BeforeCommit(u64),
    /// Right after this chunk was committed.
    AfterCommit(u64),
    /// While this document is written.
    Exporting(&'static str),
}

/// The computer.
pub struct Scene<'a> {
    /// Disks that lie in its folders, which go before them.
    pub disks: Vec<SmallDisk>,
    pub astra: Astra,
    pub seed: Seed,
    pub ground: &'a Ground,
    /// What is listened to, and where it lies.
    pub speech: &'a Speech,
    pub recording: PathBuf,
    edits: Vec<Edited>,
    /// Chunks that had been committed when it happened, and how often engines had heard each then.
    committed: BTreeSet<u64>,
    logged: BTreeMap<u64, usize>,
    /// Where each chunk began and ended. A card that dies gives silence for sound, and what is cut in that silence is
    /// another chunk than the one that is heard once the card is whole again.
    cuts: BTreeMap<u64, BTreeSet<(u64, u64)>>,
    /// How often each chunk was said to be heard.
    told: BTreeMap<u64, usize>,
}

impl<'a> Scene<'a> {
    pub fn new(seed: Seed, ground: &'a Ground) -> Self {
        let astra = Astra::new();
        copy_folder(&ground.data, &astra.data());
        let mut scene = Self {
            disks: Vec::new(),
            recording: PathBuf::new(),
            astra,
            seed,
            speech: &ground.long,
            ground,
            edits: vec![ground.edit.clone()],
            committed: BTreeSet::new(),
            logged: BTreeMap::new(),
            cuts: BTreeMap::new(),
            told: BTreeMap::new(),
        };
        let folder = scene.astra.folder().join("grabaciones");
        fs::create_dir(&folder).unwrap();
        scene.brings(&ground.long, &folder);
        scene
    }

    /// Puts another recording there instead.
    pub fn brings(&mut self, speech: &'a Speech, folder: &Path) {
        let _ = fs::remove_file(&self.recording);
        self.speech = speech;
        self.recording = folder.join(speech.path.file_name().unwrap());
        fs::copy(&speech.path, &self.recording).unwrap();
    }

    /// The shorter recording, where it does not matter which.
    pub fn brings_short(&mut self) {
        let folder = self.recording.parent().unwrap().to_owned();
        self.brings(&self.ground.short, &folder);
    }

    /// The order to listen: one time of five to two chunks at the same time.
    pub fn order(&self) -> Command {
        let threads = if self.seed.number % 5 == 1 { "2" } else { "1" };
        let formats = "docx,srt,vtt,txt,json";
        let order = ["--json", "transcribe", "--model", "demo-es", "--formats", formats, "--out", "out"];
        let mut command = self.astra.command(&[&order[..], &["--threads", threads]].concat());
        command.arg(&self.recording);
        command
    }

    /// One of the moments of the work.
    pub fn moment(&mut self) -> Moment {
        let last = self.speech.chunks.len() as u64 - 1;
        let chunk = self.seed.within(1..last + 1);
        self.seed.turn(&[
            Moment::Hearing(chunk),
            Moment::AfterCommit(chunk - 1),
            Moment::BeforeCommit(chunk),
            Moment::AfterCommit(chunk),
            Moment::Exporting(["docx", "srt", "vtt", "txt", "json"][(chunk % 5) as usize]),
        ])
    }

    /// One of the moments at which there is more to hear: the last chunk may be heard before anything happens.
    pub fn moment_of_hearing(&mut self) -> Moment {
        let last = self.speech.chunks.len() as u64 - 1;
        let chunk = self.seed.within(1..last.max(2));
        self.seed.turn(&[Moment::Hearing(chunk), Moment::AfterCommit(chunk - 1), Moment::Hearing(0)])
    }

    /// Waits for a moment. On the way something is corrected, as soon as there is something to read.
    pub fn reach(&mut self, run: &mut Run, moment: Moment) {
        if moment != Moment::Hearing(0) && run.seen.iter().all(|event| event["event"] != "chunk_heard") {
            run.until(|event| event["event"] == "chunk_heard").unwrap();
            if moment == Moment::AfterCommit(0) {
                return;
            }
            self.edit("Corregido mientras se oye.");
        }
        self.wait_for(run, moment);
    }

    /// Waits for a moment, and does nothing meanwhile.
    pub fn wait_for(&mut self, run: &mut Run, moment: Moment) {
        match moment {
            Moment::Hearing(chunk) => {
                run.until_chunk("chunk_cut", chunk);
                thread::sleep(Duration::from_millis(self.seed.within(0..200)));
            }
            Moment::AfterCommit(chunk) => run.until_chunk("chunk_heard", chunk),
            Moment::Exporting(format) => {
                let wanted = |event: &Value| event["event"] == "document_started" && event["format"] == format;
                assert!(run.until(wanted).is_some(), "{format} was never written");
            }
            Moment::BeforeCommit(chunk) => {
                run.until_chunk("chunk_cut", chunk);
                // The host writes its log before it answers.
                while !self.log().contains_key(&chunk) {
                    thread::yield_now();
                }
            }
        }
    }

    /// Corrects something of what is there, in this session and in the one before.
    pub fn edit(&mut self, text: &str) {
        let place = self.seed.within(0..1_000);
        for recording in [self.name(), name_of(&self.ground.before.path)] {
            // What was corrected already must stay as it is.
            let text = format!("{text} ({})", self.edits.len());
            let edited = edit_passage(&self.astra.data(), &recording, place, &text);
            if let Some(edited) = edited {
                self.edits.retain(|earlier| earlier.segment != edited.segment);
                self.edits.push(edited);
            }
        }
    }

    /// Takes note of what had been committed when it happened.
    pub fn struck(&mut self) {
        self.committed = self.committed_now();
        self.logged = self.log();
    }

    /// Takes note of what a run said.
    pub fn listened(&mut self, run: &Run) {
        for event in run.seen.iter().filter(|event| event["event"] == "chunk_heard") {
            *self.told.entry(event["chunk"].as_u64().unwrap()).or_default() += 1;
        }
    }

    /// Goes on with what was cut short, to its end.
    pub fn goes_on(&mut self) {
        let mut run = Run::start(self.astra.command(&["jobs", "resume", "--json"]));
        assert_eq!(run.ended(), None);
        self.listened(&run);
        self.is_exported();
    }

    /// The documents are there, and nothing half-written.
    pub fn is_exported(&self) {
        let names: Vec<String> = fs::read_dir(self.astra.out())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        let stem = self.recording.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(names.contains(&format!("{stem}.docx")) && names.contains(&format!("{stem}.txt")), "{names:?}");
        assert!(names.iter().all(|name| !name.ends_with(".part")), "{names:?}");
    }

    /// What came of it.
    pub fn harm(&mut self) -> Harm {
        let log = self.log();
        let committed = std::mem::take(&mut self.committed);
        self.committed_now();
        let since = |chunk: &u64| log.get(chunk).unwrap_or(&0) - self.logged.get(chunk).unwrap_or(&0);
        let otherwise = |chunk: &u64| self.cuts.get(chunk).map_or(0, |cuts| cuts.len() - 1);
        let again = committed.iter().map(|chunk| since(chunk).saturating_sub(otherwise(chunk))).sum::<usize>();
        let told_again = |(chunk, times): (&u64, &usize)| (times - 1).saturating_sub(otherwise(chunk));
        let told_again = self.told.iter().map(told_again).sum::<usize>();
        let (mut lost, mut edits_lost) = (0, 0);
        Runtime::new().unwrap().block_on(async {
            let app = App::open(DataFolder::open_here(&self.astra.data()).unwrap(), |_| {}).await.unwrap();
            for speech in [self.speech, &self.ground.before] {
                let corrected = lost_edits(&app, &self.edits, &name_of(&speech.path)).await;
                edits_lost += corrected;
                lost += lost_chunks(&app, speech, &self.edits).await;
            }
            assert_eq!(app.store().sessions().await.unwrap().len(), 2, "as many sessions as there were recordings");
            assert_eq!(app.store().check_integrity().await.unwrap(), None);
            app.store().close().await;
        });
        let beside = fs::read_dir(self.recording.parent().unwrap()).unwrap().map(|entry| entry.unwrap().file_name());
        let beside = beside.filter(|name| name != self.recording.file_name().unwrap() && name != "lost+found").count();
        let changed = digest(&self.recording) != digest(&self.speech.path);
        Harm {
            chunks_lost: lost,
            heard_twice: again.max(told_again),
            edits_lost,
            originals_changed: usize::from(changed) + beside,
        }
    }

    fn name(&self) -> String {
        name_of(&self.recording)
    }

    fn committed_now(&mut self) -> BTreeSet<u64> {
        let chunks = self.chunks_now();
        for chunk in &chunks {
            self.cuts.entry(chunk.index.into()).or_default().insert((chunk.span.start, chunk.span.end));
        }
        chunks.iter().filter(|chunk| words_of(chunk).is_some()).map(|chunk| chunk.index.into()).collect()
    }

    fn chunks_now(&self) -> Vec<StoredChunk> {
        Runtime::new().unwrap().block_on(async {
            let store = Store::open(&DataFolder::open_here(&self.astra.data()).unwrap()).await.unwrap();
            let Some(summary) = session_of(&store, &self.name()).await else { return Vec::new() };
            let chunks = store.chunks(summary.parts[0].listening.id).await.unwrap();
            store.close().await;
            chunks
        })
    }

    /// How often engine hosts heard each chunk, by what they wrote down. A second, more thorough try at a chunk that came
    /// out wrong does not count.
    pub fn log(&self) -> BTreeMap<u64, usize> {
        let mut heard = BTreeMap::new();
        let Ok(logs) = fs::read_dir(self.astra.data().join("logs")) else { return heard };
        let ours =
            logs.map(|entry| entry.unwrap()).filter(|entry| entry.file_name().to_string_lossy().starts_with("engine"));
        for text in ours.filter_map(|entry| fs::read_to_string(entry.path()).ok()) {
            for line in text.lines().filter(|line| line.contains(": heard ") && line.contains("effort=Usual")) {
                let chunk = line.split("chunk=").nth(1).unwrap().split(' ').next().unwrap();
                *heard.entry(chunk.parse().unwrap()).or_default() += 1;
            }
        }
        heard
    }
}

/// Runs a program, which has to succeed.
pub fn tool(program: &str, arguments: &[impl AsRef<OsStr>]) -> String {
    let arguments: Vec<&OsStr> = arguments.iter().map(AsRef::as_ref).collect();
    crate::astra::tool(program, &arguments)
}

/// What a file holds, in few bytes.
pub fn digest(path: &Path) -> [u8; 32] {
    Sha256::digest(fs::read(path).unwrap()).into()
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

async fn lost_edits(app: &App, edits: &[Edited], recording: &str) -> usize {
    let Some(summary) = session_of(app.store(), recording).await else { return edits.len() };
    let session = summary.session.id;
    let text = app.transcript_open(session).await.unwrap();
    let kept = |edit: &Edited| text.segments.iter().any(|one| one.id == edit.segment && one.text == edit.text);
    edits.iter().filter(|edit| edit.session == session && !kept(edit)).count()
}

/// Chunks that were not heard as an undisturbed run hears them, and passages that nobody corrected and that are others.
async fn lost_chunks(app: &App, speech: &Speech, edits: &[Edited]) -> usize {
    let Some(summary) = session_of(app.store(), &name_of(&speech.path)).await else { return speech.chunks.len() };
    let stored = app.store().chunks(summary.parts[0].listening.id).await.unwrap();
    let heard = |(index, words): &(usize, &Vec<_>)| stored.get(*index).and_then(words_of) == Some(*words);
    let lost = speech.chunks.iter().enumerate().filter(|chunk| !heard(chunk)).count();
    let passages = app.transcript_open(summary.session.id).await.unwrap().segments;
    let same = |(index, text): &(usize, &String)| {
        passages
            .get(*index)
            .is_some_and(|found| found.text == **text || edits.iter().any(|edit| edit.segment == found.id))
    };
    let others = speech.passages.iter().enumerate().filter(|passage| !same(passage)).count();
    lost + others + passages.len().abs_diff(speech.passages.len())
}
