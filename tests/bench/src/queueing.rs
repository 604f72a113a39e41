//! The queue: how soon a file that is ready is in it, and what is left in memory after five hundred sessions.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::figure::{Figure, Target};
use crate::ground::Ground;
use crate::null_sessions::{FEW, MANY, NullSessions};
use crate::recording::Sound;
use crate::spread::Spread;

/// How often a file comes.
const FILES: usize = 5;

/// How long a file must stand still on a disk of this computer, in seconds: `Patience::default()`.
const STILL_S: f64 = 10.0;

/// How much later than that it may be queued, in seconds: two looks.
const LATE_S: f64 = 5.0;

/// How much more memory many sessions may leave than few.
const FLAT: f64 = 1.1;

/// A watch that is killed when it is dropped.
struct Watching(Child);

/// Measures both.
///
/// # Errors
/// When the programs do not do what they are asked for.
pub fn measure(ground: &Ground) -> Result<Vec<Figure>> {
    let queued = Spread::of(&queued_after(ground)?);
    let sessions = NullSessions::run(ground)?;
    let mb = |kb: u64| kb as f64 * 1024.0 / 1e6;
    let (few, many) = (mb(sessions.few_kb), mb(sessions.many_kb));
    Ok(vec![
        Figure::new("file ready to queued", queued.median, "s", Target::AtMost(STILL_S + LATE_S))
            .under(format!("from the last byte written; {STILL_S} s of it the file must stand still; {queued}")),
        Figure::new(format!("memory after {MANY} sessions"), many, "MB", Target::None)
            .under(format!("VmRSS of one process that heard them with the null engine; after {FEW}: {few:.1} MB")),
        Figure::new(format!("memory after {MANY} sessions over {FEW}"), many / few, "", Target::AtMost(FLAT)),
    ])
}

/// Seconds from the last byte of each file to its session.
fn queued_after(ground: &Ground) -> Result<Vec<f64>> {
    let place = ground.new_folder()?;
    let card = place.path().join("card");
    fs::create_dir(&card)?;
    let recording = fs::read(ground.recording(Sound::Dictaphone, 60)?)?;
    let mut watching = Watching::start(ground, &place.path().join("data"), &[&card])?;
    let events = BufReader::new(watching.0.stdout.take().context("astra came without its output")?).lines();
    let mut events = events.map_while(Result::ok).filter_map(|line| serde_json::from_str::<Value>(&line).ok());
    // What lies there at the first look would be asked about.
    thread::sleep(Duration::from_secs(3));
    let mut took = Vec::new();
    for number in 0..FILES {
        // Another byte at the end makes it another recording.
        let mut bytes = recording.clone();
        bytes.extend([number as u8; 64]);
        fs::write(card.join(format!("{number}.mp3")), bytes)?;
        let written = Instant::now();
        let begun = |event: &Value| {
            event["event"] == "file_noticed" && ["begun", "joined"].iter().any(|what| event["line"]["what"] == *what)
        };
        events.find(begun).context("a file was never queued")?;
        took.push(written.elapsed().as_secs_f64());
    }
    Ok(took)
}

impl Watching {
    fn start(ground: &Ground, data: &Path, folders: &[&Path]) -> Result<Self> {
        let mut command: Command = ground.astra(data)?;
        command.args(["watch", "--json", "--model", "demo-es"]).args(folders).stdout(Stdio::piped());
        let mut child = command.spawn()?;
        ensure!(child.try_wait()?.is_none(), "it ended at once");
        Ok(Self(child))
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        // It has ended when the measurement failed for that.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
