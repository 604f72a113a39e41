//! The templates an acta can be written in, and what a council's own one can hold.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{Template, template_of};
use crate::app::{App, blocking};
use crate::error::{Error, Result};
use crate::export::acta;
use crate::export::page::Place;
use crate::export::template::{Builtin, Warning};
use crate::minutes::acta::{Copy, Kind, Material};

/// What there is to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ActaTemplates {
    /// Those that come with Astra.
    pub builtin: Vec<TemplateChoice>,
    /// What a council may write into its own, for Astra to fill in.
    pub places: Vec<TemplatePlace>,
}

/// A template that comes with Astra.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct TemplateChoice {
    /// Its id.
    pub id: String,
    /// What it is called, in Spanish.
    pub name: String,
}

/// A place of a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct TemplatePlace {
    /// As it is written in Word: «{{titulo}}».
    pub written: String,
    /// What it stands for, in Spanish.
    pub explanation: String,
}

/// A council's own template, looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct TemplateLook {
    /// Where it is.
    pub path: String,
    /// What it lacks, in Spanish.
    pub warnings: Vec<String>,
}

impl App {
    /// What there is to choose from.
    pub fn acta_templates() -> ActaTemplates {
        let choice = |builtin: Builtin| TemplateChoice { id: builtin.id().to_owned(), name: builtin.name() };
        let place = |place: Place| TemplatePlace {
            written: format!("{{{{{}}}}}", place.name()),
            explanation: place.explanation(),
        };
        ActaTemplates { builtin: Builtin::all().map(choice).to_vec(), places: Place::all().map(place).to_vec() }
    }

    /// Tries a council's own template before it is chosen.
    ///
    /// # Errors
    /// [`Error::TemplateUnusable`].
    pub async fn template_look(&self, path: &Path) -> Result<TemplateLook> {
        let template = Template::File(path.to_owned());
        blocking(move || {
            let (shown, bytes) = template_of(&template)?;
            let (_, warnings) =
                acta::write(&Material::default(), Kind::Decisions, Copy::Complete, &bytes, &template.style())
                    .map_err(|failure| Error::TemplateUnusable { path: shown.clone(), reason: failure.sentence() })?;
            Ok(TemplateLook { path: shown, warnings: lacks(&warnings) })
        })
        .await
    }
}

/// What a template itself lacks, in Spanish. A place for which there is no text lacks nothing: the checks name
/// what nobody typed.
pub(super) fn lacks(warnings: &[Warning]) -> Vec<String> {
    let lacks = warnings.iter().filter(|warning| !matches!(warning, Warning::EmptyPlace { .. }));
    lacks.map(Warning::sentence).collect()
}
