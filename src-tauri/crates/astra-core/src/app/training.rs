//! Corrected sessions as a training set: pieces of sound and text in a folder, in the forms that NeMo
//! (`manifest.jsonl`) and Hugging Face (an audio folder with its `metadata.csv`) read.

use std::fs;
use std::ops::Range;
use std::path::Path;

use serde::Serialize;

use super::{App, blocking};
use crate::chunks::ms_to_samples;
use crate::engine::Stop;
use crate::error::{Error, Result};
use crate::export::training::{Piece, pieces};
use crate::id::SessionId;
use crate::jobs::keep;
use crate::media::decode::{Decoder, Input};
use crate::media::encode::{Codec, encode};
use crate::transcript::Segment;

/// The folder of the sound, in that of the set.
const AUDIO: &str = "audio";

/// What a training set holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TrainingSet {
    /// How many pieces.
    pub pieces: usize,
    /// How long they are together, in milliseconds.
    pub audio_ms: u64,
    /// Recordings whose file is not there, or is another one by now: nothing of them is in it.
    pub missing: Vec<String>,
}

/// The sound of a recording and what is cut out of it, each with the name of its file.
struct Cutting {
    input: Input,
    pieces: Vec<(String, Piece)>,
}

impl App {
    /// Writes a training set of sessions into a new or empty folder; with `whole` also what nobody touched and the
    /// machine was sure of, which is for sessions that were read to their end. What is reserved in any session of a
    /// recording is never there.
    ///
    /// # Errors
    /// [`Error::FolderTaken`], [`Error::SessionUnknown`], [`Error::Stopped`]; those of decoding and writing.
    pub async fn training_export(
        &self,
        sessions: &[SessionId],
        folder: &Path,
        whole: bool,
        stop: &Stop,
    ) -> Result<TrainingSet> {
        let (mut set, mut cuttings) = (TrainingSet::default(), Vec::new());
        for session in sessions {
            let summary = self.store().session(*session).await?;
            let segments = self.store().seen(*session).await?.scene.segments;
            for (position, part) in (0_u32..).zip(&summary.parts) {
                let reserved = self.store().reserved_in(part.recording.id).await?;
                let pieces = named(*session, position, &segments, &reserved, whole);
                if pieces.is_empty() {
                    continue;
                }
                let microphones = self.store().microphones(part.recording.id).await?;
                match keep::input(&part.recording, &microphones) {
                    Some(input) => cuttings.push(Cutting { input, pieces }),
                    None => set.missing.push(part.recording.source.display()),
                }
            }
        }
        let (folder, stop) = (folder.to_owned(), stop.clone());
        let pieces = blocking(move || write(&folder, cuttings, &stop)).await?;
        Ok(TrainingSet { pieces: pieces.len(), audio_ms: pieces.iter().map(Piece::length_ms).sum(), ..set })
    }
}

/// The pieces of a part, under names that no other part of any session has.
fn named(
    session: SessionId,
    part: u32,
    segments: &[Segment],
    reserved: &[Range<u64>],
    whole: bool,
) -> Vec<(String, Piece)> {
    let ours: Vec<Segment> = segments.iter().filter(|segment| segment.part == part).cloned().collect();
    let name = |piece: &Piece| format!("{AUDIO}/{session}-{part}-{:08}.wav", piece.start_ms);
    pieces(&ours, reserved, whole).into_iter().map(|piece| (name(&piece), piece)).collect()
}

/// Writes a set, and returns what is in it.
fn write(folder: &Path, cuttings: Vec<Cutting>, stop: &Stop) -> Result<Vec<Piece>> {
    if fs::read_dir(folder).is_ok_and(|mut inside| inside.next().is_some()) {
        return Err(Error::FolderTaken { path: folder.display().to_string() });
    }
    let audio = folder.join(AUDIO);
    fs::create_dir_all(&audio).map_err(|error| Error::writing(&audio, &error))?;
    let (mut manifest, mut table) = (String::new(), csv::Writer::from_writer(Vec::new()));
    let broken = |error: csv::Error| Error::Broken { reason: error.to_string() };
    table.write_record(["file_name", "transcription"]).map_err(broken)?;
    let mut written = Vec::new();
    for Cutting { input, pieces } in cuttings {
        for (name, piece) in cut(folder, input, pieces, stop)? {
            manifest.push_str(&piece.manifest_line(&name));
            manifest.push('\n');
            table.write_record([&name, &piece.text]).map_err(broken)?;
            written.push(piece);
        }
    }
    let table = table.into_inner().map_err(|error| Error::Broken { reason: error.to_string() })?;
    // Last, so that a set that was cut short is seen to be none.
    for (name, bytes) in [("metadata.csv", table), ("manifest.jsonl", manifest.into_bytes())] {
        let path = folder.join(name);
        fs::write(&path, bytes).map_err(|error| Error::writing(&path, &error))?;
    }
    Ok(written)
}

/// Decodes a recording once, as far as its last piece, and writes its pieces as they come. Returns those whose sound is
/// all there: the end of one may have been drawn beyond that of the recording.
fn cut(folder: &Path, input: Input, pieces: Vec<(String, Piece)>, stop: &Stop) -> Result<Vec<(String, Piece)>> {
    let mut written = Vec::new();
    let mut decoder = Decoder::start(input, stop)?;
    // What was decoded and is still needed, from the sample `first` of the recording on.
    let (mut pcm, mut first, mut samples) = (Vec::new(), 0_u64, Vec::new());
    for (name, piece) in pieces {
        let (start, end) = (ms_to_samples(piece.start_ms), ms_to_samples(piece.end_ms));
        while first + (pcm.len() as u64) < end {
            if decoder.read(&mut samples)? == 0 {
                // What could not be read on is an error, and no end.
                decoder.finish()?;
                return Ok(written);
            }
            let done = place(start, first, pcm.len());
            pcm.drain(..done);
            first += done as u64;
            pcm.extend_from_slice(&samples);
        }
        let sound = &pcm[place(start, first, pcm.len())..place(end, first, pcm.len())];
        let path = folder.join(&name);
        fs::write(&path, encode(sound, Codec::Wav, stop)?).map_err(|error| Error::writing(&path, &error))?;
        written.push((name, piece));
    }
    Ok(written)
}

/// Where a sample lies among `length` samples from `first` on, or the nearest end of them.
fn place(sample: u64, first: u64, length: usize) -> usize {
    usize::try_from(sample.saturating_sub(first)).unwrap_or(usize::MAX).min(length)
}

#[cfg(test)]
mod tests;
