//! How long until the first text: from the start of the program to the first chunk that is in the
//! store and told of. If it is the same for a minute and for seven hours, nothing waits for the end
//! of a recording.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::figure::{Figure, Target};
use crate::ground::Ground;
use crate::process;
use crate::recording::Sound;
use crate::spread::Spread;

/// One minute and seven hours, in seconds.
const SHORT: u64 = 60;
const LONG: u64 = 7 * 3600;

/// How often short, long, long and short ones are heard, in this order.
const ROUNDS: usize = 6;

/// How far the two may lie apart.
const SAME: Target = Target::Between(0.9, 1.1);

/// How long the children of a killed program may take to notice.
const FAREWELL: Duration = Duration::from_secs(3);

/// Starts the real programs on both in turn.
///
/// # Errors
/// When one ends without any text.
pub fn measure(ground: &Ground) -> Result<Vec<Figure>> {
    let short = ground.recording(Sound::Dictaphone, SHORT)?;
    let long = ground.recording(Sound::Dictaphone, LONG)?;
    // Reads the programs and the model into the page cache, for which the first one would wait alone.
    once(ground, &short)?;
    let (mut of_short, mut of_long) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        of_short.push(once(ground, &short)?);
        of_long.push(once(ground, &long)?);
        of_long.push(once(ground, &long)?);
        of_short.push(once(ground, &short)?);
    }
    let (short, long) = (Spread::of(&of_short), Spread::of(&of_long));
    let ratio = Spread::of_ratios(&of_long, &of_short);
    let conditions = format!(
        "{}, demo model, fresh process and data folder each time, page cache warm, {} runs each, interleaved",
        Sound::Dictaphone.described(),
        of_short.len()
    );
    Ok(vec![
        Figure::new("first text of 7 h over first text of 1 min", long.median / short.median, "", SAME)
            .under(format!("ratio of medians; of pairs: {ratio}")),
        Figure::new("first text of 1 min", short.median, "s", Target::None).under(format!("{conditions}; {short}")),
        Figure::new("first text of 7 h", long.median, "s", Target::None).under(long.to_string()),
    ])
}

/// Seconds from the start of `astra transcribe` to its first chunk.
fn once(ground: &Ground, recording: &Path) -> Result<f64> {
    let folder = ground.new_folder()?;
    let mut command = ground.astra(&folder.path().join("data"))?;
    command.args(["transcribe", "--json", "--model", "demo-es", "--out"]).arg(folder.path().join("out"));
    let began = Instant::now();
    let mut astra = command.arg(recording).stdout(Stdio::piped()).spawn()?;
    let output = BufReader::new(astra.stdout.take().context("astra came without its output")?);
    let heard = output.lines().map_while(Result::ok).find(|line| {
        serde_json::from_str::<serde_json::Value>(line).is_ok_and(|event| event["event"] == "chunk_heard")
    });
    let took = began.elapsed().as_secs_f64();
    let family = process::family(astra.id());
    astra.kill()?;
    astra.wait()?;
    // What is left of this one would slow down the next one.
    let asked = Instant::now();
    while family.iter().any(|id| process::is_alive(*id)) && asked.elapsed() < FAREWELL {
        thread::sleep(Duration::from_millis(10));
    }
    heard.context("astra ended before it heard anything")?;
    Ok(took)
}
