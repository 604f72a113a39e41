//! Bytes of audio that lie on the disk while Astra listens. There should be none.
//!
//! Two ways to look: every file that Astra and its children hold open for writing, with or without
//! a name, and every file in the data folder, the folder of the documents and the folder for
//! temporary files. What is neither database, lock, log, model, waveform nor document is counted. The
//! listening copy is switched off: it is audio, kept on purpose.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use crate::figure::{Figure, Target};
use crate::ground::Ground;
use crate::process;
use crate::recording::Sound;

/// How long the recording is, in seconds.
const SECONDS: u64 = 300;

/// How often it is looked.
const LOOK: Duration = Duration::from_millis(20);

/// Bytes of a second of decoded audio: 16,000 samples of two bytes.
const PCM_BYTES: u64 = 32_000;

/// Hears a recording with the real programs and looks on.
///
/// # Errors
/// When they fail.
pub fn measure(ground: &Ground) -> Result<Vec<Figure>> {
    let recording = ground.recording(Sound::Dictaphone, SECONDS)?;
    let folder = ground.new_folder()?;
    let places = Places::below(folder.path())?;
    let mut command = ground.astra(&places.data)?;
    command.args(["transcribe", "--json", "--no-copy", "--model", "demo-es", "--out"]).arg(&places.out).arg(&recording);
    let mut astra = command.env("TMPDIR", &places.temporary).stdout(Stdio::null()).spawn()?;

    let mut seen = Seen::default();
    let status = loop {
        let family = process::family(astra.id());
        seen.looks += 1;
        seen.programs.extend(family.iter().map(|id| process::name(*id)));
        for file in family.iter().flat_map(|id| process::files_open_for_writing(*id)) {
            seen.take(file.path, file.bytes);
        }
        for folder in places.all() {
            seen.take_all(folder);
        }
        match astra.try_wait()? {
            Some(status) => break status,
            None => thread::sleep(LOOK),
        }
    };
    ensure!(status.success(), "astra ended with {status}");
    ensure!(seen.programs.contains("ffmpeg"), "ffmpeg was never seen, so nothing was looked at");
    for folder in places.all() {
        seen.take_all(folder);
    }

    let strange: Vec<(&PathBuf, &u64)> =
        seen.files.iter().filter(|(path, bytes)| !places.expects(path, **bytes)).collect();
    let bytes: u64 = strange.iter().map(|(_, bytes)| **bytes).sum();
    let database: u64 = seen.files.iter().filter(|(path, _)| places.is_database(path)).map(|(_, bytes)| bytes).sum();
    let mut conditions = format!(
        "{} min, {} looks, 20 ms apart, at {} files open for writing or lying about, deleted ones too",
        SECONDS / 60,
        seen.looks,
        seen.files.len()
    );
    for (path, bytes) in strange {
        conditions.push_str(&format!("; {bytes} bytes in {}", path.display()));
    }
    Ok(vec![
        Figure::new("temporary audio on disk", bytes as f64, "bytes", Target::AtMost(0.0)).under(conditions),
        Figure::new("database with its logs at its largest", database as f64 / 1e6, "MB", Target::None)
            .under(format!("decoded, the audio would take {} MB", SECONDS * PCM_BYTES / 1_000_000)),
    ])
}

/// Where Astra may write.
struct Places {
    data: PathBuf,
    out: PathBuf,
    temporary: PathBuf,
}

impl Places {
    fn below(folder: &Path) -> Result<Self> {
        // Astra resolves links in its paths, and so does the kernel.
        let folder = fs::canonicalize(folder)?;
        let [data, out, temporary] = ["data", "out", "temporary"].map(|name| folder.join(name));
        for folder in [&data, &out, &temporary] {
            fs::create_dir(folder).with_context(|| folder.display().to_string())?;
        }
        Ok(Self { data, out, temporary })
    }

    fn all(&self) -> [&Path; 3] {
        [&self.data, &self.out, &self.temporary]
    }

    /// Whether a file that was `bytes` long at its longest is one that Astra has to write.
    fn expects(&self, path: &Path, bytes: u64) -> bool {
        let inside = |folder: &Path| path.starts_with(folder);
        self.is_database(path)
            || ["leases", "logs", "models"].iter().any(|name| inside(&self.data.join(name)))
            || (inside(&self.data.join("recordings")) && path.file_stem().is_some_and(|stem| stem == "peaks"))
            || (inside(&self.out) && (is_document(path) || self.became_document(path, bytes)))
    }

    /// Whether a file that is gone can have been renamed into one of the documents.
    fn became_document(&self, path: &Path, bytes: u64) -> bool {
        let documents = fs::read_dir(&self.out).into_iter().flatten().flatten();
        let longest = documents.filter_map(|entry| Some(entry.metadata().ok()?.len())).max().unwrap_or_default();
        !path.exists() && path.extension().is_some_and(|ending| ending == "part") && bytes <= longest
    }

    fn is_database(&self, path: &Path) -> bool {
        let names = ["astra.db", "astra.db-wal", "astra.db-shm", "astra.db-journal"];
        names.iter().any(|name| path == self.data.join(name))
    }
}

/// Whether a file is a document, by its first bytes, since an ending proves nothing: a zip as Word
/// has it, or text.
fn is_document(path: &Path) -> bool {
    let mut start = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(4096).read_to_end(&mut start));
    read.is_ok() && (start.starts_with(b"PK") || !start.contains(&0))
}

/// Everything that was seen, with the largest size it ever had, in bytes.
#[derive(Default)]
struct Seen {
    files: BTreeMap<PathBuf, u64>,
    programs: BTreeSet<String>,
    looks: u32,
}

impl Seen {
    fn take(&mut self, path: PathBuf, bytes: u64) {
        let largest = self.files.entry(path).or_default();
        *largest = bytes.max(*largest);
    }

    fn take_all(&mut self, folder: &Path) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            // It may be gone by now.
            let Ok(about) = entry.metadata() else { continue };
            if about.is_dir() {
                self.take_all(&entry.path());
            } else {
                self.take(entry.path(), about.len());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_astra_has_to_write_is_told_from_audio() {
        let folder = tempfile::tempdir().unwrap();
        let places = Places::below(folder.path()).unwrap();
        let write = |path: &Path, bytes: &[u8]| fs::write(path, bytes).unwrap();
        write(&places.out.join("acta.txt"), "Se abre la sesión.".as_bytes());
        write(&places.out.join("acta.docx"), b"PK\x03\x04\0\0");
        write(&places.out.join("audio.txt"), b"RIFF\x24\0\0\0WAVE");
        let expects = |path: PathBuf, bytes| places.expects(&path, bytes);
        assert!(expects(places.data.join("astra.db-wal"), 9_000) && expects(places.data.join("logs/astra.log"), 9_000));
        assert!(expects(places.out.join("acta.txt"), 19) && expects(places.out.join("acta.docx"), 6));
        assert!(expects(places.out.join(".astra-0123.part"), 19));
        assert!(!expects(places.out.join(".astra-0123.part"), 9_000));
        assert!(!expects(places.out.join("audio.txt"), 12));
        assert!(!expects(places.data.join("audio.pcm"), 1) && !expects(places.temporary.join("a"), 1));
        assert!(!expects(PathBuf::from("/tmp/audio (deleted)"), 1));
    }
}
