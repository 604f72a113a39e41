//! The data folder as a whole: carried to another disk, or into a file and out of it on another computer. The
//! recordings are not part of it and stay where they are. Nobody may be working with it meanwhile.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use crate::disk::{check_room, sync_folder_of};
use crate::engine::Stop;
use crate::error::{Error, Result};
use crate::fingerprint::{self, Fingerprint};
use crate::settings::{ARRIVING, DataFolder, NOTE, Presence, leave_note};
use crate::store::backup;

pub mod archive;

/// What stays behind: locks, and what is put together anew whenever it is needed.
const LEFT: [&str; 6] = ["leases", "office", "rendering", "importing", ARRIVING, NOTE];

/// How much is read at a time, in bytes.
const BLOCK: usize = 1 << 20;

/// Moves a data folder to an empty one and returns that. Everything is copied and compared before a note in the
/// old folder leads to the new one; only then the old files go. Killed at any moment, one of the two is whole and
/// is the one that is found. `progress` gets how many bytes are there, and of how many.
///
/// # Errors
/// [`Error::DataFolderBusy`] while anybody works with it; [`Error::DataFolderTaken`], [`Error::DataFolderOnNetwork`],
/// [`Error::DiskTooSmall`] and those of the disk; [`Error::Stopped`]. The data are where they were then, and nothing
/// is left in the new folder.
pub async fn move_to(
    old: &DataFolder,
    target: &Path,
    stop: &Stop,
    mut progress: impl FnMut(u64, u64),
) -> Result<DataFolder> {
    let _alone = Presence::alone(old)?;
    if old.database().exists() && backup::is_whole(old).await {
        backup::fold(old).await?;
    }
    let new = empty_folder(old, target)?;
    let _new_alone = Presence::alone(&new)?;
    let arriving = new.path().join(ARRIVING);
    fs::write(&arriving, old.path().as_os_str().as_encoded_bytes())
        .map_err(|error| Error::writing(&arriving, &error))?;
    let files = files_of(old);
    let total = files.iter().map(|(_, bytes)| bytes).sum();
    let mut done = 0;
    let copied = check_room(new.path(), total).and_then(|()| {
        files.iter().try_for_each(|(name, _)| {
            copy(&old.path().join(name), &new.path().join(name), stop, |bytes| {
                done += bytes;
                progress(done, total);
            })
        })
    });
    if let Err(error) = copied {
        new.clear();
        return Err(error);
    }
    // From here on the new folder is the one that is found.
    leave_note(old, &new)?;
    let _ = fs::remove_file(&arriving);
    old.clear();
    Ok(new)
}

/// The folder that data are moved to, empty but for what an earlier attempt left.
fn empty_folder(old: &DataFolder, target: &Path) -> Result<DataFolder> {
    let taken = || Error::DataFolderTaken { path: target.display().to_string() };
    let absolute = std::path::absolute(target).map_err(|error| Error::writing(target, &error))?;
    let there = absolute.ancestors().find_map(|folder| Some((fs::canonicalize(folder).ok()?, folder)));
    let (real, known) = there.ok_or_else(taken)?;
    let real = absolute.strip_prefix(known).map_or_else(|_| real.clone(), |rest| real.join(rest));
    if real.starts_with(old.path()) || old.path().starts_with(&real) {
        return Err(taken());
    }
    let ours = fs::read(real.join(ARRIVING)).is_ok_and(|from| from == old.path().as_os_str().as_encoded_bytes());
    let holds_something = fs::read_dir(&real).into_iter().flatten().flatten().any(|entry| {
        let left = LEFT.iter().any(|name| entry.file_name() == *name);
        !left && (entry.path().is_file() || fs::read_dir(entry.path()).is_ok_and(|mut inner| inner.next().is_some()))
    });
    if holds_something && !ours {
        return Err(taken());
    }
    let new = DataFolder::open_here(&real)?;
    if ours {
        new.clear();
    }
    let _ = fs::remove_file(new.path().join(NOTE));
    Ok(new)
}

/// What is in a data folder, by its path in it and with its size; the database last, since a folder without one is
/// taken for none.
fn files_of(folder: &DataFolder) -> Vec<(PathBuf, u64)> {
    let mut found = Vec::new();
    let mut open = vec![PathBuf::new()];
    while let Some(inner) = open.pop() {
        for entry in fs::read_dir(folder.path().join(&inner)).into_iter().flatten().flatten() {
            let name = inner.join(entry.file_name());
            if LEFT.iter().any(|left| name == Path::new(left)) {
                continue;
            }
            match fs::metadata(entry.path()) {
                Ok(facts) if facts.is_dir() => open.push(name),
                Ok(facts) => found.push((name, facts.len())),
                Err(_) => {}
            }
        }
    }
    found.sort_by_key(|(name, _)| (name == Path::new("astra.db"), name.clone()));
    found
}

/// Copies a file and reads the copy back.
fn copy(from: &Path, to: &Path, stop: &Stop, mut each: impl FnMut(u64)) -> Result<()> {
    let failed = |error: std::io::Error| Error::writing(to, &error);
    let unreadable =
        |error: std::io::Error| Error::NotWritable { path: from.display().to_string(), reason: error.to_string() };
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let (mut source, mut target) = (File::open(from).map_err(unreadable)?, File::create(to).map_err(failed)?);
    let (mut block, mut fingerprint) = (vec![0; BLOCK], Fingerprint::default());
    loop {
        if stop.is_set() {
            return Err(Error::Stopped);
        }
        let count = source.read(&mut block).map_err(unreadable)?;
        if count == 0 {
            break;
        }
        fingerprint.add(&block[..count]);
        target.write_all(&block[..count]).map_err(failed)?;
        each(count as u64);
    }
    target.sync_all().map_err(failed)?;
    sync_folder_of(to);
    let written = fingerprint::of_file(to, stop).map_err(failed)?.ok_or(Error::Stopped)?;
    if written != fingerprint.finish() {
        let reason = "what was written is not what was read".to_owned();
        return Err(Error::NotWritable { path: to.display().to_string(), reason });
    }
    Ok(())
}

#[cfg(test)]
mod tests;
