//! Renditions through the calls that the window makes: what is reserved or personal is neither heard nor read in
//! the public ones, and nothing half made stays.

use std::time::Duration;

use super::super::tests::{Desk, desk};
use super::*;
use crate::media::decode::{Decoder, Input};
use crate::transcript::{Edit, Mark};

/// A session with a telephone number in its first segment and its third one reserved, and where that is.
async fn edited() -> (Desk, SessionId, std::ops::Range<u64>) {
    let desk = desk(Duration::ZERO).await;
    let session = desk.heard_sample().await;
    let text = desk.app.transcript_open(session).await.unwrap();
    let said = "Mi celular es 310 555 01 42 para quien lo necesite.".to_owned();
    let edit = Edit::Retext { segment: text.segments[0].id, text: said, continues: false };
    let revision = desk.app.transcript_edit(session, text.revision, &edit).await.unwrap().revision;
    let reserved = &text.segments[2];
    let edit = Edit::Mark { segments: vec![reserved.id], mark: Some(Mark::Reserved) };
    desk.app.transcript_edit(session, revision, &edit).await.unwrap();
    (desk, session, reserved.start_ms..reserved.end_ms)
}

fn wish(desk: &Desk, profile: &str, copy: Copy) -> RenditionWish {
    RenditionWish { profile: profile.to_owned(), copy, folder: desk.app.folder().path().join("salida"), name: None }
}

fn files(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// The loudest sample in a stretch of a file.
fn loudest(path: &Path, range: &std::ops::Range<u64>) -> i16 {
    let mut decoder = Decoder::start(Input::File(path.to_owned()), &Stop::default()).unwrap();
    let (mut all, mut samples) = (Vec::new(), Vec::new());
    while decoder.read(&mut samples).unwrap() > 0 {
        all.extend_from_slice(&samples);
    }
    let at = |ms: u64| (ms * 16) as usize;
    all[at(range.start)..at(range.end)].iter().map(|sample| sample.saturating_abs()).max().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_reserved_is_read_in_no_copy_and_heard_only_in_the_complete_one() {
    let (desk, session, reserved) = edited().await;
    let stop = Stop::default();
    let complete = desk.app.hidden(session, Copy::Complete).await.unwrap();
    assert!(complete.silent.is_empty() && complete.dark.is_empty());
    assert!(String::from_utf8_lossy(&complete.subtitles).contains("310 555 01 42"));
    let public = desk.app.hidden(session, Copy::Public).await.unwrap();
    assert!(!String::from_utf8_lossy(&public.subtitles).contains("555"));
    assert_eq!((public.dark.len(), public.silent.len()), (1, 2));
    assert!(public.dark[0].start < reserved.start && reserved.end < public.dark[0].end);

    let heard = |copy| {
        let (app, wish, stop) = (desk.app.clone(), wish(&desk, "mp3", copy), stop.clone());
        async move { app.render(session, &wish, &stop, |_, _| {}).await.unwrap() }
    };
    let (everything, quiet) = (heard(Copy::Complete).await, heard(Copy::Public).await);
    assert!(loudest(&everything, &reserved) > 500);
    assert!(loudest(&quiet, &reserved) < 30, "{}", loudest(&quiet, &reserved));
    assert!(everything.ends_with("acta · mp3.mp3") && quiet.ends_with("acta · mp3 · pública.mp3"));
    assert!(desk.app.document_is_ours(&quiet).await.unwrap(), "the window may open it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_somebody_changed_is_left_and_one_of_ours_is_made_anew() {
    let desk = desk(Duration::ZERO).await;
    let session = desk.heard_sample().await;
    let wish = wish(&desk, "waveform-png", Copy::Complete);
    let made = async || desk.app.render(session, &wish, &Stop::default(), |_, _| {}).await.unwrap();
    let first = made().await;
    assert!(std::fs::read(&first).unwrap().starts_with(b"\x89PNG"));
    assert_eq!(made().await, first);
    std::fs::write(&first, "theirs").unwrap();
    assert!(made().await.ends_with("acta · waveform-png (2).png"));
    assert_eq!(std::fs::read_to_string(&first).unwrap(), "theirs");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_session_without_video_cannot_be_rendered_as_is_refused_before_anything_is_made() {
    let desk = desk(Duration::ZERO).await;
    let session = desk.heard_sample().await;
    let rows = desk.app.rendition_profiles(session).await.unwrap();
    let possible: Vec<&str> = rows.iter().filter(|row| row.possible).map(|row| row.id.as_str()).collect();
    assert_eq!(possible, ["mp3", "wav", "waveform-json", "waveform-png"]);
    for (profile, code) in
        [("poster", "picture_missing"), ("mp4-720p", "picture_missing"), ("mp5", "rendition_unknown")]
    {
        let wish = wish(&desk, profile, Copy::Complete);
        let refused = desk.app.render(session, &wish, &Stop::default(), |_, _| {}).await.unwrap_err();
        assert_eq!(refused.code(), code);
    }
    assert_eq!(files(&desk.app.folder().path().join("salida")), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rendition_that_is_stopped_or_whose_recording_is_gone_leaves_nothing() {
    let desk = desk(Duration::ZERO).await;
    let session = desk.heard_sample().await;
    let stop = Stop::default();
    stop.set();
    let wish = wish(&desk, "wav", Copy::Complete);
    let stopped = desk.app.render(session, &wish, &stop, |_, _| {}).await.unwrap_err();
    assert_eq!(stopped, Error::Stopped);
    assert_eq!(files(&wish.folder), Vec::<String>::new());

    // Without the recording its listening copy serves; without both there is nothing to render.
    let recording = desk.app.store().session(session).await.unwrap().parts.remove(0).recording;
    let crate::sessions::Source::File(path) = &recording.source else { panic!("{recording:?}") };
    std::fs::remove_file(path).unwrap();
    let made = desk.app.render(session, &wish, &Stop::default(), |_, _| {}).await.unwrap();
    assert!(loudest(&made, &(0..60_000)) > 500);
    std::fs::remove_dir_all(desk.app.folder().recording(recording.id)).unwrap();
    let missing = desk.app.render(session, &wish, &Stop::default(), |_, _| {}).await.unwrap_err();
    assert_eq!(missing.code(), "recording_missing");
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_program_ends_nothing_of_a_rendition_is_left() {
    let desk = desk(Duration::ZERO).await;
    let session = desk.heard_sample().await;
    let folder = desk.app.documents_folder(session, &desk.app.settings_get().await.unwrap()).await.unwrap();
    let before = files(&folder);
    desk.app.rendition_make(session, "wav", Copy::Complete).unwrap();
    desk.app.renditions_end().await;
    assert!(desk.app.renditions.lock().unwrap().is_empty());
    assert_eq!(files(&folder), before);
}
