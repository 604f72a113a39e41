//! The life of the actas that were written: who asks for the next stage, and what was approved.

use std::fs;
use std::path::{Path, PathBuf};

use super::{App, blocking};
use crate::error::{Error, Result};
use crate::export::times;
use crate::fingerprint::Fingerprint;
use crate::id::SessionId;
use crate::minutes::checks::{Check, Finding};
use crate::minutes::life::{FileState, Issued, Stage};
use crate::sessions::documents;

impl App {
    /// The actas of a session that were written as Word or PDF, the newest last, with what became of their
    /// files.
    ///
    /// # Errors
    /// [`Error::SessionUnknown`].
    pub async fn acta_states(&self, session: SessionId) -> Result<Vec<Issued>> {
        // An unknown session has no actas either, which would be another answer.
        self.store().revision(session).await?;
        let actas = self.store().actas(session).await?;
        blocking(move || Ok(actas.into_iter().map(|(path, issued)| looked_at(&path, issued)).collect())).await
    }

    /// Takes an acta to its next stage: that at `path`, or else the only one that can be. Its file counts as it
    /// is now, since people go on in Word; approval keeps its bytes.
    ///
    /// # Errors
    /// [`Error::ActaUnknown`], [`Error::ActaOutOfTurn`], [`Error::ActaAmbiguous`], [`Error::ActaUnreadable`].
    pub async fn acta_advance(&self, session: SessionId, stage: Stage, path: Option<&Path>) -> Result<Issued> {
        self.store().revision(session).await?;
        let mut actas = self.store().actas(session).await?;
        if let Some(path) = path {
            actas.retain(|(known, _)| known == path);
            if actas.is_empty() {
                return Err(Error::ActaUnknown { path: path.display().to_string() });
            }
        }
        actas.retain(|(_, issued)| Some(issued.stage) == stage.before());
        let path = match actas.as_slice() {
            [] => return Err(Error::ActaOutOfTurn { stage: stage.id().to_owned() }),
            [(path, _)] => path.clone(),
            several => {
                let paths: Vec<&str> = several.iter().map(|(_, issued)| issued.path.as_str()).collect();
                return Err(Error::ActaAmbiguous { paths: paths.join("\n") });
            }
        };
        let file = path.clone();
        let (sha256, bytes) = blocking(move || {
            let unreadable = |error: std::io::Error| Error::ActaUnreadable {
                path: file.display().to_string(),
                reason: error.to_string(),
            };
            let bytes = fs::read(&file).map_err(unreadable)?;
            Ok((Fingerprint::of(&bytes), bytes))
        })
        .await?;
        self.store().advance_acta(&path, stage, &sha256, &bytes).await?;
        self.tell_session(session);
        let found = self.store().actas(session).await?.into_iter().find(|(known, _)| *known == path);
        let (path, issued) = found.ok_or_else(|| Error::ActaUnknown { path: path.display().to_string() })?;
        blocking(move || Ok(looked_at(&path, issued))).await
    }

    /// Writes an acta as it was approved to another file, whatever became of its own.
    ///
    /// # Errors
    /// [`Error::ActaUnknown`] when none that stood at `path` was approved; those of writing.
    pub async fn acta_restore(&self, session: SessionId, path: &Path, to: &Path) -> Result<PathBuf> {
        let summary = self.store().session(session).await?;
        let unknown = || Error::ActaUnknown { path: path.display().to_string() };
        let bytes = self.store().approved_acta(session, path).await?.ok_or_else(unknown)?;
        let extension = path.extension().unwrap_or_default().to_string_lossy();
        let name = to.file_stem().unwrap_or_default().to_string_lossy();
        let folder = to.parent().unwrap_or_else(|| Path::new("."));
        documents::write_alone(self, &summary, &extension, folder, &name, &bytes).await
    }

    /// What somebody should know who writes an acta of a session of which one was approved before.
    pub(crate) async fn approved_before(&self, session: SessionId) -> Result<Vec<Check>> {
        let actas = self.store().actas(session).await?;
        let approved = actas.into_iter().filter(|(_, issued)| issued.session_changed);
        let newest = approved.filter_map(|(_, issued)| issued.approved_at_ms).max();
        let check = |at_ms| {
            let approved = times::iso_day(at_ms).and_then(|day| times::day(&day)).unwrap_or_default();
            Check { finding: Finding::ApprovedActaDiffers { approved }, base: None, heard: None }
        };
        Ok(newest.map(check).into_iter().collect())
    }
}

/// An acta with what became of its file.
fn looked_at(path: &Path, issued: Issued) -> Issued {
    let file = match fs::read(path) {
        Ok(bytes) if Fingerprint::of(&bytes) == issued.sha256 => FileState::Same,
        Ok(_) => FileState::Changed,
        Err(_) => FileState::Missing,
    };
    Issued { file, ..issued }
}
