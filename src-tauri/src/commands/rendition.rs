//! Renditions of a session: audio, video, a picture, the waveform.

use astra_core::app::App;
use astra_core::app::renditions::RenditionProfile;
use astra_core::id::SessionId;
use astra_core::minutes::acta::Copy;
use tauri::State;

use super::Answer;

/// What a session can be rendered as.
#[tauri::command]
#[specta::specta]
pub async fn rendition_profiles(app: State<'_, App>, session: SessionId) -> Answer<Vec<RenditionProfile>> {
    Ok(app.rendition_profiles(session).await?)
}

/// Makes a rendition in the background; events tell how far it is and how it ended.
#[tauri::command]
#[specta::specta]
pub async fn rendition_make(app: State<'_, App>, session: SessionId, profile: String, copy: Copy) -> Answer<()> {
    Ok(app.rendition_make(session, &profile, copy)?)
}

/// Gives up a rendition that is being made. Nothing of it stays.
#[tauri::command]
#[specta::specta]
pub async fn rendition_cancel(app: State<'_, App>, session: SessionId, profile: String) -> Answer<()> {
    app.rendition_cancel(session, &profile);
    Ok(())
}
