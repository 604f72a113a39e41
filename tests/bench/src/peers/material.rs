//! The models as everybody wants them.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::Result;

use super::python::{self, Python};
use crate::ground;

/// The folder of the models; beside them Astra finds the ONNX Runtime library.
pub struct Material {
    folder: PathBuf,
    /// What makes them.
    pub python: Python,
}

impl Material {
    /// Prepares the folder.
    ///
    /// # Errors
    /// When there is no Python, a package cannot be had, or the library is not where `installers/prerequisites.mjs
    /// --test` puts it.
    pub fn prepare(folder: &Path) -> Result<Self> {
        let material = Self { folder: folder.join("models"), python: Python::prepare(&folder.join("python"))? };
        ground::copy(&ground::onnx_runtime(), &material.folder.join("onnxruntime"))?;
        Ok(material)
    }

    /// A Parakeet of full size with random weights; `kind` as `full_parakeet.py` has it. It is kept until the programs
    /// that made it change.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn full_parakeet(&self, kind: &str) -> Result<PathBuf> {
        let path = self.folder.join(format!("parakeet-{kind}"));
        let since = |path: &Path| -> Result<SystemTime> { Ok(fs::metadata(path)?.modified()?) };
        let changed = ["conformer.py", "full_parakeet.py"].map(|name| since(&python::script(name)).ok());
        if since(&path).ok() > changed.into_iter().max().flatten() {
            return Ok(path);
        }
        self.made(&path, |part| self.python.run("full_parakeet.py", &[part, Path::new(kind)]))
    }

    /// A Parakeet in the layout of sherpa-onnx.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn for_sherpa(&self, model: &Path) -> Result<PathBuf> {
        let path = self.folder.join("for-sherpa");
        self.made(&path, |part| self.python.run("parakeet_for_sherpa.py", &[model, part]))
    }

    /// A Parakeet of full size in the file that transcribe.cpp reads.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn for_transcribe_cpp(&self, model: &Path) -> Result<PathBuf> {
        let path = self.folder.join("parakeet.gguf");
        self.python.run("parakeet_for_transcribe_cpp.py", &[model, &path])?;
        Ok(path)
    }

    /// A model of whisper.cpp in the layout of CTranslate2.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn for_ctranslate2(&self, model: &Path) -> Result<PathBuf> {
        let path = self.folder.join("for-ctranslate2");
        self.made(&path, |part| self.python.run("whisper_for_ctranslate2.py", &[model, part]))
    }

    /// A model of whisper.cpp with its matrices in eight bits.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn in_eight_bits(&self, model: &Path) -> Result<PathBuf> {
        let path = self.folder.join("whisper-q8_0.bin");
        self.python.run("whisper_in_eight_bits.py", &[model, &path])?;
        Ok(path)
    }

    /// What `make` puts into the folder at `path`, instead of what lies there.
    fn made(&self, path: &Path, make: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
        // What was begun and not ended must not be taken for the whole.
        let part = path.with_extension("part");
        for old in [&part, path] {
            if old.exists() {
                fs::remove_dir_all(old)?;
            }
        }
        make(&part)?;
        fs::rename(&part, path)?;
        Ok(path.to_owned())
    }
}
