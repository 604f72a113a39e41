//! Hearing one chunk: ask the engine, let the guard judge, ask again when it must, survive the
//! death of the engine host.

use super::pace::Pace;
use crate::app::App;
use crate::chunks::Chunk;
use crate::engine::{Ask, Effort, Engine, EngineError, Heard, Stop};
use crate::error::{Error, Result};
use crate::event::Event;
use crate::guard::{self, Evidence};
use crate::id::ListeningId;
use crate::sentences::sentence;
use crate::sessions::Hearing;
use crate::transcript;

/// A chunk that kills the engine host this often is given up.
const DEATHS_PER_CHUNK: u32 = 2;

/// When this many chunks in a row were given up, the fault is not in the chunks.
const GIVEN_UP_IN_A_ROW: u32 = 3;

/// An engine at work on one session.
pub struct Listener<'a> {
    app: &'a App,
    engine: Option<Box<dyn Engine>>,
    stop: Stop,
    given_up: u32,
    /// How fast it goes.
    pub pace: Pace,
}

impl<'a> Listener<'a> {
    /// Puts `engine` to work.
    pub fn new(app: &'a App, engine: Box<dyn Engine>, stop: &Stop) -> Self {
        Self { app, engine: Some(engine), stop: stop.clone(), given_up: 0, pace: Pace::new() }
    }

    /// Listens to a chunk until the guard is content or has to be. `None` when the chunk had to
    /// be given up.
    ///
    /// # Errors
    /// [`Error::Stopped`]; [`Error::Engine`] when the engine cannot work at all.
    pub async fn hear(
        &mut self,
        listening: ListeningId,
        chunk: &Chunk,
        ask: &Ask,
        previous: &str,
    ) -> Result<Option<Hearing>> {
        let usual = Ask { effort: Effort::Usual, ..ask.clone() };
        let Some(first) = self.listen(listening, chunk, &usual, previous).await? else {
            self.app.store().give_up_chunk(listening, chunk.index).await?;
            return Ok(None);
        };
        if !first.faults.iter().any(|fault| fault.asks_for_another_try()) {
            return Ok(Some(first));
        }
        let thorough = Ask { effort: Effort::Thorough, vocabulary: Vec::new(), ..ask.clone() };
        let second = match self.listen_once(chunk, &thorough, previous).await? {
            Ok(second) => second,
            // When only the second try kills the host, the first one is still what was heard.
            Err(_) => return Ok(Some(first)),
        };
        let took_ms = first.took_ms + second.took_ms;
        let faults = |hearing: &Hearing| hearing.faults.clone();
        let (better, _) = guard::pick((first.clone(), faults(&first)), (second.clone(), faults(&second)));
        Ok(Some(Hearing { took_ms, ..better }))
    }

    /// Listens until the host lives through it; `None` when it died too often.
    async fn listen(
        &mut self,
        listening: ListeningId,
        chunk: &Chunk,
        ask: &Ask,
        previous: &str,
    ) -> Result<Option<Hearing>> {
        loop {
            let failure = match self.listen_once(chunk, ask, previous).await? {
                Ok(hearing) => {
                    self.given_up = 0;
                    return Ok(Some(hearing));
                }
                Err(failure) => failure,
            };
            let deaths = self.app.store().count_death(listening, chunk.index).await?;
            if deaths < DEATHS_PER_CHUNK {
                continue;
            }
            self.given_up += 1;
            if self.given_up < GIVEN_UP_IN_A_ROW {
                return Ok(None);
            }
            let first = chunk.index.saturating_sub(GIVEN_UP_IN_A_ROW - 1);
            self.app.store().take_up_again(listening, first).await?;
            return Err(failure.into());
        }
    }

    /// Listens once. The inner error is one that another try may be spared: the host died of this
    /// chunk, or the engine could not cope with it.
    async fn listen_once(&mut self, chunk: &Chunk, ask: &Ask, previous: &str) -> Result<Result<Hearing, EngineError>> {
        match self.call(chunk, ask).await? {
            Ok(Heard { words, took_ms, .. }) => {
                let words = transcript::words_to_recording(chunk, words);
                let faults = guard::judge(&Evidence::new(chunk, &words, previous, &ask.vocabulary));
                Ok(Ok(Hearing { words, faults, effort: ask.effort, took_ms }))
            }
            Err(failure @ (EngineError::Died { .. } | EngineError::Failed { .. })) => {
                tracing::warn!(chunk = chunk.index, %failure, "a chunk was not heard");
                self.app.emit(Event::NoticeGiven { message: sentence("notice.engine_died", &[]) });
                Ok(Err(failure))
            }
            Err(failure) => Err(failure.into()),
        }
    }

    /// Lends the engine to a blocking thread for one chunk.
    async fn call(&mut self, chunk: &Chunk, ask: &Ask) -> Result<Result<Heard, EngineError>> {
        let broken = |what: &str| Error::Broken { reason: format!("{what} while listening") };
        let mut engine = self.engine.take().ok_or_else(|| broken("the engine was lost"))?;
        let (chunk, ask, stop) = (chunk.clone(), ask.clone(), self.stop.clone());
        let (engine, heard) = tokio::task::spawn_blocking(move || {
            let heard = engine.listen(std::slice::from_ref(&chunk), &ask, &stop);
            (engine, heard)
        })
        .await
        .map_err(|error| broken(&error.to_string()))?;
        self.engine = Some(engine);
        Ok(heard.and_then(|mut heard| {
            heard.pop().ok_or_else(|| EngineError::Failed { reason: "it answered nothing".to_owned() })
        }))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::chunks::Span;
    use crate::engine::{Abilities, Load};
    use crate::guard::Fault;
    use crate::sessions::Outcome;
    use crate::settings::DataFolder;
    use crate::transcript::Word;

    type Answer = Result<&'static str, EngineError>;

    /// Answers as it was told to, in order, and remembers how it was asked.
    struct Scripted {
        answers: Arc<Mutex<VecDeque<Answer>>>,
        asked: Arc<Mutex<Vec<Effort>>>,
    }

    impl Engine for Scripted {
        fn abilities(&self) -> Abilities {
            let device = "script".to_owned();
            Abilities { device, languages: vec![], word_times: true, vocabulary: false, batch: 1 }
        }

        fn listen(&mut self, _: &[Chunk], ask: &Ask, _: &Stop) -> Result<Vec<Heard>, EngineError> {
            self.asked.lock().unwrap().push(ask.effort);
            let answer = self.answers.lock().unwrap().pop_front().unwrap();
            answer.map(|text| vec![heard(text)])
        }
    }

    /// Words of half a second each.
    fn heard(text: &str) -> Heard {
        let words = text.split_whitespace().zip(0_u64..).map(|(word, place)| Word {
            text: word.to_owned(),
            start_ms: place * 500,
            end_ms: place * 500 + 450,
            confidence: 0.9,
        });
        Heard { words: words.collect(), no_speech: 0.0, took_ms: 10 }
    }

    /// A chunk of four seconds with speech from end to end.
    fn chunk(index: u32) -> Chunk {
        let span = Span { start: u64::from(index) * 64_000, end: u64::from(index + 1) * 64_000 };
        Chunk { index, span, pieces: vec![span], speech: vec![span], overlap: 0, pcm: vec![0; 64_000] }
    }

    /// Has chunks heard, one after the other, by an engine with these answers.
    async fn hear(chunks: u32, answers: Vec<Answer>) -> (Vec<Result<Option<Hearing>>>, Vec<Effort>, Vec<Outcome>) {
        let place = tempfile::tempdir().unwrap();
        let folder = DataFolder::open(Some(place.path())).unwrap();
        let none = |_: Load| Err(Error::Broken { reason: "not asked".to_owned() });
        let app = App::open_with(folder, |_| {}, none).await.unwrap();
        let listening = crate::store::tests::a_session(app.store()).await.parts[0].listening.id;
        let asked = Arc::new(Mutex::new(Vec::new()));
        let engine = Scripted { answers: Arc::new(Mutex::new(answers.into())), asked: Arc::clone(&asked) };
        let mut listener = Listener::new(&app, Box::new(engine), &Stop::default());
        let ask = Ask { language: "es".to_owned(), vocabulary: vec![], effort: Effort::Usual };
        let mut results = Vec::new();
        for index in 0..chunks {
            app.store().put_chunk(listening, &chunk(index)).await.unwrap();
            results.push(listener.hear(listening, &chunk(index), &ask, "").await);
        }
        let outcomes = app.store().chunks(listening).await.unwrap().into_iter().map(|chunk| chunk.outcome).collect();
        let asked = asked.lock().unwrap().clone();
        (results, asked, outcomes)
    }

    const GOOD: &str = "se abre la sesión ordinaria de hoy lunes";

    fn died() -> Answer {
        Err(EngineError::Died { reason: "signal: 11".to_owned() })
    }

    fn text(result: &Result<Option<Hearing>>) -> String {
        let hearing = result.as_ref().unwrap().as_ref().unwrap();
        hearing.words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[tokio::test]
    async fn a_good_hearing_is_taken_at_once() {
        let (results, asked, _) = hear(1, vec![Ok(GOOD)]).await;
        assert_eq!(text(&results[0]), GOOD);
        assert_eq!(asked, [Effort::Usual]);
    }

    #[tokio::test]
    async fn speech_without_text_is_listened_to_again_and_the_better_hearing_stays() {
        let (results, asked, _) = hear(1, vec![Ok(""), Ok(GOOD)]).await;
        assert_eq!(text(&results[0]), GOOD);
        assert_eq!(asked, [Effort::Usual, Effort::Thorough]);
    }

    #[tokio::test]
    async fn what_stays_doubtful_is_kept_and_marked() {
        let (results, _, _) = hear(1, vec![Ok(""), Ok("")]).await;
        let hearing = results[0].as_ref().unwrap().as_ref().unwrap();
        assert_eq!(hearing.faults, [Fault::Uncovered]);
        assert_eq!(hearing.took_ms, 20);
    }

    #[tokio::test]
    async fn a_death_of_the_host_costs_a_repetition() {
        let (results, asked, _) = hear(1, vec![died(), Ok(GOOD)]).await;
        assert_eq!(text(&results[0]), GOOD);
        assert_eq!(asked.len(), 2);
    }

    #[tokio::test]
    async fn a_chunk_that_kills_the_host_twice_is_given_up_and_the_next_one_heard() {
        let (results, _, _) = hear(2, vec![died(), died(), Ok(GOOD)]).await;
        assert_eq!(results[0], Ok(None));
        assert_eq!(text(&results[1]), GOOD);
    }

    #[tokio::test]
    async fn a_host_that_dies_of_everything_fails_the_job_instead_of_giving_up_the_session() {
        let (results, _, outcomes) = hear(3, (0..6).map(|_| died()).collect()).await;
        assert!(matches!(results[2], Err(Error::Engine { failure: EngineError::Died { .. } })), "{:?}", results[2]);
        assert!(outcomes.iter().all(|outcome| *outcome == Outcome::Waiting), "all three wait for a better day");
    }

    #[tokio::test]
    async fn an_engine_that_cannot_cope_with_one_chunk_does_not_block_the_session() {
        let cannot = || Err(EngineError::Failed { reason: "failed to decode".to_owned() });
        let (results, _, _) = hear(2, vec![cannot(), cannot(), Ok(GOOD)]).await;
        assert_eq!(results[0], Ok(None));
        assert_eq!(text(&results[1]), GOOD);
    }

    #[tokio::test]
    async fn a_death_in_the_second_try_leaves_the_first_hearing() {
        let (results, _, _) = hear(1, vec![Ok(""), died()]).await;
        assert!(results[0].as_ref().unwrap().as_ref().unwrap().words.is_empty());
    }
}
