//! Downloads a model of the catalogue: resumed where it broke off, checked while it arrives, and a
//! model only once every byte was found right.
//!
//! Made for the networks of town halls: proxies of the system and its certificates, connections
//! that break in the middle, servers that ignore `Range`, and web pages that answer in the place
//! of the file.

use std::fs;
use std::time::Duration;

use reqwest::header::{self, HeaderMap};
use reqwest::{Client, Response, StatusCode};

use super::library::{Record, note_path};
use super::{Entry, Installed, Library, is_web_page, needs_onnx_runtime};
use crate::engine::Stop;
use crate::{Error, Result, clock, network};

mod onnx_runtime;
mod part;

pub use onnx_runtime::ONNX_RUNTIME;
use part::Part;

/// How often `stop` is looked at while nothing arrives.
const GLANCE: Duration = Duration::from_millis(100);

/// The least time between two reports of progress: each one wakes a window.
const REPORT: Duration = Duration::from_millis(100);

/// An attempt that brought this many bytes was worth it: failures are counted anew.
const WORTH: u64 = 1 << 20;

/// Told bytes received and bytes in all, at most ten times a second and at the end.
pub type Progress<'a> = &'a mut (dyn FnMut(u64, u64) + Send);

/// How long to wait for a server and how often to try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// How long a server may send nothing before the connection counts as broken.
    pub silence: Duration,
    /// How many attempts in a row may bring next to nothing.
    pub attempts: u32,
    /// The pause after the first failure; it doubles with each further one.
    pub pause: Duration,
    /// The longest pause, also when the server asks for a longer one.
    pub longest_pause: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self { silence: seconds(30), attempts: 6, pause: seconds(1), longest_pause: seconds(30) }
    }
}

/// Downloads models.
#[derive(Debug, Clone)]
pub struct Download {
    client: Client,
    patience: Patience,
}

/// A file as it has to arrive.
struct Wanted<'a> {
    /// What it belongs to, for the log.
    name: &'a str,
    url: &'a str,
    bytes: u64,
    sha256: &'a str,
}

/// How an attempt ended that may be followed by another.
enum Ended {
    Whole,
    Broken { reason: String, wait: Option<Duration> },
}

impl Download {
    /// Prepares a client with the proxies and certificates of the system.
    ///
    /// # Errors
    /// [`Error::Broken`] when the system's certificates cannot be used at all.
    pub fn new() -> Result<Self> {
        let client =
            network::client().https_only(true).build().map_err(|error| Error::Broken { reason: words(&error) })?;
        Ok(Self { client, patience: Patience::default() })
    }

    /// Downloads the model `id` into `library`, or returns it when it is there already; and then the ONNX Runtime
    /// library, when its engine can do nothing without and it is not on this computer.
    ///
    /// What arrived before a stop or a broken connection is kept and used next time.
    ///
    /// # Errors
    /// [`Error::ModelUnknown`]; [`Error::ModelNotInstalled`] for an embedded model, which no
    /// server has; [`Error::DownloadFailed`] with what the network said; [`Error::ModelAltered`]
    /// when all bytes came and are not the right ones; [`Error::DiskFull`], after which the disk
    /// has its space back; [`Error::NotWritable`]; [`Error::Stopped`].
    pub async fn install(&self, library: &Library, id: &str, stop: &Stop, progress: Progress<'_>) -> Result<Installed> {
        let entry = library.catalog().find(id).ok_or_else(|| Error::ModelUnknown { id: id.to_owned() })?;
        let lacks = needs_onnx_runtime(&entry.engine) && onnx_runtime::here(library).is_none();
        let archive = library.catalog().onnx_runtime().filter(|_| lacks);
        let all = entry.bytes + archive.map_or(0, |archive| archive.bytes);
        let model = self.fetch(library, entry, stop, &mut |received, _| progress(received, all)).await?;
        if archive.is_some() {
            let told: Progress<'_> = &mut |received, _| progress(entry.bytes + received, all);
            self.install_onnx_runtime(library, stop, told).await?;
        }
        Ok(model)
    }

    async fn fetch(&self, library: &Library, entry: &Entry, stop: &Stop, progress: Progress<'_>) -> Result<Installed> {
        if let Some(model) = already_here(library, entry, stop).await? {
            return Ok(model);
        }
        let Some(url) = &entry.url else { return Err(Error::ModelNotInstalled { id: entry.id.clone() }) };
        let _claim = library.claim(&entry.id)?;
        if !entry.files.is_empty() {
            return self.fetch_folder(library, entry, url, stop, progress).await;
        }
        let mut part = Part::open(library.part(&entry.id), url, entry.bytes, stop).await?;
        let Entry { id, bytes, sha256, .. } = entry;
        let outcome = self.fill(&mut part, &Wanted { name: id, url, bytes: *bytes, sha256 }, stop, progress).await;
        match outcome {
            Ok(()) => part.finish(library, entry).await,
            Err(error) => {
                // A wrong file is of no use, and a full disk needs its space for the transcripts.
                if matches!(error, Error::ModelAltered { .. } | Error::DiskFull { .. }) {
                    part.discard().await;
                }
                Err(error)
            }
        }
    }

    /// Fetches a model that is a folder, file after file. None of them gets its own name before all
    /// of them are there, so that each is read again when the download goes on another day.
    async fn fetch_folder(
        &self,
        library: &Library,
        entry: &Entry,
        url: &str,
        stop: &Stop,
        progress: Progress<'_>,
    ) -> Result<Installed> {
        let folder = library.part(&entry.id);
        fs::create_dir_all(&folder).map_err(|error| Error::writing(&folder, &error))?;
        let (mut before, mut whole) = (0, Vec::new());
        for file in &entry.files {
            let url = format!("{url}{}", file.name);
            let path = folder.join(format!("{}.part", file.name));
            let mut part = Part::open(path.clone(), &url, file.bytes, stop).await?;
            let wanted = Wanted { name: &entry.id, url: &url, bytes: file.bytes, sha256: &file.sha256 };
            let mut each = |received: u64, _: u64| progress(before + received, entry.bytes);
            match self.fill(&mut part, &wanted, stop, &mut each).await {
                Ok(()) => whole.push((part.close().await?, folder.join(&file.name))),
                Err(error) => {
                    if matches!(error, Error::ModelAltered { .. } | Error::DiskFull { .. }) {
                        part.discard().await;
                    }
                    if matches!(error, Error::DiskFull { .. }) {
                        let _ = fs::remove_dir_all(&folder);
                    }
                    return Err(error);
                }
            }
            before += file.bytes;
        }
        for (part, path) in whole {
            fs::rename(&part, &path).map_err(|error| Error::writing(&path, &error))?;
            fs::remove_file(note_path(&part)).map_err(|error| Error::writing(&part, &error))?;
        }
        library.keep(&folder, Record::of(entry, url), entry.sha256.clone())
    }

    /// Fills the part until it has every byte and they are the right ones.
    async fn fill(&self, part: &mut Part, wanted: &Wanted<'_>, stop: &Stop, progress: Progress<'_>) -> Result<()> {
        let failed = |reason: String| Error::DownloadFailed { url: wanted.url.to_owned(), reason };
        let mut failures = 0;
        let mut second_chance = true;
        loop {
            if part.received() < wanted.bytes {
                let before = part.received();
                if let Ended::Broken { reason, wait } = self.attempt(part, wanted, stop, progress).await? {
                    tracing::info!(model = wanted.name, received = part.received(), reason, "the download broke off");
                    failures = if part.received() >= before + WORTH { 1 } else { failures + 1 };
                    if failures >= self.patience.attempts {
                        return Err(failed(reason));
                    }
                    unless_stopped(stop, tokio::time::sleep(self.pause(failures, wait))).await?;
                    continue;
                }
            }
            let found = part.sha256();
            if found == wanted.sha256 {
                progress(wanted.bytes, wanted.bytes);
                return Ok(());
            }
            // A part put together from pieces may be wrong where the file is right: a computer that
            // lost its power leaves zeros at the end. The whole is then fetched in one go, once.
            if !(part.pieced() && second_chance) {
                let (path, expected) = (part.path().display().to_string(), wanted.sha256.to_owned());
                return Err(Error::ModelAltered { path, expected, found });
            }
            second_chance = false;
            part.restart().await?;
        }
    }

    /// Asks the server once for what is missing and writes what it sends.
    async fn attempt(
        &self,
        part: &mut Part,
        wanted: &Wanted<'_>,
        stop: &Stop,
        progress: Progress<'_>,
    ) -> Result<Ended> {
        let failed = |reason: String| Error::DownloadFailed { url: wanted.url.to_owned(), reason };
        let mut response = match self.ask(part, wanted.url, stop).await? {
            Ok(response) => response,
            Err(reason) => return Ok(Ended::Broken { reason, wait: None }),
        };
        match response.status() {
            // The server ignores Range, or the file is not the one the part began with.
            StatusCode::OK => part.restart().await?,
            StatusCode::PARTIAL_CONTENT if range(response.headers()) == Some((part.received(), wanted.bytes)) => {
                part.continue_with_piece();
            }
            StatusCode::PARTIAL_CONTENT | StatusCode::RANGE_NOT_SATISFIABLE => {
                part.restart().await?;
                return Ok(Ended::Broken { reason: "the server sent another part than asked for".into(), wait: None });
            }
            status if is_passing(status) => {
                let wait = retry_after(response.headers());
                return Ok(Ended::Broken { reason: format!("the server answered {status}"), wait });
            }
            status => return Err(failed(format!("the server answered {status}"))),
        }
        refuse_wrong_answer(&response, wanted.bytes - part.received()).map_err(failed)?;
        part.note_etag(response.headers()).await?;

        let mut told = clock::instant();
        progress(part.received(), wanted.bytes);
        loop {
            let chunk = unless_stopped(stop, tokio::time::timeout(self.patience.silence, response.chunk())).await?;
            let chunk = match chunk {
                Err(_) => return Ok(Ended::Broken { reason: "the server fell silent".to_owned(), wait: None }),
                Ok(Err(error)) => return Ok(Ended::Broken { reason: words(&error), wait: None }),
                Ok(Ok(None)) => break,
                Ok(Ok(Some(chunk))) => chunk,
            };
            if part.received() == 0 && is_web_page(&chunk) {
                return Err(failed(WEB_PAGE.to_owned()));
            }
            if part.received() + chunk.len() as u64 > wanted.bytes {
                part.restart().await?;
                return Err(failed(format!("the server sends more than the {} bytes of the file", wanted.bytes)));
            }
            part.write(&chunk).await?;
            if told.elapsed() >= REPORT {
                told = clock::instant();
                progress(part.received(), wanted.bytes);
            }
        }
        Ok(match part.received() == wanted.bytes {
            true => Ended::Whole,
            false => Ended::Broken { reason: "the connection ended before the file did".to_owned(), wait: None },
        })
    }

    /// Sends the request. The inner error is one that another attempt may not meet.
    async fn ask(&self, part: &Part, url: &str, stop: &Stop) -> Result<Result<Response, String>> {
        // A proxy that compresses would change the bytes that Range counts.
        let mut request = self.client.get(url).header(header::ACCEPT_ENCODING, "identity");
        if part.received() > 0 {
            request = request.header(header::RANGE, format!("bytes={}-", part.received()));
            if let Some(etag) = part.etag() {
                request = request.header(header::IF_RANGE, etag);
            }
        }
        match unless_stopped(stop, tokio::time::timeout(self.patience.silence, request.send())).await? {
            Ok(Ok(response)) => Ok(Ok(response)),
            Ok(Err(error)) if error.is_builder() || error.is_redirect() => {
                Err(Error::DownloadFailed { url: url.to_owned(), reason: words(&error) })
            }
            Ok(Err(error)) => Ok(Err(words(&error))),
            Err(_) => Ok(Err("the server does not answer".to_owned())),
        }
    }

    fn pause(&self, failures: u32, wait: Option<Duration>) -> Duration {
        let doubled = self.patience.pause.saturating_mul(1 << failures.saturating_sub(1).min(16));
        wait.map_or(doubled, |wait| wait.max(doubled)).min(self.patience.longest_pause)
    }
}

const WEB_PAGE: &str = "a web page came in the place of the model, as from a proxy that asks for a password";

/// The model, when it is installed or at least lies in the folder. Reading gigabytes takes its
/// time, so another thread does it.
async fn already_here(library: &Library, entry: &Entry, stop: &Stop) -> Result<Option<Installed>> {
    let (library, entry, stop) = (library.clone(), entry.clone(), stop.clone());
    part::blocking(move || match library.ready_unless(&entry.id, &stop) {
        Ok(_) => Ok(library.find(&entry.id)),
        Err(Error::Stopped) => Err(Error::Stopped),
        Err(_) => library.adopt(&entry, &stop),
    })
    .await
}

/// Runs `future` until it ends or somebody asks for the stop.
async fn unless_stopped<T>(stop: &Stop, future: impl Future<Output = T>) -> Result<T> {
    let stopped = async {
        while !stop.is_set() {
            tokio::time::sleep(GLANCE).await;
        }
    };
    tokio::select! {
        biased;
        () = stopped => Err(Error::Stopped),
        output = future => Ok(output),
    }
}

/// Whether the same request may well succeed later.
fn is_passing(status: StatusCode) -> bool {
    status.is_server_error() || matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT)
}

/// Refuses an answer that says of itself that it is not the rest of the model.
fn refuse_wrong_answer(response: &Response, missing: u64) -> Result<(), String> {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if kind.to_ascii_lowercase().starts_with("text/html") {
        return Err(WEB_PAGE.to_owned());
    }
    match response.content_length() {
        Some(length) if length != missing => {
            Err(format!("the server offers {length} bytes, the model lacks {missing}"))
        }
        _ => Ok(()),
    }
}

/// First byte and size of the whole from `Content-Range: bytes 5-9/10`.
fn range(headers: &HeaderMap) -> Option<(u64, u64)> {
    let value = headers.get(header::CONTENT_RANGE)?.to_str().ok()?;
    let (span, whole) = value.strip_prefix("bytes ")?.split_once('/')?;
    Some((span.split_once('-')?.0.trim().parse().ok()?, whole.trim().parse().ok()?))
}

/// How long the server asks us to wait; its other form, a date, is left to our own pauses.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}

/// An error of the network with what caused it: the outermost says only that sending failed.
fn words(error: &reqwest::Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text
}

#[cfg(test)]
mod tests;
