//! Starting ffmpeg, ffprobe, yt-dlp and LibreOffice: each in a process group of its own, which is killed whole.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use process_wrap::std::{ChildWrapper, CommandWrap};

use super::priority::Priority;
use crate::clock;
use crate::engine::Stop;
use crate::error::{Error, Result};

/// How many of the last lines a program printed are kept for an error.
const KEPT_LINES: usize = 12;

/// How often a running program looks whether it should stop.
const STOP_CHECK: Duration = Duration::from_millis(50);

/// How often somebody who waits for a program looks whether it ended.
const LOOK: Duration = Duration::from_millis(2);

/// A look that seems to have taken longer was one during which the computer slept.
const LONGEST_LOOK: Duration = Duration::from_secs(1);

/// A running program.
#[derive(Debug)]
pub struct Program {
    child: Arc<Mutex<Box<dyn ChildWrapper>>>,
    name: String,
    lines: JoinHandle<Vec<String>>,
    watch: Option<JoinHandle<()>>,
    over: Stop,
}

impl Program {
    /// Starts `name` with `arguments`. Standard input is a pipe if `feed`, else empty; standard
    /// output is a pipe. Every line it prints to standard error goes to `line` first; a line
    /// that `line` returns `true` for is taken, the others are kept for errors. When `stop` is
    /// set the whole group is killed.
    ///
    /// # Errors
    /// [`Error::ProgramMissing`] when it is not installed.
    pub fn start(
        name: &str,
        arguments: &[&OsStr],
        feed: bool,
        priority: Priority,
        stop: &Stop,
        mut line: impl FnMut(&str) -> bool + Send + 'static,
    ) -> Result<Self> {
        let mut command = Command::new(name);
        command
            .args(arguments)
            .stdin(if feed { Stdio::piped() } else { Stdio::null() })
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut command = CommandWrap::from(command);
        #[cfg(unix)]
        command.wrap(process_wrap::std::ProcessGroup::leader());
        #[cfg(windows)]
        command.wrap(process_wrap::std::JobObject);
        priority.wrap(&mut command);
        let mut child = command.spawn().map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => Error::ProgramMissing { program: name.to_owned() },
            _ => Error::Broken { reason: format!("cannot start {name}: {error}") },
        })?;
        let stderr = child.stderr().take();
        let lines = thread::spawn(move || {
            let mut kept = std::collections::VecDeque::new();
            for text in stderr.into_iter().flat_map(|stream| lossy_lines(BufReader::new(stream))) {
                if !line(&text) && !text.trim().is_empty() {
                    if kept.len() == KEPT_LINES {
                        kept.pop_front();
                    }
                    kept.push_back(text);
                }
            }
            kept.into()
        });
        let child = Arc::new(Mutex::new(child));
        let over = Stop::default();
        let watch = Some(watch(Arc::clone(&child), stop.clone(), over.clone()));
        Ok(Self { child, name: name.to_owned(), lines, watch, over })
    }

    /// Its standard output, once.
    pub fn take_output(&self) -> Option<std::process::ChildStdout> {
        lock(&self.child).stdout().take()
    }

    /// Its standard input, once.
    pub fn take_input(&self) -> Option<std::process::ChildStdin> {
        lock(&self.child).stdin().take()
    }

    /// Waits for its end; returns how it ended and the last lines it printed.
    ///
    /// # Errors
    /// [`Error::Broken`] when the operating system cannot tell.
    pub fn finish(mut self) -> Result<(ExitStatus, String)> {
        loop {
            if let Some(status) = self.ended()? {
                return Ok(self.over(status));
            }
            thread::sleep(LOOK);
        }
    }

    /// The same, or nothing when it takes longer than that: then it is killed with all that it started.
    ///
    /// # Errors
    /// As [`Program::finish`].
    pub fn finish_within(mut self, longest: Duration) -> Result<Option<(ExitStatus, String)>> {
        let (mut waited, mut looked) = (Duration::ZERO, clock::instant());
        while waited < longest {
            if let Some(status) = self.ended()? {
                return Ok(Some(self.over(status)));
            }
            thread::sleep(LOOK);
            // A computer that slept wakes up with a clock far ahead, and the program slept too.
            let now = clock::instant();
            waited += now.duration_since(looked).min(LONGEST_LOOK);
            looked = now;
        }
        Ok(None)
    }

    /// How it ended, if it did. Asked again and again, so that the lock is free for whoever kills it meanwhile.
    fn ended(&self) -> Result<Option<ExitStatus>> {
        lock(&self.child).try_wait().map_err(|error| self.broken(&error))
    }

    fn over(&mut self, status: ExitStatus) -> (ExitStatus, String) {
        self.over.set();
        if let Some(watch) = self.watch.take() {
            drop(watch.join());
        }
        let lines = std::mem::replace(&mut self.lines, thread::spawn(Vec::new)).join().unwrap_or_default();
        (status, lines.join("\n"))
    }

    fn broken(&self, error: &std::io::Error) -> Error {
        Error::Broken { reason: format!("cannot wait for {}: {error}", self.name) }
    }
}

/// What a program says of its version: the first line it prints, or none if it is not installed.
pub fn version(name: &str) -> Option<String> {
    // ffmpeg and ffprobe take one dash, yt-dlp two; neither minds the other's absence.
    let option = if name.starts_with("ff") { "-version" } else { "--version" };
    let program =
        Program::start(name, &[OsStr::new(option)], false, Priority::Usual, &Stop::default(), |_| false).ok()?;
    let mut text = String::new();
    program.take_output()?.read_to_string(&mut text).ok()?;
    let first = text.lines().next().unwrap_or_default();
    let words: Vec<&str> = first.split_whitespace().take(3).collect();
    Some(if words.first() == Some(&name) { words.join(" ") } else { format!("{name} {}", words.join(" ")) })
}

impl Drop for Program {
    /// A program that nobody waits for any more is killed.
    fn drop(&mut self) {
        self.over.set();
        let mut child = lock(&self.child);
        if let Ok(None) = child.try_wait() {
            drop(child.start_kill());
            drop(child.wait());
        }
    }
}

/// Kills the group once `stop` is set; ends when the program is over.
fn watch(child: Arc<Mutex<Box<dyn ChildWrapper>>>, stop: Stop, over: Stop) -> JoinHandle<()> {
    thread::spawn(move || {
        while !over.is_set() {
            if stop.is_set() {
                drop(lock(&child).start_kill());
                return;
            }
            thread::sleep(STOP_CHECK);
        }
    })
}

fn lock(child: &Mutex<Box<dyn ChildWrapper>>) -> std::sync::MutexGuard<'_, Box<dyn ChildWrapper>> {
    child.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Lines of bytes that need not be UTF-8: ffmpeg repeats file names as they are.
fn lossy_lines(mut reader: impl BufRead) -> impl Iterator<Item = String> {
    std::iter::from_fn(move || {
        let mut bytes = Vec::new();
        match reader.read_until(b'\n', &mut bytes) {
            Ok(0) | Err(_) => None,
            Ok(_) => Some(String::from_utf8_lossy(&bytes).trim_end().to_owned()),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start(script: &str, stop: &Stop) -> Program {
        Program::start("sh", &[OsStr::new("-c"), OsStr::new(script)], false, Priority::Usual, stop, |_| false).unwrap()
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let error = Program::start("astra-no-such-program", &[], false, Priority::Usual, &Stop::default(), |_| false)
            .unwrap_err();
        assert_eq!(error, Error::ProgramMissing { program: "astra-no-such-program".to_owned() });
    }

    #[test]
    fn the_last_lines_it_printed_are_kept() {
        let program = start("for n in $(seq 1 40); do echo line $n >&2; done; exit 3", &Stop::default());
        let (status, lines) = program.finish().unwrap();
        assert_eq!(status.code(), Some(3));
        assert!(lines.starts_with("line 29") && lines.ends_with("line 40"), "{lines}");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_rendition_steps_back_behind_listening_and_that_behind_all_else() {
        let nice = |priority| {
            let wait = [OsStr::new("-c"), OsStr::new("sleep 0.3; cut -d' ' -f19 /proc/self/stat")];
            let program = Program::start("sh", &wait, false, priority, &Stop::default(), |_| false).unwrap();
            let mut text = String::new();
            program.take_output().unwrap().read_to_string(&mut text).unwrap();
            text.trim().parse::<i32>().unwrap()
        };
        let own = rustix::process::getpriority_process(None).unwrap();
        let nices = [Priority::Usual, Priority::Low, Priority::Lowest].map(nice);
        assert_eq!(nices, [own, own.max(5), own.max(15)]);
    }

    #[cfg(unix)]
    #[test]
    fn stopping_kills_the_whole_group_within_a_second() {
        let stop = Stop::default();
        // The grandchild keeps the pipe open: only killing the group closes it.
        let program = start("sleep 60 & sleep 60", &stop);
        let mut output = program.take_output().unwrap();
        let asked = clock::instant();
        stop.set();
        let mut rest = Vec::new();
        output.read_to_end(&mut rest).unwrap();
        assert!(asked.elapsed() < Duration::from_secs(1), "{:?}", asked.elapsed());
        assert!(!program.finish().unwrap().0.success());
    }
}
