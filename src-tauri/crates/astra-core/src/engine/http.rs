//! An engine that is somebody else's server: anything that takes `POST /v1/audio/transcriptions` as OpenAI defined it.
//!
//! Chunks are packed into pieces of some minutes, compressed, sent several at a time, and what comes back is given to
//! the chunks it belongs to. Whether audio may leave at all is not decided here: see [`crate::app::App::engine`].

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::ops::Range;
use std::time::Instant;

use futures_util::future::{BoxFuture, LocalBoxFuture};
use futures_util::{FutureExt as _, StreamExt as _, stream};
use tokio::runtime::Handle;

use super::{Abilities, Ask, Effort, Engine, EngineError, Heard, Stop};
use crate::chunks::{Chunk, LONGEST_CHUNK_MS, Span, ms_to_samples};
use crate::clock;
use crate::error::Error;
use crate::media::encode::{Codec, encode};
use crate::transcript::Word;

use client::{Sending, Unheard};
use dialect::Detail;
use piece::Piece;

pub mod answer;
pub mod client;
pub mod dialect;
pub mod endpoint;
pub mod key;
pub mod piece;
pub mod price;
#[cfg(test)]
pub(crate) mod testing;
pub mod timing;

pub use client::{Client, Patience};
pub use dialect::Dialect;
pub use endpoint::Endpoint;
pub use key::Key;
pub use price::Price;

/// What a listening says of its engine when a server heard it.
pub const HTTP: &str = "http";

/// How many chunks fill a piece: between five and ten minutes, since a chunk lasts up to half a minute.
const CHUNKS_IN_A_PIECE: usize = 15;

/// How often a request is tried while it is not known yet what the server takes, or where in a piece the fault lies.
const FEW_ATTEMPTS: u32 = 2;

/// From how many answers on with times that cannot be believed no piece holds more than one chunk.
const LIES: u32 = 2;

/// How many hearings are kept for whoever asks again after a failure: more than any batch has.
const KEPT: usize = 512;

/// Told how many milliseconds of audio a server has answered for.
type Count = dyn Fn(u64) -> BoxFuture<'static, ()> + Send;

/// A server that listens.
pub struct HttpEngine {
    client: Client,
    runtime: Handle,
    parallel: usize,
    /// Told what the server is paid for.
    count: Box<Count>,
    dialect: Cell<Dialect>,
    /// Whether the server took something said in that dialect.
    understood: Cell<bool>,
    /// How often its times could not be believed.
    lies: Cell<u32>,
    /// The longest piece it takes, in milliseconds.
    longest_ms: Cell<u64>,
    /// What was heard and paid for, and not handed over yet.
    kept: RefCell<VecDeque<(u64, Heard)>>,
}

impl HttpEngine {
    /// An engine that sends at most `parallel` requests at once and tells `count` how many milliseconds of audio the
    /// server has answered for with each, which is what it is paid for. To be made where there is an asynchronous
    /// runtime, and used where one may block.
    pub fn new(
        client: Client,
        parallel: usize,
        count: impl Fn(u64) -> BoxFuture<'static, ()> + Send + 'static,
    ) -> Self {
        Self {
            client,
            runtime: Handle::current(),
            parallel: parallel.max(1),
            count: Box::new(count),
            dialect: Cell::new(Dialect::BEST),
            understood: Cell::new(false),
            lies: Cell::new(0),
            longest_ms: Cell::new(piece::LONGEST_MS),
            kept: RefCell::default(),
        }
    }

    /// Has the server listen to a second of silence; returns what it takes. Nothing that anybody said leaves.
    ///
    /// # Errors
    /// As [`Engine::listen`].
    pub fn try_out(&mut self, stop: &Stop) -> Result<Dialect, EngineError> {
        let span = Span { start: 0, end: ms_to_samples(1_000) };
        let pcm = vec![0; span.len() as usize];
        let silence = Chunk { index: 0, span, pieces: vec![span], speech: vec![], overlap: 0, pcm };
        let ask = Ask { language: "es".to_owned(), vocabulary: Vec::new(), effort: Effort::Usual };
        self.listen(&[silence], &ask, stop)?;
        Ok(self.dialect.get())
    }

    /// Hears all of these chunks, several pieces at a time, and keeps what was heard.
    async fn hear_all(&self, chunks: &[&Chunk], ask: &Ask, stop: &Stop) -> Result<(), EngineError> {
        let mut rest = chunks;
        if !self.understood.get()
            && let Some(first) = self.plan(rest).first()
        {
            // The others profit from what the first one finds out.
            self.hear(&rest[first.clone()], ask, stop).await?;
            rest = &rest[first.end..];
        }
        let pieces = self.plan(rest);
        let mut hearing =
            stream::iter(pieces).map(|piece| self.hear(&rest[piece], ask, stop)).buffer_unordered(self.parallel);
        let mut failed = None;
        while let Some(outcome) = hearing.next().await {
            match outcome {
                // What cannot be heard costs nobody else his place: the others are paid for.
                Err(failure @ EngineError::Failed { .. }) => failed = Some(failure),
                outcome => outcome?,
            }
        }
        failed.map_or(Ok(()), Err)
    }

    fn plan(&self, chunks: &[&Chunk]) -> Vec<Range<usize>> {
        if self.is_one_by_one() {
            return (0..chunks.len()).map(|at| at..at + 1).collect();
        }
        piece::plan(chunks, self.parallel, self.longest_ms.get())
    }

    /// Whether a piece may hold one chunk only, since nobody could tell which words are whose.
    fn is_one_by_one(&self) -> bool {
        self.lies.get() >= LIES || self.dialect.get().detail == Detail::Text
    }

    /// Hears chunks as one piece, or as several when the server will not have it so.
    fn hear<'a>(
        &'a self,
        chunks: &'a [&'a Chunk],
        ask: &'a Ask,
        stop: &'a Stop,
    ) -> LocalBoxFuture<'a, Result<(), EngineError>> {
        async move {
            let began = clock::instant();
            loop {
                if self.is_one_by_one() && chunks.len() > 1 {
                    return self.in_parts(chunks, 1, ask, stop).await;
                }
                let mut piece = Piece::of(chunks);
                let (length_ms, half) = (piece.length_ms(), chunks.len().div_ceil(2));
                let dialect = self.dialect.get();
                let Some(sound) = self.pack(std::mem::take(&mut piece.pcm), dialect, stop).await? else { continue };
                let sending = Sending { sound: &sound, dialect, length_ms, ask };
                let attempts = if self.understood.get() { u32::MAX } else { FEW_ATTEMPTS };
                match self.client.send(&sending, attempts, stop).await {
                    Ok(answer) => {
                        self.understood.set(true);
                        (self.count)(length_ms).await;
                        if let Some(words) = timing::timed(&answer, length_ms) {
                            self.keep(chunks, ask, piece.words_of_chunks(&words), began);
                        } else if let [chunk] = chunks {
                            self.keep(chunks, ask, vec![timing::over_speech(&answer.text, chunk)], began);
                        } else {
                            let tells_none = answer.words.is_empty() && answer.segments.is_empty();
                            self.lies.set(if tells_none { LIES } else { self.lies.get() + 1 });
                            return self.in_parts(chunks, 1, ask, stop).await;
                        }
                        return Ok(());
                    }
                    Err(Unheard::TooLarge) if chunks.len() > 1 => {
                        self.longest_ms.set(self.longest_ms.get().min(length_ms / 2));
                        return self.in_parts(chunks, half, ask, stop).await;
                    }
                    Err(Unheard::TooLarge) => return Err(self.refused("HTTP 413".to_owned())),
                    Err(Unheard::Refused(reason)) if !self.understood.get() => {
                        let next = self.dialect.get().after_refusal(&reason);
                        self.dialect.set(next.ok_or_else(|| self.refused(reason))?);
                    }
                    Err(Unheard::Lost { reason, of_this: true }) if !self.understood.get() => {
                        // Some fail at a file that others would refuse.
                        let next = self.dialect.get().after_refusal("");
                        self.dialect.set(next.ok_or_else(|| self.unreachable(reason))?);
                    }
                    Err(Unheard::Refused(reason) | Unheard::Lost { reason, of_this: true }) => {
                        // It has heard others, so the fault lies in something of this piece.
                        if chunks.len() > 1 {
                            return self.in_parts(chunks, half, ask, stop).await;
                        }
                        return Err(EngineError::Failed { reason });
                    }
                    Err(Unheard::Lost { reason, of_this: false }) => return Err(self.unreachable(reason)),
                    Err(Unheard::Hopeless(failure)) => return Err(failure),
                }
            }
        }
        .boxed_local()
    }

    /// Hears chunks as pieces of `size` chunks, one after the other. One that cannot be heard may be an accident; at
    /// the second there is something else wrong.
    async fn in_parts(&self, chunks: &[&Chunk], size: usize, ask: &Ask, stop: &Stop) -> Result<(), EngineError> {
        let mut failed = None;
        for part in chunks.chunks(size) {
            match self.hear(part, ask, stop).await {
                Err(failure @ EngineError::Failed { .. }) if failed.is_none() => failed = Some(failure),
                outcome => outcome?,
            }
        }
        failed.map_or(Ok(()), Err)
    }

    /// Packs sound as the server takes it. None when this computer cannot; then another way is known.
    async fn pack(&self, pcm: Vec<i16>, dialect: Dialect, stop: &Stop) -> Result<Option<Vec<u8>>, EngineError> {
        let halt = stop.clone();
        let packing = self.runtime.spawn_blocking(move || encode(&pcm, dialect.codec, &halt)).await;
        match packing.map_err(|error| EngineError::Failed { reason: error.to_string() })? {
            Ok(sound) => Ok(Some(sound)),
            Err(Error::Stopped) => Err(EngineError::Stopped),
            Err(error) if dialect.codec == Codec::Wav => Err(EngineError::Failed { reason: error.to_string() }),
            Err(error) => {
                tracing::info!(code = error.code(), "sound is packed otherwise");
                self.understood.set(false);
                self.dialect.set(dialect.without_codec());
                Ok(None)
            }
        }
    }

    /// Keeps what was heard in each of these chunks until it is handed over.
    fn keep(&self, chunks: &[&Chunk], ask: &Ask, words: Vec<Vec<Word>>, began: Instant) {
        let all: u64 = chunks.iter().map(|chunk| chunk.pcm.len() as u64).sum::<u64>().max(1);
        let took_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        let mut kept = self.kept.borrow_mut();
        for (chunk, words) in chunks.iter().zip(words) {
            // Servers seldom say whether anybody spoke; the guard finds out by itself.
            let heard = Heard { words, no_speech: 0.0, took_ms: took_ms.saturating_mul(chunk.pcm.len() as u64) / all };
            kept.push_back((print(chunk, ask), heard));
        }
        let most = kept.len().saturating_sub(KEPT);
        kept.drain(..most);
    }

    fn chunks_in_a_piece(&self) -> usize {
        let by_length = usize::try_from(self.longest_ms.get() / LONGEST_CHUNK_MS).unwrap_or(usize::MAX);
        by_length.clamp(1, CHUNKS_IN_A_PIECE)
    }

    fn is_kept(&self, print: u64) -> bool {
        self.kept.borrow().iter().any(|(other, _)| *other == print)
    }

    fn refused(&self, reason: String) -> EngineError {
        EngineError::Refused { server: self.client.host(), reason }
    }

    fn unreachable(&self, reason: String) -> EngineError {
        EngineError::Unreachable { server: self.client.host(), reason }
    }
}

impl Engine for HttpEngine {
    fn abilities(&self) -> Abilities {
        let in_a_piece = if self.is_one_by_one() { 1 } else { self.chunks_in_a_piece() };
        Abilities {
            device: self.client.host(),
            languages: vec!["es".to_owned()],
            word_times: true,
            vocabulary: true,
            batch: self.parallel * in_a_piece,
        }
    }

    fn listen(&mut self, chunks: &[Chunk], ask: &Ask, stop: &Stop) -> Result<Vec<Heard>, EngineError> {
        let prints: Vec<u64> = chunks.iter().map(|chunk| print(chunk, ask)).collect();
        let wanted: Vec<&Chunk> =
            chunks.iter().zip(&prints).filter(|(_, print)| !self.is_kept(**print)).map(|(chunk, _)| chunk).collect();
        self.runtime.clone().block_on(self.hear_all(&wanted, ask, stop))?;
        let kept = self.kept.get_mut();
        let take = |print: &u64| {
            let at = kept.iter().position(|(other, _)| other == print)?;
            kept.remove(at).map(|(_, heard)| heard)
        };
        let heard: Option<Vec<Heard>> = prints.iter().map(take).collect();
        heard.ok_or_else(|| EngineError::Failed { reason: "a chunk was left out".to_owned() })
    }
}

impl std::fmt::Debug for HttpEngine {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("HttpEngine").field("client", &self.client).field("dialect", &self.dialect).finish()
    }
}

/// What tells a chunk from any other, listened to in this way.
fn print(chunk: &Chunk, ask: &Ask) -> u64 {
    let mut hasher = DefaultHasher::new();
    (&chunk.pcm, chunk.span, chunk.index, &ask.language, ask.effort).hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests;
