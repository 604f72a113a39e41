//! `astra doctor`: what is on this computer, what is missing, and what to do about it.

use astra_core::Result;
use astra_core::engine::device::{Device, folders_of_this_program};
use astra_core::media::program;
use astra_core::models::Library;
use astra_core::sentences::{error_sentence, sentence};
use astra_core::settings::DataFolder;
use astra_core::store::Store;
use serde::Serialize;

use crate::output::Output;

/// Free space below which a person should be told, in bytes.
const LITTLE_SPACE: u64 = 5_000_000_000;

/// One thing that was looked at.
#[derive(Debug, Serialize)]
struct Finding {
    id: &'static str,
    state: State,
    found: String,
    remedy: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    Good,
    /// Astra works without it, with less comfort.
    Optional,
    Missing,
}

/// Looks at everything and prints a line for each.
pub async fn run(folder: &DataFolder, output: &Output) -> Result<()> {
    for finding in [
        tool("ffmpeg", "ffmpeg", State::Missing),
        tool("ffprobe", "ffmpeg", State::Missing),
        tool("yt-dlp", "yt_dlp", State::Optional),
        engine(),
        gpu(),
        models(folder)?,
        disk(folder),
        database(folder).await,
    ] {
        let mark = match finding.state {
            State::Good => "✓",
            State::Optional => "·",
            State::Missing => "✗",
        };
        let what = sentence(&format!("doctor.{}", finding.id.replace('-', "_").replace("ffprobe", "ffmpeg")), &[]);
        let mut line = format!("{mark} {what}: {}", finding.found);
        if let Some(remedy) = &finding.remedy {
            line = format!("{line}\n    {remedy}");
        }
        output.item(&finding, &line);
    }
    Ok(())
}

fn tool(id: &'static str, key: &str, when_missing: State) -> Finding {
    match program::version(id) {
        Some(version) => Finding { id, state: State::Good, found: version, remedy: None },
        None => Finding {
            id,
            state: when_missing,
            found: format!("{id} {}", sentence("doctor.missing", &[])),
            remedy: Some(sentence(&format!("doctor.{key}_remedy"), &[])),
        },
    }
}

fn engine() -> Finding {
    let folders = folders_of_this_program();
    let found: Vec<String> = Device::FASTEST_FIRST
        .iter()
        .filter_map(|device| device.find(&folders))
        .map(|path| path.display().to_string())
        .collect();
    let missing = found.is_empty();
    Finding {
        id: "engine",
        state: if missing { State::Missing } else { State::Good },
        found: if missing { sentence("doctor.missing", &[]) } else { found.join(", ") },
        remedy: missing.then(|| sentence("doctor.engine_remedy", &[])),
    }
}

/// Which graphics card can be used is decided by the hosts that are here: each is built for one
/// kind, and proves itself only when it loads a model.
fn gpu() -> Finding {
    let folders = folders_of_this_program();
    let hosts: Vec<&str> = [Device::Cuda, Device::Vulkan]
        .into_iter()
        .filter(|device| device.find(&folders).is_some())
        .map(Device::name)
        .collect();
    let none = hosts.is_empty();
    let cores = num_cpus::get_physical().to_string();
    Finding {
        id: "gpu",
        state: if none { State::Optional } else { State::Good },
        found: if none { sentence("doctor.gpu_none", &[("cores", &cores)]) } else { hosts.join(", ") },
        remedy: none.then(|| sentence("doctor.gpu_remedy", &[])),
    }
}

fn models(folder: &DataFolder) -> Result<Finding> {
    let library = Library::open(folder.models())?;
    let catalog = library.catalog();
    let real = |id: &str| catalog.find(id).is_none_or(|entry| !entry.embedded && entry.engine == "whisper");
    let found: Vec<String> = library.list().into_iter().map(|model| model.id).filter(|id| real(id)).collect();
    let missing = found.is_empty();
    Ok(Finding {
        id: "models",
        state: if missing { State::Missing } else { State::Good },
        found: if missing { sentence("doctor.missing", &[]) } else { found.join(", ") },
        remedy: missing.then(|| sentence("doctor.models_remedy", &[("recommended", catalog.recommended())])),
    })
}

fn disk(folder: &DataFolder) -> Finding {
    let folder = folder.path();
    let free = fs4::available_space(folder).unwrap_or_default();
    let free_gb = format!("{:.1}", free as f64 / 1e9).replace('.', ",");
    Finding {
        id: "disk",
        state: if free < LITTLE_SPACE { State::Optional } else { State::Good },
        found: sentence("doctor.disk_value", &[("free", &free_gb), ("path", &folder.display().to_string())]),
        remedy: (free < LITTLE_SPACE).then(|| sentence("doctor.disk_remedy", &[])),
    }
}

async fn database(folder: &DataFolder) -> Finding {
    let (found, remedy) = match look_into_database(folder).await {
        Ok((sessions, None)) => {
            let (sessions, path) = (sessions.to_string(), folder.database().display().to_string());
            (sentence("doctor.database_value", &[("sessions", &sessions), ("path", &path)]), None)
        }
        Ok((_, Some(reason))) => (reason.clone(), Some(sentence("doctor.database_remedy", &[("reason", &reason)]))),
        Err(error) => (error.code(), Some(error_sentence(&error))),
    };
    Finding { id: "database", state: if remedy.is_some() { State::Missing } else { State::Good }, found, remedy }
}

/// How many sessions it holds, and what SQLite finds wrong with it.
async fn look_into_database(folder: &DataFolder) -> Result<(usize, Option<String>)> {
    let store = Store::open(folder).await?;
    let damage = store.check_integrity().await?;
    let sessions = store.sessions().await?.len();
    store.close().await;
    Ok((sessions, damage))
}
