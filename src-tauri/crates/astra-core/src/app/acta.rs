//! The acta of a session as a Word document in the council's template, as a PDF, or as open data.

use std::path::{Path, PathBuf};

use super::{App, blocking};
use crate::engine::Stop;
use crate::error::{Error, Result};
use crate::export::acta::{self as files, ActaFormat};
use crate::export::template::{Builtin, Warning};
use crate::fingerprint::Fingerprint;
use crate::id::SessionId;
use crate::minutes::acta::{Copy, Heading, Index, Kind, Style};
use crate::minutes::checks::{Check, checks};
use crate::office;
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
    /// As what.
    pub format: ActaFormat,
    /// In which template.
    pub template: Template,
    /// In which style; the usual one of the template's country otherwise.
    pub style: Option<Style>,
    /// The folder it goes to.
    pub folder: PathBuf,
    /// The name of its file without `.docx` and the like; told from the session's title otherwise.
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
    /// [`Error::TemplateUnusable`], [`Error::NotWritable`], [`Error::DiskFull`], [`Error::SessionUnknown`]; for
    /// a PDF those of [`office::pdf`], which `stop` ends.
    pub async fn acta_write(&self, session: SessionId, wish: &ActaWish, stop: &Stop) -> Result<WrittenActa> {
        let (shown, template) = template_of(&wish.template)?;
        // Before the text is read: what is edited meanwhile counts as later.
        let revision = self.store().revision(session).await?;
        let (summary, material) = self.acta_material(session, wish.copy).await?;
        let mut style = wish.style.clone().unwrap_or_else(|| wish.template.style());
        if wish.format == ActaFormat::Pdf {
            // LibreOffice numbers the pages of no index while it prints, and a PDF has an outline of its own.
            style.index = Index::Never;
        }
        let (kind, copy, country, hidden) = (wish.kind, wish.copy, style.country, material.masks.len());
        let (format, data, stop) = (wish.format, self.folder().clone(), stop.clone());
        let (bytes, warnings, mut checks) = blocking(move || {
            let (word, warnings) = files::write(&material, kind, copy, &template, &style)
                .map_err(|failure| Error::TemplateUnusable { path: shown, reason: failure.sentence() })?;
            let bytes = match format {
                ActaFormat::Docx => word,
                ActaFormat::Pdf => office::pdf(&word, &data, &stop)?,
                ActaFormat::Json => files::json(&material, kind, copy, &style)?,
            };
            Ok((bytes, warnings, checks(&material, country)))
        })
        .await?;
        let name = wish.name.clone().unwrap_or_else(|| {
            let fields = [("title", summary.session.title.as_str()), ("kind", kind.id()), ("copy", copy.id())];
            documents::file_stem(&sentence("document.acta_name", &fields))
        });
        let path = documents::write_alone(self, &summary, format.extension(), &wish.folder, &name, &bytes).await?;
        if format != ActaFormat::Json {
            self.store().put_draft(session, (kind, copy), &path, &Fingerprint::of(&bytes), revision).await?;
        }
        checks.extend(self.approved_before(session).await?);
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
