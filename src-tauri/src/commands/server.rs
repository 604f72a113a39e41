//! The server that may listen in the place of this computer.

use astra_core::app::{App, ServerOffer};
use astra_core::engine::http::Key;
use astra_core::id::SessionId;
use astra_core::settings::ServerChoices;
use tauri::{AppHandle, State};

use super::{Answer, picker};

/// What the chosen server would do for so much sound; null when nobody chose one.
#[tauri::command]
#[specta::specta]
pub async fn server_offer(app: State<'_, App>, audio_ms: u64) -> Answer<Option<ServerOffer>> {
    Ok(app.server_offer(audio_ms).await?)
}

/// Has a server listen to a second of silence.
#[tauri::command]
#[specta::specta]
pub async fn server_check(app: State<'_, App>, choices: ServerChoices) -> Answer<()> {
    app.server_check(&choices).await?;
    Ok(())
}

/// Has the keyring keep the key of a server; an empty one is forgotten.
#[tauri::command]
#[specta::specta]
pub async fn server_key_set(app: State<'_, App>, url: String, key: String) -> Answer<()> {
    Ok(app.server_key_set(&url, Key::new(&key)).await?)
}

/// Whether there is a key for a server.
#[tauri::command]
#[specta::specta]
pub async fn server_key_known(app: State<'_, App>, url: String) -> Answer<bool> {
    Ok(app.server_key_known(&url).await?)
}

/// Keeps that somebody agreed to the sound of a session going to its server, and lets its job go on.
#[tauri::command]
#[specta::specta]
pub async fn server_agree(app: State<'_, App>, session: SessionId) -> Answer<()> {
    Ok(app.server_agree(session).await?)
}

/// A file with certificates to trust; null when the dialog was closed.
#[tauri::command]
#[specta::specta]
pub async fn certificates_pick(handle: AppHandle) -> Answer<Option<String>> {
    Ok(picker::certificates(&handle).await.map(|path| path.display().to_string()))
}
