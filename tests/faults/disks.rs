//! Disks that are full.

use std::fs;
use std::path::Path;

use crate::fault::Struck;
use crate::run::Run;
use crate::scene::{Scene, tool};
use crate::small_disk::SmallDisk;
use crate::speech::copy_folder;

/// Nothing more can be committed: what was committed stays, and the job goes on when there is room.
pub fn full_in_the_database(scene: &mut Scene) -> Struck {
    let data = scene.astra.data();
    let aside = scene.astra.folder().join("aparte");
    fs::rename(&data, &aside).unwrap();
    fs::create_dir(&data).unwrap();
    put_on_small_disk(scene, &data, "96m")?;
    copy_folder(&aside, &data);
    fs::remove_dir_all(&aside).unwrap();
    // The model is there, and then room for the first chunks only.
    scene.astra.run(&["jobs", "list", "--json"]);
    let used: u64 = tool("df", &["--output=used".as_ref(), "-k".as_ref(), data.as_os_str()])
        .lines()
        .nth(1)
        .unwrap()
        .trim()
        .parse()
        .unwrap();
    let room = scene.seed.within(16..220);
    scene.disks[0].resize(&format!("{}k", used + room));
    let mut run = Run::start(scene.order());
    assert_eq!(run.ended().as_deref(), Some("disk_full"), "{room} KiB");
    scene.listened(&run);
    scene.disks[0].resize("96m");
    scene.struck();
    scene.edit("Corregido después.");
    finish(scene)
}

/// The documents do not fit: none is left half-written, and nothing has to be heard again.
pub fn full_in_the_export(scene: &mut Scene) -> Struck {
    scene.brings_short();
    let out = scene.astra.out();
    let size = format!("{}k", scene.seed.within(1..7) * 4);
    put_on_small_disk(scene, &out, &size)?;
    let mut run = Run::start(scene.order());
    assert_eq!(run.ended().as_deref(), Some("disk_full"), "{size}");
    scene.listened(&run);
    scene.struck();
    let left: Vec<_> = fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().ends_with(".part")), "{left:?}");
    scene.edit("Corregido después.");
    scene.disks[0].resize("8m");
    scene.goes_on();
    Ok(())
}

/// A log that cannot be written is no reason not to work.
pub fn full_in_the_log(scene: &mut Scene) -> Struck {
    scene.brings_short();
    let logs = scene.astra.data().join("logs");
    fs::create_dir_all(&logs).unwrap();
    put_on_small_disk(scene, &logs, "8k")?;
    if scene.seed.turn(&[true, false]) {
        // From the first line on, or after some.
        fs::write(logs.join("lleno.txt"), [b'x'; 8192]).unwrap();
    }
    let mut run = Run::start(scene.order());
    assert_eq!(run.ended(), None);
    scene.listened(&run);
    scene.edit("Corregido después.");
    scene.is_exported();
    scene.disks.clear();
    Ok(())
}

/// Where the job could begin it is there to go on; otherwise the order is given again.
fn finish(scene: &mut Scene) -> Struck {
    let mut again = Run::start(scene.order());
    assert_eq!(again.ended(), None);
    scene.listened(&again);
    scene.is_exported();
    Ok(())
}

fn put_on_small_disk(scene: &mut Scene, folder: &Path, size: &str) -> Struck {
    let disk = SmallDisk::mount(folder, size).ok_or("a full disk needs the right to mount one")?;
    scene.disks.push(disk);
    Ok(())
}
