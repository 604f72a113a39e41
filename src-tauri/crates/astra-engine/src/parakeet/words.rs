//! From the pieces Parakeet said to words with times.
//!
//! A piece that begins with a space begins a word. A piece lasts from the frame it was said on as
//! long as the model skipped after it; punctuation is written with the word it touches and takes
//! no time.

use astra_core::transcript::Word;

use super::greedy::Said;
use super::pieces::{Pieces, SPACE};

/// A word while it grows.
#[derive(Default)]
struct Growing {
    text: String,
    /// Frames from the first to after the last piece that is spoken.
    spoken: Option<(usize, usize)>,
    /// How likely each spoken piece was.
    probabilities: Vec<f32>,
}

/// The words in what was said over a chunk of `audio_ms`, whose frames are `frame_ms` long. Times
/// are milliseconds of the chunk's audio, in order and inside it.
pub(super) fn words(said: &[Said], pieces: &Pieces, frame_ms: u64, audio_ms: u64) -> Vec<Word> {
    let mut grown: Vec<Growing> = Vec::new();
    for said in said {
        let Some(piece) = pieces.text(said.token) else { continue };
        for (position, part) in piece.split(SPACE).enumerate() {
            if position > 0 || grown.is_empty() {
                grown.push(Growing::default());
            }
            if let Some(word) = grown.last_mut() {
                word.add(part, said);
            }
        }
    }
    let mut words = timed(joined(grown), frame_ms);
    let mut earliest = 0;
    for word in &mut words {
        word.start_ms = word.start_ms.clamp(earliest, audio_ms.max(earliest));
        word.end_ms = word.end_ms.clamp(word.start_ms, audio_ms.max(word.start_ms));
        earliest = word.end_ms;
    }
    words
}

impl Growing {
    fn add(&mut self, part: &str, said: &Said) {
        self.text.push_str(part);
        if part.chars().any(is_spoken) {
            let (start, end) = self.spoken.unwrap_or((said.frame, said.frame));
            self.spoken = Some((start, end.max(said.frame + said.frames)));
            self.probabilities.push(said.probability);
        }
    }
}

/// Letters, digits and the signs that stand for a word, as in «5 %».
fn is_spoken(letter: char) -> bool {
    letter.is_alphanumeric() || "%‰€$£°ºª+=&§@#".contains(letter)
}

/// Marks that stand alone put to the word they belong to.
fn joined(grown: Vec<Growing>) -> Vec<Growing> {
    let mut words: Vec<Growing> = Vec::new();
    let mut opening = String::new();
    for word in grown {
        if word.spoken.is_some() {
            words.push(Growing { text: std::mem::take(&mut opening) + &word.text, ..word });
        } else if word.text.chars().all(|mark| "¿¡(«“\"‘[".contains(mark)) {
            opening.push_str(&word.text);
        } else if word.text.chars().all(|mark| ".,;:!?…)»”\"’]".contains(mark))
            && let Some(last) = words.last_mut()
        {
            last.text.push_str(&word.text);
        }
        // A dash that stands alone is not said.
    }
    words
}

fn timed(grown: Vec<Growing>, frame_ms: u64) -> Vec<Word> {
    let ms = |frames: usize| frames as u64 * frame_ms;
    grown
        .into_iter()
        .filter_map(|word| {
            let (start, end) = word.spoken?;
            // A word said without any skipping took some of its frame all the same.
            let end = end.max(start + 1);
            Some(Word { text: word.text, start_ms: ms(start), end_ms: ms(end), confidence: mean(&word.probabilities) })
        })
        .collect()
}

/// The geometric mean.
fn mean(probabilities: &[f32]) -> f32 {
    let logarithms: f32 = probabilities.iter().map(|probability| probability.clamp(1e-6, 1.0).ln()).sum();
    (logarithms / probabilities.len().max(1) as f32).exp().clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pieces(texts: &[&str]) -> Pieces {
        let lines = texts.iter().chain(&["<blk>"]).enumerate();
        Pieces::parse(&lines.map(|(number, text)| format!("{text} {number}\n")).collect::<String>()).expect("sound")
    }

    /// The words of these pieces, said one after the other, each over two frames of 80 ms.
    fn heard(texts: &[&str]) -> Vec<Word> {
        let said: Vec<Said> =
            (0..texts.len()).map(|token| Said { token, frame: 2 * token, frames: 2, probability: 0.25 }).collect();
        // Numbers are given to all pieces, so that one that is said twice has two.
        words(&said, &pieces(texts), 80, 160 * texts.len() as u64)
    }

    fn texts(pieces: &[&str]) -> Vec<String> {
        heard(pieces).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn a_piece_with_a_space_begins_a_word() {
        assert_eq!(texts(&["▁Bu", "enos", "▁días", ",", "▁conce", "jales", "."]), ["Buenos", "días,", "concejales."]);
        assert_eq!(texts(&["Se", "▁abre"]), ["Se", "abre"]);
        assert_eq!(texts(&["▁", "Se", "▁", "abre"]), ["Se", "abre"]);
        assert_eq!(texts(&["▁de▁la"]), ["de", "la"]);
    }

    #[test]
    fn punctuation_touches_its_word() {
        assert_eq!(texts(&["▁¿", "Qué", "▁", "?", "▁", "¡", "▁Nada", "!"]), ["¿Qué?", "¡Nada!"]);
        assert_eq!(texts(&[".", "▁-", "▁..."]), Vec::<String>::new());
        assert_eq!(texts(&["▁5", "▁%"]), ["5", "%"]);
    }

    #[test]
    fn a_word_lasts_from_its_first_to_its_last_spoken_piece() {
        let words = heard(&["▁¿", "Con", "cejo", "?", "▁Sí"]);
        assert_eq!((words[0].start_ms, words[0].end_ms), (160, 480));
        assert_eq!((words[1].start_ms, words[1].end_ms), (640, 800));
    }

    #[test]
    fn pieces_that_steer_are_not_written() {
        assert_eq!(texts(&["<|es|>", "▁Sí", "<unk>"]), ["Sí"]);
    }

    #[test]
    fn confidence_is_that_of_the_letters() {
        let said = [(0, 0.9), (1, 0.4), (2, 0.01)].map(|(token, probability)| Said {
            token,
            frame: token,
            frames: 1,
            probability,
        });
        let words = words(&said, &pieces(&["▁con", "cejo", "."]), 80, 1000);
        assert!((words[0].confidence - 0.6).abs() < 1e-3, "{words:?}");
    }

    proptest! {
        #[test]
        fn words_are_in_order_inside_the_audio_and_no_letter_is_lost(
            said in proptest::collection::vec((0_usize..6, 0_usize..5, 0.0_f32..=1.0), 0..40),
            audio_ms in 0_u64..5000,
        ) {
            let pieces = pieces(&["▁con", "cejo", "▁", "ñ", "▁a▁b", "<unk>"]);
            let mut frame = 0;
            let said: Vec<Said> = said.into_iter().map(|(token, frames, probability)| {
                frame += frames;
                Said { token, frame: frame - frames, frames, probability }
            }).collect();
            let words = words(&said, &pieces, 80, audio_ms);
            let mut earliest = 0;
            for word in &words {
                prop_assert!(word.start_ms >= earliest && word.end_ms >= word.start_ms && word.end_ms <= audio_ms);
                prop_assert!(!word.text.is_empty() && !word.text.contains([' ', SPACE]));
                prop_assert!((0.0..=1.0).contains(&word.confidence));
                earliest = word.end_ms;
            }
            let letters: String = said.iter().filter_map(|said| pieces.text(said.token)).collect();
            prop_assert_eq!(words.into_iter().map(|word| word.text).collect::<String>(), letters.replace(SPACE, ""));
        }
    }
}
