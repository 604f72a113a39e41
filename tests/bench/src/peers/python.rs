//! A Python with the peers' packages, in a folder of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// Where the peers' programs lie.
const SCRIPTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/peers");

/// A virtual environment.
pub struct Python {
    program: PathBuf,
}

impl Python {
    /// Makes the environment, or takes the one that has what is required.
    ///
    /// # Errors
    /// When there is no Python, or a package cannot be had.
    pub fn prepare(folder: &Path) -> Result<Self> {
        let python = Self { program: folder.join("bin/python") };
        let required = script("requirements.txt");
        let (wanted, installed) = (fs::read(&required)?, folder.join("requirements.txt"));
        if fs::read(&installed).ok().as_ref() != Some(&wanted) {
            ended_well(Command::new("python3").args(["-m", "venv", "--clear"]).arg(folder))?;
            let mut install = Command::new(&python.program);
            ended_well(install.args(["-m", "pip", "install", "--quiet", "--requirement"]).arg(&required))?;
            fs::write(installed, wanted)?;
        }
        Ok(python)
    }

    /// One of the programs, ready to be started.
    pub fn command(&self, script: &str) -> Command {
        let mut command = Command::new(&self.program);
        command.arg(self::script(script));
        command
    }

    /// Runs one of the programs.
    ///
    /// # Errors
    /// When it fails.
    pub fn run(&self, script: &str, arguments: &[&Path]) -> Result<()> {
        ended_well(self.command(script).args(arguments))
    }
}

/// Where one of the programs lies.
pub fn script(name: &str) -> PathBuf {
    Path::new(SCRIPTS).join(name)
}

fn ended_well(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("{command:?}"))?;
    ensure!(status.success(), "{command:?}: {status}");
    Ok(())
}
