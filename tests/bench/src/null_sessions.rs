//! One process that hears many sessions with the engine that costs nothing, as a window does that is never closed.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Result, bail, ensure};
use astra_core::app::{App, Request};
use astra_core::engine::{Engine, Stop};
use astra_core::models;
use astra_core::settings::DataFolder;
use serde::{Deserialize, Serialize};

use crate::ground::Ground;
use crate::null_engine::NullEngine;
use crate::recording::Sound;
use crate::spread::Spread;
use crate::{process, speech};

/// The word that makes this program do it: for itself, not for people.
pub const COMMAND: &str = "null-sessions";

/// After how many sessions memory is looked at.
pub const FEW: usize = 20;
pub const MANY: usize = 500;

/// Memory goes up and down by a tenth from one session to the next, so that it is looked at after each of so many.
const LOOKS: usize = 10;

/// What was held then, in kB: the median of the looks up to there.
#[derive(Debug, Serialize, Deserialize)]
pub struct NullSessions {
    /// After few sessions.
    pub few_kb: u64,
    /// After many.
    pub many_kb: u64,
}

impl NullSessions {
    /// Does it in a process of its own.
    ///
    /// # Errors
    /// When it fails; what it said goes to standard error.
    pub fn run(ground: &Ground) -> Result<Self> {
        let folder = ground.new_folder()?;
        let recording = ground.recording(Sound::Dictaphone, 60)?;
        let mut command = Command::new(std::env::current_exe()?);
        command.arg(COMMAND).arg(recording).arg(folder.path()).stdin(Stdio::null()).stderr(Stdio::inherit());
        let output = command.output()?;
        ensure!(output.status.success(), "it ended with {}", output.status);
        Ok(serde_json::from_slice(&output.stdout)?)
    }
}

/// Does it in this process: `arguments` are the recording and a folder. Prints a [`NullSessions`].
///
/// # Errors
/// Those of Astra.
pub fn run(arguments: &[String]) -> Result<()> {
    let [recording, folder] = arguments else { bail!("{COMMAND} takes a recording and a folder") };
    let (recording, folder) = (PathBuf::from(recording), PathBuf::from(folder));
    let words = speech::words()?;
    let open_engine =
        move |_, _| -> astra_core::Result<Box<dyn Engine>> { Ok(Box::new(NullEngine::saying(words.clone()))) };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let held = runtime.block_on(async {
        let app = App::open_with(DataFolder::open(Some(&folder))?, |_| {}, open_engine).await?;
        let mut held_kb = Vec::with_capacity(MANY);
        for _ in 0..MANY {
            let request = Request {
                model: Some(models::DEMO.to_owned()),
                out: Some(folder.join("out")),
                again: true,
                keep_copy: Some(false),
                ..Request::of(vec![recording.as_os_str().to_owned()])
            };
            app.transcribe(request, &Stop::default()).await?;
            held_kb.push(process::memory_kb(std::process::id())? as f64);
        }
        app.store().close().await;
        let up_to = |number: usize| Spread::of(&held_kb[number - LOOKS..number]).median as u64;
        anyhow::Ok(NullSessions { few_kb: up_to(FEW), many_kb: up_to(MANY) })
    })?;
    writeln!(io::stdout(), "{}", serde_json::to_string(&held)?)?;
    Ok(())
}
