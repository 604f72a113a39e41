//! Looking for words in everything that was ever said.

use sqlx::Row;

use super::{Store, damaged};
use crate::error::Result;
use crate::guard::fold::tokens;
use crate::id::{SegmentId, SessionId};

/// A passage in which the words were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextHit {
    /// In which session.
    pub session: SessionId,
    /// In which of its parts, from 0.
    pub part: u32,
    /// The segment.
    pub segment: SegmentId,
    /// Where it starts, in milliseconds of its recording.
    pub start_ms: u64,
    /// Some words around the match, each match between [`TextHit::OPENS`] and [`TextHit::CLOSES`].
    pub snippet: String,
}

/// A title or a person that the words were found in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameHit {
    /// Of which session.
    pub session: SessionId,
    /// Whether it is the title; else it is somebody's name.
    pub is_title: bool,
    /// The title or the name.
    pub text: String,
}

impl TextHit {
    /// Stands before a match in the snippet; no text holds it, since segments have no control
    /// characters.
    pub const OPENS: char = '\u{2}';
    /// Stands behind a match in the snippet.
    pub const CLOSES: char = '\u{3}';
}

impl Store {
    /// The newest passages that hold all the words of `text`, whatever their case and accents; the
    /// last word may be only begun.
    pub async fn search_text(&self, text: &str, limit: u32) -> Result<Vec<TextHit>> {
        let words: Vec<String> = tokens(text).map(|word| format!("\"{word}\"")).collect();
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let rows = sqlx::query(
            "SELECT part.session_id, part.position, segment.id, start_ms,
                    snippet(segment_text, 0, char(2), char(3), '…', 14) AS snippet
             FROM segment_text JOIN segment ON segment.serial = segment_text.rowid
             JOIN part ON part.listening_id = segment.listening_id
             WHERE segment_text MATCH ? ORDER BY segment_text.rowid DESC LIMIT ?",
        )
        .bind(format!("{}*", words.join(" ")))
        .bind(limit)
        .fetch_all(&self.pool)
        .await
        .map_err(|error| self.failed(error))?;
        let read = |error: sqlx::Error| damaged("search", error);
        rows.iter()
            .map(|row| {
                let text = |name: &str| row.try_get::<String, _>(name).map_err(read);
                Ok(TextHit {
                    session: text("session_id")?.parse().map_err(|error| damaged("session id", error))?,
                    part: row.try_get("position").map_err(read)?,
                    segment: text("id")?.parse().map_err(|error| damaged("segment id", error))?,
                    start_ms: row.try_get::<i64, _>("start_ms").map_err(read)? as u64,
                    snippet: text("snippet")?,
                })
            })
            .collect()
    }

    /// The titles and the people whose words begin with all of `words`: of the newest sessions first,
    /// the title before the people. `words` are folded, as the index folds.
    pub async fn search_names(&self, words: &[String], limit: u32) -> Result<Vec<NameHit>> {
        let begun: Vec<String> = words.iter().map(|word| format!("\"{word}\"*")).collect();
        let rows = sqlx::query(
            "SELECT DISTINCT session_id, kind, session_name.text
             FROM session_name_text JOIN session_name ON serial = session_name_text.rowid
             WHERE session_name_text MATCH ? ORDER BY session_id DESC, kind DESC, session_name.text LIMIT ?",
        )
        .bind(begun.join(" "))
        .bind(limit)
        .fetch_all(&self.pool)
        .await
        .map_err(|error| self.failed(error))?;
        let read = |error: sqlx::Error| damaged("search", error);
        rows.iter()
            .map(|row| {
                let text = |name: &str| row.try_get::<String, _>(name).map_err(read);
                Ok(NameHit {
                    session: text("session_id")?.parse().map_err(|error| damaged("session id", error))?,
                    is_title: text("kind")? == "title",
                    text: text("text")?,
                })
            })
            .collect()
    }
}
