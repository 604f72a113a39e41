//! The whole journal of a session, to be exported.

use sqlx::Row;

use super::json::parsed;
use super::{Store, damaged};
use crate::error::Result;
use crate::export::journal::Made;
use crate::id::SessionId;
use crate::transcript::Change;

impl Store {
    /// Every edit that was made to a session, in order, those that were undone among them.
    pub async fn journal(&self, session: SessionId) -> Result<Vec<Made>> {
        let rows = sqlx::query("SELECT * FROM edit WHERE session_id = ? ORDER BY number")
            .bind(session.to_string())
            .fetch_all(&self.pool)
            .await
            .map_err(|error| self.failed(error))?;
        let read = |error: sqlx::Error| damaged("edit", error);
        rows.iter()
            .map(|row| {
                let change: Change = parsed("edit", &row.try_get::<String, _>("change").map_err(read)?)?;
                Ok(Made {
                    number: row.try_get::<i64, _>("number").map_err(read)? as u64,
                    made_at_ms: row.try_get("made_at_ms").map_err(read)?,
                    undone_at_ms: row.try_get("undone_at_ms").map_err(read)?,
                    change,
                })
            })
            .collect()
    }
}
