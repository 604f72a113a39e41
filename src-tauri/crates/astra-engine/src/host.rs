//! The engine host: takes requests from a pipe, lets an engine listen, answers.
//!
//! Three threads: one reads requests and ends the process when the pipe closes, even while native
//! code computes; one sends signs of life; the calling one works. Nothing in here knows which
//! engine it serves but [`open`].

use std::collections::VecDeque;
use std::ffi::OsString;
use std::io::{self, BufReader, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use astra_core::chunks::Chunk;
use astra_core::clock;
use astra_core::engine::wire::{self, FromHost, ToHost, WireError};
use astra_core::engine::{Ask, Engine, EngineError, Heard, Load, Stop};

use crate::parakeet::Parakeet;
use crate::pulse::Pulse;
use crate::whisper::{self, Whisper};
use crate::{diary, onnx, pipes};

/// How often a sign of life is sent. The parent waits thirty times as long.
const BEAT: Duration = Duration::from_secs(1);

/// How long native code may compute without a sign of its own before ours stop as well. The
/// encoder gives none, and takes some minutes for the largest model on a single slow core.
const LONGEST_STEP: Duration = Duration::from_secs(600);

/// The same for loading, which gives no sign at all: gigabytes from a slow disk, and shaders
/// compiled at the first start on a graphics card.
const LONGEST_LOAD: Duration = Duration::from_secs(900);

/// How a host is started.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Options {
    idle: Duration,
    log_folder: Option<PathBuf>,
}

/// The engine host's `main`: serves the pipes of this process until they close or nothing was
/// asked for long. Called with `--device` alone, it says what it would compute on and ends; with `--library` and a file,
/// whether that is a library of ONNX Runtime that it can load.
pub fn run() -> ExitCode {
    let asked: Vec<OsString> = std::env::args_os().skip(1).collect();
    match asked.as_slice() {
        [device] if device == "--device" => return tell(|| whisper::device().map_err(|error| error.to_string())),
        [option, library] if option == "--library" => return tell(|| onnx::try_out(Path::new(library))),
        _ => (),
    }
    let options = options(std::env::args().skip(1));
    let log_folder = options.as_ref().ok().and_then(|options| options.log_folder.clone());
    let frames = pipes::take_stdout();
    if let Err(error) = diary::open(log_folder.as_deref()) {
        tracing::warn!(%error, "no log is kept");
    }
    match (options, frames) {
        (Ok(options), Ok(frames)) => {
            let status = serve(io::stdin(), frames, options.idle, open, |status| pipes::leave(status));
            pipes::leave(status)
        }
        (Err(error), _) => {
            tracing::error!("{error}");
            ExitCode::from(2)
        }
        (_, Err(error)) => {
            tracing::error!(%error, "no way to answer");
            ExitCode::FAILURE
        }
    }
}

/// Prints what was found, in words for a person, or what is wrong with it as an error.
fn tell(find: impl FnOnce() -> Result<String, String>) -> ExitCode {
    let told = pipes::take_stdout().map_err(|error| error.to_string()).and_then(|mut out| {
        let found = find()?;
        writeln!(out, "{found}").map_err(|error| error.to_string())
    });
    match told {
        Ok(()) => pipes::leave(0),
        Err(reason) => {
            drop(writeln!(io::stderr(), "{reason}"));
            pipes::leave(1)
        }
    }
}

/// The engine called by the name in `load`.
fn open(load: &Load, pulse: &Arc<Pulse>) -> Result<Box<dyn Engine>, EngineError> {
    match load.engine.as_str() {
        "whisper" => Ok(Box::new(Whisper::load(load, Arc::clone(pulse))?)),
        "parakeet" => Ok(Box::new(Parakeet::load(load, Arc::clone(pulse))?)),
        other => Err(EngineError::Failed { reason: format!("this engine host has no engine called {other}") }),
    }
}

fn options(arguments: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut options = Options { idle: Duration::from_secs(600), log_folder: None };
    let mut arguments = arguments;
    while let Some(option) = arguments.next() {
        let value = arguments.next().ok_or_else(|| format!("{option}: a value is missing"))?;
        match option.as_str() {
            "--idle-seconds" => {
                let seconds = value.parse().map_err(|error| format!("{option} {value}: {error}"))?;
                options.idle = Duration::from_secs(seconds);
            }
            "--log-dir" => options.log_folder = Some(PathBuf::from(value)),
            _ => return Err(format!("{option}: no such option; there are --idle-seconds and --log-dir")),
        }
    }
    Ok(options)
}

/// A request on its way from the pipe to the engine.
enum Request {
    Load(Load),
    Listen { id: u64, ask: Ask, chunks: Vec<Chunk>, stop: Stop },
}

/// What the three threads share.
struct Shared<W> {
    out: Mutex<W>,
    pulse: Arc<Pulse>,
    /// The request being worked on, 0 for loading.
    busy: Mutex<Option<u64>>,
    /// The flags of the requests taken from the pipe and not answered yet.
    stops: Mutex<VecDeque<Stop>>,
}

impl<W: Write> Shared<W> {
    fn send(&self, answer: &FromHost) -> Result<(), WireError> {
        wire::write(&mut *locked(&self.out), answer, &[])
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Serves one parent: requests from `input`, answers to `output`. Returns the exit status after
/// `idle` without a request; calls `leave` with one when the pipe closes or holds nonsense.
fn serve<R, W, O>(input: R, output: W, idle: Duration, open: O, leave: fn(i32)) -> i32
where
    R: Read + Send + 'static,
    W: Write + Send + 'static,
    O: Fn(&Load, &Arc<Pulse>) -> Result<Box<dyn Engine>, EngineError>,
{
    let shared = Arc::new(Shared {
        out: Mutex::new(output),
        pulse: Arc::new(Pulse::default()),
        busy: Mutex::new(None),
        stops: Mutex::new(VecDeque::new()),
    });
    let (requests, inbox) = sync_channel(1);
    let reading = Arc::clone(&shared);
    let beating = Arc::clone(&shared);
    let threads = [
        thread::Builder::new()
            .name("requests".to_owned())
            .spawn(move || leave(take_requests(input, &reading, &requests))),
        thread::Builder::new().name("signs of life".to_owned()).spawn(move || beat(&beating)),
    ];
    if let Some(error) = threads.iter().find_map(|thread| thread.as_ref().err()) {
        tracing::error!(%error, "cannot start a thread");
        return 1;
    }
    work(&inbox, &shared, idle, open)
}

/// Reads requests until the pipe ends, and returns the exit status.
fn take_requests<W: Write>(input: impl Read, shared: &Shared<W>, requests: &SyncSender<Request>) -> i32 {
    let mut input = BufReader::new(input);
    loop {
        let request = match wire::read(&mut input) {
            Ok(None) => return 0,
            Ok(Some((ToHost::Stop, _))) => {
                locked(&shared.stops).iter().for_each(Stop::set);
                continue;
            }
            Ok(Some((ToHost::Load { load }, _))) => Ok(Request::Load(load)),
            Ok(Some((ToHost::Listen { id, ask, chunks }, pcm))) => wire::chunks(&chunks, &pcm).map(|chunks| {
                let stop = Stop::default();
                locked(&shared.stops).push_back(stop.clone());
                Request::Listen { id, ask, chunks, stop }
            }),
            Err(error) => Err(error),
        };
        match request {
            Ok(request) => {
                if requests.send(request).is_err() {
                    return 0;
                }
            }
            Err(error) => {
                tracing::error!(%error, "a request cannot be read");
                let failure = EngineError::Failed { reason: error.to_string() };
                let _ = shared.send(&FromHost::Failed { id: 0, failure });
                return 2;
            }
        }
    }
}

/// Sends signs of life while there is work and the engine gives its own.
fn beat<W: Write>(shared: &Shared<W>) {
    let mut last = (None, 0);
    let mut since = clock::instant();
    loop {
        thread::sleep(BEAT);
        let busy = *locked(&shared.busy);
        let now = (busy, shared.pulse.beats());
        if now != last {
            last = now;
            since = clock::instant();
        }
        let Some(id) = busy else { continue };
        let patience = if id == 0 { LONGEST_LOAD } else { LONGEST_STEP };
        let (chunk, percent) = shared.pulse.place();
        if since.elapsed() < patience && shared.send(&FromHost::Progress { id, chunk, percent }).is_err() {
            return;
        }
    }
}

/// Works through the requests until none comes for `idle`, and returns the exit status.
fn work<W, O>(inbox: &Receiver<Request>, shared: &Shared<W>, idle: Duration, open: O) -> i32
where
    W: Write,
    O: Fn(&Load, &Arc<Pulse>) -> Result<Box<dyn Engine>, EngineError>,
{
    let mut loaded: Option<(Load, Box<dyn Engine>)> = None;
    let mut wanted: Option<Load> = None;
    loop {
        let request = match inbox.recv_timeout(idle) {
            Ok(request) => request,
            Err(RecvTimeoutError::Timeout) => {
                tracing::info!("nothing to do for {} s, leaving", idle.as_secs());
                return 0;
            }
            // The thread that reads decides how this process ends.
            Err(RecvTimeoutError::Disconnected) => {
                thread::sleep(BEAT);
                return 0;
            }
        };
        let answer = match request {
            Request::Load(load) => {
                *locked(&shared.busy) = Some(0);
                wanted = Some(load.clone());
                match engine(&mut loaded, &load, &shared.pulse, &open) {
                    Ok(engine) => FromHost::Ready { abilities: engine.abilities() },
                    Err(failure) => FromHost::Failed { id: 0, failure },
                }
            }
            Request::Listen { id, ask, chunks, stop } => {
                *locked(&shared.busy) = Some(id);
                let heard = match &wanted {
                    None => {
                        Err(EngineError::Failed { reason: "asked to listen before any model was named".to_owned() })
                    }
                    Some(load) => engine(&mut loaded, load, &shared.pulse, &open)
                        .and_then(|engine| listen(engine, id, &chunks, &ask, &stop)),
                };
                locked(&shared.stops).pop_front();
                match heard {
                    Ok(heard) => FromHost::Heard { id, heard },
                    Err(failure) => FromHost::Failed { id, failure },
                }
            }
        };
        if let FromHost::Failed { id, failure } = &answer
            && *failure != EngineError::Stopped
        {
            tracing::warn!(request = id, %failure, "failed");
            // Whatever state native code is in now, it is not one to go on with.
            loaded = None;
        }
        *locked(&shared.busy) = None;
        if shared.send(&answer).is_err() {
            return 0;
        }
    }
}

/// The engine for `load`: the one that is loaded, or a new one.
fn engine<'a, O>(
    loaded: &'a mut Option<(Load, Box<dyn Engine>)>,
    load: &Load,
    pulse: &Arc<Pulse>,
    open: &O,
) -> Result<&'a mut Box<dyn Engine>, EngineError>
where
    O: Fn(&Load, &Arc<Pulse>) -> Result<Box<dyn Engine>, EngineError>,
{
    if loaded.as_ref().is_some_and(|(present, _)| present != load) {
        // Before the next one is loaded: there may not be room for both.
        *loaded = None;
    }
    let (_, engine) = match loaded.take() {
        Some(present) => loaded.insert(present),
        None => loaded.insert((load.clone(), unpanicked(|| open(load, pulse))?)),
    };
    Ok(engine)
}

fn listen(
    engine: &mut Box<dyn Engine>,
    id: u64,
    chunks: &[Chunk],
    ask: &Ask,
    stop: &Stop,
) -> Result<Vec<Heard>, EngineError> {
    let batch = engine.abilities().batch.max(1);
    let mut all = Vec::with_capacity(chunks.len());
    for some in chunks.chunks(batch) {
        let heard = unpanicked(|| engine.listen(some, ask, stop))?;
        for (chunk, heard) in some.iter().zip(&heard) {
            let (took_ms, words, effort) = (heard.took_ms, heard.words.len(), ask.effort);
            tracing::info!(
                request = id,
                chunk = chunk.index,
                samples = chunk.pcm.len(),
                ?effort,
                took_ms,
                words,
                "heard"
            );
        }
        all.extend(heard);
    }
    Ok(all)
}

/// A panic is an error like any other here: the next request may go well.
fn unpanicked<T>(act: impl FnOnce() -> Result<T, EngineError>) -> Result<T, EngineError> {
    catch_unwind(AssertUnwindSafe(act)).unwrap_or_else(|panic| {
        let words = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
        Err(EngineError::Failed { reason: format!("panicked: {}", words.unwrap_or("without a word")) })
    })
}

#[cfg(test)]
mod tests {
    use astra_core::engine::{Abilities, Effort};

    use super::*;

    /// Panics when it is given two chunks at once, and hears nothing in one.
    struct Nervous;

    impl Engine for Nervous {
        fn abilities(&self) -> Abilities {
            Abilities { device: String::new(), languages: vec![], word_times: false, vocabulary: false, batch: 2 }
        }

        fn listen(&mut self, chunks: &[Chunk], _: &Ask, _: &Stop) -> Result<Vec<Heard>, EngineError> {
            assert!(chunks.len() < 2, "two at once");
            Ok(chunks.iter().map(|_| Heard { words: vec![], no_speech: 1.0, took_ms: 0 }).collect())
        }
    }

    #[test]
    fn a_panic_in_an_engine_is_an_answer_and_the_next_request_is_heard() {
        let (input, mut to) = io::pipe().expect("a pipe");
        let (mut from, output) = io::pipe().expect("a pipe");
        let load = Load { engine: "nervous".to_owned(), model: PathBuf::new(), threads: 1 };
        wire::write(&mut to, &ToHost::Load { load }, &[]).expect("it is written");
        let ask = Ask { language: "es".to_owned(), vocabulary: vec![], effort: Effort::Usual };
        for (id, samples) in [(1, vec![1, 1]), (2, vec![1]), (3, vec![])] {
            let chunks = samples.iter().map(|samples| wire::Outline { index: 0, samples: *samples }).collect();
            let pcm = vec![0; samples.len()];
            let listen = ToHost::Listen { id, ask: ask.clone(), chunks };
            wire::write(&mut to, &listen, &[&pcm]).expect("it is written");
        }
        let open = |_: &Load, _: &Arc<Pulse>| Ok(Box::new(Nervous) as Box<dyn Engine>);
        assert_eq!(serve(input, output, Duration::from_millis(300), open, |_| ()), 0);

        let mut answer = || loop {
            match wire::read(&mut from).expect("an answer") {
                Some((FromHost::Progress { .. }, _)) => (),
                answer => return answer.map(|(answer, _)| answer),
            }
        };
        assert!(matches!(answer(), Some(FromHost::Ready { .. })));
        match answer() {
            Some(FromHost::Failed { id: 1, failure: EngineError::Failed { reason } }) => {
                assert!(reason.contains("two at once"), "{reason}");
            }
            other => panic!("{other:?}"),
        }
        assert!(matches!(answer(), Some(FromHost::Heard { id: 2, heard }) if heard.len() == 1));
        assert!(matches!(answer(), Some(FromHost::Heard { id: 3, heard }) if heard.is_empty()));
    }

    #[test]
    fn options_are_read_as_they_are_written() {
        let read = |words: &str| options(words.split_whitespace().map(str::to_owned));
        assert_eq!(read(""), Ok(Options { idle: Duration::from_secs(600), log_folder: None }));
        let full = Options { idle: Duration::from_secs(5), log_folder: Some(PathBuf::from("logs")) };
        assert_eq!(read("--log-dir logs --idle-seconds 5"), Ok(full));
        assert!(read("--idle-seconds never").is_err());
        assert!(read("--log-dir").is_err());
    }
}
