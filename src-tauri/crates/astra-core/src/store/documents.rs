//! What Astra wrote where.

use std::ffi::OsStr;
use std::path::Path;

use sqlx::Row;

use super::Store;
use super::recordings::{path_bytes, path_from};
use crate::clock;
use crate::error::{Error, Result};
use crate::id::SessionId;

impl Store {
    /// SHA-256 of what Astra last wrote to `path` for this session, in hexadecimal. What it wrote
    /// there for another session is none of this one's business.
    pub async fn document_sha256(&self, session: SessionId, path: &Path) -> Result<Option<String>> {
        let row = sqlx::query("SELECT sha256 FROM document WHERE path = ? AND session_id = ?")
            .bind(path_bytes(path))
            .bind(session.to_string())
            .fetch_optional(&self.pool)
            .await
            .map_err(|error| self.failed(error))?;
        row.map(|row| row.try_get(0).map_err(|error| self.failed(error))).transpose()
    }

    /// Remembers that `path` now holds bytes of this hash.
    pub async fn put_document(&self, session: SessionId, extension: &str, path: &Path, sha256: &str) -> Result<()> {
        sqlx::query(
            "INSERT INTO document (path, session_id, format, sha256, written_at_ms) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT (path) DO UPDATE SET session_id = excluded.session_id, format = excluded.format,
             sha256 = excluded.sha256, written_at_ms = excluded.written_at_ms",
        )
        .bind(path_bytes(path))
        .bind(session.to_string())
        .bind(extension)
        .bind(sha256)
        .bind(clock::now_ms())
        .execute(&self.pool)
        .await
        .map_err(|error| self.failed(error))?;
        Ok(())
    }

    /// SHA-256 of everything that Astra wrote to files of this name, in whatever folder.
    pub async fn documents_named(&self, name: &OsStr) -> Result<Vec<String>> {
        let rows: Vec<(Vec<u8>, String)> = sqlx::query_as("SELECT path, sha256 FROM document")
            .fetch_all(&self.pool)
            .await
            .map_err(|error| self.failed(error))?;
        let named = |path: Vec<u8>| Ok::<_, Error>(path_from(path)?.file_name() == Some(name));
        let mut found = Vec::new();
        for (path, sha256) in rows {
            if named(path)? {
                found.push(sha256);
            }
        }
        Ok(found)
    }

    /// Whether Astra wrote something to this path.
    pub async fn document_is_known(&self, path: &Path) -> Result<bool> {
        sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM document WHERE path = ?)")
            .bind(path_bytes(path))
            .fetch_one(&self.pool)
            .await
            .map_err(|error| self.failed(error))
    }
}
