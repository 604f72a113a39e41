//! Looking at watched folders: a task for each, which scans it when something changed and from time to
//! time, looks at the files that are waited for, and hands over those that are ready. What they are and
//! where they belong is for `judging.rs` and `placing.rs`.
//!
//! The disk is only touched in threads of their own: a share that hangs must hang nobody.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinHandle;

use super::App;
use super::intake::sounds_like_a_recording;
use super::judging::{Arrived, Cause, Judged};
use super::placing::WENT_AWAY;
use super::watch::Present;
use crate::clock;
use crate::engine::Stop;
use crate::error::{Error, Result};
use crate::event::Event;
use crate::id::FolderId;
use crate::intake::order::natural;
use crate::intake::place::place_of;
use crate::intake::scan::{self, Scanned};
use crate::jobs::lease::Lease;
use crate::sentences::error_sentence;
use crate::store::Folder;
use crate::watch::files::{Files, Step};
use crate::watch::readiness::Wait;
use crate::watch::{FolderState, Happening, Look, Place, Watch, shown};

/// How often files that are waited for are looked at, and the store is asked for news.
const TICK: Duration = Duration::from_secs(2);

/// How often it is looked whether somebody wants the watching to stop.
const GLANCE: Duration = Duration::from_millis(100);

/// How often a folder is scanned when nothing tells what changes in it, and when something does.
const UNTOLD: Duration = Duration::from_secs(5);
const TOLD: Duration = Duration::from_secs(60);

/// A scan is followed by a pause of so many times its own length, and that for every folder that is watched, so
/// that all of them together take less than a hundredth of a core while nothing happens in them.
const RESTS: u32 = 200;
const RESTS_WHEN_TOLD: u32 = 50;

/// How long a folder has to end what it does once the watching is to stop.
const FAREWELL: Duration = Duration::from_secs(10);

/// No pause between two scans is longer: a share that answers slowly costs time, and hardly a processor.
const LONGEST_REST: Duration = Duration::from_secs(600);

/// A scan that takes longer means that the folder cannot be reached.
const HANGS: Duration = Duration::from_secs(30);

/// How many files are opened at once: most of the time goes by until ffprobe has begun.
const AT_ONCE: usize = 4;

/// How many files are opened before those that are ready are handed over. They come in the order of their names,
/// so that no part of a session comes before those that it follows, and the first is heard while others are opened.
const BATCH: usize = 64;

/// How the watched folders are, for whoever asks.
#[derive(Debug, Default)]
pub(super) struct Watching {
    /// Tells the watchers that folders came, went or were answered for.
    pub(super) news: Notify,
    folders: Mutex<HashMap<FolderId, Present>>,
}

impl Watching {
    /// How a folder is that this Astra watches.
    pub(super) fn present(&self, folder: FolderId) -> Option<Present> {
        self.lock().get(&folder).copied()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<FolderId, Present>> {
        self.folders.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl App {
    /// Watches folders until `stop`. A folder that another Astra with the same data watches is left to it until that one ends.
    pub async fn watch(&self, watch: &Watch, stop: &Stop) {
        let mut running: BTreeMap<FolderId, JoinHandle<()>> = BTreeMap::new();
        while !stop.is_set() {
            running.retain(|_, task| !task.is_finished());
            match self.store().folders().await {
                Ok(folders) => {
                    let wanted = |folder: &Folder| watch.only.as_ref().is_none_or(|only| only.contains(&folder.id));
                    for folder in folders.into_iter().filter(wanted) {
                        let (app, watch, stop) = (self.clone(), watch.clone(), stop.clone());
                        running
                            .entry(folder.id)
                            .or_insert_with(|| tokio::spawn(watch_folder(app, folder, watch, stop)));
                    }
                }
                Err(error) => tracing::error!(code = error.code(), "the watched folders cannot be read"),
            }
            self.wait_for_news(TICK, || false, stop).await;
        }
        for (_, mut task) in running {
            // It ends within a glance, and one that broke has said so; one that a share holds which hangs is left to it,
            // and does at the next start what it was about to do.
            if tokio::time::timeout(FAREWELL, &mut task).await.is_err() {
                task.abort();
            }
        }
    }

    /// Waits until there is news, `sooner` says so, or `stop` is set.
    async fn wait_for_news(&self, longest: Duration, sooner: impl Fn() -> bool, stop: &Stop) {
        let (begun, news) = (clock::instant(), self.watching.news.notified());
        tokio::pin!(news);
        while !stop.is_set() && begun.elapsed() < longest && !sooner() {
            if tokio::time::timeout(GLANCE, &mut news).await.is_ok() {
                return;
            }
        }
    }

    fn set_present(&self, folder: FolderId, present: Option<Present>) {
        let before = match present {
            Some(present) => self.watching.lock().insert(folder, present),
            None => self.watching.lock().remove(&folder),
        };
        if before != present {
            self.emit(Event::FolderChanged { folder });
        }
    }
}

/// Watches one folder until it is no longer watched or `stop` is set.
async fn watch_folder(app: App, folder: Folder, watch: Watch, stop: Stop) {
    let id = folder.id;
    let lease = loop {
        match Lease::watch(app.folder(), id) {
            Ok(Some(lease)) => break lease,
            Ok(None) => {}
            Err(error) => tracing::error!(code = error.code(), "a folder cannot be watched"),
        }
        app.wait_for_news(TICK, || false, &stop).await;
        if stop.is_set() || matches!(app.store().folder(id).await, Ok(None)) {
            return;
        }
    };
    let mut eyes = Eyes::new(&app, folder, &watch, &stop);
    while !stop.is_set() {
        match eyes.round().await {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) if error.code() == "stopped" => break,
            Err(error) => tracing::error!(code = error.code(), "a look at a watched folder failed"),
        }
        let told = Arc::clone(&eyes.told);
        let due = eyes.due();
        let sooner = move || told.load(Relaxed) && clock::instant() >= due;
        app.wait_for_news(TICK, sooner, &stop).await;
    }
    app.set_present(id, None);
    drop(lease);
}

/// Whoever looks at one folder.
struct Eyes<'a> {
    app: &'a App,
    folder: Folder,
    watch: &'a Watch,
    stop: &'a Stop,
    began: Instant,
    /// None before the folder was reached for the first time, and again after it went away.
    files: Option<Files>,
    /// Why it cannot be looked at; none while it can.
    gone: Option<FolderState>,
    /// The folders in it of which it was told that they may not be read.
    forbidden: Vec<PathBuf>,
    /// Set by the operating system when something changed.
    told: Arc<AtomicBool>,
    teller: Option<RecommendedWatcher>,
    scanned: Option<Instant>,
    took: Duration,
    /// What stood in the way of recordings the last time, which is told once.
    hindered: String,
    /// A scan that has not come back.
    pending: Option<oneshot::Receiver<io::Result<Scanned>>>,
}

impl<'a> Eyes<'a> {
    fn new(app: &'a App, folder: Folder, watch: &'a Watch, stop: &'a Stop) -> Self {
        Self {
            app,
            folder,
            watch,
            stop,
            began: clock::instant(),
            files: None,
            gone: None,
            forbidden: Vec::new(),
            told: Arc::default(),
            teller: None,
            scanned: None,
            took: Duration::ZERO,
            hindered: String::new(),
            pending: None,
        }
    }

    /// Looks once; false when the folder is no longer watched.
    async fn round(&mut self) -> Result<bool> {
        let Some(folder) = self.app.store().folder(self.folder.id).await? else { return Ok(false) };
        if folder != self.folder {
            // Answered for, or watched with other folders in it: everything is looked at anew.
            (self.folder, self.files, self.scanned) = (folder, None, None);
        }
        if self.is_due() || !self.is_there().await {
            match self.scan().await {
                None => return Ok(true),
                Some(Ok(found)) => self.reached(found).await?,
                Some(Err(error)) => self.unreachable(&error).await?,
            }
        }
        if self.files.is_some() && self.gone.is_none() {
            self.look_at_waiting().await?;
        }
        let state = self.gone.unwrap_or(FolderState::Watched);
        let waiting = self.files.as_ref().map_or(0, |files| files.waiting().count() as u32);
        self.app.set_present(self.folder.id, Some(Present { state, waiting }));
        Ok(true)
    }

    /// When the next scan may be, once something was told.
    fn due(&self) -> Instant {
        self.scanned.map_or(self.began, |at| at + (self.took * RESTS_WHEN_TOLD).max(GLANCE * 5))
    }

    fn is_due(&self) -> bool {
        let Some(scanned) = self.scanned else { return true };
        let told = self.told.load(Relaxed) && clock::instant() >= self.due();
        let folders = self.app.watching.lock().len();
        told || scanned.elapsed() >= rest(self.teller.is_some() && self.gone.is_none(), self.took, folders)
    }

    /// Whether a folder that was there still is; that it is gone is noticed at once.
    async fn is_there(&self) -> bool {
        let path = self.folder.path.clone();
        self.gone.is_some()
            || matches!(tokio::time::timeout(HANGS, in_thread(move || path.is_dir())).await, Ok(Ok(true)))
    }

    fn now_ms(&self) -> u64 {
        self.began.elapsed().as_millis() as u64
    }

    /// Scans in a thread of its own; nothing when it was stopped meanwhile.
    async fn scan(&mut self) -> Option<io::Result<Scanned>> {
        self.told.store(false, Relaxed);
        let begun = clock::instant();
        let (path, subfolders) = (self.folder.path.clone(), self.folder.subfolders);
        let (own, stop) = (self.app.folder().path().to_owned(), self.stop.clone());
        let pending = self.pending.get_or_insert_with(|| in_thread(move || scan::scan(&path, subfolders, &own, &stop)));
        let found = loop {
            match tokio::time::timeout(GLANCE, &mut *pending).await {
                Ok(found) => {
                    self.pending = None;
                    break found.unwrap_or_else(|_| Err(io::ErrorKind::BrokenPipe.into()));
                }
                Err(_) if self.stop.is_set() => return None,
                Err(_) if begun.elapsed() > HANGS => break Err(io::ErrorKind::TimedOut.into()),
                Err(_) => {}
            }
        };
        // A folder that did not answer cost nothing but time, and is to be found soon after it is back.
        self.took = if found.is_ok() { begun.elapsed() } else { Duration::ZERO };
        self.scanned = Some(clock::instant());
        Some(found)
    }

    async fn reached(&mut self, found: Scanned) -> Result<()> {
        if self.gone.take().is_some() {
            self.notice_folder(Happening::FolderBack, "").await?;
        }
        for folder in found.forbidden.iter().filter(|folder| !self.forbidden.contains(folder)) {
            self.notice_about(folder, Happening::FolderForbidden, "").await?;
        }
        self.forbidden = found.forbidden;
        let found = found.files;
        if self.files.is_none() {
            let judged = self.app.store().judged_below(&self.folder.path).await?;
            let path = self.folder.path.clone();
            let place = in_thread(move || place_of(&path)).await.unwrap_or(Place::Network);
            self.files = Some(Files::new(place, self.watch.patience, judged));
            self.listen_for_changes(place);
            self.app.try_again_in(&self.folder, &WENT_AWAY).await?;
        } else {
            // A share that is away may leave an empty folder, which can be reached all the time. What is there
            // cannot be missing again, so this comes to an end.
            self.app.try_again_in(&self.folder, &WENT_AWAY[..1]).await?;
        }
        if self.folder.first_seen_at_ms.is_none() {
            self.first_look(&found).await?;
        }
        let now_ms = self.now_ms();
        if let Some(files) = &mut self.files {
            files.scanned(&found, now_ms);
        }
        Ok(())
    }

    /// An unplugged card, a share that is away and a folder that may not be read are states, and end by themselves.
    async fn unreachable(&mut self, error: &io::Error) -> Result<()> {
        (self.files, self.teller) = (None, None);
        let state = FolderState::of(error);
        if self.gone.replace(state) != Some(state) {
            let what = match state {
                FolderState::Forbidden => Happening::FolderForbidden,
                _ => Happening::FolderGone,
            };
            self.notice_folder(what, &error.to_string()).await?;
        }
        Ok(())
    }

    /// Asks the operating system to tell what changes. Where it cannot, looking often has to do.
    fn listen_for_changes(&mut self, place: Place) {
        if !place.tells() {
            return;
        }
        let told = Arc::clone(&self.told);
        let tell = move |event: notify::Result<notify::Event>| {
            if event.is_ok_and(|event| !event.kind.is_access()) {
                told.store(true, Relaxed);
            }
        };
        let mode = if self.folder.subfolders { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
        let config = notify::Config::default().with_follow_symlinks(false);
        let teller = RecommendedWatcher::new(tell, config)
            .and_then(|mut teller| teller.watch(&self.folder.path, mode).map(|()| teller));
        match teller {
            Ok(teller) => self.teller = Some(teller),
            Err(error) => tracing::info!(%error, "changes are not told; the folder is looked at often"),
        }
    }

    /// What lies in a folder at the very first look is only taken when somebody says so. What is still
    /// being written there changes, and is new then.
    async fn first_look(&mut self, found: &[(PathBuf, Look)]) -> Result<()> {
        self.app.set_present(self.folder.id, Some(Present { state: FolderState::Watched, waiting: 0 }));
        let mut lay_there = Vec::new();
        for (path, look) in found.iter().filter(|(_, look)| look.bytes > 0) {
            if self.stop.is_set() {
                return Ok(());
            }
            // Whoever still writes a file may keep others out; it is new when it can be read.
            let Ok(existing) = self.app.existing_file(path, *look, self.stop).await? else { continue };
            if let Some(files) = &mut self.files {
                files.settle(path.clone(), *look);
            }
            lay_there.extend(existing);
        }
        self.app.store().set_first_seen(self.folder.id, &lay_there).await?;
        if !lay_there.is_empty() {
            self.notice_folder(Happening::ExistingFound, &lay_there.len().to_string()).await?;
        }
        if let Some(folder) = self.app.store().folder(self.folder.id).await? {
            self.folder = folder;
        }
        Ok(())
    }

    async fn look_at_waiting(&mut self) -> Result<()> {
        let Some(files) = &mut self.files else { return Ok(()) };
        let paths: Vec<PathBuf> = files.waiting().map(Path::to_owned).collect();
        if paths.is_empty() {
            return Ok(());
        }
        let looks = in_thread(move || paths.into_iter().map(|path| (scan::look_at(&path), path)).collect::<Vec<_>>());
        let Ok(looks) = looks.await else { return Ok(()) };
        let now_ms = self.began.elapsed().as_millis() as u64;
        let (mut ready, mut news) = (Vec::new(), Vec::new());
        for (look, path) in looks {
            // A disk that cannot be read is found out by the next scan.
            let Ok(look) = look else { continue };
            match files.looked(&path, look, now_ms) {
                Step::Open => ready.extend(look.map(|look| (path, look))),
                Step::Wait(Some(reason)) => news.push((path, reason)),
                Step::Wait(None) => {}
            }
        }
        for (path, reason) in news {
            self.tell_waiting(&path, reason).await?;
        }
        ready.sort_by(|one, other| by_name(&one.0, &other.0));
        for batch in ready.chunks(BATCH) {
            self.open(batch).await?;
        }
        Ok(())
    }

    async fn tell_waiting(&self, path: &Path, reason: Wait) -> Result<()> {
        let what = match reason {
            // Everything that is copied grows, and settles in the end.
            Wait::Growing => return Ok(()),
            Wait::Settling => Happening::Waiting,
            Wait::Recorder => Happening::Recording,
            Wait::Empty => Happening::Empty,
        };
        if sounds_like_a_recording(path.as_os_str()) {
            self.app.notice(self.folder.id, path, what, None, &[]).await?;
        }
        Ok(())
    }

    /// Judges files that are ready, and takes the recordings among them.
    async fn open(&mut self, ready: &[(PathBuf, Look)]) -> Result<()> {
        let mut recordings = Vec::new();
        for few in ready.chunks(AT_ONCE) {
            if self.stop.is_set() {
                return Ok(());
            }
            let judging: Vec<_> = few.iter().map(|(path, look)| tokio::spawn(self.judging(path, *look))).collect();
            for ((path, look), judged) in few.iter().zip(judging) {
                let judged = judged.await.map_err(|error| Error::Broken { reason: error.to_string() })??;
                recordings.extend(self.judged(path, *look, judged).await?);
            }
        }
        if recordings.is_empty() {
            return Ok(());
        }
        let paths_of = |recordings: &[Arrived]| -> Vec<(PathBuf, Look)> {
            recordings.iter().map(|one| (one.noticed.path.clone(), one.noticed.look)).collect()
        };
        let (paths, placed) = match self.alone().await {
            Ok(lease) => {
                let recordings = self.not_taken_meanwhile(recordings).await?;
                let paths = paths_of(&recordings);
                let placed = self.app.place(&self.folder, self.watch.model.as_deref(), recordings).await;
                drop(lease);
                (paths, placed)
            }
            Err(error @ Error::Stopped) => return Err(error),
            Err(error) => (paths_of(&recordings), Err(error)),
        };
        let now_ms = self.now_ms();
        let Some(files) = &mut self.files else { return Ok(()) };
        match placed {
            Ok(()) => {
                self.hindered.clear();
                paths.into_iter().for_each(|(path, look)| files.settle(path, look));
            }
            Err(error) => {
                paths.iter().for_each(|(path, _)| files.hinder(path, now_ms));
                let reason = error_sentence(&error);
                if let Some((first, _)) = paths.first().filter(|_| self.hindered != reason) {
                    let cause = error.code();
                    let fields = [("reason", reason.as_str()), ("cause", &cause)];
                    self.app.notice(self.folder.id, first, Happening::Hindered, None, &fields).await?;
                }
                self.hindered = reason;
            }
        }
        Ok(())
    }

    /// Waits until nobody else places what was found, in this program or in another with the same data: two folders may
    /// show the same files, as a share does that is mounted twice.
    async fn alone(&self) -> Result<Lease> {
        while !self.stop.is_set() {
            if let Some(lease) = Lease::placing(self.app.folder())? {
                return Ok(lease);
            }
            tokio::time::sleep(GLANCE).await;
        }
        Err(Error::Stopped)
    }

    /// Without those that another folder took while they were judged: they are judged again, and known then.
    async fn not_taken_meanwhile(&mut self, recordings: Vec<Arrived>) -> Result<Vec<Arrived>> {
        let now_ms = self.now_ms();
        let mut left = Vec::new();
        for one in recordings {
            if self.app.store().noticed_like(&one.noticed.fingerprint).await?.len() == one.alike {
                left.push(one);
            } else if let Some(files) = &mut self.files {
                files.hinder(&one.noticed.path, now_ms);
            }
        }
        Ok(left)
    }

    /// Judges a file on its own, so that several can be judged at once.
    fn judging(&self, path: &Path, look: Look) -> impl Future<Output = Result<Judged>> + use<> {
        let (app, folder, path, stop) = (self.app.clone(), self.folder.clone(), path.to_owned(), self.stop.clone());
        let tries = self.files.as_ref().map_or(0, |files| files.tries(&path));
        async move { app.judge(&folder, &path, look, tries, &stop).await }
    }

    /// Takes note of what a file is; the recording, if it is a new one.
    async fn judged(&mut self, path: &Path, look: Look, judged: Judged) -> Result<Option<Arrived>> {
        let now_ms = self.now_ms();
        let Some(files) = &mut self.files else { return Ok(None) };
        match judged {
            Judged::Settled => files.settle(path.to_owned(), look),
            Judged::Recording(arrived) => return Ok(Some(*arrived)),
            Judged::Hindered => files.hinder(path, now_ms),
            Judged::Forbidden => {
                if files.forbid(path, now_ms) {
                    self.app.notice(self.folder.id, path, Happening::Forbidden, None, &[]).await?;
                }
            }
            Judged::Incomplete(Cause { name, detail, words }) => {
                // Told at the first time and when it is given up.
                let first = files.tries(path) == 0;
                if !files.put_off(path, now_ms) || first {
                    let fields = [("reason", words.as_str()), ("cause", &name), ("detail", &detail)];
                    self.app.notice(self.folder.id, path, Happening::Incomplete, None, &fields).await?;
                }
            }
        }
        Ok(None)
    }

    async fn notice_folder(&self, what: Happening, reason: &str) -> Result<()> {
        self.notice_about(&self.folder.path, what, reason).await
    }

    /// Writes a line about the folder or one in it.
    async fn notice_about(&self, folder: &Path, what: Happening, reason: &str) -> Result<()> {
        let path = shown(folder);
        let fields = [("folder", path.as_str()), ("reason", reason), ("count", reason)];
        self.app.notice(self.folder.id, Path::new(""), what, None, &fields).await
    }
}

/// The pause after a scan of one of so many folders.
fn rest(is_told: bool, took: Duration, folders: usize) -> Duration {
    let folders = u32::try_from(folders).unwrap_or(u32::MAX).max(1);
    let spared = took.saturating_mul(RESTS.saturating_mul(folders)).min(LONGEST_REST);
    spared.max(if is_told { TOLD } else { UNTOLD })
}

/// Folder by folder, as a person counts: 2.MP3 comes before 10.MP3.
fn by_name(one: &Path, other: &Path) -> Ordering {
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    one.parent().cmp(&other.parent()).then_with(|| natural(&name(one), &name(other))).then_with(|| one.cmp(other))
}

/// Does something that waits for a disk in a thread of its own, which nobody has to wait for.
pub(super) fn in_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> oneshot::Receiver<T> {
    let (tell, told) = oneshot::channel();
    thread::spawn(move || {
        // Whoever asked may have gone.
        let _ = tell.send(work());
    });
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pause_after_a_scan_grows_with_what_it_took_and_with_the_folders_but_not_without_end() {
        let ms = Duration::from_millis;
        assert_eq!((rest(true, ms(1), 1), rest(false, ms(1), 1)), (TOLD, UNTOLD));
        assert_eq!(rest(false, ms(100), 2), Duration::from_secs(40));
        assert_eq!(rest(false, HANGS, 10), LONGEST_REST);
        assert_eq!(rest(false, Duration::ZERO, 10), UNTOLD, "a folder that did not answer is looked for again soon");
    }
}
