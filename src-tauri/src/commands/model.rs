//! The models on this computer.

use astra_core::app::{App, ModelImport, ModelRow};
use serde::Serialize;
use tauri::{AppHandle, State};

use super::picker::FolderPurpose;
use super::{Answer, picker};
use crate::opening;

/// Seconds of audio heard in a second.
#[derive(Debug, Serialize, specta::Type)]
#[serde(transparent)]
// A float would be «number or null» to the page, since JSON cannot write every float; it can this one.
pub struct Speed(#[specta(type = u32)] f64);

/// The models Astra knows and those that were brought along.
#[tauri::command]
#[specta::specta]
pub async fn model_list(app: State<'_, App>) -> Answer<Vec<ModelRow>> {
    Ok(app.model_list().await?)
}

/// Downloads a model in the background; events tell how far it is and how it ended.
#[tauri::command]
#[specta::specta]
pub async fn model_install(app: State<'_, App>, model: String) -> Answer<()> {
    Ok(app.model_install(&model)?)
}

/// Stops a download. What was received is kept for the next try.
#[tauri::command]
#[specta::specta]
pub async fn model_cancel(app: State<'_, App>, model: String) -> Answer<()> {
    app.model_cancel(&model);
    Ok(())
}

/// Takes a model off this computer.
#[tauri::command]
#[specta::specta]
pub async fn model_remove(app: State<'_, App>, model: String) -> Answer<()> {
    Ok(app.model_remove(&model).await?)
}

/// Reads the whole of a model and compares it with what it should be.
#[tauri::command]
#[specta::specta]
pub async fn model_verify(app: State<'_, App>, model: String) -> Answer<()> {
    Ok(app.model_verify(&model).await?)
}

/// Asks for a file, or for a folder, and takes the models from it; null when the dialog was closed.
#[tauri::command]
#[specta::specta]
pub async fn model_import(handle: AppHandle, app: State<'_, App>, folder: bool) -> Answer<Option<ModelImport>> {
    let chosen = match folder {
        true => picker::folder(&handle, FolderPurpose::Models).await,
        false => picker::model(&handle).await,
    };
    match chosen {
        Some(path) => Ok(Some(app.model_import(&path).await?)),
        None => Ok(None),
    }
}

/// Stops taking models along. Those that are whole stay.
#[tauri::command]
#[specta::specta]
pub async fn model_import_cancel(app: State<'_, App>) -> Answer<()> {
    app.model_import_cancel();
    Ok(())
}

/// Measures how many seconds of audio a model hears in a second on this computer.
#[tauri::command]
#[specta::specta]
pub async fn model_measure(handle: AppHandle, app: State<'_, App>, model: String) -> Answer<Speed> {
    let sample = opening::sample(&handle)?;
    Ok(Speed(app.model_measure(&model, &sample).await?))
}
