//! The council's own words.

use std::path::PathBuf;

use astra_core::app::{App, Learned};
use astra_core::vocabulary::{self, Term};
use tauri::{AppHandle, State};

use super::{Answer, picker};

/// The council's own words.
#[tauri::command]
#[specta::specta]
pub async fn vocabulary_list(app: State<'_, App>) -> Answer<Vec<Term>> {
    Ok(app.vocabulary_list().await?)
}

/// Makes these the council's own words.
#[tauri::command]
#[specta::specta]
pub async fn vocabulary_save(app: State<'_, App>, terms: Vec<Term>) -> Answer<()> {
    Ok(app.vocabulary_save(&terms).await?)
}

/// What past minutes name: those at `paths`, or those chosen in a dialog; none when that was closed.
#[tauri::command]
#[specta::specta]
pub async fn vocabulary_learn(handle: AppHandle, app: State<'_, App>, paths: Vec<PathBuf>) -> Answer<Option<Learned>> {
    let paths = if paths.is_empty() { picker::minutes(&handle).await } else { paths };
    Ok(if paths.is_empty() { None } else { Some(app.vocabulary_learn(&paths).await?) })
}

/// The terms of the table or list chosen in a dialog; none when that was closed. Nothing is kept.
#[tauri::command]
#[specta::specta]
pub async fn vocabulary_import(handle: AppHandle, app: State<'_, App>) -> Answer<Option<Vec<Term>>> {
    Ok(match picker::words(&handle).await {
        Some(path) => Some(app.vocabulary_import(&path).await?),
        None => None,
    })
}

/// Writes the council's own words as a table where a dialog says; tells where, or nothing when that was closed.
#[tauri::command]
#[specta::specta]
pub async fn vocabulary_export(handle: AppHandle, app: State<'_, App>) -> Answer<Option<String>> {
    let Some(path) = picker::words_to_write(&handle).await else { return Ok(None) };
    app.vocabulary_export(&path).await?;
    Ok(Some(path.display().to_string()))
}

/// The vocabulary once these terms are agreed to. Nothing is kept.
#[tauri::command]
#[specta::specta]
pub fn vocabulary_merged(terms: Vec<Term>, agreed: Vec<Term>) -> Vec<Term> {
    vocabulary::merged(&terms, &agreed)
}
