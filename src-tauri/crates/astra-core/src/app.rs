//! Astra without a face: what a door (the command line, the window) calls. What only the window
//! asks for stands in the files below, one for each noun.

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use crate::engine::device::Device;
use crate::engine::host::EngineHost;
use crate::engine::http::HTTP;
use crate::engine::{Engine, Load, Stop};
use crate::error::{Error, Result};
use crate::event::Event;
use crate::export::Format;
use crate::fingerprint;
use crate::id::{JobId, SessionId};
use crate::intake::{Arrival, order, stream};
use crate::jobs::lease::Lease;
use crate::media::decode::Input;
use crate::models::{Catalog, DEMO, DEMO_BYTES, Entry, Installed, Library, choose, takes_a_language};
use crate::sentences::sentence;
use crate::sessions::documents::{check_folder, title_of};
use crate::sessions::{ListeningKey, Recording, Source};
use crate::settings::DataFolder;
use crate::store::{Job, JobState, NewPart, Sending, SessionSummary, Store, Wish};
use crate::surroundings::{Surroundings, ThisComputer};

mod acta;
mod actas;
pub mod backup;
pub mod data;
mod delivery;
mod documents;
mod intake;
mod jobs;
mod journal;
mod judging;
mod media;
mod microphones;
mod minutes;
mod models;
mod orphans;
mod papers;
mod parts;
mod placing;
mod proposals;
mod queue;
mod rehearing;
pub mod renditions;
mod roster;
mod server;
mod sessions;
mod settings;
mod speeds;
mod training;
mod transcript;
mod vocabulary;
mod watch;
mod watching;

pub use acta::{
    ActaExported, ActaPreview, ActaTemplates, ActaWish, ShownCheck, Template, TemplateChoice, TemplateLook,
    TemplatePlace, WrittenActa,
};
pub use documents::Written;
pub use intake::{Proposal, ProposedPart, Refused, Start};
pub use media::{Sound, SoundOfSession};
pub use microphones::MicrophoneHint;
pub use minutes::OpenMinutes;
pub use models::{ModelImport, ModelRow, USUAL_MS};
pub use queue::Queue;
pub use rehearing::{Rehearing, RehearingProgress};
pub(crate) use server::check;
pub use server::{Hearer, ServerOffer};
pub(crate) use settings::SETTINGS;
pub use settings::Usage;
pub(crate) use speeds::aim_for;
pub use transcript::{Growth, Tail, TextChange, Transcript};
pub use vocabulary::{Learned, Unread};

/// Opens an engine that computes on the first of these devices that works. The bench and some tests put their own in its
/// place.
pub type OpenEngine = dyn Fn(Load, Vec<Device>) -> Result<Box<dyn Engine>> + Send + Sync;

/// The sample recording and others of its size are hashed before anyone listens, in bytes: that
/// is how the sample is known, and it takes no time.
const HASHED_AT_ONCE: u64 = 8 << 20;

/// Astra, opened on a data folder. Cheap to clone; the clones are the same Astra.
#[derive(Clone)]
pub struct App {
    folder: DataFolder,
    store: Store,
    library: Arc<Library>,
    emit: Arc<dyn Fn(Event) + Send + Sync>,
    open_engine: Arc<OpenEngine>,
    /// How long the rest of the sessions takes that are being heard, in milliseconds.
    left: Arc<Mutex<HashMap<SessionId, u64>>>,
    /// Wakes the queue when there is work.
    work: Arc<Notify>,
    /// The models that are being downloaded, with what stops them.
    downloads: Arc<Mutex<HashMap<String, Stop>>>,
    /// What stops bringing models along.
    importing: Arc<Mutex<Stop>>,
    /// Held by whoever measures a model: two at once would slow each other down.
    measuring: Arc<tokio::sync::Mutex<()>>,
    /// The renditions that are being made, with what stops them.
    renditions: Arc<Mutex<HashMap<(SessionId, String), Stop>>>,
    /// The sessions of which passages are listened to again, with what stops it.
    rehearings: Arc<Mutex<HashMap<SessionId, rehearing::UnderWay>>>,
    /// How the watched folders are.
    watching: Arc<watching::Watching>,
    /// What goes on around Astra.
    surroundings: Arc<dyn Surroundings>,
    /// Held by whoever writes documents into the folder of choice, so that nobody writes them twice.
    delivering: Arc<tokio::sync::Mutex<()>>,
}

/// What to listen to, and what to make of it.
#[derive(Debug, Clone)]
pub struct Request {
    /// Paths, which need not be UTF-8, and addresses: the parts of one session.
    pub recordings: Vec<OsString>,
    /// What to call the session; the first recording's name otherwise.
    pub title: Option<String>,
    /// The language spoken, as ISO 639-1.
    pub language: String,
    /// The model to use; the best one installed otherwise, or the one chosen for the server.
    pub model: Option<String>,
    /// Who listens.
    pub hearer: Hearer,
    /// The folder for the documents; that of the first recording otherwise.
    pub out: Option<PathBuf>,
    /// Their formats.
    pub formats: Vec<Format>,
    /// How many threads the engine may use; all physical cores otherwise.
    pub threads: Option<usize>,
    /// Listen even if the same recordings were heard the same way before.
    pub again: bool,
    /// Whether to keep a small copy of the sound; as the settings say otherwise.
    pub keep_copy: Option<bool>,
}

impl Request {
    /// A request for a session in Spanish, with nothing else asked for.
    pub fn of(recordings: Vec<OsString>) -> Self {
        Self {
            recordings,
            title: None,
            language: "es".to_owned(),
            model: None,
            hearer: Hearer::AsChosen,
            out: None,
            formats: Vec::new(),
            threads: None,
            again: false,
            keep_copy: None,
        }
    }
}

/// What came of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The session.
    pub session: SessionId,
    /// The documents written.
    pub documents: Vec<(Format, PathBuf)>,
    /// Whether it had been heard before, so that nobody listened now.
    pub heard_before: bool,
}

impl App {
    /// Opens Astra on a data folder. `emit` is told every event.
    ///
    /// # Errors
    /// Those of [`Store::open`] and of the models' folder.
    pub async fn open(folder: DataFolder, emit: impl Fn(Event) + Send + Sync + 'static) -> Result<Self> {
        let logs = folder.logs();
        let emit: Arc<dyn Fn(Event) + Send + Sync> = Arc::new(emit);
        let tell = Arc::clone(&emit);
        let open_engine = move |load: Load, devices: Vec<Device>| {
            let tell = Arc::clone(&tell);
            let host =
                EngineHost::new(load, devices).logging_into(logs.clone()).telling(move |notice| tell(notice.into()));
            Ok(Box::new(host) as Box<dyn Engine>)
        };
        Self::open_with(folder, move |event| emit(event), open_engine).await
    }

    /// Opens Astra with another way to come by an engine.
    ///
    /// # Errors
    /// As [`App::open`].
    pub async fn open_with(
        folder: DataFolder,
        emit: impl Fn(Event) + Send + Sync + 'static,
        open_engine: impl Fn(Load, Vec<Device>) -> Result<Box<dyn Engine>> + Send + Sync + 'static,
    ) -> Result<Self> {
        let store = Store::open(&folder).await?;
        let library = Arc::new(Library::open(folder.models())?);
        let claim = folder.claim()?;
        library.embed(DEMO, DEMO_BYTES)?;
        drop(claim);
        Ok(Self {
            folder,
            store,
            library,
            emit: Arc::new(emit),
            open_engine: Arc::new(open_engine),
            left: Arc::default(),
            work: Arc::default(),
            downloads: Arc::default(),
            importing: Arc::default(),
            measuring: Arc::default(),
            renditions: Arc::default(),
            rehearings: Arc::default(),
            watching: Arc::default(),
            surroundings: Arc::new(ThisComputer::default()),
            delivering: Arc::default(),
        })
    }

    /// Astra on a computer of which something else is said than of this one. Some tests put their own in its place.
    #[must_use]
    pub fn amid(mut self, surroundings: impl Surroundings + 'static) -> Self {
        self.surroundings = Arc::new(surroundings);
        self
    }

    /// Where it keeps its things.
    pub fn folder(&self) -> &DataFolder {
        &self.folder
    }

    /// The store.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The models on this computer.
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// Tells an event.
    pub fn emit(&self, event: Event) {
        (self.emit)(event);
    }

    /// Listens to the recordings of one session and writes its documents. The same recordings
    /// heard the same way before are not heard again; a session that was cut short goes on.
    ///
    /// # Errors
    /// Whatever stands in the way, before anything is half done; what was heard is kept.
    pub async fn transcribe(&self, request: Request, stop: &Stop) -> Result<Done> {
        if !is_language(&request.language) {
            return Err(Error::LanguageUnknown { language: request.language });
        }
        let mut arrivals = bring_in(&request.recordings, stop).await?;
        order::by_time(&mut arrivals);
        let wish = wish(&request, &arrivals);
        check_folder(&wish.out)?;
        let (key, sending) = self.listening_key(&request, &arrivals).await?;
        let mut recordings: Vec<Recording> = arrivals.into_iter().map(|arrival| arrival.recording).collect();
        let job = match self.begin(&request, &mut recordings, &key, &wish, stop).await? {
            Beginning::Work(job) => {
                self.keep_sending(job.session, sending).await?;
                job
            }
            Beginning::HeardBefore(session) => {
                let done = self.write_documents(session, &wish).await?;
                self.emit(Event::JobDone { job: None, session });
                return Ok(Done { heard_before: true, ..done });
            }
        };
        crate::jobs::run(self, job, Some(&wish), stop).await
    }

    /// Every job, in the order of the queue. One that was running when its program died waits.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn jobs(&self) -> Result<Vec<Job>> {
        self.seen_alive(self.store.jobs().await?)
    }

    /// Every job that still has work left, in the order of the queue.
    pub(crate) async fn unfinished_jobs(&self) -> Result<Vec<Job>> {
        self.seen_alive(self.store.unfinished_jobs().await?)
    }

    /// Jobs as they are: one whose program died only looks as if it were running.
    fn seen_alive(&self, mut jobs: Vec<Job>) -> Result<Vec<Job>> {
        for job in &mut jobs {
            if job.state == JobState::Running && !Lease::is_held(&self.folder, job.session)? {
                job.state = JobState::Waiting;
            }
        }
        Ok(jobs)
    }

    /// Deletes a session with everything that was heard. The recordings are never touched.
    ///
    /// # Errors
    /// [`Error::SessionUnknown`]; [`Error::SessionBusy`] while somebody listens to it.
    pub async fn delete(&self, session: SessionId) -> Result<()> {
        let _lease = Lease::take(&self.folder, session)?;
        let summary = self.store.session(session).await?;
        self.store.delete_session(session).await?;
        self.sweep(&summary).await;
        self.emit(Event::SessionsChanged);
        Ok(())
    }

    /// Goes on with a job that was cut short.
    ///
    /// # Errors
    /// [`Error::JobUnknown`] when it has ended; else those of [`App::transcribe`].
    pub async fn resume(&self, id: JobId, stop: &Stop) -> Result<Done> {
        let job = self.store.job(id).await?;
        if !job.state.is_unfinished() {
            return Err(Error::JobUnknown { id: id.to_string() });
        }
        // Somebody asks for it now.
        self.store.set_paused(id, false).await?;
        let job = self.store.job(id).await?;
        crate::jobs::run(self, job, None, stop).await
    }

    /// The models that are being downloaded.
    fn downloads(&self) -> MutexGuard<'_, HashMap<String, Stop>> {
        self.downloads.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What stops the models that are being brought along.
    fn importing(&self) -> MutexGuard<'_, Stop> {
        self.importing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// An engine for a listening of a session: with its model verified, or a server that somebody agreed to.
    pub(crate) async fn engine(
        &self,
        session: SessionId,
        key: &ListeningKey,
        threads: Option<usize>,
    ) -> Result<Box<dyn Engine>> {
        if key.engine == HTTP {
            return self.server_engine(session, key).await;
        }
        let (model, path) = self.ready(&key.model).await?;
        if model.sha256 != key.model_sha256 {
            let path = path.display().to_string();
            return Err(Error::ModelAltered { path, expected: key.model_sha256.clone(), found: model.sha256 });
        }
        let threads = threads.unwrap_or_else(num_cpus::get_physical).max(1);
        let devices = self.devices_for(&key.model).await?;
        (self.open_engine)(Load { engine: key.engine.clone(), model: path, threads }, devices)
    }

    /// For what an engine that cannot be told the language hears badly, and for what may not be sent to a server: the
    /// best model of this computer that is told the language, with its engine; none when there is none.
    pub(crate) async fn engine_beside(
        &self,
        session: SessionId,
        key: &ListeningKey,
        threads: Option<usize>,
    ) -> Result<Option<(String, Box<dyn Engine>)>> {
        if takes_a_language(&key.engine) && !key.is_sent() {
            return Ok(None);
        }
        // It hears little of a recording, so that it may take its time; both have to fit into the memory.
        let aim = self.aim(0).await?;
        let found = match choose(self.library.catalog(), None, None, &self.library.list(), &aim) {
            Ok(choice) => self.ready(&choice.id).await,
            Err(error) => Err(error),
        };
        let model = match found {
            Ok((model, _)) => model,
            // Whatever is wrong with it, nothing is with the engine that it would stand beside.
            Err(error) => {
                tracing::warn!(code = error.code(), "no engine beside");
                if !key.is_sent() {
                    let message = sentence("notice.nothing_beside", &[("model", &key.model)]);
                    self.emit(Event::NoticeGiven { message });
                }
                return Ok(None);
            }
        };
        let key = ListeningKey { engine: model.engine, model: model.id, model_sha256: model.sha256, ..key.clone() };
        Ok(Some((key.model.clone(), self.engine(session, &key, threads).await?)))
    }

    /// A model whose bytes were found right, and where they lie.
    async fn ready(&self, id: &str) -> Result<(Installed, PathBuf)> {
        let (library, id) = (Arc::clone(&self.library), id.to_owned());
        blocking(move || {
            let path = library.ready(&id)?;
            let model = library.find(&id).ok_or(Error::ModelNotInstalled { id })?;
            Ok((model, path))
        })
        .await
    }

    /// With what the recordings will be heard: the model asked for or the best one here, verified; or the server they
    /// go to.
    async fn listening_key(&self, request: &Request, arrivals: &[Arrival]) -> Result<(ListeningKey, Option<Sending>)> {
        let only = match arrivals {
            [arrival] => arrival.recording.sha256.as_deref(),
            _ => None,
        };
        if let Some(sending) = self.wanted_server(request, only).await? {
            return Ok((server::key(&sending, &request.language)?, Some(sending)));
        }
        let aim = self.aim(arrivals.iter().filter_map(|arrival| arrival.recording.claimed_ms).sum()).await?;
        let choice = choose(self.library.catalog(), request.model.as_deref(), only, &self.library.list(), &aim)?;
        if choice.warning {
            self.emit(Event::NoticeGiven { message: sentence("notice.demo_model", &[]) });
        }
        let (model, _) = self.ready(&choice.id).await?;
        let key = ListeningKey {
            engine: model.engine,
            model: model.id,
            model_sha256: model.sha256,
            language: request.language.clone(),
            // Chosen when listening begins: by then more is known of the sitting.
            vocabulary: Vec::new(),
        };
        Ok((key, None))
    }

    /// Finds the session of these recordings, or makes it with its job. Two programs that are given
    /// the same recordings at once do this one after the other.
    async fn begin(
        &self,
        request: &Request,
        recordings: &mut [Recording],
        key: &ListeningKey,
        wish: &Wish,
        stop: &Stop,
    ) -> Result<Beginning> {
        let folder = self.folder.clone();
        let _claim = blocking(move || folder.claim()).await?;
        self.recognise(recordings, stop).await?;
        let known = if request.again { None } else { self.session_of(request, recordings, key).await? };
        let Some(summary) = known else {
            let title = request.title.clone().unwrap_or_else(|| title_of(recordings));
            let part = |recording: &Recording| NewPart { recording: recording.clone(), key: key.clone() };
            let parts: Vec<NewPart> = recordings.iter().map(part).collect();
            let (made, job) = self.store.add_session(&title, &request.language, &parts, wish).await?;
            let started_at_ms = recordings.iter().find_map(|recording| recording.started_at_ms);
            let record = self.record_before(&self.settings_get().await?.council, started_at_ms).await?;
            self.store.set_record(made.session.id, &record).await?;
            return Ok(Beginning::Work(job));
        };
        let session = summary.session.id;
        Ok(match self.store.unfinished_job(session).await? {
            Some(job) => Beginning::Work(job),
            None if summary.is_heard() => Beginning::HeardBefore(session),
            None => Beginning::Work(self.store.add_job(session, wish).await?),
        })
    }

    /// Gives recordings that are known already their ids: the fingerprint finds candidates, the
    /// hash of every byte confirms.
    async fn recognise(&self, recordings: &mut [Recording], stop: &Stop) -> Result<()> {
        for recording in recordings {
            let Some(fingerprint) = recording.fingerprint.clone() else { continue };
            for known in self.store.recordings_like(&fingerprint).await? {
                if known.sha256.is_some() && matches!(recording.source, Source::File(_)) {
                    hash(recording, stop).await?;
                    if recording.sha256 != known.sha256 {
                        continue;
                    }
                }
                // A copy elsewhere only takes the place of an original that is gone.
                if matches!(&known.source, Source::File(path) if !path.exists()) {
                    self.store.set_source(known.id, &recording.source, &recording.name).await?;
                }
                recording.id = known.id;
                break;
            }
        }
        Ok(())
    }

    /// The newest session of exactly these recordings, in this order, heard with this key.
    async fn session_of(
        &self,
        request: &Request,
        recordings: &[Recording],
        key: &ListeningKey,
    ) -> Result<Option<SessionSummary>> {
        let Some(first) = recordings.first() else { return Ok(None) };
        let sessions = self.store.sessions_with(first.id).await?;
        let catalog = self.library.catalog();
        let serves = |heard: &ListeningKey| {
            heard.hears_like(key) || (request.model.is_none() && could_have_been_chosen(catalog, heard, key))
        };
        Ok(sessions.into_iter().find(|summary| {
            summary.parts.len() == recordings.len()
                && summary
                    .parts
                    .iter()
                    .zip(recordings)
                    .all(|(part, recording)| part.recording.id == recording.id && serves(&part.listening.key))
        }))
    }
}

/// Whether a listening is with a model that Astra could have chosen by itself where it chose `key`. What it chooses
/// follows what it has measured meanwhile, and that is no reason to hear hours again.
fn could_have_been_chosen(catalog: &Catalog, heard: &ListeningKey, key: &ListeningKey) -> bool {
    let offered = |key: &ListeningKey| catalog.find(&key.model).is_some_and(Entry::is_offered);
    heard.language == key.language && offered(heard) && offered(key)
}

/// How a request begins.
enum Beginning {
    /// There is something to hear or to write.
    Work(Job),
    /// Everything was heard and written before.
    HeardBefore(SessionId),
}

/// Looks at everything that was handed over before anything is begun.
async fn bring_in(typed: &[OsString], stop: &Stop) -> Result<Vec<Arrival>> {
    let mut arrivals: Vec<Arrival> = Vec::with_capacity(typed.len());
    for text in typed {
        let arrival = match crate::intake::source(text) {
            Source::File(path) => {
                let mut arrival = blocking(move || crate::intake::examine(&path)).await?;
                if arrival.recording.bytes.is_some_and(|bytes| bytes <= HASHED_AT_ONCE) {
                    hash(&mut arrival.recording, stop).await?;
                }
                arrival
            }
            Source::Url(url) => {
                let arriving = stream::open(&url, stop).await?;
                let arrival = crate::intake::examine_url(&url, &arriving);
                let input = Input::Stream(url, arriving.reader);
                blocking(move || crate::intake::hear_the_beginning(input)).await?;
                arrival
            }
        };
        // The same file given twice, or a copy of it, is one part.
        if arrivals.iter().all(|earlier| !same(&earlier.recording, &arrival.recording)) {
            arrivals.push(arrival);
        }
    }
    Ok(arrivals)
}

/// Whether two recordings given together are the same one.
fn same(one: &Recording, other: &Recording) -> bool {
    one.source == other.source || (one.fingerprint.is_some() && one.fingerprint == other.fingerprint)
}

async fn hash(recording: &mut Recording, stop: &Stop) -> Result<()> {
    let Source::File(path) = recording.source.clone() else { return Ok(()) };
    if recording.sha256.is_none() {
        let stop = stop.clone();
        let shown = path.display().to_string();
        let sha256 = blocking(move || {
            let hash = fingerprint::of_file(&path, &stop);
            hash.map_err(|error| Error::RecordingUnreadable { path: shown, reason: error.to_string() })
        });
        recording.sha256 = Some(sha256.await?.ok_or(Error::Stopped)?);
    }
    Ok(())
}

/// Whether a text can be the code of a language in ISO 639.
fn is_language(code: &str) -> bool {
    (2..=3).contains(&code.len()) && code.bytes().all(|letter| letter.is_ascii_lowercase())
}

fn wish(request: &Request, arrivals: &[Arrival]) -> Wish {
    let beside = || match arrivals.first().map(|arrival| &arrival.recording.source) {
        Some(Source::File(path)) => path.parent().map(Path::to_owned),
        _ => None,
    };
    let out = request.out.clone().or_else(beside).unwrap_or_else(|| PathBuf::from("."));
    let out = std::path::absolute(&out).unwrap_or(out);
    Wish { out, formats: request.formats.clone(), threads: request.threads, keep_copy: request.keep_copy }
}

/// Runs something that waits for the disk or a program away from the asynchronous threads.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(outcome) => outcome,
        Err(error) => Err(Error::Broken { reason: error.to_string() }),
    }
}

#[cfg(test)]
pub(crate) mod tests;
