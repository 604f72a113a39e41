//! Sessions that a server hears: where their sound goes, whether somebody agreed, and how much of it went.

use sqlx::Row;

use super::{Store, damaged};
use crate::clock;
use crate::engine::http::Price;
use crate::error::Result;
use crate::id::SessionId;

/// Where the sound of a session goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sending {
    /// The address of the server's transcriptions.
    pub url: String,
    /// The model, as the server calls it.
    pub model: String,
    /// What was agreed to pay.
    pub price: Price,
    /// When somebody agreed for this session, in milliseconds since 1970 UTC.
    pub agreed_at_ms: Option<i64>,
    /// How much audio the server has answered for, in milliseconds.
    pub sent_ms: u64,
}

impl Store {
    /// Where the sound of a session goes; none when it stays here.
    pub async fn sending(&self, session: SessionId) -> Result<Option<Sending>> {
        let row = sqlx::query("SELECT * FROM sending WHERE session_id = ?")
            .bind(session.to_string())
            .fetch_optional(&self.pool)
            .await
            .map_err(|error| self.failed(error))?;
        let Some(row) = row else { return Ok(None) };
        let read = |error: sqlx::Error| damaged("sending", error);
        let whole = |name: &str| -> Result<u64> {
            let number: i64 = row.try_get(name).map_err(read)?;
            u64::try_from(number).map_err(|error| damaged("sending", error))
        };
        let price = Price { hour_milli: whole("hour_milli")?, currency: row.try_get("currency").map_err(read)? };
        Ok(Some(Sending {
            url: row.try_get("url").map_err(read)?,
            model: row.try_get("model").map_err(read)?,
            price,
            agreed_at_ms: row.try_get("agreed_at_ms").map_err(read)?,
            sent_ms: whole("sent_ms")?,
        }))
    }

    /// Keeps where the sound of a session goes. What went already stays counted; that somebody agreed holds only as
    /// long as it goes to the same address at the same price.
    pub async fn set_sending(&self, session: SessionId, to: &Sending) -> Result<()> {
        sqlx::query(
            "INSERT INTO sending (session_id, url, model, hour_milli, currency, agreed_at_ms) VALUES (?, ?, ?, ?, ?, ?)
             ON CONFLICT (session_id) DO UPDATE SET
                 url = excluded.url, model = excluded.model, hour_milli = excluded.hour_milli,
                 currency = excluded.currency,
                 agreed_at_ms = CASE
                     WHEN url = excluded.url AND hour_milli = excluded.hour_milli AND currency = excluded.currency
                     THEN coalesce(excluded.agreed_at_ms, agreed_at_ms)
                     ELSE excluded.agreed_at_ms
                 END",
        )
        .bind(session.to_string())
        .bind(&to.url)
        .bind(&to.model)
        .bind(i64::try_from(to.price.hour_milli).unwrap_or(i64::MAX))
        .bind(&to.price.currency)
        .bind(to.agreed_at_ms)
        .execute(&self.pool)
        .await
        .map_err(|error| self.failed(error))?;
        Ok(())
    }

    /// Keeps that somebody agreed, now, to the sound of a session going where it is to go.
    pub async fn agree_to_sending(&self, session: SessionId) -> Result<()> {
        sqlx::query("UPDATE sending SET agreed_at_ms = ? WHERE session_id = ?")
            .bind(clock::now_ms())
            .bind(session.to_string())
            .execute(&self.pool)
            .await
            .map_err(|error| self.failed(error))?;
        Ok(())
    }

    /// Counts audio that the server has answered for.
    pub async fn count_sent(&self, session: SessionId, audio_ms: u64) -> Result<()> {
        sqlx::query("UPDATE sending SET sent_ms = sent_ms + ? WHERE session_id = ?")
            .bind(i64::try_from(audio_ms).unwrap_or(i64::MAX))
            .bind(session.to_string())
            .execute(&self.pool)
            .await
            .map_err(|error| self.failed(error))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::DataFolder;
    use crate::store::tests::a_session;

    fn to(url: &str, agreed_at_ms: Option<i64>) -> Sending {
        let price = Price { hour_milli: 1_500_000, currency: "COP".to_owned() };
        Sending { url: url.to_owned(), model: "whisper-1".to_owned(), price, agreed_at_ms, sent_ms: 0 }
    }

    #[tokio::test]
    async fn what_was_sent_is_counted_and_an_agreement_holds_for_one_address_and_price() {
        let place = tempfile::tempdir().unwrap();
        let store = Store::open(&DataFolder::open(Some(place.path())).unwrap()).await.unwrap();
        let session = a_session(&store).await.session.id;
        assert_eq!(store.sending(session).await.unwrap(), None);
        store.set_sending(session, &to("https://a.b", Some(7))).await.unwrap();
        store.count_sent(session, 600_000).await.unwrap();
        store.count_sent(session, 400_000).await.unwrap();
        // Begun once more without a word: the agreement and the count stay.
        store.set_sending(session, &to("https://a.b", None)).await.unwrap();
        let kept = store.sending(session).await.unwrap().unwrap();
        assert_eq!(kept, Sending { sent_ms: 1_000_000, ..to("https://a.b", Some(7)) });

        store.set_sending(session, &to("https://c.d", None)).await.unwrap();
        assert_eq!(store.sending(session).await.unwrap().unwrap().agreed_at_ms, None);
        store.agree_to_sending(session).await.unwrap();
        assert!(store.sending(session).await.unwrap().unwrap().agreed_at_ms.is_some());
        let dearer = Sending { price: Price { hour_milli: 2_000_000, ..Price::default() }, ..to("https://c.d", None) };
        store.set_sending(session, &dearer).await.unwrap();
        assert_eq!(store.sending(session).await.unwrap().unwrap().agreed_at_ms, None);
    }
}
