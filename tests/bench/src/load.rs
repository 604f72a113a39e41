//! How busy the machine was right before and after a measurement, without which no figure means much.

use std::fmt;
use std::fs;
use std::time::Duration;

use anyhow::{Context, Result};
use serde::Serialize;

/// How long the machine is watched.
const WATCHED: Duration = Duration::from_secs(2);

/// A machine busier than this, in percent, spoils what is measured on it.
const MOST_BUSY: f64 = 5.0;

/// More time than this, in percent, taken by other guests of the same host spoils it too.
const MOST_STOLEN: f64 = 0.5;

/// What the processors did while the bench did nothing.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Load {
    /// Share of the time they computed, in percent of all processors.
    pub busy_percent: f64,
    /// Share of the time the host of this virtual machine gave to others, in percent.
    pub steal_percent: f64,
}

impl Load {
    /// Watches the machine for two seconds.
    ///
    /// # Errors
    /// Where there is no `/proc/stat`.
    pub fn watch() -> Result<Self> {
        let before = ticks()?;
        std::thread::sleep(WATCHED);
        let spent: Vec<f64> = ticks()?.iter().zip(&before).map(|(after, before)| after - before).collect();
        let all = spent.iter().sum::<f64>().max(1.0);
        // user nice system idle iowait irq softirq steal (proc(5)); waiting for a disk is not computing.
        let of = |position: usize| spent.get(position).copied().unwrap_or_default() * 100.0 / all;
        Ok(Self { busy_percent: 100.0 - of(3) - of(4), steal_percent: of(7) })
    }

    /// Whether figures taken now are worth little.
    pub fn spoils(self) -> bool {
        self.busy_percent > MOST_BUSY || self.steal_percent > MOST_STOLEN
    }
}

impl fmt::Display for Load {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:.1} % busy, {:.1} % stolen", self.busy_percent, self.steal_percent)
    }
}

/// The time all processors have spent in each way since the machine started.
fn ticks() -> Result<Vec<f64>> {
    let stat = fs::read_to_string("/proc/stat").context("the bench needs the /proc of Linux")?;
    let line = stat.lines().find_map(|line| line.strip_prefix("cpu ")).context("/proc/stat has no line for all")?;
    // The two numbers after `steal` are counted in `user` and `nice` already.
    Ok(line.split_whitespace().take(8).filter_map(|number| number.parse().ok()).collect())
}
