//! The chunks that everybody hears, written down for the others.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use astra_core::chunks::{Chunk, SAMPLE_RATE};

/// The chunks as WAV files.
///
/// # Errors
/// When they cannot be written.
pub fn files(chunks: &[Chunk], folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for chunk in chunks {
        let path = folder.join(format!("{:03}.wav", chunk.index));
        fs::write(&path, wav(&chunk.pcm)?)?;
        files.push(path);
    }
    Ok(files)
}

/// PCM of 16 bits and one channel with the 44 bytes in front that every reader takes.
fn wav(pcm: &[i16]) -> Result<Vec<u8>> {
    let (rate, data) = (u32::try_from(SAMPLE_RATE)?, u32::try_from(pcm.len() * 2)?);
    let mut bytes = Vec::with_capacity(44 + pcm.len() * 2);
    bytes.extend_from_slice(b"RIFF");
    bytes.extend_from_slice(&(36 + data).to_le_bytes());
    bytes.extend_from_slice(b"WAVEfmt ");
    bytes.extend_from_slice(&16_u32.to_le_bytes());
    bytes.extend([1_u16, 1].iter().flat_map(|number| number.to_le_bytes()));
    bytes.extend([rate, rate * 2].iter().flat_map(|number| number.to_le_bytes()));
    bytes.extend([2_u16, 16].iter().flat_map(|number| number.to_le_bytes()));
    bytes.extend_from_slice(b"data");
    bytes.extend_from_slice(&data.to_le_bytes());
    bytes.extend(pcm.iter().flat_map(|sample| sample.to_le_bytes()));
    Ok(bytes)
}
