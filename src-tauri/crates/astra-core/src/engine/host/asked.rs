//! What an engine host computes on, and whether it can load a library, asked of the host itself without a model.

use std::ffi::OsStr;
use std::io::Read;
use std::path::Path;
use std::time::Duration;

use crate::engine::Stop;
use crate::media::priority::Priority;
use crate::media::program::Program;

/// How long a host may take to answer. A driver that takes longer hangs.
const ANSWERING: Duration = Duration::from_secs(20);

/// What the host would compute on, in words for a person; or why it would not.
pub fn device_of(host: &Path) -> Result<String, String> {
    answer(host, &[OsStr::new("--device")])
}

/// Has the host load a library of ONNX Runtime, and nothing else; or why it cannot.
pub fn try_library(host: &Path, library: &Path) -> Result<(), String> {
    answer(host, &[OsStr::new("--library"), library.as_os_str()]).map(drop)
}

/// What the host prints when it is called with these options.
fn answer(host: &Path, options: &[&OsStr]) -> Result<String, String> {
    let name = host.to_string_lossy();
    let host = Program::start(&name, options, false, Priority::Usual, &Stop::default(), |_| false)
        .map_err(|error| error.to_string())?;
    let output = host.take_output();
    let ended = host.finish_within(ANSWERING).map_err(|error| error.to_string())?;
    let Some((status, printed)) = ended else { return Err(format!("{name}: no answer in {} s", ANSWERING.as_secs())) };
    if !status.success() {
        // Before its own last word, the driver may have had many.
        return Err(printed.lines().last().map_or_else(|| format!("{name}: {status}"), str::to_owned));
    }
    let mut answer = String::new();
    if let Some(mut pipe) = output {
        pipe.read_to_string(&mut answer).map_err(|error| error.to_string())?;
    }
    Ok(answer.trim().to_owned())
}
