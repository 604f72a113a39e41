//! The engine host as Astra sees it: an [`Engine`] that lives in a process of its own.
//!
//! The process is started at the first request, stays warm between requests, and is replaced
//! after a crash; whether a chunk is offered again is for [`crate::jobs`] to say. Devices are tried
//! in the order in which they were given, at the start and when one fails again and again, as for
//! want of memory; whatever makes one unusable is said aloud as a [`Notice`].

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::device::{Device, folders_of_this_program};
use super::wire::{self, FromHost, ToHost, WireError};
use super::{Abilities, Ask, Engine, EngineError, Heard, Load, Stop};
use crate::chunks::Chunk;
use crate::clock;

pub use asked::{device_of, try_library};
use child::{Answer, Child};

mod asked;
mod child;

/// So many failures in a row, of whatever chunks, and the next device is tried.
const FAILURES_PER_DEVICE: u32 = 2;

/// How often a waiting call looks whether it was asked to stop.
const TICK: Duration = Duration::from_millis(25);

/// Something about devices that the person should be told.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "notice", rename_all = "snake_case")]
pub enum Notice {
    /// The host for a device did not start or did not load the model; the next device is tried.
    DeviceUnusable {
        /// The device.
        device: Device,
        /// What was wrong, in words for the log.
        reason: String,
    },
    /// The model is loaded.
    Loaded {
        /// The device.
        device: Device,
        /// The device in words for a person.
        description: String,
    },
}

/// How long the host may take for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// To obey a stop, before it is killed.
    pub stop: Duration,
    /// Without any sign of life while there is something to wait for, before it is killed.
    pub silence: Duration,
    /// Without work, before it unloads the model and ends by itself.
    pub idle: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { stop: Duration::from_millis(600), silence: Duration::from_secs(60), idle: Duration::from_secs(600) }
    }
}

/// An engine in a process of its own.
pub struct EngineHost {
    load: Load,
    devices: Vec<Device>,
    folders: Vec<PathBuf>,
    log_folder: Option<PathBuf>,
    patience: Patience,
    tell: Box<dyn Fn(&Notice) + Send>,
    notices: Vec<Notice>,
    child: Option<Child>,
    abilities: Abilities,
    requests: u64,
    failures: u32,
}

/// How a request ended when there is nothing to return.
enum Loss {
    /// The host had ended without error, as it does when it was idle for long.
    WasIdle,
    /// Anything else.
    Failure(EngineError),
}

impl EngineHost {
    /// An engine that will load `load` when it is first needed, on the first of `devices` that works.
    pub fn new(load: Load, devices: impl Into<Vec<Device>>) -> Self {
        let abilities =
            Abilities { device: String::new(), languages: Vec::new(), word_times: false, vocabulary: false, batch: 1 };
        Self {
            load,
            devices: devices.into(),
            folders: folders_of_this_program(),
            log_folder: None,
            patience: Patience::default(),
            tell: Box::new(|_| ()),
            notices: Vec::new(),
            child: None,
            abilities,
            requests: 0,
            failures: 0,
        }
    }

    /// Calls `tell` with every notice at the moment it arises.
    #[must_use]
    pub fn telling(mut self, tell: impl Fn(&Notice) + Send + 'static) -> Self {
        self.tell = Box::new(tell);
        self
    }

    /// Looks for hosts in these folders only.
    #[must_use]
    pub fn found_in(mut self, folders: Vec<PathBuf>) -> Self {
        self.folders = folders;
        self
    }

    /// Lets the host keep its daily log in this folder.
    #[must_use]
    pub fn logging_into(mut self, folder: PathBuf) -> Self {
        self.log_folder = Some(folder);
        self
    }

    /// Replaces the limits of time.
    #[must_use]
    pub fn with_patience(mut self, patience: Patience) -> Self {
        self.patience = patience;
        self
    }

    /// All notices so far, the oldest first.
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// The id of the host's process while there is one.
    pub fn process_id(&self) -> Option<u32> {
        self.child.as_ref().map(Child::id)
    }

    /// Starts the host and loads the model unless that was done. [`Engine::listen`] does it by
    /// itself; this is for whoever wants to know [`Engine::abilities`] first.
    ///
    /// # Errors
    /// [`EngineError::Missing`] when there is no host, or the last one tried lacks a library; of the last one tried too
    /// [`EngineError::LibraryUnusable`], [`EngineError::ModelUnreadable`] when it could not load the model and
    /// [`EngineError::Died`] when it did not even start; [`EngineError::Stopped`].
    pub fn start(&mut self, stop: &Stop) -> Result<(), EngineError> {
        if self.child.as_mut().is_some_and(Child::is_usable) {
            return Ok(());
        }
        self.child = None;
        match self.start_on_fastest(stop) {
            // What was killed while it loaded would as well have been killed later, and then another takes its place.
            Err((_, true)) => self.start_on_fastest(stop).map_err(|(failure, _)| failure),
            outcome => outcome.map_err(|(failure, _)| failure),
        }
    }

    /// Starts a host on the fastest device that works. With the failure comes whether a host had died meanwhile.
    fn start_on_fastest(&mut self, stop: &Stop) -> Result<(), (EngineError, bool)> {
        let (mut tried, mut passed_over) = (Vec::new(), Vec::new());
        let (mut last, mut died) = (None, false);
        for (position, device) in self.devices.clone().into_iter().enumerate() {
            let Some(binary) = device.find(&self.folders) else {
                tried.push(format!("{}: there is none", device.binary()));
                continue;
            };
            let failure = match self.load_on(&binary, stop) {
                Ok(description) => {
                    // That one goes on with another device is true only now that one does.
                    passed_over.into_iter().for_each(|notice| self.note(notice));
                    self.note(Notice::Loaded { device, description });
                    // A device that failed once is not asked again after every crash.
                    self.devices.drain(..position);
                    return Ok(());
                }
                Err(EngineError::Stopped) => return Err((EngineError::Stopped, false)),
                Err(failure) => failure,
            };
            died |= matches!(failure, EngineError::Died { .. });
            tried.push(format!("{}: {failure}", device.binary()));
            // Who has no graphics card need not hear so at every session.
            if failure == EngineError::NoDevice {
                tracing::info!(device = device.name(), "there is no such device");
                continue;
            }
            passed_over.push(Notice::DeviceUnusable { device, reason: failure.to_string() });
            last = Some(failure);
        }
        let tried = tried.join("; ");
        let failure = match last {
            // The engine itself said what it lacks.
            Some(
                lacking @ (EngineError::ModelUnreadable { .. }
                | EngineError::LibraryUnusable { .. }
                | EngineError::Missing { .. }),
            ) => lacking,
            // It is there and may start another time: for want of memory, say.
            Some(_) => EngineError::Died { reason: tried },
            None => EngineError::Missing { tried },
        };
        Err((failure, died))
    }

    /// Starts a host and has it load the model. Returns the device as the host describes it.
    fn load_on(&mut self, binary: &Path, stop: &Stop) -> Result<String, EngineError> {
        let mut arguments = vec!["--idle-seconds".to_owned(), self.patience.idle.as_secs().to_string()];
        if let Some(folder) = &self.log_folder {
            arguments.extend(["--log-dir".to_owned(), folder.display().to_string()]);
        }
        let child =
            Child::start(binary, &arguments).map_err(|error| EngineError::Died { reason: error.to_string() })?;
        let unreadable = |error: WireError| EngineError::ModelUnreadable {
            model: self.load.model.display().to_string(),
            reason: error.to_string(),
        };
        child.send(wire::frame(&ToHost::Load { load: self.load.clone() }, &[]).map_err(unreadable)?);
        self.child = Some(child);
        match self.answer(0, stop) {
            Ok(FromHost::Ready { abilities }) => {
                let description = abilities.device.clone();
                self.abilities = abilities;
                Ok(description)
            }
            Ok(_) => Err(self.end("it did not answer what it was asked").1),
            Err(Loss::Failure(failure)) => Err(failure),
            Err(Loss::WasIdle) => Err(EngineError::Died { reason: "it ended at once".to_owned() }),
        }
    }

    /// Waits for the answer to a request, or with id 0 to a load.
    fn answer(&mut self, id: u64, stop: &Stop) -> Result<FromHost, Loss> {
        let mut stop_sent = None;
        let mut silence = Duration::ZERO;
        let mut looked = clock::instant();
        loop {
            let Some(child) = &mut self.child else { return Err(Loss::WasIdle) };
            match child.answer(TICK) {
                Answer::Message(FromHost::Progress { .. }) => silence = Duration::ZERO,
                Answer::Message(FromHost::Failed { id: 0, failure }) => {
                    // Not about a request but about the host itself, which is of no more use.
                    self.child = None;
                    return Err(Loss::Failure(failure));
                }
                Answer::Message(FromHost::Failed { id: of, failure }) if of == id => {
                    return Err(Loss::Failure(failure));
                }
                Answer::Message(answer @ FromHost::Ready { .. }) if id == 0 => return Ok(answer),
                Answer::Message(FromHost::Heard { id: of, heard }) if of == id => {
                    return Ok(FromHost::Heard { id, heard });
                }
                // A late word about a request that was given up.
                Answer::Message(_) | Answer::Silence => (),
                Answer::End(None) => {
                    let (well, failure) = self.end("");
                    return Err(if well { Loss::WasIdle } else { Loss::Failure(failure) });
                }
                Answer::End(Some(error)) => return Err(Loss::Failure(self.end(&error.to_string()).1)),
            }

            // A computer that slept wakes up with a clock far ahead; that is not silence.
            let now = clock::instant();
            silence += now.duration_since(looked).min(Duration::from_secs(1));
            looked = now;
            if silence > self.patience.silence {
                let reason = format!("no sign of life for {} s", self.patience.silence.as_secs());
                if let Some(child) = &mut self.child {
                    child.kill();
                }
                return Err(Loss::Failure(self.end(&reason).1));
            }
            match stop_sent {
                None if stop.is_set() => {
                    // Loading cannot be interrupted from inside.
                    let stop = if id == 0 { Err(WireError::NotOurs) } else { wire::frame(&ToHost::Stop, &[]) };
                    match (stop, &self.child) {
                        (Ok(frame), Some(child)) => child.send(frame),
                        _ => return Err(Loss::Failure(self.kill())),
                    }
                    stop_sent = Some(now);
                }
                Some(sent) if now.duration_since(sent) >= self.patience.stop => {
                    return Err(Loss::Failure(self.kill()));
                }
                _ => (),
            }
        }
    }

    /// Ends the host by force because of a stop.
    fn kill(&mut self) -> EngineError {
        if let Some(child) = &mut self.child {
            child.kill();
        }
        self.child = None;
        EngineError::Stopped
    }

    /// Buries the host: whether it had ended without error, and the failure to report.
    fn end(&mut self, reason: &str) -> (bool, EngineError) {
        let (well, words) = self.child.take().map_or_else(|| (false, String::new()), Child::bury);
        let reason = [reason, &words].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ");
        (well, EngineError::Died { reason })
    }

    fn note(&mut self, notice: Notice) {
        match &notice {
            Notice::DeviceUnusable { device, reason } => {
                tracing::warn!(device = device.name(), %reason, "a device cannot be used");
            }
            Notice::Loaded { device, description } => {
                tracing::info!(device = device.name(), %description, "the model is loaded");
            }
        }
        (self.tell)(&notice);
        self.notices.push(notice);
    }
}

impl Engine for EngineHost {
    /// Empty until the model was loaded once.
    fn abilities(&self) -> Abilities {
        self.abilities.clone()
    }

    fn listen(&mut self, chunks: &[Chunk], ask: &Ask, stop: &Stop) -> Result<Vec<Heard>, EngineError> {
        if chunks.is_empty() {
            return Ok(Vec::new());
        }
        let failure = match self.listen_on_its_device(chunks, ask, stop) {
            Err(failure @ (EngineError::Died { .. } | EngineError::Failed { .. })) => failure,
            outcome => {
                self.failures = 0;
                return outcome;
            }
        };
        self.failures += 1;
        if self.failures < FAILURES_PER_DEVICE || self.devices.len() == 1 {
            return Err(failure);
        }
        self.failures = 0;
        self.child = None;
        let device = self.devices.remove(0);
        self.note(Notice::DeviceUnusable { device, reason: failure.to_string() });
        let outcome = self.listen_on_its_device(chunks, ask, stop);
        if outcome.is_err() {
            // It was not the device's fault.
            self.child = None;
            self.devices.insert(0, device);
        }
        outcome
    }
}

impl EngineHost {
    fn listen_on_its_device(&mut self, chunks: &[Chunk], ask: &Ask, stop: &Stop) -> Result<Vec<Heard>, EngineError> {
        let pcm: Vec<&[i16]> = chunks.iter().map(|chunk| chunk.pcm.as_slice()).collect();
        let mut been_idle = false;
        loop {
            if stop.is_set() {
                return Err(EngineError::Stopped);
            }
            self.start(stop)?;
            self.requests += 1;
            let id = self.requests;
            let message = ToHost::Listen { id, ask: ask.clone(), chunks: wire::outlines(chunks) };
            let frame =
                wire::frame(&message, &pcm).map_err(|error| EngineError::Failed { reason: error.to_string() })?;
            if let Some(child) = &self.child {
                child.send(frame);
            }
            match self.answer(id, stop) {
                Ok(FromHost::Heard { heard, .. }) if heard.len() == chunks.len() => return Ok(heard),
                Ok(_) => return Err(self.end("it answered for other chunks than it was given").1),
                // It fell asleep in the moment it was called; once is an accident.
                Err(Loss::WasIdle) if !been_idle => been_idle = true,
                Err(Loss::WasIdle) => return Err(EngineError::Died { reason: "it ended without a word".to_owned() }),
                Err(Loss::Failure(failure)) => return Err(failure),
            }
        }
    }
}

impl std::fmt::Debug for EngineHost {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("EngineHost").field("load", &self.load).field("devices", &self.devices).finish()
    }
}
