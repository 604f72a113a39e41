//! The part of a model that has arrived: a file, the hash of what is in it, and a note of where it
//! comes from, so that a download goes on where it stopped, even days later.

use std::fs::File as StdFile;
use std::io::Seek as _;
use std::path::{Path, PathBuf};

use reqwest::header::{self, HeaderMap};
use serde::{Deserialize, Serialize};
use tokio::fs::{self, File};
use tokio::io::{AsyncSeekExt as _, AsyncWriteExt as _};

use crate::engine::Stop;
use crate::fingerprint::{Fingerprint, read_blocks};
use crate::models::library::{Record, note_path};
use crate::models::{Entry, Installed, Library};
use crate::{Error, Result};

/// Where the bytes of a part come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Note {
    url: String,
    /// What the server calls this state of the file; only a strong one may be sent back.
    etag: Option<String>,
}

/// A model that is still arriving.
pub(super) struct Part {
    path: PathBuf,
    file: File,
    fingerprint: Fingerprint,
    received: u64,
    /// Whether its bytes came in more than one piece.
    pieced: bool,
    note: Note,
}

impl Part {
    /// Opens the part at `path`, with what arrived earlier from the same address. Its hash is
    /// computed anew from the file.
    pub(super) async fn open(path: PathBuf, url: &str, bytes: u64, stop: &Stop) -> Result<Self> {
        let fresh = Note { url: url.to_owned(), etag: None };
        let note: Option<Note> =
            fs::read(note_path(&path)).await.ok().and_then(|text| serde_json::from_slice(&text).ok());
        let usable = note.as_ref().is_some_and(|note| note.url == url);
        let (opened, stop) = (path.clone(), stop.clone());
        let (file, fingerprint, received) = blocking(move || {
            let failed = |error: std::io::Error| Error::writing(&opened, &error);
            let mut file =
                StdFile::options().read(true).write(true).create(true).truncate(false).open(&opened).map_err(failed)?;
            let length = file.metadata().map_err(failed)?.len();
            if length > bytes || (length > 0 && !usable) {
                file.set_len(0).map_err(failed)?;
                return Ok((file, Fingerprint::default(), 0));
            }
            if length == 0 {
                return Ok((file, Fingerprint::default(), 0));
            }
            let mut fingerprint = Fingerprint::default();
            let ended = read_blocks(&file, &stop, |block| {
                fingerprint.add(block);
                Ok::<_, std::io::Error>(())
            });
            let received = file.stream_position().map_err(failed)?;
            if ended.map_err(failed)? { Ok((file, fingerprint, received)) } else { Err(Error::Stopped) }
        })
        .await?;
        let note = note.filter(|_| received > 0).unwrap_or(fresh);
        Ok(Self { path, file: File::from_std(file), fingerprint, received, pieced: received > 0, note })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn received(&self) -> u64 {
        self.received
    }

    pub(super) fn pieced(&self) -> bool {
        self.pieced
    }

    pub(super) fn etag(&self) -> Option<&str> {
        self.note.etag.as_deref()
    }

    pub(super) fn sha256(&self) -> String {
        self.fingerprint.clone().finish()
    }

    /// What comes next is a piece to go after what is there.
    pub(super) fn continue_with_piece(&mut self) {
        self.pieced |= self.received > 0;
    }

    /// Forgets all bytes.
    pub(super) async fn restart(&mut self) -> Result<()> {
        if self.received > 0 {
            self.file.set_len(0).await.map_err(|error| Error::writing(&self.path, &error))?;
            self.file.rewind().await.map_err(|error| Error::writing(&self.path, &error))?;
        }
        (self.fingerprint, self.received, self.pieced) = (Fingerprint::default(), 0, false);
        self.note.etag = None;
        Ok(())
    }

    /// Notes what the server calls the file it is sending, before its first byte is written: a
    /// part without a note is never gone on with.
    pub(super) async fn note_etag(&mut self, headers: &HeaderMap) -> Result<()> {
        let etag = headers.get(header::ETAG).and_then(|value| value.to_str().ok());
        // RFC 9110, 13.1.5: a weak tag must not be used in If-Range.
        if let Some(etag) = etag.filter(|etag| !etag.starts_with("W/")) {
            self.note.etag = Some(etag.to_owned());
        }
        let path = note_path(&self.path);
        let text = serde_json::to_vec(&self.note).map_err(|error| Error::Broken { reason: error.to_string() })?;
        fs::write(&path, text).await.map_err(|error| Error::writing(&path, &error))
    }

    pub(super) async fn write(&mut self, bytes: &[u8]) -> Result<()> {
        // The flush waits for the write itself, so that what `received` counts is in the file.
        let written = async {
            self.file.write_all(bytes).await?;
            self.file.flush().await
        };
        written.await.map_err(|error| Error::writing(&self.path, &error))?;
        self.fingerprint.add(bytes);
        self.received += bytes.len() as u64;
        Ok(())
    }

    /// Makes the whole part an installed model.
    pub(super) async fn finish(self, library: &Library, entry: &Entry) -> Result<Installed> {
        self.file.sync_all().await.map_err(|error| Error::writing(&self.path, &error))?;
        let sha256 = self.sha256();
        let Self { path, file, note, .. } = self;
        // Closed before it is renamed, for Windows.
        drop(file.into_std().await);
        let (library, record) = (library.clone(), Record::of(entry, &note.url));
        blocking(move || {
            let model = library.keep(&path, record, sha256)?;
            // A note without its part is never read.
            let _ = std::fs::remove_file(note_path(&path));
            Ok(model)
        })
        .await
    }

    /// Closes the whole part and returns where it lies, its note beside it.
    pub(super) async fn close(self) -> Result<PathBuf> {
        self.file.sync_all().await.map_err(|error| Error::writing(&self.path, &error))?;
        drop(self.file.into_std().await);
        Ok(self.path)
    }

    /// Removes the part. The caller has an error to tell that matters more than one of removing.
    pub(super) async fn discard(self) {
        drop(self.file.into_std().await);
        let _ = fs::remove_file(&self.path).await;
        let _ = fs::remove_file(note_path(&self.path)).await;
    }
}

/// Runs something that reads or writes much on a thread made for that.
pub(super) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|error| Err(Error::Broken { reason: error.to_string() }))
}
