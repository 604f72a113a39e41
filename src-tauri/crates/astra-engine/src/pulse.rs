//! Signs of life from inside native code, so that a slow engine is told from a hung one.

use std::sync::atomic::{AtomicU8, AtomicU32, AtomicU64, Ordering};

/// Where a listening engine is, written by the engine and read by whoever waits for it.
#[derive(Debug, Default)]
pub struct Pulse {
    beats: AtomicU64,
    chunk: AtomicU32,
    percent: AtomicU8,
}

impl Pulse {
    /// Native code did something.
    pub fn beat(&self) {
        self.beats.fetch_add(1, Ordering::Relaxed);
    }

    /// Listening to the chunk with this index begins.
    pub fn begin(&self, chunk: u32) {
        self.chunk.store(chunk, Ordering::Relaxed);
        self.pass(0);
    }

    /// So much of the chunk, from 0 to 100, is done.
    pub fn pass(&self, percent: u8) {
        self.percent.store(percent.min(100), Ordering::Relaxed);
        self.beat();
    }

    /// How many signs there were so far.
    pub fn beats(&self) -> u64 {
        self.beats.load(Ordering::Relaxed)
    }

    /// The index of the chunk listened to, and how much of it is done.
    pub fn place(&self) -> (u32, u8) {
        (self.chunk.load(Ordering::Relaxed), self.percent.load(Ordering::Relaxed))
    }
}
