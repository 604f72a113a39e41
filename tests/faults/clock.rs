//! A clock that is set back while Astra works, by `faketime`, which tells one program another time.

use std::fs;
use std::process::{Command, Stdio};

use crate::fault::Struck;
use crate::run::Run;
use crate::scene::Scene;

/// The clock was a day ahead, and somebody notices: while something is heard, or between two runs.
pub fn set_back(scene: &mut Scene) -> Struck {
    scene.brings_short();
    let library = Command::new("faketime").args(["-f", "+0d", "printenv", "LD_PRELOAD"]).stderr(Stdio::null()).output();
    let library = library.ok().filter(|output| output.status.success()).ok_or("faketime is missing")?;
    let library = String::from_utf8(library.stdout).unwrap();
    let clock = scene.astra.folder().join("reloj");
    let faked = |mut command: Command| {
        // The clock that counts on, whatever day it is, goes on as it does.
        command.env("LD_PRELOAD", library.trim()).env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        command.env("FAKETIME_TIMESTAMP_FILE", &clock).env("FAKETIME_NO_CACHE", "1");
        command
    };
    fs::write(&clock, "+1d").unwrap();
    let moment = scene.moment_of_hearing();
    let mut run = Run::start(faked(scene.order()));
    scene.reach(&mut run, moment);
    if scene.seed.turn(&[true, false]) {
        fs::write(&clock, "+0d").unwrap();
        scene.struck();
        assert_eq!(run.ended(), None);
        scene.listened(&run);
        scene.edit("Corregido después.");
        scene.is_exported();
        return Ok(());
    }
    run.kill();
    scene.listened(&run);
    scene.struck();
    scene.edit("Corregido después.");
    scene.goes_on();
    Ok(())
}
