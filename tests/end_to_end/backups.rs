//! Backups as a secretary without a window has them: a database that was damaged is not the end of her work.

use std::fs;
use std::path::PathBuf;

use crate::astra::{Astra, Ran};
#[cfg(target_os = "linux")]
use crate::small_disk::SmallDisk;

#[test]
fn after_the_database_was_damaged_a_backup_brings_the_sessions_back_and_the_damaged_one_stays() {
    let astra = Astra::with_the_sample_heard();
    let before = astra.transcript();
    let made = astra.run(&["backup", "now", "--json"]).objects().remove(0);
    assert_eq!((&made["sessions"], &made["damage"]), (&1.into(), &serde_json::Value::Null));

    let database = astra.data().join("astra.db");
    let mut bytes = fs::read(&database).unwrap();
    let length = bytes.len();
    bytes[..length / 2].fill(0x5A);
    fs::write(&database, &bytes).unwrap();
    let refused = astra.run(&["sessions", "list", "--json"]);
    assert_eq!((refused.error().as_str(), refused.code), ("database_damaged", Some(9)));
    let told = astra.command(&["sessions", "list"]).output().unwrap();
    let told = String::from_utf8(told.stderr).unwrap();
    assert!(told.contains("dañada") && told.contains("astra backup restore"), "{told}");
    assert_eq!(fs::read(&database).unwrap(), bytes, "nobody writes to a damaged database");

    let name = made["name"].as_str().unwrap();
    let restored = astra.run(&["backup", "restore", name, "--json"]).objects().remove(0);
    assert_eq!(restored["sessions"], 1);
    assert_eq!(astra.transcript(), before);
    let kept = astra.data().join("backups").join(restored["kept"].as_str().unwrap());
    assert_eq!(fs::read(kept).unwrap(), bytes);
}

#[test]
fn a_backup_is_made_once_a_day_and_one_that_is_damaged_is_not_restored() {
    let astra = Astra::new();
    assert_eq!(astra.run(&["backup", "list", "--json"]).objects().len(), 0);
    astra.transcribe_sample().event("job_done");
    astra.run(&["jobs", "list"]);
    astra.run(&["jobs", "list"]);
    let listed = astra.run(&["backup", "--json"]).objects();
    assert_eq!(listed.len(), 1, "{listed:?}");
    assert_eq!((&listed[0]["kind"], &listed[0]["sessions"]), (&"daily".into(), &1.into()));

    let name = listed[0]["name"].as_str().unwrap();
    let path = astra.data().join("backups").join(name);
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() / 3]).unwrap();
    assert!(astra.run(&["backup", "list", "--json"]).objects()[0]["damage"].is_string());
    let said = astra.command(&["backup", "list"]).output().unwrap();
    assert!(String::from_utf8(said.stdout).unwrap().contains("dañada"));
    assert_eq!(astra.run(&["backup", "restore", name, "--json"]).error(), "backup_unusable");
    assert_eq!(astra.run(&["sessions", "list", "--json"]).objects().len(), 1, "and nothing was changed");
}

#[test]
fn who_deletes_a_session_is_told_until_when_the_backups_keep_it() {
    let astra = Astra::with_the_sample_heard();
    let id = astra.run(&["sessions", "list", "--json"]).objects()[0]["id"].as_str().unwrap().to_owned();
    let made_at_ms = astra.run(&["backup", "list", "--json"]).objects()[0]["made_at_ms"].as_i64().unwrap();
    let deleted = astra.run(&["sessions", "delete", &id, "--json"]).objects().remove(0);
    assert_eq!(deleted["in_backups_until_ms"], made_at_ms + 7 * 24 * 3_600_000);
}

#[test]
fn while_a_session_is_heard_nothing_is_put_in_the_place_of_its_database() {
    let astra = Astra::new();
    let sample = crate::astra::sample();
    let mut running =
        astra.start(&["transcribe".as_ref(), sample.as_os_str(), "--out".as_ref(), astra.out().as_os_str()]);
    running.wait_for("chunk_heard", |_| true).unwrap();
    let made = astra.run(&["backup", "now", "--json"]).objects().remove(0);
    let refused = astra.run(&["backup", "restore", made["name"].as_str().unwrap(), "--json"]);
    assert_eq!(refused.error(), "data_folder_busy");
    running.wait_for("job_done", |_| true).unwrap();
}

#[cfg(target_os = "linux")]
#[test]
fn on_a_full_disk_no_half_backup_is_left_and_the_former_one_stays() {
    let astra = Astra::with_the_sample_heard();
    let backups = astra.data().join("backups");
    fs::create_dir_all(&backups).unwrap();
    let Some(disk) = SmallDisk::mount(&backups, "64m") else { return };
    let first = astra.run(&["backup", "now", "--json"]).objects().remove(0);
    disk.resize("16m");
    // Asked beforehand the disk says that it is too small, and nothing is begun.
    let refused: Ran = astra.run(&["backup", "now", "--json"]);
    assert_eq!((refused.error().as_str(), refused.code), ("disk_too_small", Some(8)));
    let names: Vec<PathBuf> = fs::read_dir(&backups).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(names, [backups.join(first["name"].as_str().unwrap())]);
    // The work itself goes on.
    assert_eq!(astra.run(&["sessions", "list", "--json"]).objects().len(), 1);
    disk.resize("64m");
    assert_eq!(astra.run(&["backup", "list", "--json"]).objects()[0]["damage"], serde_json::Value::Null);
}
