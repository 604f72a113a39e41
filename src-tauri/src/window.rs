//! The one window: where it stands, and how it comes back to the front.

use tauri::{AppHandle, Manager, Url, WebviewWindowBuilder, Wry};
use tauri_plugin_window_state::StateFlags;

/// The window's name in the configuration.
const MAIN: &str = "main";

/// Remembers where the window stood and how large it was.
pub fn place_keeper() -> tauri::plugin::TauriPlugin<Wry> {
    // Not whether it was seen: it is hidden a moment before the program ends.
    let place = StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED;
    tauri_plugin_window_state::Builder::new().with_state_flags(place).build()
}

/// Opens the window as the configuration describes it; unseen when it is to stay in the tray.
///
/// # Errors
/// When the platform cannot make it.
pub fn open(handle: &AppHandle, visible: bool) -> tauri::Result<()> {
    for config in &handle.config().app.windows {
        WebviewWindowBuilder::from_config(handle, config)?.on_navigation(is_own_page).visible(visible).build()?;
    }
    Ok(())
}

/// Whether somebody looks at the window.
pub fn is_looked_at(handle: &AppHandle) -> bool {
    let window = handle.get_webview_window(MAIN);
    window.is_some_and(|window| window.is_visible().unwrap_or(false) && window.is_focused().unwrap_or(false))
}

/// Hides the window: the page keeps what was typed last when it learns that nobody sees it any more.
pub fn hide(handle: &AppHandle) {
    if let Some(Err(error)) = handle.get_webview_window(MAIN).map(|window| window.hide()) {
        tracing::warn!(%error, "the window does not hide");
    }
}

/// Makes the window as small as the desktop makes one that goes on.
pub fn minimize(handle: &AppHandle) {
    if let Some(Err(error)) = handle.get_webview_window(MAIN).map(|window| window.minimize()) {
        tracing::warn!(%error, "the window does not become small");
    }
}

/// Shows the window, wherever it was.
pub fn bring_forward(handle: &AppHandle) {
    let Some(window) = handle.get_webview_window(MAIN) else { return };
    let shown = window.show().and_then(|()| window.unminimize()).and_then(|()| window.set_focus());
    if let Err(error) = shown {
        tracing::warn!(%error, "the window does not come to the front");
    }
}

/// The window shows Astra and nothing else, whatever a link or a script asks for.
fn is_own_page(url: &Url) -> bool {
    let own_host = matches!(url.host_str(), Some("localhost" | "tauri.localhost"));
    url.scheme() == "tauri" || (own_host && matches!(url.scheme(), "http" | "https"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_own_page_may_be_shown() {
        for (url, own) in [
            ("tauri://localhost/sessions/1", true),
            ("http://tauri.localhost/", true),
            ("http://localhost:1420/", true),
            ("https://ejemplo.com/", false),
            ("file:///etc/passwd", false),
            ("data:text/html,x", false),
        ] {
            assert_eq!(is_own_page(&Url::parse(url).unwrap()), own, "{url}");
        }
    }
}
