//! When each word was said.
//!
//! Whisper times segments, not words. Within a segment the words are spread over the audible part
//! of the audio in proportion to how long they take to say, so a pause falls between words and
//! not into one. whisper.cpp's own estimate is not used: in 1.8.3 it looks for the energy of
//! every segment at the start of the chunk.

use astra_core::chunks::{ms_to_samples, samples_to_ms};
use astra_core::transcript::Word;

use super::words::Untimed;

/// The stretch of audio whose energy is looked at in one piece, in milliseconds.
const FRAME_MS: u64 = 10;

/// A frame is audible from this part of the segment's loud frames' energy on: −26 dB.
const AUDIBLE: f32 = 0.05;

/// Gives the words of one segment their times. `start_ms` and `end_ms` are the segment's, on the
/// clock of `pcm`; whatever lies outside of the audio is drawn in.
pub(super) fn timed(words: Vec<Untimed>, start_ms: u64, end_ms: u64, pcm: &[i16]) -> Vec<Word> {
    let audio_ms = samples_to_ms(pcm.len() as u64);
    let end_ms = end_ms.min(audio_ms);
    let start_ms = start_ms.min(end_ms);
    let loudness = loudness(pcm, start_ms, end_ms);
    let whole: f32 = loudness.iter().sum();
    let weights: Vec<f32> = words.iter().map(|word| weight(&word.text)).collect();
    let heaviness: f32 = weights.iter().sum();
    let mut weighed = 0.0;
    let mut timed: Vec<Word> = Vec::with_capacity(words.len());
    for (word, weight) in words.into_iter().zip(weights) {
        let from = weighed / heaviness * whole;
        weighed += weight;
        let to = weighed / heaviness * whole;
        let earliest = timed.last().map_or(start_ms, |word| word.end_ms);
        let begin = (start_ms + place(&loudness, from, true)).clamp(earliest, end_ms);
        let end = (start_ms + place(&loudness, to, false)).clamp(begin, end_ms);
        timed.push(Word { text: word.text, start_ms: begin, end_ms: end, confidence: word.confidence });
    }
    timed
}

/// For each frame of the segment 1 when something is to be heard in it, and next to nothing when
/// not: even in a silent segment the words come one after the other.
fn loudness(pcm: &[i16], start_ms: u64, end_ms: u64) -> Vec<f32> {
    let bound = |ms: u64| usize::try_from(ms_to_samples(ms)).unwrap_or(usize::MAX).min(pcm.len());
    let samples = &pcm[bound(start_ms)..bound(end_ms)];
    let frame = bound(FRAME_MS).max(1);
    let energies: Vec<f32> = samples
        .chunks(frame)
        .map(|frame| {
            let sum: f32 = frame.iter().map(|sample| f32::from(*sample).powi(2)).sum();
            (sum / frame.len() as f32).sqrt()
        })
        .collect();
    let mut sorted = energies.clone();
    sorted.sort_by(f32::total_cmp);
    let loud = sorted.get(sorted.len() * 9 / 10).copied().unwrap_or_default();
    energies.iter().map(|energy| if *energy > AUDIBLE * loud { 1.0 } else { 0.001 }).collect()
}

/// The moment, in milliseconds of the segment, at which the loudness adds up to `sum`. At the edge
/// of a pause, a word that begins begins `after` it.
fn place(loudness: &[f32], sum: f32, after: bool) -> u64 {
    let mut passed = 0.0;
    // Sums of floating point numbers miss by a little; a twentieth of a frame hides that.
    let sum = if after { sum + 0.05 } else { sum - 0.05 };
    for (frame, loudness) in (0_u64..).zip(loudness) {
        if passed + loudness >= sum {
            let part = ((sum - passed) / loudness).clamp(0.0, 1.0);
            return frame * FRAME_MS + (part * FRAME_MS as f32).round() as u64;
        }
        passed += loudness;
    }
    loudness.len() as u64 * FRAME_MS
}

/// How long a word takes to say, in letters. Digits are read as whole words.
fn weight(word: &str) -> f32 {
    let letters: f32 = word
        .chars()
        .map(|letter| match letter {
            letter if letter.is_numeric() => 4.0,
            letter if letter.is_alphabetic() => 1.0,
            '%' | '$' | '€' => 6.0,
            _ => 0.0,
        })
        .sum();
    letters.max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn untimed(text: &str) -> Vec<Untimed> {
        text.split(' ').map(|word| Untimed { text: word.to_owned(), confidence: 1.0 }).collect()
    }

    /// A tone where the pattern says `x`, silence elsewhere; 100 ms a letter.
    fn audio(pattern: &str) -> Vec<i16> {
        pattern
            .chars()
            .flat_map(|letter| (0..1600).map(move |n| if letter == 'x' { (n % 40) * 200 - 4000 } else { n % 3 }))
            .collect()
    }

    #[test]
    fn words_follow_one_another_inside_the_segment() {
        let words = timed(untimed("Se abre la sesión"), 200, 1200, &audio("xxxxxxxxxxxxxxx"));
        assert_eq!(words.first().map(|word| word.start_ms / 10), Some(20));
        assert_eq!(words.last().map(|word| (word.end_ms + 5) / 10), Some(120));
        assert!(words.windows(2).all(|pair| pair[0].end_ms <= pair[1].start_ms));
        assert!(words.iter().all(|word| word.end_ms > word.start_ms));
    }

    #[test]
    fn a_pause_falls_between_words() {
        let words = timed(untimed("cuatro cuatro"), 0, 1500, &audio("__xxxx_____xxxx"));
        assert!(words[0].start_ms.abs_diff(200) <= 10, "{words:?}");
        assert!(words[0].end_ms.abs_diff(600) <= 10, "{words:?}");
        assert!(words[1].start_ms.abs_diff(1100) <= 10, "{words:?}");
        assert!(words[1].end_ms.abs_diff(1500) <= 10, "{words:?}");
    }

    #[test]
    fn times_beyond_the_audio_are_drawn_in() {
        let words = timed(untimed("una palabra"), 100, 30_000, &audio("xxxxx"));
        assert!(words.iter().all(|word| word.end_ms <= 500 && word.start_ms <= word.end_ms), "{words:?}");
        let words = timed(untimed("una palabra"), 9000, 8000, &audio("xxxxx"));
        assert!(words.iter().all(|word| word.end_ms <= 500 && word.start_ms <= word.end_ms), "{words:?}");
        assert_eq!(timed(untimed("nada"), 0, 0, &[]).len(), 1);
    }

    #[test]
    fn silence_is_shared_out_evenly() {
        let words = timed(untimed("cuatro cuatro"), 0, 1000, &[0; 16_000]);
        assert!(words[0].end_ms.abs_diff(500) <= 10, "{words:?}");
    }
}
