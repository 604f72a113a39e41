//! What an engine host computes on, asked of the host itself without a model.

use std::ffi::OsStr;
use std::io::Read;
use std::path::Path;
use std::time::Duration;

use crate::engine::Stop;
use crate::media::priority::Priority;
use crate::media::program::Program;

/// How long a host may look for its device. A driver that takes longer hangs.
const LOOKING: Duration = Duration::from_secs(20);

/// What the host would compute on, in words for a person; or why it would not.
pub fn device_of(host: &Path) -> Result<String, String> {
    let name = host.to_string_lossy();
    let host = Program::start(&name, &[OsStr::new("--device")], false, Priority::Usual, &Stop::default(), |_| false)
        .map_err(|error| error.to_string())?;
    let output = host.take_output();
    let ended = host.finish_within(LOOKING).map_err(|error| error.to_string())?;
    let Some((status, printed)) = ended else { return Err(format!("{name}: no answer in {} s", LOOKING.as_secs())) };
    if !status.success() {
        // Before its own last word, the driver may have had many.
        return Err(printed.lines().last().map_or_else(|| format!("{name}: {status}"), str::to_owned));
    }
    let mut device = String::new();
    if let Some(mut pipe) = output {
        pipe.read_to_string(&mut device).map_err(|error| error.to_string())?;
    }
    Ok(device.trim().to_owned())
}
