//! A run of the program whose events are read while it works, and kept.

use std::io::{BufRead, BufReader, Lines};
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::Value;

/// A run that is still going on.
pub struct Run {
    pub child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    /// Every event read so far.
    pub seen: Vec<Value>,
}

impl Run {
    /// Starts a command, which must have been asked for `--json`.
    pub fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines, seen: Vec::new() }
    }

    /// Reads events until one that is wanted; none when the run ended first.
    pub fn until(&mut self, wanted: impl Fn(&Value) -> bool) -> Option<Value> {
        while let Some(Ok(line)) = self.lines.next() {
            let event: Value = serde_json::from_str(&line).unwrap();
            self.seen.push(event.clone());
            if wanted(&event) {
                return Some(event);
            }
        }
        None
    }

    /// Reads events until one of this name about this chunk.
    pub fn until_chunk(&mut self, name: &str, chunk: u64) {
        let reached = self.until(|event| event["event"] == name && event["chunk"] == chunk);
        assert!(reached.is_some(), "{name} {chunk} never came: {:?}", self.seen.last());
    }

    /// Kills it the way a power cut does.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.until(|_| false);
    }

    /// Reads to the end. The code of the error it ended with; none when its job was done.
    pub fn ended(&mut self) -> Option<String> {
        self.until(|_| false);
        self.child.wait().unwrap();
        let named = |name: &str| self.seen.iter().find(|event| event["event"] == name);
        match named("error").or(named("job_failed")) {
            Some(error) => Some(error["code"].as_str().unwrap().to_owned()),
            None => {
                assert!(named("job_done").is_some(), "it ended without a word: {:?}", self.seen.last());
                None
            }
        }
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        // What failed must not leave a program behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
