//! Recordings made for the tests, by ffmpeg.

use std::ffi::OsStr;
use std::path::Path;

use crate::astra::tool;

/// A piece of a recording, in the format that the name says.
pub fn piece(of: &Path, start_seconds: u32, seconds: u32, to: &Path) {
    let (start, length) = (start_seconds.to_string(), seconds.to_string());
    let arguments: [&OsStr; 11] = [
        "-v".as_ref(),
        "error".as_ref(),
        "-y".as_ref(),
        "-ss".as_ref(),
        start.as_ref(),
        "-t".as_ref(),
        length.as_ref(),
        "-i".as_ref(),
        of.as_ref(),
        "-vn".as_ref(),
        to.as_ref(),
    ];
    tool("ffmpeg", &arguments);
}

/// Whatever ffmpeg's `lavfi` sources can make, with further arguments before the output.
pub fn made(source: &str, arguments: &[&str], to: &Path) {
    let mut all: Vec<&OsStr> = ["-v", "error", "-y", "-f", "lavfi", "-i", source].map(OsStr::new).to_vec();
    all.extend(arguments.iter().map(OsStr::new));
    all.push(to.as_ref());
    tool("ffmpeg", &all);
}
