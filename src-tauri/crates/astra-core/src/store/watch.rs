//! Watched folders and the ledger of what was seen in them.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::recordings::{path_bytes, path_from};
use super::{Store, damaged};
use crate::clock;
use crate::error::{Error, Result};
use crate::id::{FolderId, RecordingId};
use crate::watch::{ExistingAnswer, ExistingFiles, Look};

/// A watched folder as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// Its id.
    pub id: FolderId,
    /// Where it is.
    pub path: PathBuf,
    /// Whether the folders in it are watched too.
    pub subfolders: bool,
    /// When it was added, in milliseconds since 1970 UTC.
    pub added_at_ms: i64,
    /// When it was looked at for the first time.
    pub first_seen_at_ms: Option<i64>,
    /// Whether somebody said what shall become of what lay there already.
    pub existing_answered: bool,
}

/// A file that was judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noticed {
    /// Where it was seen last.
    pub path: PathBuf,
    /// As what.
    pub look: Look,
    /// Of size, first and last MiB.
    pub fingerprint: String,
    /// What was decided.
    pub verdict: Ruling,
    /// The recording it became.
    pub recording: Option<RecordingId>,
    /// When it began by its container, in milliseconds since 1970 UTC.
    pub started_at_ms: Option<i64>,
    /// How long it is, in milliseconds.
    pub duration_ms: Option<u64>,
}

/// What was decided about a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ruling {
    /// It lay there at the first look, and nobody has said yet whether it is to be heard.
    Existing,
    /// It is not to be heard.
    Declined,
    /// It became a recording of a session.
    Taken,
    /// A question about it waits.
    Asked,
    /// It cannot be heard.
    Refused,
}

impl Ruling {
    fn name(self) -> &'static str {
        match self {
            Self::Existing => "existing",
            Self::Declined => "declined",
            Self::Taken => "taken",
            Self::Asked => "asked",
            Self::Refused => "refused",
        }
    }

    fn from_name(name: &str) -> Result<Self> {
        [Self::Existing, Self::Declined, Self::Taken, Self::Asked, Self::Refused]
            .into_iter()
            .find(|ruling| ruling.name() == name)
            .ok_or_else(|| damaged("verdict", name))
    }
}

impl Store {
    /// Every watched folder, the oldest first.
    pub async fn folders(&self) -> Result<Vec<Folder>> {
        sqlx::query("SELECT * FROM watched_folder ORDER BY id")
            .fetch_all(&self.pool)
            .await
            .map_err(|error| self.failed(error))?
            .iter()
            .map(folder)
            .collect()
    }

    /// One watched folder; none when it is no longer watched.
    pub async fn folder(&self, id: FolderId) -> Result<Option<Folder>> {
        let row = sqlx::query("SELECT * FROM watched_folder WHERE id = ?")
            .bind(id.to_string())
            .fetch_optional(&self.pool)
            .await
            .map_err(|error| self.failed(error))?;
        row.as_ref().map(folder).transpose()
    }

    /// Watches a folder from now on. One that is watched already keeps its row.
    pub async fn add_folder(&self, path: &Path, subfolders: bool) -> Result<Folder> {
        let row = sqlx::query(
            "INSERT INTO watched_folder (id, path, subfolders, added_at_ms) VALUES (?, ?, ?, ?)
             ON CONFLICT (path) DO UPDATE SET subfolders = excluded.subfolders RETURNING *",
        )
        .bind(FolderId::new().to_string())
        .bind(path_bytes(path))
        .bind(subfolders)
        .bind(clock::now_ms())
        .fetch_one(&self.pool)
        .await
        .map_err(|error| self.failed(error))?;
        folder(&row)
    }

    /// Says whether the folders in a watched folder are watched too; none when it is no longer watched.
    pub async fn set_subfolders(&self, id: FolderId, subfolders: bool) -> Result<Option<Folder>> {
        let row = sqlx::query("UPDATE watched_folder SET subfolders = ? WHERE id = ? RETURNING *")
            .bind(subfolders)
            .bind(id.to_string())
            .fetch_optional(&self.pool)
            .await
            .map_err(|error| self.failed(error))?;
        row.as_ref().map(folder).transpose()
    }

    /// Watches a folder no longer. What the ledger knows of its files stays, so that they are not new
    /// when it is watched again.
    pub async fn remove_folder(&self, id: FolderId) -> Result<()> {
        sqlx::query("DELETE FROM watched_folder WHERE id = ?")
            .bind(id.to_string())
            .execute(&self.pool)
            .await
            .map_err(|error| self.failed(error))?;
        Ok(())
    }

    /// Keeps when a folder was looked at for the first time, and what lay there, at once.
    pub async fn set_first_seen(&self, id: FolderId, lay_there: &[Noticed]) -> Result<()> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(|error| self.failed(error))?;
        for noticed in lay_there {
            self.put_noticed_in(&mut transaction, id, noticed).await?;
        }
        let answered = !lay_there.iter().any(|noticed| noticed.verdict == Ruling::Existing);
        sqlx::query("UPDATE watched_folder SET first_seen_at_ms = ?, existing_answered = ? WHERE id = ?")
            .bind(clock::now_ms())
            .bind(answered)
            .bind(id.to_string())
            .execute(&mut *transaction)
            .await
            .map_err(|error| self.failed(error))?;
        transaction.commit().await.map_err(|error| self.failed(error))
    }

    /// The recordings that lay in a folder already and for which nobody has answered.
    pub async fn existing(&self, id: FolderId) -> Result<ExistingFiles> {
        let row = sqlx::query(
            "SELECT count(*) AS files, coalesce(sum(bytes), 0) AS size, min(modified_ms) AS oldest,
                    max(modified_ms) AS newest
             FROM noticed WHERE folder_id = ? AND verdict = 'existing'",
        )
        .bind(id.to_string())
        .fetch_one(&self.pool)
        .await
        .map_err(|error| self.failed(error))?;
        let read = |error: sqlx::Error| damaged("noticed", error);
        Ok(ExistingFiles {
            count: row.try_get("files").map_err(read)?,
            bytes: row.try_get::<i64, _>("size").map_err(read)? as u64,
            oldest_ms: row.try_get("oldest").map_err(read)?,
            newest_ms: row.try_get("newest").map_err(read)?,
        })
    }

    /// Answers what shall become of what lay in a folder. What is to be heard leaves the ledger, so that
    /// the next look takes it for new.
    pub async fn answer_existing(&self, id: FolderId, answer: ExistingAnswer) -> Result<()> {
        let since_ms = match answer {
            ExistingAnswer::All => Some(i64::MIN),
            ExistingAnswer::None => None,
            ExistingAnswer::Since { at_ms } => Some(at_ms),
        };
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(|error| self.failed(error))?;
        sqlx::query(
            "DELETE FROM noticed WHERE folder_id = ?1 AND verdict = 'existing'
             AND (?2 = -9223372036854775808 OR modified_ms >= ?2)",
        )
        .bind(id.to_string())
        .bind(since_ms)
        .execute(&mut *transaction)
        .await
        .map_err(|error| self.failed(error))?;
        sqlx::query("UPDATE noticed SET verdict = 'declined' WHERE folder_id = ? AND verdict = 'existing'")
            .bind(id.to_string())
            .execute(&mut *transaction)
            .await
            .map_err(|error| self.failed(error))?;
        // Whoever wants all of it before anybody looked has nothing left to be asked.
        sqlx::query(
            "UPDATE watched_folder SET existing_answered = 1, first_seen_at_ms = CASE WHEN ?2 = -9223372036854775808
             THEN coalesce(first_seen_at_ms, ?3) ELSE first_seen_at_ms END WHERE id = ?1",
        )
        .bind(id.to_string())
        .bind(since_ms)
        .bind(clock::now_ms())
        .execute(&mut *transaction)
        .await
        .map_err(|error| self.failed(error))?;
        transaction.commit().await.map_err(|error| self.failed(error))
    }

    /// Writes a judgement into the ledger.
    pub async fn put_noticed(&self, folder: FolderId, noticed: &Noticed) -> Result<()> {
        let mut connection = self.pool.acquire().await.map_err(|error| self.failed(error))?;
        self.put_noticed_in(&mut connection, folder, noticed).await.map(drop)
    }

    /// Notes what became of a file about which something was asked, and as which recording.
    pub async fn set_ruling(&self, fingerprint: &str, ruling: Ruling, recording: Option<RecordingId>) -> Result<()> {
        sqlx::query("UPDATE noticed SET verdict = ?, recording_id = ? WHERE fingerprint = ?")
            .bind(ruling.name())
            .bind(recording.map(|id| id.to_string()))
            .bind(fingerprint)
            .execute(&self.pool)
            .await
            .map_err(|error| self.failed(error))?;
        Ok(())
    }

    /// What the ledger knows of files that hold the same as this fingerprint says, the newest first.
    pub async fn noticed_like(&self, fingerprint: &str) -> Result<Vec<Noticed>> {
        sqlx::query("SELECT * FROM noticed WHERE fingerprint = ? ORDER BY serial DESC")
            .bind(fingerprint)
            .fetch_all(&self.pool)
            .await
            .map_err(|error| self.failed(error))?
            .iter()
            .map(noticed)
            .collect()
    }

    /// What the ledger knows of whatever lay at a path, the newest first.
    pub async fn noticed_at(&self, path: &Path) -> Result<Vec<Noticed>> {
        sqlx::query("SELECT * FROM noticed WHERE path = ? ORDER BY serial DESC")
            .bind(path_bytes(path))
            .fetch_all(&self.pool)
            .await
            .map_err(|error| self.failed(error))?
            .iter()
            .map(noticed)
            .collect()
    }

    /// How the judged files below a path were when they were judged.
    pub async fn judged_below(&self, path: &Path) -> Result<HashMap<PathBuf, Look>> {
        let rows = sqlx::query("SELECT * FROM noticed ORDER BY serial")
            .fetch_all(&self.pool)
            .await
            .map_err(|error| self.failed(error))?;
        let mut judged = HashMap::new();
        for row in &rows {
            let noticed = noticed(row)?;
            if noticed.path.starts_with(path) {
                judged.insert(noticed.path, noticed.look);
            }
        }
        Ok(judged)
    }

    /// The files of a folder that became recordings since a moment in milliseconds since 1970 UTC.
    pub async fn taken_since(&self, folder: FolderId, since_ms: i64) -> Result<Vec<Noticed>> {
        sqlx::query(
            "SELECT * FROM noticed WHERE folder_id = ? AND verdict = 'taken' AND noticed_at_ms >= ? ORDER BY serial",
        )
        .bind(folder.to_string())
        .bind(since_ms)
        .fetch_all(&self.pool)
        .await
        .map_err(|error| self.failed(error))?
        .iter()
        .map(noticed)
        .collect()
    }

    async fn put_noticed_in(
        &self,
        connection: &mut sqlx::SqliteConnection,
        folder: FolderId,
        noticed: &Noticed,
    ) -> Result<()> {
        sqlx::query(
            "INSERT INTO noticed (folder_id, path, bytes, modified_ms, fingerprint, verdict, recording_id, started_at_ms,
                                  duration_ms, noticed_at_ms)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT (path, fingerprint) DO UPDATE SET folder_id = excluded.folder_id, bytes = excluded.bytes,
                 modified_ms = excluded.modified_ms, verdict = excluded.verdict, recording_id = excluded.recording_id,
                 started_at_ms = excluded.started_at_ms, duration_ms = excluded.duration_ms",
        )
        .bind(folder.to_string())
        .bind(path_bytes(&noticed.path))
        .bind(noticed.look.bytes as i64)
        .bind(noticed.look.modified_ms)
        .bind(&noticed.fingerprint)
        .bind(noticed.verdict.name())
        .bind(noticed.recording.map(|id| id.to_string()))
        .bind(noticed.started_at_ms)
        .bind(noticed.duration_ms.map(|length| length as i64))
        .bind(clock::now_ms())
        .execute(connection)
        .await
        .map_err(|error| self.failed(error))?;
        Ok(())
    }
}

fn folder(row: &SqliteRow) -> Result<Folder> {
    let read = |error: sqlx::Error| damaged("watched folder", error);
    let id: String = row.try_get("id").map_err(read)?;
    Ok(Folder {
        id: id.parse().map_err(|error| damaged("folder id", error))?,
        path: path_from(row.try_get("path").map_err(read)?)?,
        subfolders: row.try_get("subfolders").map_err(read)?,
        added_at_ms: row.try_get("added_at_ms").map_err(read)?,
        first_seen_at_ms: row.try_get("first_seen_at_ms").map_err(read)?,
        existing_answered: row.try_get("existing_answered").map_err(read)?,
    })
}

fn noticed(row: &SqliteRow) -> Result<Noticed> {
    let read = |error: sqlx::Error| damaged("noticed", error);
    let recording: Option<String> = row.try_get("recording_id").map_err(read)?;
    let recording = recording.map(|id| id.parse().map_err(|error| damaged("recording id", error)));
    Ok(Noticed {
        path: path_from(row.try_get("path").map_err(read)?)?,
        look: Look {
            bytes: row.try_get::<i64, _>("bytes").map_err(read)? as u64,
            modified_ms: row.try_get("modified_ms").map_err(read)?,
        },
        fingerprint: row.try_get("fingerprint").map_err(read)?,
        verdict: Ruling::from_name(&row.try_get::<String, _>("verdict").map_err(read)?)?,
        recording: recording.transpose()?,
        started_at_ms: row.try_get("started_at_ms").map_err(read)?,
        duration_ms: row.try_get::<Option<i64>, _>("duration_ms").map_err(read)?.map(|length| length as u64),
    })
}

impl Folder {
    /// The error of a folder that is not watched, under the id that was given.
    pub fn unknown(id: FolderId) -> Error {
        Error::FolderUnknown { id: id.to_string() }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::store;
    use super::*;

    fn file(path: &str, fingerprint: &str, verdict: Ruling) -> Noticed {
        Noticed {
            path: path.into(),
            look: Look { bytes: 10, modified_ms: Some(1_000) },
            fingerprint: fingerprint.to_owned(),
            verdict,
            recording: None,
            started_at_ms: None,
            duration_ms: Some(60_000),
        }
    }

    #[tokio::test]
    async fn what_lay_there_waits_for_its_answer_and_what_is_wanted_is_new_again() {
        let (_place, store) = store().await;
        let folder = store.add_folder(Path::new("/tarjeta"), true).await.unwrap();
        let old =
            Noticed { look: Look { bytes: 5, modified_ms: Some(10) }, ..file("/tarjeta/1", "a", Ruling::Existing) };
        store.set_first_seen(folder.id, &[old, file("/tarjeta/2", "b", Ruling::Existing)]).await.unwrap();
        let existing = store.existing(folder.id).await.unwrap();
        assert_eq!((existing.count, existing.bytes, existing.oldest_ms), (2, 15, Some(10)));
        assert!(!store.folder(folder.id).await.unwrap().unwrap().existing_answered);

        store.answer_existing(folder.id, ExistingAnswer::Since { at_ms: 500 }).await.unwrap();
        let judged = store.judged_below(Path::new("/tarjeta")).await.unwrap();
        assert_eq!(judged.keys().collect::<Vec<_>>(), [Path::new("/tarjeta/1")]);
        assert_eq!(store.existing(folder.id).await.unwrap().count, 0);
    }

    #[tokio::test]
    async fn the_ledger_outlives_its_folder_and_knows_a_file_by_what_it_holds() {
        let (_place, store) = store().await;
        let folder = store.add_folder(Path::new("/tarjeta"), false).await.unwrap();
        store.put_noticed(folder.id, &file("/tarjeta/1", "a", Ruling::Taken)).await.unwrap();
        store.put_noticed(folder.id, &file("/tarjeta/1", "b", Ruling::Taken)).await.unwrap();
        store.remove_folder(folder.id).await.unwrap();
        assert_eq!(store.noticed_like("a").await.unwrap().len(), 1);
        let again = store.add_folder(Path::new("/tarjeta"), true).await.unwrap();
        assert_ne!(again.id, folder.id);
        assert_eq!(store.add_folder(Path::new("/tarjeta"), true).await.unwrap(), again);
    }
}
