//! What the secretary chose.

use astra_core::app::App;
use astra_core::event::Event;
use astra_core::sentences::{sentence, speak_as_window};
use astra_core::settings::Settings;
use tauri::{AppHandle, State};

use super::picker::FolderPurpose;
use super::{Answer, picker};
use crate::notification::Notices;
use crate::{login, tray};

/// What the secretary chose.
#[tauri::command]
#[specta::specta]
pub async fn settings_get(app: State<'_, App>) -> Answer<Settings> {
    Ok(app.settings_get().await?)
}

/// What was said aloud before the page listened; each is given once.
#[tauri::command]
#[specta::specta]
pub async fn notices_missed(notices: State<'_, Notices>) -> Answer<Vec<String>> {
    Ok(notices.0.take())
}

/// Keeps what the secretary chose.
#[tauri::command]
#[specta::specta]
pub async fn settings_save(handle: AppHandle, app: State<'_, App>, settings: Settings) -> Answer<()> {
    let before = app.settings_get().await?.start_at_login;
    app.settings_save(&settings).await?;
    speak_as_window(settings.language);
    tray::refresh(&handle);
    if settings.start_at_login != before
        && let Err(reason) = login::follow(settings.start_at_login)
    {
        app.emit(Event::NoticeGiven { message: sentence("notice.login_refused", &[("reason", &reason)]) });
    }
    Ok(())
}

/// The native folder picker; null when it was closed.
#[tauri::command]
#[specta::specta]
pub async fn folder_pick(handle: AppHandle, purpose: FolderPurpose) -> Answer<Option<String>> {
    Ok(picker::folder(&handle, purpose).await.map(|path| path.display().to_string()))
}
