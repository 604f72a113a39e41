//! Whether this desktop shows icons in a tray at all. GNOME has no tray of its own: an icon is made there, and nobody
//! ever sees it.

use std::time::Duration;

use zbus::blocking::{Proxy, connection, proxy};
use zbus::proxy::CacheProperties;

/// Who takes icons in, and its one object (Status Notifier Item, «org.kde.StatusNotifierWatcher»).
const WATCHER: &str = "org.kde.StatusNotifierWatcher";
const OBJECT: &str = "/StatusNotifierWatcher";

/// The window is closed meanwhile, and somebody looks on.
const PATIENCE: Duration = Duration::from_secs(1);

/// Whether there is a tray that shows icons. A desktop where nobody answers has none.
pub fn there_is_one() -> bool {
    asked().unwrap_or_else(|error| {
        tracing::info!(%error, "this desktop has no tray");
        false
    })
}

fn asked() -> zbus::Result<bool> {
    let session = connection::Builder::session()?.method_timeout(PATIENCE).build()?;
    let watcher: Proxy = proxy::Builder::new(&session)
        .destination(WATCHER)?
        .path(OBJECT)?
        .interface(WATCHER)?
        .cache_properties(CacheProperties::No)
        .build()?;
    watcher.get_property("IsStatusNotifierHostRegistered")
}
