//! What Linux tells about processes through `/proc`. Other systems tell nothing there: the bench
//! compiles everywhere and runs on Linux.
//!
//! Not through `getrusage`: the same is asked of processes that are not ours (the engine host,
//! ffmpeg), and its highest memory of a child counts what the parent held when it forked.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

/// Ticks a second in `/proc/PID/stat`: `USER_HZ`, which is 100 on every desktop Linux (proc(5)).
const TICKS: f64 = 100.0;

/// The fields of `/proc/PID/stat` that are used, counted from the one after the name (proc(5)
/// numbers them from 1 and the name is the second).
const PARENT: usize = 1;
const OWN_TICKS: [usize; 2] = [11, 12];
const CHILDREN_TICKS: [usize; 2] = [13, 14];

/// Processor time, in seconds, in user mode and in the kernel.
#[derive(Debug, Clone, Copy, Default)]
pub struct CpuSeconds {
    /// Of all threads of the process.
    pub own: f64,
    /// Of its children that ended and were waited for, and of theirs.
    pub ended_children: f64,
}

/// A file that a process holds open for writing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenFile {
    /// Where it lies; ends in « (deleted)» when it has no name any more.
    pub path: PathBuf,
    /// How long it is, in bytes.
    pub bytes: u64,
}

/// The processor time a process has taken since it was started.
///
/// # Errors
/// When there is no such process, or no `/proc`.
pub fn cpu_seconds(id: u32) -> Result<CpuSeconds> {
    let fields = stat(id)?;
    let seconds = |positions: [usize; 2]| -> f64 {
        positions.iter().filter_map(|position| fields.get(*position)?.parse::<f64>().ok()).sum::<f64>() / TICKS
    };
    Ok(CpuSeconds { own: seconds(OWN_TICKS), ended_children: seconds(CHILDREN_TICKS) })
}

/// The most memory a process has ever held, in kB: `VmHWM`, which counts the pages of its files too.
///
/// # Errors
/// When there is no such process, or no `/proc`.
pub fn peak_memory_kb(id: u32) -> Result<u64> {
    status_kb(id, "VmHWM")
}

/// The memory a process holds now, in kB: `VmRSS`.
///
/// # Errors
/// When there is no such process, or no `/proc`.
pub fn memory_kb(id: u32) -> Result<u64> {
    status_kb(id, "VmRSS")
}

/// The name of a process's program, cut to 15 bytes by the kernel.
pub fn name(id: u32) -> String {
    fs::read_to_string(format!("/proc/{id}/comm")).unwrap_or_default().trim().to_owned()
}

/// Whether there is such a process and it has not ended.
pub fn is_alive(id: u32) -> bool {
    stat(id).is_ok_and(|fields| fields.first().is_some_and(|state| state != "Z" && state != "X"))
}

/// A process and all its descendants. Empty when it is gone.
pub fn family(id: u32) -> Vec<u32> {
    let mut parents = Vec::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Some(child) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        // It may have ended since the folder was listed.
        let Ok(fields) = stat(child) else { continue };
        if let Some(parent) = fields.get(PARENT).and_then(|field| field.parse::<u32>().ok()) {
            parents.push((child, parent));
        }
    }
    let mut family: Vec<u32> = parents.iter().map(|(child, _)| *child).filter(|child| *child == id).collect();
    let mut looked_at = 0;
    while let Some(parent) = family.get(looked_at).copied() {
        family.extend(parents.iter().filter(|(_, of)| *of == parent).map(|(child, _)| *child));
        looked_at += 1;
    }
    family
}

/// The files on disk that a process holds open for writing now, those without a name included.
pub fn files_open_for_writing(id: u32) -> Vec<OpenFile> {
    let mut files = Vec::new();
    for entry in fs::read_dir(format!("/proc/{id}/fd")).into_iter().flatten().flatten() {
        let number = entry.file_name().to_string_lossy().into_owned();
        // Closed since the folder was listed, or a process that ended.
        let Ok(path) = fs::read_link(entry.path()) else { continue };
        let Ok(about) = fs::metadata(entry.path()) else { continue };
        let about_opening = fs::read_to_string(format!("/proc/{id}/fdinfo/{number}")).unwrap_or_default();
        let flags = about_opening.lines().find_map(|line| line.strip_prefix("flags:")).unwrap_or_default();
        // The two lowest bits are 0 for reading only (open(2)).
        let writes = i64::from_str_radix(flags.trim(), 8).is_ok_and(|flags| flags & 3 != 0);
        if writes && about.is_file() && !path.starts_with("/memfd:") && !path.starts_with("/proc") {
            files.push(OpenFile { path, bytes: about.len() });
        }
    }
    files
}

fn status_kb(id: u32, name: &str) -> Result<u64> {
    let status = fs::read_to_string(format!("/proc/{id}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    let number = line.and_then(|line| line.split_whitespace().next()).with_context(|| format!("there is no {name}"))?;
    Ok(number.parse()?)
}

/// The fields of `/proc/PID/stat` after the name, which may itself hold spaces and brackets.
fn stat(id: u32) -> Result<Vec<String>> {
    let text = fs::read_to_string(format!("/proc/{id}/stat")).with_context(|| format!("there is no process {id}"))?;
    let (_, fields) = text.rsplit_once(')').context("/proc holds something else than Linux writes")?;
    Ok(fields.split_whitespace().map(str::to_owned).collect())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn a_file_open_for_writing_is_seen_even_without_a_name() {
        let this = std::process::id();
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&[1; 5_000]).unwrap();
        assert!(files_open_for_writing(this).iter().any(|file| file.bytes == 5_000));
        drop(file);
        assert!(files_open_for_writing(this).iter().all(|file| file.bytes != 5_000));
    }

    #[test]
    fn a_process_is_found_with_its_children_and_its_numbers() {
        let this = std::process::id();
        let mut child = std::process::Command::new("sleep").arg("60").spawn().unwrap();
        assert!(family(this).starts_with(&[this]) && family(this).contains(&child.id()));
        assert!(peak_memory_kb(this).unwrap() > 100 && is_alive(child.id()));
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(!is_alive(child.id()) && cpu_seconds(child.id()).is_err());
    }
}
