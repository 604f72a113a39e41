//! The most memory that everything but the engine ever holds, for a short recording and for the
//! longest one Astra promises to hear.

use anyhow::Result;

use crate::figure::{Figure, Target};
use crate::ground::Ground;
use crate::null_run::NullRun;
use crate::recording::Sound;
use crate::spread::Spread;

/// A quarter of an hour and seven hours, in seconds.
const SHORT: u64 = 15 * 60;
const LONG: u64 = 7 * 3600;

/// How often each is heard, in turn.
const RUNS: usize = 3;

/// In MB of 1,000,000 bytes, ffmpeg not included.
const MOST_MB: f64 = 80.0;

/// How much more the long recording may take than the short one and still be called flat.
const FLAT: f64 = 1.05;

/// Hears both with the engine that costs nothing, each time in a fresh process.
///
/// # Errors
/// When a run fails.
pub fn measure(ground: &Ground) -> Result<Vec<Figure>> {
    let recordings = [ground.recording(Sound::Dictaphone, SHORT)?, ground.recording(Sound::Dictaphone, LONG)?];
    let (mut short, mut long) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        short.push(NullRun::on(&recordings[0], ground)?);
        long.push(NullRun::on(&recordings[1], ground)?);
    }
    let mut figures = Vec::new();
    for (what, kb, most) in [
        ("while listening", (|run| run.listening_peak_kb) as fn(&NullRun) -> u64, Some(MOST_MB)),
        ("with all documents", |run| run.peak_kb, Some(MOST_MB)),
        ("of ffmpeg", |run| run.ffmpeg_peak_kb, None),
    ] {
        let (of_short, of_long) = (spread(&short, kb), spread(&long, kb));
        let at_most = most.map_or(Target::None, Target::AtMost);
        figures.push(Figure::new(format!("highest memory {what}, 15 min"), of_short.median, "MB", at_most));
        figures.push(Figure::new(format!("highest memory {what}, 7 h"), of_long.median, "MB", at_most));
        if most.is_some() {
            let name = format!("highest memory {what}, 7 h over 15 min");
            figures.push(Figure::new(name, of_long.median / of_short.median, "", Target::AtMost(FLAT)).under(format!(
                "{:.2} MB for each hour more; 15 min: {of_short}; 7 h: {of_long}",
                (of_long.median - of_short.median) * 3600.0 / (LONG - SHORT) as f64
            )));
        }
    }
    if let (Some(figure), Some(run)) = (figures.first_mut(), long.first()) {
        figure.conditions = format!(
            "VmHWM of a fresh process with the null engine, {RUNS} runs each; {}; for 7 h: {} chunks ({} heard twice), \
             {:.1} s of processor time for an hour of audio, {:.0} s in all",
            Sound::Dictaphone.described(),
            run.chunks,
            run.second_tries,
            run.cpu_s_per_hour(),
            run.wall_s
        );
    }
    Ok(figures)
}

/// In MB.
fn spread(runs: &[NullRun], kb: fn(&NullRun) -> u64) -> Spread {
    Spread::of(&runs.iter().map(|run| kb(run) as f64 * 1024.0 / 1e6).collect::<Vec<_>>())
}
