//! The listening copy: the sound of a recording once more, small, so that correcting needs neither
//! the card it came on nor the address it was heard from.
//!
//! It is made of the very samples the engine hears, which a second ffmpeg encodes: the recording is
//! read and decoded once, and the two share one clock by construction. Not a second output of the
//! decoding ffmpeg, because that ends with all its outputs when the disk of one is full.
//!
//! It lies in pieces of ten minutes, each named by its first sample. A piece has another name until
//! the disk holds all of it, so that a kill costs one piece at most, and the ones that are there are
//! not made again.

use std::ffi::{OsStr, OsString};
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ChildStdin;

use super::ogg;
use super::priority::Priority;
use super::probe::file_url;
use super::program::Program;
use crate::chunks::{SAMPLE_RATE, Span};
use crate::disk::sync_folder_of;
use crate::engine::Stop;
use crate::error::{Error, Result};

/// How long a piece is, in samples at [`SAMPLE_RATE`]; the last one of a recording is shorter.
pub const PIECE_SAMPLES: u64 = 600 * SAMPLE_RATE;

/// About 15 MB an hour.
const BITS_PER_SECOND: &str = "32k";

/// What ends the name of a piece, and of one that is being made.
const ENDING: &str = "opus";
const UNFINISHED: &str = "part";

/// A piece of a listening copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The sample of the recording that it begins with.
    pub first_sample: u64,
    /// The sample of the recording after its last one.
    pub end_sample: u64,
    /// The Ogg Opus file.
    pub path: PathBuf,
}

/// The complete pieces in a folder, in order. None when there is no such folder.
pub fn pieces(folder: &Path) -> Vec<Piece> {
    let mut found: Vec<(u64, PathBuf)> =
        files(folder, ENDING).filter_map(|path| Some((path.file_stem()?.to_str()?.parse().ok()?, path))).collect();
    found.sort();
    let starts: Vec<u64> = found.iter().map(|(first, _)| *first).collect();
    found
        .into_iter()
        .enumerate()
        .filter_map(|(at, (first_sample, path))| {
            // One that another follows is a full one: only the last has to be opened.
            let full = first_sample + PIECE_SAMPLES;
            let end_sample = if starts.get(at + 1) == Some(&full) {
                full
            } else {
                first_sample + ogg::samples(&path).ok().flatten()?
            };
            Some(Piece { first_sample, end_sample, path })
        })
        .collect()
}

/// Whether pieces hold all of a recording of so many samples, from the first to the last.
pub fn covers(pieces: &[Piece], samples: u64) -> bool {
    let reached = pieces
        .iter()
        .try_fold(0, |reached, piece| if piece.first_sample == reached { Ok(piece.end_sample) } else { Err(reached) });
    let (Ok(reached) | Err(reached)) = reached;
    reached >= samples
}

/// How many bytes of the disk a copy takes, with a piece that is being made.
pub fn bytes(folder: &Path) -> u64 {
    let files = files(folder, ENDING).chain(files(folder, UNFINISHED));
    files.filter_map(|path| Some(fs::metadata(path).ok()?.len())).sum()
}

/// Removes a copy. One that is not there is removed already.
///
/// # Errors
/// [`Error::NotWritable`].
pub fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(Error::writing(folder, &error)),
        _ => Ok(()),
    }
}

/// A copy being made.
#[derive(Debug)]
pub struct Copying {
    folder: PathBuf,
    /// The full pieces that are there already, by their first samples.
    there: Vec<u64>,
    position: u64,
    encoder: Option<Encoder>,
}

impl Copying {
    /// Begins, or goes on with, the copy in a folder: full pieces that are there stay as they are.
    /// A short one is made again, since nobody knows yet whether the recording ends with it.
    ///
    /// # Errors
    /// [`Error::NotWritable`] or [`Error::DiskFull`].
    pub fn start(folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder).map_err(|error| Error::writing(folder, &error))?;
        for left in files(folder, UNFINISHED) {
            fs::remove_file(&left).map_err(|error| Error::writing(&left, &error))?;
        }
        let full = pieces(folder).into_iter().filter(|piece| piece.end_sample - piece.first_sample == PIECE_SAMPLES);
        let there = full.map(|piece| piece.first_sample).collect();
        Ok(Self { folder: folder.to_owned(), there, position: 0, encoder: None })
    }

    /// Takes the samples that come next.
    ///
    /// # Errors
    /// [`Error::ProgramMissing`], [`Error::NotWritable`] or [`Error::DiskFull`]; nothing can be
    /// taken any more then.
    pub fn push(&mut self, mut samples: &[i16]) -> Result<()> {
        while !samples.is_empty() {
            let first = self.position - self.position % PIECE_SAMPLES;
            let wanted = usize::try_from(first + PIECE_SAMPLES - self.position).unwrap_or(samples.len());
            let (now, later) = samples.split_at(samples.len().min(wanted));
            if self.encoder.is_none() && !self.there.contains(&first) {
                self.encoder = Some(Encoder::start(&self.folder, first)?);
            }
            if let Some(encoder) = &mut self.encoder {
                encoder.push(now)?;
            }
            self.position += now.len() as u64;
            samples = later;
            if self.position.is_multiple_of(PIECE_SAMPLES) {
                self.finish_piece()?;
            }
        }
        Ok(())
    }

    /// Completes the last piece. When the recording goes on, the next run makes that one again.
    ///
    /// # Errors
    /// As [`Copying::push`].
    pub fn finish(mut self) -> Result<()> {
        self.finish_piece()
    }

    fn finish_piece(&mut self) -> Result<()> {
        self.encoder.take().map_or(Ok(()), Encoder::finish)
    }
}

/// The ffmpeg that makes one piece. Dropped before its end, it leaves nothing behind.
#[derive(Debug)]
struct Encoder {
    program: Option<Program>,
    input: Option<ChildStdin>,
    part: PathBuf,
    piece: PathBuf,
    span: Span,
    bytes: Vec<u8>,
}

impl Encoder {
    fn start(folder: &Path, first: u64) -> Result<Self> {
        let piece = folder.join(first.to_string()).with_extension(ENDING);
        let part = piece.with_extension(UNFINISHED);
        // The cheapest way of encoding that libopus has takes an eighth of the time of its usual one,
        // and 32 kbit/s are plenty for speech up to 8 kHz.
        let fixed = "-hide_banner -loglevel error -nostats -y -protocol_whitelist pipe -f s16le -ar 16000 -ac 1 \
                     -i pipe:0 -c:a libopus -application audio -compression_level 0 -f ogg -b:a";
        let url = file_url(&part);
        let mut arguments: Vec<&OsStr> = fixed.split_whitespace().map(OsStr::new).collect();
        arguments.extend([OsStr::new(BITS_PER_SECOND), &url]);
        // A stop of its own: when the job is stopped, what was encoded by then is worth keeping.
        let program = Program::start("ffmpeg", &arguments, true, Priority::Low, &Stop::default(), |_| false)?;
        let input = program.take_input();
        Ok(Self {
            program: Some(program),
            input,
            part,
            piece,
            span: Span { start: first, end: first },
            bytes: Vec::new(),
        })
    }

    fn push(&mut self, samples: &[i16]) -> Result<()> {
        self.bytes.clear();
        self.bytes.extend(samples.iter().flat_map(|sample| sample.to_le_bytes()));
        let written = self.input.as_mut().map_or(Ok(()), |input| input.write_all(&self.bytes));
        self.span.end += samples.len() as u64;
        // It only refuses samples when it has ended, and then it has said why.
        written.or_else(|error| Err(self.wait()?.unwrap_or_else(|| Error::writing(&self.part, &error))))
    }

    fn finish(mut self) -> Result<()> {
        if let Some(error) = self.wait()? {
            return Err(error);
        }
        let kept = OpenOptions::new().write(true).open(&self.part).and_then(|file| {
            file.sync_all()?;
            fs::rename(&self.part, &self.piece)
        });
        kept.map_err(|error| Error::writing(&self.piece, &error))?;
        sync_folder_of(&self.piece);
        Ok(())
    }

    /// Lets ffmpeg come to its end; returns what went wrong. It calls a full disk a success when
    /// that is met with the last bytes, so the length of what it wrote decides.
    fn wait(&mut self) -> Result<Option<Error>> {
        drop(self.input.take());
        let Some(program) = self.program.take() else { return Ok(None) };
        let (status, said) = program.finish()?;
        let whole = matches!(ogg::samples(&self.part), Ok(Some(samples)) if samples == self.span.len());
        if status.success() && whole {
            return Ok(None);
        }
        let full = said.contains("No space left on device") || said.contains("Disk quota exceeded");
        let kind = if full { ErrorKind::StorageFull } else { ErrorKind::Other };
        Ok(Some(Error::writing(&self.part, &io::Error::new(kind, format!("{status} {said}")))))
    }
}

impl Drop for Encoder {
    fn drop(&mut self) {
        drop(self.program.take());
        // After a rename there is nothing to remove.
        let _ = fs::remove_file(&self.part);
    }
}

/// The files of a folder whose names end so.
fn files(folder: &Path, ending: &str) -> impl Iterator<Item = PathBuf> {
    let ending = OsString::from(ending);
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).filter(move |path| path.extension() == Some(&ending))
}

#[cfg(test)]
mod tests;
