//! The models folder: each model as `<id>.bin`, or as the folder `<id>`, with a record `<id>.json`
//! beside it.
//!
//! The record keeps the SHA-256 the file had when it was last read from end to end, with its size
//! and time of change; while those two stay as they were the hash is trusted, so that starting to
//! listen does not read gigabytes each time. Whoever can set a file's time back can fool that, and
//! could as well replace the program. Models of the catalogue must have the catalogue's hash,
//! whatever their record says.

use std::fs::{self, File, TryLockError};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Catalog, Entry, folder, is_folder};
use crate::engine::{EngineError, Stop};
use crate::fingerprint::Fingerprint;
use crate::{Error, Result};

pub use several::Brought;

mod import;
mod several;

/// A model on this computer: its record in the models folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Installed {
    /// The name a person types.
    pub id: String,
    /// Which kind of engine loads it.
    pub engine: String,
    /// The name of the file, or folder, in the models folder.
    pub file: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its SHA-256, lower-case hexadecimal.
    pub sha256: String,
    /// When the file was last changed, in milliseconds since 1970-01-01 UTC.
    pub modified_ms: i64,
    /// The licence of the weights as SPDX; none for a model brought along.
    pub licence: Option<String>,
    /// Languages it is for, as ISO 639-1.
    pub languages: Vec<String>,
    /// Where it came from: an address, the name of the file brought along, or «embedded».
    pub source: String,
}

/// The models folder of this computer.
#[derive(Debug, Clone)]
pub struct Library {
    folder: PathBuf,
    catalog: Catalog,
}

impl Library {
    /// Opens the folder, creating it when it is not there.
    ///
    /// # Errors
    /// [`Error::NotWritable`] or [`Error::DiskFull`] when it cannot be created.
    pub fn open(folder: impl Into<PathBuf>) -> Result<Self> {
        Self::with_catalog(folder, Catalog::bundled()?.clone())
    }

    /// Opens the folder with a catalogue of one's own.
    ///
    /// # Errors
    /// As [`Library::open`].
    pub fn with_catalog(folder: impl Into<PathBuf>, catalog: Catalog) -> Result<Self> {
        let folder = folder.into();
        fs::create_dir_all(&folder).map_err(|error| Error::writing(&folder, &error))?;
        Ok(Self { folder, catalog })
    }

    /// The folder of the models.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The models Astra knows, installed or not.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// The models on this computer, by id. Records that cannot be read, or whose file is gone, are
    /// left out: they say nothing a person could use.
    pub fn list(&self) -> Vec<Installed> {
        let mut models: Vec<Installed> = fs::read_dir(&self.folder)
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|file| file.file_name().to_str()?.strip_suffix(".json").map(str::to_owned))
            .filter_map(|id| self.find(&id))
            .collect();
        models.sort_by(|a, b| a.id.cmp(&b.id));
        models
    }

    /// The installed model of this id.
    pub fn find(&self, id: &str) -> Option<Installed> {
        if !is_plain(id) {
            return None;
        }
        let text = fs::read(self.record(id)).ok()?;
        let model: Installed = serde_json::from_slice(&text).ok()?;
        // A record lies in a folder anybody may write to: it never leads to another file.
        let path = self.place(id, &model.engine);
        let there = if is_folder(&model.engine) { path.is_dir() } else { path.is_file() };
        (model.id == id && model.file == file_name(id, &model.engine) && there).then_some(model)
    }

    /// The path of a model that may be loaded now: its bytes are the ones it should have.
    ///
    /// Reads the whole file only when its size or time of change are not those of its record.
    ///
    /// # Errors
    /// [`Error::ModelNotInstalled`], [`Error::ModelUnknown`], and those of [`Library::verify`].
    pub fn ready(&self, id: &str) -> Result<PathBuf> {
        self.ready_unless(id, &Stop::default())
    }

    /// Reads the whole file again and compares its SHA-256 with the one it should have.
    /// `progress` is told bytes read and bytes in all.
    ///
    /// # Errors
    /// [`Error::ModelAltered`] when they differ; the file is left for a person to look at.
    /// [`Error::Stopped`]; [`EngineError::ModelUnreadable`] when the file cannot be read.
    pub fn verify(&self, id: &str, stop: &Stop, progress: &mut dyn FnMut(u64, u64)) -> Result<Installed> {
        let mut model = self.find(id).ok_or_else(|| self.absent(id))?;
        let path = self.place(id, &model.engine);
        // The stamp is taken before reading: a file changed meanwhile is read again next time.
        let (bytes, modified_ms) = stamp(&path)?;
        let found = hash(&path, bytes, stop, progress)?;
        let expected = self.expected(&model).to_owned();
        if found != expected {
            return Err(Error::ModelAltered { path: path.display().to_string(), expected, found });
        }
        (model.bytes, model.modified_ms, model.sha256) = (bytes, modified_ms, found);
        self.write_record(&model)?;
        Ok(model)
    }

    /// Removes a model from this computer, and what a download that was given up left of it.
    ///
    /// # Errors
    /// [`Error::ModelNotInstalled`], [`Error::ModelUnknown`]; [`Error::NotWritable`] when the
    /// operating system keeps the file, as Windows does while an engine has it open.
    pub fn remove(&self, id: &str) -> Result<()> {
        // The weights first: what a failure leaves is still a model with its record.
        let engine = self.find(id).map(|model| model.engine);
        let engine = engine.or_else(|| self.catalog.find(id).map(|entry| entry.engine.clone())).unwrap_or_default();
        let part = self.part(id);
        let mut paths = vec![self.place(id, &engine), self.record(id), note_path(&part), part];
        paths.retain(|path| is_plain(id) && (path.is_file() || path.is_dir() && is_folder(&engine)));
        if paths.is_empty() {
            return Err(self.absent(id));
        }
        paths.iter().try_for_each(|path| gone(path))
    }

    /// Writes a model that is built into the program to the folder, unless it is there already.
    ///
    /// # Errors
    /// [`Error::ModelUnknown`] for an id the catalogue does not call embedded,
    /// [`Error::ModelAltered`] when `bytes` are not the ones the catalogue names, and those of
    /// writing.
    pub fn embed(&self, id: &str, bytes: &'static [u8]) -> Result<Installed> {
        let entry = self.catalog.find(id).filter(|entry| entry.embedded);
        let entry = entry.ok_or_else(|| Error::ModelUnknown { id: id.to_owned() })?;
        if let Some(model) = self.find(id).filter(|_| self.ready(id).is_ok()) {
            return Ok(model);
        }
        let found = Fingerprint::of(bytes);
        if found != entry.sha256 {
            let path = entry.file.clone().unwrap_or_default();
            return Err(Error::ModelAltered { path, expected: entry.sha256.clone(), found });
        }
        let part = self.part(id);
        write_whole(&part, bytes)?;
        self.keep(&part, Record::of(entry, "embedded"), found)
    }

    /// Copies a model, a file or a folder, from elsewhere, such as a USB stick. `progress` is told
    /// bytes copied and bytes in all.
    ///
    /// Its SHA-256 says which model of the catalogue it is; one the catalogue does not know is
    /// called after its file. A model that is there already is not copied twice.
    ///
    /// # Errors
    /// [`Error::ModelBroken`] when it is no whole model; [`Error::ModelAltered`] when it has the
    /// name and size of a model of the catalogue but not its hash; [`Error::DiskFull`],
    /// [`Error::NotWritable`], [`Error::Stopped`]; [`EngineError::ModelUnreadable`] when `file`
    /// cannot be read. What was copied until then is removed.
    pub fn import(&self, file: &Path, stop: &Stop, progress: &mut dyn FnMut(u64, u64)) -> Result<Installed> {
        import::import(self, file, stop, progress)
    }

    /// Copies what lies at `path`: a model, as [`Library::import`] does, or every model in that folder and the folders in
    /// it. `progress` is told bytes copied and bytes in all of one after the other.
    ///
    /// # Errors
    /// Those of [`Library::import`] for a single model; [`Error::ModelBroken`] for a folder without one;
    /// [`Error::Stopped`], with those that were brought until then.
    pub fn import_all(&self, path: &Path, stop: &Stop, progress: &mut dyn FnMut(u64, u64)) -> Result<Brought> {
        several::import_all(self, path, stop, progress)
    }

    /// As [`Library::ready`], but the reading can be stopped.
    pub(super) fn ready_unless(&self, id: &str, stop: &Stop) -> Result<PathBuf> {
        let model = self.find(id).ok_or_else(|| self.absent(id))?;
        let path = self.place(id, &model.engine);
        if model.sha256 != self.expected(&model) || stamp(&path)? != (model.bytes, model.modified_ms) {
            self.verify(id, stop, &mut |_, _| {})?;
        }
        Ok(path)
    }

    /// Where the weights of a model for this kind of engine lie.
    pub(super) fn place(&self, id: &str, engine: &str) -> PathBuf {
        self.folder.join(file_name(id, engine))
    }

    /// Where the weights of a model lie while they are still arriving: a file, or a folder.
    pub(super) fn part(&self, id: &str) -> PathBuf {
        self.folder.join(format!("{id}.bin.part"))
    }

    /// Claims the right to bring in the model `id` for as long as the returned file lives, so that
    /// two Astras never write one part. Where the file system knows no locks there is no claim to
    /// lose, and the hash of what was written still decides.
    pub(super) fn claim(&self, id: &str) -> Result<File> {
        let path = self.folder.join(format!("{id}.lock"));
        let file = File::create(&path).map_err(|error| Error::writing(&path, &error))?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => {
                let reason = "another Astra is bringing in a model".to_owned();
                Err(Error::NotWritable { path: path.display().to_string(), reason })
            }
            Err(TryLockError::Error(error)) => {
                tracing::debug!(%error, "the models folder knows no locks");
                Ok(file)
            }
            Ok(()) => Ok(file),
        }
    }

    fn record(&self, id: &str) -> PathBuf {
        self.folder.join(format!("{id}.json"))
    }

    /// Makes a finished part a model: renames it, over an older one if need be, and records it.
    /// The caller has found `sha256` by reading every byte and has closed the file.
    pub(super) fn keep(&self, part: &Path, record: Record, sha256: String) -> Result<Installed> {
        let path = self.place(&record.id, &record.engine);
        if path.is_dir() && part != path {
            // Nothing is renamed over a folder that has files.
            gone(&path)?;
        }
        fs::rename(part, &path).map_err(|error| Error::writing(&path, &error))?;
        let (bytes, modified_ms) = stamp(&path)?;
        let Record { id, engine, licence, languages, source } = record;
        let file = file_name(&id, &engine);
        let model = Installed { id, engine, file, bytes, sha256, modified_ms, licence, languages, source };
        self.write_record(&model)?;
        Ok(model)
    }

    /// Records the file of a model of the catalogue that lies in the folder without a record, as
    /// after a crash between the two steps of [`Library::keep`], if its bytes are right.
    pub(super) fn adopt(&self, entry: &Entry, stop: &Stop) -> Result<Option<Installed>> {
        let path = self.place(&entry.id, &entry.engine);
        match stamp(&path) {
            Ok((bytes, _)) if bytes == entry.bytes => {}
            _ => return Ok(None),
        }
        let found = hash(&path, entry.bytes, stop, &mut |_, _| {})?;
        if found != entry.sha256 {
            return Ok(None);
        }
        let source = entry.url.as_deref().unwrap_or_default();
        self.keep(&path, Record::of(entry, source), found).map(Some)
    }

    fn write_record(&self, model: &Installed) -> Result<()> {
        let text = serde_json::to_vec_pretty(model).map_err(|error| Error::Broken { reason: error.to_string() })?;
        let path = self.record(&model.id);
        let part = path.with_extension("json.part");
        write_whole(&part, &text)?;
        fs::rename(&part, &path).map_err(|error| Error::writing(&path, &error))
    }

    /// The SHA-256 this model has to have.
    fn expected<'a>(&'a self, model: &'a Installed) -> &'a str {
        self.catalog.find(&model.id).map_or(&model.sha256, |entry| &entry.sha256)
    }

    fn absent(&self, id: &str) -> Error {
        match self.catalog.find(id) {
            Some(_) => Error::ModelNotInstalled { id: id.to_owned() },
            None => Error::ModelUnknown { id: id.to_owned() },
        }
    }
}

/// What is known of a model before its file is in place.
pub(super) struct Record {
    id: String,
    engine: String,
    licence: Option<String>,
    languages: Vec<String>,
    source: String,
}

impl Record {
    pub(super) fn of(entry: &Entry, source: &str) -> Self {
        Self {
            id: entry.id.clone(),
            engine: entry.engine.clone(),
            licence: Some(entry.licence.clone()),
            languages: entry.languages.clone(),
            source: source.to_owned(),
        }
    }
}

/// The note beside a part that says where it comes from.
pub(super) fn note_path(part: &Path) -> PathBuf {
    part.with_extension("part.note")
}

fn file_name(id: &str, engine: &str) -> String {
    if is_folder(engine) { id.to_owned() } else { format!("{id}.bin") }
}

/// Removes a file, or a folder with all that is in it.
pub(super) fn gone(path: &Path) -> Result<()> {
    let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    removed.map_err(|error| Error::writing(path, &error))
}

/// Whether an id is one we would have given: nothing else becomes part of a path.
fn is_plain(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_alphanumeric())
        && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_'))
}

/// Size in bytes and time of change in milliseconds of a model.
fn stamp(path: &Path) -> Result<(u64, i64)> {
    folder::stamp(path).map_err(|error| unreadable(path, &error))
}

fn hash(path: &Path, bytes: u64, stop: &Stop, progress: &mut dyn FnMut(u64, u64)) -> Result<String> {
    let found = folder::hash(path, stop, &mut |read| progress(read, bytes.max(read)));
    found.map_err(|error| unreadable(path, &error))?.ok_or(Error::Stopped)
}

fn unreadable(path: &Path, error: &std::io::Error) -> Error {
    EngineError::ModelUnreadable { model: path.display().to_string(), reason: error.to_string() }.into()
}

/// Writes a file and waits until the disk has it; leaves nothing behind when that fails.
fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let written = File::create(path).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.map_err(|error| {
        // The first failure is the one to tell.
        let _ = fs::remove_file(path);
        Error::writing(path, &error)
    })
}

#[cfg(test)]
mod tests;
