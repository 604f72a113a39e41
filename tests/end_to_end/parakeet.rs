//! The other engine: Parakeet on ONNX Runtime, with the small model that was trained for the sample.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

use crate::astra::{Astra, Ran, root, sample, say};
use crate::reference::{Comparison, compared};

/// Brings in the model and the library that runs it, as somebody without internet does.
fn with_parakeet() -> Astra {
    let astra = Astra::new();
    let model = root().join("models/demo-parakeet-es");
    let brought = astra.run(&["models", "import", model.to_str().unwrap(), "--json"]);
    assert_eq!(brought.code, Some(0), "{}", brought.error());
    let library = root().join("src-tauri/crates/astra-engine/tests/fixtures/parakeet/onnxruntime");
    symlink(library.canonicalize().unwrap(), astra.data().join("models/onnxruntime")).unwrap();
    astra
}

fn listen(astra: &Astra) -> Command {
    let mut command = astra.command(&["transcribe", "--model", "demo-parakeet-es", "--json", "--out"]);
    command.arg(astra.out()).arg(sample());
    command
}

#[test]
fn the_sample_is_transcribed_by_parakeet_too_with_few_errors_and_the_times_of_words() {
    let astra = with_parakeet();
    let ran = listen(&astra).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stdout));
    let sample = compared(&astra.transcript());
    let Comparison { utterances, heard, spoken, rate, matches } = &sample;
    say(&format!("word error rate of the sample with Parakeet: {:.1} % of {} words", rate * 100.0, spoken));
    assert!(*rate <= 0.20, "word error rate {rate:.3}\nheard: {}", sample.text());

    let mut position = 0;
    let mut away = Vec::new();
    for utterance in utterances {
        let first = matches[position].map(|index| heard[index].start_ms);
        away.extend(first.map(|start_ms| start_ms.abs_diff(utterance.start_ms)));
        position += utterance.words.len();
    }
    let mean = away.iter().sum::<u64>() as f64 / away.len() as f64;
    say(&format!("sentences begin {mean:.0} ms off, {} of {}", away.len(), utterances.len()));
    assert!(mean <= 300.0, "sentences begin {mean:.0} ms off");
}

#[test]
fn a_library_that_cannot_be_used_is_named_by_the_doctor_and_by_whoever_listens() {
    let astra = with_parakeet();
    let finding = || {
        let found = astra.run(&["doctor", "--json"]).objects();
        found.into_iter().find(|finding| finding["id"] == "onnxruntime").unwrap()
    };
    assert_eq!(finding()["state"], "good");
    let folder = astra.data().join("models/onnxruntime");
    fs::remove_file(&folder).unwrap();
    fs::create_dir(&folder).unwrap();
    let library = folder.join("libonnxruntime.so");
    fs::write(&library, "no library").unwrap();
    let found = finding();
    assert_eq!(found["state"], "missing", "{found}");
    let words = found["found"].as_str().unwrap();
    assert!(words.contains("no se puede usar") && words.contains(library.to_str().unwrap()), "{words}");
    assert!(found["remedy"].as_str().unwrap().contains("quite ese archivo"), "{found}");

    let ran = Ran::from(listen(&astra).output().unwrap());
    let words = ran.event("error")["message"].as_str().unwrap().to_owned();
    assert!(words.contains("No se puede usar la biblioteca") && words.contains(library.to_str().unwrap()), "{words}");
    assert!(!ran.stdout.contains("se intenta otra vez"), "{ran:#?}");
}
