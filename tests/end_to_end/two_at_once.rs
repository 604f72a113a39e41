//! Two programs on one data folder.

use std::ffi::OsStr;

use crate::astra::{Astra, sample};

#[test]
fn programs_that_start_at_once_on_a_new_data_folder_do_not_trip_over_each_other() {
    let astra = Astra::new();
    let mut started: Vec<_> = (0..6).map(|_| astra.start(&["sessions", "list"])).collect();
    for running in &mut started {
        assert_eq!(running.child.wait().unwrap().code(), Some(0));
    }
}

#[test]
fn two_programs_hear_two_sessions_side_by_side() {
    let astra = Astra::new();
    crate::sound::piece(&sample(), 0, 50, &astra.folder().join("una.mp3"));
    crate::sound::piece(&sample(), 50, 50, &astra.folder().join("otra.mp3"));
    let arguments = |name: &'static str| ["transcribe", name, "--model", "demo-es", "--formats", "txt"];
    let mut one = astra.start(&arguments("una.mp3"));
    let mut other = astra.start(&arguments("otra.mp3"));
    one.wait_for("job_done", |_| true).unwrap();
    other.wait_for("job_done", |_| true).unwrap();
    assert_eq!(astra.run(&["sessions", "list", "--json"]).objects().len(), 2);
}

#[test]
fn a_job_is_cancelled_from_another_program_and_what_was_heard_is_kept() {
    let astra = Astra::new();
    let arguments: [&OsStr; 4] = [
        "transcribe".as_ref(),
        sample().into_os_string().leak(),
        "--out".as_ref(),
        astra.out().into_os_string().leak(),
    ];
    let mut running = astra.start(&arguments);
    let job = running.wait_for("job_started", |_| true).unwrap()["job"].as_str().unwrap().to_owned();
    running.wait_for("chunk_heard", |_| true).unwrap();
    assert_eq!(astra.run(&["jobs", "cancel", &job, "--json"]).objects()[0]["state"], "cancelled");
    assert_eq!(running.child.wait().unwrap().code(), Some(130));

    let jobs = astra.run(&["jobs", "list", "--json"]).objects();
    assert_eq!(jobs[0]["state"], "cancelled");
    assert!(jobs[0]["chunks_heard"].as_u64().unwrap() >= 1);
    assert_eq!(astra.run(&["jobs", "resume", "--json"]).objects().len(), 0);
    // Asked for again, it goes on instead of starting over.
    assert_eq!(astra.transcribe_sample().event("job_started")["resumed"], true);
}
