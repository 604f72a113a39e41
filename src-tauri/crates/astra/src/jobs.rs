//! `astra jobs`.

use astra_core::app::App;
use astra_core::engine::Stop;
use astra_core::id::JobId;
use astra_core::sentences::sentence;
use astra_core::sessions::Outcome;
use astra_core::store::{Job, JobState, Place, SessionSummary};
use astra_core::{Error, Result};

use crate::arguments::Jobs;
use crate::output::Output;
use crate::progress::Progress;
use crate::transcribe;

/// Lists, moves, resumes or cancels jobs, and pauses all of them.
pub async fn run(app: &App, asked: Jobs, output: &Output, progress: &Progress, stop: &Stop) -> Result<()> {
    match asked {
        Jobs::List => list(app, output).await,
        Jobs::Resume { all: false } => resume(app, output, progress, stop).await,
        Jobs::Resume { all: true } => {
            app.queue_resume().await?;
            said(app, output).await
        }
        Jobs::Pause { .. } => {
            app.queue_pause().await?;
            said(app, output).await
        }
        Jobs::Move { id, to } => {
            let place = match to.before {
                Some(before) => Place::Before { job: parse(&before)? },
                None if to.first => Place::First,
                None => Place::Last,
            };
            app.job_move(parse(&id)?, place).await?;
            list(app, output).await
        }
        Jobs::Cancel { id } => {
            let id = parse(&id)?;
            app.job_cancel(id).await?;
            let object = serde_json::json!({ "id": id, "state": "cancelled" });
            output.item(&object, &sentence("cli.result.cancelled", &[]));
            Ok(())
        }
    }
}

fn parse(id: &str) -> Result<JobId> {
    id.parse().map_err(|_| Error::JobUnknown { id: id.to_owned() })
}

/// Says whether the queue listens, and why not.
async fn said(app: &App, output: &Output) -> Result<()> {
    let queue = app.queue_get().await?;
    let line = queue.holding.map_or_else(|| sentence("cli.result.queue_goes_on", &[]), |hold| hold.sentence());
    output.item(&queue, &line);
    Ok(())
}

async fn list(app: &App, output: &Output) -> Result<()> {
    for job in app.jobs().await? {
        let summary = app.store().session(job.session).await?;
        let title = &summary.session.title;
        let object = serde_json::json!({
            "id": job.id, "session": job.session, "state": job.state, "title": title,
            "created_at_ms": job.created_at_ms, "error": job.error, "chunks_heard": chunks_heard(app, &summary).await?,
            "paused": job.paused, "tries": job.tries, "retry_at_ms": job.retry_at_ms,
        });
        let state = object["state"].as_str().unwrap_or_default();
        let state = sentence(&format!("cli.job_state.{state}"), &[]);
        output.item(&object, &format!("{}  {state:<10}  {title}", job.id));
    }
    Ok(())
}

async fn chunks_heard(app: &App, summary: &SessionSummary) -> Result<usize> {
    let mut heard = 0;
    for part in &summary.parts {
        let chunks = app.store().chunks(part.listening.id).await?;
        heard += chunks.iter().filter(|chunk| chunk.outcome != Outcome::Waiting).count();
    }
    Ok(heard)
}

/// Goes on with every job that was cut short. One that cannot go on does not keep the others
/// from it; the first error is returned at the end.
async fn resume(app: &App, output: &Output, progress: &Progress, stop: &Stop) -> Result<()> {
    // What another program is working on at this moment was not cut short, nor what was asked to wait.
    let cut_short = |job: &Job| job.state.is_unfinished() && job.state != JobState::Running && !job.paused;
    let jobs: Vec<Job> = app.jobs().await?.into_iter().filter(cut_short).collect();
    if jobs.is_empty() {
        output.line(&sentence("cli.result.nothing_to_resume", &[]));
    }
    let mut first_error = None;
    for job in jobs {
        let outcome = app.resume(job.id, stop).await;
        progress.clear();
        match outcome {
            Ok(done) => transcribe::report(app, &done, output).await?,
            Err(Error::Stopped) => return Err(Error::Stopped),
            Err(error) => {
                if first_error.is_some() {
                    output.error(&error);
                } else {
                    first_error = Some(error);
                }
            }
        }
    }
    first_error.map_or(Ok(()), Err)
}
