//! The queue: jobs that wait are run one after the other, in the order of the queue, as long as the window is open.
//! Everything it knows is in the store, so it goes on after any end of the program. What keeps it from listening
//! ([`super::hold`]) also stops the job that runs, which goes on by itself when that is over.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use super::lease::Lease;
use super::retry;
use crate::app::{App, Queue};
use crate::clock;
use crate::engine::Stop;
use crate::error::{Error, Result};
use crate::event::Event;
use crate::id::JobId;
use crate::store::{Job, JobState};

/// How long the queue waits before it looks again, when nobody woke it: another program may have
/// left a job, and nobody tells when somebody is back at the keyboard.
const LOOK_AGAIN: Duration = Duration::from_secs(2);

/// How often a running job is looked after.
const GLANCE: Duration = Duration::from_millis(50);

/// How long a job rests whose end could not even be kept, as on a full disk: the others come first.
const REST: Duration = Duration::from_secs(60);

/// Runs jobs until `stop`, and delivers what they left; a job that is running then waits for the next time.
pub async fn work(app: &App, stop: &Stop) {
    tokio::join!(listen(app, stop), deliver(app, stop));
}

async fn listen(app: &App, stop: &Stop) {
    let mut looked = Looked::default();
    while !stop.is_set() {
        looked.look(app).await;
        match looked.next(app).await {
            Ok(Some(job)) => {
                app.tell_session(job.session);
                if let Err(error) = run(app, &job, &mut looked, stop).await {
                    tracing::info!(code = error.code(), "a job ended early");
                    app.tell_session(job.session);
                    looked.rest_unless_kept(app, &job).await;
                }
            }
            Ok(None) => {
                wait(app, LOOK_AGAIN).await;
            }
            Err(error) => {
                tracing::error!(code = error.code(), "the queue cannot be read");
                tokio::time::sleep(LOOK_AGAIN).await;
            }
        }
    }
}

/// A folder that is away is waited for beside whatever is being heard.
async fn deliver(app: &App, stop: &Stop) {
    while !stop.is_set() {
        app.deliver_due().await;
        let since = clock::instant();
        while !stop.is_set() && since.elapsed() < LOOK_AGAIN {
            tokio::time::sleep(GLANCE).await;
        }
    }
}

/// What was seen at the last look.
#[derive(Default)]
struct Looked {
    queue: Option<Queue>,
    /// The jobs whose end could not be kept, and since when they rest.
    resting: HashMap<JobId, Instant>,
}

impl Looked {
    /// Looks at the queue, and tells when it is not what it was.
    async fn look(&mut self, app: &App) {
        // Whoever cannot read it says so when the next job is looked for.
        let Ok(queue) = app.queue_get().await else { return };
        if self.queue.as_ref() != Some(&queue) {
            self.queue = Some(queue);
            app.emit(Event::QueueChanged);
        }
    }

    fn is_held(&self) -> bool {
        self.queue.as_ref().is_some_and(|queue| queue.holding.is_some())
    }

    /// A job that is in the store as it was before it ran would be the first to run again.
    async fn rest_unless_kept(&mut self, app: &App, job: &Job) {
        if !app.store().job(job.id).await.is_ok_and(|kept| kept.state != JobState::Running) {
            self.resting.insert(job.id, clock::instant());
        }
    }

    /// The first job that may run now: one that waits and was not asked to, or that failed long enough ago. One that
    /// was running when its program died waits too.
    async fn next(&mut self, app: &App) -> Result<Option<Job>> {
        if self.is_held() {
            return Ok(None);
        }
        self.resting.retain(|_, since| since.elapsed() < REST);
        for job in app.unfinished_jobs().await? {
            if is_ready(&job) && !self.resting.contains_key(&job.id) && !Lease::is_held(app.folder(), job.session)? {
                return Ok(Some(job));
            }
        }
        Ok(None)
    }
}

/// Runs a job, and looks after it: what keeps the queue from listening stops it.
async fn run(app: &App, job: &Job, looked: &mut Looked, stop: &Stop) -> Result<()> {
    let own = Stop::default();
    let running = {
        let (app, job, own) = (app.clone(), job.clone(), own.clone());
        tokio::spawn(async move { super::run(&app, job, None, &own).await.map(drop) })
    };
    let mut since = clock::instant();
    while !running.is_finished() {
        let woken = wait(app, GLANCE).await;
        if woken || since.elapsed() >= LOOK_AGAIN {
            looked.look(app).await;
            since = clock::instant();
        }
        if stop.is_set() || looked.is_held() {
            own.set();
        }
    }
    let outcome = running.await;
    // What looks after a job that panicked would go on for ever, and keep the computer awake.
    own.set();
    match outcome {
        Ok(outcome) => outcome,
        // Only a fault of Astra's own breaks it; the others go on.
        Err(broken) => {
            let error = Error::Broken { reason: broken.to_string() };
            super::end_with(app, job, &error, 0).await;
            Err(error)
        }
    }
}

fn is_ready(job: &Job) -> bool {
    let due = |(failed_at_ms, retry_at_ms)| retry::is_due(clock::now_ms(), failed_at_ms, retry_at_ms);
    match job.state {
        _ if job.paused => false,
        JobState::Waiting => true,
        JobState::Failed => job.ended_at_ms.zip(job.retry_at_ms).is_some_and(due),
        JobState::Running | JobState::Done | JobState::Cancelled => false,
    }
}

/// Waits until somebody wakes the queue, or that long. Nothing is lost when nobody does: it looks again.
async fn wait(app: &App, longest: Duration) -> bool {
    tokio::time::timeout(longest, app.woken()).await.is_ok()
}
