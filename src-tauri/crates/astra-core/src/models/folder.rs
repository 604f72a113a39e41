//! Models that are a folder of files and not one file: Parakeet's.
//!
//! The SHA-256 of such a model is that of the list `sha256sum` would print of its files in the
//! order of their names, so that one hash stands for all of them.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::time::UNIX_EPOCH;

use crate::engine::Stop;
use crate::fingerprint::{Fingerprint, read_blocks};

/// Whether a file belongs to such a model. Whatever else lies beside them, as the features that
/// other programs compute with ONNX, is not needed.
pub fn belongs(name: &str) -> bool {
    let network = name.strip_prefix("encoder-model.").or_else(|| name.strip_prefix("decoder_joint-model."));
    let network = network.is_some_and(|ending| {
        let ending = ending.strip_suffix(".data").unwrap_or(ending);
        ending == "onnx" || ending.strip_suffix(".onnx").is_some_and(|infix| infix.chars().all(char::is_alphanumeric))
    });
    network || matches!(name, "vocab.txt" | "config.json")
}

/// The SHA-256 of a model with these files, each with its name and its own SHA-256.
pub fn sha256(mut files: Vec<(String, String)>) -> String {
    files.sort();
    let list: String = files.iter().map(|(name, sha256)| format!("{sha256}  {name}\n")).collect();
    Fingerprint::of(list.as_bytes())
}

/// The names of the files in a folder, sorted. What is no file is passed over.
///
/// # Errors
/// When it cannot be read.
pub fn names(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for file in fs::read_dir(folder)? {
        let file = file?;
        if file.path().is_file()
            && let Ok(name) = file.file_name().into_string()
        {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// The size of all files of a model in bytes, and when the last of them was changed, in
/// milliseconds since 1970-01-01 UTC.
///
/// # Errors
/// When it cannot be read.
pub fn stamp(path: &Path) -> io::Result<(u64, i64)> {
    let mut files = vec![path.to_path_buf()];
    if path.is_dir() {
        files = names(path)?.into_iter().map(|name| path.join(name)).collect();
    }
    let (mut bytes, mut changed_ms) = (0, 0);
    for file in files {
        let metadata = fs::metadata(file)?;
        let changed = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        bytes += metadata.len();
        changed_ms = changed_ms.max(changed.and_then(|since| i64::try_from(since.as_millis()).ok()).unwrap_or(0));
    }
    Ok((bytes, changed_ms))
}

/// The SHA-256 of a model, a file or a folder; `None` after a stop. `progress` is told the bytes
/// read so far.
///
/// # Errors
/// When it cannot be read.
pub fn hash(path: &Path, stop: &Stop, progress: &mut dyn FnMut(u64)) -> io::Result<Option<String>> {
    let mut read = 0;
    let mut of_file = |path: &Path| {
        let mut fingerprint = Fingerprint::default();
        let ended = read_blocks(File::open(path)?, stop, |block| {
            fingerprint.add(block);
            read += block.len() as u64;
            progress(read);
            Ok::<_, io::Error>(())
        })?;
        Ok::<_, io::Error>(ended.then(|| fingerprint.finish()))
    };
    if !path.is_dir() {
        return of_file(path);
    }
    let mut files = Vec::new();
    for name in names(path)? {
        match of_file(&path.join(&name))? {
            Some(sha256) => files.push((name, sha256)),
            None => return Ok(None),
        }
    }
    Ok(Some(sha256(files)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_of_a_model_are_told_from_what_lies_beside_them() {
        for name in [
            "encoder-model.onnx",
            "encoder-model.onnx.data",
            "encoder-model.int8.onnx",
            "decoder_joint-model.onnx",
            "decoder_joint-model.int8.onnx",
            "vocab.txt",
            "config.json",
        ] {
            assert!(belongs(name), "{name}");
        }
        for name in ["nemo128.onnx", "README.md", "encoder-model.onnx.part", "encoder-model.../x.onnx", "encoder.onnx"]
        {
            assert!(!belongs(name), "{name}");
        }
    }

    #[test]
    fn the_hash_of_a_folder_is_that_of_the_list_of_its_files() {
        let folder = tempfile::tempdir().expect("folder");
        fs::write(folder.path().join("b"), "two").expect("write");
        fs::write(folder.path().join("a"), "one").expect("write");
        fs::create_dir(folder.path().join("c")).expect("write");
        let list = format!("{}  a\n{}  b\n", Fingerprint::of(b"one"), Fingerprint::of(b"two"));
        let mut told = Vec::new();
        let found = hash(folder.path(), &Stop::default(), &mut |read| told.push(read)).expect("read");
        assert_eq!(found, Some(Fingerprint::of(list.as_bytes())));
        assert_eq!((told.last(), stamp(folder.path()).expect("read").0), (Some(&6), 6));
        let stop = Stop::default();
        stop.set();
        assert_eq!(hash(folder.path(), &stop, &mut |_| ()).expect("read"), None);
    }
}
