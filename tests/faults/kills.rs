//! Programs that are killed the way a power cut does.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use crate::fault::Struck;
use crate::run::Run;
use crate::scene::{Moment, Scene, tool};

/// The program itself, and sometimes the run that goes on with its work too.
pub fn the_program(scene: &mut Scene) -> Struck {
    let moment = scene.moment();
    let mut run = Run::start(scene.order());
    scene.reach(&mut run, moment);
    run.kill();
    scene.listened(&run);
    scene.struck();
    scene.edit("Corregido después.");
    if scene.seed.number % 3 == 2 && !matches!(moment, Moment::Exporting(_)) {
        // The same order again goes on by itself.
        let mut again = Run::start(scene.order());
        again.until(|event| event["event"] == "job_started").unwrap();
        thread::sleep(Duration::from_millis(scene.seed.within(0..300)));
        again.kill();
        scene.listened(&again);
        scene.struck();
    }
    scene.goes_on();
    Ok(())
}

/// The host that hears: another takes its place, and only what was in the air is heard again.
pub fn the_engine_host(scene: &mut Scene) -> Struck {
    let moment = scene.moment_of_hearing();
    let mut run = Run::start(scene.order());
    // What is corrected on the way takes time on a busy computer, and then nothing may be left to hear.
    scene.wait_for(&mut run, moment);
    let host = loop {
        match children(run.child.id(), |command| command.contains("astra-engine")).pop() {
            Some(host) => break host,
            None => thread::sleep(Duration::from_millis(5)),
        }
    };
    // Stopped first, so that what it has heard can be counted: on a busy computer it may be done before it is struck. One
    // that waits for the next chunk is let go on, since nobody need be told of its death.
    let was_done = loop {
        let (began, before) = (Instant::now(), computed(&host));
        thread::sleep(MOMENT);
        tool("kill", &["-STOP", &host]);
        let is_at_work = computed(&host) - before + MOMENT / 2 > began.elapsed();
        let was_done = scene.log().len() == scene.speech.chunks.len();
        if is_at_work || was_done {
            break was_done;
        }
        tool("kill", &["-CONT", &host]);
    };
    tool("kill", &["-KILL", &host]);
    scene.struck();
    scene.edit("Corregido mientras se oye.");
    assert_eq!(run.ended(), None, "{moment:?}");
    let told = run.seen.iter().any(|event| event["event"] == "remark_made");
    assert!(was_done || told, "nobody was told that the engine died at work");
    scene.listened(&run);
    scene.is_exported();
    if was_done { Err("the engine was struck when nothing was left to hear".to_owned()) } else { Ok(()) }
}

/// How long is looked at whether a host computes all the time, or nearly.
const MOMENT: Duration = Duration::from_millis(2);

/// For how long the threads of a process have computed.
fn computed(id: &str) -> Duration {
    let threads = fs::read_dir(format!("/proc/{id}/task")).into_iter().flatten().flatten();
    let times = threads.filter_map(|thread| fs::read_to_string(thread.path().join("schedstat")).ok());
    let nanoseconds = times.filter_map(|times| times.split_whitespace().next()?.parse::<u64>().ok());
    Duration::from_nanos(nanoseconds.sum())
}

/// ffmpeg: one that decodes, when it has given so much of the sound, or one that makes the listening copy. Asked to end
/// with SIGTERM, ffmpeg says that it came to the end all the same.
pub fn ffmpeg(scene: &mut Scene) -> Struck {
    let (decodes, signal) = scene.seed.turn(&[(true, "-KILL"), (false, "-KILL"), (true, "-TERM")]);
    let enough = if decodes { decoded_bytes(scene) } else { 0 };
    let mut run = Run::start(scene.order());
    let killed = decoder(&mut run, decodes, enough);
    tool("kill", &[signal, &killed]);
    scene.struck();
    if decodes {
        assert_eq!(run.ended().as_deref(), Some("decoding_broke"), "after {signal} at {enough} bytes");
        scene.listened(&run);
        scene.edit("Corregido después.");
        scene.struck();
        scene.goes_on();
    } else {
        assert_eq!(run.ended(), None, "the copy is never in the way of listening");
        scene.listened(&run);
        scene.is_exported();
    }
    Ok(())
}

/// After how many bytes of sound ffmpeg is struck. The last seconds lie in the pipe, and before them what is cut ahead of
/// the engine.
pub fn decoded_bytes(scene: &mut Scene) -> u64 {
    let all = scene.speech.seconds * 32_000;
    scene.seed.within(0..all * 8 / 10)
}

/// Waits for the ffmpeg that decodes, or for the one that makes the listening copy, to have written so many bytes; its
/// process id.
pub fn decoder(run: &mut Run, decodes: bool, enough: u64) -> String {
    run.until(|event| event["event"] == "job_started").unwrap();
    let wanted = |command: &str| command.starts_with("ffmpeg") && command.contains("-f s16le pipe:1") == decodes;
    loop {
        let found = children(run.child.id(), wanted).pop();
        match found.filter(|id| written(id).is_some_and(|bytes| bytes >= enough)) {
            Some(id) => return id,
            None => thread::sleep(Duration::from_millis(2)),
        }
    }
}

/// The process ids of the children whose command line is wanted.
fn children(parent: u32, wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let Ok(threads) = fs::read_dir(format!("/proc/{parent}/task")) else { return Vec::new() };
    let ids = threads.filter_map(|thread| fs::read_to_string(thread.ok()?.path().join("children")).ok());
    let ids: Vec<String> = ids.flat_map(|ids| ids.split_whitespace().map(str::to_owned).collect::<Vec<_>>()).collect();
    let command =
        |id: &String| fs::read_to_string(format!("/proc/{id}/cmdline")).unwrap_or_default().replace('\0', " ");
    ids.into_iter().filter(|id| wanted(&command(id))).collect()
}

/// How many bytes a process has written.
fn written(id: &str) -> Option<u64> {
    let facts = fs::read_to_string(format!("/proc/{id}/io")).ok()?;
    facts.lines().find_map(|line| line.strip_prefix("wchar: "))?.parse().ok()
}
