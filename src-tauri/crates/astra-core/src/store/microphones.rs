//! The microphones of a recording: files of one moment that are heard as one sound.

use std::path::PathBuf;

use sqlx::Row;

use super::recordings::{path_bytes, path_from};
use super::sessions::insert_listening_row;
use super::{Noticed, Store, Wish, damaged};
use crate::error::Result;
use crate::id::{RecordingId, SessionId};

/// A microphone beside the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Microphone {
    /// Its file.
    pub path: PathBuf,
    /// Of its size, first and last MiB.
    pub fingerprint: String,
}

impl From<Noticed> for Microphone {
    fn from(noticed: Noticed) -> Self {
        Self { path: noticed.path, fingerprint: noticed.fingerprint }
    }
}

impl Store {
    /// The microphones that are heard together with a recording.
    pub async fn microphones(&self, recording: RecordingId) -> Result<Vec<Microphone>> {
        let rows = sqlx::query("SELECT path, fingerprint FROM microphone WHERE recording_id = ? ORDER BY position")
            .bind(recording.to_string())
            .fetch_all(&self.pool)
            .await
            .map_err(|error| self.failed(error))?;
        let read = |error: sqlx::Error| damaged("microphone", error);
        rows.iter()
            .map(|row| {
                let path = path_from(row.try_get("path").map_err(read)?)?;
                Ok(Microphone { path, fingerprint: row.try_get("fingerprint").map_err(read)? })
            })
            .collect()
    }

    /// How loud each microphone of a recording was, the recording's own file first; none when nobody has found out
    /// since microphones were added last.
    pub async fn levels(&self, recording: RecordingId) -> Result<Option<Vec<Vec<u8>>>> {
        let levels: Vec<Vec<u8>> =
            sqlx::query_scalar("SELECT levels FROM microphone_level WHERE recording_id = ? ORDER BY position")
                .bind(recording.to_string())
                .fetch_all(&self.pool)
                .await
                .map_err(|error| self.failed(error))?;
        Ok((!levels.is_empty()).then_some(levels))
    }

    /// Keeps how loud each microphone of a recording was, all at once.
    pub async fn put_levels(&self, recording: RecordingId, levels: &[Vec<u8>]) -> Result<()> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(|error| self.failed(error))?;
        for (position, levels) in levels.iter().enumerate() {
            sqlx::query("INSERT OR REPLACE INTO microphone_level (recording_id, position, levels) VALUES (?, ?, ?)")
                .bind(recording.to_string())
                .bind(position as i64)
                .bind(levels)
                .execute(&mut *transaction)
                .await
                .map_err(|error| self.failed(error))?;
        }
        transaction.commit().await.map_err(|error| self.failed(error))
    }

    /// Adds microphones to a recording of a session. Unless somebody edited the session, the recording is
    /// to be heard anew.
    pub async fn add_microphones(
        &self,
        session: SessionId,
        recording: RecordingId,
        microphones: &[Microphone],
        wish: &Wish,
    ) -> Result<()> {
        let edited = self.count_edits(session).await? > 0;
        let summary = self.session(session).await?;
        let part = summary.parts.into_iter().find(|part| part.recording.id == recording);
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(|error| self.failed(error))?;
        sqlx::query("DELETE FROM microphone_level WHERE recording_id = ?")
            .bind(recording.to_string())
            .execute(&mut *transaction)
            .await
            .map_err(|error| self.failed(error))?;
        for microphone in microphones {
            let name = microphone.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            sqlx::query(
                "INSERT INTO microphone (recording_id, position, path, name, fingerprint)
                 SELECT ?1, coalesce(max(position), 0) + 1, ?2, ?3, ?4 FROM microphone WHERE recording_id = ?1",
            )
            .bind(recording.to_string())
            .bind(path_bytes(&microphone.path))
            .bind(name)
            .bind(&microphone.fingerprint)
            .execute(&mut *transaction)
            .await
            .map_err(|error| self.failed(error))?;
        }
        if let Some(part) = part.filter(|_| !edited) {
            let listening = insert_listening_row(self, &mut transaction, recording, &part.listening.key).await?;
            sqlx::query("UPDATE part SET listening_id = ? WHERE session_id = ? AND recording_id = ?")
                .bind(listening.to_string())
                .bind(session.to_string())
                .bind(recording.to_string())
                .execute(&mut *transaction)
                .await
                .map_err(|error| self.failed(error))?;
            sqlx::query("DELETE FROM listening WHERE id = ? AND id NOT IN (SELECT listening_id FROM part)")
                .bind(part.listening.id.to_string())
                .execute(&mut *transaction)
                .await
                .map_err(|error| self.failed(error))?;
            self.give_job(&mut transaction, session, wish).await?;
        }
        transaction.commit().await.map_err(|error| self.failed(error))
    }
}
