//! The icon in the tray, there only while the window is hidden and Astra goes on listening: what it listens to, and
//! pausing all of it.

#[cfg(target_os = "linux")]
mod host;

use std::panic::{AssertUnwindSafe, catch_unwind};

use astra_core::app::App;
use astra_core::event::Event;
use astra_core::sentences::sentence;
use tauri::menu::{Menu, MenuItem, PredefinedMenuItem};
use tauri::tray::{MouseButton, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Manager, Wry, async_runtime};

use crate::{closing, window};

/// The icon's name within Tauri, and those of its menu.
const TRAY: &str = "astra";
const OPEN: &str = "open";
const PAUSE: &str = "pause";
const QUIT: &str = "quit";

/// The lines of the menu.
struct Lines {
    state: MenuItem<Wry>,
    open: MenuItem<Wry>,
    pause: MenuItem<Wry>,
    quit: MenuItem<Wry>,
}

/// Puts the icon into the tray; false when nobody would see it there.
pub fn show(handle: &AppHandle) -> bool {
    // The icon stays, unseen, once it was made: Linux desktops know no way to take one back.
    let shown = match handle.tray_by_id(TRAY) {
        Some(tray) => tray.set_visible(true).is_ok(),
        None => make(handle),
    };
    if shown {
        refresh(handle);
    }
    #[cfg(target_os = "linux")]
    let shown = shown && host::there_is_one();
    shown
}

/// Keeps the icon's words true.
pub fn follow(handle: &AppHandle, event: &Event) {
    let changes = matches!(
        event,
        Event::QueueChanged
            | Event::SessionChanged { .. }
            | Event::JobStarted { .. }
            | Event::ChunkHeard { .. }
            | Event::JobDone { .. }
            | Event::JobFailed { .. }
    );
    if changes {
        refresh(handle);
    }
}

/// Brings the window to the front; the icon goes when it comes.
pub fn open_window(handle: &AppHandle) {
    if let Some(Err(error)) = handle.tray_by_id(TRAY).map(|tray| tray.set_visible(false)) {
        tracing::warn!(%error, "the icon stays in the tray");
    }
    window::bring_forward(handle);
}

fn make(handle: &AppHandle) -> bool {
    // On Linux the library behind it is loaded at its first use, and its absence is a panic.
    match catch_unwind(AssertUnwindSafe(|| build(handle))) {
        Ok(Ok(())) => true,
        Ok(Err(error)) => {
            tracing::warn!(%error, "no icon in the tray");
            false
        }
        Err(_) => {
            tracing::warn!("no icon in the tray: the library for it is missing");
            false
        }
    }
}

fn build(handle: &AppHandle) -> tauri::Result<()> {
    let item = |id: &str, key: &str| MenuItem::with_id(handle, id, sentence(key, &[]), true, None::<&str>);
    let (open, pause, quit) = (item(OPEN, "tray.open")?, item(PAUSE, "tray.pause")?, item(QUIT, "tray.quit")?);
    let state = MenuItem::new(handle, sentence("queue.nothing", &[]), false, None::<&str>)?;
    let line = PredefinedMenuItem::separator(handle)?;
    let menu = Menu::with_items(handle, &[&state, &line, &open, &pause, &quit])?;
    let mut tray = TrayIconBuilder::<Wry>::with_id(TRAY)
        .tooltip("Astra")
        .menu(&menu)
        .show_menu_on_left_click(false)
        .on_menu_event(|handle, event| match event.id().as_ref() {
            OPEN => open_window(handle),
            PAUSE => pause_or_go_on(handle),
            QUIT => closing::quit(handle),
            _ => {}
        })
        .on_tray_icon_event(|tray, event| {
            if matches!(event, TrayIconEvent::Click { button: MouseButton::Left, .. }) {
                open_window(tray.app_handle());
            }
        });
    if let Some(icon) = handle.default_window_icon() {
        tray = tray.icon(icon.clone());
    }
    tray.build(handle)?;
    handle.manage(Lines { state, open, pause, quit });
    Ok(())
}

/// Has the icon and its menu say what is true now, in the language of now.
pub fn refresh(handle: &AppHandle) {
    if handle.tray_by_id(TRAY).is_none() {
        return;
    }
    let handle = handle.clone();
    async_runtime::spawn(async move {
        let Some(app) = handle.try_state::<App>() else { return };
        let (Ok(words), Ok(queue)) = (app.queue_in_words().await, app.queue_get().await) else { return };
        let (Some(tray), Some(lines)) = (handle.tray_by_id(TRAY), handle.try_state::<Lines>()) else { return };
        let pause = sentence(if queue.paused { "tray.resume" } else { "tray.pause" }, &[]);
        let told = tray
            .set_tooltip(Some(format!("Astra · {words}")))
            .and_then(|()| lines.state.set_text(&words))
            .and_then(|()| lines.open.set_text(sentence("tray.open", &[])))
            .and_then(|()| lines.pause.set_text(pause))
            .and_then(|()| lines.quit.set_text(sentence("tray.quit", &[])));
        if let Err(error) = told {
            tracing::warn!(%error, "the icon in the tray says something old");
        }
    });
}

fn pause_or_go_on(handle: &AppHandle) {
    let handle = handle.clone();
    async_runtime::spawn(async move {
        let app = handle.state::<App>();
        let done = match app.queue_get().await {
            Ok(queue) if queue.paused => app.queue_resume().await,
            Ok(_) => app.queue_pause().await,
            Err(error) => Err(error),
        };
        if let Err(error) = done {
            tracing::warn!(code = error.code(), "the queue was not told");
        }
    });
}
