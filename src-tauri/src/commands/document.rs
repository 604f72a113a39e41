//! Documents on the disk.

use std::collections::BTreeMap;
use std::path::Path;

use astra_core::app::{App, Written};
use astra_core::error::Failure;
use astra_core::export::Format;
use astra_core::id::SessionId;
use astra_core::sentences::filled;
use tauri::State;

use super::{Answer, Thrown};

/// Writes documents of a session.
#[tauri::command]
#[specta::specta]
pub async fn document_export(app: State<'_, App>, session: SessionId, formats: Vec<Format>) -> Answer<Vec<Written>> {
    Ok(app.document_export(session, &formats).await?)
}

/// Opens a document that Astra wrote with the program the secretary has for it.
#[tauri::command]
#[specta::specta]
pub async fn document_open(app: State<'_, App>, path: String) -> Answer<()> {
    is_there(&app, &path).await?;
    tauri_plugin_opener::open_path(&path, None::<&str>).map_err(|error| unopened(&path, &error))
}

/// Shows a document that Astra wrote in its folder.
#[tauri::command]
#[specta::specta]
pub async fn document_show(app: State<'_, App>, path: String) -> Answer<()> {
    is_there(&app, &path).await?;
    // A desktop whose file manager cannot point at a file can still show the folder.
    let folder = Path::new(&path).parent().unwrap_or(Path::new(&path));
    tauri_plugin_opener::reveal_item_in_dir(&path)
        .or_else(|_| tauri_plugin_opener::open_path(folder, None::<&str>))
        .map_err(|error| unopened(&path, &error))
}

/// The page may not have just anything opened: only what was written for it.
async fn is_there(app: &App, path: &str) -> Answer<()> {
    if app.document_is_ours(Path::new(path)).await? && Path::new(path).is_file() {
        return Ok(());
    }
    Err(thrown("document_missing", [("path", path)]))
}

fn unopened(path: &str, error: &tauri_plugin_opener::Error) -> Thrown {
    thrown("document_unopened", [("path", path), ("reason", &error.to_string())])
}

fn thrown<const COUNT: usize>(code: &str, details: [(&str, &str); COUNT]) -> Thrown {
    let details: BTreeMap<String, String> =
        details.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let fields: Vec<(String, String)> = details.clone().into_iter().collect();
    Thrown(Failure { message: filled(code, &fields), code: code.to_owned(), details })
}
