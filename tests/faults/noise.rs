//! Recordings that are made quickly and of which no two of another voice sound the same, and the chunks they are cut into.

use std::hash::{DefaultHasher, Hash, Hasher};

use astra_core::chunks::{Chunk, Cutter};

/// Samples a second.
const RATE: u32 = 16_000;

/// Noise that comes and goes like speech, as a WAV.
pub fn wav(voice: u32, seconds: u32) -> Vec<u8> {
    let sound = sound(voice, seconds);
    let length = sound.len() as u32 * 2;
    let mut bytes = b"RIFF".to_vec();
    bytes.extend((36 + length).to_le_bytes());
    bytes.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    bytes.extend(RATE.to_le_bytes());
    bytes.extend((RATE * 2).to_le_bytes());
    bytes.extend(b"\x02\0\x10\0data");
    bytes.extend(length.to_le_bytes());
    bytes.extend(sound.iter().flat_map(|sample| sample.to_le_bytes()));
    bytes
}

/// The same in a format whose header says nothing of its length, as a recorder that streams writes it.
pub fn au(voice: u32, seconds: u32) -> Vec<u8> {
    let mut bytes = b".snd\0\0\0\x18\xff\xff\xff\xff\0\0\0\x03".to_vec();
    bytes.extend(RATE.to_be_bytes());
    bytes.extend(1_u32.to_be_bytes());
    bytes.extend(sound(voice, seconds).iter().flat_map(|sample| sample.to_be_bytes()));
    bytes
}

/// What tells apart the chunks of a recording.
pub fn chunks(voice: u32, seconds: u32) -> Vec<u64> {
    let mut cutter = Cutter::new();
    let mut chunks = cutter.push(&sound(voice, seconds));
    chunks.extend(cutter.finish());
    chunks.iter().map(mark).collect()
}

/// What tells a chunk apart.
pub fn mark(chunk: &Chunk) -> u64 {
    let mut hasher = DefaultHasher::new();
    chunk.pcm.hash(&mut hasher);
    hasher.finish()
}

fn sound(voice: u32, seconds: u32) -> Vec<i16> {
    let mut noise = voice.wrapping_mul(7_919).wrapping_add(1);
    let sample = |at: u32| {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let loud = if (at / 4_000).is_multiple_of(3) { 0.02 } else { 0.4 };
        (f32::from((noise >> 16) as i16) * loud) as i16
    };
    (0..seconds * RATE).map(sample).collect()
}
