//! An engine that costs nothing: it says words of the sample at once, as many as a speaker would,
//! so that everything around an engine has its usual work.

use astra_core::chunks::{Chunk, samples_to_ms};
use astra_core::engine::{Abilities, Ask, Engine, EngineError, Heard, Stop};
use astra_core::transcript::Word;

/// From the start of one word to that of the next, in milliseconds: 2.4 words a second, which is
/// how fast the sample is spoken.
const WORD_MS: u64 = 415;

/// How long a word lasts, in milliseconds.
const SPOKEN_MS: u64 = 330;

/// How many words further the next chunk begins. Prime to most lengths of the text, so that no two
/// chunks in a row say the same, which the guard would not let pass.
const STRIDE: usize = 83;

/// The engine.
pub struct NullEngine {
    words: Vec<String>,
}

impl NullEngine {
    /// An engine that says `words`, over and over.
    pub fn saying(words: Vec<String>) -> Self {
        Self { words }
    }

    fn hear(&self, chunk: &Chunk) -> Heard {
        let audio_ms = samples_to_ms(chunk.pcm.len() as u64);
        let first = usize::try_from(chunk.index).unwrap_or_default() * STRIDE;
        let texts = self.words.iter().cycle().skip(first % self.words.len().max(1));
        let starts = (0..).map(|position: u64| position * WORD_MS).take_while(|start| start + SPOKEN_MS <= audio_ms);
        let words = starts.zip(texts).map(|(start_ms, text)| Word {
            text: text.clone(),
            start_ms,
            end_ms: start_ms + SPOKEN_MS,
            confidence: 0.9,
        });
        Heard { words: words.collect(), no_speech: 0.0, took_ms: 0 }
    }
}

impl Engine for NullEngine {
    fn abilities(&self) -> Abilities {
        let device = "nothing".to_owned();
        Abilities { device, languages: vec!["es".to_owned()], word_times: true, vocabulary: true, batch: 1 }
    }

    fn listen(&mut self, chunks: &[Chunk], _: &Ask, _: &Stop) -> Result<Vec<Heard>, EngineError> {
        Ok(chunks.iter().map(|chunk| self.hear(chunk)).collect())
    }
}
