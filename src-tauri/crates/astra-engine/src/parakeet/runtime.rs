//! The ONNX Runtime library: found, loaded once for the process, and told what to compute on.
//!
//! It is no part of the program. It is looked for where `ORT_DYLIB_PATH` says, beside the program,
//! and in the folder `onnxruntime` beside the model, which is where models are kept.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use astra_core::engine::EngineError;
use ort::environment::Environment;
use ort::ep::ExecutionProviderDispatch;
use ort::session::Session;

/// The variable that names the library.
const VARIABLE: &str = "ORT_DYLIB_PATH";

/// The folder beside the models.
const FOLDER: &str = "onnxruntime";

/// The library of this process. Only one can ever be loaded.
pub(super) fn environment(model: &Path) -> Result<&'static Environment, EngineError> {
    static LOADED: OnceLock<Environment> = OnceLock::new();
    if let Some(environment) = LOADED.get() {
        return Ok(environment);
    }
    let named = std::env::var_os(VARIABLE).filter(|path| !path.is_empty()).map(PathBuf::from);
    let folders = folders(model);
    let path = match named {
        Some(path) => path,
        None => folders.iter().find_map(|folder| library_in(folder)).ok_or_else(|| missing(&folders))?,
    };
    let unusable = |reason: String| {
        let reason = format!("the ONNX Runtime library {} cannot be used: {reason}", path.display());
        EngineError::Failed { reason }
    };
    let builder = ort::init_from(&path).map_err(|error| unusable(error.to_string()))?;
    let made = builder.with_name("astra").with_telemetry(false).build().map_err(|error| unusable(error.to_string()))?;
    tracing::info!(library = %path.display(), "ONNX Runtime is loaded");
    Ok(LOADED.get_or_init(|| made))
}

/// A model of ONNX, loaded to be computed with `threads`.
pub(super) fn session(environment: &Environment, path: &Path, threads: usize) -> Result<Session, EngineError> {
    let made = Session::builder(environment).and_then(|builder| {
        // Whoever waits by spinning crawls on a computer that does other things.
        let mut builder =
            builder.with_intra_threads(threads)?.with_intra_op_spinning(false)?.with_execution_providers(providers())?;
        builder.commit_from_file(path)
    });
    made.map_err(|error: ort::Error| EngineError::ModelUnreadable {
        model: path.display().to_string(),
        reason: error.to_string(),
    })
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
/// [`EngineError::Failed`] in a build for graphics cards that ONNX Runtime has no way to.
pub(super) fn device() -> Result<String, EngineError> {
    if cfg!(feature = "cuda") {
        Ok("CUDA".to_owned())
    } else if cfg!(all(feature = "vulkan", windows)) {
        Ok("DirectML".to_owned())
    } else if cfg!(any(feature = "vulkan", feature = "metal")) {
        Err(EngineError::Failed { reason: "ONNX Runtime does not compute on this kind of graphics card".to_owned() })
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

/// Where the library is looked for: beside the program, one folder up, because programs that test
/// lie below the ones they test, and beside the models.
fn folders(model: &Path) -> Vec<PathBuf> {
    let program = std::env::current_exe().unwrap_or_default();
    let beside_program = program.ancestors().skip(1).take(2).map(Path::to_path_buf);
    beside_program.chain(model.parent().map(|models| models.join(FOLDER))).collect()
}

/// The library in a folder, whose name may end in its version.
fn library_in(folder: &Path) -> Option<PathBuf> {
    let plain = format!("{}onnxruntime{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let exact = folder.join(&plain);
    if exact.is_file() {
        return Some(exact);
    }
    let stem = format!("{}onnxruntime.", std::env::consts::DLL_PREFIX);
    let versioned = |name: &str| name.starts_with(&plain) || name.starts_with(&stem) && name.ends_with(".dylib");
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = files
        .filter(|file| file.file_name().to_str().is_some_and(versioned))
        .map(|file| file.path())
        .filter(|path| path.is_file())
        .collect();
    // The newest by name, so that it does not depend on the order of the folder.
    found.sort();
    found.pop()
}

fn missing(folders: &[PathBuf]) -> EngineError {
    let places: Vec<String> = folders.iter().map(|folder| folder.display().to_string()).collect();
    EngineError::Missing {
        tried: format!(
            "the ONNX Runtime library is missing; it belongs into one of {}, or {VARIABLE} names it",
            places.join(", ")
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_library_is_found_with_or_without_its_version() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(library_in(folder.path()), None);
        assert_eq!(library_in(&folder.path().join("none")), None);
        std::fs::write(folder.path().join("libother.so.1"), "").expect("room");
        let named = |version: &str| match std::env::consts::DLL_SUFFIX {
            ".dylib" => format!("libonnxruntime.{version}.dylib"),
            suffix => format!("{}onnxruntime{suffix}.{version}", std::env::consts::DLL_PREFIX),
        };
        for version in ["1.30.0", "1.31.1"] {
            std::fs::write(folder.path().join(named(version)), "").expect("room");
        }
        assert_eq!(library_in(folder.path()), Some(folder.path().join(named("1.31.1"))));
        let plain = format!("{}onnxruntime{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
        std::fs::write(folder.path().join(&plain), "").expect("room");
        assert_eq!(library_in(folder.path()), Some(folder.path().join(plain)));
    }

    #[test]
    fn whoever_lacks_the_library_is_told_where_it_belongs() {
        let folders = folders(Path::new("/data/models/parakeet-tdt-0.6b-v3"));
        assert_eq!(folders.len(), 3);
        assert!(folders[2].ends_with("models/onnxruntime"));
        let EngineError::Missing { tried } = missing(&folders) else { panic!("another error") };
        assert!(tried.contains("onnxruntime") && tried.contains(VARIABLE), "{tried}");
    }
}
