//! What the secretary chose, and the words she taught.

use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::Row;
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::json::{completed, json, parsed};
use super::{Store, damaged};
use crate::clock;
use crate::error::Result;
use crate::vocabulary::{Term, TermKind};

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
        let mut connection = self.pool.acquire().await.map_err(|error| self.failed(error))?;
        self.vocabulary_in(&mut connection).await
    }

    pub(super) async fn vocabulary_in(&self, connection: &mut SqliteConnection) -> Result<Vec<Term>> {
        sqlx::query("SELECT * FROM term ORDER BY added_at_ms DESC, text")
            .fetch_all(connection)
            .await
            .map_err(|error| self.failed(error))?
            .iter()
            .map(term)
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
        let mut spellings: Vec<String> =
            known.as_ref().and_then(|known| serde_json::from_str(known).ok()).unwrap_or_default();
        if !spellings.iter().any(|known| known == instead_of) {
            spellings.push(instead_of.to_owned());
        }
        if known.is_none() {
            let term = Term { text: text.to_owned(), instead_of: spellings, ..Term::default() };
            return self.put_term(connection, &term).await;
        }
        sqlx::query("UPDATE term SET instead_of = ? WHERE text = ?")
            .bind(json("term", &spellings)?)
            .bind(text)
            .execute(&mut *connection)
            .await
            .map_err(|error| self.failed(error))?;
        Ok(())
    }

    async fn put_term(&self, connection: &mut SqliteConnection, term: &Term) -> Result<()> {
        let text = term.text.trim();
        if text.is_empty() {
            return Ok(());
        }
        sqlx::query(
            "INSERT INTO term (text, instead_of, kind, expansion, documents, added_at_ms) VALUES (?, ?, ?, ?, ?, ?)
             ON CONFLICT (text) DO UPDATE SET instead_of = excluded.instead_of, kind = excluded.kind,
                 expansion = excluded.expansion, documents = excluded.documents",
        )
        .bind(text)
        .bind(json("term", &term.instead_of)?)
        .bind(term.kind.id())
        .bind(&term.expansion)
        .bind(term.documents)
        .bind(clock::now_ms())
        .execute(connection)
        .await
        .map_err(|error| self.failed(error))?;
        Ok(())
    }
}

fn term(row: &SqliteRow) -> Result<Term> {
    let read = |error: sqlx::Error| damaged("term", error);
    let text = |name: &str| row.try_get::<String, _>(name).map_err(read);
    let kind = text("kind")?;
    Ok(Term {
        text: text("text")?,
        instead_of: parsed("term", &text("instead_of")?)?,
        kind: TermKind::all().into_iter().find(|known| known.id() == kind).unwrap_or_default(),
        expansion: text("expansion")?,
        documents: row.try_get("documents").map_err(read)?,
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::store;
    use super::*;

    #[tokio::test]
    async fn the_vocabulary_comes_back_as_it_was_kept_and_newer_terms_first() {
        let (_place, store) = store().await;
        let old = Term { text: "Neiva".to_owned(), ..Term::default() };
        let plan = Term {
            text: "POT".to_owned(),
            instead_of: vec!["pote".to_owned()],
            kind: TermKind::Acronym,
            expansion: "Plan de Ordenamiento Territorial".to_owned(),
            documents: 12,
        };
        store.set_vocabulary(&[old.clone(), plan.clone()]).await.unwrap();
        let kept = store.vocabulary().await.unwrap();
        assert!(kept.contains(&plan) && kept.contains(&old), "{kept:?}");
        let mut connection = store.pool.acquire().await.unwrap();
        store.learn(&mut connection, "POT", "bote").await.unwrap();
        let taught = Term { instead_of: vec!["pote".to_owned(), "bote".to_owned()], ..plan };
        assert!(store.vocabulary().await.unwrap().contains(&taught), "what it is stays");
    }
}
