//! Stretches of audio of at most 30 s, cut where nobody speaks, which is what engines are offered.
//!
//! Pure: samples in, chunks out. The same samples always give the same chunks, because a resumed
//! job finds its place by cutting again from the start.

use serde::{Deserialize, Serialize};

pub use self::cutter::{Cutter, Tally};
pub use self::ear::{Ear, FRAME};

mod cutter;
mod ear;
mod floor;
mod mark;
mod pauses;
mod voiced;

/// Samples per second of all audio inside Astra: mono, signed 16 bit.
pub const SAMPLE_RATE: u64 = 16_000;

/// The longest audio an engine is ever offered, in milliseconds. Whisper's encoder sees 30 s.
pub const LONGEST_CHUNK_MS: u64 = 30_000;

/// A half-open stretch of a recording, in samples at [`SAMPLE_RATE`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The first sample.
    pub start: u64,
    /// The sample after the last one.
    pub end: u64,
}

impl Span {
    /// Length in samples.
    pub fn len(self) -> u64 {
        self.end.saturating_sub(self.start)
    }

    /// Whether the stretch holds no sample.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Where it starts, in milliseconds of the recording.
    pub fn start_ms(self) -> u64 {
        samples_to_ms(self.start)
    }

    /// Where it ends, in milliseconds of the recording.
    pub fn end_ms(self) -> u64 {
        samples_to_ms(self.end)
    }
}

/// Audio offered to an engine, and what is known about it before anyone listened.
#[derive(Debug, Clone, PartialEq)]
pub struct Chunk {
    /// Position in the listening, from 0.
    pub index: u32,
    /// From the first to after the last sample of the recording that the chunk answers for.
    pub span: Span,
    /// The stretches of the recording that `pcm` consists of, in order. Long silences between
    /// them were left out, so their lengths add up to `pcm.len()` and not to `span.len()`.
    pub pieces: Vec<Span>,
    /// Where the voice detector heard speech, in samples of the recording.
    pub speech: Vec<Span>,
    /// How many samples at the start were also the end of the chunk before, because nobody
    /// breathed and the cut fell into speech. 0 after a cut in silence.
    pub overlap: u64,
    /// Mono samples at [`SAMPLE_RATE`].
    pub pcm: Vec<i16>,
}

/// Milliseconds of a count of samples, rounded down.
pub fn samples_to_ms(samples: u64) -> u64 {
    samples * 1000 / SAMPLE_RATE
}

/// Samples in a number of milliseconds.
pub fn ms_to_samples(ms: u64) -> u64 {
    ms * SAMPLE_RATE / 1000
}

/// The moment of the recording, in milliseconds, at which something starts that starts `audio_ms`
/// into the audio made of `pieces`. On the border of two pieces it is the start of the second; a
/// moment past the end is the end of the last piece, and without pieces it is 0.
pub fn recording_ms(pieces: &[Span], audio_ms: u64) -> u64 {
    let mut left = ms_to_samples(audio_ms);
    for piece in pieces {
        if left < piece.len() {
            return samples_to_ms(piece.start + left);
        }
        left -= piece.len();
    }
    pieces.last().map_or(0, |piece| piece.end_ms())
}

/// The moment of the recording, in milliseconds, at which something ends that ends `audio_ms` into
/// the audio made of `pieces`. Like [`recording_ms`], but on the border of two pieces it is the
/// end of the first: a word that ends where a silence was left out must not swallow the silence.
pub fn recording_end_ms(pieces: &[Span], audio_ms: u64) -> u64 {
    let mut left = ms_to_samples(audio_ms);
    for piece in pieces.iter().filter(|piece| !piece.is_empty()) {
        if left <= piece.len() {
            return samples_to_ms(piece.start + left);
        }
        left -= piece.len();
    }
    pieces.last().map_or(0, |piece| piece.end_ms())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::cutter::tests::{Deaf, check, cut_with};
    use super::ear::Earshot;
    use super::*;

    /// One second at 10 s, then two seconds at 15 s.
    const PIECES: [Span; 2] = [Span { start: 160_000, end: 176_000 }, Span { start: 240_000, end: 272_000 }];

    #[test]
    fn a_start_on_a_border_belongs_to_the_piece_after_it() {
        assert_eq!(recording_ms(&PIECES, 0), 10_000);
        assert_eq!(recording_ms(&PIECES, 999), 10_999);
        assert_eq!(recording_ms(&PIECES, 1_000), 15_000);
        assert_eq!(recording_ms(&PIECES, 2_500), 16_500);
    }

    #[test]
    fn an_end_on_a_border_belongs_to_the_piece_before_it() {
        assert_eq!(recording_end_ms(&PIECES, 0), 10_000);
        assert_eq!(recording_end_ms(&PIECES, 1_000), 11_000);
        assert_eq!(recording_end_ms(&PIECES, 1_001), 15_001);
        assert_eq!(recording_end_ms(&PIECES, 3_000), 17_000);
    }

    #[test]
    fn a_moment_past_the_audio_is_its_end() {
        assert_eq!(recording_ms(&PIECES, 9_000), 17_000);
        assert_eq!(recording_end_ms(&PIECES, 9_000), 17_000);
        assert_eq!(recording_ms(&[], 5), 0);
        assert_eq!(recording_end_ms(&[], 5), 0);
    }

    /// Samples of a file of `../shared/testdata`, or nothing, said aloud, where that is missing.
    #[expect(clippy::print_stderr, reason = "a test that tests nothing must say so")]
    fn testdata(name: &str) -> Option<Vec<i16>> {
        let path = format!("{}/../../../../shared/testdata/{name}", env!("CARGO_MANIFEST_DIR"));
        let Ok(bytes) = std::fs::read(&path) else {
            eprintln!("SKIPPED, NOTHING WAS TESTED: {path} is missing");
            return None;
        };
        let data = bytes.windows(4).position(|four| four == b"data").expect("a WAV file") + 8;
        Some(bytes[data..].chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]])).collect())
    }

    fn attenuated(pcm: &[i16], db: f32) -> Vec<i16> {
        let gain = 10_f32.powf(-db / 20.0);
        pcm.iter().map(|&sample| (f32::from(sample) * gain).round() as i16).collect()
    }

    /// Steady noise of the given amplitude, from a fixed linear congruential generator.
    fn noise(length_ms: u64, amplitude: i16) -> Vec<i16> {
        let mut state = 1_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) as i32 % (2 * i32::from(amplitude) + 1) - i32::from(amplitude)
        };
        (0..ms_to_samples(length_ms)).map(|_| next() as i16).collect()
    }

    #[test]
    fn real_speech_is_found_between_silences_of_a_noisy_room() {
        let Some(speech) = testdata("speech_es/fleurs/fleurs-es-001.wav") else { return };
        let room = noise(20_000, 30);
        let pcm: Vec<i16> = [&room[..], &speech, &room].concat();
        let mut cutter = Cutter::new();
        let mut chunks = cutter.push(&pcm);
        chunks.extend(cutter.finish());
        check(&pcm, &chunks, cutter.tally());
        assert_eq!(chunks.len(), 1);
        let spoken: u64 = chunks[0].speech.iter().map(|speech| speech.len()).sum();
        assert!(spoken > 15 * 16_000, "{spoken} samples of speech in {}", speech.len());
        assert!(cutter.tally().skipped_samples > 37 * 16_000, "{:?}", cutter.tally());
    }

    #[test]
    fn a_recording_with_too_low_a_level_is_still_heard() {
        let Some(speech) = testdata("speech_es/fleurs/fleurs-es-001.wav") else { return };
        let spoken = |pcm: &[i16]| -> u64 {
            let (chunks, _) = cut_with(Box::new(Earshot::new()), pcm);
            chunks.iter().flat_map(|chunk| &chunk.speech).map(|speech| speech.len()).sum()
        };
        let (usual, soft) = (spoken(&speech), spoken(&attenuated(&speech, 30.0)));
        assert!(soft * 10 > usual * 9, "{soft} samples of speech instead of {usual}");
    }

    #[test]
    fn a_soft_voice_is_never_dropped() {
        for name in ["fleurs-es-000", "fleurs-es-001", "fleurs-es-003"] {
            let Some(speech) = testdata(&format!("speech_es/fleurs/{name}.wav")) else { return };
            // As loud as it is, and so soft that the detector hears next to nothing.
            let (usual, _) = cut_with(Box::new(Earshot::new()), &speech);
            for db in [20.0, 30.0, 40.0, 45.0] {
                for deaf in [false, true] {
                    let ear: Box<dyn Ear> = if deaf { Box::new(Deaf) } else { Box::new(Earshot::new()) };
                    let soft = [noise(6_000, 2), attenuated(&speech, db), noise(6_000, 2)].concat();
                    let (chunks, tally) = cut_with(ear, &soft);
                    check(&soft, &chunks, tally);
                    for speech in usual.iter().flat_map(|chunk| &chunk.speech) {
                        let (start, end) = (speech.start + 96_000, speech.end + 96_000);
                        let kept: u64 = chunks
                            .iter()
                            .flat_map(|chunk| &chunk.pieces)
                            .map(|piece| piece.end.min(end).saturating_sub(piece.start.max(start)))
                            .sum();
                        assert!(kept == end - start, "{name} at -{db} dB: {kept} of {}", end - start);
                    }
                }
            }
        }
    }

    proptest! {
        #[test]
        fn the_maps_never_run_backwards_and_never_leave_the_pieces(a in 0_u64..4_000, b in 0_u64..4_000) {
            let (a, b) = (a.min(b), a.max(b));
            prop_assert!(recording_ms(&PIECES, a) <= recording_ms(&PIECES, b));
            prop_assert!(recording_end_ms(&PIECES, a) <= recording_end_ms(&PIECES, b));
            prop_assert!(recording_end_ms(&PIECES, a) <= recording_ms(&PIECES, a));
            for moment in [recording_ms(&PIECES, a), recording_end_ms(&PIECES, a)] {
                prop_assert!((10_000..=11_000).contains(&moment) || (15_000..=17_000).contains(&moment));
            }
        }
    }
}
