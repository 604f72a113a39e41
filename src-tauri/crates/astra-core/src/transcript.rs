//! The transcript: what was heard, joined on one clock and cut into readable segments.

use serde::{Deserialize, Serialize};

use crate::guard::Fault;

pub use self::corrected::corrected;
pub use self::edit::{Altered, Change, Edit, Floor, Refusal, Scene, Step, apply};
pub use self::find::{Found, Query, find};
pub use self::growth::{Growing, Grown, grow};
pub use self::join::join;
pub use self::placing::words_to_recording;
pub use self::rehearing::{Reheard, Together, together};
pub use self::respelling::Respelling;
pub(crate) use self::respelling::is_around;
pub use self::segment::{Mark, Segment, Speaker};

mod breaks;
mod corrected;
mod edit;
mod find;
mod growth;
mod join;
mod overlap;
mod placing;
mod rehearing;
mod respelling;
mod segment;
mod times;

/// A word with its time and how sure the engine was of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Word {
    /// The word as written, with the punctuation that touches it and without spaces around it.
    pub text: String,
    /// Where it starts, in milliseconds. The clock is the chunk's audio as an engine returns it,
    /// the recording once stored, and the session in an [`Utterance`].
    pub start_ms: u64,
    /// Where it ends, in milliseconds of the same clock.
    pub end_ms: u64,
    /// From 0 (a guess) to 1 (certain).
    pub confidence: f32,
}

/// A stretch of speech of readable length as documents show it: on the session's clock, with the
/// name of its speaker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Utterance {
    /// Which recording of the session it comes from, from 0.
    pub recording: usize,
    /// Where it starts, in milliseconds of the session.
    pub start_ms: u64,
    /// Where it ends, in milliseconds of the session.
    pub end_ms: u64,
    /// The words; empty when nothing could be heard, and then `faults` says why.
    pub words: Vec<Word>,
    /// What the guard found wrong with the audio it comes from.
    pub faults: Vec<Fault>,
    /// Who speaks, once somebody said so.
    pub speaker: Option<String>,
    /// What the secretary said of it.
    pub mark: Option<Mark>,
    /// Whether somebody corrected or confirmed it: then its faults are settled.
    pub touched: bool,
    /// How many of the words are not as the machine wrote them: see [`corrected`].
    #[serde(default)]
    pub corrected: u32,
    /// Which of the words the vocabulary wrote, and what was heard there.
    #[serde(default)]
    pub respelled: Vec<Respelling>,
}

/// One recording of a session with all that was heard in it so far.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Which recording of the session it is, from 0.
    pub recording: usize,
    /// Where it starts, in milliseconds of the session.
    pub offset_ms: u64,
    /// Its chunks in order. Some may be missing: nobody listened to them yet.
    pub hearings: Vec<Hearing>,
}

/// What was heard in one chunk, on the clock of its recording.
#[derive(Debug, Clone, PartialEq)]
pub struct Hearing {
    /// Where the chunk starts, in milliseconds of the recording, overlap included.
    pub start_ms: u64,
    /// Where it ends, in milliseconds of the recording.
    pub end_ms: u64,
    /// How many milliseconds at its start are also the end of the chunk before.
    pub overlap_ms: u64,
    /// The words, with times in milliseconds of the recording (see [`words_to_recording`]).
    pub words: Vec<Word>,
    /// What is still wrong; [`Fault::Unheard`] when no engine could listen to the chunk.
    pub faults: Vec<Fault>,
}

impl Utterance {
    /// One that was only heard, without words yet: nobody named a speaker or marked anything.
    pub fn heard(recording: usize, start_ms: u64, end_ms: u64, faults: Vec<Fault>) -> Self {
        Self {
            recording,
            start_ms,
            end_ms,
            words: Vec::new(),
            faults,
            speaker: None,
            mark: None,
            touched: false,
            corrected: 0,
            respelled: Vec::new(),
        }
    }

    /// The words as one line of text.
    pub fn text(&self) -> String {
        let words: Vec<&str> = self.words.iter().map(|word| word.text.as_str()).collect();
        words.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words from (text, start, end).
    pub(super) fn words(times: &[(&str, u64, u64)]) -> Vec<Word> {
        let word = |&(text, start_ms, end_ms): &(&str, u64, u64)| Word {
            text: text.to_owned(),
            start_ms,
            end_ms,
            confidence: 0.9,
        };
        times.iter().map(word).collect()
    }

    /// The texts of words, joined by spaces.
    pub(super) fn text(words: &[Word]) -> String {
        words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_text_of_a_segment_is_its_words() {
        let words = words(&[("Buenos", 0, 300), ("días.", 300, 600)]);
        let segment = Utterance { words, ..Utterance::heard(0, 0, 600, Vec::new()) };
        assert_eq!(segment.text(), "Buenos días.");
    }
}
