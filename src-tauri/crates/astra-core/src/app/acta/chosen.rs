//! The acta as it was chosen in the window, as a file.

use serde::{Deserialize, Serialize};

use super::templates::lacks;
use super::{ActaWish, ShownCheck, Template};
use crate::app::App;
use crate::engine::Stop;
use crate::error::Result;
use crate::export::acta::ActaFormat;
use crate::id::SessionId;
use crate::settings::ActaChoices;

/// An acta that was written, with what is to be said of it, in Spanish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ActaExported {
    /// Where it is.
    pub path: String,
    /// What the template lacks.
    pub warnings: Vec<String>,
    /// What somebody should look at before it is signed.
    pub checks: Vec<ShownCheck>,
    /// How many things that may be personal data the copy does without.
    pub hidden: usize,
}

impl App {
    /// Writes the acta as chosen, where the other documents of the session go, and remembers the choices.
    ///
    /// # Errors
    /// Those of [`App::acta_write`].
    pub async fn acta_export(
        &self,
        session: SessionId,
        choices: &ActaChoices,
        format: ActaFormat,
    ) -> Result<ActaExported> {
        let mut settings = self.settings_get().await?;
        let wish = ActaWish {
            kind: choices.kind,
            copy: choices.copy,
            format,
            template: Template::named(&choices.template),
            style: choices.style.clone(),
            folder: self.documents_folder(session, &settings).await?,
            name: None,
        };
        let written = self.acta_write(session, &wish, &Stop::default()).await?;
        if settings.acta != *choices {
            settings.acta = choices.clone();
            self.settings_save(&settings).await?;
        }
        Ok(ActaExported {
            path: written.path.display().to_string(),
            warnings: lacks(&written.warnings),
            checks: written.checks.iter().map(ShownCheck::of).collect(),
            hidden: written.hidden,
        })
    }
}
