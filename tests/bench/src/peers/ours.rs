//! Astra among the peers: the engine host, offered as many chunks at once as it likes best.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use astra_core::chunks::Chunk;
use astra_core::engine::device::Device;
use astra_core::engine::host::EngineHost;
use astra_core::engine::{Ask, Effort, Engine, Load, Stop};

use super::peer::Turn;
use crate::process;

/// An engine of Astra's that has loaded its model.
pub struct Ours {
    host: EngineHost,
    chunks: Vec<Chunk>,
}

impl Ours {
    /// Starts the engine host and warms up.
    ///
    /// # Errors
    /// When it fails.
    pub fn load(engine: &str, model: &Path, chunks: &[Chunk]) -> Result<Self> {
        let load = Load { engine: engine.to_owned(), model: model.to_owned(), threads: threads() };
        let mut host = EngineHost::new(load, [Device::Cpu]);
        host.start(&Stop::default())?;
        let mut ours = Self { host, chunks: chunks.to_vec() };
        ours.turn()?;
        Ok(ours)
    }

    /// Hears all chunks.
    ///
    /// # Errors
    /// When the engine fails.
    pub fn turn(&mut self) -> Result<Turn> {
        let host = self.host.process_id().context("there is no engine host")?;
        let at_once = self.host.abilities().batch.max(1);
        let (cpu_before, began) = (process::cpu_seconds(host)?.own, Instant::now());
        let mut texts = Vec::new();
        for party in self.chunks.chunks(at_once) {
            for heard in self.host.listen(party, &ask(), &Stop::default())? {
                let words: Vec<&str> = heard.words.iter().map(|word| word.text.as_str()).collect();
                texts.push(words.join(" "));
            }
        }
        let wall = began.elapsed().as_secs_f64();
        Ok(Turn { wall, cpu: process::cpu_seconds(host)?.own - cpu_before, texts })
    }

    /// How much audio there is, in seconds.
    pub fn seconds(&self) -> f64 {
        self.chunks.iter().map(|chunk| chunk.pcm.len() as f64 / 16_000.0).sum()
    }
}

/// What every engine is asked.
pub fn ask() -> Ask {
    Ask { language: "es".to_owned(), vocabulary: Vec::new(), effort: Effort::Usual }
}

/// How many threads everybody gets.
pub fn threads() -> usize {
    num_cpus::get_physical().min(num_cpus::get()).max(1)
}
