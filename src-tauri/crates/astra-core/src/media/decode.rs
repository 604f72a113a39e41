//! Decoding: ffmpeg writes mono samples at 16 kHz into a pipe, as fast as they are read.

use std::ffi::{OsStr, OsString};
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{ChildStdin, ChildStdout};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::FORMATS;
use super::priority::Priority;
use super::probe::{self, file_url};
use super::program::Program;
use super::progress::Told;
use super::wav;
use crate::engine::{Stop, StopOnDrop};
use crate::error::{Error, Result};

/// Where the bytes come from.
pub enum Input {
    /// A file, which ffmpeg opens itself.
    File(PathBuf),
    /// The same with the number of its channels, which takes a program to find out.
    Probed(PathBuf, u32),
    /// Files of one moment, a microphone each, which are heard as one sound.
    Microphones(Vec<PathBuf>),
    /// Bytes as they arrive, under the name to show in errors. A read error that carries an
    /// [`Error`] comes back as that error.
    Stream(String, Box<dyn Read + Send>),
}

/// A recording being decoded.
#[derive(Debug)]
pub struct Decoder {
    program: Program,
    output: ChildStdout,
    feeder: Option<JoinHandle<std::io::Result<()>>>,
    told: Arc<Told>,
    /// Lets the feeder go when nobody wants to know what else would arrive.
    unwanted: StopOnDrop,
    streamed: bool,
    stop: Stop,
    name: String,
    bytes: Vec<u8>,
    kept: usize,
    samples: u64,
}

impl Decoder {
    /// Starts decoding.
    ///
    /// # Errors
    /// [`Error::ProgramMissing`] without ffmpeg.
    pub fn start(input: Input, stop: &Stop) -> Result<Self> {
        let (name, urls, ignore_length, channels, reader) = match input {
            Input::Microphones(paths) => {
                let name = paths.first().map(|path| path.display().to_string()).unwrap_or_default();
                (name, paths.iter().map(|path| file_url(path)).collect(), false, 0, None)
            }
            Input::File(path) => {
                let channels = probe::probe(&path)?.channels;
                return Self::start(Input::Probed(path, channels), stop);
            }
            Input::Probed(path, channels) => {
                let wrong = std::fs::File::open(&path).is_ok_and(|mut file| wav::length_is_wrong(&mut file));
                (path.display().to_string(), vec![file_url(&path)], wrong, channels, None)
            }
            Input::Stream(name, reader) => (name, vec![OsString::from("pipe:0")], false, 0, Some(reader)),
        };
        let streamed = reader.is_some();
        let mut arguments: Vec<&OsStr> =
            ["-hide_banner", "-loglevel", "error", "-nostats", "-progress", "pipe:2"].iter().map(OsStr::new).collect();
        for url in &urls {
            arguments.extend(["-protocol_whitelist", "file,pipe", "-format_whitelist", FORMATS].map(OsStr::new));
            if ignore_length {
                arguments.extend(["-ignore_length", "1"].map(OsStr::new));
            }
            arguments.extend([OsStr::new("-i"), url]);
        }
        let filter = OsString::from(if urls.len() > 1 { mixing_files(urls.len()) } else { mixing(channels) });
        if urls.len() > 1 {
            arguments.extend([OsStr::new("-filter_complex"), &filter, OsStr::new("-map"), OsStr::new("[all]")]);
        } else {
            arguments.extend([OsStr::new("-map"), OsStr::new("0:a:0"), OsStr::new("-af"), &filter]);
        }
        arguments.extend(["-ac", "1", "-ar", "16000", "-f", "s16le", "pipe:1"].map(OsStr::new));

        let told = Arc::new(Told::default());
        let hears = Arc::clone(&told);
        let program =
            Program::start("ffmpeg", &arguments, reader.is_some(), Priority::Low, stop, move |line| hears.take(line))?;
        let output =
            program.take_output().ok_or_else(|| Error::Broken { reason: "ffmpeg has no output".to_owned() })?;
        let unwanted = Stop::default();
        let feeder = reader.zip(program.take_input()).map(|(reader, input)| {
            let (told, unwanted) = (Arc::clone(&told), unwanted.clone());
            thread::spawn(move || feed(reader, input, &told, &unwanted))
        });
        Ok(Self {
            program,
            output,
            feeder,
            told,
            unwanted: StopOnDrop(unwanted),
            streamed,
            stop: stop.clone(),
            name,
            bytes: vec![0; 1 << 15],
            kept: 0,
            samples: 0,
        })
    }

    /// Fills `samples` with what comes next; returns how many, 0 at the end.
    ///
    /// # Errors
    /// [`Error::Stopped`], or [`Error::Broken`] when the pipe cannot be read.
    pub fn read(&mut self, samples: &mut Vec<i16>) -> Result<usize> {
        samples.clear();
        loop {
            if self.stop.is_set() {
                return Err(Error::Stopped);
            }
            let count = self
                .output
                .read(&mut self.bytes[self.kept..])
                .map_err(|error| Error::Broken { reason: format!("cannot read from ffmpeg: {error}") })?;
            let held = self.kept + count;
            samples.extend(self.bytes[..held].chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]])));
            // A pipe may be cut in the middle of a sample.
            self.kept = held % 2;
            if self.kept == 1 {
                self.bytes[0] = self.bytes[held - 1];
            }
            if count == 0 || !samples.is_empty() {
                self.samples += samples.len() as u64;
                return Ok(samples.len());
            }
        }
    }

    /// Ends decoding after [`Decoder::read`] returned 0; tells whether it was the true end.
    ///
    /// # Errors
    /// [`Error::Stopped`]; [`Error::NoAudio`], [`Error::UnreadableMedia`] or
    /// [`Error::AudioEmpty`] when nothing came; [`Error::DecodingBroke`] when ffmpeg was killed
    /// half-way; the error of the stream when that broke.
    pub fn finish(self) -> Result<()> {
        let Self { program, output, feeder, told, unwanted, streamed, stop, name, samples, .. } = self;
        drop(output);
        let (status, said) = program.finish()?;
        if stop.is_set() {
            return Err(Error::Stopped);
        }
        // Asked to end by a signal, ffmpeg closes its output and says that it came to the end.
        let ended = told.has_ended() && status.success();
        if !ended {
            unwanted.0.set();
        }
        if let Some(Ok(Err(error))) = feeder.map(JoinHandle::join) {
            return Err(stream_error(&name, error));
        }
        if samples == 0 {
            return Err(nothing_came(name, said, streamed, ended));
        }
        if !ended || told.was_unreadable() {
            return Err(Error::DecodingBroke { path: name, reason: format!("{status}\n{said}") });
        }
        Ok(())
    }
}

/// How channels become one. Two are mixed as ffmpeg does; more are one microphone each, whatever
/// loudspeakers their places are named after, and ffmpeg would leave some of those out. The gain
/// keeps a single voice audible and the sum of many from clipping. `async` fills gaps in the time
/// stamps with silence, so that a sample's number is its time.
pub(super) fn mixing(channels: u32) -> String {
    let steady = "aresample=async=1:first_pts=0";
    if channels <= 2 {
        return steady.to_owned();
    }
    let gain = 1.0 / f64::from(channels).sqrt();
    let terms: Vec<String> = (0..channels).map(|channel| format!("{gain:.4}*c{channel}")).collect();
    format!("{steady},pan=mono|c0={}", terms.join("+"))
}

/// How files become one sound, with the gain that many channels have.
fn mixing_files(files: usize) -> String {
    let gain = 1.0 / (files as f64).sqrt();
    let steady = |file| format!("[{file}:a:0]aresample=async=1:first_pts=0,aformat=channel_layouts=mono[m{file}];");
    let each: String = (0..files).map(steady).collect();
    let names: String = (0..files).map(|file| format!("[m{file}]")).collect();
    format!("{each}{names}amix=inputs={files}:duration=longest:normalize=0,volume={gain:.4}[all]")
}

/// Hands the stream to ffmpeg. ffmpeg may have all it wants before the stream ends; if it ended
/// well, the rest is read all the same, because the hash is over every byte.
fn feed(mut reader: Box<dyn Read + Send>, mut input: ChildStdin, told: &Told, unwanted: &Stop) -> std::io::Result<()> {
    let mut bytes = vec![0; 1 << 16];
    let mut wanted = true;
    loop {
        let count = match reader.read(&mut bytes) {
            Ok(count) => count,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if count == 0 || unwanted.is_set() {
            return Ok(());
        }
        if wanted && input.write_all(&bytes[..count]).is_err() {
            wanted = false;
            while !told.has_ended() {
                if unwanted.is_set() {
                    return Ok(());
                }
                thread::sleep(Duration::from_millis(10));
            }
        }
    }
}

fn stream_error(name: &str, error: std::io::Error) -> Error {
    let reason = error.to_string();
    match error.into_inner().and_then(|inner| inner.downcast::<Error>().ok()) {
        Some(error) => *error,
        None => Error::UrlUnreachable { url: name.to_owned(), reason },
    }
}

fn nothing_came(path: String, said: String, streamed: bool, ended: bool) -> Error {
    if said.contains("matches no streams") || said.contains("does not contain any stream") {
        Error::NoAudio { path }
    } else if streamed && (said.contains("partial file") || said.contains("moov")) {
        // A phone writes the index of an MP4 at its end, and a stream cannot be read backwards.
        Error::StreamNeedsFile { url: path }
    } else if ended && said.is_empty() {
        Error::AudioEmpty { path }
    } else {
        Error::UnreadableMedia { path, reason: said }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One second of a tone as a WAV file's bytes.
    fn tone(rate: u32, channels: u16) -> Vec<u8> {
        let frames: Vec<u8> = (0..rate)
            .flat_map(|n| {
                let value = (f64::from(n) * 440.0 * std::f64::consts::TAU / f64::from(rate)).sin() * 12_000.0;
                (value as i16).to_le_bytes().repeat(usize::from(channels))
            })
            .collect();
        let mut bytes = b"RIFF".to_vec();
        bytes.extend((36 + frames.len() as u32).to_le_bytes());
        bytes.extend(b"WAVEfmt \x10\0\0\0\x01\0");
        bytes.extend(channels.to_le_bytes());
        bytes.extend(rate.to_le_bytes());
        bytes.extend((rate * u32::from(channels) * 2).to_le_bytes());
        bytes.extend((channels * 2).to_le_bytes());
        bytes.extend(16_u16.to_le_bytes());
        bytes.extend(b"data");
        bytes.extend((frames.len() as u32).to_le_bytes());
        bytes.extend(frames);
        bytes
    }

    fn decode(input: Input) -> Result<u64> {
        let mut decoder = Decoder::start(input, &Stop::default())?;
        let mut samples = Vec::new();
        let mut total = 0;
        while decoder.read(&mut samples)? > 0 {
            total += samples.len() as u64;
        }
        decoder.finish().map(|()| total)
    }

    fn decode_bytes(name: &str, bytes: &[u8]) -> Result<u64> {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        decode(Input::File(path))
    }

    #[test]
    fn a_second_of_stereo_at_44100_is_16000_mono_samples() {
        assert_eq!(decode_bytes("tono.wav", &tone(44_100, 2)).unwrap(), 16_000);
    }

    #[test]
    fn names_that_look_like_options_or_protocols_are_only_names() {
        for name in ["-i.wav", "http:--x.wav", "sesión «ñ» '1' \"2\" 🎙.wav", "concat:a|b.wav"] {
            assert_eq!(decode_bytes(name, &tone(16_000, 1)).unwrap(), 16_000, "{name}");
        }
    }

    #[test]
    fn a_wav_whose_length_was_never_written_is_heard_to_the_end() {
        let mut bytes = tone(16_000, 1);
        bytes[40..44].copy_from_slice(&100_u32.to_le_bytes());
        assert_eq!(decode_bytes("corte.wav", &bytes).unwrap(), 16_000);
    }

    #[test]
    fn every_microphone_of_a_many_channel_recording_is_heard() {
        // Channel 4 of six is the bass loudspeaker's, which ffmpeg's own mix leaves out.
        let quiet = mixing(6);
        assert_eq!(quiet.matches("0.4082*c").count(), 6, "{quiet}");
        assert_eq!(mixing(2), mixing(1));
        assert_eq!(decode_bytes("doce.wav", &tone(16_000, 12)).unwrap(), 16_000);
    }

    #[cfg(unix)]
    #[test]
    fn an_ffmpeg_that_was_asked_to_end_has_not_come_to_the_end() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("larga.wav");
        std::fs::write(&path, tone(16_000, 1)).unwrap();
        let told = Told::default();
        assert!(told.take("progress=end"));
        assert!(!told.take("[in#0] Error: /media/x.mp3: Input/output error"));
        assert!(told.was_unreadable());
    }

    #[test]
    fn a_stream_is_decoded_like_a_file() {
        let bytes = std::io::Cursor::new(tone(16_000, 1));
        assert_eq!(decode(Input::Stream("http://concejo".to_owned(), Box::new(bytes))).unwrap(), 16_000);
    }

    #[test]
    fn text_under_the_name_of_a_recording_is_unreadable_and_an_empty_track_is_empty() {
        assert_eq!(decode_bytes("acta.mp3", b"Esto es un texto. ").unwrap_err().code(), "unreadable_media");
        let silent = &tone(16_000, 1)[..44];
        let mut header = silent.to_vec();
        header[40..44].copy_from_slice(&0_u32.to_le_bytes());
        let error = decode_bytes("nada.wav", &header).unwrap_err();
        assert!(["audio_empty", "unreadable_media"].contains(&error.code().as_str()), "{error}");
    }

    #[test]
    fn a_broken_stream_gives_its_own_error() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
                Err(std::io::Error::other(Error::UrlInterrupted {
                    url: "u".to_owned(),
                    received: 7,
                    reason: "cut".to_owned(),
                }))
            }
        }
        let error = decode(Input::Stream("u".to_owned(), Box::new(Broken))).unwrap_err();
        assert_eq!(error.code(), "url_interrupted");
    }
}
