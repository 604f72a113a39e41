//! How much longer the pipeline takes than its engine alone: 1 − Σ engine ÷ (last commit − start),
//! out of one run, so that the machine's moods fall on both.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use astra_core::engine::host::EngineHost;
use astra_core::engine::{Engine, Stop};
use astra_core::event::Event;

use crate::figure::{Figure, Target};
use crate::ground::Ground;
use crate::listening;
use crate::process::{self, CpuSeconds};
use crate::recording::Sound;
use crate::scripted_model::TEXT_TOKENS;
use crate::timed_engine::{Clock, Shown, TimedEngine};

/// How long the recording is, in seconds: with this model about a minute of work on two cores.
const SECONDS: u64 = 900;

/// In percent.
const MOST: f64 = 3.0;

/// Hears a recording with the scripted model in a real engine host.
///
/// # Errors
/// When the run fails.
pub fn measure(ground: &Ground) -> Result<Vec<Figure>> {
    let recording = ground.recording(Sound::Dictaphone, SECONDS)?;
    let model = ground.scripted_model()?;
    let folder = ground.new_folder()?;
    let (clock, stretch) = (Clock::default(), Arc::new(Stretch::default()));
    let (on_engine, seen, host_of) = (clock.clone(), Arc::clone(&stretch), Arc::clone(&stretch));
    let open_engine = move |load, devices| -> astra_core::Result<Box<dyn Engine>> {
        let mut host = EngineHost::new(load, devices);
        // Loading the model is neither the pipeline's work nor the engine's listening.
        host.start(&Stop::default())?;
        *locked(&host_of.host) = host.process_id();
        Ok(Box::new(TimedEngine::new(host, on_engine.clone())))
    };
    let watch = move |event: &Event| seen.see(event);
    listening::listen(&recording, folder.path(), Some(&model), watch, open_engine)?;

    let (began, ended, chunks) = stretch.ends()?;
    let Shown { spent, inside, calls, second_tries } = clock.shown();
    ensure!(calls > 0, "the engine was never asked");
    let whole = ended.at.duration_since(began.at).as_secs_f64();
    let beside_percent = |engine: Duration| 100.0 * (1.0 - engine.as_secs_f64() / whole);
    let beside = ended.own.own - began.own.own + ended.own.ended_children - began.own.ended_children;
    let engine = ended.host.own - began.host.own;
    let conditions = format!(
        "{:.0} min as {}, {chunks} chunks, {calls} calls ({second_tries} second tries), {TEXT_TOKENS} tokens each, \
         synthetic weights of the shape of Whisper base (f16), {} threads; engine {:.2} s of {whole:.2} s, counted \
         from before ffmpeg starts",
        SECONDS as f64 / 60.0,
        Sound::Dictaphone.described(),
        num_cpus::get_physical(),
        spent.as_secs_f64(),
    );
    Ok(vec![
        Figure::new("time beside the calls of the engine", beside_percent(spent), "%", Target::AtMost(MOST))
            .under(conditions),
        Figure::new("time beside whisper.cpp itself", beside_percent(inside), "%", Target::AtMost(MOST)).under(
            "the same run, less what the engine host says it spent: its process and its pipe count as overhead here",
        ),
        Figure::new("processor time beside the engine's", 100.0 * beside / engine, "%", Target::None).under(format!(
            "{beside:.2} s of Astra and ffmpeg, {engine:.2} s of the engine host: what is done while the engine computes"
        )),
    ])
}

/// A moment, and the processor time taken until then.
#[derive(Debug, Clone, Copy)]
struct Moment {
    at: Instant,
    own: CpuSeconds,
    host: CpuSeconds,
}

/// From the start of the job to the last chunk that is in the store.
#[derive(Debug, Default)]
struct Stretch {
    host: Mutex<Option<u32>>,
    began: Mutex<Option<Moment>>,
    ended: Mutex<Option<(Moment, u32)>>,
}

impl Stretch {
    fn see(&self, event: &Event) {
        match event {
            Event::JobStarted { .. } => *locked(&self.began) = Some(self.now()),
            Event::ChunkHeard { chunk, .. } => *locked(&self.ended) = Some((self.now(), chunk + 1)),
            _ => {}
        }
    }

    fn now(&self) -> Moment {
        // The clock first: reading /proc is no work of the pipeline.
        let at = Instant::now();
        let cpu = |id| process::cpu_seconds(id).unwrap_or_default();
        Moment { at, own: cpu(std::process::id()), host: locked(&self.host).map(cpu).unwrap_or_default() }
    }

    fn ends(&self) -> Result<(Moment, Moment, u32)> {
        let began = locked(&self.began).context("no job was started")?;
        let (ended, chunks) = locked(&self.ended).context("no chunk was heard")?;
        Ok((began, ended, chunks))
    }
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
