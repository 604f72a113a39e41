//! What the tests of this folder share: the sound the fixtures were made with, and a small model.

use std::path::{Path, PathBuf};

use astra_core::chunks::{Chunk, Span};

/// The signal of `tests/fixtures/parakeet/signal_of_tests.py`.
pub(super) fn signal(length: usize) -> Vec<i16> {
    let (mut seed, mut phase) = (1_u32, 0_i64);
    let sample = |n: usize| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        phase = (phase + 300 + (n as i64 >> 2)) % 65_536;
        let triangle = (2 * phase - 65_536).abs() - 32_768;
        let loud = (n / 1600 % 8) as i64;
        let noise = ((i64::from(seed) >> 16) - 32_768) >> 6;
        if loud == 0 { 0 } else { (((triangle * loud) >> 4) + noise) as i16 }
    };
    (0..length).map(sample).collect()
}

/// A chunk of these samples.
pub(super) fn chunk(index: u32, pcm: Vec<i16>) -> Chunk {
    let span = Span { start: 0, end: pcm.len() as u64 };
    Chunk { index, span, pieces: vec![span], speech: vec![span], overlap: 0, pcm }
}

/// A folder laid out as the true models are, with small networks of random numbers. Beside it the
/// ONNX Runtime library is looked for.
pub(super) fn tiny() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/parakeet/tiny")
}
