//! The work of listening to a session: resumable at its first unheard chunk, held by a lease, so
//! that two programs never hear one chunk.

use std::time::Duration;

use crate::app::{App, Done};
use crate::clock;
use crate::engine::{Ask, Effort, Stop};
use crate::error::{Error, Result};
use crate::event::Event;
use crate::id::JobId;
use crate::sentences::{error_sentence, sentence};
use crate::sessions::{ListeningKey, Outcome, Part, documents};
use crate::store::{Job, JobState, SessionSummary, Wish};

pub mod hear;
pub mod hold;
pub mod keep;
pub mod lease;
pub mod listen;
pub mod pace;
pub mod queue;
pub mod retry;

use hear::Listener;
use keep::Keep;
use lease::Lease;

/// Every how many looks it also looks whether the computer runs on its battery: ten seconds.
const POWER_CHECK: u32 = 200;

/// How often a running job looks whether it should stop.
const STOP_CHECK: Duration = Duration::from_millis(50);

/// Every how many looks it also looks into the store, where the window or another program may have
/// paused or cancelled it.
const STORE_CHECK: u32 = 10;

/// Runs a job to its end: listens to what was not heard yet, then writes the documents. A new
/// `wish` takes the place of the job's own once nobody else can be working on it.
///
/// # Errors
/// [`Error::SessionBusy`] when another program runs it; [`Error::Stopped`], after which it waits
/// for being resumed; any other error is kept with the job, which can be resumed too.
pub async fn run(app: &App, mut job: Job, wish: Option<&Wish>, stop: &Stop) -> Result<Done> {
    let _lease = Lease::take(app.folder(), job.session)?;
    if let Some(wish) = wish {
        app.store().set_wish(job.id, wish).await?;
        job.wish = wish.clone();
    }
    let heard_before = app.store().count_heard(job.session).await?;
    app.store().set_job_state(job.id, JobState::Running, None).await?;
    // A stop of its own: giving this job up must not stop the next one.
    let own = Stop::default();
    let watch = tokio::spawn(watch_over(app.clone(), job.id, stop.clone(), own.clone()));
    let outcome = loop {
        let outcome = listen_and_write(app, &job, &own).await;
        // A part that came while the others were heard is heard by the same job.
        if outcome.is_err() || app.store().finish_job(job.id).await? {
            break outcome;
        }
    };
    watch.abort();
    app.set_left_ms(job.session, None);
    match &outcome {
        Ok(_) => {
            app.emit(Event::JobDone { job: Some(job.id), session: job.session });
            app.deliver_if_wished(job.session).await;
        }
        Err(Error::Stopped) => app.store().set_job_state(job.id, JobState::Waiting, None).await?,
        Err(error) => {
            // One that got further than the last time is not at the end of its tries.
            let further = app.store().count_heard(job.session).await.is_ok_and(|heard| heard > heard_before);
            end_with(app, &job, error, if further { 0 } else { job.tries }).await;
        }
    }
    outcome
}

/// Keeps why a job failed that had failed `tries` times before, and when it is tried again.
async fn end_with(app: &App, job: &Job, error: &Error, tries: u32) {
    let pause_ms = if error.may_pass() { retry::pause_ms(tries + 1) } else { None };
    let retry_at_ms = pause_ms.map(|pause_ms| clock::now_ms() + pause_ms);
    // A full disk may refuse this too; the lease goes all the same, and a job left running without one is taken up
    // like any other.
    if let Err(second) = app.store().fail_job(job.id, error, tries + 1, retry_at_ms).await {
        tracing::error!(code = second.code(), "cannot keep why the job failed");
    }
    let (code, message) = (error.code(), error_sentence(error));
    app.emit(Event::JobFailed { job: job.id, session: job.session, code, message, retry_at_ms });
}

async fn listen_and_write(app: &App, job: &Job, stop: &Stop) -> Result<Done> {
    if !job.wish.formats.is_empty() {
        documents::check_folder(&job.wish.out)?;
    }
    let summary = app.store().session(job.session).await?;
    if let Some(part) = summary.parts.iter().find(|part| part.listening.ended.is_none()) {
        app.emit(Event::JobStarted {
            job: job.id,
            session: job.session,
            audio_ms: length_ms(&summary),
            model: part.listening.key.model.clone(),
            resumed: was_begun(app, &summary).await?,
        });
        listen_to_all(app, job, &summary, stop).await?;
    }
    app.write_documents(job.session, &job.wish).await
}

async fn listen_to_all(app: &App, job: &Job, summary: &SessionSummary, stop: &Stop) -> Result<()> {
    let all_ms = length_ms(summary);
    let (mut listens, mut before_ms, mut failure) = (None, 0, None);
    for (position, part) in summary.parts.iter().enumerate() {
        if part.listening.ended.is_some() {
            before_ms += part.recording.duration_ms.unwrap_or_default();
            continue;
        }
        let place = listen::Place { session: job.session, position, before_ms, all_ms };
        before_ms += match listen_to_part(app, job, part, &place, &mut listens, stop).await {
            Ok(duration_ms) => duration_ms,
            Err(Error::Stopped) => return Err(Error::Stopped),
            // The other recordings need not wait until this one can be heard.
            Err(error) => {
                failure.get_or_insert(error);
                part.recording.duration_ms.or(part.recording.claimed_ms).unwrap_or_default()
            }
        };
    }
    if let Some((_, listener)) = &listens {
        listener.tell_what_others_heard();
    }
    failure.map_or(Ok(()), Err)
}

/// Listens to one recording with the engine that was chosen, and agreed to, for it: `listens` where that is the one of
/// the recording before. Returns how long it is, in milliseconds.
async fn listen_to_part<'a>(
    app: &'a App,
    job: &Job,
    part: &Part,
    place: &listen::Place,
    listens: &mut Option<(ListeningKey, Listener<'a>)>,
    stop: &Stop,
) -> Result<u64> {
    let key = &part.listening.key;
    let listener = match listens {
        Some((hears, listener)) if hears.has_engine_of(key) => listener,
        _ => {
            if let Some((_, before)) = listens.take() {
                before.tell_what_others_heard();
            }
            let engine = app.engine(job.session, key, job.wish.threads).await?;
            let beside = app.engine_beside(job.session, key, job.wish.threads).await?;
            let listener = Listener::new(app, engine, stop).with_other(beside).sending(key.is_sent());
            &mut listens.insert((key.clone(), listener)).1
        }
    };
    let vocabulary = app.words_for(job.session, part).await?;
    let ask = Ask { language: key.language.clone(), vocabulary, effort: Effort::Usual };
    let keep = Keep::of(app.folder(), part.recording.id, keeps_copy(app, &job.wish).await?);
    listen::listen_to(app, listener, part, place, &ask, &keep, stop).await
}

/// How long all recordings are, in milliseconds; nothing when the container of one does not say.
fn length_ms(summary: &SessionSummary) -> Option<u64> {
    summary.parts.iter().map(|part| part.recording.duration_ms.or(part.recording.claimed_ms)).sum()
}

/// Whether listening copies are made: as was wished for this job, else as the settings say.
async fn keeps_copy(app: &App, wish: &Wish) -> Result<bool> {
    match wish.keep_copy {
        Some(copy) => Ok(copy),
        None => Ok(app.settings_get().await?.listening_copy),
    }
}

/// Whether anything of the session was heard before.
async fn was_begun(app: &App, summary: &SessionSummary) -> Result<bool> {
    for part in &summary.parts {
        let chunks = app.store().chunks(part.listening.id).await?;
        if chunks.iter().any(|chunk| chunk.outcome != Outcome::Waiting) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Passes on a stop that was asked of this program, and one that another program left in the store. As long as it
/// watches, a computer on mains power does not fall asleep.
async fn watch_over(app: App, job: JobId, asked: Stop, own: Stop) {
    let mut awake = None;
    for look in 0_u32.. {
        if look % POWER_CHECK == 0 {
            let on_battery = app.on_battery().await;
            awake = awake.take().filter(|_| !on_battery);
            if !on_battery && awake.is_none() {
                awake = Some(app.surroundings().keep_awake(&sentence("queue.awake", &[])));
            }
        }
        tokio::time::sleep(STOP_CHECK).await;
        let unwanted = |job: Job| job.state == JobState::Cancelled || job.paused;
        if asked.is_set() || (look % STORE_CHECK == 0 && app.store().job(job).await.is_ok_and(unwanted)) {
            own.set();
            return;
        }
    }
}
