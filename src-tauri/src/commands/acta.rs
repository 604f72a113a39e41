//! The acta of a session: as it would be now, as a file, and the templates it can be written in.

use std::path::PathBuf;

use astra_core::app::{ActaExported, ActaPreview, ActaTemplates, App, Template, TemplateLook};
use astra_core::export::acta::ActaFormat;
use astra_core::id::SessionId;
use astra_core::minutes::acta::Style;
use astra_core::minutes::life::{Issued, Stage};
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
pub async fn acta_export(
    app: State<'_, App>,
    session: SessionId,
    choices: ActaChoices,
    format: ActaFormat,
) -> Answer<ActaExported> {
    Ok(app.acta_export(session, &choices, format).await?)
}

/// The templates that there are, and what a council's own one can hold.
#[tauri::command]
#[specta::specta]
pub async fn acta_templates() -> ActaTemplates {
    App::acta_templates()
}

/// The usual style of the acta in a template, with which a council's own profile begins.
#[tauri::command]
#[specta::specta]
pub async fn acta_style(template: String) -> Style {
    Template::named(&template).style()
}

/// The actas of a session that were written, and how far each came.
#[tauri::command]
#[specta::specta]
pub async fn acta_states(app: State<'_, App>, session: SessionId) -> Answer<Vec<Issued>> {
    Ok(app.acta_states(session).await?)
}

/// Takes an acta to its next stage.
#[tauri::command]
#[specta::specta]
pub async fn acta_advance(app: State<'_, App>, session: SessionId, stage: Stage, path: PathBuf) -> Answer<Issued> {
    Ok(app.acta_advance(session, stage, Some(&path)).await?)
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
