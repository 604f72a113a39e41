//! Whisper's encoder, computed by ONNX Runtime.
//!
//! On a processor it takes a third of the time that ggml's does: its products of matrices and its attention are faster.
//! The graph is written down here and filled with the weights that whisper.cpp's file has, so there is one file for both.

use std::sync::{Mutex, PoisonError};

use ort::editor::{Graph, Model, Node, ONNX_DOMAIN, Opset};
use ort::environment::Environment;
use ort::inputs;
use ort::memory::Allocator;
use ort::operator::Attribute;
use ort::session::{RunOptions, Session};
use ort::value::{
    Outlet, PrimitiveTensorElementType, Shape, SymbolicDimensions, Tensor, TensorElementType, TensorRef, ValueType,
};

use super::weights::{BLOCK, Weights};
use crate::onnx;

/// The versions of the operators: of ONNX the first that has `Gelu`, and of ONNX Runtime's own the only one.
const OPSET: u32 = 20;
const OWN_OPSET: u32 = 1;

/// The domain of ONNX Runtime's own operators.
const OWN_DOMAIN: &str = "com.microsoft";

/// What is added to a variance before its root is taken, as PyTorch has it.
const VARIANCE_ADDED: f32 = 1e-5;

/// The level of accuracy of `MatMulNBits` at which values are computed with as they are in memory: each block of them is
/// turned into bytes with a scale of its own, as ggml does too.
const WHOLE_NUMBERS: usize = 4;

/// Tensors of fewer bytes must lie inside the model (`ModelEditorApi`).
const SMALL: usize = 128;

/// An encoder, ready.
pub(super) struct Encoder {
    session: Mutex<Session>,
    bands: usize,
    frames: usize,
    width: usize,
}

impl Encoder {
    /// Makes an encoder of these weights, to be computed with `threads`.
    ///
    /// # Errors
    /// In words for the log.
    pub(super) fn load(environment: &Environment, mut weights: Weights, threads: usize) -> Result<Self, String> {
        let (bands, frames, width) = (weights.bands, weights.frames, weights.width);
        let session = session(environment, &mut weights, threads).map_err(|error| error.to_string())?;
        Ok(Self { session: Mutex::new(session), bands, frames, width })
    }

    /// Encodes a mel spectrogram, band by band and in each frame by frame, into frames of numbers.
    ///
    /// # Errors
    /// Those of ONNX Runtime; also when `options` are told to end meanwhile.
    pub(super) fn encode(&self, spectrogram: &[f32], encoded: &mut [f32], options: &RunOptions) -> ort::Result<()> {
        let mut session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        let spectrogram = TensorRef::from_array_view(([1, self.bands, 2 * self.frames], spectrogram))?;
        let outputs = session.run_with_options(inputs! { "spectrogram" => spectrogram }, options)?;
        let (_, values) = outputs["encoded"].try_extract_tensor::<f32>()?;
        if values.len() != encoded.len() {
            return Err(ort::Error::new("the encoder answers with another shape than it should"));
        }
        encoded.copy_from_slice(values);
        Ok(())
    }

    /// How many numbers go in, and how many come out.
    pub(super) fn sizes(&self) -> (usize, usize) {
        (self.bands * 2 * self.frames, self.frames * self.width)
    }
}

fn session(environment: &Environment, weights: &mut Weights, threads: usize) -> Drawn<Session> {
    let (bands, frames, width) = (weights.bands as i64, weights.frames as i64, weights.width as i64);
    let mut draft = Draft { graph: Graph::new()?, weights, values: 0 };
    draft.graph.set_inputs([outlet("spectrogram", [1, bands, 2 * frames])])?;
    draft.graph.set_outputs([outlet("encoded", [1, frames, width])])?;
    draft.encoder()?;
    ready(draft.graph, environment, threads)
}

fn ready(graph: Graph, environment: &Environment, threads: usize) -> Drawn<Session> {
    let mut model = Model::new([Opset::new(ONNX_DOMAIN, OPSET)?, Opset::new(OWN_DOMAIN, OWN_OPSET)?])?;
    model.set_graph(graph)?;
    Ok(model.into_session(&onnx::builder(environment, threads, Vec::new())?)?)
}

fn outlet(name: &str, shape: [i64; 3]) -> Outlet {
    let (ty, dimension_symbols) = (TensorElementType::Float32, SymbolicDimensions::empty(3));
    Outlet::new(name, ValueType::Tensor { ty, shape: Shape::new(shape), dimension_symbols })
}

type Drawn<T> = Result<T, Box<dyn std::error::Error>>;

/// A graph while it is drawn. Values are known by their names.
struct Draft<'a> {
    graph: Graph,
    weights: &'a mut Weights,
    values: usize,
}

impl Draft<'_> {
    /// As Radford et al. describe it in «Robust Speech Recognition via Large-Scale Weak Supervision» (2022).
    fn encoder(&mut self) -> Drawn<()> {
        let value = self.convolved("spectrogram", "conv1", 1)?;
        let value = self.convolved(&value, "conv2", 2)?;
        let value = self.operator("Transpose", &[&value], vec![Attribute::new("perm", vec![0_i64, 2, 1])?])?;
        let places = self.weight("positional_embedding")?;
        let mut value = self.operator("Add", &[&value, &places], Vec::new())?;
        for layer in 0..self.weights.layers {
            let name = |part: &str| format!("blocks.{layer}.{part}");
            let normal = self.normal(&value, &name("attn_ln"))?;
            let attended = self.attended(&normal, &name("attn"))?;
            value = self.operator("Add", &[&value, &attended], Vec::new())?;
            let normal = self.normal(&value, &name("mlp_ln"))?;
            let wide = self.product(&normal, &name("mlp.0"))?;
            let wide = self.operator("Gelu", &[&wide], Vec::new())?;
            let narrow = self.product(&wide, &name("mlp.2"))?;
            value = self.operator("Add", &[&value, &narrow], Vec::new())?;
        }
        let value = self.normal(&value, "ln_post")?;
        self.graph.add_node(Node::new("Identity", ONNX_DOMAIN, "encoded", [value], ["encoded"], [])?)?;
        Ok(())
    }

    fn convolved(&mut self, value: &str, name: &str, stride: i64) -> Drawn<String> {
        let weight = self.weight(&format!("{name}.weight"))?;
        let bias = self.weights.take(&format!("{name}.bias"))?.numbers();
        let bias = self.constant(&[bias.len()], &bias)?;
        let how = vec![Attribute::new("pads", vec![1_i64, 1])?, Attribute::new("strides", vec![stride])?];
        let value = self.operator("Conv", &[value, &weight, &bias], how)?;
        self.operator("Gelu", &[&value], Vec::new())
    }

    fn normal(&mut self, value: &str, name: &str) -> Drawn<String> {
        let (weight, bias) = (self.weight(&format!("{name}.weight"))?, self.weight(&format!("{name}.bias"))?);
        let how = vec![Attribute::new("axis", -1_i64)?, Attribute::new("epsilon", VARIANCE_ADDED)?];
        self.operator("LayerNormalization", &[value, &weight, &bias], how)
    }

    fn attended(&mut self, value: &str, name: &str) -> Drawn<String> {
        let query = self.product(value, &format!("{name}.query"))?;
        let key = self.product(value, &format!("{name}.key"))?;
        let values = self.product(value, &format!("{name}.value"))?;
        let heads = Attribute::new("num_heads", self.weights.heads as i64)?;
        let mixed = self.own_operator("MultiHeadAttention", &[&query, &key, &values], vec![heads])?;
        self.product(&mixed, &format!("{name}.out"))
    }

    /// The product with a matrix in bytes, and the sum with a bias where there is one: keys have none.
    fn product(&mut self, value: &str, name: &str) -> Drawn<String> {
        let matrix = self.weights.take(&format!("{name}.weight"))?;
        let &[height, depth] = matrix.shape.as_slice() else { return Err(format!("{name} is no matrix").into()) };
        if depth % BLOCK != 0 {
            return Err(format!("{name} is {depth} wide, which is no multiple of {BLOCK}").into());
        }
        let (bytes, scales) = matrix.in_bytes();
        let bytes = self.constant(&[height, depth / BLOCK, BLOCK], &bytes)?;
        let scales = self.constant(&[scales.len()], &scales)?;
        let mut how = Vec::new();
        let to_know =
            [("K", depth), ("N", height), ("bits", 8), ("block_size", BLOCK), ("accuracy_level", WHOLE_NUMBERS)];
        for (name, number) in to_know {
            how.push(Attribute::new(name, number as i64)?);
        }
        let product = self.own_operator("MatMulNBits", &[value, &bytes, &scales], how)?;
        match self.weights.take(&format!("{name}.bias")) {
            Ok(bias) => {
                let bias = self.constant(&bias.shape, &bias.numbers())?;
                self.operator("Add", &[&product, &bias], Vec::new())
            }
            Err(_) => Ok(product),
        }
    }

    fn weight(&mut self, name: &str) -> Drawn<String> {
        let weight = self.weights.take(name)?;
        self.constant(&weight.shape, &weight.numbers())
    }

    fn constant<T: PrimitiveTensorElementType + std::fmt::Debug + Copy>(
        &mut self,
        shape: &[usize],
        numbers: &[T],
    ) -> Drawn<String> {
        let name = self.name();
        let mut tensor = Tensor::<T>::new(&Allocator::default(), shape)?;
        tensor.extract_tensor_mut().1.copy_from_slice(numbers);
        self.graph.add_initializer(&name, tensor, size_of_val(numbers) >= SMALL)?;
        Ok(name)
    }

    fn operator(&mut self, kind: &str, inputs: &[&str], how: Vec<Attribute>) -> Drawn<String> {
        self.drawn(kind, ONNX_DOMAIN, inputs, how)
    }

    fn own_operator(&mut self, kind: &str, inputs: &[&str], how: Vec<Attribute>) -> Drawn<String> {
        self.drawn(kind, OWN_DOMAIN, inputs, how)
    }

    fn drawn(&mut self, kind: &str, domain: &str, inputs: &[&str], how: Vec<Attribute>) -> Drawn<String> {
        let name = self.name();
        self.graph.add_node(Node::new(kind, domain, &name, inputs, [name.as_str()], how)?)?;
        Ok(name)
    }

    fn name(&mut self) -> String {
        self.values += 1;
        format!("value_{}", self.values)
    }
}

#[cfg(test)]
mod tests;
