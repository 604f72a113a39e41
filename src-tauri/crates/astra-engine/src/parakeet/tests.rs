//! The engine as a whole, with the true ONNX Runtime and a small model of random numbers, against
//! what onnx-asr heard with the same files, one chunk at a time.

use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::testing::{chunk, signal, tiny};
use super::*;

mod batches;
mod refused;

#[derive(Deserialize)]
struct Case {
    samples: usize,
    text: String,
    tokens: Vec<String>,
    frames: Vec<usize>,
}

fn cases() -> Vec<Case> {
    serde_json::from_str(&fs::read_to_string(tiny().join("heard.json")).expect("a fixture")).expect("a fixture")
}

fn loaded(model: &Path) -> Result<Parakeet, EngineError> {
    let load = Load { engine: "parakeet".to_owned(), model: model.to_owned(), threads: 1 };
    Parakeet::load(&load, Arc::default())
}

fn engine() -> Parakeet {
    loaded(&tiny()).expect("the model and ONNX Runtime: node installers/prerequisites.mjs --test brings it")
}

fn ask(vocabulary: &[&str]) -> Ask {
    let vocabulary = vocabulary.iter().map(|term| (*term).to_owned()).collect();
    Ask { language: "es".to_owned(), vocabulary, effort: Effort::Usual }
}

fn heard(engine: &mut Parakeet, chunks: &[Chunk]) -> Vec<Heard> {
    engine.listen(chunks, &ask(&[]), &Stop::default()).expect("it listens")
}

fn text(heard: &Heard) -> String {
    heard.words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// Only what is heard, not how long it took.
fn words(heard: Vec<Heard>) -> Vec<Vec<astra_core::transcript::Word>> {
    heard.into_iter().map(|heard| heard.words).collect()
}

#[test]
fn the_same_pieces_are_heard_on_the_same_frames_as_by_the_reference() {
    let mut engine = engine();
    let cases = cases();
    assert!(cases.iter().map(|case| case.tokens.len()).sum::<usize>() > 100);
    let chunks: Vec<Chunk> = cases.iter().map(|case| chunk(0, signal(case.samples))).collect();
    let encoded = engine.encode(&chunks, &RunOptions::new().expect("options"), &Stop::default()).expect("it encodes");
    let said = engine.decode(&encoded, &ask(&[]), &Stop::default()).expect("it decodes");
    let numbers: Vec<String> = fs::read_to_string(tiny().join("vocab.txt"))
        .expect("a fixture")
        .lines()
        .filter_map(|line| Some(line.split_once(' ')?.0.to_owned()))
        .collect();
    for (case, said) in cases.iter().zip(&said) {
        let tokens: Vec<&str> = said.iter().map(|said| numbers[said.token].as_str()).collect();
        let frames: Vec<usize> = said.iter().map(|said| said.frame).collect();
        assert_eq!((tokens, frames), (case.tokens.iter().map(String::as_str).collect(), case.frames.clone()));
    }
}

#[test]
fn the_text_is_that_of_the_reference() {
    let chunks: Vec<Chunk> = cases().iter().map(|case| chunk(0, signal(case.samples))).collect();
    // The reference writes pieces that steer, and lets marks stand where their piece put them.
    let bare = |text: &str| text.replace("<unk>", "").replace(|mark: char| !mark.is_alphanumeric(), "");
    for (case, heard) in cases().iter().zip(heard(&mut engine(), &chunks)) {
        let steering = ["<|nospeech|>", "<pad>", "<|es|>"];
        let expected = steering.iter().fold(case.text.clone(), |text, piece| text.replace(piece, ""));
        assert_eq!(bare(&text(&heard)), bare(&expected));
    }
}

#[test]
fn words_have_times_in_order_inside_the_audio_and_a_confidence() {
    for samples in [400_000, 2_400, 333] {
        let chunk = chunk(0, signal(samples));
        let mut earliest = 0;
        for word in &heard(&mut engine(), &[chunk])[0].words {
            assert!(word.start_ms >= earliest && word.end_ms >= word.start_ms, "{word:?}");
            assert!(word.end_ms <= samples as u64 / 16 && (0.0..=1.0).contains(&word.confidence), "{word:?}");
            earliest = word.end_ms;
        }
    }
}

#[test]
fn a_chunk_is_heard_the_same_whichever_others_it_comes_with() {
    let quantised = quantised();
    for model in [tiny().as_path(), quantised.path()] {
        engine();
        let mut engine = loaded(model).expect("a model");
        let lengths = [400_000, 2_400, 0, 160_000, 48_000, 100, 390_000];
        let chunks: Vec<Chunk> = (0..).zip(lengths).map(|(index, length)| chunk(index, signal(length))).collect();
        let together = words(heard(&mut engine, &chunks));
        assert!(together[0].len() > 20 && together[2].is_empty() && together[5].is_empty());
        for (chunk, together) in chunks.iter().zip(together) {
            assert_eq!(words(heard(&mut engine, std::slice::from_ref(chunk))), [together]);
        }
    }
}

#[test]
fn the_same_is_heard_with_the_states_on_the_device() {
    let load = Load { engine: "parakeet".to_owned(), model: tiny(), threads: 1 };
    let mut on_device = Parakeet::load_with(&load, Arc::default(), true).expect("a model");
    let lengths = [400_000, 2_400, 0, 160_000, 48_000, 100, 390_000];
    let chunks: Vec<Chunk> = (0..).zip(lengths).map(|(index, length)| chunk(index, signal(length))).collect();
    for chunks in [&chunks[..], &chunks[..1], &chunks[2..3]] {
        let of = |engine: &mut Parakeet| {
            let options = RunOptions::new().expect("options");
            let encoded = engine.encode(chunks, &options, &Stop::default()).expect("it encodes");
            engine.decode(&encoded, &ask(&[]), &Stop::default()).expect("it decodes")
        };
        assert_eq!(of(&mut on_device), of(&mut engine()));
    }
}

/// The small model with its encoder quantised only.
fn quantised() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let encoder = Path::new("../tiny-int8/encoder-model.int8.onnx");
    for file in [encoder, Path::new("decoder_joint-model.onnx"), Path::new("vocab.txt"), Path::new("config.json")] {
        fs::copy(tiny().join(file), folder.path().join(file.file_name().expect("a name"))).expect("room");
    }
    folder
}

#[test]
fn silence_is_not_listened_to() {
    let mut hum = signal(32_000);
    hum.iter_mut().for_each(|sample| *sample %= 3);
    let heard = heard(&mut engine(), &[chunk(0, vec![0; 32_000]), chunk(1, hum)]);
    assert!(heard.iter().all(|heard| heard.words.is_empty() && heard.no_speech == 1.0));
}

#[test]
fn the_councils_words_sway_what_is_written_and_only_the_usual_effort_asks_for_them() {
    let mut engine = engine();
    let chunks = [chunk(0, signal(400_000))];
    let plain = heard(&mut engine, &chunks);
    let terms = ["Ximena Nariño", "honorable concejo"];
    let swayed = engine.listen(&chunks, &ask(&terms), &Stop::default()).expect("it listens");
    assert_ne!(text(&swayed[0]), text(&plain[0]));
    let thorough = Ask { effort: Effort::Thorough, ..ask(&terms) };
    let thorough = engine.listen(&chunks, &thorough, &Stop::default()).expect("it listens");
    assert_eq!(text(&thorough[0]), text(&plain[0]));
}

#[test]
fn a_stop_ends_listening() {
    let stop = Stop::default();
    stop.set();
    let heard = engine().listen(&[chunk(0, signal(48_000))], &ask(&[]), &stop);
    assert_eq!(heard, Err(EngineError::Stopped));
}

#[test]
fn what_is_no_model_is_named() {
    for (file, text) in
        [("encoder-model.onnx", "<html>"), ("decoder_joint-model.onnx", "version https://git-lfs"), ("vocab.txt", "x")]
    {
        let folder = tempfile::tempdir().expect("a folder");
        for part in ["encoder-model.onnx", "decoder_joint-model.onnx", "vocab.txt", "config.json"] {
            fs::copy(tiny().join(part), folder.path().join(part)).expect("room");
        }
        fs::write(folder.path().join(file), text).expect("room");
        engine();
        assert!(matches!(loaded(folder.path()), Err(EngineError::ModelUnreadable { .. })), "{file}");
    }
    assert!(matches!(loaded(&tiny().join("none")), Err(EngineError::ModelUnreadable { .. })));
}
