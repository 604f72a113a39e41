//! `astra doctor`: what is on this computer, what is missing, and what to do about it.

use astra_core::Result;
use astra_core::computer::{self, State};
use astra_core::settings::DataFolder;

use crate::output::Output;

/// Looks at everything and prints a line for each.
pub async fn run(folder: &DataFolder, output: &Output) -> Result<()> {
    for finding in computer::look(folder).await? {
        let mark = match finding.state {
            State::Good => "✓",
            State::Optional => "·",
            State::Missing => "✗",
        };
        let mut line = format!("{mark} {}: {}", finding.name, finding.found);
        if let Some(remedy) = &finding.remedy {
            line = format!("{line}\n    {remedy}");
        }
        output.item(&finding, &line);
    }
    Ok(())
}
