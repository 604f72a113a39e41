//! Backups: made before tables change and whole or not at all, and never of what cannot be read.

use super::super::tests::{a_session, store};
use super::*;

fn names(folder: &DataFolder) -> Vec<String> {
    let entries = fs::read_dir(folder.backups()).into_iter().flatten();
    entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
}

async fn kept() -> (tempfile::TempDir, DataFolder, Store, SessionId) {
    let (place, store) = store().await;
    let folder = DataFolder::open(Some(place.path())).unwrap();
    let session = a_session(&store).await.session.id;
    (place, folder, store, session)
}

/// Spoils the middle of a file, as a bad sector does.
fn spoil(path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    let (length, page) = (bytes.len(), 4096);
    bytes[page..length - page].fill(0xA5);
    fs::write(path, bytes).unwrap();
}

#[tokio::test]
async fn a_backup_is_a_whole_database_of_its_own_with_all_that_was_committed() {
    let (_place, folder, store, session) = kept().await;
    let made = store.back_up(&folder, BackupKind::Manual).await.unwrap();
    assert_eq!((made.sessions, &made.damage), (Some(1), &None));
    assert_eq!(names(&folder), std::slice::from_ref(&made.name));
    let path = folder.backups().join(&made.name);
    assert!(holds(&path, session).await && !holds(&path, SessionId::new()).await);
    assert_eq!(recordings_in(&path).await.unwrap().len(), 2);
    assert_eq!(list(&folder).await, [made]);
}

#[tokio::test]
async fn what_was_deleted_is_in_no_later_backup() {
    let (_place, folder, store, session) = kept().await;
    store.delete_session(session).await.unwrap();
    let made = store.back_up(&folder, BackupKind::Manual).await.unwrap();
    let bytes = fs::read(folder.backups().join(made.name)).unwrap();
    assert!(!bytes.windows(6).any(|window| window == b"huella"));
}

#[tokio::test]
async fn a_backup_that_was_spoilt_later_is_told_from_a_good_one() {
    let (_place, folder, store, _) = kept().await;
    let made = store.back_up(&folder, BackupKind::Manual).await.unwrap();
    spoil(&folder.backups().join(&made.name));
    let listed = list(&folder).await;
    assert_eq!(listed[0].sessions, None);
    assert!(listed[0].damage.is_some());
}

#[tokio::test]
async fn of_a_damaged_database_no_backup_is_made_and_the_former_one_stays() {
    let (_place, folder, store, _) = kept().await;
    let made = store.back_up(&folder, BackupKind::Daily).await.unwrap();
    store.close().await;
    spoil(&folder.database());
    let error = match Store::open(&folder).await {
        Ok(store) => store.back_up(&folder, BackupKind::Daily).await.unwrap_err(),
        Err(error) => error,
    };
    assert_eq!(error.code(), "database_damaged");
    assert_eq!(names(&folder), [made.name]);
    assert!(!is_whole(&folder).await);
}

#[tokio::test]
async fn where_nothing_can_be_written_the_error_names_the_place_and_not_the_database() {
    let (_place, folder, store, _) = kept().await;
    let nowhere = folder.backups().join("no-hay/copia.db");
    let error = copy_into(&store.pool, &folder.database(), &nowhere).await.unwrap_err();
    assert!(matches!(&error, Error::NotWritable { path, .. } if *path == nowhere.display().to_string()), "{error}");
}

#[tokio::test]
async fn before_the_tables_change_a_backup_is_made_as_they_were() {
    let place = tempfile::tempdir().unwrap();
    let folder = DataFolder::open(Some(place.path())).unwrap();
    let options = SqliteConnectOptions::new().filename(folder.database()).create_if_missing(true);
    let old = SqlitePoolOptions::new().connect_with(options).await.unwrap();
    MIGRATIONS.run_to(3, &old).await.unwrap();
    sqlx::query("INSERT INTO session (id, title, language, created_at_ms) VALUES ('a', 'Antigua', 'es', 0)")
        .execute(&old)
        .await
        .unwrap();
    old.close().await;

    let store = Store::open(&folder).await.unwrap();
    store.close().await;
    let listed = list(&folder).await;
    assert_eq!((listed.len(), listed[0].kind, listed[0].sessions), (1, BackupKind::Migration, Some(1)));
    assert_eq!(inspect(&folder.backups().join(&listed[0].name)).await.unwrap().version, 3);

    // Nothing changes any more, so there is nothing to keep.
    Store::open(&folder).await.unwrap();
    assert_eq!(list(&folder).await.len(), 1);
}

#[tokio::test]
async fn a_database_that_is_gone_or_empty_is_not_taken_for_a_new_one_while_there_are_backups() {
    let (_place, folder, store, _) = kept().await;
    store.back_up(&folder, BackupKind::Manual).await.unwrap();
    store.close().await;
    fs::write(folder.database(), "").unwrap();
    assert_eq!(Store::open(&folder).await.unwrap_err().code(), "database_damaged");
    fs::remove_file(folder.database()).unwrap();
    assert_eq!(Store::open(&folder).await.unwrap_err().code(), "database_damaged");
    assert!(!folder.database().exists());
}
