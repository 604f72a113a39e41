//! Documents on demand: the folder they go to, and what they are made of.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{App, Done};
use crate::error::Result;
use crate::export::{Document, Format};
use crate::id::SessionId;
use crate::sessions::{Source, documents};
use crate::settings::{DataFolder, Settings};
use crate::store::{SessionSummary, Wish};

/// A document that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Written {
    /// Its format.
    pub format: Format,
    /// Where it is.
    pub path: String,
}

impl App {
    /// Writes documents of a session into the folder the secretary chose, or beside the recording,
    /// or, where that cannot be written (a card, a share that is gone), among her documents.
    ///
    /// # Errors
    /// [`crate::Error::NotWritable`], [`crate::Error::DiskFull`].
    pub async fn document_export(&self, session: SessionId, formats: &[Format]) -> Result<Vec<Written>> {
        let mut settings = self.settings_get().await?;
        let out = self.documents_folder(session, &settings).await?;
        let wish = Wish { out, formats: formats.to_vec(), threads: None, keep_copy: None };
        let done = self.write_documents(session, &wish).await?;
        if settings.formats != formats {
            settings.formats = formats.to_vec();
            self.settings_save(&settings).await?;
        }
        let shown = |(format, path): (Format, PathBuf)| Written { format, path: path.display().to_string() };
        Ok(done.documents.into_iter().map(shown).collect())
    }

    /// The folder that documents of a session go to when nobody names one: beside its recording, unless that is the sample,
    /// which lies among the program's own files.
    pub(crate) async fn documents_folder(&self, session: SessionId, settings: &Settings) -> Result<PathBuf> {
        let summary = self.store().session(session).await?;
        Ok(match &settings.output_folder {
            Some(folder) => folder.clone(),
            None => beside(&summary)
                .filter(|folder| !is_of_this_program(folder))
                .filter(|folder| documents::check_folder(folder).is_ok())
                .or_else(DataFolder::documents)
                .unwrap_or_else(|| self.folder().path().to_owned()),
        })
    }

    /// Whether Astra wrote a document at this path, so that it may be opened from the window.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn document_is_ours(&self, path: &Path) -> Result<bool> {
        self.store().document_is_known(path).await
    }

    /// Writes the documents of a session as far as it was heard.
    ///
    /// # Errors
    /// [`crate::Error::SessionUnknown`], [`crate::Error::NotWritable`], [`crate::Error::DiskFull`].
    pub async fn write_documents(&self, session: SessionId, wish: &Wish) -> Result<Done> {
        if wish.formats.is_empty() {
            return Ok(Done { session, documents: Vec::new(), heard_before: false });
        }
        let (summary, document) = self.document(session).await?;
        let documents = documents::write(self, &summary, &document, wish).await?;
        Ok(Done { session, documents, heard_before: false })
    }

    /// All that the documents of a session are made of.
    ///
    /// # Errors
    /// [`crate::Error::SessionUnknown`] or those of the store.
    pub async fn document(&self, session: SessionId) -> Result<(SessionSummary, Document)> {
        self.settle(session).await?;
        let summary = self.store().session(session).await?;
        let mut chunks = Vec::with_capacity(summary.parts.len());
        let mut tails = Vec::new();
        for (position, part) in (0..).zip(&summary.parts) {
            chunks.push(self.store().chunks(part.listening.id).await?);
            let (_, tail) = self.store().settle(part.listening.id, position).await?;
            tails.extend(tail);
        }
        let scene = self.store().seen(session).await?.scene;
        let record = self.store().record(session).await?;
        let document = documents::compose(&summary, &chunks, documents::Text { scene, tails, record });
        Ok((summary, document))
    }
}

/// Whether a folder is where the program lies, or one that an installer puts its files into: `lib/Astra` beside `bin` on
/// Linux, `Resources` on a Mac.
fn is_of_this_program(folder: &Path) -> bool {
    let program = std::env::current_exe().unwrap_or_default();
    let Some(bin) = program.parent().filter(|bin| bin.is_absolute()) else { return false };
    let installed = bin.parent().into_iter().flat_map(|place| [place.join("lib/Astra"), place.join("Resources")]);
    installed.chain([bin.to_owned()]).any(|ours| folder.starts_with(ours))
}

/// The folder of the first recording.
fn beside(summary: &SessionSummary) -> Option<PathBuf> {
    match &summary.parts.first()?.recording.source {
        Source::File(path) => path.parent().map(Path::to_owned),
        Source::Url(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::app::tests::desk;
    use crate::chunks::{Chunk, Span};
    use crate::engine::Effort;
    use crate::export::OtherModel;
    use crate::sessions::Hearing;

    #[tokio::test]
    async fn a_document_says_how_many_chunks_another_model_heard() {
        let desk = desk(Duration::ZERO).await;
        let store = desk.app.store();
        let session = crate::store::tests::a_session(store).await;
        let listening = session.parts[0].listening.id;
        let own = session.parts[0].listening.key.model.clone();
        for (index, model) in [(0, None), (1, Some("otro")), (2, Some("otro")), (3, Some(own.as_str()))] {
            let span = Span { start: u64::from(index) * 64_000, end: u64::from(index + 1) * 64_000 };
            let chunk = Chunk { index, span, pieces: vec![span], speech: vec![span], overlap: 0, pcm: vec![] };
            store.put_chunk(listening, &chunk).await.unwrap();
            let (words, faults, other_model) = (vec![], vec![], model.map(str::to_owned));
            let hearing = Hearing { words, faults, effort: Effort::Usual, other_model, took_ms: 1 };
            store.commit_hearing(listening, index, &hearing).await.unwrap();
        }
        let (_, document) = desk.app.document(session.session.id).await.unwrap();
        assert_eq!(document.other_models, [OtherModel { model: "otro".to_owned(), chunks: 2 }]);
    }

    #[test]
    fn the_folder_of_the_program_and_what_is_in_it_are_its_own_and_no_others_are() {
        let program = std::env::current_exe().unwrap();
        let bin = program.parent().unwrap();
        assert!(is_of_this_program(bin) && is_of_this_program(&bin.join("muestra")));
        assert!(is_of_this_program(&bin.parent().unwrap().join("lib/Astra")));
        assert!(!is_of_this_program(bin.parent().unwrap()));
        assert!(!is_of_this_program(tempfile::tempdir().unwrap().path()));
    }
}
