//! Kill -9 at any moment: nothing committed is lost, nothing is heard twice but what was in the
//! air, and the resumed session is the undisturbed one.

use std::ffi::OsStr;

use serde_json::Value;

use crate::astra::{Astra, Running, Undisturbed, sample, undisturbed};

/// When the run is killed, by its progress and not by the clock.
#[derive(Debug, Clone, Copy)]
enum Moment {
    /// While this chunk is being heard.
    Hearing(u64),
    /// When the engine host has heard this chunk and the program has not committed it yet.
    BeforeCommit(u64),
    /// Right after this chunk was committed.
    AfterCommit(u64),
    /// While this document is being written.
    Exporting(&'static str),
}

#[test]
fn ten_kills_at_ten_moments_leave_the_undisturbed_transcript() {
    let Undisturbed { transcript: expected, chunks } = undisturbed();
    let chunks = *chunks;
    assert!(chunks >= 5, "the sample has only {chunks} chunks");

    for moment in moments(chunks) {
        let astra = Astra::new();
        let mut running = astra.start(&arguments(&astra));
        wait_until(&astra, &mut running, moment);
        running.kill();

        let committed = committed(&astra);
        let all = matches!(moment, Moment::Exporting(_));
        let right = if all { committed == chunks } else { (1..chunks).contains(&committed) };
        assert!(right, "{moment:?}: {committed} of {chunks} chunks were committed");

        let resumed = astra.run(&["jobs", "resume", "--json"]);
        resumed.event("job_done");
        let transcript = astra.transcript();
        assert_eq!(transcript["segments"], expected["segments"], "{moment:?}");
        assert_eq!(transcript["coverage"], expected["coverage"], "{moment:?}");
        let heard = astra.chunks_heard() as u64;
        assert!(heard <= chunks + 1, "{moment:?}: {heard} chunks were heard for {chunks} and one kill");
        assert!(astra.out().join("sesion-de-muestra.docx").exists(), "{moment:?}");
        let left: Vec<_> = std::fs::read_dir(astra.out()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert!(left.iter().all(|name| !name.to_string_lossy().ends_with(".part")), "{moment:?}: {left:?}");
    }
}

#[test]
fn one_run_killed_again_and_again_still_ends_as_the_undisturbed_one() {
    let Undisturbed { transcript: expected, chunks } = undisturbed();
    let astra = Astra::new();
    let mut kills = 0;
    for chunk in 1..chunks - 1 {
        // The same order again goes on by itself.
        let mut running = astra.start(&arguments(&astra));
        wait_until(&astra, &mut running, Moment::AfterCommit(chunk));
        running.kill();
        kills += 1;
    }
    astra.transcribe_sample().event("job_done");
    assert_eq!(astra.transcript()["segments"], expected["segments"]);
    let heard = astra.chunks_heard() as u64;
    assert!(heard <= chunks + kills, "{heard} chunks were heard for {chunks} and {kills} kills");
}

#[test]
fn the_engine_host_killed_half_way_costs_one_chunk_and_not_the_job() {
    let astra = Astra::new();
    let mut running = astra.start(&arguments(&astra));
    running.wait_for("chunk_cut", |event| event["chunk"] == 2).unwrap();
    let host = host_of(running.child.id());
    crate::astra::tool("kill", &[OsStr::new("-9"), OsStr::new(&host)]);
    let notice = running.wait_for("notice_given", |_| true).expect("the death of the host is told");
    assert!(notice["message"].as_str().unwrap().contains("motor"), "{notice}");
    running.wait_for("chunk_heard", |event| event["chunk"] == 2).unwrap();
    assert_ne!(host_of(running.child.id()), host, "another host took its place");
    running.wait_for("job_done", |_| true).unwrap();
    assert_eq!(astra.transcript()["segments"], undisturbed().transcript["segments"]);
}

#[test]
fn ffmpeg_killed_half_way_is_an_error_and_the_job_goes_on_when_resumed() {
    // Asked to end with SIGTERM, ffmpeg says that it came to the end all the same.
    for signal in ["-KILL", "-TERM"] {
        let astra = Astra::new();
        // Long enough that ffmpeg is still at work when the first chunk is being heard.
        crate::sound::made(
            "sine=frequency=300:duration=1800",
            &["-filter_complex", &format!("amovie={},aloop=loop=-1:size=2e9", sample().display()), "-t", "1800"],
            &astra.folder().join("larga.wav"),
        );
        let arguments = ["transcribe", "larga.wav", "--model", "demo-es", "--formats", "txt"];
        let mut running = astra.start(&arguments);
        running.wait_for("chunk_heard", |event| event["chunk"] == 1).unwrap();
        let ffmpeg = child_of(running.child.id(), "ffmpeg");
        let told = committed(&astra);
        crate::astra::tool("kill", &[OsStr::new(signal), OsStr::new(&ffmpeg)]);
        let failed = running.wait_for("job_failed", |_| true);
        let failed = failed.unwrap_or_else(|| panic!("after {signal} the job ended as if all had been heard"));
        assert_eq!(failed["code"], "decoding_broke", "{signal}");
        drop(running);
        let before = committed(&astra);
        assert!(before >= told.max(2), "{signal}: {before} chunks are left of {told}");

        let mut resumed = astra.start(&["jobs", "resume"]);
        let first = |resumed: &mut Running, name: &str| resumed.wait_for(name, |_| true).unwrap()["chunk"].as_u64();
        assert_eq!(first(&mut resumed, "chunk_cut"), Some(before), "{signal}: the first that was not heard");
        assert_eq!(first(&mut resumed, "chunk_heard"), Some(before), "{signal}");
        let after = committed(&astra);
        assert!(after > before, "{signal}: {after} chunks are left of {before}");
    }
}

#[test]
fn a_session_killed_half_way_is_exported_with_its_rest_marked_as_unheard() {
    let astra = Astra::new();
    let mut running = astra.start(&arguments(&astra));
    let heard_ms = running.wait_for("chunk_heard", |event| event["chunk"] == 1).unwrap()["heard_ms"].as_u64().unwrap();
    running.kill();

    let sessions = astra.run(&["sessions", "list", "--json"]).objects();
    let out = astra.out();
    let session = sessions[0]["id"].as_str().unwrap();
    astra.run(&["sessions", "export", session, "--formats", "json", "--out", out.to_str().unwrap()]);
    let text = std::fs::read_to_string(out.join("sesion-de-muestra.json")).unwrap();
    let coverage = &serde_json::from_str::<Value>(&text).unwrap()["coverage"];
    let figure = |value: &Value, name: &str| value[name].as_u64().unwrap();
    let unheard: Vec<&Value> =
        coverage["doubts"].as_array().unwrap().iter().filter(|doubt| doubt["fault"] == "unheard").collect();
    // Chunks overlap and the next may have been heard before the kill came through.
    let rest = unheard.last().unwrap_or_else(|| panic!("nothing is unheard in {coverage}"));
    assert!(figure(rest, "start_ms") < heard_ms + 35_000, "{coverage}");
    assert!(figure(rest, "end_ms") + 1_000 > figure(coverage, "audio_ms"), "{coverage}");
    assert!(figure(coverage, "audio_ms") > 270_000, "{coverage}");
    assert!(figure(coverage, "covered_ms") * 100 / figure(coverage, "speech_ms") < 100, "{coverage}");
}

#[cfg(unix)]
#[test]
fn ctrl_c_stops_within_a_second_and_the_same_order_goes_on() {
    let astra = Astra::new();
    let mut running = astra.start(&arguments(&astra));
    running.wait_for("chunk_heard", |event| event["chunk"] == 1).unwrap();
    let asked = std::time::Instant::now();
    crate::astra::tool("kill", &[OsStr::new("-INT"), OsStr::new(&running.child.id().to_string())]);
    let status = running.child.wait().unwrap();
    assert!(asked.elapsed().as_millis() < 1500, "{:?}", asked.elapsed());
    assert_eq!(status.code(), Some(130));
    let before = committed(&astra);
    assert!(before >= 2);
    let done = astra.transcribe_sample();
    assert_eq!(done.event("job_started")["resumed"], true);
    assert_eq!(done.event("chunk_cut")["chunk"].as_u64().unwrap(), before);
}

/// Ten moments, of every kind, spread over the chunks by a seed that never changes.
fn moments(chunks: u64) -> Vec<Moment> {
    let mut seed = 0x5eed_u64;
    let mut next = || {
        // Knuth's MMIX generator; its high bits are the good ones.
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        1 + (seed >> 33) % (chunks - 2)
    };
    vec![
        Moment::Hearing(next()),
        Moment::Hearing(next()),
        Moment::Hearing(next()),
        Moment::BeforeCommit(next()),
        Moment::BeforeCommit(next()),
        Moment::AfterCommit(next()),
        Moment::AfterCommit(next()),
        Moment::AfterCommit(next()),
        Moment::Exporting("docx"),
        Moment::Exporting("vtt"),
    ]
}

fn arguments(astra: &Astra) -> Vec<std::ffi::OsString> {
    vec!["transcribe".into(), sample().into(), "--out".into(), astra.out().into()]
}

fn wait_until(astra: &Astra, running: &mut Running, moment: Moment) {
    let reached = match moment {
        Moment::Hearing(chunk) => running.wait_for("chunk_cut", |event| event["chunk"] == chunk),
        Moment::AfterCommit(chunk) => running.wait_for("chunk_heard", |event| event["chunk"] == chunk),
        Moment::Exporting(format) => running.wait_for("document_started", |event| event["format"] == format),
        Moment::BeforeCommit(chunk) => {
            let reached = running.wait_for("chunk_cut", |event| event["chunk"] == chunk);
            let before = astra.chunks_heard() as u64;
            // The host writes its log before it answers.
            while astra.chunks_heard() as u64 <= before.max(chunk) {
                std::thread::yield_now();
            }
            reached
        }
    };
    assert!(reached.is_some(), "{moment:?} never came");
}

/// How many chunks the one job has in the store.
fn committed(astra: &Astra) -> u64 {
    let jobs: Vec<Value> = astra.run(&["jobs", "list", "--json"]).objects();
    jobs[0]["chunks_heard"].as_u64().unwrap()
}

fn host_of(parent: u32) -> String {
    child_of(parent, "astra-engine")
}

/// The process id of a child by the beginning of its name.
pub fn child_of(parent: u32, name: &str) -> String {
    let parent = parent.to_string();
    let arguments = ["-o", "pid=,comm=", "--ppid", &parent];
    let children = crate::astra::tool("ps", &arguments.map(OsStr::new));
    let found = children.lines().find_map(|line| {
        let (id, found) = line.trim().split_once(' ')?;
        found.trim().starts_with(name).then(|| id.to_owned())
    });
    found.unwrap_or_else(|| panic!("no {name} among {children}"))
}
