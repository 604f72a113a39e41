//! Folders whose files are each sound and do not belong together.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::*;

/// The small model with other files in place of its own.
fn tiny_with(files: &[(&str, Vec<u8>)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for part in ["encoder-model.onnx", "decoder_joint-model.onnx", "vocab.txt", "config.json"] {
        fs::copy(tiny().join(part), folder.path().join(part)).expect("room");
    }
    for (file, bytes) in files {
        fs::write(folder.path().join(file), bytes).expect("room");
    }
    folder
}

/// A network of `tests/fixtures/parakeet/make_strange.py`.
fn strange(name: &str) -> Vec<u8> {
    fs::read(tiny().join("../strange").join(name)).expect("a fixture")
}

/// The pieces of the small model, and so many more of them or fewer.
fn vocabulary(more: isize) -> Vec<u8> {
    let text = fs::read_to_string(tiny().join("vocab.txt")).expect("a fixture");
    let own: Vec<&str> = text.lines().filter_map(|line| Some(line.rsplit_once(' ')?.0)).collect();
    let (blank, pieces) = own.split_last().expect("a blank");
    let count = pieces.len().checked_add_signed(more).expect("few");
    let pieces = pieces.iter().copied().chain(["▁más", "▁aún"]).take(count).chain([*blank]);
    pieces.enumerate().flat_map(|(number, piece)| format!("{piece} {number}\n").into_bytes()).collect()
}

/// Why the folder is no model, and which file of it is named; found when it is loaded.
fn refusal(folder: &TempDir) -> (String, String) {
    engine();
    named(loaded(folder.path()).err())
}

fn named(error: Option<EngineError>) -> (String, String) {
    let Some(EngineError::ModelUnreadable { model, reason }) = error else { panic!("{error:?}") };
    let file = Path::new(&model).file_name().and_then(|name| name.to_str()).unwrap_or_default();
    (file.to_owned(), reason)
}

#[test]
fn pieces_of_another_model_are_refused_when_it_is_loaded() {
    for (more, pieces, expected) in [(-1, "47 pieces", "are 53"), (1, "49 pieces", "are 55")] {
        let (file, reason) = refusal(&tiny_with(&[("vocab.txt", vocabulary(more))]));
        assert_eq!(file, "decoder_joint-model.onnx");
        assert!(reason.contains("vocab.txt") && reason.contains("54 numbers"), "{reason}");
        assert!(reason.contains(pieces) && reason.contains(expected), "{reason}");
    }
    assert!(loaded(tiny_with(&[("vocab.txt", vocabulary(0))]).path()).is_ok());
}

#[test]
fn where_the_network_leaves_its_width_open_they_are_refused_at_the_first_step() {
    engine();
    for states_on_device in [false, true] {
        for more in [-1, 0, 1] {
            let joint = strange("joint-of-open-width.onnx");
            let folder = tiny_with(&[("decoder_joint-model.onnx", joint), ("vocab.txt", vocabulary(more))]);
            let load = Load { engine: "parakeet".to_owned(), model: folder.path().to_owned(), threads: 1 };
            let mut engine = Parakeet::load_with(&load, Arc::default(), states_on_device).expect("it may be sound");
            let chunks = [chunk(0, signal(48_000)), chunk(1, signal(160_000))];
            let heard = engine.listen(&chunks, &ask(&[]), &Stop::default());
            if more == 0 {
                assert!(heard.is_ok_and(|heard| !heard[0].words.is_empty()), "with its own pieces it hears");
            } else {
                assert!(named(heard.err()).1.contains("vocab.txt belongs to another model"));
            }
        }
    }
}

#[test]
fn networks_that_take_or_give_what_they_must_not_are_refused_when_they_are_loaded() {
    for (part, strange_one, reason) in [
        ("encoder-model.onnx", "encoder-takes-halves.onnx", "audio_signal is Tensor<f16>"),
        ("encoder-model.onnx", "encoder-gives-halves.onnx", "outputs is Tensor<f16>"),
        ("encoder-model.onnx", "encoder-of-80-bands.onnx", "audio_signal is Tensor<f32>(batch, 80, frames)"),
        ("encoder-model.onnx", "encoder-of-wide-frames.onnx", "32, encoded) and must be Tensor<f32>(any, 24, any)"),
        ("encoder-model.onnx", "encoder-of-one-length.onnx", "audio_signal is Tensor<f32>(batch, 128, 3000)"),
        ("encoder-model.onnx", "encoder-that-asks-more.onnx", "asks for language"),
        ("decoder_joint-model.onnx", "joint-with-long-pieces.onnx", "targets is Tensor<i64>"),
    ] {
        let (file, said) = refusal(&tiny_with(&[(part, strange(strange_one))]));
        assert_eq!(file, part, "{said}");
        assert!(said.contains(reason), "{strange_one}: {said}");
    }
}

#[test]
fn a_network_whose_answers_are_no_numbers_fails_and_writes_nothing() {
    engine();
    let folder = tiny_with(&[("encoder-model.onnx", strange("encoder-of-no-numbers.onnx"))]);
    for states_on_device in [false, true] {
        let load = Load { engine: "parakeet".to_owned(), model: folder.path().to_owned(), threads: 1 };
        let mut engine = Parakeet::load_with(&load, Arc::default(), states_on_device).expect("it looks sound");
        let heard = engine.listen(&[chunk(0, signal(48_000))], &ask(&[]), &Stop::default());
        assert!(matches!(&heard, Err(EngineError::Failed { reason }) if reason.contains("no number")), "{heard:?}");
    }
}
