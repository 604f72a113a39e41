//! On what it was measured.

use std::fs;
use std::process::Command;

use serde::Serialize;

/// What the figures depend on most.
#[derive(Debug, Clone, Serialize)]
pub struct Machine {
    /// The processor as it calls itself.
    pub processor: String,
    /// Its physical cores.
    pub cores: usize,
    /// Memory, in MB.
    pub memory_mb: u64,
    /// The kernel's release.
    pub kernel: String,
    /// The first line of what ffmpeg says of its version.
    pub ffmpeg: String,
    /// When, in UTC.
    pub date: String,
}

impl Machine {
    /// Describes this machine; what cannot be found out is empty or 0.
    pub fn this() -> Self {
        let value = |file: &str, name: &str| {
            let text = fs::read_to_string(file).unwrap_or_default();
            let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default();
            line.split_once(':').map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
        };
        let memory_kb: u64 =
            value("/proc/meminfo", "MemTotal").split(' ').next().and_then(|number| number.parse().ok()).unwrap_or(0);
        Self {
            processor: value("/proc/cpuinfo", "model name"),
            cores: num_cpus::get_physical(),
            memory_mb: memory_kb / 1024,
            kernel: fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default().trim().to_owned(),
            ffmpeg: first_line("ffmpeg", &["-version"]),
            date: first_line("date", &["-u", "+%Y-%m-%dT%H:%M:%SZ"]),
        }
    }
}

fn first_line(program: &str, arguments: &[&str]) -> String {
    let printed = Command::new(program).args(arguments).output().map(|output| output.stdout).unwrap_or_default();
    String::from_utf8_lossy(&printed).lines().next().unwrap_or_default().to_owned()
}
