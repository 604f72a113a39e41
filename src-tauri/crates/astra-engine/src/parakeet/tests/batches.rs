//! Chunks encoded several at once, as graphics cards do, against the same one by one. A processor computes both here.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use astra_core::media::decode::{Decoder, Input};

use super::super::encoder::LENGTHS;
use super::*;

/// Frames of chunks: as many in each of the lengths that chunks are padded to, from its shortest to its longest, and two
/// that are longer than all.
fn lengths(of_each: usize) -> Vec<usize> {
    let shortest = [2].into_iter().chain(LENGTHS.map(|length| length + 1));
    let spread = |(shortest, longest): (usize, usize)| {
        (0..of_each).map(move |place| longest - (longest - shortest) * place / (of_each - 1).max(1))
    };
    shortest.zip(LENGTHS).flat_map(spread).chain([3001, 3333]).collect()
}

/// The features of so many frames each, each from another place of the sound.
fn features(sound: &[i16], lengths: &[usize]) -> Vec<Features> {
    let extractor = Extractor::new();
    let at = |place: usize| sound.iter().copied().cycle().skip(place * 7919 % sound.len());
    let of = |(place, length): (usize, &usize)| extractor.extract(&at(place).take(length * HOP).collect::<Vec<_>>());
    lengths.iter().enumerate().map(of).collect()
}

/// As the engine encodes them when it takes so many at once.
fn encoded(engine: &mut Parakeet, features: &[Features], at_once: usize) -> Vec<Encoded> {
    engine.encode_at_once(at_once);
    let options = RunOptions::new().expect("options");
    let lengths: Vec<usize> = features.iter().map(|one| one.frames).collect();
    let mut all = vec![Encoded::default(); features.len()];
    for party in engine.encoder.parties(&lengths) {
        let together: Vec<&Features> = party.iter().map(|chunk| &features[*chunk]).collect();
        for (chunk, one) in party.iter().zip(engine.encoder.encode(&together, &options).expect("it encodes")) {
            all[*chunk] = one;
        }
    }
    all
}

/// Of each chunk the pieces that are said, on which frames and for how many of them.
fn said(engine: &mut Parakeet, encoded: &[Encoded]) -> Vec<Vec<(usize, usize, usize)>> {
    let said = engine.decode(encoded, &ask(&[]), &Stop::default()).expect("it decodes");
    let bare = |said: Vec<greedy::Said>| said.iter().map(|said| (said.token, said.frame, said.frames)).collect();
    said.into_iter().map(bare).collect()
}

/// Checks that with `model` nothing is heard otherwise when chunks are encoded together.
fn heard_the_same(model: &Path, sound: &[i16], of_each: usize, parties: &[usize]) {
    engine();
    let mut engine = loaded(model).expect("a model");
    let features = features(sound, &lengths(of_each));
    let one_by_one = encoded(&mut engine, &features, 1);
    let expected = said(&mut engine, &one_by_one);
    assert!(expected.iter().filter(|said| !said.is_empty()).count() * 10 > expected.len() * 8, "it hears a lot");
    for at_once in parties {
        let together = encoded(&mut engine, &features, *at_once);
        assert!(one_by_one.iter().zip(&together).all(|(one, other)| one.frames == other.frames), "{at_once}");
        for (chunk, (expected, heard)) in expected.iter().zip(said(&mut engine, &together)).enumerate() {
            assert_eq!(*expected, heard, "{at_once} at once, chunk {chunk} of {} frames", features[chunk].frames);
        }
    }
}

#[test]
fn chunks_of_every_length_are_heard_the_same_however_many_are_encoded_at_once() {
    heard_the_same(&tiny(), &signal(1_000_000), 17, &[2, 3, 8, 16, 64]);
}

#[test]
fn speech_is_heard_the_same_however_many_chunks_are_encoded_at_once() {
    let tree = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let sample = tree.join("assets/sample/sesion-de-muestra.ogg");
    let mut decoder = Decoder::start(Input::File(sample), &Stop::default()).expect("ffmpeg decodes it");
    let (mut sound, mut samples) = (Vec::new(), Vec::new());
    while decoder.read(&mut samples).expect("it is whole") > 0 {
        sound.extend_from_slice(&samples);
    }
    heard_the_same(&tree.join("models/demo-parakeet-es"), &sound, 5, &[2, 3, 8]);
}

#[test]
fn a_quantised_encoder_encodes_otherwise_in_company_which_is_why_it_is_always_alone() {
    let folder = quantised();
    let as_if_whole = folder.path().join("encoder-model.onnx");
    fs::rename(folder.path().join("encoder-model.int8.onnx"), as_if_whole).expect("a name");
    engine();
    let mut engine = loaded(folder.path()).expect("a model");
    let features = features(&signal(1_000_000), &lengths(8));
    let [alone, together] = [1, 8].map(|at_once| encoded(&mut engine, &features, at_once));
    assert_ne!(alone, together);
    let [alone, together] = [alone, together].map(|encoded| said(&mut engine, &encoded));
    let pairs = || alone.iter().zip(&together);
    let lost: usize = pairs().map(|(alone, together)| alone.iter().filter(|one| !together.contains(one)).count()).sum();
    let (all, other) = (alone.concat().len(), pairs().filter(|(alone, together)| alone != together).count());
    let chunks = alone.len();
    let line =
        format!("eight at once: {lost} of {all} pieces are not said where they were, in {other} of {chunks} chunks");
    let _ = writeln!(io::stderr(), "{line}");
}
