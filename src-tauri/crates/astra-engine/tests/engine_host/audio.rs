//! Chunks to listen to.

use std::path::Path;

use astra_core::chunks::{Chunk, Cutter, Span};
use astra_core::engine::Stop;
use astra_core::media::decode::{Decoder, Input};

/// A chunk made of `pcm`.
pub(crate) fn chunk(index: u32, pcm: Vec<i16>) -> Chunk {
    let span = Span { start: 0, end: pcm.len() as u64 };
    Chunk { index, span, pieces: vec![span], speech: vec![span], overlap: 0, pcm }
}

/// A murmur: noise that swells and fades like syllables.
pub(crate) fn murmur(index: u32, seconds: f32) -> Chunk {
    let mut seed = 42 + index;
    let samples = (seconds * 16_000.0) as usize;
    let pcm = (0..samples).map(|at| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let swell = (at as f32 / 1500.0).sin().abs();
        ((seed >> 16) as i16 / 8) as f32 * swell
    });
    chunk(index, pcm.map(|sample| sample as i16).collect())
}

/// Nothing at all.
pub(crate) fn silence(index: u32, seconds: usize) -> Chunk {
    chunk(index, vec![0; seconds * 16_000])
}

/// The samples of a WAV file with 16 bits, 16 kHz and one channel.
pub(crate) fn wav(path: &Path) -> Vec<i16> {
    let bytes = std::fs::read(path).expect("the recording can be read");
    let data = bytes.windows(4).position(|four| four == b"data").expect("it is a WAV file") + 8;
    bytes[data..].chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]])).collect()
}

/// The first so many chunks of the sample session.
pub(crate) fn sample(count: usize) -> Vec<Chunk> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets/sample/sesion-de-muestra.ogg");
    let mut decoder = Decoder::start(Input::File(path), &Stop::default()).expect("ffmpeg decodes it");
    let (mut cutter, mut samples, mut chunks) = (Cutter::new(), Vec::new(), Vec::new());
    while chunks.len() < count && decoder.read(&mut samples).expect("it is whole") > 0 {
        chunks.extend(cutter.push(&samples));
    }
    chunks.truncate(count);
    chunks
}
