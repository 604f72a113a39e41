//! What the product knows, without a window and without native speech code.
//!
//! The road of a recording: [`intake`] → [`jobs`] → [`media`] → [`chunks`] → [`engine`] →
//! [`guard`] → [`transcript`] → [`export`], with [`store`] keeping every step. A door (the
//! command line today, the window next) holds an [`app::App`] and shows its [`event::Event`]s.

pub mod app;
pub mod chunks;
pub mod clock;
pub mod computer;
pub mod disk;
pub mod engine;
pub mod error;
pub mod event;
pub mod export;
pub mod fingerprint;
pub mod guard;
pub mod id;
pub mod intake;
pub mod jobs;
pub mod media;
pub mod minutes;
pub mod models;
pub mod network;
pub mod office;
pub mod papers;
pub mod peaks;
pub mod roster;
pub mod sentences;
pub mod sessions;
pub mod settings;
pub mod store;
pub mod surroundings;
pub mod transcript;
pub mod vocabulary;
pub mod watch;

pub use error::{Error, Result};
