//! Sessions that were heard and whose documents are still to be written into the folder of choice.

use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::json::json;
use super::{Store, damaged};
use crate::clock;
use crate::error::{Error, Result};
use crate::id::SessionId;

/// Documents that are still to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Of which session.
    pub session: SessionId,
    /// How often it failed in a row.
    pub tries: u32,
    /// When it failed last and when it is tried again, in milliseconds since 1970 UTC; none before the first time.
    pub retry: Option<(i64, i64)>,
}

impl Store {
    /// Remembers that the documents of a session are to be delivered, now.
    pub async fn add_delivery(&self, session: SessionId) -> Result<()> {
        sqlx::query("INSERT OR REPLACE INTO delivery (session_id) VALUES (?)")
            .bind(session.to_string())
            .execute(&self.pool)
            .await
            .map_err(|error| self.failed(error))?;
        Ok(())
    }

    /// What is still to be delivered.
    pub async fn deliveries(&self) -> Result<Vec<Delivery>> {
        let rows = sqlx::query("SELECT * FROM delivery ORDER BY session_id").fetch_all(&self.pool).await;
        rows.map_err(|error| self.failed(error))?.iter().map(delivery).collect()
    }

    /// Forgets a delivery that was made.
    pub async fn end_delivery(&self, session: SessionId) -> Result<()> {
        sqlx::query("DELETE FROM delivery WHERE session_id = ?")
            .bind(session.to_string())
            .execute(&self.pool)
            .await
            .map_err(|error| self.failed(error))?;
        Ok(())
    }

    /// Keeps why a delivery failed, for the `tries`th time in a row, and when it is tried again.
    pub async fn put_off_delivery(
        &self,
        session: SessionId,
        error: &Error,
        tries: u32,
        retry_at_ms: i64,
    ) -> Result<()> {
        sqlx::query("UPDATE delivery SET error = ?, tries = ?, failed_at_ms = ?, retry_at_ms = ? WHERE session_id = ?")
            .bind(json("error", error)?)
            .bind(tries)
            .bind(clock::now_ms())
            .bind(retry_at_ms)
            .bind(session.to_string())
            .execute(&self.pool)
            .await
            .map_err(|error| self.failed(error))?;
        Ok(())
    }

    /// Tries everything again at once, or forgets it when nothing is delivered any more.
    pub async fn deliver_at_once(&self, wished: bool) -> Result<()> {
        let change = if wished {
            "UPDATE delivery SET tries = 0, failed_at_ms = NULL, retry_at_ms = NULL"
        } else {
            "DELETE FROM delivery"
        };
        sqlx::query(change).execute(&self.pool).await.map_err(|error| self.failed(error))?;
        Ok(())
    }
}

fn delivery(row: &SqliteRow) -> Result<Delivery> {
    let read = |error: sqlx::Error| damaged("delivery", error);
    let moment = |name: &str| row.try_get::<Option<i64>, _>(name).map_err(read);
    let session: String = row.try_get("session_id").map_err(read)?;
    Ok(Delivery {
        session: session.parse().map_err(|error| damaged("session id", error))?,
        tries: row.try_get("tries").map_err(read)?,
        retry: moment("failed_at_ms")?.zip(moment("retry_at_ms")?),
    })
}
