//! Somebody else who hears: a process with the model loaded, which hears the same chunks at every turn.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Stdio};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use super::material::Material;
use super::ours::threads;

/// A way to hear that is not Astra's.
pub struct Way {
    /// For a person.
    pub name: &'static str,
    /// The program.
    pub script: &'static str,
    /// What makes of Astra's model the one that the program reads; without it, both read the same.
    pub layout: Option<fn(&Material, &Path) -> Result<PathBuf>>,
    /// Variables it reads.
    pub environment: &'static [(&'static str, &'static str)],
    /// How many chunks it is given at once.
    pub at_once: usize,
}

/// One hearing of all chunks.
#[derive(Debug, Deserialize)]
pub struct Turn {
    /// Seconds on the wall.
    pub wall: f64,
    /// Seconds on the processors.
    pub cpu: f64,
    /// What was heard in each chunk.
    pub texts: Vec<String>,
}

/// A peer that has loaded its model and warmed up.
pub struct Peer {
    child: Child,
    answers: BufReader<ChildStdout>,
}

impl Way {
    /// Starts the peer with Astra's model and waits until it is ready.
    ///
    /// # Errors
    /// When it fails, or the model cannot be had in its layout.
    pub fn start(&self, material: &Material, model: &Path, chunks: &[PathBuf]) -> Result<Peer> {
        let model = match self.layout {
            Some(layout) => layout(material, model)?,
            None => model.to_owned(),
        };
        let mut command = material.python.command(self.script);
        command.arg(model).args([threads().to_string(), self.at_once.to_string()]).args(chunks);
        command.envs(self.environment.iter().copied()).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().with_context(|| self.name)?;
        let answers = BufReader::new(child.stdout.take().context("no pipe")?);
        let mut peer = Peer { child, answers };
        peer.line().with_context(|| self.name)?;
        Ok(peer)
    }
}

impl Peer {
    /// Lets it hear all chunks.
    ///
    /// # Errors
    /// When it has ended.
    pub fn turn(&mut self) -> Result<Turn> {
        self.child.stdin.as_mut().context("no pipe")?.write_all(b"\n")?;
        Ok(serde_json::from_str(&self.line()?)?)
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        ensure!(self.answers.read_line(&mut line)? > 0, "the peer ended without an answer");
        Ok(line)
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // Its input ends here, and with it the process; what may be left of it is killed.
        drop(self.child.stdin.take());
        let _gone = self.child.kill();
        let _waited_for = self.child.wait();
    }
}
