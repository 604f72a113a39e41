//! Renditions: a session as one file for listening, for archives, for publication. ffmpeg makes them as
//! [`profile`] says; nothing that is half made stays, and whoever asks for the stop has it at once.

use std::ffi::OsStr;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use super::priority::Priority;
use super::probe;
use super::program::Program;
use super::progress::Told;
use super::wav;
use crate::engine::Stop;
use crate::error::{Error, Result};

pub mod arguments;
pub mod profile;

use arguments::{Order, Source};
use profile::MadeOf;

/// What a container may say less than was put into it, in milliseconds: the last block of sound or the last
/// picture.
const TOLERANCE_MS: u64 = 1_500;

/// What ffmpeg says when it was built without something, and what stands behind it.
const LACKS: [(&str, &str); 3] =
    [("Unknown encoder '", "'"), ("No such filter: '", "'"), ("Requested output format '", "'")];

/// A file as a stretch of a session. What its container says of its length does not matter.
///
/// # Errors
/// Those of [`probe::probe`].
pub fn source(path: &Path, length_ms: u64) -> Result<Source> {
    let media = probe::probe(path)?;
    let ignore_length = File::open(path).is_ok_and(|mut file| wav::length_is_wrong(&mut file));
    Ok(Source { path: path.to_owned(), length_ms, channels: media.channels, picture: media.picture, ignore_length })
}

/// Makes a rendition at `part`, which whoever asked keeps or removes. `progress` gets how many milliseconds of the
/// session are done. Blocks for as long as ffmpeg works; when `stop` is set it is killed with all that it started.
///
/// # Errors
/// [`Error::Stopped`]; [`Error::DiskFull`]; [`Error::FfmpegLacks`]; [`Error::NothingToSee`];
/// [`Error::RenditionFailed`] for anything else that kept it from its end.
pub fn render(order: &Order, part: &Path, stop: &Stop, mut progress: impl FnMut(u64) + Send + 'static) -> Result<()> {
    let arguments = order.arguments(part).ok_or(Error::NothingToSee)?;
    let arguments: Vec<&OsStr> = arguments.iter().map(AsRef::as_ref).collect();
    let told = Arc::new(Told::default());
    let hears = Arc::clone(&told);
    let program = Program::start("ffmpeg", &arguments, false, Priority::Lowest, stop, move |line| {
        let taken = hears.take(line);
        if line.starts_with("out_time_us=") {
            progress(hears.reached_ms());
        }
        taken
    })?;
    let (status, said) = program.finish()?;
    if stop.is_set() {
        return Err(Error::Stopped);
    }
    // Asked to end by a signal, ffmpeg closes its output as if that were all, but not with a good exit status.
    if !status.success() || !told.has_ended() || told.was_unreadable() {
        return Err(failure(part, &format!("{status}\n{said}")));
    }
    if order.profile.made_of == MadeOf::Still {
        let written = std::fs::metadata(part).is_ok_and(|facts| facts.len() > 0);
        return if written { Ok(()) } else { Err(failure(part, &said)) };
    }
    // A full disk that is met with the last bytes is a success to ffmpeg, so the length decides.
    let found = probe::probe(part).ok().and_then(|media| media.duration_ms).unwrap_or_default();
    if found + TOLERANCE_MS < order.length_ms() {
        return Err(failure(part, &format!("{found} ms of {}\n{said}", order.length_ms())));
    }
    Ok(())
}

fn failure(part: &Path, said: &str) -> Error {
    if said.contains("No space left on device") || said.contains("Disk quota exceeded") {
        return Error::DiskFull { path: part.display().to_string() };
    }
    let lacking = LACKS.iter().find_map(|(before, after)| Some(said.split_once(before)?.1.split_once(after)?.0));
    match lacking {
        Some(what) => Error::FfmpegLacks { what: what.to_owned() },
        None => Error::RenditionFailed { reason: said.to_owned() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Renders the beginning of the sample as MP3 to `part`.
    fn render_sample(part: &Path, stop: &Stop) -> Result<()> {
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets/sample/sesion-de-muestra.ogg");
        let sources = [source(&sample, 20_000).unwrap()];
        let profile = profile::Profile::named("mp3").unwrap();
        let order = Order { profile, sources: &sources, silent: &[], dark: &[], subtitles: None, language: "es" };
        render(&order, part, stop, |_| {})
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_disk_that_fills_up_meanwhile_is_told_as_such() {
        let place = tempfile::tempdir().unwrap();
        let part = place.path().join("a.mp3.part");
        std::os::unix::fs::symlink("/dev/full", &part).unwrap();
        assert_eq!(render_sample(&part, &Stop::default()).unwrap_err().code(), "disk_full");
    }

    #[test]
    fn a_part_is_as_long_as_it_is_on_the_session_s_clock() {
        let place = tempfile::tempdir().unwrap();
        let part = place.path().join("a.mp3.part");
        render_sample(&part, &Stop::default()).unwrap();
        let found = probe::probe(&part).unwrap().duration_ms.unwrap();
        assert!(found.abs_diff(20_000) < 100, "{found}");
    }

    #[test]
    fn what_ffmpeg_says_tells_what_to_do() {
        let code = |said: &str| failure(Path::new("/salida/a.mp4"), said);
        assert_eq!(code("exit status: 1\nav_interleaved_write_frame(): No space left on device").code(), "disk_full");
        let lacks = |what: &str| Error::FfmpegLacks { what: what.to_owned() };
        assert_eq!(code("exit status: 1\nUnknown encoder 'libx264'"), lacks("libx264"));
        assert_eq!(code("[AVFilterGraph @ 0x1] No such filter: 'subtitles'\nError"), lacks("subtitles"));
        assert_eq!(code("signal: 9 (SIGKILL)").code(), "rendition_failed");
    }
}
