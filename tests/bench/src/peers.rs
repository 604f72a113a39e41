//! Astra's engines against others that hear with the same weights: the same chunks and threads, in turn, in one run.
//!
//! Parakeet and Whisper are compared with the small models that lie in the tree, and once more with random weights:
//! Parakeet at full size, Whisper at that of `base`. The others come from a package registry into `target/peers`, which
//! takes some gigabytes, so this is measured only when it is asked for by name.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use astra_core::chunks::Chunk;
use tempfile::TempDir;

use crate::figure::Figure;
use crate::ground::{self, Ground};
use crate::wording::words;
use crate::{recording, speech};

use contest::Contest;
use material::Material;
use ours::Ours;
use peer::Way;

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
const ROUNDS_OF_RANDOM: usize = 3;

/// So many chunks are heard at full size.
const CHUNKS_AT_FULL_SIZE: usize = 4;

/// How many chunks are heard together by whoever can.
const TOGETHER: usize = 8;

/// ONNX Runtime waits by spinning unless it is told not to. Astra tells it not to, because it shares the computer.
const NOT_SPINNING: [(&str, &str); 1] = [("PEER_SPINS", "0")];

static PARAKEET: [Way; 5] = [
    ONNX_ASR,
    Way { name: "onnx-asr that does not spin", environment: &NOT_SPINNING, ..ONNX_ASR },
    Way {
        name: "onnx-asr that does not spin, eight at once",
        environment: &NOT_SPINNING,
        at_once: TOGETHER,
        ..ONNX_ASR
    },
    SHERPA,
    Way { name: "sherpa-onnx, eight at once", at_once: TOGETHER, ..SHERPA },
];

const ONNX_ASR: Way = Way { name: "onnx-asr", script: "with_onnx_asr.py", layout: None, environment: &[], at_once: 1 };

const SHERPA: Way = Way {
    name: "sherpa-onnx",
    script: "with_sherpa_onnx.py",
    layout: Some(Material::for_sherpa),
    environment: &[],
    at_once: 1,
};

/// Hears at full size alone, because it has no place for the demonstration model's attention.
static TRANSCRIBE_CPP: Way = Way {
    name: "transcribe-cpp",
    script: "with_transcribe_cpp.py",
    layout: Some(Material::for_transcribe_cpp),
    environment: &[],
    at_once: 1,
};

static WHISPER: [Way; 3] = [
    Way { name: "pywhispercpp", script: "with_pywhispercpp.py", layout: None, environment: &[], at_once: 1 },
    FASTER_WHISPER,
    Way { name: "faster-whisper in its batched way", at_once: TOGETHER, ..FASTER_WHISPER },
];

const FASTER_WHISPER: Way = Way {
    name: "faster-whisper",
    script: "with_faster_whisper.py",
    layout: Some(Material::for_ctranslate2),
    environment: &[],
    at_once: 1,
};

/// Hears the sample with Parakeet and everybody who can.
///
/// # Errors
/// When there is no Python, a package cannot be had, or somebody hears nothing.
pub fn parakeet(ground: &Ground) -> Result<Vec<Figure>> {
    let meeting = Meeting::prepare(ground)?;
    let spoken = words(&speech::words()?.join(" "));
    let contest = Contest { engine: "Parakeet, demonstration model", rounds: ROUNDS, spoken: Some(&spoken) };
    let (model, count) = (ground.demo_parakeet()?, meeting.chunks.len());
    let mut figures = meeting.hold(&contest, "parakeet", PARAKEET.iter(), &model, count)?;
    let contest =
        Contest { engine: "Parakeet of full size, 8 bits, random weights", rounds: ROUNDS_OF_RANDOM, spoken: None };
    let singly = PARAKEET.iter().chain([&TRANSCRIBE_CPP]).filter(|way| way.at_once == 1);
    let model = meeting.material.full_parakeet("small")?;
    figures.extend(meeting.hold(&contest, "parakeet", singly, &model, CHUNKS_AT_FULL_SIZE)?);
    figures.extend(encoder::measure(&meeting.material, &meeting.chunks)?);
    figures.extend(decoder::measure(&meeting.material, &meeting.chunks)?);
    Ok(figures)
}

/// Hears the sample with Whisper and everybody who can.
///
/// # Errors
/// As [`parakeet`].
pub fn whisper(ground: &Ground) -> Result<Vec<Figure>> {
    let meeting = Meeting::prepare(ground)?;
    let spoken = words(&speech::words()?.join(" "));
    let contest = Contest { engine: "Whisper, demonstration model", rounds: ROUNDS, spoken: Some(&spoken) };
    let (model, count) = (ground.demo_model()?, meeting.chunks.len());
    let mut figures = meeting.hold(&contest, "whisper", WHISPER.iter(), &model, count)?;
    let contest = Contest { engine: "Whisper base, 8 bits, random weights", rounds: ROUNDS_OF_RANDOM, spoken: None };
    let model = meeting.material.in_eight_bits(&ground.scripted_model()?)?;
    figures.extend(meeting.hold(&contest, "whisper", WHISPER.iter(), &model, TOGETHER)?);
    Ok(figures)
}

/// What all contests need.
struct Meeting {
    material: Material,
    chunks: Vec<Chunk>,
    /// The same as files.
    files: Vec<PathBuf>,
    _sound: TempDir,
}

impl Meeting {
    fn prepare(ground: &Ground) -> Result<Self> {
        let folder = folder()?;
        std::fs::create_dir_all(&folder)?;
        let free = ground::free_mb(&folder)?;
        ensure!(free >= NEEDED_MB, "{free} MB are free in {}, {NEEDED_MB} are needed", folder.display());
        let material = Material::prepare(&folder)?;
        let chunks = recording::chunks(&speech::sample())?;
        let sound = ground.new_folder()?;
        let files = sound::files(&chunks, sound.path())?;
        Ok(Self { material, chunks, files, _sound: sound })
    }

    /// Astra's engine against all these ways in turn, with so many of the chunks.
    fn hold(
        &self,
        contest: &Contest<'_>,
        engine: &str,
        ways: impl Iterator<Item = &'static Way>,
        model: &Path,
        count: usize,
    ) -> Result<Vec<Figure>> {
        let mut ours = Ours::load(engine, model, &self.chunks[..count])?;
        let mut figures = Vec::new();
        for way in ways {
            let start = || way.start(&self.material, model, &self.files[..count]);
            figures.extend(contest.hold(&mut ours, way, start)?);
        }
        Ok(figures)
    }
}

/// Where packages and models stay from one run to the next: in the folder all builds go to.
fn folder() -> Result<PathBuf> {
    let program = std::env::current_exe()?;
    Ok(program.ancestors().nth(2).map(Path::to_owned).context("the bench lies in no folder")?.join("peers"))
}
