//! The server that may listen in the place of this computer, as the secretary chose. Its key is not among the choices:
//! the keyring has it.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::engine::http::{Endpoint, Price};
use crate::error::{Error, Result};

/// The most requests at once, whatever was chosen: no server of a council has more to give.
const MOST_AT_ONCE: u32 = 16;

/// Which server may listen, and whether.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ServerChoices {
    /// Its address as typed; empty when there is none.
    pub url: String,
    /// The model, as the server calls it.
    pub model: String,
    /// What it costs.
    pub price: Price,
    /// A file in PEM with certificates to trust beside those of the system; none otherwise.
    pub certificates: Option<PathBuf>,
    /// How many requests it gets at once.
    pub parallel: u32,
    /// Whether it hears new sessions for which nothing else is asked.
    pub hears_new: bool,
    /// The address to which the sound of every session may go, as somebody agreed for ever; none otherwise.
    pub agreed_to: Option<String>,
}

impl Default for ServerChoices {
    fn default() -> Self {
        Self {
            url: String::new(),
            model: "whisper-1".to_owned(),
            price: Price::default(),
            certificates: None,
            parallel: 4,
            hears_new: false,
            agreed_to: None,
        }
    }
}

impl ServerChoices {
    /// The address of its transcriptions.
    ///
    /// # Errors
    /// [`Error::ServerMissing`] when there is none; [`Error::ServerAddressBad`].
    pub fn endpoint(&self) -> Result<Endpoint> {
        if self.url.trim().is_empty() {
            return Err(Error::ServerMissing);
        }
        Endpoint::parse(&self.url)
    }

    /// # Errors
    /// [`Error::ServerAddressBad`].
    pub fn check(&self) -> Result<()> {
        match self.endpoint() {
            Err(Error::ServerMissing) => Ok(()),
            outcome => outcome.map(drop),
        }
    }

    /// Whether somebody agreed for ever that sound goes to this address. Agreeing to one server is not agreeing to
    /// the next.
    pub fn is_agreed(&self, to: &Endpoint) -> bool {
        let agreed = self.agreed_to.as_deref().and_then(|url| Endpoint::parse(url).ok());
        agreed.as_ref() == Some(to)
    }

    /// How many requests at once.
    pub fn at_once(&self) -> usize {
        self.parallel.clamp(1, MOST_AT_ONCE) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choices(url: &str, agreed_to: Option<&str>) -> ServerChoices {
        let agreed_to = agreed_to.map(str::to_owned);
        ServerChoices { url: url.to_owned(), agreed_to, ..ServerChoices::default() }
    }

    #[test]
    fn agreeing_to_one_server_is_not_agreeing_to_another() {
        let is_agreed = |url, agreed_to| {
            let choices = choices(url, agreed_to);
            choices.is_agreed(&choices.endpoint().unwrap())
        };
        assert!(!is_agreed("https://a.b", None));
        assert!(is_agreed("https://a.b", Some("https://a.b/v1/")));
        assert!(!is_agreed("https://a.b", Some("https://c.d")));
        assert!(!is_agreed("http://a.b", Some("https://a.b")));
    }

    #[test]
    fn no_address_is_no_mistake_but_a_wrong_one_is() {
        assert_eq!(choices("", None).check(), Ok(()));
        assert_eq!(choices("", None).endpoint(), Err(Error::ServerMissing));
        assert_eq!(choices("https://u:p@a.b", None).check(), Err(Error::ServerAddressBad));
    }
}
