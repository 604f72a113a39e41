//! What kind of place a folder is in, since waiting depends on it: a share tells late what changed,
//! and a card is written slowly.

use std::path::Path;

use crate::settings::is_on_network;
use crate::watch::Place;

/// The place of a folder that can be reached now.
pub fn place_of(folder: &Path) -> Place {
    let folder = std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    if is_on_network(&folder) {
        Place::Network
    } else if is_removable(&folder) {
        Place::Removable
    } else {
        Place::Local
    }
}

/// Desktops mount what is plugged in below these folders.
#[cfg(not(windows))]
fn is_removable(folder: &Path) -> bool {
    ["/media", "/run/media", "/Volumes"].iter().any(|mounts| folder.starts_with(mounts))
}

/// Every drive but the system's own may be one that is plugged in.
#[cfg(windows)]
fn is_removable(folder: &Path) -> bool {
    let system = std::env::var("SystemDrive").unwrap_or_else(|_| "C:".to_owned()).to_lowercase();
    let folder = folder.to_string_lossy().to_lowercase();
    !folder.trim_start_matches(r"\\?\").starts_with(&system)
}
