//! The icon in the tray, there only while the window is hidden and Astra goes on listening.

use std::panic::{AssertUnwindSafe, catch_unwind};

use astra_core::sentences::sentence;
use tauri::menu::{Menu, MenuItem};
use tauri::tray::{MouseButton, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Wry};

use crate::{closing, window};

/// The icon's name within Tauri, and those of its menu.
const TRAY: &str = "astra";
const OPEN: &str = "open";
const QUIT: &str = "quit";

/// Puts the icon into the tray; false when this desktop cannot show one.
pub fn show(handle: &AppHandle) -> bool {
    // The icon stays, unseen, once it was made: Linux desktops know no way to take one back.
    if let Some(tray) = handle.tray_by_id(TRAY) {
        return tray.set_visible(true).is_ok();
    }
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
    let open = MenuItem::with_id(handle, OPEN, sentence("tray.open", &[]), true, None::<&str>)?;
    let quit = MenuItem::with_id(handle, QUIT, sentence("tray.quit", &[]), true, None::<&str>)?;
    let mut tray = TrayIconBuilder::<Wry>::with_id(TRAY)
        .tooltip("Astra")
        .menu(&Menu::with_items(handle, &[&open, &quit])?)
        .show_menu_on_left_click(false)
        .on_menu_event(|handle, event| match event.id().as_ref() {
            OPEN => open_window(handle),
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
    tray.build(handle).map(drop)
}

/// Brings the window to the front; the icon goes when it comes.
pub fn open_window(handle: &AppHandle) {
    if let Some(Err(error)) = handle.tray_by_id(TRAY).map(|tray| tray.set_visible(false)) {
        tracing::warn!(%error, "the icon stays in the tray");
    }
    window::bring_forward(handle);
}
