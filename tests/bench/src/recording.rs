//! Recordings of any length, the sample session with a little noise, over and over; and the chunks they are cut into.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use astra_core::chunks::{Chunk, Cutter};
use astra_core::engine::Stop;
use astra_core::media::decode::{Decoder, Input};

use crate::speech;

/// What kind of recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sound {
    /// MP3, 16 kHz, one channel, 48 kb/s: what a dictaphone makes of a session.
    Dictaphone,
    /// MP3, 44.1 kHz, two channels, 128 kb/s: what the hall's recorder makes.
    HallRecorder,
}

impl Sound {
    /// In words for a person.
    pub fn described(self) -> &'static str {
        match self {
            Self::Dictaphone => "MP3 16 kHz mono 48 kb/s",
            Self::HallRecorder => "MP3 44.1 kHz stereo 128 kb/s",
        }
    }

    fn options(self) -> [&'static str; 6] {
        match self {
            Self::Dictaphone => ["-ar", "16000", "-ac", "1", "-b:a", "48k"],
            Self::HallRecorder => ["-ar", "44100", "-ac", "2", "-b:a", "128k"],
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Dictaphone => "dictaphone",
            Self::HallRecorder => "hall",
        }
    }
}

/// All chunks of a recording, cut by Astra's own cutter.
///
/// # Errors
/// When it cannot be decoded, or is only one chunk.
pub fn chunks(recording: &Path) -> Result<Vec<Chunk>> {
    let mut decoder = Decoder::start(Input::File(recording.to_owned()), &Stop::default())?;
    let (mut cutter, mut samples, mut chunks) = (Cutter::new(), Vec::new(), Vec::new());
    while decoder.read(&mut samples)? > 0 {
        chunks.extend(cutter.push(&samples));
    }
    decoder.finish()?;
    chunks.extend(cutter.finish());
    ensure!(chunks.len() > 1, "{} is only one chunk", recording.display());
    Ok(chunks)
}

/// A recording of this many seconds in `folder`.
///
/// The sample is encoded once and its packets repeated: encoding seven hours would take longer
/// than all measurements.
///
/// # Errors
/// When ffmpeg is missing or fails.
pub fn find_or_make(folder: &Path, sound: Sound, seconds: u64) -> Result<PathBuf> {
    let path = folder.join(format!("{}-{seconds}.mp3", sound.name()));
    if path.exists() {
        return Ok(path);
    }
    let once = folder.join(format!("{}-once.mp3", sound.name()));
    if !once.exists() {
        encode(sound, &once)?;
    }
    let (once, seconds) = (once.as_os_str(), seconds.to_string());
    let mut arguments: Vec<&OsStr> = ["-stream_loop", "-1", "-i"].map(OsStr::new).to_vec();
    arguments.push(once);
    arguments.extend(["-c", "copy", "-t", &seconds].map(OsStr::new));
    ffmpeg(&arguments, &path)?;
    Ok(path)
}

/// The sample with pink noise 48 dB below full scale: a hall is never as silent as a synthetic voice.
fn encode(sound: Sound, path: &Path) -> Result<()> {
    let sample = speech::sample();
    let noise = "anoisesrc=color=pink:amplitude=0.004:seed=1:sample_rate=48000";
    let mix = "[0:a][1:a]amix=inputs=2:duration=first:normalize=0";
    let mut arguments: Vec<&OsStr> = vec![OsStr::new("-i"), sample.as_os_str()];
    arguments.extend(["-f", "lavfi", "-i", noise, "-filter_complex", mix, "-c:a", "libmp3lame"].map(OsStr::new));
    arguments.extend(sound.options().map(OsStr::new));
    ffmpeg(&arguments, path)
}

fn ffmpeg(arguments: &[&OsStr], path: &Path) -> Result<()> {
    let mut command = Command::new("ffmpeg");
    command.args(["-hide_banner", "-loglevel", "error", "-nostdin", "-y"]).args(arguments).arg(path);
    let output = command.stdout(Stdio::null()).output().context("ffmpeg cannot be started")?;
    ensure!(output.status.success(), "ffmpeg: {}", String::from_utf8_lossy(&output.stderr).trim());
    Ok(())
}
