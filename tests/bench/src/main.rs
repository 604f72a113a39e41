//! Ratios measured in one run: `npm run bench`, or `npm run bench -- NAME …` for some of them.
//!
//! - [`overhead`]: how much longer the pipeline takes than its engine alone.
//! - [`cost`]: processor time for an hour of audio with an engine that costs nothing.
//! - [`memory`]: the most memory that everything but the engine ever holds.
//! - [`disk`]: bytes of audio that lie on the disk meanwhile.
//! - [`first_text`]: how long until the first text, for short and for long recordings.
//! - [`engine_speed`]: whisper.cpp as we call it against whisper.cpp alone.
//! - [`acta`]: how long the acta of a long session takes to write.
//! - [`watching`]: what watched folders cost when nothing happens in them, and when everything comes at once.
//! - [`names`]: how long learning the council's names takes, and what they put right.
//! - [`queueing`]: from a file that is ready to its session, and memory after many sessions.
//! - [`peers`]: our engines against others with the same weights. Only when it is asked for by name: it installs their
//!   packages and makes models, some six gigabytes in all.
//!
//! Nothing here fails because a figure is bad: it is printed, and kept in `target/bench.json`.

use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Result, bail};

mod acta;
mod cost;
mod disk;
mod engine_speed;
mod figure;
mod first_text;
mod ground;
mod listening;
mod load;
mod machine;
mod memory;
mod misheard;
mod names;
mod null_engine;
mod null_run;
mod null_sessions;
mod overhead;
mod peers;
mod process;
mod queueing;
mod recording;
mod report;
mod scripted_model;
mod speech;
mod spread;
mod timed_engine;
mod watching;
mod wording;

use figure::Figure;
use ground::Ground;
use load::Load;
use machine::Machine;
use report::{Block, Report};

type Measure = fn(&Ground) -> Result<Vec<Figure>>;

/// What nobody gets who did not ask for it.
const ONLY_BY_NAME: [&str; 2] = ["peers-parakeet", "peers-whisper"];

const MEASUREMENTS: [(&str, Measure); 12] = [
    ("overhead", overhead::measure),
    ("cost", cost::measure),
    ("memory", memory::measure),
    ("disk", disk::measure),
    ("first-text", first_text::measure),
    ("engine-speed", engine_speed::measure),
    ("acta", acta::measure),
    ("names", names::measure),
    ("queueing", queueing::measure),
    ("watching", watching::measure),
    ("peers-parakeet", peers::parakeet),
    ("peers-whisper", peers::whisper),
];

fn main() -> Result<ExitCode> {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    if let Some((command, rest)) = asked.split_first()
        && command == null_run::COMMAND
    {
        null_run::run(rest)?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some((command, rest)) = asked.split_first()
        && command == null_sessions::COMMAND
    {
        null_sessions::run(rest)?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(unknown) = asked.iter().find(|name| MEASUREMENTS.iter().all(|(known, _)| known != name)) {
        bail!("{unknown}: not one of {}", MEASUREMENTS.map(|(known, _)| known).join(", "));
    }
    let ground = Ground::prepare()?;
    let mut report = Report { machine: Machine::this(), blocks: Vec::new() };
    for (name, measure) in MEASUREMENTS {
        let unasked = asked.is_empty() && !ONLY_BY_NAME.contains(&name);
        if unasked || asked.iter().any(|wanted| wanted == name) {
            report.blocks.push(block(name, measure, &ground)?);
        }
    }
    report.print()?;
    writeln!(io::stdout(), "\n{}", report.keep()?.display())?;
    Ok(if report.is_whole() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn block(measurement: &'static str, measure: Measure, ground: &Ground) -> Result<Block> {
    writeln!(io::stderr(), "measuring {measurement} …")?;
    let load_before = Load::watch()?;
    let began = Instant::now();
    let (figures, failure) = match measure(ground) {
        Ok(figures) => (figures, None),
        Err(error) => (Vec::new(), Some(format!("{error:#}"))),
    };
    let took_s = began.elapsed().as_secs_f64();
    Ok(Block { measurement, load_before, load_after: Load::watch()?, took_s, figures, failure })
}
