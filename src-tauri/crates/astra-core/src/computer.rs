//! What is on this computer, what is missing, and what to do about it.

use serde::Serialize;

pub mod graphics;
pub mod hardware;
pub mod others;

pub use graphics::GraphicsCard;
pub use hardware::{Hardware, free_memory};
pub use others::OtherPrograms;

use crate::Result;
use crate::app::{SETTINGS, USUAL_MS, aim_for, check};
use crate::engine::device::{Device, folders_of_this_program};
use crate::engine::host::{device_of, try_library};
use crate::engine::onnx_runtime;
use crate::engine::{EngineError, Stop};
use crate::media::program;
use crate::models::{Aim, Library, listens, needs_onnx_runtime};
use crate::sentences::{error_sentence, sentence};
use crate::settings::{DataFolder, Settings};
use crate::store::Store;

/// Free space below which a person should be told, in bytes.
const LITTLE_SPACE: u64 = 5_000_000_000;

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct Finding {
    /// What it is, as programs name it.
    pub id: String,
    /// What it is, as a person names it.
    pub name: String,
    /// Whether it is as it should be.
    pub state: State,
    /// What was found.
    pub found: String,
    /// What to do about it.
    pub remedy: Option<String>,
}

/// Whether something is as it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It is there.
    Good,
    /// Astra works without it, with less comfort.
    Optional,
    /// Astra cannot do its work without it.
    Missing,
}

/// Looks at everything.
///
/// # Errors
/// Those of the models' folder.
pub async fn look(folder: &DataFolder) -> Result<Vec<Finding>> {
    let mut findings = vec![
        tool("ffmpeg", "ffmpeg", State::Missing),
        tool("ffprobe", "ffmpeg", State::Missing),
        tool("yt-dlp", "yt_dlp", State::Optional),
        engine(),
        onnx_runtime(folder)?,
        hardware(),
        gpu(),
        models(folder).await?,
        disk(folder),
        database(folder).await,
    ];
    findings.extend(server(folder).await);
    Ok(findings)
}

/// A finding under the name it has in the catalogue.
fn finding(id: &str, state: State, found: String, remedy: Option<String>) -> Finding {
    let name = sentence(&format!("doctor.{}", id.replace('-', "_").replace("ffprobe", "ffmpeg")), &[]);
    Finding { id: id.to_owned(), name, state, found, remedy }
}

fn tool(id: &str, key: &str, when_missing: State) -> Finding {
    match program::version(id) {
        Some(version) => finding(id, State::Good, version, None),
        None => {
            let remedy = sentence(&format!("doctor.{key}_remedy"), &[]);
            finding(id, when_missing, format!("{id} {}", sentence("doctor.missing", &[])), Some(remedy))
        }
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
    finding(
        "engine",
        if missing { State::Missing } else { State::Good },
        if missing { sentence("doctor.missing", &[]) } else { found.join(", ") },
        missing.then(|| sentence("doctor.engine_remedy", &[])),
    )
}

/// Only who has a Parakeet model needs it; Whisper is faster with it. Whether it can be used is for the host to say that
/// loads it.
fn onnx_runtime(folder: &DataFolder) -> Result<Finding> {
    let models = folder.models();
    let places: Vec<String> =
        onnx_runtime::folders(&models).iter().map(|folder| folder.display().to_string()).collect();
    let absent = sentence("doctor.onnxruntime_remedy", &[("places", &places.join(", "))]);
    let (found, remedy) = match onnx_runtime::library(&models).filter(|path| path.is_file()) {
        Some(path) => {
            let host = Device::Cpu.find(&folders_of_this_program());
            let (tried, path) = (host.map_or(Ok(()), |host| try_library(&host, &path)), path.display().to_string());
            match tried {
                Ok(()) => return Ok(finding("onnxruntime", State::Good, path, None)),
                Err(reason) => (
                    sentence("doctor.onnxruntime_unusable", &[("path", &path), ("reason", &reason)]),
                    sentence("doctor.onnxruntime_replace", &[]),
                ),
            }
        }
        None => (sentence("doctor.missing", &[]), absent),
    };
    let needed = Library::open(models.clone())?.list().iter().any(|model| needs_onnx_runtime(&model.engine));
    Ok(finding("onnxruntime", if needed { State::Missing } else { State::Optional }, found, Some(remedy)))
}

fn hardware() -> Finding {
    finding("processor", State::Good, Hardware::of_this_computer().in_words(), None)
}

/// Which graphics card can be used is for the hosts to say that are here: each is built for one kind.
pub fn gpu() -> Finding {
    let folders = folders_of_this_program();
    let hosts = [Device::Cuda, Device::Vulkan].into_iter().filter_map(|device| device.find(&folders));
    let told: Vec<_> = hosts.map(|host| device_of(&host)).collect();
    gpu_of(&GraphicsCard::of_this_computer(), &told)
}

fn gpu_of(cards: &[GraphicsCard], told: &[std::result::Result<String, String>]) -> Finding {
    let mut found: Vec<String> = cards.iter().map(GraphicsCard::in_words).collect();
    if let Some(card) = told.iter().find_map(|host| host.as_ref().ok()) {
        found.push(sentence("doctor.gpu_used", &[("card", card)]));
        return finding("gpu", State::Good, found.join("; "), None);
    }
    let cores = num_cpus::get_physical().to_string();
    let engine_missing = !cards.is_empty() && told.is_empty();
    let remedy = if engine_missing { "doctor.gpu_engine_remedy" } else { "doctor.gpu_remedy" };
    found.push(sentence("doctor.gpu_none", &[("cores", &cores)]));
    let none = EngineError::NoDevice.to_string();
    found.extend(told.iter().filter_map(|host| host.clone().err()).filter(|reason| *reason != none));
    finding("gpu", State::Optional, found.join("; "), Some(sentence(remedy, &[])))
}

async fn models(folder: &DataFolder) -> Result<Finding> {
    let library = Library::open(folder.models())?;
    let catalog = library.catalog();
    let real = |id: &str| catalog.find(id).is_none_or(|entry| !entry.embedded && listens(&entry.engine));
    let found: Vec<String> = library.list().into_iter().map(|model| model.id).filter(|id| real(id)).collect();
    if !found.is_empty() {
        return Ok(finding("models", State::Good, found.join(", "), None));
    }
    let aim = aim_of(folder).await;
    let remedy = sentence("doctor.models_remedy", &[("recommended", aim.recommended(catalog))]);
    Ok(finding("models", State::Missing, sentence("doctor.missing", &[]), Some(remedy)))
}

/// What a model for a usual session is chosen by; of a database that cannot be read, by nothing but the memory.
async fn aim_of(folder: &DataFolder) -> Aim {
    let known = async {
        let store = Store::open(folder).await?;
        let known = aim_for(&store, USUAL_MS).await;
        store.close().await;
        known
    };
    let of_memory = |_| Aim { memory_mb: Hardware::of_this_computer().memory_mb, ..Aim::default() };
    known.await.unwrap_or_else(of_memory)
}

fn disk(folder: &DataFolder) -> Finding {
    let folder = folder.path();
    let free = fs4::available_space(folder).unwrap_or_default();
    let free_gb = format!("{:.1}", free as f64 / 1e9).replace('.', ",");
    finding(
        "disk",
        if free < LITTLE_SPACE { State::Optional } else { State::Good },
        sentence("doctor.disk_value", &[("free", &free_gb), ("path", &folder.display().to_string())]),
        (free < LITTLE_SPACE).then(|| sentence("doctor.disk_remedy", &[])),
    )
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
    let state = if remedy.is_some() { State::Missing } else { State::Good };
    finding("database", state, found, remedy)
}

/// Whether the server that was chosen answers; nothing when none was.
async fn server(folder: &DataFolder) -> Option<Finding> {
    let store = Store::open(folder).await.ok()?;
    let settings: Option<Settings> = store.setting(SETTINGS).await.ok()?;
    store.close().await;
    let choices = settings?.server;
    let server = choices.endpoint().ok()?.host();
    Some(match check(&choices, &Stop::default()).await {
        Ok(_) => finding("server", State::Good, sentence("doctor.server_good", &[("server", &server)]), None),
        Err(error) => finding("server", State::Optional, server, Some(error_sentence(&error))),
    })
}

/// How many sessions it holds, and what SQLite finds wrong with it.
async fn look_into_database(folder: &DataFolder) -> Result<(usize, Option<String>)> {
    let store = Store::open(folder).await?;
    let damage = store.check_integrity().await?;
    let sessions = store.sessions().await?.len();
    store.close().await;
    Ok((sessions, damage))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_without_its_engine_is_told_with_what_is_missing() {
        let card = GraphicsCard { name: "NVIDIA L4".to_owned(), memory_mb: 24_152, driver: "580.65.06".to_owned() };
        let cards = std::slice::from_ref(&card);
        let told = |cards: &[GraphicsCard], hosts: &[std::result::Result<String, String>]| {
            let finding = gpu_of(cards, hosts);
            (finding.state, finding.found, finding.remedy.unwrap_or_default().contains("controlador"))
        };
        let (state, found, driver) = told(cards, &[Err("no driver".to_owned()), Ok("NVIDIA L4 (Vulkan)".to_owned())]);
        assert_eq!((state, driver), (State::Good, false));
        assert!(found.contains("24 GB") && found.ends_with("NVIDIA L4 (Vulkan)"), "{found}");
        let (state, found, driver) = told(cards, &[]);
        assert_eq!((state, found.contains("L4"), driver), (State::Optional, true, false), "its engine is missing");
        let (state, found, driver) = told(cards, &[Err("no driver".to_owned())]);
        assert_eq!((state, found.ends_with("no driver"), driver), (State::Optional, true, true));
        let (_, nothing, driver) = told(&[], &[]);
        assert!(driver);
        assert_eq!(told(&[], &[Err(EngineError::NoDevice.to_string())]).1, nothing, "that there is none is said once");
    }
}
