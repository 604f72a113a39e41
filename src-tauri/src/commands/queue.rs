//! What waits to be heard, and pausing all of it.

use astra_core::app::{App, Queue};
use tauri::State;

use super::Answer;

/// What is heard, what waits, and what keeps it waiting.
#[tauri::command]
#[specta::specta]
pub async fn queue_get(app: State<'_, App>) -> Answer<Queue> {
    Ok(app.queue_get().await?)
}

/// Lets everything wait until somebody lets it go on, whatever is closed or opened meanwhile.
#[tauri::command]
#[specta::specta]
pub async fn queue_pause(app: State<'_, App>) -> Answer<()> {
    Ok(app.queue_pause().await?)
}

/// Lets the queue go on.
#[tauri::command]
#[specta::specta]
pub async fn queue_resume(app: State<'_, App>) -> Answer<()> {
    Ok(app.queue_resume().await?)
}
