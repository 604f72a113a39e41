//! Whisper whose encoder ONNX Runtime computes where its library is, and whisper.cpp where it is not.

use std::path::Path;

use astra_core::engine::{Effort, Engine, Heard, Stop};

use crate::{ask, audio, host, models};

/// What encoded the first chunks of the sample, as its log tells, and what was heard.
fn sample_heard(model: &Path) -> (String, Vec<Heard>) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut host = host(model.to_owned()).logging_into(folder.path().join("logs"));
    let heard = host.listen(&audio::sample(5), &ask(Effort::Usual), &Stop::default()).expect("it listens");
    let file = folder.path().join("logs").read_dir().expect("logs").next().expect("a file").expect("a file");
    (std::fs::read_to_string(file.path()).expect("a log"), heard)
}

fn words(heard: &[Heard]) -> Vec<&str> {
    heard.iter().flat_map(|heard| &heard.words).map(|word| word.text.as_str()).collect()
}

#[test]
fn the_sample_is_written_nearly_the_same_whatever_encodes() {
    let Some(model) = models::demo() else { return };
    let (log, own) = sample_heard(&models::alone(&model).path);
    assert!(log.contains("whisper.cpp encodes by itself"), "{log}");
    let (log, other) = sample_heard(&models::beside_onnx_runtime(&model).path);
    assert!(log.contains("ONNX Runtime encodes"), "{log}");
    let (own, other) = (words(&own), words(&other));
    let same = own.iter().zip(&other).filter(|(one, other)| one == other).count();
    assert!(own.len() > 100 && same * 100 >= own.len() * 95, "{same} of {}:\n{own:?}\n{other:?}", own.len());
}

#[test]
fn a_library_that_cannot_be_used_leaves_the_encoder_to_whisper_cpp() {
    let Some(model) = models::demo() else { return };
    let placed = models::beside_onnx_runtime(&model);
    for file in placed.path.with_file_name("onnxruntime").read_dir().expect("a folder").flatten() {
        std::fs::write(file.path(), "no library").expect("room");
    }
    let (log, heard) = sample_heard(&placed.path);
    assert!(log.contains("cannot be used") && log.contains("whisper.cpp encodes by itself"), "{log}");
    assert!(words(&heard).len() > 100);
}

#[test]
fn a_model_that_onnx_runtime_does_not_take_is_left_to_whisper_cpp() {
    let Some(model) = models::narrow() else { return };
    let placed = models::beside_onnx_runtime(&model);
    let (log, heard) = sample_heard(&placed.path);
    assert!(log.contains("no multiple of 32") && log.contains("whisper.cpp encodes by itself"), "{log}");
    assert!(words(&heard).is_empty());
}
