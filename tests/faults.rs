//! Faults, injected into the real program at moments that seeds choose by its progress: nothing may be lost, nothing
//! heard twice, no original changed. `npm run test:faults` does each fifty times, `cargo test` five times; both print the
//! table. A word after `--` chooses rows: `cargo test --workspace --test faults -- ffmpeg`.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![cfg_attr(not(target_os = "linux"), expect(dead_code, unused_imports, reason = "only Linux is hurt here"))]

use std::process::ExitCode;

#[expect(dead_code, reason = "the other tests need more of it")]
#[path = "end_to_end/astra.rs"]
mod astra;
#[path = "faults/cards.rs"]
mod cards;
#[path = "faults/clock.rs"]
mod clock;
#[path = "faults/databases.rs"]
mod databases;
#[path = "faults/desk.rs"]
mod desk;
#[path = "faults/disks.rs"]
mod disks;
#[path = "faults/fault.rs"]
mod fault;
#[path = "faults/folders.rs"]
mod folders;
#[path = "faults/kills.rs"]
mod kills;
#[path = "faults/noise.rs"]
mod noise;
#[path = "faults/run.rs"]
mod run;
#[path = "faults/scene.rs"]
mod scene;
#[path = "faults/seed.rs"]
mod seed;
#[path = "end_to_end/small_disk.rs"]
mod small_disk;
#[expect(dead_code, reason = "the other tests need more of it")]
#[path = "end_to_end/sound.rs"]
mod sound;
#[path = "faults/speech.rs"]
mod speech;
#[path = "faults/table.rs"]
mod table;

use fault::Strike::{Folder, Program};
use fault::{Fault, Times};

/// Every fault there is, but for those of the window, which `tests/ui/faults.test.js` kills. What takes longest begins
/// first, or the others would be over long before it.
const FAULTS: [Fault; 21] = [
    Fault { name: "500 files at once", times: Times::AtMost(1), strike: Folder(folders::five_hundred) },
    Fault { name: "share gone for ten minutes", times: Times::Each, strike: Folder(folders::share_gone) },
    Fault { name: "kill -9 of the program", times: Times::Each, strike: Program(kills::the_program) },
    Fault { name: "kill -9 of the engine host", times: Times::Each, strike: Program(kills::the_engine_host) },
    Fault { name: "kill -9 of ffmpeg", times: Times::Each, strike: Program(kills::ffmpeg) },
    Fault { name: "disk full in the database", times: Times::Each, strike: Program(disks::full_in_the_database) },
    Fault { name: "disk full in the export", times: Times::Each, strike: Program(disks::full_in_the_export) },
    Fault { name: "disk full in the log", times: Times::Each, strike: Program(disks::full_in_the_log) },
    Fault { name: "card pulled while it is read", times: Times::Each, strike: Program(cards::pulled) },
    Fault { name: "file replaced while a job waits", times: Times::Each, strike: Program(cards::replaced) },
    Fault { name: "permission denied", times: Times::Each, strike: Program(cards::denied) },
    Fault { name: "two programs on one data folder", times: Times::Each, strike: Program(databases::two_programs) },
    Fault { name: "database locked", times: Times::Each, strike: Program(databases::locked) },
    Fault { name: "database damaged", times: Times::Each, strike: Program(databases::damaged) },
    Fault { name: "clock set back a day", times: Times::Each, strike: Program(clock::set_back) },
    Fault { name: "folder removed and put back", times: Times::Each, strike: Folder(folders::removed) },
    Fault { name: "file that grows, pauses and grows", times: Times::Each, strike: Folder(folders::growing) },
    Fault { name: "file replaced under its name", times: Times::Each, strike: Folder(folders::replaced) },
    Fault { name: "file cut short, completed later", times: Times::Each, strike: Folder(folders::completed) },
    Fault { name: "10,000 unrelated files", times: Times::AtMost(5), strike: Folder(folders::unrelated) },
    Fault { name: "odd names and a link to /", times: Times::Each, strike: Folder(folders::names) },
];

/// How often every run of the tests injects each.
const USUAL: u64 = 5;

#[cfg(target_os = "linux")]
fn main() -> ExitCode {
    let seeds: Option<u64> = std::env::var("ASTRA_FAULT_SEEDS").ok().map(|typed| typed.parse().unwrap());
    let word = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let is_wanted = |fault: &Fault| word.as_ref().is_none_or(|word| fault.name.contains(word));
    let faults: Vec<Fault> = FAULTS.into_iter().filter(is_wanted).collect();
    table::inject(&faults, seeds.unwrap_or(USUAL))
}

#[cfg(not(target_os = "linux"))]
fn main() -> ExitCode {
    astra::say("NOT TESTED: faults are injected on Linux only");
    ExitCode::SUCCESS
}
