//! Jobs as the window steers them.

use super::App;
use crate::error::{Error, Result};
use crate::event::Event;
use crate::id::{JobId, SessionId};
use crate::store::{Job, JobState, Place};

impl App {
    /// Asks a job to wait until it is asked to go on. What was heard is kept.
    ///
    /// # Errors
    /// [`Error::JobUnknown`] when it has ended.
    pub async fn job_pause(&self, id: JobId) -> Result<()> {
        let job = self.unfinished(id).await?;
        self.store().set_paused(id, true).await?;
        self.tell_session(job.session);
        self.wake();
        Ok(())
    }

    /// Lets a job go on that was paused or that failed.
    ///
    /// # Errors
    /// [`Error::JobUnknown`] when it has ended.
    pub async fn job_resume(&self, id: JobId) -> Result<()> {
        let job = self.unfinished(id).await?;
        self.store().set_paused(id, false).await?;
        self.tell_session(job.session);
        self.wake();
        Ok(())
    }

    /// Gives a job up. What was heard is kept.
    ///
    /// # Errors
    /// [`Error::JobUnknown`] when it has ended.
    pub async fn job_cancel(&self, id: JobId) -> Result<()> {
        let job = self.unfinished(id).await?;
        self.store().set_job_state(id, JobState::Cancelled, None).await?;
        self.tell_session(job.session);
        self.wake();
        Ok(())
    }

    /// Puts a job into another place of the queue.
    ///
    /// # Errors
    /// [`Error::JobUnknown`] when it, or the one before which it should run, has ended.
    pub async fn job_move(&self, id: JobId, place: Place) -> Result<()> {
        self.unfinished(id).await?;
        if let Place::Before { job } = place {
            self.unfinished(job).await?;
        }
        self.store().move_job(id, place).await?;
        self.emit(Event::QueueChanged);
        self.wake();
        Ok(())
    }

    /// How long the rest of a session takes, in milliseconds, while it is being heard.
    pub(crate) fn left_ms(&self, session: SessionId) -> Option<u64> {
        self.left.lock().ok()?.get(&session).copied()
    }

    /// Keeps how long the rest of a session takes; nothing when nobody can know.
    pub(crate) fn set_left_ms(&self, session: SessionId, left_ms: Option<u64>) {
        if let Ok(mut left) = self.left.lock() {
            match left_ms {
                Some(left_ms) => left.insert(session, left_ms),
                None => left.remove(&session),
            };
        }
    }

    /// Tells the queue that there is work.
    pub(crate) fn wake(&self) {
        self.work.notify_one();
    }

    /// Waits until somebody tells the queue that there is work.
    pub(crate) async fn woken(&self) {
        self.work.notified().await;
    }

    async fn unfinished(&self, id: JobId) -> Result<Job> {
        let job = self.store().job(id).await?;
        if job.state.is_unfinished() { Ok(job) } else { Err(Error::JobUnknown { id: id.to_string() }) }
    }
}
