//! The work of listening to a session.

use astra_core::app::App;
use astra_core::id::JobId;
use astra_core::store::Place;
use tauri::State;

use super::Answer;

/// Lets a job wait until it is asked to go on.
#[tauri::command]
#[specta::specta]
pub async fn job_pause(app: State<'_, App>, job: JobId) -> Answer<()> {
    Ok(app.job_pause(job).await?)
}

/// Lets a job go on that was paused or that failed.
#[tauri::command]
#[specta::specta]
pub async fn job_resume(app: State<'_, App>, job: JobId) -> Answer<()> {
    Ok(app.job_resume(job).await?)
}

/// Gives a job up. What was heard is kept.
#[tauri::command]
#[specta::specta]
pub async fn job_cancel(app: State<'_, App>, job: JobId) -> Answer<()> {
    Ok(app.job_cancel(job).await?)
}

/// Puts a job into another place of the queue.
#[tauri::command]
#[specta::specta]
pub async fn job_move(app: State<'_, App>, job: JobId, place: Place) -> Answer<()> {
    Ok(app.job_move(job, place).await?)
}
