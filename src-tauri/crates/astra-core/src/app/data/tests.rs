//! Carrying data elsewhere: all of it or nothing, and always to be found.

use std::time::Duration;

use super::super::tests::desk;
use super::archive::{export, import};
use super::*;
use crate::id::RecordingId;
use crate::store::Store;
use crate::store::tests::a_session;

/// A data folder with a session, what was derived from its recording, and a backup.
async fn lived_in() -> (tempfile::TempDir, DataFolder, RecordingId) {
    let place = tempfile::tempdir().unwrap();
    let folder = DataFolder::open(Some(&place.path().join("datos"))).unwrap();
    let store = Store::open(&folder).await.unwrap();
    let recording = a_session(&store).await.parts[0].recording.id;
    store.back_up(&folder, backup::files::BackupKind::Manual).await.unwrap();
    store.close().await;
    let derived = folder.recording(recording);
    fs::create_dir_all(derived.join("copy")).unwrap();
    fs::write(derived.join("peaks.bin"), [7; 5_000]).unwrap();
    fs::write(derived.join("copy/0.opus"), [9; 70_000]).unwrap();
    fs::write(derived.join("peaks.lock"), "").unwrap();
    (place, folder, recording)
}

async fn sessions(folder: &DataFolder) -> usize {
    let store = Store::open(folder).await.unwrap();
    let count = store.sessions().await.unwrap().len();
    store.close().await;
    count
}

/// Every file of a folder that is data, with its bytes.
fn bytes(folder: &DataFolder) -> Vec<(PathBuf, Vec<u8>)> {
    files_of(folder).into_iter().map(|(name, _)| (name.clone(), fs::read(folder.path().join(name)).unwrap())).collect()
}

#[tokio::test]
async fn a_moved_folder_holds_all_that_the_old_one_held_and_is_found_from_there() {
    let (place, old, recording) = lived_in().await;
    let before = bytes(&old);
    let target = place.path().join("disco/Astra ñ");
    let mut told = Vec::new();
    let new = move_to(&old, &target, &Stop::default(), |done, total| told.push((done, total))).await.unwrap();
    assert_eq!(bytes(&new), before);
    assert!(told.last().is_some_and(|(done, total)| done == total && *total > 0));
    assert!(bytes(&old).is_empty(), "nothing is left behind");
    assert_eq!(DataFolder::open(Some(old.path())).unwrap(), new);
    assert_eq!(sessions(&new).await, 1);
    assert!(new.recording(recording).join("peaks.bin").exists() && !new.path().join(ARRIVING).exists());

    // And back again.
    let back = move_to(&new, old.path(), &Stop::default(), |_, _| {}).await.unwrap();
    assert_eq!(back, old);
    assert_eq!(DataFolder::open(Some(old.path())).unwrap(), old);
    assert_eq!(sessions(&old).await, 1);
}

#[tokio::test]
async fn data_are_not_moved_into_themselves_nor_to_where_something_lies_nor_from_under_a_program() {
    let (place, old, _) = lived_in().await;
    let before = bytes(&old);
    let full = place.path().join("fotos");
    fs::create_dir(&full).unwrap();
    fs::write(full.join("foto.jpg"), "x").unwrap();
    for target in [old.path().join("dentro"), old.path().to_owned(), place.path().to_owned(), full.clone()] {
        let refused = move_to(&old, &target, &Stop::default(), |_, _| {}).await.unwrap_err();
        assert_eq!(refused.code(), "data_folder_taken", "{}", target.display());
    }
    let program = Store::open(&old).await.unwrap();
    let refused = move_to(&old, &place.path().join("otro"), &Stop::default(), |_, _| {}).await.unwrap_err();
    assert_eq!(refused.code(), "data_folder_busy");
    program.close().await;
    drop(program);
    assert_eq!(bytes(&old), before);
    assert_eq!(fs::read_dir(full).unwrap().count(), 1);
}

#[tokio::test]
async fn a_move_that_was_cut_short_loses_nothing_and_can_be_begun_again() {
    let (place, old, _) = lived_in().await;
    let (before, target) = (bytes(&old), place.path().join("nuevo"));
    let stop = Stop::default();
    let asked = stop.clone();
    let stopped = move_to(&old, &target, &stop, move |_, _| asked.set()).await.unwrap_err();
    assert_eq!(stopped, Error::Stopped);
    assert_eq!(bytes(&old), before);

    // Killed half-way, some files and the note about where they come from are there.
    let half = DataFolder::open_here(&target).unwrap();
    fs::write(half.path().join(ARRIVING), old.path().as_os_str().as_encoded_bytes()).unwrap();
    fs::create_dir_all(half.recordings()).unwrap();
    fs::write(half.recordings().join("half"), "x").unwrap();
    assert_eq!(DataFolder::open(Some(old.path())).unwrap(), old);
    let new = move_to(&old, &target, &Stop::default(), |_, _| {}).await.unwrap();
    assert_eq!(bytes(&new), before);

    // Killed after the note was left, the old files are still there; the new ones are those that count.
    fs::write(old.database(), "left").unwrap();
    assert_eq!(DataFolder::open(Some(old.path())).unwrap(), new);
    assert_eq!(sessions(&new).await, 1);
    assert!(!old.database().exists(), "what was left behind goes when it is found");
}

#[tokio::test]
async fn an_export_is_imported_on_another_computer_with_what_was_derived() {
    let (place, folder, recording) = lived_in().await;
    let zip = place.path().join("astra.zip");
    let open = Store::open(&folder).await.unwrap();
    export(&folder, &zip, &Stop::default(), |_, _| {}).await.unwrap();
    drop(open);
    assert_eq!(export(&folder, &zip, &Stop::default(), |_, _| {}).await.unwrap_err().code(), "not_writable");

    let other = DataFolder::open(Some(&place.path().join("otro"))).unwrap();
    let imported = import(&other, &zip, &Stop::default(), |_, _| {}).await.unwrap();
    assert_eq!((imported.sessions, imported.kept), (1, None));
    assert_eq!(sessions(&other).await, 1);
    assert_eq!(fs::read(other.recording(recording).join("copy/0.opus")).unwrap(), [9; 70_000]);
    assert!(!other.recording(recording).join("peaks.lock").exists() && !other.importing().exists());

    // Where there are data already they are kept aside.
    let store = Store::open(&other).await.unwrap();
    a_session(&store).await;
    store.close().await;
    drop(store);
    let imported = import(&other, &zip, &Stop::default(), |_, _| {}).await.unwrap();
    assert_eq!(sessions(&other).await, 1);
    let kept = other.backups().join(imported.kept.unwrap());
    assert_eq!(backup::inspect(&kept).await.unwrap().sessions, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_that_was_damaged_changes_nothing() {
    let (place, folder, _) = lived_in().await;
    let zip = place.path().join("astra.zip");
    export(&folder, &zip, &Stop::default(), |_, _| {}).await.unwrap();
    let whole = fs::read(&zip).unwrap();
    let desk = desk(Duration::ZERO).await;
    a_session(desk.app.store()).await;
    desk.app.store().close().await;
    let other = desk.app.folder().clone();
    drop(desk.app);
    let place_of_opus = whole.windows(8).position(|window| window == [9; 8]).unwrap();
    let mut spoilt = whole.clone();
    spoilt[place_of_opus + 100] = 8;
    for damaged in [spoilt, whole[..whole.len() / 2].to_vec(), b"esto no es un zip".to_vec()] {
        fs::write(&zip, damaged).unwrap();
        let refused = import(&other, &zip, &Stop::default(), |_, _| {}).await.unwrap_err();
        assert_eq!(refused.code(), "archive_unusable");
        assert_eq!(sessions(&other).await, 1);
        assert!(!other.importing().exists());
    }
}
