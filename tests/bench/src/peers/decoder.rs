//! What decoding in lockstep gains: the decoder of a Parakeet of full size alone, for one chunk and for many at once.

use std::sync::Arc;

use anyhow::{Result, ensure};
use astra_core::chunks::{Chunk, Span};
use astra_core::engine::{Engine, Load, Stop};
use astra_engine::parakeet::Parakeet;

use super::material::Material;
use super::ours::{ask, threads};
use crate::figure::{Figure, Target};
use crate::spread::Spread;

/// How many chunks are decoded at once.
const AT_ONCE: [usize; 5] = [1, 8, 32, 64, 128];

/// Where many are many.
const MANY: usize = 64;

/// How many times as many pieces many chunks should give a second than one.
const LEAST: f64 = 8.0;

/// Samples of every chunk: 20 s. With the same length nobody is done before the others.
const LENGTH: usize = 320_000;

/// How often all of [`AT_ONCE`] are taken, there and back.
const ROUNDS: usize = 3;

/// So many chunks are decoded at each turn at least, one party after another.
const TURN: usize = 8;

/// Decodes parties of every size.
///
/// # Errors
/// When the engine fails or says nothing.
pub fn measure(material: &Material, chunks: &[Chunk]) -> Result<Vec<Figure>> {
    let model = material.full_parakeet("none")?;
    let load = Load { engine: "parakeet".to_owned(), model, threads: threads() };
    let mut engine = Parakeet::load(&load, Arc::default())?;
    let party = party(chunks);
    let mut speeds = AT_ONCE.map(|_| Vec::new());
    for round in 0..=ROUNDS {
        for place in (0..AT_ONCE.len()).chain((0..AT_ONCE.len()).rev()) {
            let speed = speed(&mut engine, &party[..AT_ONCE[place]])?;
            // The first round only warms up.
            if round > 0 {
                speeds[place].push(speed);
            }
        }
    }
    let mut figures = Vec::new();
    for (at_once, these) in AT_ONCE.into_iter().zip(&speeds) {
        let spread = Spread::of(these);
        let name = format!("decoder of full size alone: pieces a second, {at_once} at once");
        let conditions = format!("32 bits, {} threads, chunks of 20 s, {} turns: {spread}", threads(), these.len());
        figures.push(Figure::new(name, spread.median, "", Target::None).under(conditions));
        if at_once > 1 {
            let ratios = Spread::of_ratios(these, &speeds[0]);
            let target = if at_once == MANY { Target::AtLeast(LEAST) } else { Target::None };
            let name = format!("decoder of full size alone: {at_once} at once over one at a time");
            figures.push(Figure::new(name, ratios.median, "", target).under(format!("pairs: {ratios}")));
        }
    }
    Ok(figures)
}

/// Pieces said a second while decoding, the encoder not counted.
fn speed(engine: &mut Parakeet, party: &[Chunk]) -> Result<f64> {
    let (mut pieces, mut seconds) = (0, 0.0);
    for _ in 0..TURN.div_ceil(party.len()) {
        engine.listen(party, &ask(), &Stop::default())?;
        let spent = engine.spent();
        pieces += spent.pieces;
        seconds += spent.decoding.as_secs_f64();
    }
    ensure!(pieces >= 4 * 20 * party.len(), "only {pieces} pieces were said in {} chunks", party.len());
    Ok(pieces as f64 / seconds)
}

/// As many chunks of the same length as are ever decoded at once.
fn party(chunks: &[Chunk]) -> Vec<Chunk> {
    let pcm: Vec<i16> = chunks.iter().flat_map(|chunk| &chunk.pcm).copied().collect();
    let most = AT_ONCE[AT_ONCE.len() - 1];
    let starts = (0..).step_by(LENGTH / 4).map(|start| start % (pcm.len() - LENGTH));
    let chunk = |(index, start): (u32, usize)| {
        let span = Span { start: 0, end: LENGTH as u64 };
        let pcm = pcm[start..start + LENGTH].to_vec();
        Chunk { index, span, pieces: vec![span], speech: vec![span], overlap: 0, pcm }
    };
    (0..).zip(starts).take(most).map(chunk).collect()
}
