//! Whisper, through whisper.cpp.
//!
//! One chunk is one call of `whisper_full`, so that no chunk knows of another: the same audio
//! gives the same words wherever it stands, which is what makes a resumed job whole. On a processor
//! several chunks are heard at the same time, each with a state of its own.

use std::collections::HashSet;
use std::ffi::{CStr, c_int};
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::Arc;
use std::thread;

use astra_core::chunks::{Chunk, SAMPLE_RATE};
use astra_core::clock;
use astra_core::computer::{Hardware, OtherPrograms};
use astra_core::engine::{Abilities, Ask, Effort, Engine, EngineError, Heard, Load, Stop};
use astra_core::transcript::Word;
use whisper_rs::whisper_rs_sys as sys;
use whisper_rs::{FullParams, WhisperContext, WhisperContextParameters, WhisperError, WhisperState, WhisperTokenId};

use crate::onnx;
use crate::pulse::Pulse;
use encoder::Encoder;
use instead::Encodings;
use settings::Settings;
use watch::Watch;
use weights::Weights;
use words::Token;

mod encoder;
mod header;
mod instead;
mod settings;
mod states;
#[cfg(test)]
mod tests;
mod times;
mod watch;
mod weights;
mod words;

/// Whether this build is for graphics cards.
const FOR_GRAPHICS_CARDS: bool = cfg!(any(feature = "cuda", feature = "vulkan", feature = "metal"));

/// From this probability of silence on, text the model was not sure of either is dropped.
const SURELY_SILENT: f32 = 0.6;

/// The mean logarithm of the tokens' probabilities below which the model was not sure.
const HARDLY_SURE: f32 = -1.0;

/// Samples that never leave this distance from zero are the noise of a closed microphone.
const DIGITAL_SILENCE: u16 = 2;

/// An encoder that would fill more than such a share of this computer's memory stays whisper.cpp's.
const SHARE_OF_MEMORY: u64 = 4;

/// A Whisper model, loaded.
pub struct Whisper {
    context: WhisperContext,
    /// What encodes in place of whisper.cpp, where it is faster and there.
    encoder: Option<Arc<Encoder>>,
    /// What whisper.cpp works in, one for each chunk that is heard at the same time; kept from chunk to chunk as
    /// long as nothing in it could sway the next one.
    states: Vec<Option<WhisperState>>,
    settings: Settings,
    threads: usize,
    others: OtherPrograms,
    abilities: Abilities,
    pulse: Arc<Pulse>,
    model: String,
}

impl Whisper {
    /// Loads the model file. `pulse` will beat while it listens.
    ///
    /// # Errors
    /// [`EngineError::ModelUnreadable`]; [`EngineError::NoDevice`] as [`device`] has it.
    pub fn load(load: &Load, pulse: Arc<Pulse>) -> Result<Self, EngineError> {
        let model = load.model.display().to_string();
        let unreadable = |reason: String| EngineError::ModelUnreadable { model: model.clone(), reason };
        let about = std::fs::metadata(&load.model).map_err(|error| unreadable(error.to_string()))?;
        if !about.is_file() {
            return Err(unreadable("it is not a file".to_owned()));
        }
        let mut file = std::fs::File::open(&load.model).map_err(|error| unreadable(error.to_string()))?;
        header::check(&mut file).map_err(unreadable)?;
        let device = device()?;
        let others = OtherPrograms::watched();

        let threads = load.threads.clamp(1, num_cpus::get_physical().min(num_cpus::get()).max(1));
        let (context, encoder) = match divided(&load.model, threads) {
            Ok((context, encoder)) => {
                tracing::info!("ONNX Runtime encodes");
                (context, Some(encoder))
            }
            Err(reason) => {
                tracing::info!(%reason, "whisper.cpp encodes by itself");
                let context = WhisperContext::new_with_params(&load.model, parameters());
                (context.map_err(|_| unreadable("whisper.cpp does not take it".to_owned()))?, None)
            }
        };
        let states = if FOR_GRAPHICS_CARDS { 1 } else { states::count(threads, &context, encoder.is_some()) };
        let abilities =
            Abilities { device, languages: languages(&context), word_times: true, vocabulary: true, batch: states };
        Ok(Self {
            context,
            encoder: encoder.map(Arc::new),
            states: std::iter::repeat_with(|| None).take(states).collect(),
            settings: Settings::default(),
            threads,
            others,
            abilities,
            pulse,
            model,
        })
    }

    /// Listens to at most as many chunks as there are states, all at the same time.
    fn hear(&mut self, party: &[Chunk], ask: &Ask, stop: &Stop) -> Result<Vec<Heard>, EngineError> {
        let began = clock::instant();
        let (params, prompt) = self.settings.for_ask(ask, &self.context);
        let (context, encoder, effort) = (&self.context, self.encoder.as_ref(), ask.effort);
        let asked = Asked { context, encoder, params, prompt, effort, stop, pulse: &self.pulse };
        let threads = match party.len() < self.threads {
            true => states::beside(self.others.busy_cores(), num_cpus::get(), self.threads),
            // Who has one thread waits for nobody.
            false => self.threads,
        };
        let given = party.iter().zip(&mut self.states).zip(states::shared(threads, party.len()));
        let said: Vec<Said> = thread::scope(|scope| {
            let hear = |((chunk, state), threads)| {
                let asked = &asked;
                scope.spawn(move || asked.hear(chunk, state, threads))
            };
            let listening: Vec<_> = given.map(hear).collect();
            let joined = listening.into_iter().map(|one| one.join().unwrap_or_else(|panic| resume_unwind(panic)));
            joined.collect::<Result<_, EngineError>>()
        })?;
        let took_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX) / party.len().max(1) as u64;
        let heard = |Said { words, no_speech }| Heard { words, no_speech, took_ms };
        Ok(said.into_iter().map(heard).collect())
    }
}

/// What was said in a chunk, and how likely it is that nobody spoke.
struct Said {
    words: Vec<Word>,
    no_speech: f32,
}

/// What is asked of all that are heard at the same time.
struct Asked<'a> {
    context: &'a WhisperContext,
    encoder: Option<&'a Arc<Encoder>>,
    params: FullParams<'static, 'static>,
    prompt: &'a [WhisperTokenId],
    effort: Effort,
    stop: &'a Stop,
    pulse: &'a Pulse,
}

impl Asked<'_> {
    fn hear(&self, chunk: &Chunk, kept: &mut Option<WhisperState>, threads: usize) -> Result<Said, EngineError> {
        self.pulse.begin(chunk.index);
        if chunk.pcm.iter().all(|sample| sample.unsigned_abs() <= DIGITAL_SILENCE) {
            return Ok(Said { words: Vec::new(), no_speech: 1.0 });
        }

        let (mut state, fresh) = match kept.take() {
            Some(state) => (state, false),
            None => (self.context.create_state().map_err(|error| failed(&error))?, true),
        };
        let threads = c_int::try_from(threads).unwrap_or(1);
        let mut params = self.params.clone();
        params.set_n_threads(threads);
        if !self.prompt.is_empty() {
            params.set_tokens(self.prompt);
        }
        let watch = Watch::new(self.stop.flag(), self.pulse, threads, fresh);
        watch.attach(&mut params);
        let listen = || state.full(params, &samples(&chunk.pcm));
        let (listened, encodings) = match self.encoder {
            Some(encoder) => instead::encoding_with(encoder, self.stop, listen),
            None => (listen(), Encodings { count: watch.windows(), failure: None }),
        };
        if let Some(error) = encodings.failure.or(listened.as_ref().err().map(failed)) {
            if matches!(listened, Err(WhisperError::GenericError(-7))) {
                // Out of memory for the hypotheses: whisper.cpp has freed the state already.
                std::mem::forget(state);
            }
            return Err(if self.stop.is_set() { EngineError::Stopped } else { error });
        }
        // What whisper.cpp decodes from an encoding that nobody computed reads well and was never said.
        if encodings.count != watch.windows() {
            let reason = format!("{} of {} windows were encoded", encodings.count, watch.windows());
            return Err(EngineError::Failed { reason });
        }
        if self.stop.is_set() {
            return Err(EngineError::Stopped);
        }

        let (mut words, certainty) = self.read(&state, &chunk.pcm);
        let no_speech = watch.no_speech();
        // whisper.cpp does this too, but at higher temperatures with a number that means nothing.
        if no_speech > SURELY_SILENT && certainty < HARDLY_SURE {
            words.clear();
        }
        // The random numbers of a state go on where they stopped, and hypotheses take a lot of
        // memory: after either, the next chunk gets a new one. What encodes is known with the first window.
        if watch.windows() > 0 && !watch.was_random() && self.effort == Effort::Usual {
            *kept = Some(state);
        }
        Ok(Said { words, no_speech })
    }

    /// The words in what was decoded last, and the mean logarithm of all tokens' probabilities.
    fn read(&self, state: &WhisperState, pcm: &[i16]) -> (Vec<Word>, f32) {
        let end_of_text = self.context.token_eot();
        let mut words = Vec::new();
        let (mut sum, mut count) = (0.0, 0.0);
        for segment in state.as_iter() {
            let mut tokens = Vec::new();
            for position in 0..segment.n_tokens() {
                let Some(token) = segment.get_token(position) else { continue };
                let data = token.token_data();
                if data.plog.is_finite() {
                    sum += data.plog;
                    count += 1.0;
                }
                if data.id < end_of_text
                    && let Ok(bytes) = token.to_bytes()
                {
                    tokens.push(Token { bytes: bytes.to_vec(), probability: data.p });
                }
            }
            let ms = |centiseconds: i64| u64::try_from(centiseconds).unwrap_or(0) * 10;
            let (start, end) = (ms(segment.start_timestamp()), ms(segment.end_timestamp()));
            words.extend(times::timed(words::words(&tokens), start, end, pcm));
        }
        let mut earliest = 0;
        for word in &mut words {
            word.start_ms = word.start_ms.max(earliest);
            word.end_ms = word.end_ms.max(word.start_ms);
            earliest = word.end_ms;
        }
        (words, if count > 0.0 { sum / count } else { 0.0 })
    }
}

impl Engine for Whisper {
    fn abilities(&self) -> Abilities {
        self.abilities.clone()
    }

    fn listen(&mut self, chunks: &[Chunk], ask: &Ask, stop: &Stop) -> Result<Vec<Heard>, EngineError> {
        if !self.abilities.languages.contains(&ask.language) {
            let reason = format!("the model {} knows no language «{}»", self.model, ask.language);
            return Err(EngineError::Failed { reason });
        }
        // Trying hard takes several times the memory.
        let together = if ask.effort == Effort::Usual { self.states.len() } else { 1 };
        let mut all = Vec::with_capacity(chunks.len());
        for party in chunks.chunks(together) {
            if stop.is_set() {
                return Err(EngineError::Stopped);
            }
            all.extend(self.hear(party, ask, stop)?);
        }
        Ok(all)
    }
}

/// The model divided between whisper.cpp and what encodes in its place, on a processor that is three times as fast.
///
/// # Errors
/// Why it cannot be, in words for the log.
fn divided(model: &Path, threads: usize) -> Result<(WhisperContext, Encoder), String> {
    if FOR_GRAPHICS_CARDS || !instead::possible() {
        return Err("this build has no other encoder".to_owned());
    }
    let environment = onnx::environment(model).map_err(|error| error.to_string())?;
    // Not of the free memory, so that what was begun is written to the end by the same one.
    let most = match Hardware::of_this_computer().memory_mb {
        0 => u64::MAX,
        memory_mb => memory_mb * 1_000_000 / SHARE_OF_MEMORY,
    };
    let (weights, rest) = Weights::divided(model, most)?;
    let context =
        WhisperContext::new_from_buffer_with_params(&rest, parameters()).map_err(|error| error.to_string())?;
    drop(rest);
    Ok((context, Encoder::load(environment, weights, threads)?))
}

fn parameters() -> WhisperContextParameters<'static> {
    let mut parameters = WhisperContextParameters::default();
    parameters.use_gpu(FOR_GRAPHICS_CARDS).flash_attn(FOR_GRAPHICS_CARDS);
    parameters
}

/// Samples as whisper.cpp wants them, and at least one second of them: on less it reads beyond
/// the end of its buffers (whisper.cpp #3910).
fn samples(pcm: &[i16]) -> Vec<f32> {
    let mut samples: Vec<f32> = pcm.iter().map(|sample| f32::from(*sample) / 32_768.0).collect();
    let second = usize::try_from(SAMPLE_RATE).unwrap_or_default();
    samples.resize(samples.len().max(second), 0.0);
    samples
}

/// The languages the model can be told to listen for. Older models lack the last of the list.
fn languages(context: &WhisperContext) -> Vec<String> {
    if !context.is_multilingual() {
        return vec!["en".to_owned()];
    }
    // 51,865 tokens with 99 languages, 51,866 with 100, as `whisper_vocab::num_languages` has it.
    let known = context.n_vocab() - 51_766;
    let names: HashSet<&str> = (0..known).filter_map(whisper_rs::get_lang_str).collect();
    let mut names: Vec<String> = names.into_iter().map(str::to_owned).collect();
    names.sort_unstable();
    names
}

/// What will compute, in words for a person.
///
/// # Errors
/// [`EngineError::NoDevice`] in a build for graphics cards on a computer without a usable one.
pub fn device() -> Result<String, EngineError> {
    if !FOR_GRAPHICS_CARDS {
        return Ok("CPU".to_owned());
    }
    // SAFETY: takes nothing and counts what is registered.
    let count = unsafe { sys::ggml_backend_dev_count() };
    for position in 0..count {
        // SAFETY: the position is below the count; devices live as long as the process.
        let device = unsafe { sys::ggml_backend_dev_get(position) };
        // SAFETY: a registered device, see above.
        let kind = unsafe { sys::ggml_backend_dev_type(device) };
        if kind == sys::ggml_backend_dev_type_GGML_BACKEND_DEVICE_TYPE_GPU
            || kind == sys::ggml_backend_dev_type_GGML_BACKEND_DEVICE_TYPE_IGPU
        {
            // SAFETY: a registered device, see above.
            let name = unsafe { sys::ggml_backend_dev_description(device) };
            // SAFETY: a C string that lives as long as the device.
            let name = unsafe { CStr::from_ptr(name) };
            let interface = if cfg!(feature = "cuda") { "CUDA" } else { "Vulkan" };
            return Ok(format!("{} ({interface})", name.to_string_lossy()));
        }
    }
    // whisper.cpp would compute on the processor without a word; there is a better build for that.
    Err(EngineError::NoDevice)
}

fn failed(error: &WhisperError) -> EngineError {
    EngineError::Failed { reason: format!("whisper.cpp: {error}") }
}
