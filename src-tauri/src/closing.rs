//! What happens when the window is closed: it goes into the tray when the secretary chose so, and
//! otherwise the job that runs is stopped where it is, to go on at the next start.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use astra_core::app::App;
use astra_core::engine::Stop;
use astra_core::watch::Watch;
use tauri::async_runtime::{self, JoinHandle};
use tauri::{AppHandle, Manager, Window};
#[cfg(unix)]
use tokio::signal::unix::{SignalKind, signal};
use tokio::time::{sleep, timeout};

use crate::{tray, window};

/// How long the page has for keeping what was typed last, once it knows that it was hidden.
const LAST_WORDS: Duration = Duration::from_millis(400);

/// How long the job that runs may take to stop.
const PATIENCE: Duration = Duration::from_millis(1_500);

/// How long the page says that the data are those of a backup before Astra opens anew.
const TIME_TO_READ: Duration = Duration::from_secs(5);

/// The queue that listens and the folders that are watched as long as the program runs.
pub struct Listening {
    stop: Stop,
    running: Mutex<Option<JoinHandle<()>>>,
}

impl Listening {
    /// Sets the queue and the watching to work.
    pub fn begin(app: App) -> Self {
        let stop = Stop::default();
        let until = stop.clone();
        let running = async_runtime::spawn(async move {
            let watch = Watch::default();
            tokio::join!(astra_core::jobs::queue::work(&app, &until), app.watch(&watch, &until));
        });
        Self { stop, running: Mutex::new(Some(running)) }
    }

    /// Waits until the queue has stopped; the job that ran goes on at the next start.
    async fn ended(&self) {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(running) = running
            && timeout(PATIENCE, running).await.is_err()
        {
            tracing::warn!("the job did not stop in time; it is taken up again at the next start");
        }
    }
}

/// Answers the wish to close the window.
pub fn close(window: &Window) {
    let handle = window.app_handle();
    if !goes_on_in_tray(handle) {
        window::hide(handle);
        quit(handle);
    } else if tray::show(handle) {
        window::hide(handle);
    } else {
        // Hidden without an icon, it would look as if Astra had ended.
        window::minimize(handle);
    }
}

/// Ends the program in good order when the operating system asks for it: at log-off, at shut-down, with `kill`. What
/// runs goes on at the next start. On Windows nobody asks; there a job loses no more than the chunk it is at.
pub fn end_when_asked(handle: &AppHandle) {
    #[cfg(unix)]
    for kind in [SignalKind::terminate(), SignalKind::hangup(), SignalKind::interrupt()] {
        let handle = handle.clone();
        async_runtime::spawn(async move {
            match signal(kind) {
                Ok(mut asked) => {
                    asked.recv().await;
                    window::hide(&handle);
                    quit(&handle);
                }
                Err(error) => tracing::warn!(%error, "a log-off would not be noticed"),
            }
        });
    }
    #[cfg(not(unix))]
    let _ = handle;
}

/// Stops the work, closes the store and ends the program.
pub fn quit(handle: &AppHandle) {
    if handle.state::<Listening>().stop.is_set() {
        return; // Somebody closes it twice.
    }
    handle.state::<Listening>().stop.set();
    // Whoever starts Astra from now on gets a new one.
    tauri_plugin_single_instance::destroy(handle);
    let handle = handle.clone();
    async_runtime::spawn(async move {
        let listening = handle.state::<Listening>();
        tokio::join!(listening.ended(), renditions_ended(&handle), sleep(LAST_WORDS));
        if timeout(PATIENCE, handle.state::<App>().store().close()).await.is_err() {
            tracing::warn!("the store did not close in time");
        }
        handle.exit(0);
    });
}

/// Ends this Astra and opens another one, because its data are not what they were.
pub fn open_anew(handle: &AppHandle) {
    handle.state::<Listening>().stop.set();
    let handle = handle.clone();
    async_runtime::spawn(async move {
        let listening = handle.state::<Listening>();
        tokio::join!(listening.ended(), renditions_ended(&handle), sleep(TIME_TO_READ));
        tauri_plugin_single_instance::destroy(&handle);
        handle.restart();
    });
}

/// ffmpeg would outlive the program, and what it writes would stay half made.
async fn renditions_ended(handle: &AppHandle) {
    if timeout(PATIENCE, handle.state::<App>().renditions_end()).await.is_err() {
        tracing::warn!("a rendition did not stop in time");
    }
}

/// Whether the secretary chose that Astra goes on without its window.
pub fn goes_on_in_tray(handle: &AppHandle) -> bool {
    let settings = async_runtime::block_on(async { handle.state::<App>().settings_get().await });
    settings.is_ok_and(|settings| settings.keep_in_tray)
}
