//! Passages of the sample, heard again.

use std::fs;
use std::time::Duration;

use super::*;
use crate::app::tests::{desk, sample, spoken};
use crate::engine::{Abilities, Heard};
use crate::transcript::Segment;

const MODEL: &str = "demo-es";

/// Invents something unless it is told the language, and hears what was said when it is asked to listen harder, or dies
/// of it.
struct Astray {
    is_told: bool,
    dies: bool,
}

impl Engine for Astray {
    fn abilities(&self) -> Abilities {
        Abilities { device: "test".to_owned(), languages: vec![], word_times: true, vocabulary: false, batch: 1 }
    }

    fn listen(&mut self, chunks: &[Chunk], ask: &Ask, _: &Stop) -> Result<Vec<Heard>, EngineError> {
        let mut heard: Vec<Heard> = chunks.iter().map(spoken).collect();
        if self.dies && ask.effort == Effort::Thorough {
            return Err(EngineError::Died { reason: "signal: 11".to_owned() });
        }
        if !self.is_told && ask.effort == Effort::Usual {
            heard.iter_mut().flat_map(|heard| &mut heard.words).for_each(|word| word.text = "tres".to_owned());
        }
        Ok(heard)
    }
}

#[test]
fn what_the_guard_doubts_is_heard_harder_and_kept_when_nothing_better_comes_of_it() {
    let stop = Stop::default();
    let sources = vec![(0, Input::File(sample()))].into_iter();
    let mut sound = Sound { sources, decoder: None, pcm: Vec::new(), first: 0 };
    let pcm = sound.read(0, ms_to_samples(20_000), &stop).unwrap().unwrap();
    let group = Together { part: 0, start_ms: 0, end_ms: 20_000, segments: Vec::new() };
    let ask = Ask { language: "es".to_owned(), vocabulary: Vec::new(), effort: Effort::Usual };
    for (dies, has_other, first_word, is_doubtful) in
        [(false, false, "el0", false), (true, false, "tres", true), (true, true, "el0", false)]
    {
        let beside: Option<Box<dyn Engine>> =
            if has_other { Some(Box::new(Astray { is_told: true, dies })) } else { None };
        let mut engines = Engines { first: Box::new(Astray { is_told: false, dies }), beside };
        let heard = hear(&group, &pcm, &mut engines, &ask, &stop).unwrap();
        assert_eq!(heard[0].words[0].text, first_word);
        assert_eq!(heard.iter().any(|utterance| !utterance.faults.is_empty()), is_doubtful);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_passages_asked_for_are_heard_again_and_one_undo_brings_their_text_back() {
    let desk = desk(Duration::ZERO).await;
    let session = desk.heard_sample().await;
    let text = desk.app.transcript_open(session).await.unwrap();
    let corrected = Edit::Retext { segment: text.segments[2].id, text: "Mal corregido.".to_owned(), continues: false };
    desk.app.transcript_edit(session, text.revision, &corrected).await.unwrap();
    let before = desk.app.transcript_open(session).await.unwrap().segments;

    let chosen: Vec<SegmentId> = before[1..3].iter().map(|segment| segment.id).collect();
    let done = desk.app.passages_listen_again(session, &chosen, MODEL, &Stop::default()).await.unwrap();
    assert_eq!(done.heard + done.silent, 2);
    assert!(done.heard > 0, "{done:?}");
    let now = desk.app.transcript_open(session).await.unwrap();
    let places = |segments: &[Segment]| -> Vec<_> {
        segments.iter().map(|one| (one.id, one.start_ms, one.end_ms, one.speaker)).collect()
    };
    assert_eq!(places(&now.segments), places(&before));
    let changed: Vec<bool> = now.segments.iter().zip(&before).map(|(now, before)| now.text != before.text).collect();
    assert!(changed.iter().enumerate().all(|(at, changed)| !changed || (1..3).contains(&at)), "{changed:?}");
    assert!(changed[1] || changed[2]);
    assert_eq!(now.undo.unwrap().kind, "rehear");

    desk.app.transcript_undo(session, now.revision).await.unwrap();
    assert_eq!(desk.app.transcript_open(session).await.unwrap().segments, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recording_that_is_away_is_heard_again_from_its_copy_and_one_without_is_an_error() {
    let desk = desk(Duration::ZERO).await;
    let session = desk.heard_sample().await;
    let segments = desk.app.transcript_open(session).await.unwrap().segments;
    let chosen: Vec<SegmentId> = segments.iter().rev().take(2).map(|segment| segment.id).collect();
    fs::remove_file(desk.place.path().join("acta.ogg")).unwrap();
    let done = desk.app.passages_listen_again(session, &chosen, MODEL, &Stop::default()).await.unwrap();
    assert_eq!(done.heard + done.silent, 2);

    let recording = desk.app.store().session(session).await.unwrap().parts[0].recording.id;
    copy::remove(&desk.app.folder().recording(recording).join("copy")).unwrap();
    let failed = desk.app.passages_listen_again(session, &chosen, MODEL, &Stop::default()).await.unwrap_err();
    assert_eq!(failed.code(), "recording_missing");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_model_and_whoever_stops_it_change_nothing() {
    let desk = desk(Duration::ZERO).await;
    let session = desk.heard_sample().await;
    let before = desk.app.transcript_open(session).await.unwrap();
    let all: Vec<SegmentId> = before.segments.iter().map(|segment| segment.id).collect();
    let unknown = desk.app.passages_listen_again(session, &all, "nadie", &Stop::default()).await.unwrap_err();
    assert_eq!(unknown.code(), "model_unknown");
    let stop = Stop::default();
    stop.set();
    let stopped = desk.app.passages_listen_again(session, &all, MODEL, &stop).await.unwrap_err();
    assert_eq!(stopped.code(), "stopped");
    let after = desk.app.transcript_open(session).await.unwrap();
    assert_eq!((after.revision, after.segments), (before.revision, before.segments));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_wish_for_the_same_session_is_refused_and_the_first_can_still_be_stopped() {
    let desk = desk(Duration::from_millis(300)).await;
    let session = desk.heard_sample().await;
    let segments = desk.app.transcript_open(session).await.unwrap().segments;
    let all: Vec<SegmentId> = segments.iter().map(|segment| segment.id).collect();
    let (app, first, chosen) = (desk.app.clone(), Stop::default(), all.clone());
    let until = first.clone();
    let running = tokio::spawn(async move { app.passages_listen_again(session, &chosen, MODEL, &until).await });
    while desk.app.passages_progress(session).is_none() {
        tokio::task::yield_now().await;
    }
    assert!(desk.app.passages_progress(session).is_some());
    let refused = desk.app.passages_listen_again(session, &all, MODEL, &Stop::default()).await.unwrap_err();
    assert_eq!(refused.code(), "session_busy");
    desk.app.passages_stop(session);
    assert!(first.is_set());
    let _ = running.await.unwrap();
    assert_eq!(desk.app.passages_progress(session), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_of_which_the_beginning_is_gone_is_no_sound_of_what_was_said_there() {
    let desk = desk(Duration::ZERO).await;
    let session = desk.heard_sample().await;
    let before = desk.app.transcript_open(session).await.unwrap();
    let recording = desk.app.store().session(session).await.unwrap().parts[0].recording.id;
    let folder = desk.app.folder().recording(recording).join("copy");
    let pieces = copy::pieces(&folder);
    // The only piece now claims to begin a minute into the recording.
    let later = folder.join("960000.opus");
    fs::rename(&pieces[0].path, later).unwrap();
    fs::remove_file(desk.place.path().join("acta.ogg")).unwrap();
    let first = [before.segments[0].id];
    let failed = desk.app.passages_listen_again(session, &first, MODEL, &Stop::default()).await.unwrap_err();
    assert_eq!(failed.code(), "recording_missing");
    assert_eq!(desk.app.transcript_open(session).await.unwrap().segments, before.segments);
}
