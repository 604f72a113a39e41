//! The sound of a session: what can be played of it, and its waveform.

use std::path::PathBuf;

use super::{App, blocking};
use crate::chunks::samples_to_ms;
use crate::engine::Stop;
use crate::error::Result;
use crate::event::Event;
use crate::id::SessionId;
use crate::jobs::keep::{Keep, make_missing};
use crate::media::copy;
use crate::media::reach::within_reach;
use crate::sessions::{Part, Source};

/// A file that holds a stretch of a part's sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sound {
    /// Which part, from 0.
    pub part: u32,
    /// Where the file begins, in milliseconds of the part.
    pub start_ms: u64,
    /// Where it ends.
    pub end_ms: u64,
    /// The file.
    pub path: PathBuf,
    /// Whether it is a piece of the listening copy.
    pub copy: bool,
}

/// What can be played and drawn of a session.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SoundOfSession {
    /// The listening copy first, whose clock is the engine's to the sample; then the originals.
    pub sounds: Vec<Sound>,
    /// For each part the file of its peaks, which may still grow.
    pub peaks: Vec<(u32, PathBuf)>,
}

impl App {
    /// What can be played and drawn of a session. What is missing of a part that was heard is made
    /// in the background, and told when it is there.
    ///
    /// # Errors
    /// [`crate::Error::SessionUnknown`].
    pub async fn session_sound(&self, session: SessionId) -> Result<SoundOfSession> {
        let summary = self.store().session(session).await?;
        let keeps_copy = self.settings_get().await?.listening_copy;
        let mut sound = SoundOfSession::default();
        let mut originals = Vec::new();
        let there = within_reach(summary.parts.iter().map(|part| &part.recording.source)).await;
        for ((position, part), there) in (0..).zip(&summary.parts).zip(there) {
            let microphones = self.store().microphones(part.recording.id).await?;
            let keep = Keep::of(self.folder(), part.recording.id, keeps_copy).with_microphones(microphones);
            let folder = self.folder().recording(part.recording.id).join("copy");
            sound.sounds.extend(copy::pieces(&folder).into_iter().map(|piece| Sound {
                part: position,
                start_ms: samples_to_ms(piece.first_sample),
                end_ms: samples_to_ms(piece.end_sample),
                path: piece.path,
                copy: true,
            }));
            if let Source::File(path) = &part.recording.source
                && there
            {
                let end_ms = part.recording.duration_ms.or(part.recording.claimed_ms).unwrap_or_default();
                originals.push(Sound { part: position, start_ms: 0, end_ms, path: path.clone(), copy: false });
            }
            self.complete(session, part, &keep, folder);
            sound.peaks.push((position, keep.peaks));
        }
        sound.sounds.append(&mut originals);
        Ok(sound)
    }

    /// Makes what is missing of a recording that was heard to its end.
    fn complete(&self, session: SessionId, part: &Part, keep: &Keep, folder: PathBuf) {
        let recording = part.recording.clone();
        let Some(duration_ms) = recording.duration_ms.filter(|_| part.listening.ended.is_some()) else { return };
        if keep.is_whole(duration_ms) {
            return;
        }
        let (app, keep) = (self.clone(), keep.clone());
        tokio::spawn(async move {
            match blocking(move || make_missing(&recording, &keep, &folder, &Stop::default())).await {
                Ok(()) => app.emit(Event::SoundCompleted { session }),
                Err(error) => tracing::info!(code = error.code(), "the sound of a part stays incomplete"),
            }
        });
    }
}
