//! The roster: who sits in the council.

use sqlx::Row;
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::json::{json, parsed};
use super::{Store, damaged};
use crate::error::Result;
use crate::roster::Councillor;

impl Store {
    /// Everybody on the roster, in the order of the roll.
    pub async fn roster(&self) -> Result<Vec<Councillor>> {
        let mut connection = self.pool.acquire().await.map_err(|error| self.failed(error))?;
        self.roster_in(&mut connection).await
    }

    pub(super) async fn roster_in(&self, connection: &mut SqliteConnection) -> Result<Vec<Councillor>> {
        sqlx::query("SELECT * FROM councillor ORDER BY seat, id")
            .fetch_all(connection)
            .await
            .map_err(|error| self.failed(error))?
            .iter()
            .map(councillor)
            .collect()
    }

    /// Makes these the roster.
    pub async fn set_roster(&self, roster: &[Councillor]) -> Result<()> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(|error| self.failed(error))?;
        sqlx::query("DELETE FROM councillor").execute(&mut *transaction).await.map_err(|error| self.failed(error))?;
        for one in roster {
            sqlx::query(
                "INSERT INTO councillor (id, term, name, instead_of, party, office, seat, since, until)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )
            .bind(one.id.to_string())
            .bind(&one.term)
            .bind(&one.name)
            .bind(json("councillor", &one.instead_of)?)
            .bind(&one.party)
            .bind(&one.office)
            .bind(one.seat)
            .bind(&one.since)
            .bind(&one.until)
            .execute(&mut *transaction)
            .await
            .map_err(|error| self.failed(error))?;
        }
        transaction.commit().await.map_err(|error| self.failed(error))
    }
}

fn councillor(row: &SqliteRow) -> Result<Councillor> {
    let read = |error: sqlx::Error| damaged("councillor", error);
    let text = |name: &str| row.try_get::<String, _>(name).map_err(read);
    Ok(Councillor {
        id: text("id")?.parse().map_err(|error| damaged("councillor id", error))?,
        term: text("term")?,
        name: text("name")?,
        instead_of: parsed("councillor", &text("instead_of")?)?,
        party: text("party")?,
        office: text("office")?,
        seat: row.try_get("seat").map_err(read)?,
        since: text("since")?,
        until: text("until")?,
    })
}
