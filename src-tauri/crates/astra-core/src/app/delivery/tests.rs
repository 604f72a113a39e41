//! «Recording in, Word out», with the sample.

use std::path::Path;
use std::time::Duration;

use super::*;
use crate::app::tests::{Desk, desk};
use crate::sessions::view::SessionState;

/// A desk that delivers Word and plain text into `folder`.
async fn delivering(folder: &str) -> Desk {
    let desk = desk(Duration::ZERO).await;
    let deliver_to = Some(desk.place.path().join(folder));
    let formats = vec![Format::Docx, Format::Txt];
    desk.app.settings_save(&Settings { deliver_to, formats, ..Settings::default() }).await.unwrap();
    desk
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

async fn delivered(desk: &Desk, session: SessionId) {
    for _ in 0..3_000 {
        let row = desk.app.session_row(session).await.unwrap();
        if row.undelivered.is_none() && desk.app.store().deliveries().await.unwrap().is_empty() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{:?}", desk.app.session_row(session).await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recording_that_comes_in_goes_out_as_word() {
    let desk = delivering("entrega").await;
    let folder = desk.place.path().join("entrega");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("acta.docx"), "lo que ya estaba").unwrap();
    let session = desk.heard_sample().await;
    delivered(&desk, session).await;
    let names = names(&folder);
    assert_eq!(std::fs::read_to_string(folder.join("acta.docx")).unwrap(), "lo que ya estaba");
    let words = names.iter().filter(|name| name.ends_with(".docx")).count();
    assert_eq!((words, names.iter().filter(|name| name.ends_with(".txt")).count()), (3, 1), "{names:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_is_away_is_no_failed_session_and_gets_its_documents_when_it_is_back() {
    let desk = delivering("unidad/entrega").await;
    let drive = desk.place.path().join("unidad");
    std::fs::write(&drive, "no es una carpeta").unwrap();
    let session = desk.heard_sample().await;
    let mut row = desk.app.session_row(session).await.unwrap();
    while row.undelivered.is_none() {
        tokio::time::sleep(Duration::from_millis(10)).await;
        row = desk.app.session_row(session).await.unwrap();
    }
    assert_eq!(row.state, SessionState::Ready);
    assert_eq!(row.undelivered.unwrap().code, "not_writable");
    let (_, retry_at_ms) = desk.app.store().deliveries().await.unwrap()[0].retry.unwrap();
    assert!(retry_at_ms > clock::now_ms());

    std::fs::remove_file(&drive).unwrap();
    desk.app.deliver_due().await;
    assert!(names(&drive.join("entrega")).is_empty(), "it is not time yet");
    desk.app.settings_save(&desk.app.settings_get().await.unwrap()).await.unwrap();
    desk.app.deliver_due().await;
    delivered(&desk, session).await;
    assert!(names(&drive.join("entrega")).iter().any(|name| name.ends_with(".docx")));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_delivered_when_nobody_chose_so_nor_after_it_was_taken_back() {
    let desk = delivering("unidad/entrega").await;
    std::fs::write(desk.place.path().join("unidad"), "no es una carpeta").unwrap();
    let session = desk.heard_sample().await;
    let kept = desk.app.settings_get().await.unwrap();
    while desk.app.store().deliveries().await.unwrap().iter().all(|delivery| delivery.retry.is_none()) {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    desk.app.settings_save(&Settings { deliver_to: None, ..kept }).await.unwrap();
    assert!(desk.app.store().deliveries().await.unwrap().is_empty());
    assert!(desk.app.session_row(session).await.unwrap().undelivered.is_none());
}
