//! What a fault is, and what harm it can do.

use std::ops::AddAssign;

use crate::desk::Desk;
use crate::scene::Scene;

/// A row of the table.
#[derive(Clone, Copy)]
pub struct Fault {
    pub name: &'static str,
    pub times: Times,
    pub strike: Strike,
}

/// How often a fault is injected.
#[derive(Clone, Copy)]
pub enum Times {
    /// Once with each seed.
    Each,
    /// With each seed, but no more often than this: it is the same every time, or takes long.
    AtMost(u64),
}

/// What does it: to the real program that listens to a recording, or to a folder that is watched.
#[derive(Clone, Copy)]
pub enum Strike {
    Program(fn(&mut Scene) -> Struck),
    Folder(fn(&mut Desk) -> Struck),
}

/// Whether it could be done on this computer; what it lacks otherwise.
pub type Struck = Result<(), String>;

/// What is measured after each injection. All of it has to be 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Harm {
    /// Chunks that nobody heard in the end, and passages that are not those of an undisturbed run.
    pub chunks_lost: usize,
    /// Chunks that were heard again after they had been committed.
    pub heard_twice: usize,
    /// Edits that had been acknowledged and are not in the text.
    pub edits_lost: usize,
    /// Recordings that are not what they were, byte for byte, and files that were put beside them.
    pub originals_changed: usize,
}

impl Harm {
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

impl AddAssign for Harm {
    fn add_assign(&mut self, other: Self) {
        self.chunks_lost += other.chunks_lost;
        self.heard_twice += other.heard_twice;
        self.edits_lost += other.edits_lost;
        self.originals_changed += other.originals_changed;
    }
}

impl Times {
    pub fn of(self, seeds: u64) -> u64 {
        match self {
            Self::Each => seeds,
            Self::AtMost(most) => seeds.min(most),
        }
    }
}
