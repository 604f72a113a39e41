//! What the secretary edits: segments and speakers, as they are stored and shown.

use serde::{Deserialize, Serialize};

use super::{Respelling, Utterance, Word};
use crate::guard::Fault;
use crate::guard::fold::tokens;
use crate::id::{SegmentId, SpeakerId};
use crate::minutes::Stretch;

/// A stretch of speech by one speaker. All times are milliseconds of its own recording.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Segment {
    /// Its id, which outlives every edit but a merge into another.
    pub id: SegmentId,
    /// Which part of the session it belongs to, from 0.
    pub part: u32,
    /// Where it starts.
    pub start_ms: u64,
    /// Where it ends.
    pub end_ms: u64,
    /// What was said.
    pub text: String,
    /// Two numbers for each word of the text (the pieces between white space): where it starts
    /// and ends, in milliseconds after `start_ms`.
    pub times: Vec<u64>,
    /// The positions of the words that the engine was not sure of.
    pub unsure: Vec<u32>,
    /// The words that the vocabulary wrote in the place of what was heard, in order.
    #[serde(default)]
    pub respelled: Vec<Respelling>,
    /// What the guard found wrong with the audio.
    pub faults: Vec<Fault>,
    /// Whether the machine was unsure of the passage and nobody has touched or confirmed it.
    pub doubtful: bool,
    /// Who speaks.
    pub speaker: Option<SpeakerId>,
    /// What the secretary said of it.
    pub mark: Option<Mark>,
    /// Whether somebody changed or confirmed it; listening again never changes it then.
    pub touched: bool,
}

/// What a secretary can say of a whole segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Nobody can understand it; documents say so in the place of text.
    Inaudible,
    /// Not for the public: in no document, and never sent to another machine.
    Reserved,
}

/// A person or office that speaks in a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Speaker {
    /// Its id.
    pub id: SpeakerId,
    /// As documents write it.
    pub name: String,
    /// The office, or empty.
    pub role: String,
    /// Which of the window's [`Speaker::COLOURS`] colours.
    pub colour: u32,
}

impl Speaker {
    /// How many colours the window has for speakers.
    pub const COLOURS: u32 = 12;

    /// Whether this is the speaker's name, however it was typed.
    pub fn is_called(&self, name: &str) -> bool {
        tokens(&self.name).eq(tokens(name)) && tokens(name).next().is_some()
    }
}

/// A word below this confidence is one the engine was not sure of.
const UNSURE: f32 = 0.5;

/// A passage is doubtful when more than this share of its words is unsure: one word in four asks
/// for a second listening, single ones would have the secretary listen to everything again.
const UNSURE_SHARE: f32 = 0.25;

impl Segment {
    /// Where it can be heard.
    pub fn stretch(&self) -> Stretch {
        Stretch::of_part(self.part, self.start_ms..self.end_ms)
    }

    /// The segment of an utterance that was just heard, whose times are of the recording.
    pub fn heard(id: SegmentId, part: u32, utterance: &Utterance) -> Self {
        let start_ms = utterance.start_ms;
        let after = |ms: u64| ms.saturating_sub(start_ms);
        let times = utterance.words.iter().flat_map(|word| [after(word.start_ms), after(word.end_ms)]).collect();
        let unsure = (0_u32..).zip(&utterance.words).filter(|(_, word)| word.confidence < UNSURE).map(|(at, _)| at);
        let unsure: Vec<u32> = unsure.collect();
        let doubtful =
            !utterance.faults.is_empty() || unsure.len() as f32 > utterance.words.len() as f32 * UNSURE_SHARE;
        Self {
            id,
            part,
            start_ms,
            end_ms: utterance.end_ms,
            text: utterance.text(),
            times,
            unsure,
            respelled: Vec::new(),
            faults: utterance.faults.clone(),
            doubtful,
            speaker: None,
            mark: None,
            touched: false,
        }
    }

    /// How many words the text has.
    pub fn word_count(&self) -> usize {
        self.text.split_whitespace().count()
    }

    /// The words with times in milliseconds of the recording. How sure the engine was is not kept
    /// to the digit: 0 for a word it was not sure of, 1 for all others.
    pub fn words(&self) -> Vec<Word> {
        let unsure = |at: usize| u32::try_from(at).is_ok_and(|at| self.unsure.contains(&at));
        let words = self.text.split_whitespace().zip(self.times.chunks_exact(2)).enumerate();
        words
            .map(|(at, (text, times))| Word {
                text: text.to_owned(),
                start_ms: self.start_ms + times[0],
                end_ms: self.start_ms + times[1],
                confidence: if unsure(at) { 0.0 } else { 1.0 },
            })
            .collect()
    }
}
