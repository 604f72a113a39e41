//! The key that opens a server: kept by the operating system's keyring and nowhere else, and shown to nobody but that
//! server.

use std::fmt;

use keyring::v1::{Entry, Error as KeyringError};

use crate::error::{Error, Result};

/// Under which name the keyring lists what Astra keeps there.
const KEEPER: &str = "Astra";

/// Where whoever has no keyring puts a key, for every server.
pub const VARIABLE: &str = "ASTRA_HTTP_KEY";

/// A key. It never shows itself.
#[derive(Clone, PartialEq, Eq)]
pub struct Key(String);

impl Key {
    /// A key as typed; none when nothing was.
    pub fn new(typed: &str) -> Option<Self> {
        let typed = typed.trim();
        (!typed.is_empty()).then(|| Self(typed.to_owned()))
    }

    /// The key itself, to be shown to its server.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }

    /// A text in which the key is not, should a server have repeated it.
    pub(super) fn hidden_in(&self, text: &str) -> String {
        text.replace(&self.0, "…")
    }

    /// The key for the server of this origin: that of [`VARIABLE`], else that of the keyring. Blocks while the keyring
    /// asks to be opened. Where there is no keyring there is no key.
    pub fn find(origin: &str) -> Option<Self> {
        if let Some(key) = std::env::var(VARIABLE).ok().and_then(|typed| Self::new(&typed)) {
            return Some(key);
        }
        match Entry::new(KEEPER, origin).and_then(|entry| entry.get_password()) {
            Ok(kept) => Self::new(&kept),
            Err(KeyringError::NoEntry) => None,
            Err(error) => {
                tracing::info!(%error, "the keyring cannot be asked");
                None
            }
        }
    }

    /// Has the keyring keep it for the server of this origin. Blocks as [`Key::find`] does.
    ///
    /// # Errors
    /// [`Error::KeyringMissing`].
    pub fn keep(&self, origin: &str) -> Result<()> {
        let kept = Entry::new(KEEPER, origin).and_then(|entry| entry.set_password(&self.0));
        kept.map_err(|error| missing(&error))
    }

    /// Has the keyring forget the key of this origin. One that is not there is forgotten already.
    ///
    /// # Errors
    /// [`Error::KeyringMissing`].
    pub fn forget(origin: &str) -> Result<()> {
        match Entry::new(KEEPER, origin).and_then(|entry| entry.delete_credential()) {
            Ok(()) | Err(KeyringError::NoEntry) => Ok(()),
            Err(error) => Err(missing(&error)),
        }
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Key(…)")
    }
}

fn missing(error: &KeyringError) -> Error {
    Error::KeyringMissing { reason: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_never_shows_itself() {
        let key = Key::new(" sk-secret \n").unwrap();
        assert_eq!(format!("{key:?} {:#?}", Some(&key)).matches("secret").count(), 0);
        assert_eq!(key.hidden_in("Incorrect API key provided: sk-secret."), "Incorrect API key provided: ….");
        assert_eq!(key.reveal(), "sk-secret");
    }

    #[test]
    fn nothing_is_no_key() {
        assert_eq!(Key::new("  \n"), None);
    }
}
