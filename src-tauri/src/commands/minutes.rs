//! The minutes of a session: what they state and the record. `transcript_edit` changes them.

use astra_core::app::{App, OpenMinutes, TextChange};
use astra_core::id::SessionId;
use astra_core::minutes::{ProposedEdit, Record, SaidFigure, SaidSecret, SaidTurn};
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

/// What is proposed and neither taken over nor refused.
#[tauri::command]
#[specta::specta]
pub async fn minutes_proposals(app: State<'_, App>, session: SessionId) -> Answer<Vec<ProposedEdit>> {
    Ok(app.minutes_proposals(session).await?)
}

/// The figures that were said.
#[tauri::command]
#[specta::specta]
pub async fn minutes_figures(app: State<'_, App>, session: SessionId) -> Answer<Vec<SaidFigure>> {
    Ok(app.minutes_figures(session).await?)
}

/// The turns in sentences, from which the succinct minutes are picked.
#[tauri::command]
#[specta::specta]
pub async fn minutes_turns(app: State<'_, App>, session: SessionId) -> Answer<Vec<SaidTurn>> {
    Ok(app.minutes_turns(session).await?)
}

/// What may be personal data.
#[tauri::command]
#[specta::specta]
pub async fn minutes_secrets(app: State<'_, App>, session: SessionId) -> Answer<Vec<SaidSecret>> {
    Ok(app.minutes_secrets(session).await?)
}
