//! The text of a session.

use astra_core::app::{App, Growth, Rehearing, RehearingProgress, TextChange, Transcript};
use astra_core::engine::Stop;
use astra_core::id::{SegmentId, SessionId};
use astra_core::store::HistoryEntry;
use astra_core::transcript::{Edit, Found, Query};
use tauri::State;

use super::Answer;

/// The first segments, to be read until the text is there.
#[tauri::command]
#[specta::specta]
pub async fn transcript_start(app: State<'_, App>, session: SessionId) -> Answer<Transcript> {
    Ok(app.transcript_start(session).await?)
}

/// The text, as far as it was heard.
#[tauri::command]
#[specta::specta]
pub async fn transcript_open(app: State<'_, App>, session: SessionId) -> Answer<Transcript> {
    Ok(app.transcript_open(session).await?)
}

/// What was heard since `after`.
#[tauri::command]
#[specta::specta]
pub async fn transcript_grown(app: State<'_, App>, session: SessionId, after: i64) -> Answer<Growth> {
    Ok(app.transcript_grown(session, after).await?)
}

/// Makes an edit that was meant for this revision.
#[tauri::command]
#[specta::specta]
pub async fn transcript_edit(app: State<'_, App>, session: SessionId, revision: u64, edit: Edit) -> Answer<TextChange> {
    Ok(app.transcript_edit(session, revision, &edit).await?)
}

/// Takes the last edit back.
#[tauri::command]
#[specta::specta]
pub async fn transcript_undo(app: State<'_, App>, session: SessionId, revision: u64) -> Answer<TextChange> {
    Ok(app.transcript_undo(session, revision).await?)
}

/// Makes the edit again that was taken back last.
#[tauri::command]
#[specta::specta]
pub async fn transcript_redo(app: State<'_, App>, session: SessionId, revision: u64) -> Answer<TextChange> {
    Ok(app.transcript_redo(session, revision).await?)
}

/// What was changed, newest first.
#[tauri::command]
#[specta::specta]
pub async fn transcript_history(
    app: State<'_, App>,
    session: SessionId,
    before: Option<u64>,
    limit: u32,
) -> Answer<Vec<HistoryEntry>> {
    Ok(app.transcript_history(session, before, limit).await?)
}

/// Where the text holds what is looked for, and what the replacement makes of it.
#[tauri::command]
#[specta::specta]
pub async fn transcript_find(
    app: State<'_, App>,
    session: SessionId,
    query: Query,
    replacement: String,
) -> Answer<Vec<Found>> {
    Ok(app.transcript_find(session, &query, &replacement).await?)
}

/// Has passages heard again by another model of this computer, and answers when it is done; events say how far it is.
#[tauri::command]
#[specta::specta]
pub async fn passages_listen_again(
    app: State<'_, App>,
    session: SessionId,
    passages: Vec<SegmentId>,
    model: String,
) -> Answer<Rehearing> {
    Ok(app.passages_listen_again(session, &passages, &model, &Stop::default()).await?)
}

/// Stops that.
#[tauri::command]
#[specta::specta]
pub fn passages_stop(app: State<'_, App>, session: SessionId) {
    app.passages_stop(session);
}

/// How far that is; none when nobody asked for it.
#[tauri::command]
#[specta::specta]
pub fn passages_progress(app: State<'_, App>, session: SessionId) -> Option<RehearingProgress> {
    app.passages_progress(session)
}
