//! What a session is that was ended half-way, by a power cut or by Ctrl-C; `tests/faults` kills at every kind of moment.

use std::ffi::OsStr;

use serde_json::Value;

use crate::astra::{Astra, sample};

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

fn arguments(astra: &Astra) -> Vec<std::ffi::OsString> {
    vec!["transcribe".into(), sample().into(), "--out".into(), astra.out().into()]
}

/// How many chunks the one job has in the store.
fn committed(astra: &Astra) -> u64 {
    let jobs: Vec<Value> = astra.run(&["jobs", "list", "--json"]).objects();
    jobs[0]["chunks_heard"].as_u64().unwrap()
}
