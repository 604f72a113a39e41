//! Sound as other machines take it: samples in, the bytes of a small file out, nothing on disk.

use std::ffi::OsStr;
use std::io::{Read, Write};
use std::thread;

use super::priority::Priority;
use super::program::Program;
use crate::chunks::SAMPLE_RATE;
use crate::engine::Stop;
use crate::error::{Error, Result};

/// How sound is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Codec {
    /// Opus in Ogg: some 11 MB an hour.
    Opus,
    /// FLAC, without loss: some 50 MB an hour.
    Flac,
    /// MP3: some 22 MB an hour.
    Mp3,
    /// Samples as they are: 115 MB an hour. Needs no ffmpeg.
    Wav,
}

impl Codec {
    /// The smallest first.
    pub const SMALLEST_FIRST: [Self; 4] = [Self::Opus, Self::Flac, Self::Mp3, Self::Wav];

    /// What ends the name of such a file.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Opus => "ogg",
            Self::Flac => "flac",
            Self::Mp3 => "mp3",
            Self::Wav => "wav",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Opus => "audio/ogg",
            Self::Flac => "audio/flac",
            Self::Mp3 => "audio/mpeg",
            Self::Wav => "audio/wav",
        }
    }

    /// How ffmpeg makes it, and the encoder as ffmpeg calls it. 24 kbit/s of Opus hold all of a voice below 8 kHz; MP3
    /// needs twice that. A pipe cannot be gone back in, so ffmpeg writes nothing into the beginning afterwards.
    fn arguments(self) -> (&'static str, &'static str) {
        match self {
            Self::Opus => ("libopus", "-c:a libopus -application audio -compression_level 5 -b:a 24k -f ogg"),
            Self::Flac => ("flac", "-c:a flac -compression_level 5 -f flac"),
            Self::Mp3 => ("libmp3lame", "-c:a libmp3lame -b:a 48k -write_xing 0 -f mp3"),
            Self::Wav => ("", ""),
        }
    }
}

/// Packs mono samples at [`SAMPLE_RATE`]. Blocks for as long as ffmpeg works, which is a second for some minutes of
/// sound; when `stop` is set it is killed.
///
/// # Errors
/// [`Error::Stopped`], [`Error::ProgramMissing`], [`Error::FfmpegLacks`] when it was built without that encoder,
/// [`Error::Broken`] for anything else it says.
pub fn encode(pcm: &[i16], codec: Codec, stop: &Stop) -> Result<Vec<u8>> {
    let bytes: Vec<u8> = pcm.iter().flat_map(|sample| sample.to_le_bytes()).collect();
    if codec == Codec::Wav {
        return Ok([&wav_header(bytes.len())[..], &bytes].concat());
    }
    let (encoder, how) = codec.arguments();
    let sound = "-hide_banner -loglevel error -nostats -protocol_whitelist pipe -f s16le -ar 16000 -ac 1 -i pipe:0";
    let arguments: Vec<&OsStr> =
        sound.split_whitespace().chain(how.split_whitespace()).chain(["pipe:1"]).map(OsStr::new).collect();
    let program = Program::start("ffmpeg", &arguments, true, Priority::Low, stop, |_| false)?;
    let (input, output) = (program.take_input(), program.take_output());
    let mut packed = Vec::new();
    let whole = thread::scope(|scope| {
        // It writes while it reads, and would wait for ever for whoever does one after the other.
        let fed = scope.spawn(move || input.is_some_and(|mut input| input.write_all(&bytes).is_ok()));
        let read = output.is_some_and(|mut output| output.read_to_end(&mut packed).is_ok());
        fed.join().unwrap_or(false) && read
    });
    let (status, said) = program.finish()?;
    if stop.is_set() {
        return Err(Error::Stopped);
    }
    if said.contains("Unknown encoder") {
        return Err(Error::FfmpegLacks { what: encoder.to_owned() });
    }
    if !whole || !status.success() || packed.is_empty() {
        return Err(Error::Broken { reason: format!("ffmpeg packed no {encoder}: {status}\n{said}") });
    }
    if codec == Codec::Flac {
        tell_length(&mut packed, pcm.len() as u64);
    }
    Ok(packed)
}

/// Writes how many samples there are into the beginning of a FLAC file, which some programs do not read without, such
/// as whisper.cpp's server: the last 36 bits of eight bytes behind the sizes of blocks and frames (RFC 9639, 8.2).
fn tell_length(packed: &mut [u8], samples: u64) {
    if let Some(field) = packed.get_mut(18..26).and_then(|bytes| <&mut [u8; 8]>::try_from(bytes).ok()) {
        *field = (u64::from_be_bytes(*field) | samples & ((1 << 36) - 1)).to_be_bytes();
    }
}

/// The first 44 bytes of a WAV file of mono samples of two bytes each.
fn wav_header(bytes: usize) -> Vec<u8> {
    let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
    let rate = SAMPLE_RATE as u32;
    let mut header = b"RIFF".to_vec();
    header.extend(bytes.saturating_add(36).to_le_bytes());
    header.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    header.extend(rate.to_le_bytes());
    header.extend((rate * 2).to_le_bytes());
    header.extend(b"\x02\0\x10\0data");
    header.extend(bytes.to_le_bytes());
    header
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::decode::{Decoder, Input};

    /// Two seconds of a tone.
    fn tone() -> Vec<i16> {
        let at = |n: u64| (n as f64 * 440.0 * std::f64::consts::TAU / SAMPLE_RATE as f64).sin() * 12_000.0;
        (0..SAMPLE_RATE * 2).map(|n| at(n) as i16).collect()
    }

    #[test]
    fn every_kind_of_file_can_be_read_again_and_is_as_long_as_the_sound() {
        let place = tempfile::tempdir().unwrap();
        for codec in Codec::SMALLEST_FIRST {
            let packed = encode(&tone(), codec, &Stop::default()).unwrap();
            let path = place.path().join("tone").with_extension(codec.extension());
            std::fs::write(&path, &packed).unwrap();
            let mut decoder = Decoder::start(Input::File(path), &Stop::default()).unwrap();
            let (mut samples, mut all) = (Vec::new(), 0);
            while decoder.read(&mut samples).unwrap() > 0 {
                all += samples.len() as u64;
            }
            assert!(all.abs_diff(SAMPLE_RATE * 2) < SAMPLE_RATE / 5, "{codec:?}: {all} samples");
        }
    }

    #[test]
    fn a_flac_file_says_how_long_it_is() {
        let packed = encode(&tone(), Codec::Flac, &Stop::default()).unwrap();
        let told = packed[21..26].iter().fold(0, |told, byte| told << 8 | u64::from(*byte)) & ((1 << 36) - 1);
        assert_eq!((&packed[..4], told), (&b"fLaC"[..], SAMPLE_RATE * 2));
    }

    #[test]
    fn the_smallest_comes_first() {
        let size = |codec| encode(&tone().repeat(10), codec, &Stop::default()).unwrap().len();
        let (opus, mp3, wav) = (size(Codec::Opus), size(Codec::Mp3), size(Codec::Wav));
        assert!(opus < mp3 && mp3 < wav, "{opus} {mp3} {wav}");
    }

    #[test]
    fn a_stop_ends_it() {
        let stop = Stop::default();
        stop.set();
        assert_eq!(encode(&tone(), Codec::Opus, &stop), Err(Error::Stopped));
    }
}
