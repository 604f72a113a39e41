//! Where a server listens: what a person typed, made the address of its transcriptions.

use reqwest::Url;

use crate::error::{Error, Result};

/// What the form calls the path of transcriptions.
const PATH: &str = "/audio/transcriptions";

/// What whisper.cpp's own server calls it.
const INFERENCE: &str = "/inference";

/// The address of a server's transcriptions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint(Url);

impl Endpoint {
    /// Takes `https://host`, `https://host/v1` or the whole address, with or without the scheme. A computer of the
    /// network may be named without encryption; only one's own is without when nobody says so.
    ///
    /// # Errors
    /// [`Error::ServerAddressBad`], also for an address with a user or password in it: secrets belong in the keyring.
    pub fn parse(typed: &str) -> Result<Self> {
        let typed = typed.trim();
        let whole = if typed.contains("://") { typed.to_owned() } else { with_scheme(typed) };
        let mut url = Url::parse(&whole).map_err(|_| Error::ServerAddressBad)?;
        let sound = matches!(url.scheme(), "http" | "https")
            && url.host_str().is_some_and(|host| !host.is_empty())
            && url.username().is_empty()
            && url.password().is_none();
        if !sound {
            return Err(Error::ServerAddressBad);
        }
        url.set_fragment(None);
        let path = url.path().trim_end_matches('/').to_owned();
        let path = match path.as_str() {
            "" => format!("/v1{PATH}"),
            path if path.ends_with(PATH) || path.ends_with(INFERENCE) => path.to_owned(),
            path => format!("{path}{PATH}"),
        };
        url.set_path(&path);
        Ok(Self(url))
    }

    /// The address itself.
    pub fn url(&self) -> &Url {
        &self.0
    }

    /// The name of the server, with its port where that is not the usual one: what a person is told.
    pub fn host(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        self.0.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// What a key belongs to: a key of one server is never shown to another.
    pub fn origin(&self) -> String {
        self.0.origin().ascii_serialization()
    }

    /// Whether nobody on the way can listen.
    pub fn is_private(&self) -> bool {
        self.0.scheme() == "https" || self.is_own_computer()
    }

    /// Whether the server runs on this computer.
    pub fn is_own_computer(&self) -> bool {
        is_own(self.0.host_str().unwrap_or_default())
    }
}

fn with_scheme(typed: &str) -> String {
    let host = typed.split(['/', ':']).next().unwrap_or_default();
    let own = is_own(host) || typed.starts_with("[::1]");
    format!("{}://{typed}", if own { "http" } else { "https" })
}

fn is_own(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<std::net::IpAddr>();
    host.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(typed: &str) -> String {
        Endpoint::parse(typed).unwrap().url().to_string()
    }

    #[test]
    fn whatever_part_of_the_address_is_typed_leads_to_the_transcriptions() {
        let whole = "https://api.openai.com/v1/audio/transcriptions";
        for typed in ["api.openai.com", "https://api.openai.com/", " https://api.openai.com/v1/ ", whole] {
            assert_eq!(address(typed), whole, "{typed}");
        }
        assert_eq!(address("http://gpu.local:8000/v1"), "http://gpu.local:8000/v1/audio/transcriptions");
        assert_eq!(address("https://a.b/openai/v1"), "https://a.b/openai/v1/audio/transcriptions");
        assert_eq!(address("http://127.0.0.1:8080/inference"), "http://127.0.0.1:8080/inference");
        assert_eq!(
            address("https://a.b/x/audio/transcriptions?api-version=1"),
            "https://a.b/x/audio/transcriptions?api-version=1"
        );
    }

    #[test]
    fn ones_own_computer_needs_no_encryption_and_any_other_gets_it_unless_it_is_said() {
        assert_eq!(address("localhost:8080"), "http://localhost:8080/v1/audio/transcriptions");
        assert_eq!(address("[::1]:8080"), "http://[::1]:8080/v1/audio/transcriptions");
        assert!(Endpoint::parse("127.0.0.1:8080").unwrap().is_private());
        assert!(Endpoint::parse("gpu.local").unwrap().is_private());
        assert!(!Endpoint::parse("http://gpu.local").unwrap().is_private());
    }

    #[test]
    fn what_is_no_address_and_what_holds_a_password_is_refused_without_being_repeated() {
        for typed in ["", "   ", "ftp://a.b", "https://", "https://clerk:secret@a.b/v1", "file:///etc/passwd"] {
            assert_eq!(Endpoint::parse(typed), Err(Error::ServerAddressBad), "{typed}");
        }
    }

    #[test]
    fn a_server_is_told_by_its_name_and_a_key_by_its_origin() {
        let server = Endpoint::parse("https://gpu.local:8443/v1").unwrap();
        assert_eq!((server.host().as_str(), server.origin().as_str()), ("gpu.local:8443", "https://gpu.local:8443"));
    }
}
