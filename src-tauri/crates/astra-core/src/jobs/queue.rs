//! The queue: jobs that wait are run one after the other, oldest first, as long as the window is
//! open. Everything it knows is in the store, so it goes on after any end of the program.

use std::time::Duration;

use super::lease::Lease;
use crate::app::App;
use crate::engine::Stop;
use crate::error::Result;
use crate::store::{Job, JobState};

/// How long the queue waits before it looks again, when nobody woke it: another program may have
/// left a job.
const LOOK_AGAIN: Duration = Duration::from_secs(2);

/// Runs jobs until `stop`; a job that is running then waits for the next time.
pub async fn work(app: &App, stop: &Stop) {
    while !stop.is_set() {
        match next(app).await {
            Ok(Some(job)) => {
                app.tell_session(job.session);
                // Whatever ended it is in the store and was told.
                if let Err(error) = super::run(app, job.clone(), None, stop).await {
                    tracing::info!(code = error.code(), "a job ended early");
                    app.tell_session(job.session);
                    if error.code() == "session_busy" {
                        tokio::time::sleep(LOOK_AGAIN).await;
                    }
                }
            }
            Ok(None) => wait(app).await,
            Err(error) => {
                tracing::error!(code = error.code(), "the queue cannot be read");
                tokio::time::sleep(LOOK_AGAIN).await;
            }
        }
    }
}

/// The oldest job that waits and was not asked to. One that was running when its program died
/// waits too.
async fn next(app: &App) -> Result<Option<Job>> {
    let jobs = app.jobs().await?;
    let ready = |job: &Job| job.state == JobState::Waiting && !job.paused;
    for job in jobs.into_iter().filter(ready) {
        if !Lease::is_held(app.folder(), job.session)? {
            return Ok(Some(job));
        }
    }
    Ok(None)
}

async fn wait(app: &App) {
    // Nothing is lost when nobody woke it: it looks again.
    let _ = tokio::time::timeout(LOOK_AGAIN, app.woken()).await;
}
