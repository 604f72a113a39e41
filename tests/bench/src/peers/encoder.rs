//! What encoding several chunks at once gains on a processor, with an encoder of full size.

use std::sync::Arc;

use anyhow::Result;
use astra_core::chunks::Chunk;
use astra_core::engine::{Engine, Load, Stop};
use astra_engine::parakeet::Parakeet;

use super::material::Material;
use super::ours::{ask, threads};
use crate::figure::{Figure, Target};
use crate::spread::Spread;

/// How many chunks are encoded, one by one and all at once.
const CHUNKS: usize = 8;

/// How often each, there and back.
const ROUNDS: usize = 2;

/// Encodes in both ways.
///
/// # Errors
/// When the engine fails.
pub fn measure(material: &Material, chunks: &[Chunk]) -> Result<Vec<Figure>> {
    let model = material.full_parakeet("whole")?;
    let load = Load { engine: "parakeet".to_owned(), model, threads: threads() };
    let mut engine = Parakeet::load(&load, Arc::default())?;
    // One chunk over and over: only what is padded to the same length is encoded at once.
    let party: Vec<Chunk> =
        (0..).zip(vec![&chunks[0]; CHUNKS]).map(|(index, chunk)| Chunk { index, ..chunk.clone() }).collect();
    let mut encoded = |at_once: usize| -> Result<f64> {
        engine.encode_at_once(at_once);
        engine.listen(&party, &ask(), &Stop::default())?;
        Ok(engine.spent().encoding.as_secs_f64())
    };
    let (mut alone, mut together) = (Vec::new(), Vec::new());
    encoded(CHUNKS)?;
    for _ in 0..ROUNDS {
        alone.push(encoded(1)?);
        together.push(encoded(CHUNKS)?);
        together.push(encoded(CHUNKS)?);
        alone.push(encoded(1)?);
    }
    let ratios = Spread::of_ratios(&together, &alone);
    let seconds = party[0].pcm.len() as f64 / 16_000.0;
    let conditions = format!(
        "32 bits, {} threads, {CHUNKS} chunks of {seconds:.0} s, pairs: {ratios}; {:.2} s a chunk one by one",
        threads(),
        Spread::of(&alone).median / CHUNKS as f64
    );
    let name = format!("encoder of full size: {CHUNKS} at once over one by one");
    Ok(vec![Figure::new(name, ratios.median, "", Target::None).under(conditions)])
}
