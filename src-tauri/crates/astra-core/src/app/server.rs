//! The server that may listen in the place of this computer: who decides that it does, what that costs, and that
//! nothing leaves before somebody agreed.

use std::time::Duration;

use futures_util::FutureExt as _;
use serde::{Deserialize, Serialize};

use super::{App, Request, blocking};
use crate::engine::http::{Client, Dialect, Endpoint, HTTP, HttpEngine, Key, Patience};
use crate::engine::{Engine, Stop};
use crate::error::{Error, Result};
use crate::event::Event;
use crate::id::SessionId;
use crate::models;
use crate::sentences::{clock_time, sentence};
use crate::sessions::ListeningKey;
use crate::sessions::view::ServerUse;
use crate::settings::ServerChoices;
use crate::store::{Sending, SessionSummary};

/// How long a server may take for a second of silence: it may have to load its model first.
const SILENCE_HEARD_WITHIN: Duration = Duration::from_secs(60);

/// Who listens to a session.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "hearer", rename_all = "snake_case")]
pub enum Hearer {
    /// As the settings say.
    #[default]
    AsChosen,
    /// This computer.
    Here,
    /// A server.
    Server {
        /// Its address; the chosen one otherwise.
        url: Option<String>,
        /// Whether somebody agreed that the sound of this session goes there.
        agreed: bool,
    },
}

/// What a server would do for a session, to be agreed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ServerOffer {
    /// The server's name.
    pub server: String,
    /// The model it uses.
    pub model: String,
    /// How long the sound is, in milliseconds, as far as that is known.
    pub audio_ms: u64,
    /// What that costs, for a person; none when nobody said what an hour costs.
    pub cost: Option<String>,
    /// Whether nobody on the way can listen.
    pub is_private: bool,
    /// Whether it hears sessions for which nothing else is asked.
    pub hears_new: bool,
    /// Whether somebody agreed for ever.
    pub agreed: bool,
}

impl App {
    /// What the chosen server would do for so much sound; none when nobody chose one.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn server_offer(&self, audio_ms: u64) -> Result<Option<ServerOffer>> {
        let choices = self.settings_get().await?.server;
        let Ok(endpoint) = choices.endpoint() else { return Ok(None) };
        Ok(Some(ServerOffer {
            server: endpoint.host(),
            audio_ms,
            cost: choices.price.say(audio_ms),
            is_private: endpoint.is_private(),
            hears_new: choices.hears_new,
            agreed: choices.is_agreed(&endpoint),
            model: choices.model,
        }))
    }

    /// What a server did for a session; none when it was heard here.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn server_use(&self, session: SessionId) -> Result<Option<ServerUse>> {
        let Some(sending) = self.store().sending(session).await? else { return Ok(None) };
        Ok(Some(ServerUse {
            server: Endpoint::parse(&sending.url)?.host(),
            sent_ms: sending.sent_ms,
            cost: sending.price.say(sending.sent_ms),
            model: sending.model,
        }))
    }

    /// Has a server listen to a second of silence. Nothing that anybody said leaves; returns what it takes.
    ///
    /// # Errors
    /// [`Error::ServerMissing`], [`Error::ServerAddressBad`], [`Error::CertificateUnreadable`]; [`Error::Engine`] with
    /// what the server said.
    pub async fn server_check(&self, choices: &ServerChoices) -> Result<Dialect> {
        check(choices, &Stop::default()).await
    }

    /// Has the keyring keep the key of the server at `url`, or forget it when there is none.
    ///
    /// # Errors
    /// [`Error::ServerAddressBad`], [`Error::KeyringMissing`].
    pub async fn server_key_set(&self, url: &str, key: Option<Key>) -> Result<()> {
        let origin = Endpoint::parse(url)?.origin();
        blocking(move || key.map_or_else(|| Key::forget(&origin), |key| key.keep(&origin))).await
    }

    /// Whether there is a key for the server at `url`.
    ///
    /// # Errors
    /// [`Error::ServerAddressBad`].
    pub async fn server_key_known(&self, url: &str) -> Result<bool> {
        let origin = Endpoint::parse(url)?.origin();
        blocking(move || Ok(Key::find(&origin).is_some())).await
    }

    /// Keeps that somebody agreed to the sound of a session going to its server, and lets its job go on.
    ///
    /// # Errors
    /// [`Error::ServerMissing`] when no server is to hear it; [`Error::SessionUnknown`]; those of the store.
    pub async fn server_agree(&self, session: SessionId) -> Result<()> {
        let summary = self.store().session(session).await?;
        let unheard = summary.parts.iter().map(|part| &part.listening.key).find(|key| key.is_sent());
        let key = unheard.ok_or(Error::ServerMissing)?;
        let sending = self.sending_of(session, key).await?;
        self.keep_sending(session, Some(sending)).await?;
        self.store().agree_to_sending(session).await?;
        if let Some(job) = self.store().unfinished_job(session).await? {
            self.job_resume(job.id).await?;
        }
        Ok(())
    }

    /// The server that is to hear what `request` asks for, if any. The sample is heard by the model that was made
    /// for it, unless somebody asks for a server by name.
    pub(super) async fn wanted_server(&self, request: &Request, sha256: Option<&str>) -> Result<Option<Sending>> {
        let choices = self.settings_get().await?.server;
        let (url, agreed) = match &request.hearer {
            Hearer::Here => return Ok(None),
            Hearer::AsChosen if !choices.hears_new || request.model.is_some() || models::is_sample(sha256) => {
                return Ok(None);
            }
            Hearer::AsChosen => (None, false),
            Hearer::Server { url, agreed } => (url.clone(), *agreed),
        };
        let choices = ServerChoices { url: url.unwrap_or(choices.url), ..choices };
        let endpoint = choices.endpoint()?;
        Ok(Some(Sending {
            url: endpoint.url().to_string(),
            model: request.model.clone().unwrap_or(choices.model),
            price: choices.price,
            agreed_at_ms: agreed.then(crate::clock::now_ms),
            sent_ms: 0,
        }))
    }

    pub(super) async fn keep_sending(&self, session: SessionId, sending: Option<Sending>) -> Result<()> {
        match sending {
            Some(sending) => self.store().set_sending(session, &sending).await,
            None => Ok(()),
        }
    }

    /// The server of a listening, once somebody agreed.
    pub(super) async fn server_engine(&self, session: SessionId, key: &ListeningKey) -> Result<Box<dyn Engine>> {
        let sending = self.sending_of(session, key).await?;
        let endpoint = Endpoint::parse(&sending.url)?;
        let choices = self.settings_get().await?.server;
        let length_ms = length_ms(&self.store().session(session).await?);
        let (server, length) = (endpoint.host(), clock_time(length_ms));
        let cost = said_cost(sending.price.say(length_ms));
        if sending.agreed_at_ms.is_none() && !choices.is_agreed(&endpoint) {
            return Err(Error::ConsentMissing { server, length, cost });
        }
        self.keep_sending(session, Some(sending.clone())).await?;
        let told = [("server", server.as_str()), ("length", &length), ("cost", &cost)];
        self.emit(Event::RemarkMade { message: sentence("notice.sends_sound", &told) });
        let client = client(endpoint, &sending.model, &choices).await?;
        let store = self.store().clone();
        let count = move |sent_ms| {
            let store = store.clone();
            async move {
                if let Err(error) = store.count_sent(session, sent_ms).await {
                    tracing::warn!(code = error.code(), "what a server is paid for was not counted");
                }
            }
            .boxed()
        };
        Ok(Box::new(HttpEngine::new(client, choices.at_once(), count)))
    }

    /// Where the sound of a listening goes: as was kept for its session, else to the chosen server when that is the
    /// one it was begun with.
    async fn sending_of(&self, session: SessionId, key: &ListeningKey) -> Result<Sending> {
        let kept = self.store().sending(session).await?;
        let sending = match kept {
            Some(kept) => kept,
            None => {
                let choices = self.settings_get().await?.server;
                let url = choices.endpoint()?.url().to_string();
                Sending { url, model: choices.model, price: choices.price, agreed_at_ms: None, sent_ms: 0 }
            }
        };
        if named(&sending)? == key.model { Ok(sending) } else { Err(Error::ServerMissing) }
    }
}

/// Has the chosen server listen to a second of silence.
///
/// # Errors
/// As [`App::server_check`].
pub(crate) async fn check(choices: &ServerChoices, stop: &Stop) -> Result<Dialect> {
    let patience = Patience { answer: SILENCE_HEARD_WITHIN, attempts: 1, ..Patience::default() };
    let client = client(choices.endpoint()?, &choices.model, choices).await?.with_patience(patience);
    let mut engine = HttpEngine::new(client, 1, |_| async {}.boxed());
    let stop = stop.clone();
    blocking(move || Ok(engine.try_out(&stop)?)).await
}

/// With what a server hears: its model has no hash that we could know, and bears its name beside its own.
pub(super) fn key(sending: &Sending, language: &str) -> Result<ListeningKey> {
    Ok(ListeningKey {
        engine: HTTP.to_owned(),
        model: named(sending)?,
        model_sha256: String::new(),
        language: language.to_owned(),
        vocabulary: Vec::new(),
    })
}

/// The model and the server, as documents name them.
fn named(sending: &Sending) -> Result<String> {
    Ok(format!("{} ({})", sending.model, Endpoint::parse(&sending.url)?.host()))
}

/// What something costs, also when nobody said so.
fn said_cost(cost: Option<String>) -> String {
    cost.unwrap_or_else(|| sentence("sending.no_price", &[]))
}

fn length_ms(summary: &SessionSummary) -> u64 {
    let length = |recording: &crate::sessions::Recording| recording.duration_ms.or(recording.claimed_ms);
    summary.parts.iter().filter_map(|part| length(&part.recording)).sum()
}

async fn client(endpoint: Endpoint, model: &str, choices: &ServerChoices) -> Result<Client> {
    let (model, certificates) = (model.to_owned(), choices.certificates.clone());
    blocking(move || {
        let key = Key::find(&endpoint.origin());
        Client::new(endpoint, &model, key, certificates.as_deref())
    })
    .await
}

#[cfg(test)]
mod tests;
