//! Recordings that cannot be read any more in the middle of the work.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::fault::Struck;
use crate::kills::{decoded_bytes, decoder};
use crate::run::Run;
use crate::scene::{Scene, tool};
use crate::small_disk::SmallDisk;

/// Whoever may do nothing.
const NOBODY: &str = "65534";

/// A card whose bytes are gone while ffmpeg reads them: the disk under a file system is made shorter, so that reading
/// on is an error of the device, as with a card that is pulled.
pub fn pulled(scene: &mut Scene) -> Struck {
    let image = scene.astra.folder().join("tarjeta.img");
    let folder = scene.astra.folder().join("TARJETA");
    fs::create_dir(&folder).unwrap();
    File::create(&image).unwrap().set_len(16 << 20).unwrap();
    tool("mkfs.ext4", &["-q".as_ref(), image.as_os_str()]);
    let card = Card::plug(&image, &folder)?;
    scene.brings(&scene.ground.long, &folder);
    tool("sync", &["-f".as_ref(), folder.as_os_str()]);
    let whole = fs::read(&image).unwrap();

    let enough = decoded_bytes(scene);
    let mut run = Run::start(scene.order());
    let ffmpeg = decoder(&mut run, true, enough);
    // It reads so fast that it has to wait until the card is out.
    tool("kill", &["-STOP", &ffmpeg]);
    File::options().write(true).open(&image).unwrap().set_len(1 << 20).unwrap();
    forget(&scene.recording);
    tool("blockdev", &["--flushbufs", &card.device]);
    tool("kill", &["-CONT", &ffmpeg]);
    let failure = run.ended();
    scene.listened(&run);
    scene.struck();
    drop(card);
    fs::write(&image, &whole).unwrap();
    let card = Card::plug(&image, &folder)?;
    let told = matches!(failure.as_deref(), Some("decoding_broke" | "recording_unreadable"));
    assert!(told, "what could not be read on was taken for the end after {enough} bytes: {failure:?}");
    scene.edit("Corregido después.");
    scene.goes_on();
    scene.disks.push(card.leave());
    Ok(())
}

/// Another recording lies under the name when the work goes on: it is not taken for the first one.
pub fn replaced(scene: &mut Scene) -> Struck {
    let moment = scene.moment_of_hearing();
    let mut run = Run::start(scene.order());
    scene.reach(&mut run, moment);
    run.kill();
    scene.listened(&run);
    scene.struck();
    let aside = scene.astra.folder().join("aparte.wav");
    fs::rename(&scene.recording, &aside).unwrap();
    let mut other = fs::read(&scene.ground.short.path).unwrap();
    if scene.seed.turn(&[true, false]) {
        // Of the very same size.
        let length = fs::metadata(&aside).unwrap().len() as usize;
        other.resize(length, 0);
    }
    fs::write(&scene.recording, &other).unwrap();
    let mut refused = Run::start(scene.astra.command(&["jobs", "resume", "--json"]));
    assert_eq!(refused.ended().as_deref(), Some("recording_changed"));
    scene.listened(&refused);
    assert_eq!(fs::read(&scene.recording).unwrap(), other, "what lies there is not ours");
    fs::rename(&aside, &scene.recording).unwrap();
    scene.goes_on();
    Ok(())
}

/// Somebody who may not read the recording any more, or not write any more what came of it.
pub fn denied(scene: &mut Scene) -> Struck {
    scene.brings_short();
    if tool("id", &["-u"]).trim() != "0" {
        return Err("only the administrator can step down".to_owned());
    }
    let program = Path::new(env!("CARGO_BIN_EXE_astra"));
    let passable = |folder: &Path| fs::metadata(folder).is_ok_and(|facts| facts.permissions().mode() & 1 != 0);
    if !program.ancestors().skip(1).all(passable) {
        return Err("the program lies where another user cannot start it".to_owned());
    }
    tool("chown", &["-R".as_ref(), NOBODY.as_ref(), scene.astra.folder().as_os_str()]);
    let moment = scene.moment_of_hearing();
    let mut run = Run::start(as_nobody(&scene.order()));
    scene.reach(&mut run, moment);
    run.kill();
    scene.listened(&run);
    scene.struck();
    let (denied, may, code) = scene.seed.turn(&[
        (scene.recording.clone(), 0o000, "recording_unreadable"),
        (scene.astra.out(), 0o555, "not_writable"),
        (scene.astra.data(), 0o555, "not_writable"),
    ]);
    let before = fs::metadata(&denied).unwrap().permissions();
    let resume = scene.astra.command(&["jobs", "resume", "--json"]);
    fs::set_permissions(&denied, Permissions::from_mode(may)).unwrap();
    if denied == scene.astra.data() {
        // What was opened before may still be written.
        fs::set_permissions(scene.astra.data().join("astra.db"), Permissions::from_mode(0o444)).unwrap();
    }
    let mut refused = Run::start(as_nobody(&resume));
    assert_eq!(refused.ended().as_deref(), Some(code), "{}", denied.display());
    scene.listened(&refused);
    scene.struck();
    fs::set_permissions(&denied, before).unwrap();
    fs::set_permissions(scene.astra.data().join("astra.db"), Permissions::from_mode(0o644)).unwrap();
    let mut last = Run::start(as_nobody(&resume));
    assert_eq!(last.ended(), None);
    scene.listened(&last);
    scene.is_exported();
    Ok(())
}

/// A file system in a file.
struct Card {
    device: String,
    folder: PathBuf,
}

impl Card {
    fn plug(image: &Path, folder: &Path) -> Result<Self, String> {
        let lacking = || "a card needs a loop device".to_owned();
        let found = Command::new("losetup").args(["--find", "--show"]).arg(image).output();
        let found = found.ok().filter(|output| output.status.success()).ok_or_else(lacking)?;
        let device = String::from_utf8(found.stdout).unwrap().trim().to_owned();
        let card = Self { device, folder: folder.to_owned() };
        let mounted = Command::new("mount").arg(&card.device).arg(folder).status();
        mounted.is_ok_and(|status| status.success()).then_some(card).ok_or_else(lacking)
    }

    /// Leaves it where it is until the scene is over.
    fn leave(self) -> SmallDisk {
        let device = self.device.clone();
        let disk = SmallDisk(self.folder.clone());
        std::mem::forget(self);
        // It goes when nothing is mounted from it any more.
        let _ = Command::new("losetup").args(["--detach", &device]).status();
        disk
    }
}

impl Drop for Card {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.folder).status();
        let _ = Command::new("losetup").args(["--detach", &self.device]).status();
    }
}

/// Has the system forget what it read of a file, since a pulled card cannot be read from memory either.
fn forget(path: &Path) {
    let forget = "import os, sys; os.posix_fadvise(os.open(sys.argv[1], os.O_RDONLY), 0, 0, os.POSIX_FADV_DONTNEED)";
    tool("python3", &["-c".as_ref(), forget.as_ref(), path.as_os_str()]);
}

fn as_nobody(order: &Command) -> Command {
    let mut command = Command::new("setpriv");
    command.args([&format!("--reuid={NOBODY}"), &format!("--regid={NOBODY}"), "--clear-groups"]);
    command.arg(order.get_program()).args(order.get_args());
    command.envs(order.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.current_dir(order.get_current_dir().unwrap());
    command
}
