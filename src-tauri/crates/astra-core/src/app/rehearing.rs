//! Listening to passages again with another model, which is an edit of the text like any other.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::sync::{MutexGuard, PoisonError};

use serde::Serialize;

use super::{App, blocking};
use crate::chunks::{Chunk, Cutter, Span, ms_to_samples};
use crate::engine::{Ask, Effort, Engine, EngineError, Stop};
use crate::error::{Error, Result};
use crate::event::Event;
use crate::id::{SegmentId, SessionId};
use crate::jobs::hear::{asks_for_another_try, better, judged, thorough};
use crate::jobs::keep;
use crate::media::copy;
use crate::media::decode::{Decoder, Input};
use crate::models::{Aim, DEMO, choose};
use crate::sentences::sentence;
use crate::sessions::{Hearing, ListeningKey, Part};
use crate::transcript::{self, Edit, Together, Utterance, together};

/// What came of listening again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, specta::Type)]
pub struct Rehearing {
    /// In how many passages words were heard, which are their text now.
    pub heard: u32,
    /// In how many nothing was heard: they keep their text.
    pub silent: u32,
}

/// How far it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, specta::Type)]
pub struct RehearingProgress {
    /// How much is done, in milliseconds of sound.
    pub done_ms: u64,
    /// How much there is; 0 until that is known.
    pub total_ms: u64,
}

/// What is being listened to again.
#[derive(Debug)]
pub(super) struct UnderWay {
    stop: Stop,
    progress: RehearingProgress,
}

/// What listens.
struct Engines {
    first: Box<dyn Engine>,
    /// What hears again what the first one, which cannot be told the language, hears badly.
    beside: Option<Box<dyn Engine>>,
}

/// The sound of a recording, read forwards.
struct Sound {
    /// What is left to open, each with the sample of the recording that it begins with.
    sources: std::vec::IntoIter<(u64, Input)>,
    decoder: Option<Decoder>,
    /// Samples that were decoded and not asked for yet, and the first of them in the recording.
    pcm: Vec<i16>,
    first: u64,
}

impl App {
    /// Listens to passages of a session again with a model of this computer, and writes what it hears in their place:
    /// some minutes at a time, each an edit that can be undone. Passages that somebody changes meanwhile stay.
    ///
    /// # Errors
    /// [`Error::SessionBusy`] when that is being done already, and while one of their parts is still being heard for the
    /// first time; [`Error::RecordingMissing`], also when not all of the listening copy is there;
    /// [`Error::ModelNotInstalled`] and the like; [`Error::Stopped`].
    pub async fn passages_listen_again(
        &self,
        session: SessionId,
        passages: &[SegmentId],
        model: &str,
        stop: &Stop,
    ) -> Result<Rehearing> {
        let under_way = UnderWay { stop: stop.clone(), progress: RehearingProgress::default() };
        match self.rehearings().entry(session) {
            // What stops the one that runs stays in its place.
            Entry::Occupied(_) => return Err(Error::SessionBusy { session: session.to_string() }),
            Entry::Vacant(place) => {
                place.insert(under_way);
            }
        }
        let done = self.listen_again(session, passages, model, stop).await;
        self.rehearings().remove(&session);
        // Whoever looks at the session without having asked for this learns that it ended.
        self.tell_session(session);
        done
    }

    /// How far listening again to passages of a session is; none when nobody asked for it.
    pub fn passages_progress(&self, session: SessionId) -> Option<RehearingProgress> {
        self.rehearings().get(&session).map(|under_way| under_way.progress)
    }

    /// Stops listening again to passages of a session. What was written stays.
    pub fn passages_stop(&self, session: SessionId) {
        if let Some(under_way) = self.rehearings().get(&session) {
            under_way.stop.set();
        }
    }

    fn rehearings(&self) -> MutexGuard<'_, HashMap<SessionId, UnderWay>> {
        self.rehearings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn listen_again(
        &self,
        session: SessionId,
        passages: &[SegmentId],
        model: &str,
        stop: &Stop,
    ) -> Result<Rehearing> {
        let summary = self.store().session(session).await?;
        let segments = self.store().seen(session).await?.scene.segments;
        let groups = together(&segments, &passages.iter().copied().collect::<HashSet<_>>());
        let total_ms: u64 = groups.iter().map(|group| group.end_ms - group.start_ms).sum();
        let (mut done, mut done_ms) = (Rehearing::default(), 0);
        let tell = |done_ms| {
            if let Some(under_way) = self.rehearings().get_mut(&session) {
                under_way.progress = RehearingProgress { done_ms, total_ms };
            }
            self.emit(Event::PassagesReheard { session, done_ms, total_ms });
        };
        tell(0);
        let mut at_work: Option<(u32, Sound, Engines, Ask)> = None;
        for group in groups {
            let changed = || Error::SessionUnknown { id: session.to_string() };
            let part = summary.parts.get(group.part as usize).ok_or_else(changed)?;
            if part.listening.ended.is_none() {
                return Err(Error::SessionBusy { session: session.to_string() });
            }
            let (sound, engines, ask) = match at_work.take() {
                Some((part, sound, engines, ask)) if part == group.part => (sound, engines, ask),
                _ => (self.sound_of(part).await?, self.engines(session, model, part).await?, ask_of(part, model)),
            };
            let missing = Error::RecordingMissing { path: part.recording.source.display() };
            let (length, stop) = (group.segments.len() as u32, stop.clone());
            let group_ms = group.end_ms - group.start_ms;
            let (part, group, heard, sound, engines, ask) = blocking(move || {
                let (mut sound, mut engines) = (sound, engines);
                let pcm =
                    sound.read(ms_to_samples(group.start_ms), ms_to_samples(group.end_ms), &stop)?.ok_or(missing)?;
                let heard = hear(&group, &pcm, &mut engines, &ask, &stop)?;
                Ok((group.part, group, heard, sound, engines, ask))
            })
            .await?;
            at_work = Some((part, sound, engines, ask));
            let speller = self.store().speller_of(session).await?;
            let mut found = group.with(&heard);
            found.iter_mut().for_each(|one| speller.respell(&mut one.segment));
            done.heard += found.len() as u32;
            done.silent += length - found.len() as u32;
            if !found.is_empty() {
                let edit = Edit::Rehear { passages: found, model: model.to_owned() };
                match self.store().edit_newest(session, &edit).await {
                    // The same words again, or somebody changed them meanwhile.
                    Ok(_) | Err(Error::EditRefused { .. }) => {}
                    Err(error) => return Err(error),
                }
                self.tell_session(session);
            }
            done_ms += group_ms;
            tell(done_ms);
        }
        Ok(done)
    }

    /// The sound of a part: its recording, or the listening copy when that is away.
    async fn sound_of(&self, part: &Part) -> Result<Sound> {
        let microphones = self.store().microphones(part.recording.id).await?;
        let missing = || Error::RecordingMissing { path: part.recording.source.display() };
        let sources = match keep::input(&part.recording, &microphones) {
            Some(input) => vec![(0, input)],
            None => {
                let pieces = copy::pieces(&self.folder().recording(part.recording.id).join("copy"));
                pieces.into_iter().map(|piece| (piece.first_sample, Input::File(piece.path))).collect()
            }
        };
        if sources.is_empty() {
            return Err(missing());
        }
        Ok(Sound { sources: sources.into_iter(), decoder: None, pcm: Vec::new(), first: 0 })
    }

    /// An engine with a model of this computer, and what hears again what that one hears badly.
    async fn engines(&self, session: SessionId, model: &str, part: &Part) -> Result<Engines> {
        let hash = part.recording.sha256.as_deref();
        let choice = choose(self.library().catalog(), Some(model), hash, &self.library().list(), &Aim::default())?;
        if choice.warning {
            self.emit(Event::NoticeGiven { message: sentence("notice.demo_model", &[]) });
        }
        let (model, _) = self.ready(&choice.id).await?;
        let key = part.listening.key.clone();
        let key = ListeningKey { engine: model.engine, model: model.id, model_sha256: model.sha256, ..key };
        let threads = self.settings_get().await?.threads;
        let beside = self.engine_beside(session, &key, threads).await?;
        Ok(Engines { first: self.engine(session, &key, threads).await?, beside: beside.map(|(_, engine)| engine) })
    }
}

/// What the first engine was asked, which the demo model would lose its way with: see [`App::words_for`].
fn ask_of(part: &Part, model: &str) -> Ask {
    let key = &part.listening.key;
    let vocabulary = if model == DEMO { Vec::new() } else { key.vocabulary.clone() };
    Ask { language: key.language.clone(), vocabulary, effort: Effort::Usual }
}

impl Engines {
    /// Listens to a chunk a second time: with the engine beside, or else harder. Nothing when that fails: then the first
    /// try is still what was heard.
    fn again(&mut self, chunk: &Chunk, ask: &Ask, previous: &str, stop: &Stop) -> Result<Option<Hearing>> {
        let (engine, ask) = match &mut self.beside {
            Some(beside) => (beside, ask.clone()),
            None => (&mut self.first, thorough(ask)),
        };
        match engine.listen(std::slice::from_ref(chunk), &ask, stop) {
            Ok(heard) => Ok(heard.into_iter().next().map(|heard| judged(heard, chunk, &ask, previous))),
            Err(EngineError::Stopped) => Err(Error::Stopped),
            Err(failure) => {
                tracing::warn!(chunk = chunk.index, %failure, "a passage was not heard a second time");
                Ok(None)
            }
        }
    }
}

impl Sound {
    /// The samples from `start` to before `end` of the recording, or as many of them as it has; `None` when they begin
    /// later, because a piece of the copy is not there, or not at all. Never goes back.
    fn read(&mut self, start: u64, end: u64, stop: &Stop) -> Result<Option<Vec<i16>>> {
        let mut samples = Vec::new();
        while self.first + (self.pcm.len() as u64) < end {
            let Some(decoder) = &mut self.decoder else {
                // Pieces that end before what is wanted are not opened.
                let next = self.sources.as_slice().get(1).map(|(first, _)| *first);
                let Some((first, input)) = self.sources.next() else { break };
                if next.is_none_or(|next| next > start) {
                    self.decoder = Some(Decoder::start(input, stop)?);
                    (self.pcm, self.first) = if self.first + self.pcm.len() as u64 == first {
                        (std::mem::take(&mut self.pcm), self.first)
                    } else {
                        (Vec::new(), first)
                    };
                }
                continue;
            };
            if decoder.read(&mut samples)? == 0 {
                if let Some(ended) = self.decoder.take() {
                    ended.finish()?;
                }
                continue;
            }
            let passed = usize::try_from(start.saturating_sub(self.first)).unwrap_or(usize::MAX).min(self.pcm.len());
            self.pcm.drain(..passed);
            self.first += passed as u64;
            self.pcm.extend_from_slice(&samples);
        }
        let place = |at: u64| usize::try_from(at.saturating_sub(self.first)).unwrap_or(usize::MAX).min(self.pcm.len());
        let wanted = &self.pcm[place(start)..place(end)];
        Ok((self.first <= start && !wanted.is_empty()).then(|| wanted.to_vec()))
    }
}

/// Cuts and hears the sound of some passages as that of a whole recording is.
fn hear(group: &Together, pcm: &[i16], engines: &mut Engines, ask: &Ask, stop: &Stop) -> Result<Vec<Utterance>> {
    let begins = ms_to_samples(group.start_ms);
    let mut cutter = Cutter::new();
    let mut chunks = cutter.push(pcm);
    chunks.extend(cutter.finish());
    let chunks: Vec<Chunk> = chunks.into_iter().map(|chunk| moved(chunk, begins)).collect();
    let (mut hearings, mut previous) = (Vec::new(), String::new());
    while hearings.len() < chunks.len() {
        let from = hearings.len();
        let batch = &chunks[from..chunks.len().min(from + engines.first.abilities().batch.max(1))];
        for (chunk, heard) in batch.iter().zip(engines.first.listen(batch, ask, stop)?) {
            let mut hearing = judged(heard, chunk, ask, &previous);
            if asks_for_another_try(&hearing) {
                hearing = engines.again(chunk, ask, &previous, stop)?.into_iter().fold(hearing, better);
            }
            previous = hearing.words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
            hearings.push(transcript::Hearing {
                start_ms: chunk.span.start_ms(),
                end_ms: chunk.span.end_ms(),
                overlap_ms: crate::chunks::samples_to_ms(chunk.overlap),
                words: hearing.words,
                faults: hearing.faults,
            });
        }
        if hearings.len() == from {
            return Err(Error::Broken { reason: "the engine answered nothing".to_owned() });
        }
    }
    Ok(transcript::join(&[transcript::Part { recording: group.part as usize, offset_ms: 0, hearings }]))
}

/// A chunk on the clock of its recording.
fn moved(mut chunk: Chunk, by: u64) -> Chunk {
    let stretches = std::iter::once(&mut chunk.span).chain(&mut chunk.pieces).chain(&mut chunk.speech);
    stretches.for_each(|span| *span = Span { start: span.start + by, end: span.end + by });
    chunk
}

#[cfg(test)]
mod tests;
