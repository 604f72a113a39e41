//! The ONNX Runtime library: found, loaded once for the process, and told what to compute on.
//!
//! It is no part of the program: [`astra_core::engine::onnx_runtime`] says where it is looked for.

use std::ops::RangeInclusive;
use std::path::Path;
use std::sync::OnceLock;

use astra_core::engine::EngineError;
use astra_core::engine::onnx_runtime::{self, VARIABLE};
use ort::environment::Environment;
use ort::ep::ExecutionProviderDispatch;
use ort::memory::{AllocationDevice, AllocatorType, MemoryInfo, MemoryType};
use ort::session::Session;
use ort::session::builder::SessionBuilder;

use super::features::BANDS;
use super::folder::Part;

/// The library of this process. Only one can ever be loaded.
pub(super) fn environment(model: &Path) -> Result<&'static Environment, EngineError> {
    static LOADED: OnceLock<Environment> = OnceLock::new();
    if let Some(environment) = LOADED.get() {
        return Ok(environment);
    }
    let models = model.parent().unwrap_or(model);
    let path = onnx_runtime::library(models).ok_or_else(|| missing(models))?;
    let unusable = |reason: String| {
        let reason = format!("the ONNX Runtime library {} cannot be used: {reason}", path.display());
        EngineError::Failed { reason }
    };
    let builder = ort::init_from(&path).map_err(|error| unusable(error.to_string()))?;
    let made = builder.with_name("astra").with_telemetry(false).build().map_err(|error| unusable(error.to_string()))?;
    tracing::info!(library = %path.display(), "ONNX Runtime is loaded");
    Ok(LOADED.get_or_init(|| made))
}

/// A model of ONNX, loaded to be computed with `threads`, by whatever of `first` there is before anything else.
pub(super) fn session(
    environment: &Environment,
    path: &Path,
    threads: usize,
    first: Vec<ExecutionProviderDispatch>,
) -> Result<Session, EngineError> {
    let made = builder(environment, threads, first).and_then(|mut builder| builder.commit_from_file(path));
    made.map_err(|error: ort::Error| EngineError::ModelUnreadable {
        model: path.display().to_string(),
        reason: error.to_string(),
    })
}

/// What makes sessions, told what they compute on.
pub(super) fn builder(
    environment: &Environment,
    threads: usize,
    first: Vec<ExecutionProviderDispatch>,
) -> ort::Result<SessionBuilder> {
    let all: Vec<ExecutionProviderDispatch> = first.into_iter().chain(providers()).collect();
    // Whoever waits by spinning crawls on a computer that does other things.
    let builder = Session::builder(environment)?.with_intra_threads(threads)?.with_intra_op_spinning(false)?;
    Ok(builder.with_execution_providers(all)?)
}

/// The memory of what computes.
pub(super) fn memory_of_device() -> ort::Result<MemoryInfo<'static>> {
    let device = if cfg!(feature = "cuda") { AllocationDevice::CUDA } else { AllocationDevice::CPU };
    MemoryInfo::new(device, 0, AllocatorType::Device, MemoryType::Default)
}

/// The memory of this program.
pub(super) fn own_memory() -> ort::Result<MemoryInfo<'static>> {
    MemoryInfo::new(AllocationDevice::CPU, 0, AllocatorType::Device, MemoryType::CPUOutput)
}

/// Whether a model has these inputs and outputs, by name.
///
/// # Errors
/// [`EngineError::ModelUnreadable`] naming the first that is missing.
pub(super) fn check(session: &Session, path: &Path, inputs: &[&str], outputs: &[&str]) -> Result<(), EngineError> {
    for (wanted, present) in [(inputs, session.inputs()), (outputs, session.outputs())] {
        if let Some(name) = wanted.iter().find(|name| !present.iter().any(|outlet| outlet.name() == **name)) {
            let reason = format!("it has no {name}");
            return Err(EngineError::ModelUnreadable { model: path.display().to_string(), reason });
        }
    }
    Ok(())
}

/// What ONNX Runtime said, as an error of the engine.
pub(super) fn failed(error: ort::Error) -> EngineError {
    EngineError::Failed { reason: format!("ONNX Runtime: {error}") }
}

/// What computes, in words for a person.
///
/// # Errors
/// [`EngineError::NoDevice`] in a build for graphics cards that ONNX Runtime has no way to.
pub(super) fn device() -> Result<String, EngineError> {
    if cfg!(feature = "cuda") {
        Ok("CUDA".to_owned())
    } else if cfg!(all(feature = "vulkan", windows)) {
        Ok("DirectML".to_owned())
    } else if cfg!(any(feature = "vulkan", feature = "metal")) {
        Err(EngineError::NoDevice)
    } else {
        Ok("CPU".to_owned())
    }
}

/// What to compute on, the processor not counted. One that does not work is an error: there is a
/// better build for the processor.
fn providers() -> Vec<ExecutionProviderDispatch> {
    vec![
        // The exhaustive search for the fastest convolution begins anew at every new length.
        #[cfg(feature = "cuda")]
        ort::ep::CUDA::default()
            .with_conv_algorithm_search(ort::ep::cuda::ConvAlgorithmSearch::Heuristic)
            .with_tf32(true)
            .build()
            .error_on_failure(),
        #[cfg(all(feature = "vulkan", windows))]
        ort::ep::DirectML::default().build().error_on_failure(),
    ]
}

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

fn missing(models: &Path) -> EngineError {
    let places: Vec<String> = onnx_runtime::folders(models).iter().map(|folder| folder.display().to_string()).collect();
    EngineError::Missing {
        tried: format!(
            "the ONNX Runtime library is missing; it belongs into one of {}, or {VARIABLE} names it",
            places.join(", ")
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::tiny;
    use super::*;

    #[test]
    fn whoever_lacks_the_library_is_told_where_it_belongs() {
        let EngineError::Missing { tried } = missing(Path::new("/data/models")) else { panic!("another error") };
        assert!(tried.contains("onnxruntime") && tried.contains(VARIABLE), "{tried}");
    }

    #[test]
    fn without_its_libraries_tensor_rt_is_passed_over() {
        let encoder = tiny().join("encoder-model.onnx");
        let environment =
            environment(&tiny()).expect("the library: node installers/prerequisites.mjs --test brings it");
        let made = session(environment, &encoder, 1, vec![told(&encoder, 16, 500..=3000)]);
        assert!(made.is_ok_and(|session| session.inputs().len() == 2));
    }
}
