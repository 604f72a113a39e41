//! Chunks: stored when they are cut, and again when they were heard.

use std::collections::HashMap;

use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::json::{json, parsed};
use super::segments::unsettle;
use super::{Store, damaged};
use crate::chunks::{Chunk, Span};
use crate::clock;
use crate::engine::Effort;
use crate::error::Result;
use crate::id::{ListeningId, SessionId};
use crate::sessions::{Hearing, Outcome, StoredChunk};

impl Store {
    /// The chunks of a listening in order.
    pub async fn chunks(&self, listening: ListeningId) -> Result<Vec<StoredChunk>> {
        sqlx::query("SELECT * FROM chunk WHERE listening_id = ? ORDER BY position")
            .bind(listening.to_string())
            .fetch_all(&self.pool)
            .await
            .map_err(|error| self.failed(error))?
            .iter()
            .map(stored_chunk)
            .collect()
    }

    /// Stores a chunk that was cut, unless it is there already. When another chunk stands in its
    /// place, the recording is no longer cut the way it was, and that one goes. Later ones stay
    /// until their own turn comes: a decoder that ends too early must not cost what was heard.
    pub async fn put_chunk(&self, listening: ListeningId, chunk: &Chunk) -> Result<StoredChunk> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(|error| self.failed(error))?;
        let found = sqlx::query("SELECT * FROM chunk WHERE listening_id = ? AND position = ?")
            .bind(listening.to_string())
            .bind(chunk.index)
            .fetch_optional(&mut *transaction)
            .await
            .map_err(|error| self.failed(error))?;
        if let Some(row) = found {
            let stored = stored_chunk(&row)?;
            if stored.span == chunk.span && stored.overlap == chunk.overlap {
                return Ok(stored);
            }
            sqlx::query("DELETE FROM chunk WHERE listening_id = ? AND position = ?")
                .bind(listening.to_string())
                .bind(chunk.index)
                .execute(&mut *transaction)
                .await
                .map_err(|error| self.failed(error))?;
            unsettle(&mut transaction, listening, chunk.index).await.map_err(|error| self.failed(error))?;
        }
        sqlx::query(
            "INSERT INTO chunk (listening_id, position, first_sample, end_sample, overlap, speech, state)
             VALUES (?, ?, ?, ?, ?, ?, 'cut')",
        )
        .bind(listening.to_string())
        .bind(chunk.index)
        .bind(chunk.span.start as i64)
        .bind(chunk.span.end as i64)
        .bind(chunk.overlap as i64)
        .bind(json("chunk", &chunk.speech)?)
        .execute(&mut *transaction)
        .await
        .map_err(|error| self.failed(error))?;
        transaction.commit().await.map_err(|error| self.failed(error))?;
        Ok(StoredChunk {
            index: chunk.index,
            span: chunk.span,
            overlap: chunk.overlap,
            speech: chunk.speech.clone(),
            deaths: 0,
            outcome: Outcome::Waiting,
        })
    }

    /// Commits what was heard in a chunk. What an engine heard is never changed afterwards, so
    /// only a chunk that still waits takes it.
    pub async fn commit_hearing(&self, listening: ListeningId, index: u32, hearing: &Hearing) -> Result<()> {
        sqlx::query(
            "UPDATE chunk
             SET state = 'heard', words = ?, faults = ?, effort = ?, other_model = ?, took_ms = ?, heard_at_ms = ?
             WHERE listening_id = ? AND position = ? AND state = 'cut'",
        )
        .bind(json("chunk", &hearing.words)?)
        .bind(json("chunk", &hearing.faults)?)
        .bind(json("chunk", &hearing.effort)?)
        .bind(&hearing.other_model)
        .bind(hearing.took_ms as i64)
        .bind(clock::now_ms())
        .bind(listening.to_string())
        .bind(index)
        .execute(&self.pool)
        .await
        .map_err(|error| self.failed(error))?;
        Ok(())
    }

    /// How many seconds of audio each model heard in a second on this computer, over its newest
    /// thousand chunks; of the models named in `since` only those heard later, in milliseconds since 1970.
    pub async fn speeds(&self, since: &HashMap<&str, i64>) -> Result<Vec<(String, f64)>> {
        let rows = sqlx::query(
            "SELECT model, sum(end_sample - first_sample) / 16.0 / sum(took_ms) AS speed
             FROM (SELECT listening.model, end_sample, first_sample, took_ms,
                          row_number() OVER (PARTITION BY listening.model ORDER BY heard_at_ms DESC) AS age
                   FROM chunk JOIN listening ON listening.id = chunk.listening_id
                        LEFT JOIN json_each(?) AS since ON since.key = listening.model
                   WHERE state = 'heard' AND other_model IS NULL AND took_ms > 0
                         AND heard_at_ms > coalesce(since.value, 0))
             WHERE age <= 1000 GROUP BY model",
        )
        .bind(json("speed", since)?)
        .fetch_all(&self.pool)
        .await
        .map_err(|error| self.failed(error))?;
        let read = |error: sqlx::Error| damaged("speed", error);
        rows.iter().map(|row| Ok((row.try_get("model").map_err(read)?, row.try_get("speed").map_err(read)?))).collect()
    }

    /// How many chunks of a session were heard.
    pub async fn count_heard(&self, session: SessionId) -> Result<u64> {
        let heard: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM chunk JOIN part ON part.listening_id = chunk.listening_id
             WHERE part.session_id = ? AND chunk.state = 'heard'",
        )
        .bind(session.to_string())
        .fetch_one(&self.pool)
        .await
        .map_err(|error| self.failed(error))?;
        Ok(heard as u64)
    }

    /// Counts a death of the engine host in this chunk and returns how many there were.
    pub async fn count_death(&self, listening: ListeningId, index: u32) -> Result<u32> {
        let row = sqlx::query(
            "UPDATE chunk SET deaths = deaths + 1 WHERE listening_id = ? AND position = ? RETURNING deaths",
        )
        .bind(listening.to_string())
        .bind(index)
        .fetch_one(&self.pool)
        .await
        .map_err(|error| self.failed(error))?;
        row.try_get(0).map_err(|error| self.failed(error))
    }

    /// Gives a chunk up: it killed the engine host twice.
    pub async fn give_up_chunk(&self, listening: ListeningId, index: u32) -> Result<()> {
        sqlx::query("UPDATE chunk SET state = 'unheard', heard_at_ms = ? WHERE listening_id = ? AND position = ?")
            .bind(clock::now_ms())
            .bind(listening.to_string())
            .bind(index)
            .execute(&self.pool)
            .await
            .map_err(|error| self.failed(error))?;
        Ok(())
    }

    /// Takes back that the chunks from `first` on were given up: the fault was not in them.
    pub async fn take_up_again(&self, listening: ListeningId, first: u32) -> Result<()> {
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(|error| self.failed(error))?;
        sqlx::query(
            "UPDATE chunk SET state = 'cut', deaths = 0 WHERE listening_id = ? AND position >= ? AND state <> 'heard'",
        )
        .bind(listening.to_string())
        .bind(first)
        .execute(&mut *transaction)
        .await
        .map_err(|error| self.failed(error))?;
        unsettle(&mut transaction, listening, first).await.map_err(|error| self.failed(error))?;
        transaction.commit().await.map_err(|error| self.failed(error))
    }
}

pub(super) fn stored_chunk(row: &SqliteRow) -> Result<StoredChunk> {
    let read = |error: sqlx::Error| damaged("chunk", error);
    let number = |name: &str| row.try_get::<i64, _>(name).map_err(read).map(|value| value as u64);
    let text = |name: &str| row.try_get::<Option<String>, _>(name).map_err(read).map(Option::unwrap_or_default);
    let state: String = row.try_get("state").map_err(read)?;
    let outcome = match state.as_str() {
        "heard" => Outcome::Heard(Hearing {
            words: parsed("chunk", &text("words")?)?,
            faults: parsed("chunk", &text("faults")?)?,
            effort: parsed::<Effort>("chunk", &text("effort")?)?,
            other_model: row.try_get("other_model").map_err(read)?,
            took_ms: number("took_ms")?,
        }),
        "unheard" => Outcome::Unheard,
        _ => Outcome::Waiting,
    };
    Ok(StoredChunk {
        index: row.try_get("position").map_err(read)?,
        span: Span { start: number("first_sample")?, end: number("end_sample")? },
        overlap: number("overlap")?,
        speech: parsed("chunk", &text("speech")?)?,
        deaths: row.try_get("deaths").map_err(read)?,
        outcome,
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{a_session, store};
    use super::*;
    use crate::transcript::Word;

    fn chunk(index: u32, start: u64, end: u64) -> Chunk {
        Chunk { index, span: Span { start, end }, pieces: vec![], speech: vec![], overlap: 0, pcm: vec![] }
    }

    fn hearing(text: &str) -> Hearing {
        let word = Word { text: text.to_owned(), start_ms: 0, end_ms: 500, confidence: 0.9 };
        Hearing { words: vec![word], faults: vec![], effort: Effort::Usual, other_model: None, took_ms: 7 }
    }

    #[tokio::test]
    async fn what_was_heard_is_never_replaced() {
        let (_place, store) = store().await;
        let listening = a_session(&store).await.parts[0].listening.id;
        store.put_chunk(listening, &chunk(0, 0, 16_000)).await.unwrap();
        store.commit_hearing(listening, 0, &hearing("primero")).await.unwrap();
        store.commit_hearing(listening, 0, &hearing("segundo")).await.unwrap();
        assert_eq!(store.chunks(listening).await.unwrap()[0].outcome, Outcome::Heard(hearing("primero")));
    }

    #[tokio::test]
    async fn a_chunk_cut_the_same_way_keeps_what_was_heard_and_one_cut_differently_starts_again() {
        let (_place, store) = store().await;
        let listening = a_session(&store).await.parts[0].listening.id;
        for (index, start) in [(0, 0), (1, 16_000), (2, 32_000)] {
            store.put_chunk(listening, &chunk(index, start, start + 16_000)).await.unwrap();
            store.commit_hearing(listening, index, &hearing("texto")).await.unwrap();
        }
        let same = store.put_chunk(listening, &chunk(0, 0, 16_000)).await.unwrap();
        assert!(matches!(same.outcome, Outcome::Heard(_)));
        let different = store.put_chunk(listening, &chunk(1, 16_000, 40_000)).await.unwrap();
        assert_eq!(different.outcome, Outcome::Waiting);
        let after = store.chunks(listening).await.unwrap();
        assert!(matches!(after[2].outcome, Outcome::Heard(_)), "the next one waits for its own turn");
    }

    #[tokio::test]
    async fn deaths_are_counted_and_a_chunk_given_up_stays_unheard() {
        let (_place, store) = store().await;
        let listening = a_session(&store).await.parts[0].listening.id;
        store.put_chunk(listening, &chunk(0, 0, 16_000)).await.unwrap();
        assert_eq!(store.count_death(listening, 0).await.unwrap(), 1);
        assert_eq!(store.count_death(listening, 0).await.unwrap(), 2);
        store.give_up_chunk(listening, 0).await.unwrap();
        assert_eq!(store.chunks(listening).await.unwrap()[0].outcome, Outcome::Unheard);
    }
}
