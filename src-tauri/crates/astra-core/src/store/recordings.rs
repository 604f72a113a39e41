//! Recordings and their listenings.

use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::json::json;
use super::segments::unsettle;
use super::{Store, damaged};
use crate::clock;
use crate::error::Result;
use crate::id::{ListeningId, RecordingId};
use crate::sessions::{Ended, Listening, ListeningKey, Recording, Source};

impl Store {
    /// Every recording whose quick fingerprint is `fingerprint`: candidates for being the same.
    pub async fn recordings_like(&self, fingerprint: &str) -> Result<Vec<Recording>> {
        sqlx::query("SELECT * FROM recording WHERE fingerprint = ? ORDER BY id DESC")
            .bind(fingerprint)
            .fetch_all(&self.pool)
            .await
            .map_err(|error| self.failed(error))?
            .iter()
            .map(recording)
            .collect()
    }

    /// Keeps the hash of a recording once all its bytes were read.
    pub async fn set_sha256(&self, id: RecordingId, sha256: &str) -> Result<()> {
        sqlx::query("UPDATE recording SET sha256 = ? WHERE id = ?")
            .bind(sha256)
            .bind(id.to_string())
            .execute(&self.pool)
            .await
            .map_err(|error| self.failed(error))?;
        Ok(())
    }

    /// Keeps what the engine is told of the council's words in a listening that begins.
    pub async fn set_listening_vocabulary(&self, id: ListeningId, words: &[String]) -> Result<()> {
        sqlx::query("UPDATE listening SET vocabulary = ? WHERE id = ?")
            .bind(json("vocabulary", &words)?)
            .bind(id.to_string())
            .execute(&self.pool)
            .await
            .map_err(|error| self.failed(error))?;
        Ok(())
    }

    /// Keeps the new place of a recording that moved.
    pub async fn set_source(&self, id: RecordingId, source: &Source, name: &str) -> Result<()> {
        sqlx::query("UPDATE recording SET source = ?, name = ? WHERE id = ?")
            .bind(source_bytes(source))
            .bind(name)
            .bind(id.to_string())
            .execute(&self.pool)
            .await
            .map_err(|error| self.failed(error))?;
        Ok(())
    }

    /// Notes that a recording went on after it was taken: its listenings are open again, and what was heard
    /// in them stays.
    pub async fn grow_recording(&self, id: RecordingId, grown: &Recording) -> Result<()> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(|error| self.failed(error))?;
        sqlx::query(
            "UPDATE recording SET bytes = ?, fingerprint = ?, sha256 = ?, claimed_ms = ?, claim_is_exact = ?,
                                  duration_ms = NULL WHERE id = ?",
        )
        .bind(grown.bytes.map(|value| value as i64))
        .bind(&grown.fingerprint)
        .bind(&grown.sha256)
        .bind(grown.claimed_ms.map(|value| value as i64))
        .bind(grown.claim_is_exact)
        .bind(id.to_string())
        .execute(&mut *transaction)
        .await
        .map_err(|error| self.failed(error))?;
        let last: Vec<(String, u32)> = sqlx::query_as(
            "UPDATE listening SET audio_samples = NULL, skipped_samples = NULL, finished_at_ms = NULL
             WHERE recording_id = ? RETURNING id, coalesce((SELECT max(position) FROM chunk WHERE listening_id = id), 0)",
        )
        .bind(id.to_string())
        .fetch_all(&mut *transaction)
        .await
        .map_err(|error| self.failed(error))?;
        for (listening, chunk) in last {
            let listening = listening.parse().map_err(|error| damaged("listening id", error))?;
            // The last chunk ended where the recording did.
            unsettle(&mut transaction, listening, chunk).await.map_err(|error| self.failed(error))?;
        }
        sqlx::query(
            "UPDATE job SET state = 'waiting', error = NULL, ended_at_ms = NULL WHERE state = 'failed'
             AND session_id IN (SELECT session_id FROM part WHERE recording_id = ?)",
        )
        .bind(id.to_string())
        .execute(&mut *transaction)
        .await
        .map_err(|error| self.failed(error))?;
        transaction.commit().await.map_err(|error| self.failed(error))
    }

    /// Closes a listening: all of its recording was decoded into `chunks` chunks and each has its
    /// outcome. Chunks beyond those belong to an earlier way of cutting and go.
    /// From now on the recording is as long as what was decoded.
    pub async fn end_listening(
        &self,
        recording: RecordingId,
        listening: ListeningId,
        chunks: u32,
        ended: Ended,
    ) -> Result<()> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(|error| self.failed(error))?;
        sqlx::query("UPDATE listening SET audio_samples = ?, skipped_samples = ?, finished_at_ms = ? WHERE id = ?")
            .bind(ended.audio_samples as i64)
            .bind(ended.skipped_samples as i64)
            .bind(clock::now_ms())
            .bind(listening.to_string())
            .execute(&mut *transaction)
            .await
            .map_err(|error| self.failed(error))?;
        let gone = sqlx::query("DELETE FROM chunk WHERE listening_id = ? AND position >= ?")
            .bind(listening.to_string())
            .bind(chunks)
            .execute(&mut *transaction)
            .await
            .map_err(|error| self.failed(error))?;
        if gone.rows_affected() > 0 {
            unsettle(&mut transaction, listening, chunks).await.map_err(|error| self.failed(error))?;
        }
        sqlx::query("UPDATE recording SET duration_ms = ? WHERE id = ?")
            .bind(crate::chunks::samples_to_ms(ended.audio_samples) as i64)
            .bind(recording.to_string())
            .execute(&mut *transaction)
            .await
            .map_err(|error| self.failed(error))?;
        transaction.commit().await.map_err(|error| self.failed(error))
    }
}

pub(super) fn recording(row: &SqliteRow) -> Result<Recording> {
    let read = |error: sqlx::Error| damaged("recording", error);
    let streamed: bool = row.try_get("streamed").map_err(read)?;
    let bytes: Vec<u8> = row.try_get("source").map_err(read)?;
    let id: String = row.try_get("id").map_err(read)?;
    Ok(Recording {
        id: id.parse().map_err(|error| damaged("recording id", error))?,
        source: source_from(streamed, bytes)?,
        name: row.try_get("name").map_err(read)?,
        bytes: row.try_get::<Option<i64>, _>("bytes").map_err(read)?.map(|value| value as u64),
        fingerprint: row.try_get("fingerprint").map_err(read)?,
        sha256: row.try_get("sha256").map_err(read)?,
        claimed_ms: row.try_get::<Option<i64>, _>("claimed_ms").map_err(read)?.map(|value| value as u64),
        claim_is_exact: row.try_get("claim_is_exact").map_err(read)?,
        duration_ms: row.try_get::<Option<i64>, _>("duration_ms").map_err(read)?.map(|value| value as u64),
        started_at_ms: row.try_get("started_at_ms").map_err(read)?,
    })
}

pub(super) fn listening(row: &SqliteRow) -> Result<Listening> {
    let read = |error: sqlx::Error| damaged("listening", error);
    let id: String = row.try_get("listening_id").map_err(read)?;
    let vocabulary: String = row.try_get("vocabulary").map_err(read)?;
    let audio: Option<i64> = row.try_get("audio_samples").map_err(read)?;
    let skipped: Option<i64> = row.try_get("skipped_samples").map_err(read)?;
    Ok(Listening {
        id: id.parse().map_err(|error| damaged("listening id", error))?,
        key: ListeningKey {
            engine: row.try_get("engine").map_err(read)?,
            model: row.try_get("model").map_err(read)?,
            model_sha256: row.try_get("model_sha256").map_err(read)?,
            language: row.try_get("language").map_err(read)?,
            vocabulary: serde_json::from_str(&vocabulary).map_err(|error| damaged("vocabulary", error))?,
        },
        ended: audio
            .zip(skipped)
            .map(|(audio, skipped)| Ended { audio_samples: audio as u64, skipped_samples: skipped as u64 }),
    })
}

/// A path in the operating system's own bytes: names on old cards are not always UTF-8.
pub(super) fn source_bytes(source: &Source) -> Vec<u8> {
    match source {
        Source::File(path) => path_bytes(path),
        Source::Url(url) => url.clone().into_bytes(),
    }
}

fn source_from(streamed: bool, bytes: Vec<u8>) -> Result<Source> {
    if streamed {
        let url = String::from_utf8(bytes).map_err(|error| damaged("address", error))?;
        Ok(Source::Url(url))
    } else {
        path_from(bytes).map(Source::File)
    }
}

#[cfg(unix)]
pub(super) fn path_bytes(path: &std::path::Path) -> Vec<u8> {
    use std::os::unix::ffi::OsStrExt;
    path.as_os_str().as_bytes().to_vec()
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "on Windows not every sequence of bytes is a path")]
pub(super) fn path_from(bytes: Vec<u8>) -> Result<std::path::PathBuf> {
    use std::os::unix::ffi::OsStringExt;
    Ok(std::ffi::OsString::from_vec(bytes).into())
}

#[cfg(windows)]
pub(super) fn path_bytes(path: &std::path::Path) -> Vec<u8> {
    use std::os::windows::ffi::OsStrExt;
    path.as_os_str().encode_wide().flat_map(u16::to_le_bytes).collect()
}

#[cfg(windows)]
pub(super) fn path_from(bytes: Vec<u8>) -> Result<std::path::PathBuf> {
    use std::os::windows::ffi::OsStringExt;
    if bytes.len() % 2 != 0 {
        return Err(crate::error::Error::Database { reason: "a path has an odd number of bytes".to_owned() });
    }
    let wide: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    Ok(std::ffi::OsString::from_wide(&wide).into())
}
