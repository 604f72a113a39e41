//! The platform's own dialogs for choosing files and folders.

use std::path::PathBuf;

use astra_core::sentences::sentence;
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder, FilePath};
use tokio::sync::oneshot;

/// Names of files that are offered first; whatever else there is can be chosen as well.
const RECORDINGS: [&str; 22] = [
    "mp3", "wav", "wma", "m4a", "aac", "ogg", "oga", "opus", "flac", "amr", "dss", "ds2", "aif", "aiff", "mp4", "m4v",
    "mov", "mkv", "webm", "avi", "mpg", "wmv",
];

/// What a folder is chosen for.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum FolderPurpose {
    /// The recordings in it are those of a session.
    Recordings,
    /// Documents are written there.
    Documents,
    /// Recordings come from there by themselves.
    Watched,
    /// Models lie there.
    Models,
}

/// Recordings; none when the dialog was closed.
pub async fn recordings(handle: &AppHandle) -> Vec<PathBuf> {
    let (answer, chosen) = oneshot::channel();
    of_recordings(handle, "picker.recordings").pick_files(move |files| drop(answer.send(files)));
    chosen.await.ok().flatten().unwrap_or_default().into_iter().filter_map(path_of).collect()
}

/// One recording; none when the dialog was closed.
pub async fn recording(handle: &AppHandle) -> Option<PathBuf> {
    one(of_recordings(handle, "picker.recording")).await
}

/// The file of a model; none when the dialog was closed.
pub async fn model(handle: &AppHandle) -> Option<PathBuf> {
    one(dialog(handle, "picker.model")).await
}

/// A file with a roster; none when the dialog was closed.
pub async fn roster(handle: &AppHandle) -> Option<PathBuf> {
    let dialog = dialog(handle, "picker.roster");
    one(dialog.add_filter(sentence("picker.kind_roster", &[]), &["csv", "txt", "xlsx", "docx", "pdf"])).await
}

/// A file with certificates; none when the dialog was closed.
pub async fn certificates(handle: &AppHandle) -> Option<PathBuf> {
    one(dialog(handle, "picker.certificates")).await
}

/// Past minutes; none when the dialog was closed.
pub async fn minutes(handle: &AppHandle) -> Vec<PathBuf> {
    let (answer, chosen) = oneshot::channel();
    let dialog = dialog(handle, "picker.minutes");
    let dialog = dialog.add_filter(sentence("picker.kind_minutes", &[]), &["docx", "pdf", "txt", "DOCX", "PDF", "TXT"]);
    dialog.pick_files(move |files| drop(answer.send(files)));
    chosen.await.ok().flatten().unwrap_or_default().into_iter().filter_map(path_of).collect()
}

/// A table or list of words; none when the dialog was closed.
pub async fn words(handle: &AppHandle) -> Option<PathBuf> {
    one(dialog(handle, "picker.words").add_filter(sentence("picker.kind_words", &[]), &["csv", "txt"])).await
}

/// Where a table of words is written; none when the dialog was closed.
pub async fn words_to_write(handle: &AppHandle) -> Option<PathBuf> {
    let (answer, chosen) = oneshot::channel();
    let dialog = dialog(handle, "picker.words_export").add_filter(sentence("picker.kind_words", &[]), &["csv"]);
    let dialog = dialog.set_file_name(format!("{}.csv", sentence("picker.words_name", &[])));
    dialog.save_file(move |file| drop(answer.send(file)));
    chosen.await.ok().flatten().and_then(path_of)
}

/// A Word template; none when the dialog was closed.
pub async fn template(handle: &AppHandle) -> Option<PathBuf> {
    let dialog = dialog(handle, "picker.template");
    one(dialog.add_filter(sentence("picker.kind_template", &[]), &["docx", "dotx"])).await
}

/// A folder; none when the dialog was closed.
pub async fn folder(handle: &AppHandle, purpose: FolderPurpose) -> Option<PathBuf> {
    let (answer, chosen) = oneshot::channel();
    let title = match purpose {
        FolderPurpose::Recordings => "picker.folder_recordings",
        FolderPurpose::Documents => "picker.folder",
        FolderPurpose::Watched => "picker.folder_watched",
        FolderPurpose::Models => "picker.folder_models",
    };
    dialog(handle, title).pick_folder(move |folder| drop(answer.send(folder)));
    chosen.await.ok().flatten().and_then(path_of)
}

async fn one(dialog: FileDialogBuilder<tauri::Wry>) -> Option<PathBuf> {
    let (answer, chosen) = oneshot::channel();
    dialog.pick_file(move |file| drop(answer.send(file)));
    chosen.await.ok().flatten().and_then(path_of)
}

fn of_recordings(handle: &AppHandle, title: &str) -> FileDialogBuilder<tauri::Wry> {
    // File names in capitals are common on recorders, and GTK tells capitals apart.
    let capitals: Vec<String> = RECORDINGS.iter().map(|ending| ending.to_uppercase()).collect();
    let endings: Vec<&str> = RECORDINGS.into_iter().chain(capitals.iter().map(String::as_str)).collect();
    dialog(handle, title)
        .add_filter(sentence("picker.kind_recordings", &[]), &endings)
        .add_filter(sentence("picker.kind_all", &[]), &["*"])
}

fn dialog(handle: &AppHandle, title: &str) -> FileDialogBuilder<tauri::Wry> {
    let dialog = handle.dialog().file().set_title(sentence(title, &[]));
    match handle.get_webview_window("main") {
        Some(window) => dialog.set_parent(&window),
        None => dialog,
    }
}

fn path_of(file: FilePath) -> Option<PathBuf> {
    file.into_path().ok()
}
