//! Decoding with the state of every chunk in this program's memory.
//!
//! Each step computes the chunks that are not at their end and no other, which is what is fastest on a processor.

use astra_core::engine::EngineError;
use ort::inputs;
use ort::value::TensorRef;

use super::super::encoder::Encoded;
use super::super::greedy::{Joint, Row};
use super::Network;
use crate::onnx;

/// The decoder while it works on some chunks.
pub(super) struct InMemory<'a> {
    network: &'a mut Network,
    chunks: &'a [Encoded],
    /// The two states of every chunk before the last step, chunk by chunk and layer by layer.
    kept: [Vec<f32>; 2],
    /// The two states after the last step as the network gave them: layer by layer, and in each
    /// row by row.
    after: [Vec<f32>; 2],
    /// The row each chunk had in the last step.
    rows: Vec<usize>,
    last_rows: usize,
    answers: Vec<f32>,
}

impl<'a> InMemory<'a> {
    /// Begins to decode `chunks`.
    pub(super) fn begin(network: &'a mut Network, chunks: &'a [Encoded]) -> Self {
        let kept = vec![0.0; chunks.len() * network.layers * network.width];
        Self {
            network,
            chunks,
            kept: [kept.clone(), kept],
            after: [Vec::new(), Vec::new()],
            rows: vec![0; chunks.len()],
            last_rows: 0,
            answers: Vec::new(),
        }
    }

    /// Keeps the state after the last step of every chunk in which something was said then.
    fn keep(&mut self, rows: &[Row]) {
        let (layers, width) = (self.network.layers, self.network.width);
        for (kept, after) in self.kept.iter_mut().zip(&self.after) {
            for row in rows.iter().filter(|row| row.said) {
                for layer in 0..layers {
                    let from = (layer * self.last_rows + self.rows[row.chunk]) * width;
                    let to = (row.chunk * layers + layer) * width;
                    kept[to..to + width].copy_from_slice(&after[from..from + width]);
                }
            }
        }
    }
}

impl Joint for InMemory<'_> {
    fn step(&mut self, rows: &[Row]) -> Result<&[f32], EngineError> {
        self.keep(rows);
        let Network { session, layers, width, answer, .. } = &mut *self.network;
        let states = [0, 1].map(|side| gathered(&self.kept[side], rows, *layers, *width));
        let state = |side: usize| TensorRef::from_array_view(([*layers, rows.len(), *width], states[side].as_slice()));
        let frames = rows.iter().map(|row| self.chunks[row.chunk].frame(row.frame)).collect::<Vec<_>>().concat();
        let depth = frames.len() / rows.len();
        let targets: Vec<i32> = rows.iter().map(|row| i32::try_from(row.last).unwrap_or(i32::MAX)).collect();
        let one_each = vec![1_i32; rows.len()];
        let outputs = session
            .run(inputs! {
                "encoder_outputs" => TensorRef::from_array_view(([rows.len(), depth, 1], frames.as_slice())).map_err(onnx::failed)?,
                "targets" => TensorRef::from_array_view(([rows.len(), 1], targets.as_slice())).map_err(onnx::failed)?,
                "target_length" => TensorRef::from_array_view(([rows.len()], one_each.as_slice())).map_err(onnx::failed)?,
                "input_states_1" => state(0).map_err(onnx::failed)?,
                "input_states_2" => state(1).map_err(onnx::failed)?,
            })
            .map_err(onnx::failed)?;
        for (after, name) in self.after.iter_mut().zip(["output_states_1", "output_states_2"]) {
            let (_, state) = outputs[name].try_extract_tensor::<f32>().map_err(onnx::failed)?;
            if state.len() != *layers * rows.len() * *width {
                let reason = "the decoder answers with a state of another size".to_owned();
                return Err(EngineError::Failed { reason });
            }
            after.clear();
            after.extend_from_slice(state);
        }
        let (_, answers) = outputs["outputs"].try_extract_tensor::<f32>().map_err(onnx::failed)?;
        answer.check(answers.len(), rows.len())?;
        self.answers.clear();
        self.answers.extend_from_slice(answers);
        self.last_rows = rows.len();
        rows.iter().enumerate().for_each(|(place, row)| self.rows[row.chunk] = place);
        Ok(&self.answers)
    }
}

/// The states of the chunks of `rows` as the network takes them.
fn gathered(kept: &[f32], rows: &[Row], layers: usize, width: usize) -> Vec<f32> {
    let places = (0..layers).flat_map(|layer| rows.iter().map(move |row| (row.chunk * layers + layer) * width));
    places.map(|place| &kept[place..place + width]).collect::<Vec<_>>().concat()
}
