//! The models engines load: what is known of the engines ([`kind`]), which models there are
//! ([`catalog`]), which ones this computer has ([`library`]), how they get here ([`install`]), whether
//! a file is one at all ([`ggml`]), those that are folders ([`folder`]), what decides between them
//! ([`advice`]) and which of them hears a recording ([`choice`]).
//!
//! A model is loaded only after its SHA-256 was found right: see [`library::Library::ready`].

pub mod advice;
pub mod catalog;
pub mod choice;
pub mod folder;
pub mod ggml;
pub mod install;
pub mod kind;
pub mod library;

pub use advice::{Aim, Preference};
pub use catalog::{Catalog, Entry};
pub use choice::{Choice, choose};
pub use install::{Download, ONNX_RUNTIME};
pub use kind::{is_folder, listens, most_told, needs_onnx_runtime, takes_a_language};
pub use library::{Brought, Installed, Library};

/// The id of the model that is built into the program.
pub const DEMO: &str = "demo-es";

/// The model that is built into the program, so that the sample session needs no network.
pub static DEMO_BYTES: &[u8] = include_bytes!("../../../../models/demo-es-q8_0.bin");

/// Whether a recording, by its SHA-256, is one that the built-in model was made for.
pub fn is_sample(sha256: Option<&str>) -> bool {
    let demo = Catalog::bundled().ok().and_then(|catalog| catalog.find(DEMO));
    sha256.is_some_and(|sha256| demo.is_some_and(|demo| demo.recordings.iter().any(|sample| sample == sha256)))
}

/// Whether bytes begin as a web page does. A single angle bracket is not enough: the vocabulary of
/// a model may begin with one.
fn is_web_page(beginning: &[u8]) -> bool {
    let beginning = beginning.trim_ascii_start();
    [b"<!".as_slice(), b"<html", b"<head", b"<?xml"]
        .iter()
        .any(|sign| beginning.get(..sign.len()).is_some_and(|start| start.eq_ignore_ascii_case(sign)))
}

#[cfg(test)]
pub(crate) mod testing;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_web_page_is_told_from_a_vocabulary() {
        for page in ["<!DOCTYPE html>", " \r\n<HTML lang=es>", "<?xml version='1.0'?>", "<head>"] {
            assert!(is_web_page(page.as_bytes()), "{page}");
        }
        for text in ["<unk> 0\n", "<", "", "{}", "html"] {
            assert!(!is_web_page(text.as_bytes()), "{text}");
        }
    }
}
