//! Decoding with the state of every chunk left on the device that computes it.
//!
//! A graphics card waits long for what is fetched from it and brought back. So a step brings it the frames and the
//! pieces said last and fetches the answers, and nothing else: which state a chunk goes on with is chosen there too, by
//! a graph with one operator for each of the two states. From the first step to the last there are as many rows, because
//! a card prepares itself anew for every other count; what it answers for chunks at their end is passed over.

use astra_core::engine::EngineError;
use ort::editor::{Graph, Model, Node, ONNX_DOMAIN, Opset};
use ort::environment::Environment;
use ort::memory::MemoryInfo;
use ort::session::{IoBinding, Session};
use ort::value::{DynValue, Outlet, Shape, SymbolicDimensions, Tensor, TensorElementType, ValueType};

use super::super::encoder::Encoded;
use super::super::greedy::{Joint, Row};
use super::{Answer, Network};
use crate::onnx;

/// The version of the operators of ONNX that the graph is written in: any that knows `Where`.
const OPSET: u32 = 18;

/// The names of what [`Chooser`] takes and gives, and of the states of the decoder before and after a step.
const SAID: &str = "said";
const AFTER: [&str; 2] = ["after_1", "after_2"];
const BEFORE: [&str; 2] = ["before_1", "before_2"];
const KEPT: [&str; 2] = ["kept_1", "kept_2"];
const INPUTS: [&str; 2] = ["input_states_1", "input_states_2"];
const OUTPUTS: [&str; 2] = ["output_states_1", "output_states_2"];

/// Chooses, row by row, the state after a step or the one before it.
pub(super) struct Chooser {
    session: Session,
}

impl Chooser {
    /// Prepares the device for it.
    ///
    /// # Errors
    /// Those of ONNX Runtime.
    pub(super) fn load(environment: &Environment) -> ort::Result<Self> {
        let mut graph = Graph::new()?;
        let states = |names: [&str; 2]| names.map(|name| outlet(name, TensorElementType::Float32));
        let said = outlet(SAID, TensorElementType::Bool);
        graph.set_inputs([said].into_iter().chain(states(AFTER)).chain(states(BEFORE)))?;
        graph.set_outputs(states(KEPT))?;
        for ((after, before), kept) in AFTER.into_iter().zip(BEFORE).zip(KEPT) {
            graph.add_node(Node::new("Where", ONNX_DOMAIN, kept, [SAID, after, before], [kept], [])?)?;
        }
        let mut model = Model::new([Opset::new(ONNX_DOMAIN, OPSET)?])?;
        model.set_graph(graph)?;
        Ok(Self { session: model.into_session(&onnx::builder(environment, 1, Vec::new())?)? })
    }
}

/// A tensor of three dimensions of any size.
fn outlet(name: &str, ty: TensorElementType) -> Outlet {
    let (shape, dimension_symbols) = (Shape::new([-1, -1, -1]), SymbolicDimensions::empty(3));
    Outlet::new(name, ValueType::Tensor { ty, shape, dimension_symbols })
}

/// The decoder while it works on some chunks.
pub(super) struct OnDevice<'a> {
    session: &'a mut Session,
    chooser: &'a mut Session,
    step: IoBinding,
    choice: IoBinding,
    device: MemoryInfo<'static>,
    chunks: &'a [Encoded],
    answer: &'a Answer,
    /// How many rows each step has: a chunk has the row of its number, and what is left over has no chunk.
    rows: usize,
    /// The two states of every row before the last step, and after it.
    kept: [DynValue; 2],
    after: Option<[DynValue; 2]>,
    answers: Vec<f32>,
}

impl<'a> OnDevice<'a> {
    /// Begins to decode `chunks`.
    ///
    /// # Errors
    /// Those of ONNX Runtime.
    pub(super) fn begin(network: &'a mut Network, chunks: &'a [Encoded]) -> ort::Result<Self> {
        let Network { session, layers, width, answer, chooser } = network;
        let chooser = &mut chooser.as_mut().ok_or_else(|| ort::Error::new("nothing chooses states"))?.session;
        let rows = chunks.len().next_power_of_two();
        let nothing_said = || -> ort::Result<DynValue> {
            Ok(Tensor::from_array(([*layers, rows, *width], vec![0.0_f32; *layers * rows * *width]))?.into_dyn())
        };
        let kept = [nothing_said()?, nothing_said()?];
        let (step, choice) = (session.create_binding()?, chooser.create_binding()?);
        let device = onnx::memory_of_device()?;
        let (after, answers) = (None, Vec::new());
        Ok(Self { session, chooser, step, choice, device, chunks, answer, rows, kept, after, answers })
    }

    /// Keeps the state after the last step of every chunk in which something was said then.
    fn keep(&mut self, rows: &[Row]) -> ort::Result<()> {
        let Some(after) = self.after.take() else { return Ok(()) };
        let mut said = vec![false; self.rows];
        rows.iter().for_each(|row| said[row.chunk] = row.said);
        self.choice.bind_input(SAID, &Tensor::from_array(([1, self.rows, 1], said))?)?;
        for side in 0..2 {
            self.choice.bind_input(AFTER[side], &after[side])?;
            self.choice.bind_input(BEFORE[side], &self.kept[side])?;
            // Bound anew each time, or what was chosen last, which is read here, would be written over.
            self.choice.bind_output_to_device(KEPT[side], &self.device)?;
        }
        let mut outputs = self.chooser.run_binding(&self.choice)?;
        self.kept = both(&mut outputs, KEPT)?;
        Ok(())
    }

    /// Computes a step for all rows, and takes the answers to `rows`.
    fn compute(&mut self, rows: &[Row]) -> ort::Result<()> {
        let depth = rows.first().map_or(0, |row| self.chunks[row.chunk].frame(row.frame).len());
        let (mut frames, mut targets) = (vec![0.0; self.rows * depth], vec![0; self.rows]);
        for row in rows {
            let frame = self.chunks[row.chunk].frame(row.frame);
            frames[row.chunk * depth..(row.chunk + 1) * depth].copy_from_slice(frame);
            targets[row.chunk] = i32::try_from(row.last).unwrap_or(i32::MAX);
        }
        self.step.bind_input("encoder_outputs", &Tensor::from_array(([self.rows, depth, 1], frames))?)?;
        self.step.bind_input("targets", &Tensor::from_array(([self.rows, 1], targets))?)?;
        self.step.bind_input("target_length", &Tensor::from_array(([self.rows], vec![1_i32; self.rows]))?)?;
        for side in 0..2 {
            self.step.bind_input(INPUTS[side], &self.kept[side])?;
            self.step.bind_output_to_device(OUTPUTS[side], &self.device)?;
        }
        self.step.bind_output_to_device("outputs", &onnx::own_memory()?)?;
        let mut outputs = self.session.run_binding(&self.step)?;
        self.after = Some(both(&mut outputs, OUTPUTS)?);
        let (_, answers) = outputs["outputs"].try_extract_tensor::<f32>()?;
        let width = answers.len() / self.rows;
        self.answers.clear();
        for row in rows {
            self.answers.extend_from_slice(&answers[row.chunk * width..(row.chunk + 1) * width]);
        }
        Ok(())
    }
}

impl Joint for OnDevice<'_> {
    fn step(&mut self, rows: &[Row]) -> Result<&[f32], EngineError> {
        self.keep(rows).and_then(|()| self.compute(rows)).map_err(onnx::failed)?;
        self.answer.check(self.answers.len(), rows.len())?;
        Ok(&self.answers)
    }
}

/// The two states of these names.
fn both(outputs: &mut ort::session::SessionOutputs<'_>, names: [&str; 2]) -> ort::Result<[DynValue; 2]> {
    let mut one = |name| outputs.remove(name).ok_or_else(|| ort::Error::new(format!("no {name} came back")));
    Ok([one(names[0])?, one(names[1])?])
}
