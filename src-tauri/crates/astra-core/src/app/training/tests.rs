//! The sample, corrected, as a training set.

use std::time::Duration;

use serde_json::Value;

use super::*;
use crate::app::tests::desk;
use crate::transcript::{Edit, Mark};

/// What stands in the manifest of a set, after it was compared with what lies beside it.
fn manifest(folder: &Path) -> Vec<Value> {
    let text = fs::read_to_string(folder.join("manifest.jsonl")).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for line in &lines {
        let bytes = fs::metadata(folder.join(line["audio_filepath"].as_str().unwrap())).unwrap().len();
        assert_eq!((bytes - 44) / 32, (line["duration"].as_f64().unwrap() * 1_000.0).round() as u64, "{line}");
    }
    let mut table = csv::Reader::from_path(folder.join("metadata.csv")).unwrap();
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    let same = |(row, line): (&csv::StringRecord, &Value)| row[0] == line["audio_filepath"] && row[1] == line["text"];
    assert!(rows.len() == lines.len() && rows.iter().zip(&lines).all(same), "{rows:?}");
    lines
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_corrected_is_written_with_its_sound_and_what_is_reserved_never() {
    let desk = desk(Duration::ZERO).await;
    let session = desk.heard_sample().await;
    let text = desk.app.transcript_open(session).await.unwrap();
    let long: Vec<_> =
        text.segments.iter().filter(|one| (1_000..20_000).contains(&(one.end_ms - one.start_ms))).collect();
    let mut revision = text.revision;
    for (segment, text) in [(long[1].id, "Corregido."), (long[3].id, "Corregido y reservado.")] {
        let edit = Edit::Retext { segment, text: text.to_owned(), continues: false };
        revision = desk.app.transcript_edit(session, revision, &edit).await.unwrap().revision;
    }
    let reserve = Edit::Mark { segments: vec![long[3].id], mark: Some(Mark::Reserved) };
    desk.app.transcript_edit(session, revision, &reserve).await.unwrap();

    let (touched, whole) = (desk.place.path().join("tocado"), desk.place.path().join("entero"));
    let stop = Stop::default();
    let set = desk.app.training_export(&[session], &touched, false, &stop).await.unwrap();
    let lines = manifest(&touched);
    assert_eq!(lines.iter().map(|line| &line["text"]).collect::<Vec<_>>(), ["Corregido."]);
    assert_eq!((set.pieces, set.audio_ms), (1, long[1].end_ms - long[1].start_ms));

    let set = desk.app.training_export(&[session], &whole, true, &stop).await.unwrap();
    let lines = manifest(&whole);
    assert!(set.pieces == lines.len() && set.pieces > 1, "{set:?}");
    assert!(lines.iter().all(|line| !line["text"].as_str().unwrap().contains("reservado")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_with_something_in_it_is_left_alone_and_a_recording_that_is_gone_is_named() {
    let desk = desk(Duration::ZERO).await;
    let session = desk.heard_sample().await;
    let (taken, stop) = (desk.place.path().join("tarjeta"), Stop::default());
    desk.recording("tarjeta/suya.ogg");
    let refused = desk.app.training_export(&[session], &taken, true, &stop).await.unwrap_err();
    assert_eq!(refused.code(), "folder_taken");
    assert_eq!(fs::read_dir(&taken).unwrap().count(), 1);

    // A passage whose end was drawn beyond that of the sound has none of its own.
    let last = desk.app.transcript_open(session).await.unwrap();
    let end = last.segments.last().unwrap();
    let (start_ms, end_ms) = (end.end_ms - 1_500, end.end_ms + 15_000);
    let edit = Edit::Retime { segment: end.id, start_ms, end_ms };
    desk.app.transcript_edit(session, last.revision, &edit).await.unwrap();
    let short = desk.place.path().join("corto");
    let set = desk.app.training_export(&[session], &short, false, &stop).await.unwrap();
    assert_eq!((set.pieces, manifest(&short).len()), (0, 0));

    fs::remove_file(desk.place.path().join("acta.ogg")).unwrap();
    let set = desk.app.training_export(&[session], &desk.place.path().join("nuevo"), true, &stop).await.unwrap();
    assert!(set.pieces == 0 && set.missing[0].ends_with("acta.ogg"), "{set:?}");
}
