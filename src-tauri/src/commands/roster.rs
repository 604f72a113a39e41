//! The roster of the council.

use std::path::PathBuf;

use astra_core::app::App;
use astra_core::roster::{self, Councillor, ProposedCouncillor, RosterProposal};
use tauri::{AppHandle, State};

use super::{Answer, picker};

/// Everybody on the roster, in the order of the roll.
#[tauri::command]
#[specta::specta]
pub async fn roster_list(app: State<'_, App>) -> Answer<Vec<Councillor>> {
    Ok(app.roster_list().await?)
}

/// Makes these the roster.
#[tauri::command]
#[specta::specta]
pub async fn roster_save(app: State<'_, App>, roster: Vec<Councillor>) -> Answer<()> {
    Ok(app.roster_save(&roster).await?)
}

/// What a file names: that at `path`, or the one chosen in a dialog; none when that was closed.
#[tauri::command]
#[specta::specta]
pub async fn roster_import(
    handle: AppHandle,
    app: State<'_, App>,
    path: Option<PathBuf>,
) -> Answer<Option<RosterProposal>> {
    let path = match path {
        Some(path) => Some(path),
        None => picker::roster(&handle).await,
    };
    Ok(match path {
        Some(path) => Some(app.roster_import(&path).await?),
        None => None,
    })
}

/// The roster once these rows of a file are agreed to. Nothing is kept.
#[tauri::command]
#[specta::specta]
pub fn roster_merged(roster: Vec<Councillor>, rows: Vec<ProposedCouncillor>) -> Vec<Councillor> {
    roster::merged(&roster, &rows)
}
