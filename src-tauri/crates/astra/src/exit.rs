//! Exit codes: one for each family of errors, documented in the README.

use std::process::ExitCode;

use astra_core::Error;
use astra_core::error::Kind;

/// The work was stopped on request, as a shell reports Ctrl-C.
pub const STOPPED: u8 = 130;

/// The exit code of an error. 1 is a fault of Astra's own; 2 is clap's for a wrong command line.
pub fn code(error: &Error) -> ExitCode {
    ExitCode::from(match error.kind() {
        Kind::Broken => 1,
        Kind::Recording => 3,
        Kind::Program => 4,
        Kind::Model => 5,
        Kind::Network => 6,
        Kind::Engine => 7,
        Kind::Disk => 8,
        Kind::Store => 9,
        Kind::Stopped => STOPPED,
    })
}
