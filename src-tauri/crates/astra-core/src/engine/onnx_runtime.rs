//! Where the ONNX Runtime library lies, which Parakeet and Whisper's encoder are computed with. It comes with the
//! installed program and is no part of it: only the engine host ever loads it.

use std::path::{Path, PathBuf};

use super::device::folders_of_this_program;

/// The variable that names the library.
pub const VARIABLE: &str = "ORT_DYLIB_PATH";

/// The folder beside the models.
const FOLDER: &str = "onnxruntime";

/// The library: the one that [`VARIABLE`] names, else the first one in [`folders`].
pub fn library(models: &Path) -> Option<PathBuf> {
    match std::env::var_os(VARIABLE).filter(|path| !path.is_empty()) {
        Some(named) => Some(PathBuf::from(named)),
        None => folders(models).iter().find_map(|folder| library_in(folder)),
    }
}

/// Where the library is looked for: beside the program, where packages for Linux put it, and beside the models, where a
/// person or a download may.
pub fn folders(models: &Path) -> Vec<PathBuf> {
    let beside = folders_of_this_program();
    let packaged = beside.last().map(|folder| folder.join("lib/astra"));
    beside.iter().cloned().chain(packaged).chain([beside_models(models)]).collect()
}

/// The folder beside the models, where a download goes.
pub fn beside_models(models: &Path) -> PathBuf {
    models.join(FOLDER)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_library_is_found_with_or_without_its_version() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(library_in(folder.path()), None);
        assert_eq!(library_in(&folder.path().join("none")), None);
        std::fs::write(folder.path().join("libother.so.1"), "").unwrap();
        let named = |version: &str| match std::env::consts::DLL_SUFFIX {
            ".dylib" => format!("libonnxruntime.{version}.dylib"),
            suffix => format!("{}onnxruntime{suffix}.{version}", std::env::consts::DLL_PREFIX),
        };
        for version in ["1.30.0", "1.31.1"] {
            std::fs::write(folder.path().join(named(version)), "").unwrap();
        }
        assert_eq!(library_in(folder.path()), Some(folder.path().join(named("1.31.1"))));
        let plain = format!("{}onnxruntime{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
        std::fs::write(folder.path().join(&plain), "").unwrap();
        assert_eq!(library_in(folder.path()), Some(folder.path().join(plain)));
    }

    #[test]
    fn it_is_looked_for_beside_the_program_and_beside_the_models() {
        let folders = folders(Path::new("/data/models"));
        assert_eq!(folders[..2], folders_of_this_program());
        assert!(folders[2].ends_with("lib/astra") && folders[3].ends_with("models/onnxruntime"), "{folders:?}");
    }
}
