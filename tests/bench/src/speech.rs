//! What is said in the sample session, and its audio: the one recording that comes with Astra.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Deserialize;

/// Where the project lies.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

#[derive(Deserialize)]
struct Line {
    text: String,
}

/// The sample recording.
pub fn sample() -> PathBuf {
    Path::new(ROOT).join("assets/sample/sesion-de-muestra.ogg")
}

/// All words of the sample in their order, with their punctuation: some five hundred.
///
/// # Errors
/// When the file that holds them cannot be read.
pub fn words() -> Result<Vec<String>> {
    let path = Path::new(ROOT).join("assets/sample/sesion-de-muestra.json");
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let lines: Vec<Line> = serde_json::from_str(&text).with_context(|| path.display().to_string())?;
    Ok(lines.iter().flat_map(|line| line.text.split_whitespace()).map(str::to_owned).collect())
}
