//! Renditions of a session: audio, video with subtitles, a picture, the waveform; made on demand, in a file of
//! their own beside the other documents.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{App, blocking};
use crate::clock;
use crate::disk::{Unfinished, check_room};
use crate::engine::Stop;
use crate::error::{Error, Failure, Result};
use crate::event::Event;
use crate::fingerprint;
use crate::id::SessionId;
use crate::media::render::arguments::Order;
use crate::media::render::profile::{MadeOf, Profile};
use crate::media::render::{self};
use crate::minutes::acta::Copy;
use crate::sentences::sentence;
use crate::sessions::documents::file_stem;
use crate::store::Store;

mod material;
mod waveform;

use material::{Hidden, Material};

/// How long ago a file that is being made was last written to at most, in milliseconds: an older one was left by
/// a program that died.
const ALIVE_MS: i64 = 60_000;

/// How long is waited between looks at whether renditions that were given up have ended.
const GLANCE: Duration = Duration::from_millis(20);

/// A kind of rendition as somebody chooses one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct RenditionProfile {
    /// What it is called.
    pub id: String,
    /// What it is called for a person, in Spanish.
    pub name: String,
    /// What its file ends in.
    pub extension: String,
    /// Whether the session has what it needs: a picture, say.
    pub possible: bool,
    /// How much room it takes at most.
    pub most_bytes: u64,
}

/// A rendition that somebody asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenditionWish {
    /// The id of its profile.
    pub profile: String,
    /// For whom.
    pub copy: Copy,
    /// The folder it goes to.
    pub folder: PathBuf,
    /// The name of its file without what tells its format; told from the session's title otherwise.
    pub name: Option<String>,
}

impl App {
    /// What a session can be rendered as.
    ///
    /// # Errors
    /// [`Error::SessionUnknown`]; [`Error::RecordingMissing`] when neither the recordings nor their copies are
    /// there; those of reading them.
    pub async fn rendition_profiles(&self, session: SessionId) -> Result<Vec<RenditionProfile>> {
        let material = self.rendition_material(session).await?;
        let row = |profile: &Profile| RenditionProfile {
            id: profile.id.clone(),
            name: profile.name(),
            extension: profile.extension.clone(),
            possible: !profile.needs_picture() || material.has_picture(),
            most_bytes: profile.most_bytes(material.length_ms),
        };
        Ok(Profile::all().iter().map(row).collect())
    }

    /// Makes a rendition and returns where it is. `progress` gets how many milliseconds are done and how many there
    /// are. A file that is there is left as it is unless Astra wrote it and nobody changed it; the new one stands
    /// beside it. Nothing of one that is not finished stays.
    ///
    /// # Errors
    /// [`Error::RenditionUnknown`], [`Error::PictureMissing`], [`Error::DiskTooSmall`], [`Error::Stopped`], and
    /// those of [`render::render`] and [`App::rendition_profiles`].
    pub async fn render(
        &self,
        session: SessionId,
        wish: &RenditionWish,
        stop: &Stop,
        progress: impl Fn(u64, u64) + Send + 'static,
    ) -> Result<PathBuf> {
        let unknown = || Error::RenditionUnknown { profile: wish.profile.clone() };
        let profile = Profile::named(&wish.profile).ok_or_else(unknown)?;
        let material = self.rendition_material(session).await?;
        if profile.needs_picture() && !material.has_picture() {
            return Err(Error::PictureMissing);
        }
        crate::sessions::documents::check_folder(&wish.folder)?;
        check_room(&wish.folder, profile.most_bytes(material.length_ms))?;
        let hidden = self.hidden(session, wish.copy).await?;
        let path = self.free_name(session, wish, &material.title, profile).await?;
        let (unfinished, folder, stopped) = (Unfinished::new(&path)?, self.folder().clone(), stop.clone());
        let sha256 = blocking(move || {
            if profile.made_of == MadeOf::Peaks {
                let bytes = waveform::of(&folder, &material, &hidden, profile, &stopped)?;
                std::fs::write(unfinished.part(), bytes).map_err(|error| Error::writing(unfinished.part(), &error))?;
            } else {
                make(profile, &material, &hidden, &folder.rendering(), unfinished.part(), &stopped, progress)?;
            }
            let sha256 = fingerprint::of_file(unfinished.part(), &stopped)
                .map_err(|error| Error::writing(unfinished.part(), &error))?;
            // Whoever stops it now finds nothing either.
            let sha256 = sha256.ok_or(Error::Stopped)?;
            unfinished.finish()?;
            Ok(sha256)
        })
        .await?;
        self.store().put_document(session, &profile.extension, &path, &sha256).await?;
        Ok(path)
    }

    /// Makes a rendition in the background, where the session's documents go; events tell how far it is and how it
    /// ended. One that is being made already goes on.
    ///
    /// # Errors
    /// [`Error::RenditionUnknown`].
    pub fn rendition_make(&self, session: SessionId, profile: &str, copy: Copy) -> Result<()> {
        if Profile::named(profile).is_none() {
            return Err(Error::RenditionUnknown { profile: profile.to_owned() });
        }
        let (stop, key) = (Stop::default(), (session, profile.to_owned()));
        {
            let mut renditions = self.renditions.lock().unwrap_or_else(PoisonError::into_inner);
            if renditions.contains_key(&key) {
                return Ok(());
            }
            renditions.insert(key.clone(), stop.clone());
        }
        let app = self.clone();
        tokio::spawn(async move {
            let outcome = app.make_in_background(session, &key.1, copy, &stop).await;
            app.renditions.lock().unwrap_or_else(PoisonError::into_inner).remove(&key);
            let profile = key.1;
            app.emit(match outcome {
                Ok(path) => Event::RenditionMade { session, profile, path: path.display().to_string() },
                Err(Error::Stopped) => Event::RenditionStopped { session, profile },
                Err(error) => Event::RenditionFailed { session, profile, failure: Failure::from(&error) },
            });
        });
        Ok(())
    }

    /// Gives up a rendition that is being made in the background.
    pub fn rendition_cancel(&self, session: SessionId, profile: &str) {
        let renditions = self.renditions.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(stop) = renditions.get(&(session, profile.to_owned())) {
            stop.set();
        }
    }

    /// Gives up every rendition that is being made, because the program ends: returns when nothing of them is left.
    pub async fn renditions_end(&self) {
        loop {
            {
                let renditions = self.renditions.lock().unwrap_or_else(PoisonError::into_inner);
                if renditions.is_empty() {
                    return;
                }
                renditions.values().for_each(Stop::set);
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    async fn make_in_background(&self, session: SessionId, profile: &str, copy: Copy, stop: &Stop) -> Result<PathBuf> {
        let folder = self.documents_folder(session, &self.settings_get().await?).await?;
        let wish = RenditionWish { profile: profile.to_owned(), copy, folder, name: None };
        let (app, id, told) = (self.clone(), profile.to_owned(), std::sync::Mutex::new(None));
        let progress = move |done_ms: u64, total_ms: u64| {
            // A whole percent is all that anyone sees.
            let percent = (done_ms * 100).checked_div(total_ms);
            let before = told.lock().unwrap_or_else(PoisonError::into_inner).replace(percent);
            if before != Some(percent) {
                app.emit(Event::RenditionProgressed { session, profile: id.clone(), done_ms, total_ms });
            }
        };
        self.render(session, &wish, stop, progress).await
    }

    /// A name under which nobody keeps anything else.
    async fn free_name(
        &self,
        session: SessionId,
        wish: &RenditionWish,
        title: &str,
        profile: &Profile,
    ) -> Result<PathBuf> {
        let stem = wish.name.clone().unwrap_or_else(|| {
            let key = match wish.copy {
                Copy::Complete => "document.rendition_name",
                Copy::Public => "document.rendition_name_public",
            };
            file_stem(&sentence(key, &[("title", title), ("profile", &profile.id)]))
        });
        for number in 1_u32.. {
            let number = if number == 1 { String::new() } else { format!(" ({number})") };
            let path = wish.folder.join(format!("{stem}{number}.{}", profile.extension));
            if is_being_made(&path) {
                continue;
            }
            if !path.exists() || is_ours(self.store(), session, &path).await? {
                return Ok(path);
            }
        }
        Err(Error::Broken { reason: "no free name for a rendition".to_owned() })
    }
}

/// Makes what ffmpeg makes.
fn make(
    profile: &Profile,
    material: &Material,
    hidden: &Hidden,
    desk: &Path,
    part: &Path,
    stop: &Stop,
    progress: impl Fn(u64, u64) + Send + 'static,
) -> Result<()> {
    let mut subtitles = None;
    if profile.subtitles.is_some() && !hidden.subtitles.is_empty() {
        std::fs::create_dir_all(desk).map_err(|error| Error::writing(desk, &error))?;
        // Never finished, so that it goes when the rendition is made.
        let file = Unfinished::new(&desk.join(format!("{}.srt", uuid::Uuid::now_v7())))?;
        std::fs::write(file.part(), &hidden.subtitles).map_err(|error| Error::writing(file.part(), &error))?;
        subtitles = Some(file);
    }
    let order = Order {
        profile,
        sources: &material.sources,
        silent: &hidden.silent,
        dark: &hidden.dark,
        subtitles: subtitles.as_ref().map(Unfinished::part),
        language: &material.language,
    };
    let total_ms = order.length_ms();
    render::render(&order, part, stop, move |done_ms| progress(done_ms.min(total_ms), total_ms))
}

/// Whether somebody is writing what will have this name.
fn is_being_made(path: &Path) -> bool {
    let mut part = OsString::from(path);
    part.push(".part");
    let written = std::fs::metadata(part).and_then(|facts| facts.modified());
    written.is_ok_and(|written| clock::since_ms(written) < ALIVE_MS)
}

/// Whether Astra wrote this for the session and nobody changed it.
async fn is_ours(store: &Store, session: SessionId, path: &Path) -> Result<bool> {
    let Some(known) = store.document_sha256(session, path).await? else { return Ok(false) };
    let path = path.to_owned();
    let found = blocking(move || Ok(fingerprint::of_file(&path, &Stop::default()).ok().flatten())).await?;
    Ok(found == Some(known))
}

#[cfg(test)]
mod tests;
