//! Two who hear the same in turn: first Astra, then the other, and back, so that a drift of the machine falls on both.

use std::io::{self, Write};

use anyhow::{Result, ensure};

use super::ours::{Ours, threads};
use super::peer::{Peer, Turn, Way};
use crate::figure::{Figure, Target};
use crate::spread::Spread;
use crate::wording::{differing, words};

/// Nobody with the same weights should be faster.
const MOST: f64 = 1.0;

/// Error rates further apart than this, in percent of all words, are not the same text any more.
const SAME_PERCENT: f64 = 0.5;

/// With what, how often, and what was really said, where that is known.
pub struct Contest<'a> {
    /// The engine and the model, for a person.
    pub engine: &'a str,
    /// Rounds of two turns each.
    pub rounds: usize,
    /// The words that were spoken.
    pub spoken: Option<&'a [String]>,
}

impl Contest<'_> {
    /// The ratios of time on the wall and on the processors.
    ///
    /// # Errors
    /// When one of the two fails.
    pub fn hold(&self, ours: &mut Ours, way: &Way, start: impl FnOnce() -> Result<Peer>) -> Result<Vec<Figure>> {
        writeln!(io::stderr(), "  {} and {} …", self.engine, way.name)?;
        let mut peer = start()?;
        let (mut astra, mut other) = (Vec::new(), Vec::new());
        for _ in 0..self.rounds {
            astra.push(ours.turn()?);
            other.push(peer.turn()?);
            other.push(peer.turn()?);
            astra.push(ours.turn()?);
        }
        let text = self.compared(&astra[0], &other[0])?;
        let target = if text.same { Target::AtMost(MOST) } else { Target::None };
        let mark = if text.same { "" } else { " (another text)" };
        let figure = |what: &str, of: fn(&Turn) -> f64| {
            let (astra, other): (Vec<f64>, Vec<f64>) = (astra.iter().map(of).collect(), other.iter().map(of).collect());
            let ratios = Spread::of_ratios(&astra, &other);
            let name = format!("{}: {what}, over {}{mark}", self.engine, way.name);
            let (astra_s, other_s) = (Spread::of(&astra).median, Spread::of(&other).median);
            Figure::new(name, ratios.median, "", target).under(format!(
                "{} threads, {:.0} s of audio, {} pairs: {ratios}; {astra_s:.2} s over {other_s:.2} s; {}",
                threads(),
                ours.seconds(),
                astra.len(),
                text.described
            ))
        };
        let figures = vec![figure("time", |turn| turn.wall), figure("processor time", |turn| turn.cpu)];
        // All contests take long, and whoever stops them half-way has these.
        writeln!(io::stderr(), "    {} · {} ({})", figures[0].shown(), figures[1].shown(), text.described)?;
        Ok(figures)
    }

    fn compared(&self, astra: &Turn, other: &Turn) -> Result<Text> {
        let (astra, other) = (words(&astra.texts.join(" ")), words(&other.texts.join(" ")));
        ensure!(!astra.is_empty() && !other.is_empty(), "{}: somebody heard nothing", self.engine);
        let apart = differing(&astra, &other);
        if apart == 0 {
            return Ok(Text { same: true, described: "the same words".to_owned() });
        }
        let described = format!("{apart} of {} words differ", astra.len());
        let Some(spoken) = self.spoken else { return Ok(Text { same: false, described }) };
        let wrong = |heard: &[String]| differing(spoken, heard) as f64 * 100.0 / spoken.len() as f64;
        let (astra, other) = (wrong(&astra), wrong(&other));
        Ok(Text {
            same: (astra - other).abs() <= SAME_PERCENT,
            described: format!("{described}; {astra:.1} % of what was said is wrong, with the other {other:.1} %"),
        })
    }
}

/// Whether the two heard the same, and in words.
struct Text {
    same: bool,
    described: String,
}
