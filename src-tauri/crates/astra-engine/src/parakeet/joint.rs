//! The networks that predict the next piece and join it with a frame, for many chunks at once.

use std::path::{Path, PathBuf};

use astra_core::engine::EngineError;
use ort::environment::Environment;
use ort::session::Session;
use ort::value::Outlet;

use super::encoder::Encoded;
use super::greedy::{Joint, SKIPS};
use super::pieces::Pieces;
use crate::onnx;
use in_memory::InMemory;
use on_device::{Chooser, OnDevice};

mod in_memory;
mod on_device;

/// The decoder of a model, which knows nothing of any chunk.
pub(super) struct Network {
    session: Session,
    /// Layers and width of the state.
    layers: usize,
    width: usize,
    answer: Answer,
    /// What chooses states on the device, where they stay there.
    chooser: Option<Chooser>,
}

/// What the network must answer with for each row. With pieces that are those of another model, numbers for pieces would be
/// taken for counts of frames, or the other way round, and what is written would be wrong without a sign of it.
struct Answer {
    model: PathBuf,
    /// How many pieces `vocab.txt` has, the blank not counted.
    pieces: usize,
}

impl Network {
    /// Loads the networks, which say `pieces`. With `on_device`, the states of what is decoded stay on the device that
    /// computes them.
    ///
    /// # Errors
    /// [`EngineError::ModelUnreadable`], also when they are not what they should be, or the pieces not theirs.
    pub(super) fn load(
        environment: &Environment,
        path: &Path,
        pieces: &Pieces,
        threads: usize,
        on_device: bool,
    ) -> Result<Self, EngineError> {
        let session = onnx::session(environment, path, threads, Vec::new())?;
        let inputs = ["encoder_outputs", "targets", "target_length", "input_states_1", "input_states_2"];
        onnx::check(&session, path, &inputs, &["outputs", "output_states_1", "output_states_2"])?;
        let state = session.inputs().iter().find(|input| input.name() == "input_states_1");
        let shape = state.and_then(|state: &Outlet| state.dtype().tensor_shape()).map(|shape| shape.to_vec());
        let Some((layers, width)) = shape.as_deref().and_then(layers_and_width) else {
            let reason = "the state of the decoder has no fixed size".to_owned();
            return Err(EngineError::ModelUnreadable { model: path.display().to_string(), reason });
        };
        let answer = Answer { model: path.to_owned(), pieces: pieces.blank() };
        let outputs = session.outputs().iter().find(|output| output.name() == "outputs");
        let last = outputs.and_then(|outputs| outputs.dtype().tensor_shape()?.last().copied());
        if let Some(fixed) = last.and_then(|last| usize::try_from(last).ok()) {
            answer.check(fixed, 1)?;
        }
        let chooser = if on_device { Some(Chooser::load(environment).map_err(onnx::failed)?) } else { None };
        Ok(Self { session, layers, width, answer, chooser })
    }

    /// Begins to decode `chunks`.
    ///
    /// # Errors
    /// [`EngineError::Failed`] when the device has no room for their states.
    pub(super) fn begin<'a>(&'a mut self, chunks: &'a [Encoded]) -> Result<Box<dyn Joint + 'a>, EngineError> {
        if self.chooser.is_some() {
            return Ok(Box::new(OnDevice::begin(self, chunks).map_err(onnx::failed)?));
        }
        Ok(Box::new(InMemory::begin(self, chunks)))
    }
}

impl Answer {
    /// Whether `numbers` are what `rows` rows are answered with.
    ///
    /// # Errors
    /// [`EngineError::ModelUnreadable`] when they are not.
    fn check(&self, numbers: usize, rows: usize) -> Result<(), EngineError> {
        let expected = self.pieces + 1 + SKIPS;
        if numbers == rows * expected {
            return Ok(());
        }
        let (found, pieces) = (numbers / rows, self.pieces);
        let reason = format!(
            "vocab.txt belongs to another model: this one answers with {found} numbers, while {pieces} pieces, the blank \
             and {SKIPS} counts of frames to skip are {expected}"
        );
        Err(EngineError::ModelUnreadable { model: self.model.display().to_string(), reason })
    }
}

impl Encoded {
    /// The numbers of a frame.
    fn frame(&self, frame: usize) -> &[f32] {
        let width = self.values.len() / self.frames.max(1);
        &self.values[frame * width..(frame + 1) * width]
    }
}

/// The layers and the width of states of this shape; a size that a model leaves open is below zero.
fn layers_and_width(shape: &[i64]) -> Option<(usize, usize)> {
    match *shape {
        [layers, _, width] if layers > 0 && width > 0 => Some((layers as usize, width as usize)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_whose_size_is_left_open_are_refused() {
        assert_eq!(layers_and_width(&[2, -1, 640]), Some((2, 640)));
        for open in [&[-1, -1, -1][..], &[2, -1, -1], &[-1, -1, 640], &[0, -1, 640], &[2, 640]] {
            assert_eq!(layers_and_width(open), None);
        }
    }
}
