//! The list of sessions, and one of them.

use astra_core::app::{App, Start};
use astra_core::id::SessionId;
use astra_core::sessions::view::{Deletion, Hit, SessionRow, SessionView};
use tauri::State;

use super::Answer;

/// Every session, newest first.
#[tauri::command]
#[specta::specta]
pub async fn session_list(app: State<'_, App>) -> Answer<Vec<SessionRow>> {
    Ok(app.session_list().await?)
}

/// One session as it stands in the list.
#[tauri::command]
#[specta::specta]
pub async fn session_row(app: State<'_, App>, session: SessionId) -> Answer<SessionRow> {
    Ok(app.session_row(session).await?)
}

/// Titles, people and text that hold the words; case and accents do not matter.
#[tauri::command]
#[specta::specta]
pub async fn session_search(app: State<'_, App>, text: String, limit: u32) -> Answer<Vec<Hit>> {
    Ok(app.session_search(&text, limit).await?)
}

/// A session with its parts and its record.
#[tauri::command]
#[specta::specta]
pub async fn session_open(app: State<'_, App>, session: SessionId) -> Answer<SessionView> {
    Ok(app.session_open(session).await?)
}

/// Gives a session another title.
#[tauri::command]
#[specta::specta]
pub async fn session_rename(app: State<'_, App>, session: SessionId, title: String) -> Answer<()> {
    Ok(app.session_rename(session, &title).await?)
}

/// What deleting a session would delete.
#[tauri::command]
#[specta::specta]
pub async fn session_deletion(app: State<'_, App>, session: SessionId) -> Answer<Deletion> {
    Ok(app.session_deletion(session).await?)
}

/// Deletes a session; its recordings are never touched.
#[tauri::command]
#[specta::specta]
pub async fn session_delete(app: State<'_, App>, session: SessionId) -> Answer<()> {
    Ok(app.session_delete(session).await?)
}

/// Begins a session of these recordings, and leaves it to the queue.
#[tauri::command]
#[specta::specta]
pub async fn session_start(app: State<'_, App>, start: Start) -> Answer<SessionId> {
    Ok(app.session_start(start).await?)
}

/// Makes one session of two: the parts of the later one follow, with their text.
#[tauri::command]
#[specta::specta]
pub async fn session_join(app: State<'_, App>, earlier: SessionId, later: SessionId) -> Answer<()> {
    Ok(app.session_join(earlier, later).await?)
}

/// Makes a session of its own of the parts from one on.
#[tauri::command]
#[specta::specta]
pub async fn session_split(app: State<'_, App>, session: SessionId, position: u32) -> Answer<SessionId> {
    Ok(app.session_split(session, position).await?)
}

/// Puts the parts of a session into another order, each named by its position until now.
#[tauri::command]
#[specta::specta]
pub async fn session_reorder(app: State<'_, App>, session: SessionId, order: Vec<u32>) -> Answer<()> {
    Ok(app.session_reorder(session, &order).await?)
}
