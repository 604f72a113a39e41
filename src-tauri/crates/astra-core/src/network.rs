//! The way out. Every request to another computer begins here.

use std::time::Duration;

use reqwest::{Client, ClientBuilder};
use rustls::crypto::ring;

/// A client that asks by Astra's name and waits 20 s for a connection. It trusts whom the system trusts and goes through
/// the system's proxies.
pub fn client() -> ClientBuilder {
    // A client without somebody who encrypts panics, and ring needs no assembler on Windows. Whoever comes second
    // finds it chosen.
    let _ = ring::default_provider().install_default();
    Client::builder().connect_timeout(Duration::from_secs(20)).user_agent(concat!("Astra/", env!("CARGO_PKG_VERSION")))
}
