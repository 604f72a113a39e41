//! A disk of a given size, for filling it up.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::astra::{say, tool};

/// A file system that is mounted on this folder, gone when dropped.
pub struct SmallDisk(pub PathBuf);

impl SmallDisk {
    /// `None`, said loudly, where this user may not mount.
    pub fn mount(folder: &Path, size: &str) -> Option<Self> {
        let option = format!("size={size}");
        let status = Command::new("mount").args(["-t", "tmpfs", "-o", &option, "tmpfs"]).arg(folder).status();
        if status.is_ok_and(|status| status.success()) {
            return Some(Self(folder.to_owned()));
        }
        say("NOT TESTED: a full disk needs the right to mount one");
        None
    }

    /// Makes it larger, or as small as what is on it allows.
    pub fn resize(&self, size: &str) {
        let option = format!("remount,size={size}");
        tool("mount", &["-o".as_ref(), option.as_ref(), self.0.as_os_str()]);
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}
