//! A data folder as one zip file: the database with the settings, the listening copies and the waveforms, and a
//! list with the hash of each. Models are left out, since any computer can install them.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::BLOCK;
use crate::app::backup::put_aside;
use crate::disk::{Unfinished, check_room, sync_folder_of};
use crate::engine::Stop;
use crate::error::{Error, Result};
use crate::fingerprint::Fingerprint;
use crate::id::RecordingId;
use crate::settings::{DataFolder, Presence};
use crate::store::Store;
use crate::store::backup;

/// The list of what is in an export.
const LIST: &str = "astra-data.json";
const SCHEMA: &str = "astra-data";
const DATABASE: &str = "astra.db";

/// What became of an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Imported {
    /// How many sessions are in it.
    pub sessions: u32,
    /// The name under which what was the database until then is kept among the backups; none when there was none.
    pub kept: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct List {
    schema: String,
    version: u32,
    files: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    path: String,
    bytes: u64,
    sha256: String,
}

/// Writes a data folder into a file, as it is at this moment; others may go on working with it. `progress` gets how
/// many bytes are read, and of how many.
///
/// # Errors
/// [`Error::DiskTooSmall`] and those of the store and the disk; [`Error::Stopped`]. A file that is there already is
/// [`Error::NotWritable`]. Nothing half-written stays.
pub async fn export(folder: &DataFolder, to: &Path, stop: &Stop, mut progress: impl FnMut(u64, u64)) -> Result<()> {
    if to.exists() {
        return Err(Error::NotWritable { path: to.display().to_string(), reason: "there is such a file".to_owned() });
    }
    let derived = derived(folder);
    let size = |path: &Path| fs::metadata(path).map_or(0, |facts| facts.len());
    let of_derived: u64 = derived.iter().map(|name| size(&folder.path().join(name))).sum();
    check_room(to, of_derived + 2 * size(&folder.database()))?;
    // Never finished, so that it goes in the end.
    let database = Unfinished::new(&to.with_extension("db"))?;
    let store = Store::open(folder).await?;
    store.copy_to(database.part()).await?;
    store.close().await;

    let unfinished = Unfinished::new(to)?;
    let file = File::create(unfinished.part()).map_err(|error| Error::writing(to, &error))?;
    let (mut zip, mut files) = (ZipWriter::new(file), Vec::new());
    let total = of_derived + size(database.part());
    let mut done = 0;
    let mut each = |bytes: u64| {
        done += bytes;
        progress(done, total);
    };
    files.push(pack(&mut zip, DATABASE, database.part(), to, stop, &mut each)?);
    for name in derived {
        let path = folder.path().join(&name);
        let name: Vec<String> = name.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        files.push(pack(&mut zip, &name.join("/"), &path, to, stop, &mut each)?);
    }
    let list = List { schema: SCHEMA.to_owned(), version: 1, files };
    let list = serde_json::to_vec_pretty(&list).map_err(|error| Error::Broken { reason: error.to_string() })?;
    zip.start_file(LIST, SimpleFileOptions::default()).map_err(|error| zipping(to, error))?;
    zip.write_all(&list).map_err(|error| Error::writing(to, &error))?;
    zip.finish().map_err(|error| zipping(to, error))?;
    unfinished.finish()
}

/// Puts what an export holds into a data folder. What was the database until then is kept among the backups.
///
/// # Errors
/// [`Error::ArchiveUnusable`] when a byte of it is not what it was; [`Error::DataFolderBusy`],
/// [`Error::DatabaseNewer`], [`Error::DiskTooSmall`], [`Error::Stopped`], and those of the disk. The data are as they
/// were then.
pub async fn import(
    folder: &DataFolder,
    from: &Path,
    stop: &Stop,
    mut progress: impl FnMut(u64, u64),
) -> Result<Imported> {
    let _alone = Presence::alone(folder)?;
    let desk = Desk::clear(folder)?;
    let unusable = |reason: String| Error::ArchiveUnusable { path: from.display().to_string(), reason };
    let file = File::open(from).map_err(|error| unusable(error.to_string()))?;
    let mut zip = ZipArchive::new(file).map_err(|error| unusable(error.to_string()))?;
    let list: List = zip.by_name(LIST).map_err(|error| unusable(error.to_string())).and_then(|list| {
        serde_json::from_reader(list.take(BLOCK as u64 * 64)).map_err(|error| unusable(error.to_string()))
    })?;
    if list.schema != SCHEMA || list.version != 1 || !list.files.iter().any(|entry| entry.path == DATABASE) {
        return Err(unusable(format!("{} {}", list.schema, list.version)));
    }
    let total = list.files.iter().fold(0_u64, |sum, entry| sum.saturating_add(entry.bytes));
    check_room(folder.path(), total)?;
    let mut done = 0;
    for entry in &list.files {
        let inner = place_of(&entry.path).ok_or_else(|| unusable(entry.path.clone()))?;
        let packed = zip.by_name(&entry.path).map_err(|error| unusable(error.to_string()))?;
        unpack(packed, entry, &desk.0.join(inner), stop, &unusable)?;
        done += entry.bytes;
        progress(done, total);
    }
    let contents = backup::inspect(&desk.0.join(DATABASE)).await.map_err(|error| match error {
        Error::BackupUnusable { reason, .. } => unusable(reason),
        other => other,
    })?;
    let kept = put_aside(folder).await?;
    let database = folder.database();
    fs::rename(desk.0.join(DATABASE), &database).map_err(|error| Error::writing(&database, &error))?;
    sync_folder_of(&database);
    for entry in fs::read_dir(desk.0.join("recordings")).into_iter().flatten().flatten() {
        let target = folder.recordings().join(entry.file_name());
        let made = fs::create_dir_all(folder.recordings());
        // What is kept of a recording here is as good as what comes.
        if !target.exists() {
            made.and_then(|()| fs::rename(entry.path(), &target)).map_err(|error| Error::writing(&target, &error))?;
        }
    }
    Ok(Imported { sessions: contents.sessions, kept })
}

/// The folder of an import, empty, and gone when dropped.
struct Desk(PathBuf);

impl Desk {
    fn clear(folder: &DataFolder) -> Result<Self> {
        let path = folder.importing();
        let cleared = if path.exists() { fs::remove_dir_all(&path) } else { Ok(()) };
        cleared.and_then(|()| fs::create_dir_all(&path)).map_err(|error| Error::writing(&path, &error))?;
        Ok(Self(path))
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        // What cannot be removed now is removed by whoever imports next.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What was derived from recordings and is whole, by its path in the data folder.
fn derived(folder: &DataFolder) -> Vec<PathBuf> {
    let whole = |name: &PathBuf| {
        name.starts_with("recordings") && name.extension().is_some_and(|ending| ending == "opus" || ending == "bin")
    };
    super::files_of(folder).into_iter().map(|(name, _)| name).filter(whole).collect()
}

/// Where a file of an export goes: nowhere but to the database and into a folder of a recording.
fn place_of(path: &str) -> Option<PathBuf> {
    let place = PathBuf::from(path);
    let parts: Option<Vec<&str>> = place
        .components()
        .map(|part| match part {
            Component::Normal(part) => part.to_str(),
            _ => None,
        })
        .collect();
    let known = match parts?.as_slice() {
        [DATABASE] => true,
        ["recordings", id, "peaks.bin"] => id.parse::<RecordingId>().is_ok(),
        ["recordings", id, "copy", piece] => {
            let number = piece.strip_suffix(".opus");
            id.parse::<RecordingId>().is_ok() && number.is_some_and(|number| number.parse::<u64>().is_ok())
        }
        _ => false,
    };
    known.then_some(place)
}

fn pack(
    zip: &mut ZipWriter<File>,
    name: &str,
    path: &Path,
    to: &Path,
    stop: &Stop,
    each: &mut impl FnMut(u64),
) -> Result<Entry> {
    // Opus is as small as it gets.
    let method = if name.ends_with(".opus") { CompressionMethod::Stored } else { CompressionMethod::Deflated };
    let options = SimpleFileOptions::default().compression_method(method).large_file(true);
    zip.start_file(name, options).map_err(|error| zipping(to, error))?;
    let unreadable =
        |error: std::io::Error| Error::NotWritable { path: path.display().to_string(), reason: error.to_string() };
    let mut source = File::open(path).map_err(unreadable)?;
    let (mut block, mut fingerprint, mut bytes) = (vec![0; BLOCK], Fingerprint::default(), 0);
    loop {
        if stop.is_set() {
            return Err(Error::Stopped);
        }
        let count = source.read(&mut block).map_err(unreadable)?;
        if count == 0 {
            return Ok(Entry { path: name.to_owned(), bytes, sha256: fingerprint.finish() });
        }
        fingerprint.add(&block[..count]);
        zip.write_all(&block[..count]).map_err(|error| Error::writing(to, &error))?;
        bytes += count as u64;
        each(count as u64);
    }
}

fn unpack(
    mut packed: impl Read,
    entry: &Entry,
    to: &Path,
    stop: &Stop,
    unusable: &impl Fn(String) -> Error,
) -> Result<()> {
    let failed = |error: std::io::Error| Error::writing(to, &error);
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut target = File::create(to).map_err(failed)?;
    let (mut block, mut fingerprint, mut bytes) = (vec![0; BLOCK], Fingerprint::default(), 0);
    loop {
        if stop.is_set() {
            return Err(Error::Stopped);
        }
        let count = packed.read(&mut block).map_err(|error| unusable(error.to_string()))?;
        bytes += count as u64;
        // Something small may unpack to more than any disk holds.
        if bytes > entry.bytes {
            return Err(unusable(entry.path.clone()));
        }
        if count == 0 {
            break;
        }
        fingerprint.add(&block[..count]);
        target.write_all(&block[..count]).map_err(failed)?;
    }
    target.sync_all().map_err(failed)?;
    if bytes != entry.bytes || fingerprint.finish() != entry.sha256 {
        return Err(unusable(entry.path.clone()));
    }
    Ok(())
}

fn zipping(to: &Path, error: zip::result::ZipError) -> Error {
    match error {
        zip::result::ZipError::Io(error) => Error::writing(to, &error),
        other => Error::NotWritable { path: to.display().to_string(), reason: other.to_string() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_an_export_goes_anywhere_but_where_it_belongs() {
        let id = RecordingId::new();
        for good in [DATABASE.to_owned(), format!("recordings/{id}/peaks.bin"), format!("recordings/{id}/copy/0.opus")]
        {
            assert_eq!(place_of(&good), Some(PathBuf::from(&good)));
        }
        for bad in ["../astra.db", "/astra.db", "models/a.bin", "recordings/x/peaks.bin", "recordings/../astra.db"] {
            assert_eq!(place_of(bad), None, "{bad}");
        }
        assert_eq!(place_of(&format!("recordings/{id}/copy/../../../x.opus")), None);
        assert_eq!(place_of(&format!("recordings/{id}/copy/a.opus")), None);
    }
}
