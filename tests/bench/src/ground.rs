//! Where the bench works: a folder that goes away with it, what was made in there, and the programs
//! it drives.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;

use crate::recording::{self, Sound};
use crate::scripted_model;

/// Room for the longest recording, the model and its copy in a data folder, with a margin, in MB.
const NEEDED_MB: u64 = 2_000;

/// Where the project lies.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// The bench's own folder.
#[derive(Debug)]
pub struct Ground {
    folder: TempDir,
}

impl Ground {
    /// Makes the folder.
    ///
    /// # Errors
    /// When the disk is too full, or the programs that are driven were not built.
    pub fn prepare() -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("astra-bench-").tempdir()?;
        let free = free_mb(folder.path())?;
        ensure!(free >= NEEDED_MB, "{} MB are free in {}, {NEEDED_MB} are needed", free, folder.path().display());
        for program in ["astra", "astra-engine-cpu"] {
            let path = built(program)?;
            ensure!(path.is_file(), "{} is missing: `npm run bench` builds it", path.display());
        }
        Ok(Self { folder })
    }

    /// A new empty folder. It is gone when dropped.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn new_folder(&self) -> Result<TempDir> {
        Ok(tempfile::tempdir_in(self.folder.path())?)
    }

    /// A recording of this many seconds, made when it is first asked for.
    ///
    /// # Errors
    /// When ffmpeg does not make it.
    pub fn recording(&self, sound: Sound, seconds: u64) -> Result<PathBuf> {
        recording::find_or_make(self.folder.path(), sound, seconds)
    }

    /// The model with random weights of Whisper base, made when it is first asked for.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn scripted_model(&self) -> Result<PathBuf> {
        let path = self.folder.path().join("scripted-base.bin");
        if !path.exists() {
            scripted_model::write(&path)?;
        }
        Ok(path)
    }

    /// The built-in demo model as a file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn demo_model(&self) -> Result<PathBuf> {
        let path = self.folder.path().join("demo.bin");
        if !path.exists() {
            fs::write(&path, astra_core::models::DEMO_BYTES)?;
        }
        Ok(path)
    }

    /// The small Parakeet of the tree; beside it lies the ONNX Runtime library.
    ///
    /// # Errors
    /// When it cannot be copied, or the library is not where `installers/prerequisites.mjs --test` puts it.
    pub fn demo_parakeet(&self) -> Result<PathBuf> {
        let models = self.folder.path().join("models");
        let path = models.join("demo-parakeet-es");
        copy(&onnx_runtime(), &models.join("onnxruntime"))?;
        copy(&Path::new(ROOT).join("models/demo-parakeet-es"), &path)?;
        Ok(path)
    }

    /// The headless door, ready to be started on a data folder that exists: the database is there
    /// and the built-in model lies in it, as on every day but the first.
    ///
    /// # Errors
    /// When the data folder cannot be prepared.
    pub fn astra(&self, data: &Path) -> Result<Command> {
        let command = || -> Result<Command> {
            let mut command = Command::new(built("astra")?);
            command.env("ASTRA_DATA_DIR", data).stdin(Stdio::null()).stderr(Stdio::null());
            Ok(command)
        };
        let listed = command()?.args(["models", "list", "--json"]).stdout(Stdio::null()).status()?;
        ensure!(listed.success(), "the data folder could not be prepared: {listed}");
        command()
    }
}

/// Where the ONNX Runtime library of the tests lies.
pub fn onnx_runtime() -> PathBuf {
    Path::new(ROOT).join("src-tauri/crates/astra-engine/tests/fixtures/parakeet/onnxruntime")
}

/// Copies the files of a folder into another.
///
/// # Errors
/// When one cannot be read or written.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| from.display().to_string())? {
        let entry = entry?;
        if entry.path().is_file() {
            fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}

/// A program that lies beside this one.
fn built(program: &str) -> Result<PathBuf> {
    let this = std::env::current_exe()?;
    Ok(this.with_file_name(format!("{program}{}", std::env::consts::EXE_SUFFIX)))
}

/// How much room is left where `folder` is, in MB, as POSIX `df` tells it.
///
/// # Errors
/// When there is no `df`.
pub fn free_mb(folder: &Path) -> Result<u64> {
    let printed = Command::new("df").arg("-Pk").arg(folder).output().context("there is no df")?.stdout;
    let text = String::from_utf8_lossy(&printed);
    let free = text.lines().nth(1).and_then(|line| line.split_whitespace().nth(3)).context("df said nothing")?;
    Ok(free.parse::<u64>()? / 1024)
}
