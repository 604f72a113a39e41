//! The figures as a table for people and as JSON for programs.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Serialize;

use crate::figure::Figure;
use crate::load::Load;
use crate::machine::Machine;

/// What one measurement brought.
#[derive(Debug, Serialize)]
pub struct Block {
    /// The measurement.
    pub measurement: &'static str,
    /// How busy the machine was right before.
    pub load_before: Load,
    /// How busy it was right after: somebody else may have begun meanwhile.
    pub load_after: Load,
    /// How long it took, in seconds.
    pub took_s: f64,
    /// Its figures.
    pub figures: Vec<Figure>,
    /// Why there are none.
    pub failure: Option<String>,
}

/// All of it.
#[derive(Debug, Serialize)]
pub struct Report {
    /// On what.
    pub machine: Machine,
    /// What was measured, in order.
    pub blocks: Vec<Block>,
}

impl Report {
    /// Prints the table.
    ///
    /// # Errors
    /// When nobody reads it any more.
    pub fn print(&self) -> io::Result<()> {
        let mut out = io::stdout().lock();
        let Machine { processor, cores, memory_mb, kernel, date, .. } = &self.machine;
        writeln!(out, "\n{processor}, {cores} cores, {memory_mb} MB, Linux {kernel}, {date}")?;
        for block in &self.blocks {
            print_block(&mut out, block)?;
        }
        out.flush()
    }

    /// Writes the JSON into the folder all builds go to, and says where.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep(&self) -> Result<PathBuf> {
        let program = std::env::current_exe()?;
        let path = program.ancestors().nth(2).unwrap_or(Path::new(".")).join("bench.json");
        fs::write(&path, serde_json::to_vec_pretty(self)?).with_context(|| path.display().to_string())?;
        Ok(path)
    }

    /// Whether every measurement brought its figures, good or bad.
    pub fn is_whole(&self) -> bool {
        self.blocks.iter().all(|block| block.failure.is_none())
    }
}

fn print_block(out: &mut impl Write, block: &Block) -> io::Result<()> {
    let (before, after) = (block.load_before, block.load_after);
    let warning = if before.spoils() || after.spoils() { "  ! NOT IDLE: these figures mean little" } else { "" };
    writeln!(out, "\n{}  ({:.0} s; before: {before}; after: {after}){warning}", block.measurement, block.took_s)?;
    for figure in &block.figures {
        let (shown, target) = (figure.shown(), figure.target_shown());
        writeln!(out, "  {:<58} {shown:>12}   {target:<14} {}", figure.name, figure.verdict)?;
        if !figure.conditions.is_empty() {
            writeln!(out, "      {}", figure.conditions)?;
        }
    }
    if let Some(failure) = &block.failure {
        writeln!(out, "  could not be measured: {failure}")?;
    }
    Ok(())
}
