//! This computer and this program.

use astra_core::app::{App, Usage};
use astra_core::computer::{self, State as Found};
use serde::{Deserialize, Serialize};
use tauri::State;

use super::Answer;

/// Licences of everything Astra is made of, as `npm run gen` found them.
const LICENCES: &str = include_str!("../../../assets/licences.json");

/// One thing Astra needs or would like.
#[derive(Debug, Serialize, specta::Type)]
pub struct Check {
    /// What it is.
    pub name: String,
    /// Whether Astra can work with it as it is.
    pub state: Found,
    /// What was found.
    pub detail: String,
    /// What to do about it; empty when there is nothing to do.
    pub advice: String,
}

/// What this program is.
#[derive(Debug, Serialize, specta::Type)]
pub struct About {
    /// Its version.
    pub version: String,
    /// What it is made of.
    pub licences: Vec<Licence>,
}

/// The licence of something Astra is made of.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
pub struct Licence {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its licence, as SPDX.
    pub licence: String,
}

/// What is on this computer and what is missing.
#[tauri::command]
#[specta::specta]
pub async fn computer_check(app: State<'_, App>) -> Answer<Vec<Check>> {
    let found = computer::look(app.folder()).await?;
    let check = |finding: computer::Finding| Check {
        name: finding.name,
        state: finding.state,
        detail: finding.found,
        advice: finding.remedy.unwrap_or_default(),
    };
    Ok(found.into_iter().map(check).collect())
}

/// How much room Astra takes.
#[tauri::command]
#[specta::specta]
pub async fn data_usage(app: State<'_, App>) -> Answer<Usage> {
    Ok(app.data_usage().await?)
}

/// The version, and the licences of everything Astra is made of.
#[tauri::command]
#[specta::specta]
pub async fn about() -> Answer<About> {
    Ok(About { version: env!("CARGO_PKG_VERSION").to_owned(), licences: licences() })
}

fn licences() -> Vec<Licence> {
    serde_json::from_str(LICENCES).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_licences_of_everything_are_known() {
        let licences = licences();
        for name in ["tauri", "sqlx", "whisper-rs", "react"] {
            assert!(licences.iter().any(|licence| licence.name == name && !licence.licence.is_empty()), "{name}");
        }
    }
}
