//! Injects faults and prints what came of it. Rows that work for a processor share as many threads as there are
//! processors; those that mostly wait for a folder have threads of their own.

use std::any::Any;
use std::collections::VecDeque;
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::Mutex;
use std::thread;
use std::time::Instant;

use crate::astra::say;
use crate::desk::Desk;
use crate::fault::{Fault, Harm, Strike, Struck};
use crate::scene::Scene;
use crate::seed::Seed;
use crate::speech::Ground;

/// Injections that wait at once.
const WAITING: usize = 6;

/// What came of injecting a fault.
#[derive(Default)]
struct Row {
    injected: u64,
    harm: Harm,
    /// Why it could not be injected.
    lacking: Option<String>,
    /// What went wrong otherwise, with the number of the seed.
    broken: Vec<String>,
}

/// Injects each fault as often as it is worth, at most `seeds` times.
pub fn inject(faults: &[Fault], seeds: u64) -> ExitCode {
    let began = Instant::now();
    // Where it broke is said at once, and what broke again below the table.
    panic::set_hook(Box::new(|broken| say(&broken.to_string())));
    let ground = Ground::prepared();
    let rows: Vec<Mutex<Row>> = faults.iter().map(|_| Mutex::default()).collect();
    let works = |fault: &Fault| matches!(fault.strike, Strike::Program(_));
    let queue = |wanted: bool| {
        let chosen = faults.iter().enumerate().filter(|(_, fault)| works(fault) == wanted);
        let all = chosen.flat_map(|(row, fault)| (0..fault.times.of(seeds)).map(move |number| (number, row)));
        Mutex::new(all.collect::<VecDeque<_>>())
    };
    let (working, waiting) = (queue(true), queue(false));
    let processors = thread::available_parallelism().map_or(2, usize::from);
    thread::scope(|scope| {
        let lists = std::iter::repeat_n(&working, processors).chain(std::iter::repeat_n(&waiting, WAITING));
        for list in lists {
            let (ground, rows) = (&ground, &rows);
            scope.spawn(move || {
                let next = || list.lock().unwrap().pop_front();
                while let Some((number, row)) = next() {
                    let fault = &faults[row];
                    let seed = Seed::new(fault.name, number, fault.times.of(seeds));
                    let outcome = catch_unwind(AssertUnwindSafe(|| one(fault, seed, ground)));
                    note(&mut rows[row].lock().unwrap(), fault, number, outcome);
                }
            });
        }
    });
    let rows: Vec<Row> = rows.into_iter().map(|row| row.into_inner().unwrap()).collect();
    print(faults, &rows);
    say(&format!("{} s", began.elapsed().as_secs()));
    let good = rows.iter().all(|row| row.harm.is_none() && row.broken.is_empty());
    if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Injects one fault once and measures.
fn one(fault: &Fault, seed: Seed, ground: &Ground) -> Result<Harm, String> {
    let measured = |struck: Struck, harm: &mut dyn FnMut() -> Harm| struck.map(|()| harm());
    match fault.strike {
        Strike::Program(strike) => {
            let mut scene = Scene::new(seed, ground);
            measured(strike(&mut scene), &mut || scene.harm())
        }
        Strike::Folder(strike) => {
            let mut desk = Desk::new(seed);
            measured(strike(&mut desk), &mut || desk.harm())
        }
    }
}

fn note(row: &mut Row, fault: &Fault, number: u64, outcome: Result<Result<Harm, String>, Box<dyn Any + Send>>) {
    match outcome {
        Ok(Ok(harm)) => {
            row.injected += 1;
            row.harm += harm;
            if !harm.is_none() {
                say(&format!("«{}», seed {number}: {harm:?}", fault.name));
            }
        }
        Ok(Err(lacking)) => row.lacking = Some(lacking),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("it broke");
            row.injected += 1;
            row.broken.push(format!("«{}», seed {number}: {text}", fault.name));
        }
    }
}

fn print(faults: &[Fault], rows: &[Row]) {
    let line = |cells: [&str; 6]| {
        let [name, rest @ ..] = cells;
        say(&format!("{name:<36}{}", rest.map(|cell| format!("{cell:>14}")).concat()));
    };
    say("");
    line(["fault", "injected", "chunks lost", "heard twice", "edits lost", "originals"]);
    for (fault, row) in faults.iter().zip(rows) {
        let figures = [row.harm.chunks_lost, row.harm.heard_twice, row.harm.edits_lost, row.harm.originals_changed];
        let [lost, twice, edits, originals] = figures.map(|figure| figure.to_string());
        line([fault.name, &row.injected.to_string(), &lost, &twice, &edits, &originals]);
        if let Some(lacking) = &row.lacking {
            say(&format!("    NOT TESTED: {lacking}"));
        }
    }
    say("");
    rows.iter().flat_map(|row| &row.broken).for_each(|broken| say(broken));
}
