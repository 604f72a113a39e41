//! Watched folders, and the questions that come up in them.

use astra_core::app::App;
use astra_core::id::FolderId;
use astra_core::watch::{ExistingAnswer, LogLine, Question, Reply, WatchedFolder};
use tauri::State;

use super::Answer;

/// Every watched folder.
#[tauri::command]
#[specta::specta]
pub async fn watch_list(app: State<'_, App>) -> Answer<Vec<WatchedFolder>> {
    Ok(app.watch_list().await?)
}

/// Says whether the folders in a watched folder are watched too.
#[tauri::command]
#[specta::specta]
pub async fn watch_subfolders(app: State<'_, App>, folder: FolderId, subfolders: bool) -> Answer<WatchedFolder> {
    Ok(app.watch_subfolders(folder, subfolders).await?)
}

/// Watches a folder from now on, or tells anew whether the folders in it are watched too.
#[tauri::command]
#[specta::specta]
pub async fn watch_add(app: State<'_, App>, path: String, subfolders: bool) -> Answer<WatchedFolder> {
    Ok(app.watch_add(path.as_ref(), subfolders).await?)
}

/// Watches a folder no longer.
#[tauri::command]
#[specta::specta]
pub async fn watch_remove(app: State<'_, App>, folder: FolderId) -> Answer<()> {
    Ok(app.watch_remove(folder).await?)
}

/// Says what shall become of the recordings that lay in a folder already.
#[tauri::command]
#[specta::specta]
pub async fn watch_existing(app: State<'_, App>, folder: FolderId, answer: ExistingAnswer) -> Answer<WatchedFolder> {
    Ok(app.watch_existing(folder, answer).await?)
}

/// Lines of the log before one of them, the newest first.
#[tauri::command]
#[specta::specta]
pub async fn watch_log(app: State<'_, App>, before: Option<i64>, limit: u32) -> Answer<Vec<LogLine>> {
    Ok(app.watch_log(before, limit).await?)
}

/// The questions that wait.
#[tauri::command]
#[specta::specta]
pub async fn watch_questions(app: State<'_, App>) -> Answer<Vec<Question>> {
    Ok(app.watch_questions().await?)
}

/// Answers a question.
#[tauri::command]
#[specta::specta]
pub async fn watch_answer(app: State<'_, App>, question: i64, answer: Reply) -> Answer<()> {
    Ok(app.watch_answer(question, answer).await?)
}
