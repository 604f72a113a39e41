//! The acta of a session as a Word document, in the council's template.

use std::path::{Path, PathBuf};

use super::{App, blocking};
use crate::error::{Error, Result};
use crate::export::template::{Builtin, Warning};
use crate::export::{Format, acta as files};
use crate::id::SessionId;
use crate::minutes::acta::{Copy, Country, Heading, Kind, Style};
use crate::minutes::checks::{Check, checks};
use crate::sentences::sentence;
use crate::sessions::documents;

mod chosen;
mod material;
mod preview;
mod templates;
#[cfg(test)]
mod tests;

pub use chosen::ActaExported;
pub use preview::{ActaPreview, ShownCheck};
pub use templates::{ActaTemplates, TemplateChoice, TemplateLook, TemplatePlace};

/// An acta that somebody asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActaWish {
    /// Which kind.
    pub kind: Kind,
    /// For whom.
    pub copy: Copy,
    /// In which template.
    pub template: Template,
    /// In which style; the usual one of the template's country otherwise.
    pub style: Option<Style>,
    /// The folder it goes to.
    pub folder: PathBuf,
    /// The name of its file without `.docx`; told from the session's title otherwise.
    pub name: Option<String>,
}

/// Where a template comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Template {
    /// One of Astra's.
    Builtin(Builtin),
    /// The council's own.
    File(PathBuf),
}

/// An acta that was written, and what somebody should look at before it is signed.
#[derive(Debug, Clone, PartialEq)]
pub struct WrittenActa {
    /// Where it is.
    pub path: PathBuf,
    /// What the template lacks.
    pub warnings: Vec<Warning>,
    /// What the session lacks, with the law that asks for it.
    pub checks: Vec<Check>,
    /// How many things that may be personal data the public copy does without. Nobody confirmed them:
    /// what may be one is left out rather than published.
    pub hidden: usize,
}

impl App {
    /// Writes the acta of a session. A document that somebody changed since is left as it is, and the
    /// new one stands beside it.
    ///
    /// # Errors
    /// [`Error::TemplateUnusable`], [`Error::NotWritable`], [`Error::DiskFull`], [`Error::SessionUnknown`].
    pub async fn acta_write(&self, session: SessionId, wish: &ActaWish) -> Result<WrittenActa> {
        let (shown, template) = template_of(&wish.template)?;
        let (summary, material) = self.acta_material(session, wish.copy).await?;
        let style = wish.style.clone().unwrap_or_else(|| wish.template.style());
        let (kind, copy, country, hidden) = (wish.kind, wish.copy, style.country, material.masks.len());
        let (bytes, warnings, checks) = blocking(move || {
            let (bytes, warnings) = files::write(&material, kind, copy, &template, &style)
                .map_err(|failure| Error::TemplateUnusable { path: shown, reason: failure.sentence() })?;
            Ok((bytes, warnings, checks(&material, country)))
        })
        .await?;
        let name = wish.name.clone().unwrap_or_else(|| {
            let fields = [("title", summary.session.title.as_str()), ("kind", kind.id()), ("copy", copy.id())];
            documents::file_stem(&sentence("document.acta_name", &fields))
        });
        let path = documents::write_alone(self, &summary, Format::Docx, &wish.folder, &name, &bytes).await?;
        Ok(WrittenActa { path, warnings, checks, hidden })
    }
}

/// The template's name for a person, and its bytes.
fn template_of(template: &Template) -> Result<(String, Vec<u8>)> {
    match template {
        Template::Builtin(builtin) => Ok((builtin.name(), builtin.file().to_vec())),
        Template::File(path) => {
            let shown = path.display().to_string();
            let unreadable =
                |error: std::io::Error| Error::TemplateUnusable { path: shown.clone(), reason: error.to_string() };
            let bytes = std::fs::read(path).map_err(unreadable)?;
            Ok((shown, bytes))
        }
    }
}

impl Template {
    /// A template by the id of one of Astra's, or by its path.
    pub fn named(text: &str) -> Self {
        let builtin = Builtin::all().into_iter().find(|builtin| builtin.id() == text);
        builtin.map_or_else(|| Self::File(Path::new(text).to_owned()), Self::Builtin)
    }

    /// The usual style of the country it is from; a council's own is taken for Colombian.
    pub fn style(&self) -> Style {
        let heading = |heading| Style { heading, ..Style::default() };
        match self {
            Self::Builtin(Builtin::Spain) => Style::spain(),
            Self::Builtin(Builtin::Form) => heading(Heading::Form),
            Self::Builtin(Builtin::Running) => heading(Heading::Running),
            Self::Builtin(Builtin::Labels) | Self::File(_) => Style::default(),
        }
    }
}

impl Default for Template {
    fn default() -> Self {
        Self::Builtin(match Country::default() {
            Country::Colombia => Builtin::Labels,
            Country::Spain => Builtin::Spain,
        })
    }
}
