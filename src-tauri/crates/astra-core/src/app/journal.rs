//! The journal of a session's edits as a file.

use std::path::{Path, PathBuf};

use super::{App, blocking};
use crate::error::Result;
use crate::export::journal::{self, Journal};
use crate::id::SessionId;
use crate::minutes::acta::Copy;
use crate::minutes::masks::{Secret, suggest};
use crate::sentences::sentence;
use crate::sessions::documents;

/// The end of the file's name: one JSON value a line.
const EXTENSION: &str = "jsonl";

impl App {
    /// Writes the journal of a session into a folder, under `name` or one that the session's title tells. The
    /// public one says nothing of what is reserved or may be personal data.
    ///
    /// # Errors
    /// [`crate::Error::SessionUnknown`], [`crate::Error::NotWritable`], [`crate::Error::DiskFull`].
    pub async fn journal_write(
        &self,
        session: SessionId,
        copy: Copy,
        folder: &Path,
        name: Option<&str>,
    ) -> Result<PathBuf> {
        let (summary, document) = self.document(session).await?;
        let scene = self.store().seen(session).await?.scene;
        let journal = Journal {
            title: document.title,
            recordings: document.recordings,
            speakers: scene.speakers,
            segments: scene.segments,
            utterances: document.segments,
            edits: self.store().journal(session).await?,
        };
        let bytes = blocking(move || journal::write(&journal, copy, &secrets(&journal))).await?;
        let name = name.map(str::to_owned).unwrap_or_else(|| {
            let fields = [("title", summary.session.title.as_str()), ("copy", copy.id())];
            documents::file_stem(&sentence("document.journal_name", &fields))
        });
        documents::write_alone(self, &summary, EXTENSION, folder, &name, &bytes).await
    }
}

/// Everything that may be personal data in any text that is or was: of what is gone nobody confirms anything.
fn secrets(journal: &Journal) -> Vec<Secret> {
    let mut secrets: Vec<Secret> = Vec::new();
    for text in journal::texts(journal) {
        for secret in suggest(text).iter().filter_map(|suggestion| Secret::new(text, suggestion)) {
            if !secrets.contains(&secret) {
                secrets.push(secret);
            }
        }
    }
    secrets
}
