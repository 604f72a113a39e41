//! The ONNX Runtime library: found, loaded once for the process, and told what to compute on.
//!
//! It is no part of the program: [`astra_core::engine::onnx_runtime`] says where it is looked for.

use std::error::Error;
use std::path::Path;
use std::sync::OnceLock;
use std::thread;
use std::time::Duration;

use astra_core::engine::onnx_runtime::{self, VARIABLE};
use astra_core::engine::{EngineError, Stop, StopOnDrop};
use ort::LoadDynamicError;
use ort::environment::Environment;
use ort::ep::ExecutionProviderDispatch;
use ort::memory::{AllocationDevice, AllocatorType, MemoryInfo, MemoryType};
use ort::session::builder::SessionBuilder;
use ort::session::{RunOptions, Session};

pub(crate) mod outlets;

/// How often a running encoder is looked after.
const GLANCE: Duration = Duration::from_millis(20);

/// The library of this process. Only one can ever be loaded.
static LOADED: OnceLock<Environment> = OnceLock::new();

/// The library of this process, which is looked for where this model lies when none is loaded yet.
///
/// # Errors
/// [`EngineError::Missing`] when there is none, and [`EngineError::LibraryUnusable`].
pub(crate) fn environment(model: &Path) -> Result<&'static Environment, EngineError> {
    if let Some(environment) = LOADED.get() {
        return Ok(environment);
    }
    let models = model.parent().unwrap_or(model);
    load(&onnx_runtime::library(models).ok_or_else(|| missing(models))?)
}

/// Whether the library in this file can be used, as its file; else what is wrong with it.
pub(crate) fn try_out(library: &Path) -> Result<String, String> {
    match load(library) {
        Ok(_) => Ok(library.display().to_string()),
        Err(EngineError::LibraryUnusable { reason, .. }) => Err(reason),
        Err(other) => Err(other.to_string()),
    }
}

/// A model of ONNX, loaded to be computed with `threads`, by whatever of `first` there is before anything else.
pub(crate) fn session(
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
pub(crate) fn builder(
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
pub(crate) fn memory_of_device() -> ort::Result<MemoryInfo<'static>> {
    let device = if cfg!(feature = "cuda") { AllocationDevice::CUDA } else { AllocationDevice::CPU };
    MemoryInfo::new(device, 0, AllocatorType::Device, MemoryType::Default)
}

/// The memory of this program.
pub(crate) fn own_memory() -> ort::Result<MemoryInfo<'static>> {
    MemoryInfo::new(AllocationDevice::CPU, 0, AllocatorType::Device, MemoryType::CPUOutput)
}

/// Does `work`, and ends its computing with `options` when the stop is set.
pub(crate) fn ending_with<T>(
    stop: &Stop,
    options: &RunOptions,
    work: impl FnOnce() -> Result<T, EngineError>,
) -> Result<T, EngineError> {
    let over = Stop::default();
    thread::scope(|scope| {
        scope.spawn(|| {
            while !over.is_set() {
                if stop.is_set() && options.terminate().is_ok() {
                    return;
                }
                thread::sleep(GLANCE);
            }
        });
        let _also_after_a_panic = StopOnDrop(over.clone());
        let done = work();
        if stop.is_set() { Err(EngineError::Stopped) } else { done }
    })
}

/// What ONNX Runtime said, as an error of the engine.
pub(crate) fn failed(error: ort::Error) -> EngineError {
    EngineError::Failed { reason: format!("ONNX Runtime: {error}") }
}

/// What computes, in words for a person.
///
/// # Errors
/// [`EngineError::NoDevice`] in a build for graphics cards that ONNX Runtime has no way to.
pub(crate) fn device() -> Result<String, EngineError> {
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

/// Loads the library in this file, for this process and for good.
fn load(path: &Path) -> Result<&'static Environment, EngineError> {
    let unusable = |reason: String| EngineError::LibraryUnusable { library: path.display().to_string(), reason };
    let builder = ort::init_from(path).map_err(|error| unusable(in_words(&error)))?;
    let made = builder.with_name("astra").with_telemetry(false).build().map_err(|error| unusable(error.to_string()))?;
    tracing::info!(library = %path.display(), "ONNX Runtime is loaded");
    Ok(LOADED.get_or_init(|| made))
}

/// Why a library was not loaded, without its path.
fn in_words(error: &LoadDynamicError) -> String {
    match error {
        LoadDynamicError::Dlopen { error, path } => {
            let said = error.source().map_or_else(|| error.to_string(), ToString::to_string);
            said.strip_prefix(&format!("{}: ", path.display())).map_or_else(|| said.clone(), str::to_owned)
        }
        LoadDynamicError::MissingApi { .. } => "it is another library".to_owned(),
        LoadDynamicError::BadVersion { version_str, .. } => {
            format!("it is version {version_str}, and 1.{} or a newer one is needed", ort::MINOR_VERSION)
        }
        LoadDynamicError::InvalidVersionString => error.to_string(),
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

fn missing(models: &Path) -> EngineError {
    let places: Vec<String> = onnx_runtime::folders(models).iter().map(|folder| folder.display().to_string()).collect();
    EngineError::Missing {
        tried: format!(
            "the ONNX Runtime library is missing; it belongs into one of {}, or {VARIABLE} names it",
            places.join(", ")
        ),
    }
}

/// The library that the tests bring along.
#[cfg(test)]
pub(crate) fn of_tests() -> &'static Environment {
    environment(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/parakeet/tiny"))
        .expect("the library: node installers/prerequisites.mjs --test brings it")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_lacks_the_library_is_told_where_it_belongs() {
        let EngineError::Missing { tried } = missing(Path::new("/data/models")) else { panic!("another error") };
        assert!(tried.contains("onnxruntime") && tried.contains(VARIABLE), "{tried}");
    }
}
