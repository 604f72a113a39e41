//! One engine host while it lives: its process, its pipes, and the last words it printed.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{ChildStderr, ChildStdin, ChildStdout, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

#[cfg(windows)]
use process_wrap::std::JobObject;
#[cfg(unix)]
use process_wrap::std::ProcessGroup;
use process_wrap::std::{ChildWrapper, CommandWrap};

use crate::clock;
use crate::engine::wire::{self, FromHost, WireError};
use crate::media::priority::Priority;

/// How many lines of what the host prints are kept for an error.
const LAST_LINES: usize = 20;

/// The longest of those lines, in bytes. A longer one is cut into several.
const LONGEST_LINE: u64 = 1000;

/// How long a host whose input was closed may take to end by itself.
const FAREWELL: Duration = Duration::from_millis(500);

/// A running engine host. Dropping it ends it.
pub(super) struct Child {
    process: Box<dyn ChildWrapper>,
    to: Option<Sender<Vec<u8>>>,
    from: Receiver<Result<FromHost, WireError>>,
    last_lines: Arc<Mutex<VecDeque<String>>>,
    stderr: JoinHandle<()>,
}

/// What came out of the host within some time.
pub(super) enum Answer {
    /// A message.
    Message(FromHost),
    /// Nothing yet.
    Silence,
    /// Nothing more will come. With an error, what came last made no sense.
    End(Option<WireError>),
}

impl Child {
    /// Starts `binary` in a process group of its own, so that an interrupt meant for Astra does
    /// not reach it, with a thread for each pipe.
    pub(super) fn start(binary: &Path, arguments: &[String]) -> std::io::Result<Self> {
        let mut command = CommandWrap::with_new(binary, |command| {
            command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        });
        #[cfg(unix)]
        command.wrap(ProcessGroup::leader());
        #[cfg(windows)]
        command.wrap(JobObject);
        Priority::Low.wrap(&mut command);
        let mut process = command.spawn()?;

        let missing = || std::io::Error::other("the process came without its pipes");
        let stdin = process.stdin().take().ok_or_else(missing)?;
        let stdout = process.stdout().take().ok_or_else(missing)?;
        let stderr = process.stderr().take().ok_or_else(missing)?;
        let last_lines = Arc::new(Mutex::new(VecDeque::new()));
        let kept = Arc::clone(&last_lines);
        let (to, frames) = channel();
        let (answers, from) = channel();
        thread::Builder::new().name("engine host, in".to_owned()).spawn(move || write_frames(stdin, &frames))?;
        thread::Builder::new().name("engine host, out".to_owned()).spawn(move || read_answers(stdout, &answers))?;
        let stderr =
            thread::Builder::new().name("engine host, err".to_owned()).spawn(move || keep_last_lines(stderr, &kept))?;
        Ok(Self { process, to: Some(to), from, last_lines, stderr })
    }

    /// The id of the process.
    pub(super) fn id(&self) -> u32 {
        self.process.id()
    }

    /// Hands a frame to the thread that writes. A host that cannot take it shows in the answers.
    pub(super) fn send(&self, frame: Vec<u8>) {
        if let Some(to) = &self.to {
            let _ = to.send(frame);
        }
    }

    /// Waits for the next answer, at most `wait`.
    pub(super) fn answer(&self, wait: Duration) -> Answer {
        match self.from.recv_timeout(wait) {
            Ok(Ok(message)) => Answer::Message(message),
            Ok(Err(error)) => Answer::End(Some(error)),
            Err(RecvTimeoutError::Timeout) => Answer::Silence,
            Err(RecvTimeoutError::Disconnected) => Answer::End(None),
        }
    }

    /// Whether a request can be made of it. What it still had to say about an earlier one, which
    /// was given up, is passed over.
    pub(super) fn is_usable(&mut self) -> bool {
        let over = loop {
            match self.from.try_recv() {
                Ok(Ok(_)) => (),
                Err(TryRecvError::Empty) => break false,
                Ok(Err(_)) | Err(TryRecvError::Disconnected) => break true,
            }
        };
        !over && self.is_running()
    }

    fn is_running(&mut self) -> bool {
        matches!(self.process.try_wait(), Ok(None))
    }

    /// Ends the process, if need be by force, and tells how it ended: whether of its own will and
    /// without error, and in words.
    pub(super) fn bury(mut self) -> (bool, String) {
        let by_itself = self.ended_within(FAREWELL);
        if !by_itself && let Err(error) = self.process.kill() {
            tracing::warn!(%error, "cannot end the engine host");
        }
        // What it printed last may still be in the pipe.
        let asked = clock::instant();
        while !self.stderr.is_finished() && asked.elapsed() < FAREWELL {
            thread::sleep(Duration::from_millis(5));
        }
        let (well, mut words) = match self.process.try_wait() {
            Ok(Some(status)) if by_itself => (status.success(), status.to_string()),
            Ok(Some(_)) => (false, "ended by Astra".to_owned()),
            Ok(None) => (false, "still running".to_owned()),
            Err(error) => (false, error.to_string()),
        };
        for line in self.last_lines.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            words.push('\n');
            words.push_str(line);
        }
        (well, words)
    }

    fn ended_within(&mut self, time: Duration) -> bool {
        self.to = None;
        let asked = clock::instant();
        while self.is_running() {
            if asked.elapsed() >= time {
                return false;
            }
            thread::sleep(Duration::from_millis(5));
        }
        true
    }

    /// Ends the process at once.
    pub(super) fn kill(&mut self) {
        self.to = None;
        if let Err(error) = self.process.kill() {
            tracing::warn!(%error, "cannot end the engine host");
        }
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        if self.is_running() && !self.ended_within(FAREWELL) {
            self.kill();
        }
    }
}

fn write_frames(mut stdin: ChildStdin, frames: &Receiver<Vec<u8>>) {
    for frame in frames {
        if stdin.write_all(&frame).and_then(|()| stdin.flush()).is_err() {
            return;
        }
    }
}

fn read_answers(stdout: ChildStdout, answers: &Sender<Result<FromHost, WireError>>) {
    let mut stdout = BufReader::new(stdout);
    loop {
        let answer = match wire::read(&mut stdout) {
            Ok(None) => return,
            Ok(Some((message, _))) => Ok(message),
            Err(error) => Err(error),
        };
        let last = answer.is_err();
        if answers.send(answer).is_err() || last {
            return;
        }
    }
}

fn keep_last_lines(stderr: ChildStderr, kept: &Mutex<VecDeque<String>>) {
    let mut stderr = BufReader::new(stderr);
    let mut line = Vec::new();
    while stderr.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line).is_ok_and(|bytes| bytes > 0) {
        let text = String::from_utf8_lossy(&line).trim().to_owned();
        line.clear();
        tracing::debug!(target: "astra_engine", "{text}");
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() == LAST_LINES {
            kept.pop_front();
        }
        kept.push_back(text);
    }
}
