//! What a rendition is made of: the files of a session, and what of it may be heard, seen and read.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::app::{App, blocking};
use crate::chunks::samples_to_ms;
use crate::error::{Error, Result};
use crate::export::{self, Format, reserved};
use crate::id::{RecordingId, SessionId};
use crate::jobs::keep::original;
use crate::media::copy;
use crate::media::render::arguments::Source;
use crate::media::render::source;
use crate::minutes::acta::Copy;
use crate::minutes::masks::take_out;
use crate::minutes::secrets;
use crate::sessions::{Part, Recording};
use crate::settings::DataFolder;
use crate::store::Microphone;

/// How much more is silent and dark than what is reserved, in milliseconds: words begin before the moment that an
/// engine gives them, and an edge of them would tell.
const RESERVED_EDGE_MS: u64 = 500;

/// The same for a datum.
const DATUM_EDGE_MS: u64 = 250;

/// The files of a session.
pub struct Material {
    /// What the secretary calls it.
    pub title: String,
    /// Its language, as ISO 639-1.
    pub language: String,
    /// How long it is, in milliseconds.
    pub length_ms: u64,
    /// Its recordings, each with its length on the session's clock.
    pub parts: Vec<(Recording, u64)>,
    /// The microphones that are heard together with each of them.
    pub microphones: BTreeMap<RecordingId, Vec<Microphone>>,
    /// The files that are rendered, in order: the recordings, and the listening copies of those that are gone.
    pub sources: Vec<Source>,
}

/// What of a session may be heard, seen and read.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Hidden {
    /// Where nothing may be heard, in milliseconds of the session.
    pub silent: Vec<Range<u64>>,
    /// Where nothing may be seen.
    pub dark: Vec<Range<u64>>,
    /// What may be read, as SubRip; empty when nothing was said.
    pub subtitles: Vec<u8>,
}

impl Material {
    /// Whether anything moves beside the sound.
    pub fn has_picture(&self) -> bool {
        self.sources.iter().any(|source| source.picture.is_some())
    }
}

impl App {
    /// The files of a session.
    ///
    /// # Errors
    /// [`Error::SessionUnknown`], [`Error::RecordingMissing`], and those of reading a recording.
    pub(super) async fn rendition_material(&self, session: SessionId) -> Result<Material> {
        let summary = self.store().session(session).await?;
        let length = |part: &Part| part.recording.duration_ms.or(part.recording.claimed_ms).unwrap_or_default();
        let parts: Vec<(Recording, u64)> =
            summary.parts.iter().map(|part| (part.recording.clone(), length(part))).collect();
        let mut microphones = BTreeMap::new();
        for (recording, _) in &parts {
            microphones.insert(recording.id, self.store().microphones(recording.id).await?);
        }
        let (folder, looked_at) = (self.folder().clone(), parts.clone());
        let mixed: BTreeMap<RecordingId, bool> =
            microphones.iter().map(|(recording, beside)| (*recording, !beside.is_empty())).collect();
        let sources = blocking(move || {
            let files = looked_at.iter().map(|(recording, length_ms)| {
                files_of(&folder, recording, *length_ms, mixed.get(&recording.id) == Some(&true))
            });
            Ok(files.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
        })
        .await?;
        Ok(Material {
            title: summary.session.title,
            language: summary.session.language,
            length_ms: parts.iter().map(|(_, length_ms)| length_ms).sum(),
            parts,
            microphones,
            sources,
        })
    }

    /// What of a session may be heard, seen and read in a copy. What is reserved is read in none.
    ///
    /// # Errors
    /// Those of the store.
    pub(super) async fn hidden(&self, session: SessionId, copy: Copy) -> Result<Hidden> {
        let (_, mut document) = self.document(session).await?;
        let mut hidden = Hidden::default();
        if copy == Copy::Public {
            let stated = self.store().minutes(session).await?;
            let secrets = secrets(&document.segments, &stated.minutes.entries, &stated.refused);
            let data = take_out(&mut document.segments, &secrets);
            hidden.dark = widened(&reserved(&document), RESERVED_EDGE_MS);
            hidden.silent = [hidden.dark.clone(), widened(&data, DATUM_EDGE_MS)].concat();
        }
        if !document.segments.is_empty() {
            hidden.subtitles = export::write(&document, Format::Srt)?;
        }
        Ok(hidden)
    }
}

/// The folder of what is kept of a recording, and how long it is.
pub(super) fn kept(folder: &DataFolder, recording: RecordingId) -> std::path::PathBuf {
    folder.recording(recording).join("copy")
}

/// The recording itself, if it is there and nobody changed it, or else the pieces of its listening copy; those
/// first of one that was `mixed` from several microphones, of which its file is one.
fn files_of(folder: &DataFolder, recording: &Recording, length_ms: u64, mixed: bool) -> Result<Vec<Source>> {
    if let Some(path) = original(recording).filter(|_| !mixed) {
        return Ok(vec![source(&path, length_ms)?]);
    }
    let pieces = copy::pieces(&kept(folder, recording.id));
    let whole = copy::covers(&pieces, crate::chunks::ms_to_samples(length_ms));
    if pieces.is_empty() || !whole {
        return Err(Error::RecordingMissing { path: recording.source.display() });
    }
    let length = |piece: &copy::Piece| samples_to_ms(piece.end_sample) - samples_to_ms(piece.first_sample);
    pieces.iter().map(|piece| source(&piece.path, length(piece))).collect()
}

fn widened(ranges: &[Range<u64>], edge_ms: u64) -> Vec<Range<u64>> {
    ranges.iter().map(|range| range.start.saturating_sub(edge_ms)..range.end + edge_ms).collect()
}
