//! Parakeet TDT, through ONNX Runtime.
//!
//! The chunks of a request are encoded a few at a time and decoded all together: see [`greedy`].
//! What is heard in a chunk is the same whichever others it comes with, which is what makes a
//! resumed job whole. The model takes no language, and may drift into English where people speak
//! freely: the guard watches for that.

use std::sync::Arc;
use std::time::Duration;

use astra_core::chunks::{Chunk, SAMPLE_RATE};
use astra_core::clock;
use astra_core::engine::{Abilities, Ask, Effort, Engine, EngineError, Heard, Load, Stop};
use ort::session::RunOptions;

use crate::onnx;
use crate::pulse::Pulse;
use boost::Boost;
use encoder::{Encoded, Encoder};
use features::{Extractor, Features, HOP};
use folder::Folder;
use joint::Network;
use pieces::Pieces;

mod boost;
mod encoder;
mod features;
mod folder;
mod greedy;
mod joint;
mod likelihood;
mod pieces;
mod tensor_rt;
mod words;

/// Whether this build is for graphics cards.
const FOR_GRAPHICS_CARDS: bool = cfg!(any(feature = "cuda", feature = "vulkan", feature = "metal"));

/// How many chunks are encoded at once. A processor gains nothing by it, and needs the memory.
const ENCODED_AT_ONCE: usize = if FOR_GRAPHICS_CARDS { 16 } else { 1 };

/// How many chunks are decoded at once. On a processor a step for eight takes twice as long as a
/// step for one; what more would gain is not worth a person's waiting for the first of them.
const DECODED_AT_ONCE: usize = if FOR_GRAPHICS_CARDS { 64 } else { 8 };

/// Whether the decoder's states stay on the device. ONNX Runtime has no such memory of DirectML's to give, and that of a
/// processor is everybody's.
const STATES_ON_DEVICE: bool = cfg!(feature = "cuda");

/// Samples that never leave this distance from zero are the noise of a closed microphone.
const DIGITAL_SILENCE: u16 = 2;

/// The percentage of a chunk that is done when it is encoded: decoding is the lesser work.
const ENCODED: u8 = 80;

/// A Parakeet model, loaded.
pub struct Parakeet {
    extractor: Extractor,
    encoder: Encoder,
    network: Network,
    pieces: Pieces,
    /// Milliseconds of an encoded frame.
    frame_ms: u64,
    /// Whether several chunks may be decoded at once: see [`folder::Part::quantised`].
    together: bool,
    /// The council's words of the last request, and their tree.
    boost: Option<(Vec<String>, Option<Boost>)>,
    abilities: Abilities,
    pulse: Arc<Pulse>,
    spent: Spent,
}

/// Where the time of a request went, and what came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Spent {
    /// On the features of its chunks.
    pub features: Duration,
    /// On encoding them.
    pub encoding: Duration,
    /// On decoding what was encoded.
    pub decoding: Duration,
    /// How many pieces of words were said.
    pub pieces: usize,
}

impl Parakeet {
    /// Loads the model folder. `pulse` will beat while it listens.
    ///
    /// # Errors
    /// [`EngineError::ModelUnreadable`]; [`EngineError::Missing`] without the ONNX Runtime library, and
    /// [`EngineError::LibraryUnusable`] with one that is none; [`EngineError::NoDevice`] when it has no way to the device of
    /// this build.
    pub fn load(load: &Load, pulse: Arc<Pulse>) -> Result<Self, EngineError> {
        Self::load_with(load, pulse, STATES_ON_DEVICE)
    }

    fn load_with(load: &Load, pulse: Arc<Pulse>, states_on_device: bool) -> Result<Self, EngineError> {
        let unreadable =
            |reason: String| EngineError::ModelUnreadable { model: load.model.display().to_string(), reason };
        let folder = Folder::read(&load.model, FOR_GRAPHICS_CARDS).map_err(unreadable)?;
        let device = onnx::device()?;
        let environment = onnx::environment(&load.model)?;
        let threads = load.threads.clamp(1, num_cpus::get_physical().min(num_cpus::get()).max(1));
        let abilities =
            Abilities { device, languages: Vec::new(), word_times: true, vocabulary: true, batch: DECODED_AT_ONCE };
        // The smaller one first: if it is not what it should be, the larger one is not waited for.
        let network = Network::load(environment, &folder.joint, &folder.pieces, threads, states_on_device)?;
        Ok(Self {
            extractor: Extractor::new(),
            encoder: Encoder::load(environment, &folder.encoder, threads, ENCODED_AT_ONCE, network.depth())?,
            network,
            pieces: folder.pieces,
            frame_ms: (folder.subsampling * HOP) as u64 * 1000 / SAMPLE_RATE,
            together: !folder.joint.quantised,
            boost: None,
            abilities,
            pulse,
            spent: Spent::default(),
        })
    }

    /// Where the time of the last request went that was answered.
    pub fn spent(&self) -> Spent {
        self.spent
    }

    /// Lets so many chunks be encoded at once instead of what is usual on this device. A quantised encoder goes on
    /// with one, because it hears a chunk differently in company.
    pub fn encode_at_once(&mut self, count: usize) {
        self.encoder.go_with(count);
    }

    /// Encodes all chunks, in the order of the encoder's liking.
    fn encode(&mut self, chunks: &[Chunk], options: &RunOptions, stop: &Stop) -> Result<Vec<Encoded>, EngineError> {
        let began = clock::instant();
        let mut features: Vec<Option<Features>> = Vec::with_capacity(chunks.len());
        for chunk in chunks {
            let silent = chunk.pcm.iter().all(|sample| sample.unsigned_abs() <= DIGITAL_SILENCE);
            features.push((!silent).then(|| self.extractor.extract(&chunk.pcm)));
            self.pulse.beat();
        }
        self.spent.features = began.elapsed();
        let lengths: Vec<usize> = features.iter().map(|one| one.as_ref().map_or(0, |one| one.frames)).collect();
        let mut encoded = vec![Encoded::default(); chunks.len()];
        for party in self.encoder.parties(&lengths) {
            if stop.is_set() {
                return Err(EngineError::Stopped);
            }
            self.pulse.begin(chunks[party[0]].index);
            let together: Vec<&Features> = party.iter().filter_map(|chunk| features[*chunk].as_ref()).collect();
            for (chunk, one) in party.iter().zip(self.encoder.encode(&together, options)?) {
                encoded[*chunk] = one;
            }
            self.pulse.pass(ENCODED);
        }
        self.spent.encoding = began.elapsed().saturating_sub(self.spent.features);
        Ok(encoded)
    }

    /// What was said in each of the encoded chunks.
    fn decode(&mut self, encoded: &[Encoded], ask: &Ask, stop: &Stop) -> Result<Vec<Vec<greedy::Said>>, EngineError> {
        let began = clock::instant();
        if self.boost.as_ref().is_none_or(|(known, _)| *known != ask.vocabulary) {
            self.boost = Some((ask.vocabulary.clone(), Boost::new(&ask.vocabulary, &self.pieces)));
        }
        let swayed = ask.effort == Effort::Usual;
        let boost = self.boost.as_ref().and_then(|(_, boost)| boost.as_ref()).filter(|_| swayed);
        let pulse = Arc::clone(&self.pulse);
        let mut look = |done: f64| {
            pulse.pass(ENCODED + (done * f64::from(100 - ENCODED)) as u8);
            if stop.is_set() { Err(EngineError::Stopped) } else { Ok(()) }
        };
        let mut all = Vec::with_capacity(encoded.len());
        for some in encoded.chunks(if self.together { encoded.len().max(1) } else { 1 }) {
            let lengths: Vec<usize> = some.iter().map(|one| one.frames).collect();
            let mut decoding = self.network.begin(some)?;
            all.extend(greedy::decode(decoding.as_mut(), &lengths, self.pieces.blank(), boost, &mut look)?);
        }
        self.spent.decoding = began.elapsed();
        self.spent.pieces = all.iter().map(Vec::len).sum();
        Ok(all)
    }
}

impl Engine for Parakeet {
    fn abilities(&self) -> Abilities {
        self.abilities.clone()
    }

    fn listen(&mut self, chunks: &[Chunk], ask: &Ask, stop: &Stop) -> Result<Vec<Heard>, EngineError> {
        let began = clock::instant();
        let options = RunOptions::new().map_err(onnx::failed)?;
        let encoded = onnx::ending_with(stop, &options, || self.encode(chunks, &options, stop))?;
        let said = self.decode(&encoded, ask, stop)?;
        tracing::debug!(chunks = chunks.len(), spent = ?self.spent, "listened");
        let took_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX) / chunks.len().max(1) as u64;
        let heard = |(chunk, said): (&Chunk, &Vec<greedy::Said>)| {
            let audio_ms = chunk.pcm.len() as u64 * 1000 / SAMPLE_RATE;
            let words = words::words(said, &self.pieces, self.frame_ms, audio_ms);
            Heard { no_speech: if words.is_empty() { 1.0 } else { 0.0 }, words, took_ms }
        };
        Ok(chunks.iter().zip(&said).map(heard).collect())
    }
}

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
