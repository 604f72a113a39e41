//! The acta of a session as a Word document in the council's template, as a PDF, or as open data.

use std::path::{Path, PathBuf};

use super::{App, blocking};
use crate::engine::Stop;
use crate::error::{Error, Result};
use crate::export::Document;
use crate::export::acta::{self as files, ActaFormat};
use crate::export::template::{Builtin, Warning};
use crate::fingerprint::Fingerprint;
use crate::id::SessionId;
use crate::minutes::Minutes;
use crate::minutes::acta::{Copy, Country, Heading, Index, Kind, Listening, Material, Person, Style};
use crate::minutes::checks::{Check, checks};
use crate::minutes::masks::{Secret, suggest};
use crate::office;
use crate::sentences::sentence;
use crate::sessions::documents;
use crate::transcript::Speaker;

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
        let (summary, document) = self.document(session).await?;
        let minutes = self.store().minutes(session).await?.minutes;
        let speakers = self.store().seen(session).await?.scene.speakers;
        let mut style = style_of(&wish.template);
        if wish.format == ActaFormat::Pdf {
            // LibreOffice numbers the pages of no index while it prints, and a PDF has an outline of its own.
            style.index = Index::Never;
        }
        let material = material(document, minutes, &speakers, wish.copy);
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

/// The usual style of the country a template is from; a council's own is taken for Colombian.
fn style_of(template: &Template) -> Style {
    let heading = |heading| Style { heading, ..Style::default() };
    match template {
        Template::Builtin(Builtin::Spain) => Style::spain(),
        Template::Builtin(Builtin::Form) => heading(Heading::Form),
        Template::Builtin(Builtin::Running) => heading(Heading::Running),
        Template::Builtin(Builtin::Labels) | Template::File(_) => Style::default(),
    }
}

fn material(document: Document, minutes: Minutes, speakers: &[Speaker], copy: Copy) -> Material {
    let people =
        speakers.iter().map(|speaker| Person { name: speaker.name.clone(), office: speaker.role.clone() }).collect();
    let masks = if copy == Copy::Public { every_secret(&document) } else { Vec::new() };
    Material {
        minutes,
        people,
        masks,
        listening: Some(Listening {
            engine: document.engine,
            model: document.model,
            model_sha256: document.model_sha256,
            coverage: document.coverage,
        }),
        utterances: document.segments,
        recordings: document.recordings,
        warning: document.warning,
        ..Material::default()
    }
}

/// Everything said that may be personal data and can be left out.
fn every_secret(document: &Document) -> Vec<Secret> {
    let mut secrets: Vec<Secret> = Vec::new();
    for utterance in &document.segments {
        let text = utterance.text();
        for secret in suggest(&text).iter().filter_map(|suggestion| Secret::new(&text, suggestion)) {
            if !secrets.contains(&secret) {
                secrets.push(secret);
            }
        }
    }
    secrets
}

impl Template {
    /// A template by the id of one of Astra's, or by its path.
    pub fn named(text: &str) -> Self {
        let builtin = Builtin::all().into_iter().find(|builtin| builtin.id() == text);
        builtin.map_or_else(|| Self::File(Path::new(text).to_owned()), Self::Builtin)
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
