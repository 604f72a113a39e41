//! Backups of the database.

use std::path::Path;

use astra_core::app::App;
use astra_core::app::backup::Restored;
use astra_core::store::backup::Backup;
use tauri::{AppHandle, State};

use super::Answer;
use crate::closing;

/// Every backup there is, newest first; each is read to its end.
#[tauri::command]
#[specta::specta]
pub async fn backup_list(app: State<'_, App>) -> Answer<Vec<Backup>> {
    Ok(app.backup_list().await)
}

/// Makes a backup now.
#[tauri::command]
#[specta::specta]
pub async fn backup_make(app: State<'_, App>) -> Answer<Backup> {
    Ok(app.backup_make().await?)
}

/// Puts a backup, by its name, in the place of the database, and opens Astra anew a moment later.
#[tauri::command]
#[specta::specta]
pub async fn backup_restore(handle: AppHandle, app: State<'_, App>, name: String) -> Answer<Restored> {
    let restored = app.backup_restore(Path::new(&name)).await;
    if app.store().is_closed() {
        closing::open_anew(&handle);
    }
    Ok(restored?)
}
