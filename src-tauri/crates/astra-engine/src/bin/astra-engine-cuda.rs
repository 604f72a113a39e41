//! The engine host for NVIDIA graphics cards.

// On Windows a console program started by a window opens a console of its own.
#![windows_subsystem = "windows"]

fn main() -> std::process::ExitCode {
    astra_engine::host::run()
}
