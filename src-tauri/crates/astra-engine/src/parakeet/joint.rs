//! The networks that predict the next piece and join it with a frame, for many chunks at once.

use std::path::PathBuf;

use astra_core::engine::EngineError;
use ort::environment::Environment;
use ort::session::Session;
use ort::value::{Outlet, TensorElementType};

use super::encoder::Encoded;
use super::folder::Part;
use super::greedy::{Joint, SKIPS};
use super::pieces::Pieces;
use crate::onnx::outlets::{Size, Wanted};
use crate::onnx::{self, outlets};
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
        part: &Part,
        pieces: &Pieces,
        threads: usize,
        on_device: bool,
    ) -> Result<Self, EngineError> {
        let session = onnx::session(environment, &part.path, threads, Vec::new())?;
        let Some((layers, width)) = shape(session.inputs(), "input_states_1").and_then(layers_and_width) else {
            let reason = "the state of the decoder has no fixed size".to_owned();
            return Err(EngineError::ModelUnreadable { model: part.path.display().to_string(), reason });
        };
        check(&session, part, layers, width)?;
        let answer = Answer { model: part.path.clone(), pieces: pieces.blank() };
        let numbers = shape(session.outputs(), "outputs").and_then(<[i64]>::last);
        if let Some(fixed) = numbers.and_then(|numbers| usize::try_from(*numbers).ok()) {
            answer.check(fixed, 1)?;
        }
        let chooser = if on_device { Some(Chooser::load(environment).map_err(onnx::failed)?) } else { None };
        Ok(Self { session, layers, width, answer, chooser })
    }

    /// How many numbers a frame must have, where the model has fixed it.
    pub(super) fn depth(&self) -> Option<usize> {
        let sizes = shape(self.session.inputs(), "encoder_outputs")?;
        usize::try_from(*sizes.get(1)?).ok()
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

/// Whether the networks take and give what they must, with states of so many layers and such a width.
fn check(session: &Session, part: &Part, layers: usize, width: usize) -> Result<(), EngineError> {
    let (float, short) = (TensorElementType::Float32, TensorElementType::Int32);
    // See `Part::quantised`.
    let rows = if part.quantised { Size::up_to(1) } else { Size::Varying };
    let (one, any) = (Size::Exactly(1), Size::Any);
    let taken = [Size::Exactly(layers), rows, Size::Exactly(width)];
    let given = [Size::Exactly(layers), any, Size::Exactly(width)];
    let inputs = [
        Wanted { name: "encoder_outputs", kind: float, sizes: &[rows, any, one] },
        Wanted { name: "targets", kind: short, sizes: &[rows, one] },
        Wanted { name: "target_length", kind: short, sizes: &[rows] },
        Wanted { name: "input_states_1", kind: float, sizes: &taken },
        Wanted { name: "input_states_2", kind: float, sizes: &taken },
    ];
    let outputs = [
        Wanted { name: "outputs", kind: float, sizes: &[any, any, any, any] },
        Wanted { name: "output_states_1", kind: float, sizes: &given },
        Wanted { name: "output_states_2", kind: float, sizes: &given },
    ];
    outlets::check(session, &part.path, &inputs, &outputs)
}

/// The sizes of the one called `name`, those that the model leaves open below zero.
fn shape<'a>(outlets: &'a [Outlet], name: &str) -> Option<&'a [i64]> {
    let found = outlets.iter().find(|outlet| outlet.name() == name)?;
    found.dtype().tensor_shape().map(|shape| &shape[..])
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
