//! One request and what came of it, and the same request again while trying again is of use. Nothing is ever sent
//! elsewhere than to the server that was agreed to: redirections are not followed.

use std::fs;
use std::path::Path;
use std::time::Duration;

use reqwest::header::{HeaderMap, LOCATION, RETRY_AFTER};
use reqwest::multipart::{Form, Part};
use reqwest::{Certificate, Response, StatusCode, redirect};

use super::answer::{self, Answer, NoAnswer};
use super::dialect::{Detail, Dialect};
use super::endpoint::Endpoint;
use super::key::Key;
use crate::engine::{Ask, Effort, EngineError, Stop};
use crate::error::{Error, Result};
use crate::network;

/// How often a request that waits looks whether it should stop.
const STOP_CHECK: Duration = Duration::from_millis(100);

/// The largest answer, in bytes: ten minutes with every word take less than one of these.
const LARGEST_ANSWER: usize = 16 << 20;

/// A server that takes longer than so many times the length of a piece is none that helps.
const SLOWEST: u64 = 2;

/// The most letters of vocabulary that are sent: Whisper keeps the last 224 tokens of a prompt and drops the others.
const LONGEST_PROMPT: usize = 600;

/// How long to wait for a server and how often to try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// How long an answer may take beside listening itself: what sending and a queue take.
    pub answer: Duration,
    /// How often a request is tried that may yet succeed.
    pub attempts: u32,
    /// The pause after the first failure; it doubles with each further one.
    pub pause: Duration,
    /// The longest pause, also when the server asks for a longer one.
    pub longest_pause: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self { answer: seconds(60), attempts: 5, pause: seconds(1), longest_pause: seconds(60) }
    }
}

/// A piece on its way.
pub struct Sending<'a> {
    /// The packed sound.
    pub sound: &'a [u8],
    /// How it is packed, and what is asked for.
    pub dialect: Dialect,
    /// How long it is, in milliseconds.
    pub length_ms: u64,
    /// How it is to be listened to.
    pub ask: &'a Ask,
}

/// Why a piece was not heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unheard {
    /// The server does not take it as it is: the file, or what was asked for.
    Refused(String),
    /// It is too large for the server.
    TooLarge,
    /// It came to nothing, however often it was tried. `of_this` is whether the server answered, so that the fault may
    /// lie in this piece.
    Lost {
        /// What happened last.
        reason: String,
        /// Whether it was the server that failed.
        of_this: bool,
    },
    /// Trying with anything else would end the same way.
    Hopeless(EngineError),
}

/// How an attempt ended that may be followed by another.
enum Attempt {
    Over(Result<Answer, Unheard>),
    Again { reason: String, wait: Option<Duration>, of_this: bool },
    TimedOut,
}

/// Speaks with one server.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    endpoint: Endpoint,
    model: String,
    key: Option<Key>,
    patience: Patience,
}

impl Client {
    /// Prepares to speak with a server, through the proxies of the system, trusting whom the system trusts and the
    /// certificates in `authority`, a file in PEM.
    ///
    /// # Errors
    /// [`Error::CertificateUnreadable`]; [`Error::Broken`] when the system's own certificates cannot be used at all.
    pub fn new(endpoint: Endpoint, model: &str, key: Option<Key>, authority: Option<&Path>) -> Result<Self> {
        let mut http = network::client().redirect(redirect::Policy::none());
        if endpoint.is_own_computer() {
            http = http.no_proxy();
        }
        if let Some(path) = authority {
            http = http.tls_certs_merge(certificates(path)?);
        }
        let http = http.build().map_err(|error| Error::Broken { reason: words(error) })?;
        Ok(Self { http, endpoint, model: model.to_owned(), key, patience: Patience::default() })
    }

    /// Replaces the limits of time.
    #[must_use]
    pub fn with_patience(mut self, patience: Patience) -> Self {
        self.patience = patience;
        self
    }

    /// The name of the server.
    pub fn host(&self) -> String {
        self.endpoint.host()
    }

    /// Sends a piece until it is heard or trying again is of no more use. `attempts` is how often at most.
    ///
    /// # Errors
    /// [`Unheard`] of any kind; [`EngineError::Stopped`] in it within a second of `stop` being set.
    pub async fn send(&self, sending: &Sending<'_>, attempts: u32, stop: &Stop) -> Result<Answer, Unheard> {
        let mut failures = 0;
        loop {
            failures += 1;
            let (reason, wait, of_this) = match unless_stopped(stop, self.attempt(sending)).await? {
                Attempt::Over(outcome) => return outcome,
                Attempt::Again { reason, wait, of_this } => (reason, wait, of_this),
                Attempt::TimedOut => {
                    // A server that hangs once may have been restarted; twice is once too often for such a wait.
                    let reason = format!("no answer within {} s", self.patience_for(sending).as_secs());
                    if failures > 1 {
                        return Err(Unheard::Lost { reason, of_this: false });
                    }
                    (reason, None, false)
                }
            };
            tracing::info!(server = self.host(), failures, reason, "a piece was not heard");
            if failures >= attempts.min(self.patience.attempts) {
                return Err(Unheard::Lost { reason, of_this });
            }
            unless_stopped(stop, tokio::time::sleep(self.pause(failures, wait))).await?;
        }
    }

    async fn attempt(&self, sending: &Sending<'_>) -> Attempt {
        let form = match self.form(sending) {
            Ok(form) => form,
            Err(error) => return Attempt::Over(Err(self.hopeless(words(error)))),
        };
        let mut request = self.http.post(self.endpoint.url().clone()).multipart(form);
        if let Some(key) = &self.key {
            request = request.bearer_auth(key.reveal());
        }
        let answered = async {
            let response = request.send().await?;
            let (status, headers) = (response.status(), response.headers().clone());
            Ok((status, headers, body(response).await?))
        };
        match tokio::time::timeout(self.patience_for(sending), answered).await {
            Err(_) => Attempt::TimedOut,
            Ok(Err(error)) => self.broken(error),
            Ok(Ok((_, _, None))) => {
                let reason = "it answers without end".to_owned();
                Attempt::Again { reason, wait: None, of_this: false }
            }
            Ok(Ok((status, headers, Some(body)))) => self.judge(status, &headers, &body),
        }
    }

    fn form(&self, sending: &Sending<'_>) -> reqwest::Result<Form> {
        let codec = sending.dialect.codec;
        let sound = Part::bytes(sending.sound.to_vec())
            .file_name(format!("audio.{}", codec.extension()))
            .mime_str(codec.media_type())?;
        let usual = sending.ask.effort == Effort::Usual;
        let mut form = Form::new()
            .part("file", sound)
            .text("model", self.model.clone())
            .text("language", sending.ask.language.clone())
            // Listening once more with the same would give the same.
            .text("temperature", if usual { "0" } else { "0.2" });
        form = match sending.dialect.detail {
            Detail::Words => form
                .text("response_format", "verbose_json")
                .text("timestamp_granularities[]", "word")
                .text("timestamp_granularities[]", "segment"),
            Detail::Segments => form.text("response_format", "verbose_json"),
            Detail::Text => form.text("response_format", "json"),
        };
        let prompt = prompt(&sending.ask.vocabulary);
        Ok(if prompt.is_empty() || !usual { form } else { form.text("prompt", prompt) })
    }

    /// What an answer means, by its status first.
    fn judge(&self, status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Attempt {
        let said = || {
            let said = answer::complaint(body);
            self.key.as_ref().map_or_else(|| said.clone(), |key| key.hidden_in(&said))
        };
        let told = || {
            let said = said();
            if said.is_empty() {
                format!("HTTP {}", status.as_u16())
            } else {
                format!("HTTP {}: {said}", status.as_u16())
            }
        };
        let over = |unheard| Attempt::Over(Err(unheard));
        match status {
            StatusCode::OK => self.read(body),
            StatusCode::BAD_REQUEST | StatusCode::UNSUPPORTED_MEDIA_TYPE | StatusCode::UNPROCESSABLE_ENTITY => {
                over(Unheard::Refused(told()))
            }
            StatusCode::PAYLOAD_TOO_LARGE => over(Unheard::TooLarge),
            StatusCode::UNAUTHORIZED => over(Unheard::Hopeless(EngineError::KeyRefused { server: self.host() })),
            StatusCode::FORBIDDEN if answer::read(body) != Err(NoAnswer::WebPage) => {
                over(Unheard::Hopeless(EngineError::KeyRefused { server: self.host() }))
            }
            // Waiting fills no account.
            StatusCode::TOO_MANY_REQUESTS if said().contains("quota") => over(self.hopeless(told())),
            StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_EARLY | StatusCode::TOO_MANY_REQUESTS => {
                Attempt::Again { reason: told(), wait: retry_after(headers), of_this: false }
            }
            StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => {
                Attempt::Again { reason: told(), wait: retry_after(headers), of_this: false }
            }
            status if status.is_server_error() => {
                Attempt::Again { reason: told(), wait: retry_after(headers), of_this: true }
            }
            status if status.is_redirection() => {
                let place = headers.get(LOCATION).and_then(|place| place.to_str().ok()).unwrap_or_default();
                over(self.hopeless(format!("HTTP {}: {}", status.as_u16(), without_query(place))))
            }
            _ => over(self.hopeless(told())),
        }
    }

    fn read(&self, body: &[u8]) -> Attempt {
        match answer::read(body) {
            Ok(answer) => Attempt::Over(Ok(answer)),
            Err(NoAnswer::WebPage) => Attempt::Over(Err(self.hopeless("it answers with a web page".to_owned()))),
            Err(NoAnswer::Refusal(said)) => Attempt::Over(Err(Unheard::Refused(said))),
            Err(NoAnswer::Malformed(reason)) => {
                Attempt::Again { reason: format!("half an answer: {reason}"), wait: None, of_this: true }
            }
        }
    }

    /// A connection that did not come about or broke. One to somebody who is not who he says never will.
    fn broken(&self, error: reqwest::Error) -> Attempt {
        let distrusted = error.is_builder() || error.is_redirect();
        let reason = words(error);
        if distrusted || reason.contains("certificate") {
            return Attempt::Over(Err(self.hopeless(reason)));
        }
        Attempt::Again { reason, wait: None, of_this: false }
    }

    fn hopeless(&self, reason: String) -> Unheard {
        Unheard::Hopeless(EngineError::Refused { server: self.host(), reason })
    }

    fn patience_for(&self, sending: &Sending<'_>) -> Duration {
        self.patience.answer + Duration::from_millis(sending.length_ms.saturating_mul(SLOWEST))
    }

    fn pause(&self, failures: u32, wait: Option<Duration>) -> Duration {
        let doubled = self.patience.pause.saturating_mul(1 << failures.saturating_sub(1).min(16));
        wait.map_or(doubled, |wait| wait.max(doubled)).min(self.patience.longest_pause)
    }
}

impl From<EngineError> for Unheard {
    fn from(failure: EngineError) -> Self {
        Self::Hopeless(failure)
    }
}

/// Runs `future` until it ends or somebody asks for the stop.
pub(super) async fn unless_stopped<T>(stop: &Stop, future: impl Future<Output = T>) -> Result<T, EngineError> {
    let stopped = async {
        while !stop.is_set() {
            tokio::time::sleep(STOP_CHECK).await;
        }
    };
    tokio::select! {
        biased;
        () = stopped => Err(EngineError::Stopped),
        output = future => Ok(output),
    }
}

/// The whole body, or nothing when it is larger than any answer.
async fn body(mut response: Response) -> reqwest::Result<Option<Vec<u8>>> {
    let mut body = Vec::new();
    while let Some(bytes) = response.chunk().await? {
        if body.len() + bytes.len() > LARGEST_ANSWER {
            return Ok(None);
        }
        body.extend_from_slice(&bytes);
    }
    Ok(Some(body))
}

/// The council's words as a sentence, the most important last, where a prompt that is cut keeps them.
fn prompt(vocabulary: &[String]) -> String {
    let mut length = 0;
    let mut kept: Vec<&str> = vocabulary
        .iter()
        .take_while(|term| {
            length += term.chars().count() + 2;
            length <= LONGEST_PROMPT
        })
        .map(String::as_str)
        .collect();
    kept.reverse();
    if kept.is_empty() { String::new() } else { format!("{}.", kept.join(", ")) }
}

fn certificates(path: &Path) -> Result<Vec<Certificate>> {
    let unreadable = |reason: String| Error::CertificateUnreadable { path: path.display().to_string(), reason };
    let bytes = fs::read(path).map_err(|error| unreadable(error.to_string()))?;
    let found = Certificate::from_pem_bundle(&bytes).map_err(|error| unreadable(words(error)))?;
    if found.is_empty() { Err(unreadable("there is no certificate in it".to_owned())) } else { Ok(found) }
}

/// How long the server asks us to wait; its other form, a date, is left to our own pauses.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok().map(Duration::from_secs)
}

fn without_query(place: &str) -> &str {
    place.split('?').next().unwrap_or_default()
}

/// An error of the network with what caused it, without the address: that may hold a secret.
fn words(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_important_words_come_last_in_a_prompt_and_the_least_are_left_out() {
        let terms = |count: usize| (0..count).map(|n| format!("Palabra{n}")).collect::<Vec<_>>();
        assert_eq!(prompt(&terms(3)), "Palabra2, Palabra1, Palabra0.");
        let long = prompt(&terms(500));
        assert!(long.ends_with("Palabra1, Palabra0.") && long.len() <= LONGEST_PROMPT, "{long}");
        assert_eq!(prompt(&[]), "");
    }

    #[test]
    fn pauses_grow_and_a_server_is_waited_for_but_not_for_ever() {
        let endpoint = Endpoint::parse("localhost:1").unwrap();
        let client = Client::new(endpoint, "m", None, None).unwrap();
        let pause = |failures, wait: Option<u64>| client.pause(failures, wait.map(Duration::from_secs)).as_secs();
        assert_eq!([pause(1, None), pause(2, None), pause(3, None)], [1, 2, 4]);
        assert_eq!(pause(1, Some(20)), 20);
        assert_eq!(pause(1, Some(9_999)), 60);
    }

    #[test]
    fn a_file_without_certificates_is_named() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("ca.pem");
        let endpoint = || Endpoint::parse("localhost:1").unwrap();
        let code = |path: &Path| Client::new(endpoint(), "m", None, Some(path)).unwrap_err().code();
        assert_eq!(code(&path), "certificate_unreadable");
        std::fs::write(&path, "nothing").unwrap();
        assert_eq!(code(&path), "certificate_unreadable");
    }
}
