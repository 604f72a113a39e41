//! TensorRT, which computes an encoder faster than CUDA does and prepares itself for it.

use std::ops::RangeInclusive;
use std::path::Path;

use ort::ep::ExecutionProviderDispatch;

use super::features::BANDS;
use super::folder::Part;

/// TensorRT, in a build for NVIDIA's cards, for an encoder that is given at most `at_once` chunks of so many frames each.
pub(super) fn tensor_rt(part: &Part, at_once: usize, frames: RangeInclusive<usize>) -> Vec<ExecutionProviderDispatch> {
    // It computes with whole numbers only where a model was made for that.
    if !cfg!(feature = "cuda") || part.quantised { Vec::new() } else { vec![told(&part.path, at_once, frames)] }
}

/// TensorRT told what it will be given: it prepares itself for minutes, and for everything at once only if it knows
/// what that is. What it prepared lies in the model's folder, where it is no part of the model and goes with it.
/// Without the libraries of TensorRT, ONNX Runtime passes it over.
fn told(encoder: &Path, at_once: usize, frames: RangeInclusive<usize>) -> ExecutionProviderDispatch {
    let shapes = |chunks: usize, frames: &usize| format!("audio_signal:{chunks}x{BANDS}x{frames},length:{chunks}");
    let prepared = encoder.with_file_name("tensorrt").display().to_string();
    ort::ep::TensorRT::default()
        .with_fp16(true)
        .with_layer_norm_fp32_fallback(true)
        .with_profile_min_shapes(shapes(1, frames.start()))
        .with_profile_opt_shapes(shapes(at_once, frames.end()))
        .with_profile_max_shapes(shapes(at_once, frames.end()))
        .with_engine_cache(true)
        .with_engine_cache_path(&prepared)
        .with_timing_cache(true)
        .with_timing_cache_path(&prepared)
        .build()
}

#[cfg(test)]
mod tests {
    use super::super::testing::tiny;
    use super::*;
    use crate::onnx;

    #[test]
    fn without_its_libraries_tensor_rt_is_passed_over() {
        let encoder = tiny().join("encoder-model.onnx");
        let made = onnx::session(onnx::of_tests(), &encoder, 1, vec![told(&encoder, 16, 500..=3000)]);
        assert!(made.is_ok_and(|session| session.inputs().len() == 2));
    }
}
