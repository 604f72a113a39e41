//! Recordings on their way in.

use astra_core::app::{App, Proposal};
use astra_core::id::SessionId;
use astra_core::sessions::view::SessionView;
use tauri::{AppHandle, State};

use super::{Answer, picker};
use crate::offered::Offered;

/// Looks at what was handed over, and proposes it as the parts of one session.
#[tauri::command]
#[specta::specta]
pub async fn recording_propose(app: State<'_, App>, sources: Vec<String>) -> Answer<Proposal> {
    Ok(app.recording_propose(&sources).await?)
}

/// The native picker; empty when it was closed.
#[tauri::command]
#[specta::specta]
pub async fn recording_pick(handle: AppHandle) -> Answer<Vec<String>> {
    Ok(picker::recordings(&handle).await.iter().map(|path| path.display().to_string()).collect())
}

/// What was given at the start or by «Abrir con» before the page listened; each is given once.
#[tauri::command]
#[specta::specta]
pub async fn recording_offered(offered: State<'_, Offered>) -> Answer<Vec<String>> {
    Ok(offered.0.take())
}

/// Asks for the file of a part that is gone, and takes it when it is the same by its hash.
#[tauri::command]
#[specta::specta]
pub async fn recording_locate(
    handle: AppHandle,
    app: State<'_, App>,
    session: SessionId,
    part: u32,
) -> Answer<SessionView> {
    match picker::recording(&handle).await {
        Some(path) => Ok(app.recording_locate(session, part, &path).await?),
        None => Ok(app.session_open(session).await?),
    }
}
