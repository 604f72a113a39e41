//! Hearing chunks: ask the engine for as many at once as it likes, let the guard judge each, ask again when it must,
//! survive the death of the engine host.

use super::pace::Pace;
use crate::app::App;
use crate::chunks::Chunk;
use crate::engine::{Ask, Effort, Engine, EngineError, Heard, Stop};
use crate::error::{Error, Result};
use crate::event::Event;
use crate::guard::{self, Evidence};
use crate::id::ListeningId;
use crate::sentences::sentence;
use crate::sessions::{Hearing, Outcome};
use crate::transcript;

/// A chunk that kills the engine host this often is given up.
const DEATHS_PER_CHUNK: u32 = 2;

/// When this many chunks in a row were given up, the fault is not in the chunks.
const GIVEN_UP_IN_A_ROW: u32 = 3;

/// An engine of this computer with a model that is told the language, beside one that cannot be told or is a server.
struct Other {
    model: String,
    engine: Option<Box<dyn Engine>>,
    /// How many chunks it heard a second time.
    heard: u32,
}

impl Other {
    /// Listens once. Whatever the inner error says that it lacks, the first engine does not.
    async fn hear(
        &mut self,
        chunk: &Chunk,
        ask: &Ask,
        previous: &str,
        stop: &Stop,
    ) -> Result<Result<Hearing, EngineError>> {
        match lend(&mut self.engine, vec![chunk.clone()], ask, stop).await?.1 {
            Ok(mut heard) => {
                let hearing = judged(heard.remove(0), chunk, ask, previous);
                Ok(Ok(Hearing { other_model: Some(self.model.clone()), ..hearing }))
            }
            Err(EngineError::Stopped) => Err(Error::Stopped),
            Err(failure) => {
                tracing::warn!(chunk = chunk.index, %failure, "the engine beside did not hear a chunk");
                Ok(Err(failure))
            }
        }
    }
}

/// An engine at work on one session.
pub struct Listener<'a> {
    app: &'a App,
    engine: Option<Box<dyn Engine>>,
    other: Option<Other>,
    /// Whether what the engine is given leaves this computer.
    sends: bool,
    /// How many chunks did not leave this computer, and were heard here.
    reserved_heard: u32,
    /// How many chunks did not leave this computer, and nothing here could hear.
    reserved_unheard: u32,
    stop: Stop,
    given_up: u32,
    /// How many chunks at a time the engine lived through so far.
    together: usize,
    /// How fast it goes.
    pub pace: Pace,
}

impl<'a> Listener<'a> {
    /// Puts `engine` to work.
    pub fn new(app: &'a App, engine: Box<dyn Engine>, stop: &Stop) -> Self {
        Self {
            app,
            engine: Some(engine),
            other: None,
            sends: false,
            reserved_heard: 0,
            reserved_unheard: 0,
            stop: stop.clone(),
            given_up: 0,
            together: usize::MAX,
            pace: Pace::new(),
        }
    }

    /// Has what may not leave this computer heard by the other engine alone, and nothing else by it, since the first
    /// one is a server.
    #[must_use]
    pub fn sending(mut self, sends: bool) -> Self {
        self.sends = sends;
        self
    }

    /// Whether what the engine is given leaves this computer.
    pub fn sends(&self) -> bool {
        self.sends
    }

    /// Has chunks that come out wrong heard again by another engine, whose model is named.
    #[must_use]
    pub fn with_other(mut self, other: Option<(String, Box<dyn Engine>)>) -> Self {
        self.other = other.map(|(model, engine)| Other { model, engine: Some(engine), heard: 0 });
        self
    }

    /// Says how many chunks its own engine did not hear, or not alone, if there were any.
    pub fn tell_what_others_heard(&self) {
        let (model, again) = self.other.as_ref().map_or(("", 0), |other| (other.model.as_str(), other.heard));
        let counts = [
            ("notice.heard_again", again),
            ("notice.reserved_heard_here", self.reserved_heard),
            ("notice.reserved_unheard", self.reserved_unheard),
        ];
        for (notice, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
            let message = sentence(notice, &[("count", &count.to_string()), ("model", model)]);
            self.app.emit(match notice {
                "notice.reserved_unheard" => Event::NoticeGiven { message },
                _ => Event::RemarkMade { message },
            });
        }
    }

    /// How many chunks to give it at a time: 1 until the engine has loaded its model and knows better, so that the
    /// first text waits for no second chunk.
    pub fn batch(&self) -> usize {
        self.engine.as_ref().map_or(1, |engine| engine.abilities().batch).min(self.together).max(1)
    }

    /// Listens to chunks at once, as a first try. None are answered when that was too much for the engine: each has to
    /// be heard by itself then, which shows whose fault it was, and from then on fewer are given at a time.
    ///
    /// # Errors
    /// As [`Self::hear`].
    pub async fn hear_together(&mut self, chunks: &mut Vec<Chunk>, ask: &Ask) -> Result<Vec<Option<Heard>>> {
        if chunks.len() > 1 {
            let (lent, answer) = lend(&mut self.engine, std::mem::take(chunks), ask, &self.stop).await?;
            *chunks = lent;
            match answer {
                Ok(heard) => return Ok(heard.into_iter().map(Some).collect()),
                Err(failure @ (EngineError::Died { .. } | EngineError::Failed { .. })) => {
                    tracing::warn!(chunks = chunks.len(), %failure, "too much at once");
                    let message = sentence("notice.fewer_at_once", &[("count", &chunks.len().to_string())]);
                    self.app.emit(Event::RemarkMade { message });
                    self.together = chunks.len() / 2;
                }
                Err(failure) => return Err(failure.into()),
            }
        }
        Ok(chunks.iter().map(|_| None).collect())
    }

    /// Listens to a chunk until the guard is content or has to be; `heard` is what [`Self::hear_together`] heard in it.
    /// `None` when the chunk had to be given up.
    ///
    /// # Errors
    /// [`Error::Stopped`]; [`Error::Engine`] when the engine cannot work at all.
    pub async fn hear(
        &mut self,
        listening: ListeningId,
        chunk: &Chunk,
        heard: Option<Heard>,
        ask: &Ask,
        previous: &str,
    ) -> Result<Option<Hearing>> {
        let first = match heard {
            Some(heard) => {
                self.given_up = 0;
                judged(heard, chunk, ask, previous)
            }
            None => match self.listen(listening, chunk, ask, previous).await? {
                Some(first) => first,
                None => {
                    self.app.store().give_up_chunk(listening, chunk.index).await?;
                    return Ok(None);
                }
            },
        };
        if !asks_for_another_try(&first) {
            return Ok(Some(first));
        }
        let second = match self.listen_again(chunk, ask, previous).await? {
            Ok(second) => second,
            // When only the second try kills the host, the first one is still what was heard.
            Err(_) => return Ok(Some(first)),
        };
        Ok(Some(better(first, second)))
    }

    /// Listens to a chunk that may not leave this computer. `None` when nothing here can hear it.
    ///
    /// # Errors
    /// [`Error::Stopped`]; those of the store.
    pub async fn hear_here(
        &mut self,
        listening: ListeningId,
        chunk: &Chunk,
        ask: &Ask,
        previous: &str,
    ) -> Result<Option<Hearing>> {
        if let Some(other) = &mut self.other
            && let Ok(hearing) = other.hear(chunk, ask, previous, &self.stop).await?
        {
            self.reserved_heard += 1;
            return Ok(Some(hearing));
        }
        self.reserved_unheard += 1;
        self.app.store().give_up_chunk(listening, chunk.index).await?;
        Ok(None)
    }

    /// Listens a second time: with the other engine, or else harder.
    async fn listen_again(&mut self, chunk: &Chunk, ask: &Ask, previous: &str) -> Result<Result<Hearing, EngineError>> {
        let Some(other) = self.other.as_mut().filter(|_| !self.sends) else {
            return self.listen_once(chunk, &thorough(ask), previous).await;
        };
        let again = other.hear(chunk, ask, previous, &self.stop).await?;
        other.heard += u32::from(again.is_ok());
        Ok(again)
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

    /// A recording is not done when every chunk of it was given up: all of them wait for a better day.
    ///
    /// # Errors
    /// [`Error::Engine`] then; [`Error::ModelMissing`] when they may not leave this computer and nothing here hears them.
    pub async fn insist(&mut self, listening: ListeningId) -> Result<()> {
        let chunks = self.app.store().chunks(listening).await?;
        if chunks.is_empty() || chunks.iter().any(|chunk| chunk.outcome != Outcome::Unheard) {
            return Ok(());
        }
        self.app.store().take_up_again(listening, 0).await?;
        if self.reserved_unheard > 0 {
            let aim = self.app.aim(0).await?;
            return Err(Error::ModelMissing { recommended: aim.recommended(self.app.library().catalog()).to_owned() });
        }
        Err(EngineError::Died { reason: format!("it could not hear any of {} chunks", chunks.len()) }.into())
    }

    /// Listens once. The inner error is one that another try may be spared: the host died of this
    /// chunk, or the engine could not cope with it.
    async fn listen_once(&mut self, chunk: &Chunk, ask: &Ask, previous: &str) -> Result<Result<Hearing, EngineError>> {
        match lend(&mut self.engine, vec![chunk.clone()], ask, &self.stop).await?.1 {
            Ok(mut heard) => Ok(Ok(judged(heard.remove(0), chunk, ask, previous))),
            Err(failure @ (EngineError::Died { .. } | EngineError::Failed { .. })) => {
                tracing::warn!(chunk = chunk.index, %failure, "a chunk was not heard");
                let message = match &failure {
                    EngineError::Failed { reason } => sentence("notice.engine_failed", &[("reason", reason)]),
                    _ => sentence("notice.engine_died", &[]),
                };
                self.app.emit(Event::RemarkMade { message });
                Ok(Err(failure))
            }
            Err(failure) => Err(failure.into()),
        }
    }
}

/// Lends an engine and chunks to a blocking thread, and gives the chunks back with one answer for each.
async fn lend(
    lent: &mut Option<Box<dyn Engine>>,
    chunks: Vec<Chunk>,
    ask: &Ask,
    stop: &Stop,
) -> Result<(Vec<Chunk>, Result<Vec<Heard>, EngineError>)> {
    let broken = |what: &str| Error::Broken { reason: format!("{what} while listening") };
    let mut engine = lent.take().ok_or_else(|| broken("the engine was lost"))?;
    let (ask, stop) = (ask.clone(), stop.clone());
    let (engine, chunks, answer) = tokio::task::spawn_blocking(move || {
        let answer = engine.listen(&chunks, &ask, &stop);
        (engine, chunks, answer)
    })
    .await
    .map_err(|error| broken(&error.to_string()))?;
    *lent = Some(engine);
    let answer = answer.and_then(|heard| match heard.len() == chunks.len() {
        true => Ok(heard),
        false => Err(EngineError::Failed { reason: format!("it answered {} of {} chunks", heard.len(), chunks.len()) }),
    });
    Ok((chunks, answer))
}

/// Whether the guard wants a chunk heard once more.
pub(crate) fn asks_for_another_try(hearing: &Hearing) -> bool {
    hearing.faults.iter().any(|fault| fault.asks_for_another_try())
}

/// What the same engine is asked when the guard wants it to listen once more: harder, and without names that may have
/// led it astray.
pub(crate) fn thorough(ask: &Ask) -> Ask {
    Ask { effort: Effort::Thorough, vocabulary: Vec::new(), ..ask.clone() }
}

/// The better of two hearings of a chunk, and the first of equals; it took as long as both.
pub(crate) fn better(first: Hearing, second: Hearing) -> Hearing {
    let took_ms = first.took_ms + second.took_ms;
    let better = if guard::are_lighter(&second.faults, &first.faults) { second } else { first };
    Hearing { took_ms, ..better }
}

/// What was heard in a chunk, in milliseconds of its recording, with what the guard says of it.
pub(crate) fn judged(heard: Heard, chunk: &Chunk, ask: &Ask, previous: &str) -> Hearing {
    let words = transcript::words_to_recording(chunk, heard.words);
    let faults = guard::judge(&Evidence::new(chunk, &words, previous, ask));
    Hearing { words, faults, effort: ask.effort, other_model: None, took_ms: heard.took_ms }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::chunks::Span;
    use crate::engine::device::Device;
    use crate::engine::{Abilities, Load};
    use crate::guard::Fault;
    use crate::settings::DataFolder;
    use crate::transcript::Word;

    type Answer = Result<&'static str, EngineError>;

    /// Answers every call as it was told to, in order, and remembers how it was asked.
    struct Scripted {
        answers: Arc<Mutex<VecDeque<Answer>>>,
        asked: Arc<Mutex<Vec<Effort>>>,
    }

    impl Scripted {
        fn new(answers: Vec<Answer>) -> Self {
            Self { answers: Arc::new(Mutex::new(answers.into())), asked: Arc::default() }
        }
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

    fn ask() -> Ask {
        Ask { language: "es".to_owned(), vocabulary: vec![], effort: Effort::Usual }
    }

    /// Astra with a session, and its folder.
    async fn app(tell: impl Fn(Event) + Send + Sync + 'static) -> (tempfile::TempDir, App, ListeningId) {
        let place = tempfile::tempdir().unwrap();
        let folder = DataFolder::open(Some(place.path())).unwrap();
        let none = |_: Load, _: Vec<Device>| Err(Error::Broken { reason: "not asked".to_owned() });
        let app = App::open_with(folder, tell, none).await.unwrap();
        let listening = crate::store::tests::a_session(app.store()).await.parts[0].listening.id;
        (place, app, listening)
    }

    /// Has chunks heard, one after the other, by an engine with these answers.
    async fn hear(chunks: u32, answers: Vec<Answer>) -> (Vec<Result<Option<Hearing>>>, Vec<Effort>, Vec<Outcome>) {
        let (_place, app, listening) = app(|_| {}).await;
        let engine = Scripted::new(answers);
        let asked = Arc::clone(&engine.asked);
        let mut listener = Listener::new(&app, Box::new(engine), &Stop::default());
        let mut results = Vec::new();
        for index in 0..chunks {
            app.store().put_chunk(listening, &chunk(index)).await.unwrap();
            results.push(listener.hear(listening, &chunk(index), None, &ask(), "").await);
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
    async fn english_is_heard_again_by_the_model_that_is_told_the_language_and_counted() {
        let english = "and now we are going to vote on the budget of this council";
        let (told, notices) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(Vec::new())));
        let telling = Arc::clone(&notices);
        let app = app(move |event| {
            if let Event::RemarkMade { message } = event {
                telling.lock().unwrap().push(message);
            }
        });
        let (_place, app, listening) = app.await;
        let first = Scripted::new(vec![Ok(english), Ok(GOOD)]);
        let other =
            Scripted { asked: Arc::clone(&told), ..Scripted::new(vec![Ok("ahora vamos a votar el presupuesto")]) };
        let other: Option<(String, Box<dyn Engine>)> = Some(("small".to_owned(), Box::new(other)));
        let mut listener = Listener::new(&app, Box::new(first), &Stop::default()).with_other(other);
        let mut kept = Vec::new();
        for index in 0..2 {
            app.store().put_chunk(listening, &chunk(index)).await.unwrap();
            kept.push(listener.hear(listening, &chunk(index), None, &ask(), "").await.unwrap().unwrap());
        }
        assert_eq!(
            kept.iter().map(|hearing| hearing.other_model.as_deref()).collect::<Vec<_>>(),
            [Some("small"), None]
        );
        assert!(kept.iter().all(|hearing| hearing.faults.is_empty()), "{kept:?}");
        assert_eq!(*told.lock().unwrap(), [Effort::Usual]);
        app.store().commit_hearing(listening, 0, &kept[0]).await.unwrap();
        assert_eq!(app.store().chunks(listening).await.unwrap()[0].outcome, Outcome::Heard(kept[0].clone()));
        listener.tell_what_others_heard();
        assert!(notices.lock().unwrap()[0].contains("«small»: 1."), "{notices:?}");
    }

    #[tokio::test]
    async fn another_model_that_cannot_be_loaded_leaves_the_first_hearing() {
        let (_place, app, listening) = app(|_| {}).await;
        let missing = EngineError::Missing { tried: "astra-engine-cpu".to_owned() };
        let other: Option<(String, Box<dyn Engine>)> =
            Some(("small".to_owned(), Box::new(Scripted::new(vec![Err(missing)]))));
        let first = Box::new(Scripted::new(vec![Ok("")]));
        let mut listener = Listener::new(&app, first, &Stop::default()).with_other(other);
        app.store().put_chunk(listening, &chunk(0)).await.unwrap();
        let kept = listener.hear(listening, &chunk(0), None, &ask(), "").await.unwrap().unwrap();
        assert_eq!((kept.faults, kept.other_model), (vec![Fault::Uncovered], None));
    }

    #[tokio::test]
    async fn what_may_not_be_sent_is_heard_by_the_engine_here_or_by_none() {
        let (_place, app, listening) = app(|_| {}).await;
        let server = || Box::new(Scripted::new(vec![]));
        let here: Box<dyn Engine> = Box::new(Scripted::new(vec![Ok(GOOD)]));
        let mut two =
            Listener::new(&app, server(), &Stop::default()).with_other(Some(("small".to_owned(), here))).sending(true);
        let mut alone = Listener::new(&app, server(), &Stop::default()).sending(true);
        for (index, listener) in [(0, &mut two), (1, &mut alone)] {
            app.store().put_chunk(listening, &chunk(index)).await.unwrap();
            let heard = listener.hear_here(listening, &chunk(index), &ask(), "").await.unwrap();
            let model = heard.and_then(|hearing| hearing.other_model);
            assert_eq!(model.as_deref(), (index == 0).then_some("small"));
        }
        assert_eq!(app.store().chunks(listening).await.unwrap()[1].outcome, Outcome::Unheard);
    }

    #[tokio::test]
    async fn a_recording_that_may_not_be_sent_at_all_asks_for_a_model_and_waits() {
        let (_place, app, listening) = app(|_| {}).await;
        let mut listener = Listener::new(&app, Box::new(Scripted::new(vec![])), &Stop::default()).sending(true);
        app.store().put_chunk(listening, &chunk(0)).await.unwrap();
        assert_eq!(listener.hear_here(listening, &chunk(0), &ask(), "").await, Ok(None));
        assert_eq!(listener.insist(listening).await.unwrap_err().code(), "model_missing");
        assert_eq!(app.store().chunks(listening).await.unwrap()[0].outcome, Outcome::Waiting);
    }

    #[tokio::test]
    async fn what_a_server_hears_badly_is_heard_again_by_it_and_not_by_the_engine_here() {
        let (_place, app, listening) = app(|_| {}).await;
        let here: Box<dyn Engine> = Box::new(Scripted::new(vec![]));
        let mut listener = Listener::new(&app, Box::new(Scripted::new(vec![Ok(""), Ok(GOOD)])), &Stop::default())
            .with_other(Some(("small".to_owned(), here)))
            .sending(true);
        app.store().put_chunk(listening, &chunk(0)).await.unwrap();
        let kept = listener.hear(listening, &chunk(0), None, &ask(), "").await.unwrap().unwrap();
        assert_eq!((kept.effort, kept.other_model), (Effort::Thorough, None));
    }

    #[tokio::test]
    async fn a_death_in_the_second_try_leaves_the_first_hearing() {
        let (results, _, _) = hear(1, vec![Ok(""), died()]).await;
        assert!(results[0].as_ref().unwrap().as_ref().unwrap().words.is_empty());
    }
}
