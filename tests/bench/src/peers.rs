//! Astra's engines against others that hear with the same weights: the same chunks and threads, in turn, in one run.
//!
//! Parakeet and Whisper are compared with the small models that lie in the tree, and Parakeet once more at full size
//! with random weights. The others come from a package registry into `target/peers`, which takes some gigabytes, so
//! this is measured only when it is asked for by name.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use astra_core::chunks::Chunk;

use crate::figure::Figure;
use crate::ground::{self, Ground};
use crate::wording::words;
use crate::{recording, speech};

use contest::Contest;
use material::Material;
use ours::Ours;
use peer::Way;
use python::Python;

mod contest;
mod decoder;
mod encoder;
mod material;
mod ours;
mod peer;
mod python;
mod sound;

/// Room for the packages and the models, in MB.
const NEEDED_MB: u64 = 8_000;

/// How often Astra and another take two turns each: first one, then the other, and back.
const ROUNDS: usize = 4;
const ROUNDS_AT_FULL_SIZE: usize = 3;

/// So many chunks are heard at full size.
const CHUNKS_AT_FULL_SIZE: usize = 4;

/// How many chunks are heard together by whoever can.
const TOGETHER: usize = 8;

/// ONNX Runtime waits by spinning unless it is told not to. Astra tells it not to, because it shares the computer.
const NOT_SPINNING: [(&str, &str); 1] = [("PEER_SPINS", "0")];

const PARAKEET: [Way; 5] = [
    Way { name: "onnx-asr", script: "with_onnx_asr.py", environment: &[], at_once: 1 },
    Way { name: "onnx-asr that does not spin", script: "with_onnx_asr.py", environment: &NOT_SPINNING, at_once: 1 },
    Way {
        name: "onnx-asr that does not spin, eight at once",
        script: "with_onnx_asr.py",
        environment: &NOT_SPINNING,
        at_once: TOGETHER,
    },
    SHERPA,
    Way { name: "sherpa-onnx, eight at once", at_once: TOGETHER, ..SHERPA },
];

const SHERPA: Way = Way { name: "sherpa-onnx", script: "with_sherpa_onnx.py", environment: &[], at_once: 1 };

const WHISPER: [Way; 3] = [
    Way { name: "pywhispercpp", script: "with_pywhispercpp.py", environment: &[], at_once: 1 },
    FASTER_WHISPER,
    Way { name: "faster-whisper in its batched way", at_once: TOGETHER, ..FASTER_WHISPER },
];

const FASTER_WHISPER: Way =
    Way { name: "faster-whisper", script: "with_faster_whisper.py", environment: &[], at_once: 1 };

/// Hears the sample with everybody.
///
/// # Errors
/// When there is no Python, a package cannot be had, or somebody hears nothing.
pub fn measure(ground: &Ground) -> Result<Vec<Figure>> {
    let folder = folder()?;
    std::fs::create_dir_all(&folder)?;
    let free = ground::free_mb(&folder)?;
    ensure!(free >= NEEDED_MB, "{free} MB are free in {}, {NEEDED_MB} are needed", folder.display());
    let python = Python::prepare(&folder.join("python"))?;
    let material = Material::new(&folder, &python)?;
    let chunks = recording::chunks(&speech::sample())?;
    let sound = ground.new_folder()?;
    let files = sound::files(&chunks, sound.path())?;
    let mut figures = at_demonstration_size(&python, &material, ground, &chunks, &files)?;
    figures.extend(at_full_size(&python, &material, &chunks, &files)?);
    figures.extend(encoder::measure(&material, &chunks)?);
    figures.extend(decoder::measure(&material, &chunks)?);
    Ok(figures)
}

fn at_demonstration_size(
    python: &Python,
    material: &Material<'_>,
    ground: &Ground,
    chunks: &[Chunk],
    files: &[PathBuf],
) -> Result<Vec<Figure>> {
    let spoken = words(&speech::words()?.join(" "));
    let mut figures = Vec::new();
    let model = ground.demo_parakeet()?;
    let for_sherpa = material.for_sherpa(&model)?;
    let mut ours = Ours::load("parakeet", &model, chunks)?;
    let contest = Contest { engine: "Parakeet, demonstration model", rounds: ROUNDS, spoken: Some(&spoken) };
    for way in &PARAKEET {
        let model = if way.script == SHERPA.script { &for_sherpa } else { &model };
        figures.extend(contest.hold(&mut ours, way, || way.start(python, model, files))?);
    }
    let model = ground.demo_model()?;
    let for_ctranslate2 = material.for_ctranslate2(&model)?;
    let mut ours = Ours::load("whisper", &model, chunks)?;
    let contest = Contest { engine: "Whisper, demonstration model", rounds: ROUNDS, spoken: Some(&spoken) };
    for way in &WHISPER {
        let model = if way.script == FASTER_WHISPER.script { &for_ctranslate2 } else { &model };
        figures.extend(contest.hold(&mut ours, way, || way.start(python, model, files))?);
    }
    Ok(figures)
}

fn at_full_size(python: &Python, material: &Material<'_>, chunks: &[Chunk], files: &[PathBuf]) -> Result<Vec<Figure>> {
    let (chunks, files) = (&chunks[..CHUNKS_AT_FULL_SIZE], &files[..CHUNKS_AT_FULL_SIZE]);
    let model = material.full_parakeet("small")?;
    let for_sherpa = material.for_sherpa(&model)?;
    let mut ours = Ours::load("parakeet", &model, chunks)?;
    let contest =
        Contest { engine: "Parakeet of full size, 8 bits, random weights", rounds: ROUNDS_AT_FULL_SIZE, spoken: None };
    let mut figures = Vec::new();
    for way in PARAKEET.iter().filter(|way| way.at_once == 1) {
        let model = if way.script == SHERPA.script { &for_sherpa } else { &model };
        figures.extend(contest.hold(&mut ours, way, || way.start(python, model, files))?);
    }
    Ok(figures)
}

/// Where packages and models stay from one run to the next: in the folder all builds go to.
fn folder() -> Result<PathBuf> {
    let program = std::env::current_exe()?;
    Ok(program.ancestors().nth(2).map(Path::to_owned).context("the bench lies in no folder")?.join("peers"))
}
