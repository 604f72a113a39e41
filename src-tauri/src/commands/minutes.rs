//! The minutes of a session: what they state and the record. `transcript_edit` changes them.

use astra_core::app::{App, OpenMinutes, TextChange};
use astra_core::id::SessionId;
use astra_core::minutes::Record;
use tauri::State;

use super::Answer;

/// What the minutes state.
#[tauri::command]
#[specta::specta]
pub async fn minutes_open(app: State<'_, App>, session: SessionId) -> Answer<OpenMinutes> {
    Ok(app.minutes_open(session).await?)
}

/// Keeps what was typed about the sitting, and says what that changed.
#[tauri::command]
#[specta::specta]
pub async fn record_save(app: State<'_, App>, session: SessionId, record: Record) -> Answer<Option<TextChange>> {
    Ok(app.record_save(session, &record).await?)
}
