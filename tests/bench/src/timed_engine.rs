//! An engine with a clock on it.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use astra_core::chunks::Chunk;
use astra_core::engine::{Abilities, Ask, Effort, Engine, EngineError, Heard, Stop};

/// What the clock showed. Cheap to clone; the clones are the same clock.
#[derive(Debug, Clone, Default)]
pub struct Clock(Arc<Mutex<Shown>>);

/// The time spent in an engine.
#[derive(Debug, Clone, Copy, Default)]
pub struct Shown {
    /// In all calls together.
    pub spent: Duration,
    /// What the engine itself says it spent; the rest is the way to it and back.
    pub inside: Duration,
    /// How many calls there were.
    pub calls: u32,
    /// How many of them were second tries.
    pub second_tries: u32,
}

impl Clock {
    /// What it shows now.
    pub fn shown(&self) -> Shown {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An engine whose calls are timed.
pub struct TimedEngine<E> {
    engine: E,
    clock: Clock,
}

impl<E: Engine> TimedEngine<E> {
    /// Puts `clock` on `engine`.
    pub fn new(engine: E, clock: Clock) -> Self {
        Self { engine, clock }
    }
}

impl<E: Engine> Engine for TimedEngine<E> {
    fn abilities(&self) -> Abilities {
        self.engine.abilities()
    }

    fn listen(&mut self, chunks: &[Chunk], ask: &Ask, stop: &Stop) -> Result<Vec<Heard>, EngineError> {
        let began = Instant::now();
        let heard = self.engine.listen(chunks, ask, stop);
        let spent = began.elapsed();
        let mut shown = self.clock.0.lock().unwrap_or_else(PoisonError::into_inner);
        shown.spent += spent;
        shown.inside += heard.iter().flatten().map(|heard| Duration::from_millis(heard.took_ms)).sum::<Duration>();
        shown.calls += 1;
        shown.second_tries += u32::from(ask.effort == Effort::Thorough);
        drop(shown);
        Ok(chunks.iter().zip(heard?).map(|(chunk, heard)| turned(heard, chunk.index)).collect())
    }
}

/// What was heard with its words in another order. A scripted model says the same in every chunk,
/// which the guard takes for an echo and asks for a second try; a real one does not.
fn turned(mut heard: Heard, index: u32) -> Heard {
    let mut texts: Vec<String> = heard.words.iter().map(|word| word.text.clone()).collect();
    let by = usize::try_from(index).unwrap_or_default() * 7;
    let by = by.checked_rem(texts.len()).unwrap_or_default();
    texts.rotate_left(by);
    for (word, text) in heard.words.iter_mut().zip(texts) {
        word.text = text;
    }
    heard
}
