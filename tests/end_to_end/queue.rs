//! The queue, through the real program and the real engine.

use std::ffi::OsStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::Value;

use crate::astra::{Astra, sample};

/// Begins a session of a stretch of the sample and cuts it short, so that its job waits. Returns the job's id.
fn waiting(astra: &Astra, name: &'static str, start: u32, seconds: u32) -> String {
    crate::sound::piece(&sample(), start, seconds, &astra.folder().join(name));
    let mut running = astra.start(&["transcribe", name, "--model", "demo-es", "--formats", "txt"]);
    let started = running.wait_for("job_started", |_| true).unwrap();
    running.kill();
    started["job"].as_str().unwrap().to_owned()
}

fn order(astra: &Astra) -> Vec<String> {
    let jobs = astra.run(&["jobs", "list", "--json"]).objects();
    jobs.iter().map(|job| job["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_queue_is_put_in_order_and_paused_from_the_command_line_and_stays_so() {
    let astra = Astra::new();
    let [one, two] = [waiting(&astra, "una.mp3", 0, 40), waiting(&astra, "otra.mp3", 60, 40)];
    assert_eq!(order(&astra), [one.as_str(), &two]);
    astra.run(&["jobs", "move", &two, "--first", "--json"]).objects();
    assert_eq!(order(&astra), [two.as_str(), &one]);
    astra.run(&["jobs", "move", &one, "--before", &two, "--json"]).objects();
    assert_eq!(order(&astra), [one.as_str(), &two]);
    assert_eq!(astra.run(&["jobs", "move", "nadie", "--last", "--json"]).error(), "job_unknown");

    let paused = astra.run(&["jobs", "pause", "--all", "--json"]).objects().remove(0);
    assert_eq!((&paused["paused"], &paused["holding"]["reason"]), (&Value::Bool(true), &"paused".into()));
    // What somebody asks for now is heard now.
    astra.transcribe_sample().event("job_done");
    let going_on = astra.run(&["jobs", "resume", "--all", "--json"]).objects().remove(0);
    assert_eq!((&going_on["paused"], &going_on["holding"]), (&Value::Bool(false), &Value::Null));
    assert_eq!(going_on["waiting"].as_array().unwrap().len(), 2);
}

#[cfg(unix)]
#[test]
fn a_recording_that_kills_the_engine_every_time_fails_and_the_next_one_is_heard() {
    let astra = Astra::new();
    // Long enough for three chunks in a row.
    let [poisoned, next] = [waiting(&astra, "veneno.mp3", 0, 150), waiting(&astra, "otra.mp3", 150, 40)];
    let mut running = astra.start(&["jobs", "resume"]);
    let (poison, parent) = (Arc::new(AtomicBool::new(true)), running.child.id().to_string());
    let killing = Arc::clone(&poison);
    let killer = std::thread::spawn(move || {
        while killing.load(Ordering::SeqCst) {
            let arguments = ["-KILL", "-P", &parent, "astra-engine"];
            // Between two lives there is none to kill.
            let _ = std::process::Command::new("pkill").args(arguments).status();
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
    });
    let failed = running.wait_for("job_failed", |_| true);
    poison.store(false, Ordering::SeqCst);
    killer.join().unwrap();
    let failed = failed.expect("the poisoned recording fails");
    assert_eq!((failed["job"].as_str(), failed["code"].as_str()), (Some(poisoned.as_str()), Some("engine")));
    assert!(failed["retry_at_ms"].is_i64(), "memory may be free another time: {failed}");
    let done = running.wait_for("job_done", |_| true).expect("the next one is heard");
    assert_eq!(done["job"].as_str(), Some(next.as_str()));
}

#[cfg(unix)]
#[test]
fn a_log_off_stops_in_good_order_and_what_was_heard_goes_on_at_the_next_start() {
    // Whoever runs the tests with `nohup` wants a hang-up to be survived, and so it is.
    let signals = if hangup_is_ignored() { ["-TERM"].as_slice() } else { &["-TERM", "-HUP"] };
    for signal in signals {
        let astra = Astra::new();
        let (sample, out) = (sample(), astra.out());
        let arguments = ["transcribe".as_ref(), sample.as_os_str(), "--out".as_ref(), out.as_os_str()];
        let mut running = astra.start(&arguments);
        running.wait_for("chunk_heard", |event| event["chunk"] == 1).unwrap();
        crate::astra::tool("kill", &[OsStr::new(signal), OsStr::new(&running.child.id().to_string())]);
        assert_eq!(running.child.wait().unwrap().code(), Some(130), "{signal}");
        let job = astra.run(&["jobs", "list", "--json"]).objects().remove(0);
        assert_eq!((job["state"].as_str(), job["tries"].as_u64()), (Some("waiting"), Some(0)), "{signal}");
        let done = astra.run(&["jobs", "resume", "--json"]);
        assert_eq!(done.event("job_started")["resumed"], true, "{signal}");
        done.event("job_done");
    }
}

#[cfg(unix)]
#[test]
fn a_computer_that_sleeps_in_the_middle_goes_on_where_it_was_and_writes_the_same() {
    let (undisturbed, astra) = (Astra::with_the_sample_heard(), Astra::new());
    let (sample, out) = (sample(), astra.out());
    let mut running = astra.start(&["transcribe".as_ref(), sample.as_os_str(), "--out".as_ref(), out.as_os_str()]);
    running.wait_for("chunk_heard", |event| event["chunk"] == 1).unwrap();
    let own = running.child.id();
    let mut asleep = vec![own.to_string()];
    asleep.extend(crate::astra::children_of(own).into_iter().map(|(id, _)| id));
    assert!(asleep.len() > 1, "an engine is listening");
    let tell = |signal: &'static str| {
        let arguments: Vec<&OsStr> =
            [signal].into_iter().chain(asleep.iter().map(String::as_str)).map(OsStr::new).collect();
        crate::astra::tool("kill", &arguments);
    };
    tell("-STOP");
    std::thread::sleep(Duration::from_secs(10));
    tell("-CONT");
    running.wait_for("job_done", |_| true).unwrap();
    assert_eq!(astra.transcript()["segments"], undisturbed.transcript()["segments"]);
}

#[cfg(target_os = "linux")]
#[test]
fn listening_steps_back_behind_what_somebody_works_with() {
    let astra = Astra::new();
    let mut running = astra.start(&[OsStr::new("transcribe"), sample().into_os_string().leak()]);
    running.wait_for("chunk_heard", |_| true).unwrap();
    let nice = |id: &str| {
        let listed = crate::astra::tool("ps", &["-o", "nice=", "-p", id].map(OsStr::new));
        listed.trim().parse::<i32>().unwrap()
    };
    let own = nice(&running.child.id().to_string());
    let host = crate::astra::child_of(running.child.id(), "astra-engine");
    assert_eq!(nice(&host), own.max(5));
    running.kill();
}

/// Whether these tests, and so what they start, go on after a hang-up: the lowest bit of the ignored signals.
#[cfg(unix)]
fn hangup_is_ignored() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:")).unwrap_or_default().trim().to_owned();
    u64::from_str_radix(&ignored, 16).is_ok_and(|signals| signals & 1 == 1)
}
