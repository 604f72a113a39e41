//! The actas that were written and how far each came. What was approved is kept byte by byte.

use std::path::{Path, PathBuf};

use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::recordings::{path_bytes, path_from};
use super::{Store, damaged};
use crate::clock;
use crate::error::{Error, Result};
use crate::id::SessionId;
use crate::minutes::acta::{Copy, Kind};
use crate::minutes::life::{FileState, Issued, Stage};

impl Store {
    /// How many edits the text of a session has seen.
    ///
    /// # Errors
    /// [`Error::SessionUnknown`].
    pub async fn revision(&self, session: SessionId) -> Result<u64> {
        let revision: Option<i64> = sqlx::query_scalar("SELECT revision FROM session WHERE id = ?")
            .bind(session.to_string())
            .fetch_optional(&self.pool)
            .await
            .map_err(|error| self.failed(error))?;
        revision.map(|revision| revision as u64).ok_or_else(|| Error::SessionUnknown { id: session.to_string() })
    }

    /// Remembers a draft, in the place of one that was written there before.
    pub async fn put_draft(
        &self,
        session: SessionId,
        (kind, copy): (Kind, Copy),
        path: &Path,
        sha256: &str,
        revision: u64,
    ) -> Result<()> {
        sqlx::query(
            "INSERT INTO acta (path, session_id, kind, copy, sha256, revision, drafted_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT (path) DO UPDATE SET session_id = excluded.session_id, kind = excluded.kind,
             copy = excluded.copy, sha256 = excluded.sha256, revision = excluded.revision,
             drafted_at_ms = excluded.drafted_at_ms WHERE acta.sent_at_ms IS NULL",
        )
        .bind(path_bytes(path))
        .bind(session.to_string())
        .bind(kind.id())
        .bind(copy.id())
        .bind(sha256)
        .bind(revision as i64)
        .bind(clock::now_ms())
        .execute(&self.pool)
        .await
        .map_err(|error| self.failed(error))?;
        Ok(())
    }

    /// Whether an acta stands at this path that was sent, approved or signed, or stood there.
    pub async fn holds_issued_acta(&self, path: &Path) -> Result<bool> {
        sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM acta WHERE path = ? AND sent_at_ms IS NOT NULL)")
            .bind(path_bytes(path))
            .fetch_one(&self.pool)
            .await
            .map_err(|error| self.failed(error))
    }

    /// The actas of a session, the newest last. Nobody looked at their files.
    pub async fn actas(&self, session: SessionId) -> Result<Vec<(PathBuf, Issued)>> {
        sqlx::query(
            "SELECT acta.*, acta.revision <> session.revision AS session_changed FROM acta
             JOIN session ON session.id = acta.session_id WHERE session_id = ? ORDER BY drafted_at_ms, path",
        )
        .bind(session.to_string())
        .fetch_all(&self.pool)
        .await
        .map_err(|error| self.failed(error))?
        .iter()
        .map(issued)
        .collect()
    }

    /// Takes an acta from the stage before to `stage`: its file has these bytes now, which approval keeps.
    ///
    /// # Errors
    /// [`Error::ActaOutOfTurn`] when it is at another stage by now.
    pub async fn advance_acta(&self, path: &Path, stage: Stage, sha256: &str, bytes: &[u8]) -> Result<()> {
        let (now, out_of_turn) = (clock::now_ms(), || Error::ActaOutOfTurn { stage: stage.id().to_owned() });
        let update = match stage {
            Stage::Draft => return Err(out_of_turn()),
            Stage::Sent => {
                sqlx::query("UPDATE acta SET sent_at_ms = ?, sha256 = ? WHERE path = ? AND sent_at_ms IS NULL")
                    .bind(now)
                    .bind(sha256)
            }
            Stage::Approved => sqlx::query(
                "UPDATE acta SET approved_at_ms = ?, sha256 = ?, approved = ?
                 WHERE path = ? AND sent_at_ms IS NOT NULL AND approved_at_ms IS NULL",
            )
            .bind(now)
            .bind(sha256)
            .bind(bytes),
            Stage::Signed => sqlx::query(
                "UPDATE acta SET signed_at_ms = ?
                 WHERE path = ? AND approved_at_ms IS NOT NULL AND signed_at_ms IS NULL",
            )
            .bind(now),
        };
        let done = update.bind(path_bytes(path)).execute(&self.pool).await.map_err(|error| self.failed(error))?;
        match done.rows_affected() {
            0 => Err(out_of_turn()),
            _ => Ok(()),
        }
    }

    /// The bytes of an acta as it was approved.
    pub async fn approved_acta(&self, session: SessionId, path: &Path) -> Result<Option<Vec<u8>>> {
        sqlx::query_scalar("SELECT approved FROM acta WHERE session_id = ? AND path = ? AND approved IS NOT NULL")
            .bind(session.to_string())
            .bind(path_bytes(path))
            .fetch_optional(&self.pool)
            .await
            .map_err(|error| self.failed(error))
    }
}

fn issued(row: &SqliteRow) -> Result<(PathBuf, Issued)> {
    let read = |error: sqlx::Error| damaged("acta", error);
    let (kind, copy): (String, String) = (row.try_get("kind").map_err(read)?, row.try_get("copy").map_err(read)?);
    let kind = Kind::all().into_iter().find(|known| known.id() == kind).ok_or_else(|| damaged("acta", "its kind"))?;
    let copy = Copy::all().into_iter().find(|known| known.id() == copy).ok_or_else(|| damaged("acta", "its copy"))?;
    let path = path_from(row.try_get("path").map_err(read)?)?;
    let sent_at_ms: Option<i64> = row.try_get("sent_at_ms").map_err(read)?;
    let approved_at_ms: Option<i64> = row.try_get("approved_at_ms").map_err(read)?;
    let signed_at_ms: Option<i64> = row.try_get("signed_at_ms").map_err(read)?;
    let stage = match (sent_at_ms, approved_at_ms, signed_at_ms) {
        (_, _, Some(_)) => Stage::Signed,
        (_, Some(_), None) => Stage::Approved,
        (Some(_), None, None) => Stage::Sent,
        (None, None, None) => Stage::Draft,
    };
    let issued = Issued {
        path: path.display().to_string(),
        kind,
        copy,
        stage,
        sha256: row.try_get("sha256").map_err(read)?,
        drafted_at_ms: row.try_get("drafted_at_ms").map_err(read)?,
        sent_at_ms,
        approved_at_ms,
        signed_at_ms,
        session_changed: row.try_get("session_changed").map_err(read)?,
        file: FileState::Same,
    };
    Ok((path, issued))
}
