//! Parakeet, through ONNX Runtime.

mod boost;
mod features;
mod greedy;
mod pieces;
mod words;
