//! Making what should have been kept of a recording and is not there: it was heard by an older
//! version, or somebody swept the folder. The recording is decoded once more, in the background.

use std::sync::mpsc;

use super::{Keep, Keeping};
use crate::chunks::Span;
use crate::engine::Stop;
use crate::error::{Error, Result};
use crate::fingerprint;
use crate::media::copy::{self, Piece};
use crate::media::decode::{Decoder, Input};
use crate::sessions::{Recording, Source};
use crate::store::Microphone;

/// Makes the peaks of a recording, and the listening copy where `keep` asks for one, from the
/// recording itself; the peaks from the whole listening copy in `copy` when the recording is gone.
/// Blocks for as long as decoding takes.
///
/// # Errors
/// [`Error::RecordingMissing`] when neither is there; [`Error::Stopped`]; those of decoding and of
/// writing.
pub fn make_missing(recording: &Recording, keep: &Keep, copy: &std::path::Path, stop: &Stop) -> Result<()> {
    let (tell, told) = mpsc::channel();
    let begin = |keep: &Keep| {
        Keeping::begin(keep, move |error| {
            // Whoever asked waits below.
            let _ = tell.send(error);
        })
    };
    if let Some(input) = input(recording, &keep.microphones) {
        let mut keeping = begin(keep);
        let decoded = decode(input, stop, |samples| keeping.push(samples));
        keeping.finish(decoded.is_ok());
        decoded?;
    } else {
        let pieces = copy::pieces(copy);
        let length = recording.duration_ms.map(crate::chunks::ms_to_samples);
        if pieces.is_empty() || !copy::covers(&pieces, length.unwrap_or_default()) {
            return Err(Error::RecordingMissing { path: recording.source.display() });
        }
        let mut keeping = begin(&Keep { copy: None, ..keep.clone() });
        let decoded = pieces.iter().try_for_each(|piece| decode_piece(piece, stop, &mut keeping));
        keeping.finish(decoded.is_ok());
        decoded?;
    }
    told.try_recv().map_or(Ok(()), Err)
}

/// What a recording is heard from: its file and those of its microphones, if all are there and still the same.
pub fn input(recording: &Recording, microphones: &[Microphone]) -> Option<Input> {
    let file = original(recording)?;
    if microphones.is_empty() {
        return Some(Input::File(file));
    }
    let same = |one: &Microphone| fingerprint::quick(&one.path).is_ok_and(|found| found == one.fingerprint);
    let beside = microphones.iter().map(|one| same(one).then(|| one.path.clone()));
    std::iter::once(Some(file)).chain(beside).collect::<Option<Vec<_>>>().map(Input::Microphones)
}

/// The file of a recording, if it is there and still the one that was heard.
pub fn original(recording: &Recording) -> Option<std::path::PathBuf> {
    let Source::File(path) = &recording.source else { return None };
    let found = fingerprint::quick(path).ok()?;
    recording.fingerprint.as_ref().is_none_or(|known| *known == found).then(|| path.clone())
}

/// Decodes a piece into exactly its stretch of the recording: changing the rate may cost or give a
/// sample at its end, and that would move all that follows.
fn decode_piece(piece: &Piece, stop: &Stop, keeping: &mut Keeping) -> Result<()> {
    let length = Span { start: piece.first_sample, end: piece.end_sample }.len();
    let mut given = 0;
    decode(Input::File(piece.path.clone()), stop, |samples| {
        let wanted = samples.len().min(usize::try_from(length - given).unwrap_or(samples.len()));
        keeping.push(&samples[..wanted]);
        given += wanted as u64;
    })?;
    keeping.push(&vec![0; usize::try_from(length - given).unwrap_or_default()]);
    Ok(())
}

fn decode(input: Input, stop: &Stop, mut each: impl FnMut(&[i16])) -> Result<()> {
    let mut decoder = Decoder::start(input, stop)?;
    let mut samples = Vec::new();
    while decoder.read(&mut samples)? > 0 {
        each(&samples);
    }
    decoder.finish()
}
