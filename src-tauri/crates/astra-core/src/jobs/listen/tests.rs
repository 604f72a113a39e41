//! The sample, heard by an engine that takes several chunks at a time.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::*;
use crate::app::tests::{Desk, desk, spoken};
use crate::engine::{Abilities, Engine, EngineError, Heard};
use crate::id::SessionId;
use crate::sessions::view::SessionState;

/// Remembers which chunks it was given together.
#[derive(Clone, Default)]
struct Choir {
    batch: usize,
    given: Arc<Mutex<Vec<Vec<u32>>>>,
    /// More than so many at a time are too much for it.
    bears: usize,
    /// It can do no more after so many calls.
    calls: Option<usize>,
}

impl Choir {
    fn of(batch: usize) -> Self {
        Self { batch, bears: batch, ..Self::default() }
    }

    fn given(&self) -> Vec<Vec<u32>> {
        self.given.lock().unwrap().clone()
    }
}

impl Engine for Choir {
    fn abilities(&self) -> Abilities {
        // Like the engine host, it knows how many are best once it has heard something.
        let batch = if self.given().is_empty() { 1 } else { self.batch };
        Abilities { device: "test".to_owned(), languages: vec![], word_times: true, vocabulary: false, batch }
    }

    fn listen(&mut self, chunks: &[Chunk], _: &Ask, _: &Stop) -> Result<Vec<Heard>, EngineError> {
        let mut given = self.given.lock().unwrap();
        if self.batch > 1 && given.len() == 1 {
            // Time enough to decode those that come next.
            thread::sleep(Duration::from_secs(3));
        }
        given.push(chunks.iter().map(|chunk| chunk.index).collect());
        if self.calls.is_some_and(|calls| given.len() > calls) {
            return Err(EngineError::Missing { tried: "no more".to_owned() });
        }
        if chunks.len() > self.bears {
            return Err(EngineError::Failed { reason: "out of memory".to_owned() });
        }
        Ok(chunks.iter().map(spoken).collect())
    }
}

/// The desk with this engine.
async fn desk_with(choir: &Choir) -> Desk {
    let mut desk = desk(Duration::ZERO).await;
    reopen(&mut desk, choir).await;
    desk
}

async fn reopen(desk: &mut Desk, choir: &Choir) {
    let choir = choir.clone();
    let open = move |_, _| Ok(Box::new(choir.clone()) as Box<dyn Engine>);
    desk.app = App::open_with(desk.app.folder().clone(), |_| {}, open).await.unwrap();
}

/// What is kept of each chunk.
async fn kept(desk: &Desk, session: SessionId) -> Vec<String> {
    let summary = desk.app.store().session(session).await.unwrap();
    let chunks = desk.app.store().chunks(summary.parts[0].listening.id).await.unwrap();
    let words = |outcome| match outcome {
        Outcome::Heard(hearing) => text(&hearing.words),
        other => panic!("{other:?}"),
    };
    chunks.into_iter().map(|chunk| words(chunk.outcome)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_text_waits_for_no_second_chunk_and_then_several_are_heard_at_once() {
    let (one, four) = (Choir::of(1), Choir::of(4));
    let (singly, together) = (desk_with(&one).await, desk_with(&four).await);
    let texts = kept(&singly, singly.heard_sample().await).await;
    assert_eq!(kept(&together, together.heard_sample().await).await, texts);
    let given = four.given();
    assert_eq!(given[0], [0]);
    assert!(given.iter().any(|chunks| (2..=4).contains(&chunks.len())), "{given:?}");
    assert!(given.concat().into_iter().eq(0..texts.len() as u32), "{given:?}");
    assert_eq!(one.given().len(), texts.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_at_once_cost_no_chunk_and_are_not_given_again() {
    let choir = Choir { bears: 1, ..Choir::of(4) };
    let desk = desk_with(&choir).await;
    let texts = kept(&desk, desk.heard_sample().await).await;
    let given = choir.given();
    let too_many: Vec<usize> = given.iter().map(Vec::len).filter(|count| *count > 1).collect();
    assert!(!too_many.is_empty() && too_many.windows(2).all(|two| two[1] <= two[0] / 2), "{given:?}");
    let well: Vec<u32> = given.into_iter().filter(|chunks| chunks.len() == 1).flatten().collect();
    assert!(well.into_iter().eq(0..texts.len() as u32));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_goes_on_hears_only_what_was_not_committed() {
    let broken = Choir { calls: Some(3), ..Choir::of(3) };
    let mut desk = desk_with(&broken).await;
    let session = desk.start(vec![desk.recording("acta.ogg")]).await;
    desk.until(session, SessionState::Failed).await;
    let heard: usize = broken.given()[..3].iter().map(Vec::len).sum();
    let whole = Choir::of(4);
    reopen(&mut desk, &whole).await;
    let job = desk.app.store().unfinished_job(session).await.unwrap().unwrap();
    desk.app.job_resume(job.id).await.unwrap();
    desk.until(session, SessionState::Ready).await;
    let texts = kept(&desk, session).await;
    assert!(whole.given().concat().into_iter().eq(heard as u32..texts.len() as u32), "{:?}", whole.given());
}
