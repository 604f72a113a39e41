//! What is kept of a recording while it is heard, beside the text: the peaks its waveform is drawn
//! from and the listening copy. Neither ever stands in the way of listening: what cannot be kept is
//! told once and left out.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::chunks::{SAMPLE_RATE, ms_to_samples};
use crate::error::{Error, Result};
use crate::id::RecordingId;
use crate::media::copy::{self, Copying};
use crate::peaks::{self, Pair, Peaks};
use crate::settings::DataFolder;
use crate::store::Microphone;

mod missing;

pub use missing::{input, make_missing, original};

/// How long a run waits for the one before it to complete its last piece, and how often it looks.
const GLANCE: Duration = Duration::from_millis(20);
const GLANCES: u32 = 100;

/// After how many samples new peaks can be seen by whoever reads the file: about a chunk.
const FLUSHED: u64 = 30 * SAMPLE_RATE;

/// Where to keep what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keep {
    /// The file of the peaks: for each pair one signed byte for the lowest and one for the highest
    /// sample, [`peaks::PER_SECOND`] pairs a second.
    pub peaks: PathBuf,
    /// The folder of the listening copy; none when there shall be none.
    pub copy: Option<PathBuf>,
    /// The microphones that are heard together with the recording.
    pub microphones: Vec<Microphone>,
}

/// Keeping, as the samples arrive.
pub struct Keeping {
    /// Two runs may hear one recording at once; only one of them keeps it.
    claim: Option<File>,
    peaks: Option<PeaksFile>,
    copy: Option<Copying>,
    tell: Option<Box<dyn FnOnce(Error) + Send>>,
}

impl Keep {
    /// The places of a recording in the data folder.
    pub fn of(folder: &DataFolder, recording: RecordingId, copy: bool) -> Self {
        let folder = folder.recording(recording);
        Self { peaks: folder.join("peaks.bin"), copy: copy.then(|| folder.join("copy")), microphones: Vec::new() }
    }

    /// The same with the microphones of the recording. Their one sound is in none of their files, so a copy of
    /// it is always kept.
    #[must_use]
    pub fn with_microphones(mut self, microphones: Vec<Microphone>) -> Self {
        if !microphones.is_empty() {
            self.copy = self.copy.or_else(|| Some(self.peaks.with_file_name("copy")));
        }
        Self { microphones, ..self }
    }

    /// Forgets what was kept of a recording, since it is heard otherwise from now on.
    ///
    /// # Errors
    /// [`Error::NotWritable`].
    pub fn forget(&self) -> Result<()> {
        copy::remove(&self.peaks.with_file_name("copy"))?;
        match fs::remove_file(&self.peaks) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Error::writing(&self.peaks, &error)),
            _ => Ok(()),
        }
    }

    /// Whether everything that shall be kept of a recording is there; `duration_ms` is how long it
    /// turned out to be.
    pub fn is_whole(&self, duration_ms: u64) -> bool {
        let samples = ms_to_samples(duration_ms);
        let peaks = fs::metadata(&self.peaks).is_ok_and(|facts| facts.len() >= 2 * peaks::count(samples));
        peaks && self.copy.as_ref().is_none_or(|folder| copy::covers(&copy::pieces(folder), samples))
    }
}

impl Keeping {
    /// Begins with the first sample of a recording. `tell` gets what ends the keeping of one thing
    /// or all, once.
    pub fn begin(keep: &Keep, tell: impl FnOnce(Error) + Send + 'static) -> Self {
        let mut keeping = Self { claim: None, peaks: None, copy: None, tell: Some(Box::new(tell)) };
        keeping.claim = claim(&keep.peaks).map_err(|error| keeping.gave_up(error)).ok();
        if keeping.claim.is_some() {
            keeping.peaks = PeaksFile::open(&keep.peaks).map_err(|error| keeping.gave_up(error)).ok();
            let copy = keep.copy.as_ref().map(|folder| Copying::start(folder));
            keeping.copy = copy.and_then(|copy| copy.map_err(|error| keeping.gave_up(error)).ok());
        }
        keeping
    }

    /// Takes the samples that come next.
    pub fn push(&mut self, samples: &[i16]) {
        if let Some(Err(error)) = self.peaks.as_mut().map(|peaks| peaks.push(samples)) {
            self.peaks = None;
            self.gave_up(error);
        }
        if let Some(Err(error)) = self.copy.as_mut().map(|copy| copy.push(samples)) {
            self.copy = None;
            self.gave_up(error);
        }
    }

    /// Completes what was kept. Unless `to_the_end`, the recording goes on after the last sample.
    pub fn finish(mut self, to_the_end: bool) {
        if let Some(Err(error)) = self.peaks.take().map(|peaks| peaks.finish(to_the_end)) {
            self.gave_up(error);
        }
        if let Some(Err(error)) = self.copy.take().map(Copying::finish) {
            self.gave_up(error);
        }
    }

    fn gave_up(&mut self, error: Error) {
        if let Some(tell) = self.tell.take() {
            tracing::warn!(code = error.code(), %error, "listening goes on without keeping all of the recording");
            tell(error);
        }
    }
}

/// The file of the peaks. A run that begins again writes over what an earlier one wrote, with the
/// same bytes: the file is never shorter than it was, and what a crash spoilt is healed.
struct PeaksFile {
    path: PathBuf,
    file: BufWriter<File>,
    peaks: Peaks,
    samples: u64,
    flushed: u64,
}

impl PeaksFile {
    fn open(path: &Path) -> Result<Self> {
        let opened = OpenOptions::new().create(true).truncate(false).write(true).open(path);
        let file = BufWriter::new(opened.map_err(|error| Error::writing(path, &error))?);
        Ok(Self { path: path.to_owned(), file, peaks: Peaks::default(), samples: 0, flushed: 0 })
    }

    fn push(&mut self, samples: &[i16]) -> Result<()> {
        let mut pairs = Vec::new();
        self.peaks.push(samples, |pair| pairs.extend(as_bytes(pair)));
        self.samples += samples.len() as u64;
        let due = self.samples - self.flushed >= FLUSHED;
        let written = self.file.write_all(&pairs).and_then(|()| if due { self.file.flush() } else { Ok(()) });
        if due {
            self.flushed = self.samples;
        }
        written.map_err(|error| Error::writing(&self.path, &error))
    }

    fn finish(self, to_the_end: bool) -> Result<()> {
        let Self { path, mut file, peaks, samples, .. } = self;
        let last = peaks.finish().filter(|_| to_the_end).map(as_bytes);
        let written = last.map_or(Ok(()), |bytes| file.write_all(&bytes)).and_then(|()| {
            file.flush()?;
            // An earlier run of another version may have left more.
            if to_the_end { file.get_ref().set_len(2 * peaks::count(samples)) } else { Ok(()) }
        });
        written.map_err(|error| Error::writing(&path, &error))
    }
}

fn as_bytes((low, high): Pair) -> [u8; 2] {
    [low.to_le_bytes()[0], high.to_le_bytes()[0]]
}

/// Makes the folder and takes the right to write into it, which the operating system takes back
/// when its holder dies.
fn claim(peaks: &Path) -> Result<File> {
    let path = peaks.with_extension("lock");
    let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
    folder.map_err(|error| Error::writing(&path, &error))?;
    let options = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
    let file = options.map_err(|error| Error::writing(&path, &error))?;
    for _ in 0..GLANCES {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::Error(error)) => return Err(Error::writing(&path, &error)),
            Err(TryLockError::WouldBlock) => std::thread::sleep(GLANCE),
        }
    }
    Err(Error::NotWritable { path: path.display().to_string(), reason: "another run is keeping it".to_owned() })
}

#[cfg(test)]
mod tests;
