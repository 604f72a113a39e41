//! Greedy decoding of a token-and-duration transducer, for many chunks in lockstep.
//!
//! Each step asks the network about one frame of every chunk that is not at its end: which piece
//! is said there, if any, and how many frames to skip. One chunk at a time, a step costs nearly as
//! much as for thirty of them, and an hour of speech takes some twenty thousand steps: that is
//! what makes decoding in lockstep worth its while. What is heard in a chunk does not depend on
//! which others it is decoded with.

use astra_core::engine::EngineError;

use super::boost::{Boost, Place};
use super::likelihood::{greatest, share};

/// The most pieces said on one frame, as NeMo has it: a network that skips nothing must not go on
/// forever.
const MOST_ON_A_FRAME: usize = 10;

/// How many counts of frames to skip a network chooses among, from 0 on: every Parakeet TDT that was published has the
/// durations 0 to 4, and no file of a model says so.
pub(super) const SKIPS: usize = 5;

/// One row of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Row {
    /// The chunk, from 0.
    pub(super) chunk: usize,
    /// The frame of the chunk that the network looks at.
    pub(super) frame: usize,
    /// The piece said last; the blank before the first.
    pub(super) last: usize,
    /// Whether `last` was said in the step before this one. If so, the state of the chunk from now
    /// on is the one after that step; if not, it is still the one before it.
    pub(super) said: bool,
}

/// The networks that predict and join, with the state and the encoded frames of every chunk.
pub(super) trait Joint {
    /// What the network answers for each of `rows`: one number for each piece, with the blank the
    /// last of them, and then one for each of the [`SKIPS`].
    ///
    /// # Errors
    /// As the network says.
    fn step(&mut self, rows: &[Row]) -> Result<&[f32], EngineError>;
}

/// A piece that was said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Said {
    /// Its number.
    pub(super) token: usize,
    /// The frame it was said on.
    pub(super) frame: usize,
    /// How many frames were skipped after it.
    pub(super) frames: usize,
    /// How likely the network thought it, from 0 to 1.
    pub(super) probability: f32,
}

/// A chunk while it is decoded.
struct Listening<'a> {
    row: Row,
    end: usize,
    on_this_frame: usize,
    said: Vec<Said>,
    place: Option<Place<'a>>,
}

/// What was said in chunks of `lengths` frames, in their order. `blank` is the number of the
/// blank. Calls `look` before each step with the share that is done, from 0 to 1, and ends when
/// that fails.
///
/// # Errors
/// Those of `look` and of the network, and [`EngineError::Failed`] when the network answers with
/// what is no number.
pub(super) fn decode(
    joint: &mut dyn Joint,
    lengths: &[usize],
    blank: usize,
    boost: Option<&Boost>,
    look: &mut dyn FnMut(f64) -> Result<(), EngineError>,
) -> Result<Vec<Vec<Said>>, EngineError> {
    let begin = |(chunk, end): (usize, &usize)| Listening {
        row: Row { chunk, frame: 0, last: blank, said: false },
        end: *end,
        on_this_frame: 0,
        said: Vec::new(),
        place: boost.map(Boost::start),
    };
    let mut chunks: Vec<Listening<'_>> = lengths.iter().enumerate().map(begin).collect();
    let all: usize = lengths.iter().sum();
    let mut rows = Vec::with_capacity(chunks.len());
    loop {
        rows.clear();
        rows.extend(chunks.iter().filter(|chunk| chunk.row.frame < chunk.end).map(|chunk| chunk.row));
        if rows.is_empty() {
            return Ok(chunks.into_iter().map(|chunk| chunk.said).collect());
        }
        let done: usize = chunks.iter().map(|chunk| chunk.row.frame.min(chunk.end)).sum();
        look(done as f64 / all as f64)?;
        let answers = joint.step(&rows)?;
        let width = blank + 1 + SKIPS;
        if answers.len() != rows.len() * width {
            return Err(failed("the network answers with another count of numbers than there are pieces"));
        }
        for (row, answer) in rows.iter().zip(answers.chunks_exact(width)) {
            chunks[row.chunk]
                .take(answer, blank)
                .ok_or_else(|| failed("the network answers with what is no number"))?;
        }
    }
}

impl Listening<'_> {
    /// Takes the answer of the network for this chunk; `None` when it is no number.
    fn take(&mut self, answer: &[f32], blank: usize) -> Option<()> {
        let (pieces, skips) = answer.split_at(blank + 1);
        let heard = greatest(pieces)?;
        let frames = greatest(skips)?;
        self.row.said = heard != blank;
        if heard != blank {
            // Whether anything is said is for the network alone to decide.
            let token = self.place.as_ref().map_or(heard, |place| place.choose(&pieces[..blank], heard));
            if let Some(place) = &mut self.place {
                place.go(token);
            }
            let probability = Some(share(pieces, token)).filter(|share| share.is_finite())?;
            self.said.push(Said { token, frame: self.row.frame, frames, probability });
            self.row.last = token;
            self.on_this_frame += 1;
        }
        let stuck = heard == blank || self.on_this_frame == MOST_ON_A_FRAME;
        let skipped = if frames == 0 && stuck { 1 } else { frames };
        self.row.frame += skipped;
        if skipped > 0 {
            self.on_this_frame = 0;
        }
        Some(())
    }
}

fn failed(reason: &str) -> EngineError {
    EngineError::Failed { reason: reason.to_owned() }
}

#[cfg(test)]
mod tests;
