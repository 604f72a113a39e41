//! Keeping the computer awake: Windows keeps that with the thread that asked for it, so it has one of its own.

use std::sync::mpsc::{Sender, channel};
use std::thread;

/// Keeps the computer awake until it is dropped.
#[derive(Debug)]
pub(super) struct Awake {
    _until_dropped: Sender<()>,
}

impl Awake {
    /// Begins, as far as the operating system lets it.
    pub(super) fn begin(reason: String) -> Self {
        let (until_dropped, dropped) = channel::<()>();
        thread::spawn(move || {
            match keepawake::Builder::default().idle(true).app_name("Astra").reason(reason).create() {
                Ok(awake) => {
                    // Nothing is ever sent: this ends when the other side is gone.
                    let _ = dropped.recv();
                    drop(awake);
                }
                Err(error) => tracing::info!(%error, "the computer may fall asleep"),
            }
        });
        Self { _until_dropped: until_dropped }
    }
}
