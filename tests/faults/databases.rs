//! A database that others hold, and one that is damaged.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::fault::Struck;
use crate::run::Run;
use crate::scene::{Moment, Scene};

/// Takes the right to write and keeps it until it is told to let go.
const HOLD: &str = "
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=30)
database.execute('BEGIN EXCLUSIVE')
print('held', flush=True)
sys.stdin.readline()
database.execute('ROLLBACK')
";

/// How long a writer of ours waits for others, in milliseconds.
const PATIENCE_MS: u64 = 20_000;

/// Two that are told to listen to the same: one does, the other one says that it is being done, and may read meanwhile.
pub fn two_programs(scene: &mut Scene) -> Struck {
    scene.brings_short();
    let moment = scene.moment_of_hearing();
    let mut first = Run::start(scene.order());
    let mut others = Vec::new();
    if moment == Moment::Hearing(0) {
        // At once: nobody knows who comes first.
        others.push(Run::start(scene.order()));
    } else {
        scene.reach(&mut first, moment);
        scene.struck();
        others.extend([Run::start(scene.order()), Run::start(scene.astra.command(&["jobs", "resume", "--json"]))]);
        assert_eq!(scene.astra.run(&["sessions", "list", "--json"]).objects().len(), 2);
    }
    let mut ends = vec![first.ended()];
    scene.listened(&first);
    for mut other in others {
        other.until(|_| false);
        let code = other.seen.iter().find(|event| event["event"] == "error" || event["event"] == "job_failed");
        ends.push(code.map(|error| error["code"].as_str().unwrap().to_owned()));
        scene.listened(&other);
    }
    let busy = |end: &Option<String>| end.as_deref().is_none_or(|code| code == "session_busy");
    assert!(ends.contains(&None) && ends.iter().all(busy), "{ends:?}");
    scene.edit("Corregido después.");
    Ok(())
}

/// Another program writes for a while, once longer than anybody waits.
pub fn locked(scene: &mut Scene) -> Struck {
    scene.brings_short();
    let moment = scene.moment_of_hearing();
    let longest = scene.seed.number == 1;
    let held_ms = if longest { PATIENCE_MS * 5 / 4 } else { scene.seed.within(100..5_000) };
    let mut run = Run::start(scene.order());
    scene.reach(&mut run, moment);
    let mut holder = Command::new("python3")
        .args(["-c", HOLD])
        .arg(scene.astra.data().join("astra.db"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = String::new();
    BufReader::new(holder.stdout.take().unwrap()).read_line(&mut said).unwrap();
    assert_eq!(said.trim(), "held");
    thread::sleep(Duration::from_millis(held_ms));
    holder.stdin.take().unwrap().write_all(b"\n").unwrap();
    holder.wait().unwrap();
    let failure = run.ended();
    scene.listened(&run);
    scene.struck();
    scene.edit("Corregido después.");
    match failure.as_deref() {
        None => scene.is_exported(),
        Some("database") if longest => scene.goes_on(),
        other => panic!("{other:?} after {held_ms} ms at {moment:?}"),
    }
    Ok(())
}

/// A damaged file is refused, a backup brings everything back, and the damaged file is kept byte for byte.
pub fn damaged(scene: &mut Scene) -> Struck {
    scene.brings_short();
    let mut run = Run::start(scene.order());
    scene.reach(&mut run, Moment::AfterCommit(1));
    assert_eq!(run.ended(), None);
    scene.listened(&run);
    scene.edit("Corregido antes.");
    let made = scene.astra.run(&["backup", "now", "--json"]).objects().remove(0);
    scene.struck();

    let path = scene.astra.data().join("astra.db");
    let whole = fs::read(&path).unwrap();
    let length = whole.len();
    let from = scene.seed.within(1..length as u64 / 2) as usize;
    let mut bytes = whole;
    match scene.seed.turn(&["beginning", "cut", "pages", "empty", "gone"]) {
        "beginning" => bytes[..from].fill(0x5A),
        "cut" => bytes.truncate(from),
        // Not the first, so that the damage is found only by whoever reads there.
        "pages" => bytes[4_096..].iter_mut().step_by(7).for_each(|byte| *byte ^= 0xA5),
        "empty" => bytes.clear(),
        _ => fs::remove_file(&path).unwrap(),
    }
    let gone = !path.exists();
    if !gone {
        fs::write(&path, &bytes).unwrap();
    }
    let refused = scene.astra.run(&["sessions", "list", "--json"]);
    assert_eq!((refused.error().as_str(), refused.code), ("database_damaged", Some(9)));
    let told = scene.astra.command(&["sessions", "list"]).output().unwrap();
    assert!(String::from_utf8(told.stderr).unwrap().contains("astra backup restore"), "it is offered");
    assert!(
        gone != path.exists() && (gone || fs::read(&path).unwrap() == bytes),
        "nobody writes to a damaged database"
    );

    let restored =
        scene.astra.run(&["backup", "restore", made["name"].as_str().unwrap(), "--json"]).objects().remove(0);
    match restored["kept"].as_str() {
        Some(kept) => assert_eq!(fs::read(scene.astra.data().join("backups").join(kept)).unwrap(), bytes),
        None => assert!(gone, "the damaged one is not kept"),
    }
    scene.is_exported();
    Ok(())
}
