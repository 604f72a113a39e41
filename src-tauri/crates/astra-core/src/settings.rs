//! Where Astra keeps its things on this computer.

use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::id::RecordingId;

mod choices;
mod moved;
mod presence;
mod queue;
mod server;

pub use moved::{ARRIVING, NOTE, leave_note};
pub use presence::Presence;

pub use queue::{ListeningHours, QueueChoices};
pub use server::ServerChoices;

pub use choices::{ActaChoices, Council, Language, Settings, Theme};

/// The folder that holds the database, the models and the logs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataFolder(PathBuf);

impl DataFolder {
    /// Opens `asked`, or the platform's local application data folder, making it when missing; where its data were
    /// moved elsewhere, that place.
    ///
    /// # Errors
    /// [`Error::DataFolderGone`] when it was moved to a disk that is not connected;
    /// [`Error::DataFolderOnNetwork`] when it lies on a share, where the locks that SQLite and
    /// running jobs rely on cannot be trusted; [`Error::NotWritable`] or [`Error::DiskFull`].
    pub fn open(asked: Option<&Path>) -> Result<Self> {
        let path = match asked {
            Some(path) => path.to_owned(),
            None => Self::default_path()?,
        };
        Self::make(&moved::follow(&path)?, is_on_network)
    }

    /// Opens this very folder, whatever it leads to.
    ///
    /// # Errors
    /// As [`DataFolder::open`].
    pub fn open_here(path: &Path) -> Result<Self> {
        Self::make(path, is_on_network)
    }

    fn make(path: &Path, on_network: impl Fn(&Path) -> bool) -> Result<Self> {
        let allowed = |path: &Path| {
            let path = on_network(path).then(|| path.display().to_string());
            path.map_or(Ok(()), |path| Err(Error::DataFolderOnNetwork { path }))
        };
        let path = std::path::absolute(path).map_err(|error| Error::writing(path, &error))?;
        // Nothing is left on a share: what is there already says where a new folder would lie.
        if let Some(there) = path.ancestors().find_map(|folder| fs::canonicalize(folder).ok()) {
            allowed(&there)?;
        }
        fs::create_dir_all(&path).map_err(|error| Error::writing(&path, &error))?;
        let path = fs::canonicalize(&path).map_err(|error| Error::writing(&path, &error))?;
        // Again, since `..` below a folder that was missing may lead anywhere.
        allowed(&path)?;
        let folder = Self(path);
        for inner in [folder.models(), folder.logs(), folder.leases()] {
            fs::create_dir_all(&inner).map_err(|error| Error::writing(&inner, &error))?;
        }
        Ok(folder)
    }

    /// Waits until no other Astra is setting this folder up, and keeps others waiting until the
    /// returned file is dropped: two that start at once must not both make the database.
    ///
    /// # Errors
    /// [`Error::NotWritable`] or [`Error::DiskFull`].
    pub fn claim(&self) -> Result<File> {
        let path = self.leases().join("opening.lock");
        let options = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
        let file = options.map_err(|error| Error::writing(&path, &error))?;
        file.lock().map_err(|error| Error::writing(&path, &error))?;
        Ok(file)
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The database file.
    pub fn database(&self) -> PathBuf {
        self.0.join("astra.db")
    }

    /// The folder of the models.
    pub fn models(&self) -> PathBuf {
        self.0.join("models")
    }

    /// The folder of the logs.
    pub fn logs(&self) -> PathBuf {
        self.0.join("logs")
    }

    /// The folder of the lock files that running jobs hold.
    pub fn leases(&self) -> PathBuf {
        self.0.join("leases")
    }

    /// The folder of the backups of the database.
    pub fn backups(&self) -> PathBuf {
        self.0.join("backups")
    }

    /// The folder in which LibreOffice works, and where nothing stays.
    pub fn office(&self) -> PathBuf {
        self.0.join("office")
    }

    /// The folder of what renditions need while they are made, and where nothing stays.
    pub fn rendering(&self) -> PathBuf {
        self.0.join("rendering")
    }

    /// The folder into which data of another computer are unpacked, and where nothing stays.
    pub fn importing(&self) -> PathBuf {
        self.0.join("importing")
    }

    /// The folder of what was derived from recordings.
    pub fn recordings(&self) -> PathBuf {
        self.0.join("recordings")
    }

    /// The folder of what was derived from one recording: its listening copy and its waveform.
    pub fn recording(&self, id: RecordingId) -> PathBuf {
        self.recordings().join(id.to_string())
    }

    /// The user's own folder for documents.
    pub fn documents() -> Option<PathBuf> {
        directories::UserDirs::new()?.document_dir().map(Path::to_owned)
    }

    /// The *local* application data folder: a roaming one would be copied over the network at
    /// every log-in, models included.
    fn default_path() -> Result<PathBuf> {
        directories::ProjectDirs::from("", "", "Astra")
            .map(|folders| folders.data_local_dir().to_owned())
            .ok_or_else(|| Error::Broken { reason: "this user has no home folder".to_owned() })
    }
}

#[cfg(target_os = "linux")]
pub(crate) fn is_on_network(path: &Path) -> bool {
    fs::read_to_string("/proc/self/mountinfo").is_ok_and(|mounts| network_mount(&mounts, path))
}

/// A mapped drive and a UNC path both come out of `canonicalize` as `\\?\UNC\…`.
#[cfg(windows)]
pub(crate) fn is_on_network(path: &Path) -> bool {
    path.to_string_lossy().starts_with(r"\\?\UNC\")
}

#[cfg(not(any(target_os = "linux", windows)))]
pub(crate) fn is_on_network(_: &Path) -> bool {
    false
}

/// Whether the mount that holds `path` is a network file system, by the text of
/// `/proc/self/mountinfo` (format: proc_pid_mountinfo(5)).
#[cfg(any(target_os = "linux", test))]
fn network_mount(mountinfo: &str, path: &Path) -> bool {
    const NETWORK: [&str; 15] = [
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "ncpfs",
        "afs",
        "ceph",
        "9p",
        "fuse.sshfs",
        "fuse.rclone",
        "fuse.glusterfs",
        "fuse.gvfsd-fuse",
        "fuse.smbnetfs",
        "davfs",
    ];
    mountinfo
        .lines()
        .filter_map(|line| {
            let (mount, kind) = line.split_once(" - ")?;
            let point = mount.split(' ').nth(4)?.replace("\\040", " ");
            path.starts_with(&point).then(|| (point.len(), kind.split(' ').next().unwrap_or_default()))
        })
        .max_by_key(|(length, _)| *length)
        .is_some_and(|(_, kind)| NETWORK.contains(&kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
25 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
40 25 0:40 / /mnt/alcald\u{ed}a rw shared:9 - cifs //servidor/actas rw
41 25 0:41 / /mnt/con\\040espacio rw shared:9 - nfs4 servidor:/actas rw
42 25 0:42 / /run/user/1000/gvfs rw,nosuid - fuse.gvfsd-fuse gvfsd-fuse rw,user_id=1000
43 25 0:43 / /mnt/c rw,noatime - 9p C:\\134 rw,access=client
44 25 0:44 / /media/ana/USB rw,nosuid - fuseblk /dev/sdb1 rw,user_id=0
";

    #[test]
    fn the_deepest_mount_decides_whether_a_folder_is_on_the_network() {
        assert!(!network_mount(MOUNTS, Path::new("/home/ana/.local/share/astra")));
        assert!(network_mount(MOUNTS, Path::new("/mnt/alcald\u{ed}a/astra")));
        assert!(network_mount(MOUNTS, Path::new("/mnt/con espacio/astra")));
        assert!(!network_mount(MOUNTS, Path::new("/mnt/otra")));
        assert!(network_mount(MOUNTS, Path::new("/run/user/1000/gvfs/smb-share:server=servidor")));
        assert!(network_mount(MOUNTS, Path::new("/mnt/c/Users/Ana")));
        assert!(!network_mount(MOUNTS, Path::new("/media/ana/USB/astra")));
    }

    #[test]
    fn a_data_folder_on_a_share_is_refused_before_anything_is_made_there() {
        let place = tempfile::tempdir().unwrap();
        let share = fs::canonicalize(place.path()).unwrap();
        let refused = DataFolder::make(&share.join("nueva/carpeta"), |path| path.starts_with(&share));
        assert_eq!(refused.unwrap_err().code(), "data_folder_on_network");
        assert_eq!(fs::read_dir(&share).unwrap().count(), 0);
    }

    #[test]
    fn a_data_folder_is_made_with_its_inner_folders() {
        let place = tempfile::tempdir().unwrap();
        let folder = DataFolder::open(Some(&place.path().join("nueva/carpeta ñ"))).unwrap();
        assert!(folder.models().is_dir() && folder.logs().is_dir());
    }
}
