//! whisper.cpp as Astra calls it against whisper.cpp alone: the same chunks, model, threads and
//! parameters, in turn, in one run.
//!
//! Three ways to hear a chunk: through the engine host (a process and a pipe more), through the
//! engine as a library (signs of life, times of words, the probability of silence), and bare.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use astra_core::chunks::Chunk;
use astra_core::engine::device::Device;
use astra_core::engine::host::EngineHost;
use astra_core::engine::{Ask, Effort, Engine, Heard, Load, Stop};
use astra_engine::whisper::Whisper;
use whisper_rs::{FullParams, SamplingStrategy, WhisperContext, WhisperContextParameters, WhisperState};

use crate::figure::{Figure, Target};
use crate::ground::Ground;
use crate::process;
use crate::recording::{self, Sound};
use crate::spread::Spread;

/// How much longer the engine host may take than bare whisper.cpp.
const MOST: f64 = 1.03;

/// There and back, so that a drift of the machine falls on all.
const TURNS: [Way; 6] = [Way::Host, Way::Library, Way::Bare, Way::Bare, Way::Library, Way::Host];

/// How often [`TURNS`] are taken with each model: each time two pairs, and fifteen of them tell one
/// percent.
const ROUNDS_OF_BASE: usize = 8;
const ROUNDS_OF_DEMO: usize = 20;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Host,
    Library,
    Bare,
}

/// Hears some chunks in all three ways with both models.
///
/// # Errors
/// When an engine fails.
pub fn measure(ground: &Ground) -> Result<Vec<Figure>> {
    // whisper.cpp says much on standard error otherwise.
    whisper_rs::install_logging_hooks();
    let mut chunks = recording::chunks(&ground.recording(Sound::Dictaphone, 300)?)?;
    // The last one is seldom full.
    chunks.pop();
    let mut figures = compared("base", &ground.scripted_model()?, &chunks, ROUNDS_OF_BASE)?;
    figures.extend(compared("demo", &ground.demo_model()?, &chunks, ROUNDS_OF_DEMO)?);
    Ok(figures)
}

fn compared(name: &str, model: &Path, chunks: &[Chunk], rounds: usize) -> Result<Vec<Figure>> {
    let mut arms = Arms::load(model)?;
    let mut void = 0;
    let (mut host, mut library, mut bare) = (Times::default(), Times::default(), Times::default());
    for (round, chunk) in std::iter::once(&chunks[0]).chain(chunks.iter().cycle().take(rounds)).enumerate() {
        let mut heard = Vec::new();
        for way in TURNS {
            heard.push((way, arms.hear(way, chunk)?));
        }
        ensure!(heard.iter().all(|(_, run)| !run.text.is_empty()), "{name} heard nothing");
        // The first round only warms up.
        if round == 0 {
            continue;
        }
        // Speed with another outcome is no speed. It happens where whisper.cpp alone judges silence
        // by what it heard before (see `Watch` in the engine) or draws other random numbers.
        if heard.iter().any(|(_, run)| run.text != heard[0].1.text) {
            void += 1;
            continue;
        }
        for (way, run) in heard {
            match way {
                Way::Host => host.add(&run),
                Way::Library => library.add(&run),
                Way::Bare => bare.add(&run),
            }
        }
    }
    ensure!(!bare.wall.is_empty(), "{name}: the three ways never heard the same text");
    let of_host = Spread::of_ratios(&host.wall, &bare.wall);
    let of_library = Spread::of_ratios(&library.wall, &bare.wall);
    let conditions = format!(
        "{}, {} threads, {} pairs with the same text ({void} rounds void), {:.3} s a chunk bare; pairs: {of_host}",
        if name == "base" { "synthetic weights of the shape of base, f16" } else { "the built-in demo model, q8_0" },
        arms.threads,
        host.wall.len(),
        Spread::of(&bare.wall).median
    );
    let figure = |what: &str, value: f64, target| {
        Figure::new(format!("{name}: {what} over bare whisper.cpp"), value, "", target)
    };
    Ok(vec![
        figure("engine host", of_host.median, Target::AtMost(MOST)).under(conditions),
        figure("engine host's processor time", host.cpu / bare.cpu, Target::AtMost(MOST))
            .under(format!("{:.2} s over {:.2} s", host.cpu, bare.cpu)),
        figure("engine as a library", of_library.median, Target::None)
            .under(format!("pairs: {of_library}; processor time {:.3}", library.cpu / bare.cpu)),
    ])
}

/// What one way took, in seconds: the wall time of each call, and processor time in all.
#[derive(Default)]
struct Times {
    wall: Vec<f64>,
    cpu: f64,
}

impl Times {
    fn add(&mut self, run: &Run) {
        self.wall.push(run.wall);
        self.cpu += run.cpu;
    }
}

/// A chunk heard in one way.
struct Run {
    text: String,
    /// Seconds on the wall.
    wall: f64,
    /// Seconds on the processors.
    cpu: f64,
}

/// One model, loaded three times.
struct Arms {
    host: EngineHost,
    library: Whisper,
    bare: WhisperState,
    params: FullParams<'static, 'static>,
    threads: usize,
}

impl Arms {
    fn load(model: &Path) -> Result<Self> {
        let threads = num_cpus::get_physical().min(num_cpus::get()).max(1);
        let load = Load { engine: "whisper".to_owned(), model: model.to_owned(), threads };
        let mut host = EngineHost::new(load.clone(), Device::FASTEST_FIRST);
        host.start(&Stop::default())?;
        let library = Whisper::load(&load, std::sync::Arc::default())?;
        let mut parameters = WhisperContextParameters::default();
        parameters.use_gpu(false).flash_attn(false);
        let bare = WhisperContext::new_with_params(model, parameters)?.create_state()?;
        Ok(Self { host, library, bare, params: usual_parameters(threads)?, threads })
    }

    fn hear(&mut self, way: Way, chunk: &Chunk) -> Result<Run> {
        let ask = Ask { language: "es".to_owned(), vocabulary: Vec::new(), effort: Effort::Usual };
        let one = std::slice::from_ref(chunk);
        let stop = Stop::default();
        // Not part of the race, so that the bare arm starts with what whisper.cpp takes.
        let samples: Vec<f32> = chunk.pcm.iter().map(|sample| f32::from(*sample) / 32_768.0).collect();
        let params = self.params.clone();
        let worker = match way {
            Way::Host => self.host.process_id().context("there is no engine host")?,
            Way::Library | Way::Bare => std::process::id(),
        };
        let cpu_before = process::cpu_seconds(worker)?.own;
        let began = Instant::now();
        let heard: Vec<Heard> = match way {
            Way::Host => self.host.listen(one, &ask, &stop)?,
            Way::Library => self.library.listen(one, &ask, &stop)?,
            Way::Bare => {
                self.bare.full(params, &samples)?;
                Vec::new()
            }
        };
        let wall = began.elapsed().as_secs_f64();
        let cpu = process::cpu_seconds(worker)?.own - cpu_before;
        let text = match way {
            Way::Bare => text_of(&self.bare),
            Way::Host | Way::Library => words_of(&heard),
        };
        Ok(Run { text: text.split_whitespace().collect::<Vec<_>>().join(" "), wall, cpu })
    }
}

fn text_of(state: &WhisperState) -> String {
    state.as_iter().filter_map(|segment| Some(segment.to_str_lossy().ok()?.into_owned())).collect()
}

fn words_of(heard: &[Heard]) -> String {
    heard.iter().flat_map(|heard| &heard.words).map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// What the engine asks of whisper.cpp for a usual effort, without its callbacks. If the two drift
/// apart, the texts do.
fn usual_parameters(threads: usize) -> Result<FullParams<'static, 'static>> {
    let mut params = FullParams::new(SamplingStrategy::Greedy { best_of: 1 });
    params.set_language(Some("es"));
    params.set_n_threads(i32::try_from(threads)?);
    params.set_no_context(true);
    params.set_temperature(0.0);
    params.set_temperature_inc(0.2001);
    params.set_entropy_thold(2.6);
    params.set_logprob_thold(-1.0);
    params.set_no_speech_thold(0.6);
    params.set_suppress_blank(true);
    params.set_suppress_nst(true);
    params.set_max_initial_ts(1.0);
    params.set_print_special(false);
    params.set_print_progress(false);
    params.set_print_realtime(false);
    params.set_print_timestamps(false);
    Ok(params)
}
