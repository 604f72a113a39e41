//! What a file is that stands still: no recording, one that was seen before, one that is not whole yet,
//! or one to be heard.

use std::fs::File;
use std::io;
use std::path::Path;

use super::App;
use super::intake::sounds_like_a_recording;
use super::watching::in_thread;
use crate::engine::Stop;
use crate::error::{Error, Result};
use crate::fingerprint;
use crate::intake::{self, Arrival, scan, whereabouts};
use crate::media::whole::{self, Wholeness};
use crate::sentences::{error_sentence, sentence};
use crate::sessions::{Recording, Source};
use crate::store::{Folder, Noticed, Ruling};
use crate::watch::{Happening, Look};

/// A recording that was not closed by its writer is taken as it is after so many looks.
const UNCLOSED_LOOKS: usize = 3;

/// What is to be done with a file.
pub(super) enum Judged {
    /// Nothing, until it changes.
    Settled,
    /// It is new and can be heard.
    Recording(Box<Arrived>),
    /// It may become whole or readable.
    Incomplete(Cause),
    /// It may not be read.
    Forbidden,
    /// Something else stands in the way.
    Hindered,
}

/// What is wrong with a file.
pub(super) struct Cause {
    /// The name it has in every language: of a reason, or of an error.
    pub(super) name: String,
    /// What its words have a place for.
    pub(super) detail: String,
    /// The Spanish words.
    pub(super) words: String,
}

/// A recording that came by itself.
pub(super) struct Arrived {
    pub(super) arrival: Arrival,
    pub(super) noticed: Noticed,
    /// How many files that look like it were known when it was judged.
    pub(super) alike: usize,
}

/// What stands in a file, as far as one can see without decoding it.
struct Inside {
    surely_none: bool,
    surely_sound: bool,
    wholeness: Wholeness,
    fingerprint: String,
}

impl App {
    /// Judges a file that was opened `tries` times in vain before.
    pub(super) async fn judge(
        &self,
        folder: &Folder,
        path: &Path,
        look: Look,
        tries: usize,
        stop: &Stop,
    ) -> Result<Judged> {
        let inside = match self.inside(path).await? {
            Ok(inside) => inside,
            Err(error) => return Ok(unopened(&error)),
        };
        if inside.surely_none || self.is_our_own(path, look, stop).await? {
            return Ok(Judged::Settled);
        }
        let alike = self.store().noticed_like(&inside.fingerprint).await?.len();
        if self.is_known(folder, path, look, &inside.fingerprint, stop).await? {
            return Ok(Judged::Settled);
        }
        match inside.wholeness {
            Wholeness::Cut => {
                return Ok(Judged::Incomplete(Cause::of("cut", String::new())));
            }
            Wholeness::Unclosed if tries < UNCLOSED_LOOKS => {
                return Ok(Judged::Incomplete(Cause::of("unclosed", String::new())));
            }
            Wholeness::Unclosed => self.notice(folder.id, path, Happening::Unclosed, None, &[]).await?,
            Wholeness::Whole => {}
        }
        let noticed = |verdict: Ruling| Noticed {
            path: path.to_owned(),
            look,
            fingerprint: inside.fingerprint.clone(),
            verdict,
            recording: None,
            started_at_ms: None,
            duration_ms: None,
        };
        let (asked, again) = (path.to_owned(), path.to_owned());
        let examined = in_thread(move || intake::examine(&asked)).await.map_err(|error| broken(&error))?;
        let now = in_thread(move || scan::look_at(&again)).await.map_err(|error| broken(&error))?;
        if !matches!(now, Ok(Some(now)) if now == look) {
            // It goes on changing, or is gone: the next look begins anew.
            return Ok(Judged::Hindered);
        }
        match examined {
            Ok(arrival) => {
                let mut noticed = noticed(Ruling::Taken);
                noticed.recording = Some(arrival.recording.id);
                noticed.started_at_ms = arrival.recording.started_at_ms;
                noticed.duration_ms = arrival.recording.claimed_ms;
                if self.has_grown(folder, &noticed, &arrival.recording, stop).await? {
                    return Ok(Judged::Settled);
                }
                Ok(Judged::Recording(Box::new(Arrived { arrival, noticed, alike })))
            }
            Err(error @ (Error::RecordingMissing { .. } | Error::RecordingUnreadable { .. })) => {
                let (name, words) = (error.code(), error_sentence(&error));
                Ok(Judged::Incomplete(Cause { name, detail: String::new(), words }))
            }
            Err(error @ (Error::ProgramMissing { .. } | Error::Broken { .. } | Error::Stopped)) => {
                tracing::warn!(code = error.code(), "a file could not be looked into");
                Ok(Judged::Hindered)
            }
            Err(error) => {
                self.store().put_noticed(folder.id, &noticed(Ruling::Refused)).await?;
                if sounds_like_a_recording(path.as_os_str()) {
                    let (reason, cause) = (error_sentence(&error), error.code());
                    let fields = [("reason", reason.as_str()), ("cause", &cause)];
                    self.notice(folder.id, path, Happening::Refused, None, &fields).await?;
                }
                Ok(Judged::Settled)
            }
        }
    }

    /// What lies in a folder at its first look, if it may be a recording; without decoding it, since there
    /// may be years of them. The inner error is that of a file that cannot be opened.
    pub(super) async fn existing_file(
        &self,
        path: &Path,
        look: Look,
        stop: &Stop,
    ) -> Result<io::Result<Option<Noticed>>> {
        let inside = match self.inside(path).await? {
            Ok(inside) => inside,
            Err(error) => return Ok(Err(error)),
        };
        if inside.surely_none || !(inside.surely_sound || sounds_like_a_recording(path.as_os_str())) {
            return Ok(Ok(None));
        }
        if self.is_our_own(path, look, stop).await? {
            return Ok(Ok(None));
        }
        let known = self.store().noticed_like(&inside.fingerprint).await?.into_iter().next();
        let verdict = known.as_ref().map_or(Ruling::Existing, |known| known.verdict);
        let taken = self.recording_of(&inside.fingerprint).await?;
        Ok(Ok(Some(Noticed {
            path: path.to_owned(),
            look,
            verdict: if taken.is_some() { Ruling::Taken } else { verdict },
            recording: taken.map(|recording| recording.id).or(known.as_ref().and_then(|known| known.recording)),
            started_at_ms: known.as_ref().and_then(|known| known.started_at_ms),
            duration_ms: known.as_ref().and_then(|known| known.duration_ms),
            fingerprint: inside.fingerprint,
        })))
    }

    /// Whether Astra wrote it itself, as a rendition of a session: what comes out must not go in again. Folders have
    /// several names, so the name of the file and what it holds say so.
    async fn is_our_own(&self, path: &Path, look: Look, stop: &Stop) -> Result<bool> {
        let written = self.store().documents_named(path.file_name().unwrap_or_default()).await?;
        if written.is_empty() {
            return Ok(false);
        }
        let (path, stop) = (path.to_owned(), stop.clone());
        let found = in_thread(move || fingerprint::of_beginning(&path, look.bytes, &stop));
        let found = found.await.map_err(|error| broken(&error))?;
        Ok(matches!(found, Ok(Some(sha256)) if written.contains(&sha256)))
    }

    async fn inside(&self, path: &Path) -> Result<io::Result<Inside>> {
        let path = path.to_owned();
        let look_into = move || {
            let mut file = File::open(&path)?;
            let head = whole::head(&mut file)?;
            let (surely_none, surely_sound) = (whole::is_surely_no_recording(&head), whole::is_surely_sound(&head));
            if surely_none {
                let (wholeness, fingerprint) = (Wholeness::Whole, String::new());
                return Ok(Inside { surely_none, surely_sound, wholeness, fingerprint });
            }
            let wholeness = whole::wholeness(&mut file)?;
            Ok(Inside { surely_none, surely_sound, wholeness, fingerprint: fingerprint::quick(&path)? })
        };
        in_thread(look_into).await.map_err(|error| broken(&error))
    }

    /// Whether the same recording was seen before, here or elsewhere: under another name, through another
    /// path of the same share, on a card that was plugged in again, dropped on the window.
    async fn is_known(&self, folder: &Folder, path: &Path, look: Look, fingerprint: &str, stop: &Stop) -> Result<bool> {
        let judged = self.store().noticed_like(fingerprint).await?;
        if let Some(same) = judged.iter().find(|one| one.path == path) {
            self.store().put_noticed(folder.id, &Noticed { look, ..same.clone() }).await?;
            return Ok(true);
        }
        let recording = self.recording_of(fingerprint).await?;
        if let Some(recording) = &recording {
            let (known, candidate, stop) = (recording.clone(), path.to_owned(), stop.clone());
            let same = in_thread(move || whereabouts::is_same(&known, &candidate, &stop));
            if !same.await.map_err(|error| broken(&error))?? {
                return Ok(false);
            }
            if let Source::File(original) = &recording.source
                && !original.exists()
            {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                self.store().set_source(recording.id, &Source::File(path.to_owned()), &name).await?;
            }
        }
        let known = match (judged.first(), recording) {
            (Some(known), _) => Noticed { path: path.to_owned(), look, ..known.clone() },
            (None, Some(recording)) => Noticed {
                path: path.to_owned(),
                look,
                fingerprint: fingerprint.to_owned(),
                verdict: Ruling::Taken,
                recording: Some(recording.id),
                started_at_ms: recording.started_at_ms,
                duration_ms: recording.claimed_ms,
            },
            (None, None) => return Ok(false),
        };
        self.store().put_noticed(folder.id, &known).await?;
        if known.verdict != Ruling::Refused {
            self.notice(folder.id, path, Happening::Known, None, &[]).await?;
        }
        Ok(true)
    }

    /// Whether it is a recording of a session that went on: a recorder paused for so long that it seemed to
    /// have ended. Every byte known before must still be there.
    async fn has_grown(&self, folder: &Folder, noticed: &Noticed, grown: &Recording, stop: &Stop) -> Result<bool> {
        for earlier in self.store().noticed_at(&noticed.path).await? {
            let length = earlier.look.bytes;
            let Some(id) = earlier.recording.filter(|_| length < noticed.look.bytes) else { continue };
            let sessions = self.store().sessions_with(id).await?;
            let parts = sessions.iter().flat_map(|summary| &summary.parts);
            let Some(known) = parts.map(|part| &part.recording).find(|recording| recording.id == id) else { continue };
            let (path, known, stop) = (noticed.path.clone(), known.clone(), stop.clone());
            let same = in_thread(move || {
                if fingerprint::quick_of(&path, length)? != earlier.fingerprint {
                    return Ok(false);
                }
                let Some(sha256) = &known.sha256 else { return Ok(true) };
                Ok::<_, io::Error>(fingerprint::of_beginning(&path, length, &stop)?.as_ref() == Some(sha256))
            });
            if !matches!(same.await, Ok(Ok(true))) {
                continue;
            }
            let sessions = self.grow(id, grown).await?;
            self.store().put_noticed(folder.id, &Noticed { recording: Some(id), ..noticed.clone() }).await?;
            self.notice(folder.id, &noticed.path, Happening::Grown, sessions.first().copied(), &[]).await?;
            return Ok(true);
        }
        Ok(false)
    }

    /// The recording of a session that may be the same.
    async fn recording_of(&self, fingerprint: &str) -> Result<Option<Recording>> {
        Ok(self.store().recordings_like(fingerprint).await?.into_iter().next())
    }
}

impl Cause {
    /// A reason of the catalogue.
    fn of(name: &str, detail: String) -> Self {
        let words = sentence(&format!("watch.reason.{name}"), &[("reason", &detail)]);
        Self { name: name.to_owned(), detail, words }
    }
}

/// What is to be done with a file that could not be opened.
fn unopened(error: &io::Error) -> Judged {
    match error.kind() {
        io::ErrorKind::NotFound => Judged::Settled,
        io::ErrorKind::PermissionDenied => Judged::Forbidden,
        _ => Judged::Incomplete(Cause::of("unreadable", error.to_string())),
    }
}

fn broken(error: &tokio::sync::oneshot::error::RecvError) -> Error {
    Error::Broken { reason: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_permission_is_not_one_that_is_broken() {
        let judged = |kind: io::ErrorKind| unopened(&io::Error::from(kind));
        assert!(matches!(judged(io::ErrorKind::PermissionDenied), Judged::Forbidden));
        assert!(matches!(judged(io::ErrorKind::NotFound), Judged::Settled));
        assert!(
            matches!(judged(io::ErrorKind::TimedOut), Judged::Incomplete(Cause { name, .. }) if name == "unreadable")
        );
    }
}
