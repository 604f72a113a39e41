//! Stops, crashes, hangs and deaths.

use std::time::{Duration, Instant};

use astra_core::engine::host::{EngineHost, Patience};
use astra_core::engine::{Effort, Engine, EngineError, Stop};

use crate::{ask, audio, host, host_with_threads, models, patience};
#[cfg(target_os = "linux")]
use crate::{runs, signal, soon};

#[test]
fn a_stop_in_the_middle_of_listening_is_obeyed_within_a_second() {
    let Some(model) = models::babbler() else { return };
    for placed in [models::alone(&model), models::beside_onnx_runtime(&model)] {
        let mut hosts = [host(placed.path.clone()), host_with_threads(placed.path.clone())];
        for (which, effort, after) in
            [(0, Effort::Usual, 200), (0, Effort::Thorough, 3000), (0, Effort::Usual, 1500), (1, Effort::Usual, 2000)]
        {
            stopped_within_a_second(&mut hosts[which], effort, Duration::from_millis(after));
        }
    }
}

fn stopped_within_a_second(host: &mut EngineHost, effort: Effort, after: Duration) {
    let chunks = vec![audio::murmur(0, 30.0); 8];
    host.start(&Stop::default()).expect("the model loads");
    let stop = Stop::default();
    let asked = std::thread::spawn({
        let stop = stop.clone();
        move || {
            std::thread::sleep(after);
            stop.set();
            Instant::now()
        }
    });
    assert_eq!(host.listen(&chunks, &ask(effort), &stop), Err(EngineError::Stopped));
    let took = asked.join().expect("it was asked").elapsed();
    assert!(took < Duration::from_secs(1), "{took:?}");
}

#[test]
fn a_stop_that_was_set_before_starts_nothing() {
    let stop = Stop::default();
    stop.set();
    let mut host = host("/nonexistent/model.bin".into());
    assert_eq!(host.listen(&[audio::murmur(0, 1.0)], &ask(Effort::Usual), &stop), Err(EngineError::Stopped));
    assert_eq!(host.process_id(), None);
}

#[test]
#[cfg(target_os = "linux")]
fn a_killed_host_is_reported_and_the_next_call_has_another() {
    let (Some(babbler), Some(dummy)) = (models::babbler(), models::dummy()) else { return };
    let mut host_busy = host(babbler);
    host_busy.start(&Stop::default()).expect("the model loads");
    let process = host_busy.process_id().expect("a process");
    let killer = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(500));
        signal(process, "-KILL");
    });
    let chunks = vec![audio::murmur(0, 30.0); 8];
    match host_busy.listen(&chunks, &ask(Effort::Usual), &Stop::default()) {
        Err(EngineError::Died { reason }) => assert!(reason.contains("signal: 9"), "{reason}"),
        other => panic!("{other:?}"),
    }
    killer.join().expect("it was killed");

    // Between two requests, the next one does not even notice.
    let mut host = host(dummy);
    for _ in 0..2 {
        host.listen(&[audio::murmur(0, 1.0)], &ask(Effort::Usual), &Stop::default()).expect("it listens");
        let process = host.process_id().expect("a process");
        signal(process, "-KILL");
        assert!(soon(Duration::from_secs(1), || !runs(process)));
        // Its first thread is gone; the others take a moment longer.
        std::thread::sleep(Duration::from_millis(300));
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_host_that_gives_no_sign_of_life_is_killed() {
    let Some(model) = models::dummy() else { return };
    let mut host = host(model).with_patience(Patience { silence: Duration::from_secs(3), ..patience() });
    host.start(&Stop::default()).expect("the model loads");
    let process = host.process_id().expect("a process");
    signal(process, "-STOP");
    match host.listen(&[audio::murmur(0, 1.0)], &ask(Effort::Usual), &Stop::default()) {
        Err(EngineError::Died { reason }) => assert!(reason.contains("no sign of life"), "{reason}"),
        other => panic!("{other:?}"),
    }
    assert!(!runs(process));
    host.listen(&[audio::murmur(0, 1.0)], &ask(Effort::Usual), &Stop::default()).expect("there is another");
}

#[test]
#[cfg(target_os = "linux")]
fn a_host_that_does_not_obey_a_stop_is_killed_within_a_second() {
    let Some(model) = models::dummy() else { return };
    let mut host = host(model);
    host.start(&Stop::default()).expect("the model loads");
    let process = host.process_id().expect("a process");
    signal(process, "-STOP");
    let stop = Stop::default();
    let asked = Instant::now();
    let setting = stop.clone();
    let setter = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(100));
        setting.set();
    });
    assert_eq!(host.listen(&[audio::murmur(0, 1.0)], &ask(Effort::Usual), &stop), Err(EngineError::Stopped));
    setter.join().expect("it was set");
    assert!(asked.elapsed() < Duration::from_millis(1100), "{:?}", asked.elapsed());
    assert!(!runs(process));
}

#[test]
#[cfg(target_os = "linux")]
fn an_idle_host_leaves_and_comes_back_when_it_is_needed() {
    let Some(model) = models::dummy() else { return };
    let mut host = host(model).with_patience(Patience { idle: Duration::from_secs(1), ..patience() });
    host.listen(&[audio::murmur(0, 1.0)], &ask(Effort::Usual), &Stop::default()).expect("it listens");
    let first = host.process_id().expect("a process");
    assert!(soon(Duration::from_secs(4), || !runs(first)), "it is still there");
    host.listen(&[audio::murmur(0, 1.0)], &ask(Effort::Usual), &Stop::default()).expect("it listens again");
    assert_ne!(host.process_id(), Some(first));
}

#[test]
#[cfg(target_os = "linux")]
fn dropping_the_engine_ends_the_host() {
    let Some(model) = models::dummy() else { return };
    let mut host = host(model);
    host.start(&Stop::default()).expect("the model loads");
    let process = host.process_id().expect("a process");
    let asked = Instant::now();
    drop(host);
    assert!(!runs(process));
    assert!(asked.elapsed() < Duration::from_secs(1), "{:?}", asked.elapsed());
}

#[test]
#[cfg(target_os = "linux")]
fn a_host_dies_with_its_parent_even_while_it_listens() {
    use std::io::{BufRead, BufReader};

    if models::babbler().is_none() {
        return;
    }
    let mut parent = std::process::Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", "crashes::a_parent_that_listens_until_it_is_killed", "--ignored", "--nocapture"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .expect("it starts");
    let lines = BufReader::new(parent.stdout.take().expect("a pipe")).lines();
    let process = lines
        .map_while(Result::ok)
        .find_map(|line| line.rsplit_once("host ").and_then(|(_, id)| id.trim().parse().ok()))
        .expect("the id of its host");
    std::thread::sleep(Duration::from_millis(500));
    assert!(runs(process));
    signal(parent.id(), "-KILL");
    parent.wait().expect("it ended");
    assert!(soon(Duration::from_secs(2), || !runs(process)), "the host outlived its parent");
}

#[test]
#[ignore = "started by the test above, as the process that is killed"]
#[expect(clippy::print_stdout, reason = "the test above reads it")]
fn a_parent_that_listens_until_it_is_killed() {
    let mut host = host(models::babbler().expect("a model"));
    host.start(&Stop::default()).expect("the model loads");
    println!("\nhost {}", host.process_id().expect("a process"));
    let chunks = vec![audio::murmur(0, 30.0); 20];
    let _ = host.listen(&chunks, &ask(Effort::Usual), &Stop::default());
}
