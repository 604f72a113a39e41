//! The engine host as Astra uses it: the real binary, the real native code, real pipes.

mod audio;
mod crashes;
mod devices;
mod encoder;
mod frames;
mod models;
mod parakeet;
mod speech;
mod steadiness;

use std::time::Duration;

use astra_core::engine::device::Device;
use astra_core::engine::host::{EngineHost, Patience};
use astra_core::engine::{Ask, Effort, Load};

/// A host on the processor for the model at `path`.
fn host(path: std::path::PathBuf) -> EngineHost {
    EngineHost::new(load(path), [Device::Cpu])
}

fn load(model: std::path::PathBuf) -> Load {
    // One thread: with more, ggml waits by spinning and crawls on a computer that does other things.
    Load { engine: "whisper".to_owned(), model, threads: 1 }
}

/// The same with several threads, which hear a chunk each.
fn host_with_threads(model: std::path::PathBuf) -> EngineHost {
    EngineHost::new(Load { threads: 4, ..load(model) }, [Device::Cpu])
}

fn ask(effort: Effort) -> Ask {
    Ask { language: "es".to_owned(), vocabulary: Vec::new(), effort }
}

fn patience() -> Patience {
    Patience::default()
}

/// Whether `condition` comes true within `time`.
fn soon(time: Duration, mut condition: impl FnMut() -> bool) -> bool {
    let began = std::time::Instant::now();
    while began.elapsed() < time {
        if condition() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    condition()
}

/// Whether a process with this id runs; one that ended and was not asked about does not.
#[cfg(target_os = "linux")]
fn runs(process: u32) -> bool {
    std::fs::read_to_string(format!("/proc/{process}/stat"))
        .is_ok_and(|stat| !stat.rsplit(')').next().unwrap_or_default().trim_start().starts_with('Z'))
}

#[cfg(unix)]
fn signal(process: u32, signal: &str) {
    let status = std::process::Command::new("kill").args([signal, &process.to_string()]).status();
    assert!(status.expect("kill can be started").success());
}
