//! The waveform of a whole session, put together from the peaks that are kept of its recordings.

use super::material::{Hidden, Material, kept};
use crate::chunks::ms_to_samples;
use crate::engine::Stop;
use crate::error::{Error, Result};
use crate::jobs::keep::{Keep, make_missing};
use crate::media::render::profile::Profile;
use crate::peaks::outline::{HIGH, WIDE, dots, json};
use crate::peaks::{self, PER_SECOND, Pair};
use crate::settings::DataFolder;

/// The file that the profile asks for. Peaks that are missing are made first.
///
/// # Errors
/// Those of [`make_missing`] and of reading the peaks.
pub(super) fn of(
    folder: &DataFolder,
    material: &Material,
    hidden: &Hidden,
    profile: &Profile,
    stop: &Stop,
) -> Result<Vec<u8>> {
    let mut pairs: Vec<Pair> = Vec::new();
    for (recording, length_ms) in &material.parts {
        let microphones = material.microphones.get(&recording.id).cloned().unwrap_or_default();
        let keep = Keep::of(folder, recording.id, false).with_microphones(microphones);
        if !keep.is_whole(*length_ms) {
            make_missing(recording, &keep, &kept(folder, recording.id), stop)?;
        }
        let bytes = std::fs::read(&keep.peaks).map_err(|error| Error::NotWritable {
            path: keep.peaks.display().to_string(),
            reason: error.to_string(),
        })?;
        let mut of_part: Vec<Pair> =
            bytes.chunks_exact(2).map(|pair| (i8::from_le_bytes([pair[0]]), i8::from_le_bytes([pair[1]]))).collect();
        of_part.resize(usize::try_from(peaks::count(ms_to_samples(*length_ms))).unwrap_or_default(), (0, 0));
        pairs.append(&mut of_part);
    }
    for range in &hidden.silent {
        let at = |ms: u64| usize::try_from(ms * PER_SECOND / 1000).unwrap_or(usize::MAX).min(pairs.len());
        let (from, to) = (at(range.start), at(range.end + 1000 / PER_SECOND));
        pairs[from..to].fill((0, 0));
    }
    if profile.extension == "json" {
        return json(&pairs).map_err(|error| Error::Broken { reason: error.to_string() });
    }
    picture(&dots(&pairs)).map_err(|error| Error::Broken { reason: error.to_string() })
}

fn picture(dots: &[u8]) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, WIDE, HIGH);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header()?.write_image_data(dots)?;
    Ok(bytes)
}
