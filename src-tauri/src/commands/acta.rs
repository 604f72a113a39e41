//! The acta of a session: as it would be now, as a file, and the templates it can be written in.

use astra_core::app::{ActaExported, ActaPreview, ActaTemplates, App, TemplateLook};
use astra_core::id::SessionId;
use astra_core::settings::ActaChoices;
use tauri::{AppHandle, State};

use super::{Answer, picker};

/// The acta as it would be written now.
#[tauri::command]
#[specta::specta]
pub async fn acta_preview(app: State<'_, App>, session: SessionId, choices: ActaChoices) -> Answer<ActaPreview> {
    Ok(app.acta_preview(session, &choices).await?)
}

/// Writes the acta as chosen, and remembers the choices.
#[tauri::command]
#[specta::specta]
pub async fn acta_export(app: State<'_, App>, session: SessionId, choices: ActaChoices) -> Answer<ActaExported> {
    Ok(app.acta_export(session, &choices).await?)
}

/// The templates that there are, and what a council's own one can hold.
#[tauri::command]
#[specta::specta]
pub async fn acta_templates() -> ActaTemplates {
    App::acta_templates()
}

/// Has a council's own template chosen and looks at it; none when the dialog was closed.
#[tauri::command]
#[specta::specta]
pub async fn template_pick(handle: AppHandle, app: State<'_, App>) -> Answer<Option<TemplateLook>> {
    match picker::template(&handle).await {
        Some(path) => Ok(Some(app.template_look(&path).await?)),
        None => Ok(None),
    }
}
