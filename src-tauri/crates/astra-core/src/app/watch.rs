//! Watched folders as the doors list, add and answer for them. `watching.rs` looks at the disk.

use std::path::Path;

use super::{App, blocking};
use crate::error::{Error, Result};
use crate::event::Event;
use crate::id::{FolderId, SessionId};
use crate::jobs::lease::Lease;
use crate::sentences::{clock_time, sentence};
use crate::store::{Folder, Ruling, StoredLine, StoredQuestion};
use crate::watch::{Doubt, ExistingAnswer, FolderState, Happening, LogLine, Question, Reply, WatchedFolder, shown};

/// How a folder is, as the Astra that watches it knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Present {
    pub(crate) state: FolderState,
    pub(crate) waiting: u32,
}

impl App {
    /// Every watched folder, the oldest first.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn watch_list(&self) -> Result<Vec<WatchedFolder>> {
        let mut folders = Vec::new();
        for folder in self.store().folders().await? {
            folders.push(self.shown_folder(folder).await?);
        }
        Ok(folders)
    }

    /// Watches a folder from now on. One that is watched already is only told anew whether the folders in
    /// it are too.
    ///
    /// # Errors
    /// [`Error::FolderMissing`]; [`Error::FolderIsOwn`].
    pub async fn watch_add(&self, path: &Path, subfolders: bool) -> Result<WatchedFolder> {
        let (asked, own) = (path.to_owned(), self.folder().path().to_owned());
        let path = blocking(move || {
            let missing = |_| Error::FolderMissing { path: asked.display().to_string() };
            let path = std::fs::canonicalize(&asked).map_err(missing)?;
            match path {
                path if !path.is_dir() => Err(Error::FolderMissing { path: asked.display().to_string() }),
                path if path.starts_with(&own) => Err(Error::FolderIsOwn { path: asked.display().to_string() }),
                path => Ok(path),
            }
        });
        let folder = self.store().add_folder(&path.await?, subfolders).await?;
        self.emit(Event::FolderChanged { folder: folder.id });
        self.watching.news.notify_waiters();
        self.shown_folder(folder).await
    }

    /// Says whether the folders in a watched folder are watched too; it need not be there now.
    ///
    /// # Errors
    /// [`Error::FolderUnknown`].
    pub async fn watch_subfolders(&self, folder: FolderId, subfolders: bool) -> Result<WatchedFolder> {
        let kept = self.store().set_subfolders(folder, subfolders).await?.ok_or_else(|| Folder::unknown(folder))?;
        self.emit(Event::FolderChanged { folder });
        self.watching.news.notify_waiters();
        self.shown_folder(kept).await
    }

    /// Watches a folder no longer. Its files stay where they are, its sessions too, and what was seen in
    /// it is not new when it is watched again.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn watch_remove(&self, folder: FolderId) -> Result<()> {
        self.store().remove_folder(folder).await?;
        self.emit(Event::FolderChanged { folder });
        self.watching.news.notify_waiters();
        Ok(())
    }

    /// Says what shall become of the recordings that lay in a folder when it was first looked at.
    ///
    /// # Errors
    /// [`Error::FolderUnknown`].
    pub async fn watch_existing(&self, folder: FolderId, answer: ExistingAnswer) -> Result<WatchedFolder> {
        self.store().folder(folder).await?.ok_or_else(|| Folder::unknown(folder))?;
        self.store().answer_existing(folder, answer).await?;
        self.emit(Event::FolderChanged { folder });
        self.watching.news.notify_waiters();
        let kept = self.store().folder(folder).await?.ok_or_else(|| Folder::unknown(folder))?;
        self.shown_folder(kept).await
    }

    /// Lines of the log before one of them, the newest first.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn watch_log(&self, before: Option<i64>, limit: u32) -> Result<Vec<LogLine>> {
        Ok(self.store().log_before(before, limit).await?.into_iter().map(shown_line).collect())
    }

    /// What only a person can say of recordings that came, the oldest question first.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn watch_questions(&self) -> Result<Vec<Question>> {
        let mut questions = Vec::new();
        for question in self.store().questions().await? {
            questions.push(self.shown_question(question).await?);
        }
        Ok(questions)
    }

    /// Answers a question.
    ///
    /// # Errors
    /// [`Error::QuestionUnknown`] when it was answered already, or cannot be answered so;
    /// [`Error::SessionBusy`] while another program listens to one of the sessions.
    pub async fn watch_answer(&self, question: i64, answer: Reply) -> Result<()> {
        let unknown = || Error::QuestionUnknown { id: question.to_string() };
        let asked = self.store().questions().await?.into_iter().find(|one| one.serial == question);
        let asked = asked.filter(|asked| asked.about.answers().contains(&answer)).ok_or_else(unknown)?;
        match (answer, asked.later) {
            (Reply::Join, Some(later)) => match asked.about {
                Doubt::Pause { gap_ms } => self.session_join_after(asked.earlier, later, gap_ms).await?,
                _ => self.session_join(asked.earlier, later).await?,
            },
            (Reply::Join | Reply::Apart, _) if asked.later.is_some() => {}
            (Reply::Join | Reply::Leave, _) => {
                for file in &asked.files {
                    self.store().set_ruling(&file.fingerprint, Ruling::Declined, None).await?;
                }
            }
            (Reply::Apart, _) => self.begin_each(&asked.files).await?,
            (Reply::Mix, _) => self.mix_in(asked.earlier, &asked.files).await?,
        }
        self.store().close_question(question).await?;
        self.emit(Event::QuestionsChanged);
        Ok(())
    }

    /// Writes a line into the log and tells it.
    pub(crate) async fn notice(
        &self,
        folder: FolderId,
        path: &Path,
        what: Happening,
        session: Option<SessionId>,
        fields: &[(&str, &str)],
    ) -> Result<()> {
        let line = self.store().write_log(folder, &shown(path), what, session, fields).await?;
        self.emit(Event::FileNoticed { line: shown_line(line) });
        Ok(())
    }

    async fn shown_folder(&self, folder: Folder) -> Result<WatchedFolder> {
        let existing = match folder.existing_answered {
            true => None,
            false => Some(self.store().existing(folder.id).await?).filter(|existing| existing.count > 0),
        };
        let present = self.watching.present(folder.id);
        let state = match present {
            Some(present) => present.state,
            // Another Astra with the same data may watch it.
            None if Lease::is_watched(self.folder(), folder.id)? => FolderState::Watched,
            None => FolderState::Resting,
        };
        Ok(WatchedFolder {
            id: folder.id,
            path: shown(&folder.path),
            subfolders: folder.subfolders,
            state,
            added_at_ms: folder.added_at_ms,
            first_seen_at_ms: folder.first_seen_at_ms,
            existing,
            waiting: present.map_or(0, |present| present.waiting),
        })
    }

    async fn shown_question(&self, question: StoredQuestion) -> Result<Question> {
        let title = async |id: SessionId| Ok::<_, Error>(self.store().session(id).await?.session.title);
        let earlier_title = title(question.earlier).await?;
        let later_title = match question.later {
            Some(later) => Some(title(later).await?),
            None => None,
        };
        let mut files = Vec::new();
        for file in &question.files {
            let known = self.store().noticed_like(&file.fingerprint).await?;
            files.extend(known.first().map(|noticed| shown(&noticed.path)));
        }
        let gap = match question.about {
            Doubt::Pause { gap_ms } => clock_time(gap_ms),
            _ => String::new(),
        };
        let message = sentence(
            &format!("watch.question.{}", question.about.name()),
            &[
                ("earlier", &earlier_title),
                ("later", later_title.as_deref().unwrap_or_default()),
                ("gap", &gap),
                ("count", &files.len().to_string()),
            ],
        );
        Ok(Question {
            id: question.serial,
            asked_at_ms: question.asked_at_ms,
            about: question.about,
            earlier: question.earlier,
            earlier_title,
            later: question.later,
            later_title,
            files,
            answers: question.about.answers(),
            message,
        })
    }
}

fn shown_line(line: StoredLine) -> LogLine {
    let name = Path::new(&line.path).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut fields: Vec<(&str, &str)> = vec![("name", &name), ("path", &line.path)];
    fields.extend(line.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let message = sentence(&format!("watch.log.{}", line.what.name()), &fields);
    let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    LogLine {
        id: line.serial,
        at_ms: line.at_ms,
        folder: line.folder,
        path: line.path,
        what: line.what,
        session: line.session,
        message,
        fields,
    }
}

#[cfg(test)]
mod tests;
