//! The ONNX Runtime library, for a computer whose installed program lost it or never had it.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::part::{Part, blocking};
use super::{Download, Progress, Wanted, unless_stopped};
use crate::disk::Unfinished;
use crate::engine::{Stop, onnx_runtime};
use crate::models::Library;
use crate::models::catalog::LibraryArchive;
use crate::models::library::note_path;
use crate::{Error, Result};

/// What a person types to have it, and what its download is called meanwhile.
pub const ONNX_RUNTIME: &str = "onnxruntime";

impl Download {
    /// Downloads the library to where the engine host looks for it, or returns where it lies already.
    ///
    /// # Errors
    /// [`Error::ModelUnknown`] where its makers have none for computers of this kind; else those of
    /// [`Download::install`].
    pub async fn install_onnx_runtime(
        &self,
        library: &Library,
        stop: &Stop,
        progress: Progress<'_>,
    ) -> Result<PathBuf> {
        // Two models that are downloaded at once need it once.
        static ALONE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
        let _alone = unless_stopped(stop, ALONE.lock()).await?;
        if let Some(here) = here(library) {
            return Ok(here);
        }
        let archive = library.catalog().onnx_runtime();
        let archive = archive.ok_or_else(|| Error::ModelUnknown { id: ONNX_RUNTIME.to_owned() })?;
        self.fetch_onnx_runtime(library, archive, stop, progress).await
    }

    /// Downloads and unpacks it.
    pub(super) async fn fetch_onnx_runtime(
        &self,
        library: &Library,
        archive: &LibraryArchive,
        stop: &Stop,
        progress: Progress<'_>,
    ) -> Result<PathBuf> {
        let _claim = library.claim(ONNX_RUNTIME)?;
        let LibraryArchive { url, bytes, sha256, member, .. } = archive;
        let mut part = Part::open(library.part(ONNX_RUNTIME), url, *bytes, stop).await?;
        let wanted = Wanted { name: ONNX_RUNTIME, url, bytes: *bytes, sha256 };
        match self.fill(&mut part, &wanted, stop, progress).await {
            Ok(()) => {}
            // A wrong file is of no use, and a full disk needs its space for the transcripts.
            Err(Error::ModelAltered { found, .. }) => {
                part.discard().await;
                let reason = format!("its SHA-256 is {found} and not {sha256}");
                return Err(Error::DownloadFailed { url: url.clone(), reason });
            }
            Err(error @ Error::DiskFull { .. }) => {
                part.discard().await;
                return Err(error);
            }
            Err(error) => return Err(error),
        }
        let name = member.rsplit('/').next().unwrap_or_default();
        let place = onnx_runtime::beside_models(library.folder()).join(name);
        let (packed, member, is_zip) = (part.close().await?, member.clone(), url.ends_with(".zip"));
        blocking(move || {
            let unpacked = unpack(&packed, &member, is_zip, &place);
            // Whatever came of it, the archive is of no more use.
            for leftover in [&note_path(&packed), &packed] {
                let _ = fs::remove_file(leftover);
            }
            unpacked.map(|()| place)
        })
        .await
    }
}

/// Where the library lies that engines would load, if there is one.
pub(super) fn here(library: &Library) -> Option<PathBuf> {
    onnx_runtime::library(library.folder()).filter(|path| path.is_file())
}

/// Writes one file of an archive, whose hash was found right, to its place.
fn unpack(packed: &Path, member: &str, is_zip: bool, place: &Path) -> Result<()> {
    let reading = |error: io::Error| Error::Broken { reason: format!("{}: {error}", packed.display()) };
    let missing = || Error::Broken { reason: format!("{} has no {member}", packed.display()) };
    fs::create_dir_all(place.parent().unwrap_or(place)).map_err(|error| Error::writing(place, &error))?;
    let unfinished = Unfinished::new(place)?;
    let mut file = File::create(unfinished.part()).map_err(|error| Error::writing(place, &error))?;
    let mut write =
        |mut from: &mut dyn io::Read| io::copy(&mut from, &mut file).map_err(|error| Error::writing(place, &error));
    let archive = File::open(packed).map_err(reading)?;
    if is_zip {
        let mut archive = zip::ZipArchive::new(archive).map_err(|error| reading(error.into()))?;
        let mut found = archive.by_name(member).map_err(|_| missing())?;
        write(&mut found)?;
    } else {
        let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(archive));
        let mut entries = archive.entries().map_err(reading)?.filter_map(|entry| entry.ok());
        let is_it = |entry: &tar::Entry<_>| {
            entry.path().is_ok_and(|path| path.strip_prefix(".").unwrap_or(&path) == Path::new(member))
        };
        let mut found = entries.find(is_it).ok_or_else(missing)?;
        write(&mut found)?;
    }
    drop(file);
    unfinished.finish()
}
