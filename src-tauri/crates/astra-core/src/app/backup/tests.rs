//! Restoring: what was the database stays under another name, and what is no good takes nobody's place.

use std::fs;
use std::time::Duration;

use super::super::tests::{Desk, desk};
use super::*;
use crate::store::Store;
use crate::store::tests::a_session;

async fn with_a_backup() -> (Desk, DataFolder, Backup) {
    let desk = desk(Duration::ZERO).await;
    let folder = desk.app.folder().clone();
    a_session(desk.app.store()).await;
    let made = desk.app.backup_make().await.unwrap();
    (desk, folder, made)
}

async fn sessions(folder: &DataFolder) -> usize {
    let store = Store::open(folder).await.unwrap();
    let sessions = store.sessions().await.unwrap().len();
    store.close().await;
    sessions
}

#[tokio::test]
async fn a_backup_takes_the_place_of_the_database_which_is_kept_and_can_come_back() {
    let (desk, folder, made) = with_a_backup().await;
    a_session(desk.app.store()).await;
    let restored = desk.app.backup_restore(Path::new(&made.name)).await.unwrap();
    assert_eq!(restored.sessions, 1);
    drop(desk.app);
    assert_eq!(sessions(&folder).await, 1);

    let listed = backup::list(&folder).await;
    let kept = listed.iter().find(|one| Some(&one.name) == restored.kept.as_ref()).unwrap();
    assert_eq!((kept.kind, kept.sessions), (BackupKind::Replaced, Some(2)));
    restore(&folder, Path::new(&kept.name)).await.unwrap();
    assert_eq!(sessions(&folder).await, 2);
}

#[tokio::test]
async fn a_damaged_database_is_kept_byte_for_byte_when_a_backup_takes_its_place() {
    let (desk, folder, made) = with_a_backup().await;
    desk.app.store().close().await;
    drop(desk.app);
    let damaged = "esto ya no es una base de datos".repeat(500);
    fs::write(folder.database(), &damaged).unwrap();
    assert_eq!(Store::open(&folder).await.unwrap_err().code(), "database_damaged");
    assert_eq!(newest(&folder).await.as_ref(), Some(&made));

    let restored = restore(&folder, Path::new(&made.name)).await.unwrap();
    assert_eq!(sessions(&folder).await, 1);
    let kept = folder.backups().join(restored.kept.unwrap());
    assert!(kept.to_string_lossy().ends_with("-damaged.db"));
    assert_eq!(fs::read_to_string(kept).unwrap(), damaged);
    assert_eq!(newest(&folder).await.unwrap().name, made.name, "a damaged one is not offered");
}

#[tokio::test]
async fn what_is_no_good_backup_takes_nobody_s_place() {
    let (desk, folder, made) = with_a_backup().await;
    let path = folder.backups().join(&made.name);
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    for wanted in [&made.name, "no-existe.db", "../astra.db-wal"] {
        let refused = desk.app.backup_restore(Path::new(wanted)).await.unwrap_err();
        assert_eq!(refused.code(), "backup_unusable", "{wanted}");
    }
    assert_eq!(desk.app.store().sessions().await.unwrap().len(), 1, "and Astra goes on with what it has");
    assert!(!folder.database().with_extension("db.part").exists());
}

#[tokio::test]
async fn nothing_is_restored_under_the_hands_of_another_program() {
    let (desk, folder, made) = with_a_backup().await;
    let other = Store::open(&folder).await.unwrap();
    let refused = desk.app.backup_restore(Path::new(&made.name)).await.unwrap_err();
    assert_eq!(refused.code(), "data_folder_busy");
    assert_eq!(desk.app.store().sessions().await.unwrap().len(), 1);
    drop(other);
    let session = desk.app.store().sessions().await.unwrap()[0].session.id;
    let lease = Lease::take(&folder, session).unwrap();
    assert_eq!(desk.app.backup_restore(Path::new(&made.name)).await.unwrap_err().code(), "session_busy");
    drop(lease);
    desk.app.backup_restore(Path::new(&made.name)).await.unwrap();
}

#[tokio::test]
async fn a_daily_backup_is_made_once_a_day_and_not_of_nothing() {
    let desk = desk(Duration::ZERO).await;
    assert_eq!(desk.app.backup_daily().await.unwrap(), None);
    let session = a_session(desk.app.store()).await.session.id;
    assert_eq!(desk.app.in_backups_until_ms(session).await, None);
    let made = desk.app.backup_daily().await.unwrap().unwrap();
    assert_eq!(desk.app.backup_daily().await.unwrap(), None);
    assert_eq!(desk.app.in_backups_until_ms(session).await, Some(made.made_at_ms + 7 * DAY_MS));

    // Yesterday's is old enough for another one.
    let folder = desk.app.folder();
    let yesterday = BackupFile::new(folder, BackupKind::Daily, made.made_at_ms - DAY_MS - 1);
    fs::rename(folder.backups().join(made.name), yesterday.path).unwrap();
    assert!(desk.app.backup_daily().await.unwrap().is_some());
}
