//! The sound of a session.

use astra_core::app::{App, MicrophoneHint, Sound};
use astra_core::id::SessionId;
use astra_core::peaks::PER_SECOND;
use serde::Serialize;
use tauri::State;

use super::Answer;
use crate::media_server::MediaServer;

/// A stretch of one part that can be played.
#[derive(Debug, Serialize, specta::Type)]
pub struct AudioSource {
    /// Which part, from 0.
    pub part: u32,
    /// Where the file begins, in milliseconds of the part.
    pub start_ms: u64,
    /// Where it ends.
    pub end_ms: u64,
    /// Where it is played from.
    pub url: String,
    /// Whether it is the listening copy.
    pub copy: bool,
}

/// The loudness of a part, for its waveform.
#[derive(Debug, Serialize, specta::Type)]
pub struct PeaksSource {
    /// Which part, from 0.
    pub part: u32,
    /// Where they are fetched from: signed bytes, minimum and maximum alternating.
    pub url: String,
    /// How many pairs there are for a second.
    pub per_second: u32,
}

/// At which microphone each segment of a session was spoken, as far as that is clear.
#[tauri::command]
#[specta::specta]
pub async fn microphone_propose(app: State<'_, App>, session: SessionId) -> Answer<Vec<MicrophoneHint>> {
    Ok(app.microphone_propose(session).await?)
}

/// The sound of a session.
#[derive(Debug, Serialize, specta::Type)]
pub struct Media {
    /// What can be played, in order.
    pub sources: Vec<AudioSource>,
    /// Its waveform.
    pub peaks: Vec<PeaksSource>,
}

/// Makes the sound of a session playable.
#[tauri::command]
#[specta::specta]
pub async fn media_open(app: State<'_, App>, server: State<'_, MediaServer>, session: SessionId) -> Answer<Media> {
    let sound = app.session_sound(session).await?;
    let source = |sound: Sound| AudioSource {
        part: sound.part,
        start_ms: sound.start_ms,
        end_ms: sound.end_ms,
        url: server.offer(sound.path),
        copy: sound.copy,
    };
    let peaks = |(part, path)| PeaksSource { part, url: server.offer(path), per_second: PER_SECOND as u32 };
    Ok(Media {
        sources: sound.sounds.into_iter().map(source).collect(),
        peaks: sound.peaks.into_iter().map(peaks).collect(),
    })
}
