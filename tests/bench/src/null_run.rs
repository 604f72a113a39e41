//! A run with the engine that costs nothing, in a fresh process: the most memory a process ever held
//! is only known for its whole life.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use astra_core::engine::Engine;
use astra_core::event::Event;
use serde::{Deserialize, Serialize};

use crate::ground::Ground;
use crate::null_engine::NullEngine;
use crate::process::{self, CpuSeconds};
use crate::timed_engine::{Clock, TimedEngine};
use crate::{listening, speech};

/// The word that makes this program do such a run: for itself, not for people.
pub const COMMAND: &str = "null-run";

/// How often the run is looked at from outside.
const LOOK: Duration = Duration::from_millis(50);

/// What a run took.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct NullRun {
    /// How long the recording was, in seconds.
    pub audio_s: f64,
    /// From the start of the process to the last document, in seconds.
    pub wall_s: f64,
    /// Processor time of Astra itself, in seconds.
    pub own_cpu_s: f64,
    /// Processor time of ffmpeg and ffprobe, in seconds.
    pub ffmpeg_cpu_s: f64,
    /// Astra's highest memory until the last chunk was heard, in kB.
    pub listening_peak_kb: u64,
    /// Astra's highest memory until the last document was written, in kB.
    pub peak_kb: u64,
    /// ffmpeg's highest memory, in kB.
    pub ffmpeg_peak_kb: u64,
    /// Chunks heard.
    pub chunks: u32,
    /// Chunks that the guard had heard twice.
    pub second_tries: u32,
}

impl NullRun {
    /// Does such a run on `recording` in a process of its own.
    ///
    /// # Errors
    /// When it fails; what it said goes to standard error.
    pub fn on(recording: &Path, ground: &Ground) -> Result<Self> {
        let folder = ground.new_folder()?;
        let mut command = Command::new(std::env::current_exe()?);
        command.arg(COMMAND).arg(recording).arg(folder.path()).stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.spawn()?;
        let mut ffmpeg_peak_kb = 0;
        let status = loop {
            for id in process::family(child.id()) {
                if process::name(id) == "ffmpeg" {
                    // It may have ended in this very moment.
                    ffmpeg_peak_kb = ffmpeg_peak_kb.max(process::peak_memory_kb(id).unwrap_or_default());
                }
            }
            match child.try_wait()? {
                Some(status) => break status,
                None => thread::sleep(LOOK),
            }
        };
        ensure!(status.success(), "a run ended with {status}");
        let mut printed = String::new();
        child.stdout.take().context("a run came without its output")?.read_to_string(&mut printed)?;
        Ok(Self { ffmpeg_peak_kb, ..serde_json::from_str(&printed)? })
    }

    /// Processor time for an hour of audio, in seconds, ffmpeg's included.
    pub fn cpu_s_per_hour(&self) -> f64 {
        (self.own_cpu_s + self.ffmpeg_cpu_s) * 3600.0 / self.audio_s
    }
}

/// Does the run in this process: `arguments` are the recording and a folder. Prints a [`NullRun`].
///
/// # Errors
/// Those of Astra.
pub fn run(arguments: &[String]) -> Result<()> {
    let [recording, folder] = arguments else { bail!("{COMMAND} takes a recording and a folder") };
    let (recording, folder) = (PathBuf::from(recording), PathBuf::from(folder));
    let began = Instant::now();
    let this = std::process::id();
    let words = speech::words()?;
    let (clock, watched) = (Clock::default(), Arc::new(Watched::default()));
    let (on_engine, seen) = (clock.clone(), Arc::clone(&watched));
    let watch = move |event: &Event| seen.see(event, this);
    let open_engine = move |_, _| -> astra_core::Result<Box<dyn Engine>> {
        Ok(Box::new(TimedEngine::new(NullEngine::saying(words.clone()), on_engine.clone())))
    };
    listening::listen(&recording, &folder, None, watch, open_engine)?;
    let CpuSeconds { own, ended_children } = process::cpu_seconds(this)?;
    let run = NullRun {
        audio_s: watched.audio_ms.load(Ordering::Relaxed) as f64 / 1000.0,
        wall_s: began.elapsed().as_secs_f64(),
        own_cpu_s: own,
        ffmpeg_cpu_s: ended_children,
        listening_peak_kb: watched.listening_peak_kb.load(Ordering::Relaxed),
        peak_kb: process::peak_memory_kb(this)?,
        ffmpeg_peak_kb: 0,
        chunks: clock.shown().calls - clock.shown().second_tries,
        second_tries: clock.shown().second_tries,
    };
    writeln!(io::stdout(), "{}", serde_json::to_string(&run)?)?;
    Ok(())
}

/// What the events told.
#[derive(Default)]
struct Watched {
    audio_ms: AtomicU64,
    listening_peak_kb: AtomicU64,
}

impl Watched {
    fn see(&self, event: &Event, this: u32) {
        match event {
            Event::ChunkHeard { .. } => {
                self.listening_peak_kb.store(process::peak_memory_kb(this).unwrap_or_default(), Ordering::Relaxed);
            }
            Event::RecordingHeard { duration_ms, .. } => self.audio_ms.store(*duration_ms, Ordering::Relaxed),
            _ => {}
        }
    }
}
