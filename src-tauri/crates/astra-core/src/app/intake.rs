//! What the secretary hands over in the window: proposed first, begun when she agrees.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{App, Beginning, Hearer, Request, blocking, same, wish};
use crate::clock;
use crate::engine::Stop;
use crate::error::{Error, Failure, Result};
use crate::event::Event;
use crate::id::SessionId;
use crate::intake::{self, Arrival, order, whereabouts};
use crate::sessions::view::SessionView;
use crate::sessions::{Recording, Source, documents};
use crate::store::Microphone;
use crate::watch::parts::{Link, Piece, arrange};

/// How many files of a folder are looked at: a whole disk that was dropped by mistake is not.
const MOST_FILES: usize = 500;

/// Recordings as the parts of one session, for the secretary to agree to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Proposal {
    /// What to call the session.
    pub title: String,
    /// The recordings in order.
    pub parts: Vec<ProposedPart>,
    /// Whether they began and ended together: a file for each microphone.
    pub microphones: bool,
    /// What cannot be heard, and why.
    pub refused: Vec<Refused>,
}

/// A recording that can be heard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ProposedPart {
    /// Its path or address, as it is handed back.
    pub source: String,
    /// The file's name, or the address.
    pub name: String,
    /// How long it says it is, in milliseconds.
    pub duration_ms: Option<u64>,
    /// When it began, in milliseconds since 1970 UTC, if it says so.
    pub started_at_ms: Option<i64>,
    /// Its size.
    pub bytes: Option<u64>,
    /// The session that already has it.
    pub known: Option<SessionId>,
}

/// Something that cannot be heard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Refused {
    /// Its name.
    pub name: String,
    /// Why not.
    pub failure: Failure,
}

/// What the secretary agreed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Start {
    /// Paths and addresses: the parts of one session, in order.
    pub sources: Vec<String>,
    /// What to call it; the first recording's name otherwise.
    pub title: Option<String>,
    /// The model; the chosen one or the best otherwise.
    pub model: Option<String>,
    /// Who listens.
    pub hearer: Hearer,
    /// Whether to keep a small copy of the sound; as the settings say otherwise.
    pub keep_copy: Option<bool>,
    /// Whether the recordings are one, with a file for each microphone, instead of parts.
    pub microphones: bool,
}

impl App {
    /// Looks at what was handed over: files, folders with their files, addresses.
    ///
    /// # Errors
    /// Only those of the store; what cannot be heard is named in the proposal.
    pub async fn recording_propose(&self, sources: &[String]) -> Result<Proposal> {
        let mut arrivals: Vec<Arrival> = Vec::new();
        let mut refused = Vec::new();
        for source in sources {
            for (typed, from_a_folder) in files_of(source) {
                match examine(&typed).await {
                    Ok(arrival) => match arrivals.iter().find(|one| same(&one.recording, &arrival.recording)) {
                        None => arrivals.push(arrival),
                        Some(twin) if twin.recording.source == arrival.recording.source => {}
                        Some(twin) => refused.push(repeated(&arrival.recording, &twin.recording)),
                    },
                    // Next to the recordings of a folder lie texts and pictures that nobody meant.
                    Err(error) if from_a_folder && !sounds_like_a_recording(&typed) => {
                        tracing::debug!(code = error.code(), "left out of a folder");
                    }
                    Err(error) => refused.push(Refused { name: name_of(&typed), failure: Failure::from(&error) }),
                }
            }
        }
        order::by_time(&mut arrivals);
        let mut parts = Vec::with_capacity(arrivals.len());
        for arrival in &arrivals {
            let recording = &arrival.recording;
            parts.push(ProposedPart {
                source: recording.source.display(),
                name: recording.name.clone(),
                duration_ms: recording.claimed_ms,
                started_at_ms: recording.started_at_ms,
                bytes: recording.bytes,
                known: self.session_with(recording).await?,
            });
        }
        let microphones = are_microphones(&arrivals);
        let recordings: Vec<Recording> = arrivals.into_iter().map(|arrival| arrival.recording).collect();
        Ok(Proposal { title: documents::title_of(&recordings), parts, microphones, refused })
    }

    /// Begins a session of recordings in this order, and leaves it to the queue. One that is there
    /// already is given back.
    ///
    /// # Errors
    /// Whatever stands in the way, before anything is begun.
    pub async fn session_start(&self, start: Start) -> Result<SessionId> {
        let recordings: Vec<OsString> = start.sources.iter().map(OsString::from).collect();
        let arrivals = super::bring_in(&recordings, &Stop::default()).await?;
        self.begin_session(start, arrivals).await
    }

    /// Begins a session of recordings that were looked at, in this order, and leaves it to the queue.
    pub(crate) async fn begin_session(&self, start: Start, arrivals: Vec<Arrival>) -> Result<SessionId> {
        let settings = self.settings_get().await?;
        let mut request = Request {
            title: start.title.filter(|title| !title.trim().is_empty()),
            model: start.model,
            hearer: start.hearer,
            threads: settings.threads,
            keep_copy: start.keep_copy,
            ..Request::of(Vec::new())
        };
        let wish = wish(&request, &arrivals);
        // The model chosen for this computer is none that a server knows.
        let here = match request.hearer {
            Hearer::Here => true,
            Hearer::AsChosen => !settings.server.hears_new,
            Hearer::Server { .. } => false,
        };
        request.model = request.model.or(settings.model.filter(|_| here));
        let (key, sending) = self.listening_key(&request, &arrivals).await?;
        let mut recordings: Vec<Recording> = arrivals.into_iter().map(|arrival| arrival.recording).collect();
        let beside = if start.microphones { recordings.split_off(1.min(recordings.len())) } else { Vec::new() };
        let session = match self.begin(&request, &mut recordings, &key, &wish, &Stop::default()).await? {
            Beginning::Work(job) => {
                self.keep_sending(job.session, sending).await?;
                job.session
            }
            Beginning::HeardBefore(session) => return Ok(session),
        };
        let microphones: Vec<Microphone> = beside.iter().filter_map(microphone).collect();
        if let Some(first) = recordings.first().filter(|_| !microphones.is_empty())
            && self.store().microphones(first.id).await?.is_empty()
        {
            self.add_microphones(session, first.id, &microphones).await?;
        }
        self.emit(Event::SessionsChanged);
        self.wake();
        Ok(session)
    }

    /// Takes `path` as the recording of a part whose file is gone.
    ///
    /// # Errors
    /// [`Error::AnotherRecording`] when it is not the same one, byte for byte.
    pub async fn recording_locate(&self, session: SessionId, part: u32, path: &Path) -> Result<SessionView> {
        let summary = self.store().session(session).await?;
        let known = summary.parts.get(part as usize).map(|part| part.recording.clone());
        let known = known.ok_or_else(|| Error::SessionUnknown { id: session.to_string() })?;
        let (wanted, candidate) = (known.clone(), path.to_owned());
        if !blocking(move || whereabouts::is_same(&wanted, &candidate, &Stop::default())).await? {
            return Err(Error::AnotherRecording { path: path.display().to_string() });
        }
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        self.store().set_source(known.id, &Source::File(path), &name).await?;
        self.tell_session(session);
        self.session_open(session).await
    }

    /// The newest session that has this recording, by its quick fingerprint: enough for a question.
    /// One whose file was gone is found again with it, when every byte is the same.
    async fn session_with(&self, recording: &Recording) -> Result<Option<SessionId>> {
        let Some(fingerprint) = &recording.fingerprint else { return Ok(None) };
        for known in self.store().recordings_like(fingerprint).await? {
            if let (Source::File(gone), Source::File(found)) = (&known.source, &recording.source)
                && !gone.exists()
            {
                let (wanted, candidate) = (known.clone(), found.clone());
                if blocking(move || whereabouts::is_same(&wanted, &candidate, &Stop::default())).await? {
                    self.store().set_source(known.id, &recording.source, &recording.name).await?;
                    for summary in self.store().sessions_with(known.id).await? {
                        self.tell_session(summary.session.id);
                    }
                }
            }
            if let Some(summary) = self.store().sessions_with(known.id).await?.first() {
                return Ok(Some(summary.session.id));
            }
        }
        Ok(None)
    }
}

async fn examine(typed: &OsString) -> Result<Arrival> {
    let arrivals = super::bring_in(std::slice::from_ref(typed), &Stop::default()).await?;
    arrivals.into_iter().next().ok_or_else(|| Error::RecordingMissing { path: typed.to_string_lossy().into_owned() })
}

/// Whether all of them lie in one folder, began together and are equally long.
fn are_microphones(arrivals: &[Arrival]) -> bool {
    let piece = |arrival: &Arrival| match &arrival.recording.source {
        Source::File(path) => Some(Piece {
            path: path.clone(),
            bytes: arrival.recording.bytes.unwrap_or_default(),
            duration_ms: arrival.recording.claimed_ms,
            started_at_ms: arrival.recording.started_at_ms,
            modified_ms: arrival.modified_ms,
        }),
        Source::Url(_) => None,
    };
    let pieces: Vec<Piece> = arrivals.iter().filter_map(piece).collect();
    let placed = arrange(&pieces, clock::now_ms());
    pieces.len() == arrivals.len()
        && placed.len() > 1
        && placed.iter().skip(1).all(|one| one.link == Link::Beside && !one.doubted)
}

fn microphone(recording: &Recording) -> Option<Microphone> {
    match (&recording.source, &recording.fingerprint) {
        (Source::File(path), Some(fingerprint)) => {
            Some(Microphone { path: path.clone(), fingerprint: fingerprint.clone() })
        }
        _ => None,
    }
}

fn repeated(recording: &Recording, twin: &Recording) -> Refused {
    let (path, twin) = (recording.name.clone(), twin.name.clone());
    Refused { name: path.clone(), failure: Failure::from(&Error::RecordingRepeated { path, twin }) }
}

/// The files below a folder, by name; anything else is itself. Hidden files are nobody's recordings.
fn files_of(source: &str) -> Vec<(OsString, bool)> {
    let folder = PathBuf::from(source);
    if !folder.is_dir() {
        return vec![(source.into(), false)];
    }
    let mut files = Vec::new();
    collect(&folder, &mut files);
    files.sort();
    files.into_iter().map(|file| (file.into_os_string(), true)).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        // Links are not followed, so that none can lead in a circle.
        match entry.file_type() {
            Ok(kind) if kind.is_dir() && !hidden && files.len() < MOST_FILES => collect(&entry.path(), files),
            Ok(kind) if kind.is_file() && !hidden && files.len() < MOST_FILES => files.push(entry.path()),
            _ => {}
        }
    }
}

/// Whether somebody would expect a file of this name to be heard.
pub(super) fn sounds_like_a_recording(typed: &OsStr) -> bool {
    const ENDINGS: [&str; 22] = [
        "mp3", "wav", "wma", "m4a", "aac", "ogg", "oga", "opus", "flac", "amr", "dss", "ds2", "aif", "aiff", "mp4",
        "m4v", "mov", "mkv", "webm", "avi", "mpg", "wmv",
    ];
    let ending = Path::new(typed).extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

fn name_of(typed: &OsString) -> String {
    match intake::source(typed) {
        Source::Url(url) => url,
        Source::File(path) => path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
    }
}
