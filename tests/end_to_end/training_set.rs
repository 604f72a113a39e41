//! A session as a training set, through the real program.

use std::fs;

use serde_json::Value;

use crate::astra::Astra;

#[test]
fn a_session_that_was_read_to_its_end_is_written_as_sound_and_text() {
    let astra = Astra::with_the_sample_heard();
    let folder = astra.folder().join("conjunto");
    let order = |extra: &[&str]| {
        let arguments = ["training-set", folder.to_str().unwrap(), "--json"];
        astra.run(&[&arguments, extra].concat())
    };
    let ran = order(&["--whole"]);
    assert_eq!(ran.code, Some(0), "{}", ran.error());
    let set = ran.objects().pop().unwrap();
    let manifest = fs::read_to_string(folder.join("manifest.jsonl")).unwrap();
    let lines: Vec<Value> = manifest.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(set["pieces"], lines.len());
    let seconds: f64 = lines.iter().map(|line| line["duration"].as_f64().unwrap()).sum();
    assert!((seconds * 1_000.0 - set["audio_ms"].as_f64().unwrap()).abs() < 1.0);
    assert!(seconds > 60.0, "most of the sample: {seconds} s");
    assert!(lines.iter().all(|line| folder.join(line["audio_filepath"].as_str().unwrap()).is_file()));
    assert_eq!(order(&["--whole"]).error(), "folder_taken");
}
