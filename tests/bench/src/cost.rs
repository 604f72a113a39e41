//! What everything but the engine costs: processor time for an hour of audio.

use anyhow::Result;

use crate::figure::{Figure, Target};
use crate::ground::Ground;
use crate::null_run::NullRun;
use crate::recording::Sound;
use crate::spread::Spread;

/// How long the recording is, in seconds.
const SECONDS: u64 = 3600;

/// How often it is heard.
const RUNS: usize = 5;

/// Seconds of processor time for an hour of audio; decoding alone takes 6.7 of them.
const MOST: f64 = 8.0;

/// Hears an hour several times with the engine that costs nothing.
///
/// # Errors
/// When a run fails.
pub fn measure(ground: &Ground) -> Result<Vec<Figure>> {
    let recording = ground.recording(Sound::HallRecorder, SECONDS)?;
    let runs = (0..RUNS).map(|_| NullRun::on(&recording, ground)).collect::<Result<Vec<_>>>()?;
    let spread_of = |number: fn(&NullRun) -> f64| Spread::of(&runs.iter().map(number).collect::<Vec<_>>());
    let whole = spread_of(NullRun::cpu_s_per_hour);
    let ffmpeg = spread_of(|run| run.ffmpeg_cpu_s * 3600.0 / run.audio_s);
    let wall = spread_of(|run| run.wall_s * 3600.0 / run.audio_s);
    let (chunks, second_tries) = runs.first().map_or((0, 0), |run| (run.chunks, run.second_tries));
    Ok(vec![
        Figure::new("processor time for an hour of audio, no engine", whole.median, "s", Target::AtMost(MOST)).under(
            format!(
                "{}, {RUNS} runs: {whole}; null engine, {chunks} chunks ({second_tries} heard twice), all documents; \
                 start of the process and ffmpeg included",
                Sound::HallRecorder.described()
            ),
        ),
        Figure::new("of that, ffmpeg and ffprobe", ffmpeg.median, "s", Target::None).under(ffmpeg.to_string()),
        Figure::new("wall time for an hour of audio, no engine", wall.median, "s", Target::None)
            .under(wall.to_string()),
    ])
}
