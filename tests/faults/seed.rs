//! Numbers that look random and are the same in every run, so that what went wrong once goes wrong again.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

/// Where the numbers of one injection come from.
pub struct Seed {
    state: u64,
    /// Which of the injections of its fault it is, from 0, and of how many.
    pub number: u64,
    pub of: u64,
}

impl Seed {
    pub fn new(fault: &str, number: u64, of: u64) -> Self {
        let mut hasher = DefaultHasher::new();
        (fault, number).hash(&mut hasher);
        Self { state: hasher.finish(), number, of }
    }

    /// The next number in a range.
    pub fn within(&mut self, range: Range<u64>) -> u64 {
        // Knuth's MMIX generator; its high bits are the good ones.
        self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        range.start + (self.state >> 33) % (range.end - range.start)
    }

    /// One of these, each in its turn, so that few injections see all of them.
    pub fn turn<T: Clone>(&self, kinds: &[T]) -> T {
        kinds[(self.number % kinds.len() as u64) as usize].clone()
    }
}
