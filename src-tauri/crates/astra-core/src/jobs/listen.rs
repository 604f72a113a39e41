//! Listening to one recording: a thread decodes and cuts, the engine hears as many chunks at a time as it likes, and
//! every chunk is in the store before anyone is told.

use std::collections::{HashMap, VecDeque};
use std::fs;
use std::io::ErrorKind;
use std::ops::Range;
use std::path::Path;
use std::pin::pin;
use std::thread;

use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use super::hear::Listener;
use super::keep::{Keep, Keeping};
use crate::app::App;
use crate::chunks::{Chunk, Cutter, Span, Tally, samples_to_ms};
use crate::engine::{Ask, Stop, StopOnDrop};
use crate::error::{Error, Result};
use crate::event::Event;
use crate::fingerprint;
use crate::guard::Fault;
use crate::id::SessionId;
use crate::intake::stream::{self, ReceivedHash};
use crate::media::decode::{Decoder, Input};
use crate::sentences::{clock_time, error_sentence, sentence};
use crate::sessions::{Ended, Outcome, Part, Recording, Source};
use crate::transcript::Word;

/// Chunks decoded ahead of an engine that hears one at a time. More would only cost memory: decoding is a hundred times
/// faster than listening. For one that hears several at once, as many more are decoded meanwhile.
const AHEAD: usize = 2;

/// Where a recording stands in its session.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// The session.
    pub session: SessionId,
    /// Which recording of it, from 0.
    pub position: usize,
    /// How long the recordings before it are, in milliseconds.
    pub before_ms: u64,
    /// How long all recordings are, in milliseconds, as far as their containers say.
    pub all_ms: Option<u64>,
}

/// Listens to what was not heard yet of a recording; returns how long it is in milliseconds.
/// Meanwhile its peaks and its listening copy are kept; when that fails a notice is given and
/// listening goes on.
///
/// # Errors
/// Those of reading, decoding, listening and storing. Every chunk committed before stays.
pub async fn listen_to(
    app: &App,
    listener: &mut Listener<'_>,
    part: &Part,
    place: &Place,
    ask: &Ask,
    keep: &Keep,
    stop: &Stop,
) -> Result<u64> {
    is_still_the_same(part)?;
    let hash = keep_hash(app, part, stop);
    let before = file_facts(&part.recording.source);
    let (input, received) = open(app, part, stop).await?;
    let (sender, mut chunks) = mpsc::channel(AHEAD);
    let (tell, told) = oneshot::channel();
    let (halt, stop_cutting) = (stop.clone(), Stop::default());
    let guard = StopOnDrop(stop_cutting.clone());
    let keep = keep.clone().with_microphones(app.store().microphones(part.recording.id).await?);
    let teller = app.clone();
    thread::spawn(move || {
        let mut keeping = Keeping::begin(&keep, move |error| {
            teller.emit(Event::NoticeGiven { message: error_sentence(&error) });
        });
        let outcome = cut(input, &mut keeping, &sender, &halt, &stop_cutting);
        keeping.finish(outcome.is_ok());
        // Nobody listens any more when the job has failed meanwhile.
        let _ = tell.send(outcome);
    });

    let mut previous = String::new();
    let mut count = 0;
    let mut ahead = VecDeque::from_iter(chunks.recv().await);
    while !ahead.is_empty() {
        let most = listener.batch();
        let batch: Vec<Chunk> = ahead.drain(..most.min(ahead.len())).collect();
        count += batch.len() as u32;
        let mut hearing = pin!(hear_and_commit(app, listener, part, place, ask, batch, previous));
        previous = loop {
            tokio::select! {
                heard = &mut hearing => break heard?,
                Some(chunk) = chunks.recv(), if ahead.len() < most => ahead.push_back(chunk),
            }
        };
        if ahead.is_empty() {
            ahead.extend(chunks.recv().await);
        }
    }
    let tally = told.await.map_err(|_| Error::Broken { reason: "decoding ended without a word".to_owned() })??;
    drop(guard);
    let after = file_facts(&part.recording.source);
    if before != after {
        let path = part.recording.source.display();
        // What was open can be read to its end after its share went away. It has not changed, and comes back.
        return Err(if after.is_none() { Error::RecordingMissing { path } } else { Error::RecordingChanged { path } });
    }
    let sha256 = match received {
        Some(received) => keep_received_hash(app, part, &received).await?,
        None => hash.await.map_err(|error| Error::Broken { reason: error.to_string() })??,
    };
    listener.insist(part.listening.id).await?;
    let ended = Ended { audio_samples: tally.audio_samples, skipped_samples: tally.skipped_samples };
    app.store().end_listening(part.recording.id, part.listening.id, count, ended).await?;
    app.store().settle(part.listening.id, place.position as u32).await?;
    let duration_ms = samples_to_ms(tally.audio_samples);
    warn_when_short(app, part, duration_ms);
    if let Err(error) = app.microphone_levels(&part.recording, stop).await {
        tracing::info!(code = error.code(), "which microphone was loudest is found out later");
    }
    app.emit(Event::RecordingHeard { session: place.session, recording: place.position, duration_ms, sha256 });
    Ok(duration_ms)
}

/// Of some chunks, at least one, hears those that still wait, commits each, then tells. `previous` is the text before
/// them, which the guard compares with theirs; returns the text of the last one.
async fn hear_and_commit(
    app: &App,
    listener: &mut Listener<'_>,
    part: &Part,
    place: &Place,
    ask: &Ask,
    chunks: Vec<Chunk>,
    previous: String,
) -> Result<String> {
    let (session, recording, listening) = (place.session, place.position, part.listening.id);
    let mut waiting = Vec::new();
    // The text before each chunk.
    let mut before = HashMap::from([(chunks[0].index, previous)]);
    let after_all = chunks[0].index + chunks.len() as u32;
    for chunk in chunks {
        match app.store().put_chunk(listening, &chunk).await?.outcome {
            Outcome::Heard(hearing) => drop(before.insert(chunk.index + 1, text(&hearing.words))),
            Outcome::Unheard => {}
            Outcome::Waiting => {
                app.emit(Event::ChunkCut { session, recording, chunk: chunk.index });
                waiting.push(chunk);
            }
        }
    }
    let reserved = if listener.sends() { app.store().reserved_in(part.recording.id).await? } else { Vec::new() };
    let (here, mut given): (Vec<Chunk>, Vec<Chunk>) = waiting.into_iter().partition(|chunk| has_any(chunk, &reserved));
    let first = listener.hear_together(&mut given, ask).await?;
    let given = given.into_iter().zip(first).map(|(chunk, first)| (chunk, Some(first)));
    let mut waiting: Vec<_> = given.chain(here.into_iter().map(|chunk| (chunk, None))).collect();
    waiting.sort_by_key(|(chunk, _)| chunk.index);
    for (chunk, given) in &waiting {
        let previous = before.remove(&chunk.index).unwrap_or_default();
        let hearing = match given {
            Some(first) => listener.hear(listening, chunk, first.clone(), ask, &previous).await?,
            None => listener.hear_here(listening, chunk, ask, &previous).await?,
        };
        if let Some(hearing) = &hearing {
            app.store().commit_hearing(listening, chunk.index, hearing).await?;
        }
        app.store().settle(listening, recording as u32).await?;
        let heard_ms = place.before_ms + chunk.span.end_ms();
        listener.pace.heard(chunk.span.end_ms().saturating_sub(chunk.span.start_ms()));
        let left_ms = place.all_ms.and_then(|all_ms| listener.pace.left_ms(all_ms.saturating_sub(heard_ms)));
        app.set_left_ms(session, left_ms);
        let faults = hearing.as_ref().map_or_else(|| vec![Fault::Unheard], |hearing| hearing.faults.clone());
        app.emit(Event::ChunkHeard { session, recording, chunk: chunk.index, heard_ms, left_ms, faults });
        before.insert(chunk.index + 1, hearing.map(|hearing| text(&hearing.words)).unwrap_or_default());
    }
    Ok(before.remove(&after_all).unwrap_or_default())
}

/// Whether any of what a chunk would give to an engine lies in these stretches, in milliseconds of the recording.
fn has_any(chunk: &Chunk, stretches: &[Range<u64>]) -> bool {
    let meets = |piece: &Span, stretch: &Range<u64>| piece.start_ms() < stretch.end && stretch.start < piece.end_ms();
    chunk.pieces.iter().any(|piece| stretches.iter().any(|stretch| meets(piece, stretch)))
}

/// A file that was put in the place of the one this job began with is another recording.
fn is_still_the_same(part: &Part) -> Result<()> {
    let Source::File(path) = &part.recording.source else { return Ok(()) };
    let found = fingerprint::quick(path).map_err(|error| unreadable(path, &error))?;
    match &part.recording.fingerprint {
        Some(known) if *known != found => Err(Error::RecordingChanged { path: path.display().to_string() }),
        _ => Ok(()),
    }
}

async fn open(app: &App, part: &Part, stop: &Stop) -> Result<(Input, Option<ReceivedHash>)> {
    match &part.recording.source {
        Source::File(path) => {
            let mut paths = vec![path.clone()];
            for microphone in app.store().microphones(part.recording.id).await? {
                let found =
                    fingerprint::quick(&microphone.path).map_err(|error| unreadable(&microphone.path, &error))?;
                if found != microphone.fingerprint {
                    return Err(Error::RecordingChanged { path: microphone.path.display().to_string() });
                }
                paths.push(microphone.path);
            }
            let input = if paths.len() > 1 { Input::Microphones(paths) } else { Input::File(path.clone()) };
            Ok((input, None))
        }
        Source::Url(url) => {
            let arriving = stream::open(url, stop).await?;
            if part.recording.fingerprint.is_some() && part.recording.fingerprint != arriving.fingerprint {
                return Err(Error::RecordingChanged { path: url.clone() });
            }
            Ok((Input::Stream(url.clone(), arriving.reader), Some(arriving.sha256)))
        }
    }
}

/// Decodes and cuts until the end of the recording, or until nobody wants more.
fn cut(input: Input, keeping: &mut Keeping, sender: &mpsc::Sender<Chunk>, stop: &Stop, enough: &Stop) -> Result<Tally> {
    let mut decoder = Decoder::start(input, stop)?;
    let mut cutter = Cutter::new();
    let mut samples = Vec::new();
    let unwanted = |_| Error::Stopped;
    while decoder.read(&mut samples)? > 0 {
        if enough.is_set() {
            return Err(Error::Stopped);
        }
        keeping.push(&samples);
        for chunk in cutter.push(&samples) {
            sender.blocking_send(chunk).map_err(unwanted)?;
        }
    }
    decoder.finish()?;
    for chunk in cutter.finish() {
        sender.blocking_send(chunk).map_err(unwanted)?;
    }
    Ok(cutter.tally())
}

/// Computes the SHA-256 of a file beside the listening, so that the first text does not wait for
/// it, and keeps it as soon as it is known, so that a run that is killed can be followed by one
/// that knows what it goes on with. A recording whose hash was known must still have it.
fn keep_hash(app: &App, part: &Part, stop: &Stop) -> JoinHandle<Result<Option<String>>> {
    let (app, recording, stop) = (app.clone(), part.recording.clone(), stop.clone());
    tokio::spawn(async move {
        let Source::File(path) = recording.source.clone() else { return Ok(None) };
        let (tell, told) = oneshot::channel();
        thread::spawn(move || {
            // Nobody waits for the hash when the job has failed meanwhile.
            let _ = tell.send(fingerprint::of_file(&path, &stop));
        });
        let path = recording.source.display();
        let found = match told.await {
            Ok(Ok(found)) => found.ok_or(Error::Stopped)?,
            Ok(Err(error)) => return Err(Error::RecordingUnreadable { path, reason: error.to_string() }),
            Err(_) => return Err(Error::Broken { reason: "hashing ended without a word".to_owned() }),
        };
        match &recording.sha256 {
            Some(known) if *known != found => return Err(Error::RecordingChanged { path }),
            Some(_) => {}
            None => app.store().set_sha256(recording.id, &found).await?,
        }
        Ok(Some(found))
    })
}

async fn keep_received_hash(app: &App, part: &Part, received: &ReceivedHash) -> Result<Option<String>> {
    let found = received.get();
    if let Some(found) = &found {
        app.store().set_sha256(part.recording.id, found).await?;
    }
    Ok(found)
}

/// Size and time of writing; a recording that is still being written changes them.
fn file_facts(source: &Source) -> Option<(u64, std::time::SystemTime)> {
    let Source::File(path) = source else { return None };
    let facts = fs::metadata(path).ok()?;
    Some((facts.len(), facts.modified().ok()?))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Error {
    let path = path.display().to_string();
    match error.kind() {
        ErrorKind::NotFound => Error::RecordingMissing { path },
        _ => Error::RecordingUnreadable { path, reason: error.to_string() },
    }
}

fn warn_when_short(app: &App, part: &Part, duration_ms: u64) {
    let recording = Recording { duration_ms: Some(duration_ms), ..part.recording.clone() };
    if let Some(missing) = recording.shortfall() {
        let (heard, claimed) = (clock_time(missing.start), clock_time(missing.end));
        let parameters = [("name", recording.name.as_str()), ("heard", &heard), ("claimed", &claimed)];
        app.emit(Event::NoticeGiven { message: sentence("notice.ended_early", &parameters) });
    }
}

fn text(words: &[Word]) -> String {
    words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
