//! What kind of place a folder is in, since waiting depends on it: a share tells late what changed,
//! and a card is written slowly.

use std::path::Path;

use crate::settings::is_on_network;

/// Where a folder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// On a disk of this computer.
    Local,
    /// On a card, a stick or a recorder.
    Removable,
    /// On a share.
    Network,
}

impl Place {
    /// The place of a folder that can be reached now.
    pub fn of(folder: &Path) -> Self {
        let folder = std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        if is_on_network(&folder) {
            Self::Network
        } else if is_removable(&folder) {
            Self::Removable
        } else {
            Self::Local
        }
    }

    /// Whether the operating system tells what changes there. It can be wrong only by being late:
    /// every folder is also looked at from time to time.
    pub fn tells(self) -> bool {
        self != Self::Network
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
