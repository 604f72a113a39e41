//! Parakeet, through ONNX Runtime.

mod features;
