//! What the secretary chose, and the words she taught.

use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::Row;
use sqlx::sqlite::SqliteConnection;

use super::json::{completed, json, parsed};
use super::{Store, damaged};
use crate::clock;
use crate::error::Result;
use crate::vocabulary::Term;

impl Store {
    /// The value kept under `name`; none when there is none, or none that can still be read.
    pub async fn setting<T: Default + Serialize + DeserializeOwned>(&self, name: &str) -> Result<Option<T>> {
        let value: Option<String> = sqlx::query_scalar("SELECT value FROM setting WHERE name = ?")
            .bind(name)
            .fetch_optional(&self.pool)
            .await
            .map_err(|error| self.failed(error))?;
        Ok(value.and_then(|value| completed(name, &value).ok()))
    }

    /// Keeps a value under `name`.
    pub async fn set_setting(&self, name: &str, value: &impl Serialize) -> Result<()> {
        sqlx::query(
            "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        )
        .bind(name)
        .bind(json(name, value)?)
        .execute(&self.pool)
        .await
        .map_err(|error| self.failed(error))?;
        Ok(())
    }

    /// The words of the council, newest first.
    pub async fn vocabulary(&self) -> Result<Vec<Term>> {
        let rows = sqlx::query("SELECT text, instead_of FROM term ORDER BY added_at_ms DESC, text")
            .fetch_all(&self.pool)
            .await
            .map_err(|error| self.failed(error))?;
        let read = |error: sqlx::Error| damaged("term", error);
        rows.iter()
            .map(|row| {
                let instead_of: String = row.try_get("instead_of").map_err(read)?;
                let instead_of = parsed("term", &instead_of)?;
                Ok(Term { text: row.try_get("text").map_err(read)?, instead_of })
            })
            .collect()
    }

    /// Makes these the words of the council; those that were known keep their age.
    pub async fn set_vocabulary(&self, terms: &[Term]) -> Result<()> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(|error| self.failed(error))?;
        let texts: Vec<&str> = terms.iter().map(|term| term.text.as_str()).collect();
        sqlx::query("DELETE FROM term WHERE text NOT IN (SELECT value FROM json_each(?))")
            .bind(json("term", &texts)?)
            .execute(&mut *transaction)
            .await
            .map_err(|error| self.failed(error))?;
        for term in terms {
            self.put_term(&mut transaction, term).await?;
        }
        transaction.commit().await.map_err(|error| self.failed(error))
    }

    /// Remembers that `text` is what `instead_of` should have been.
    pub(super) async fn learn(&self, connection: &mut SqliteConnection, text: &str, instead_of: &str) -> Result<()> {
        let known: Option<String> = sqlx::query_scalar("SELECT instead_of FROM term WHERE text = ?")
            .bind(text)
            .fetch_optional(&mut *connection)
            .await
            .map_err(|error| self.failed(error))?;
        let mut spellings: Vec<String> = known.and_then(|known| serde_json::from_str(&known).ok()).unwrap_or_default();
        if !spellings.iter().any(|known| known == instead_of) {
            spellings.push(instead_of.to_owned());
        }
        self.put_term(connection, &Term { text: text.to_owned(), instead_of: spellings }).await
    }

    async fn put_term(&self, connection: &mut SqliteConnection, term: &Term) -> Result<()> {
        let text = term.text.trim();
        if text.is_empty() {
            return Ok(());
        }
        sqlx::query(
            "INSERT INTO term (text, instead_of, added_at_ms) VALUES (?, ?, ?)
             ON CONFLICT (text) DO UPDATE SET instead_of = excluded.instead_of",
        )
        .bind(text)
        .bind(json("term", &term.instead_of)?)
        .bind(clock::now_ms())
        .execute(connection)
        .await
        .map_err(|error| self.failed(error))?;
        Ok(())
    }
}
