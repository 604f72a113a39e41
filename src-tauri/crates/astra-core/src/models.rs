//! The models engines load: which ones there are ([`catalog`]), which ones this computer has
//! ([`library`]), how they get here ([`install`]), whether a file is one at all ([`ggml`]), which of
//! them are folders ([`folder`]) and which of them hears a recording ([`choice`]).
//!
//! A model is loaded only after its SHA-256 was found right: see [`library::Library::ready`].

pub mod catalog;
pub mod choice;
pub mod folder;
pub mod ggml;
pub mod install;
pub mod library;

pub use catalog::{Catalog, Entry};
pub use choice::{Choice, choose, listens};
pub use install::Download;
pub use library::{Installed, Library};

/// The id of the model that is built into the program.
pub const DEMO: &str = "demo-es";

/// The model that is built into the program, so that the sample session needs no network.
pub static DEMO_BYTES: &[u8] = include_bytes!("../../../../models/demo-es-q8_0.bin");

/// Whether a recording, by its SHA-256, is one that the built-in model was made for.
pub fn is_sample(sha256: Option<&str>) -> bool {
    let demo = Catalog::bundled().ok().and_then(|catalog| catalog.find(DEMO));
    sha256.is_some_and(|sha256| demo.is_some_and(|demo| demo.recordings.iter().any(|sample| sample == sha256)))
}

#[cfg(test)]
mod testing;
