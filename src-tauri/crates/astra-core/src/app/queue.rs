//! The queue as whoever looks at it sees it, and pausing all of it.

use serde::{Deserialize, Serialize};

use super::App;
use crate::error::Result;
use crate::event::Event;
use crate::id::JobId;
use crate::jobs::hold::Hold;
use crate::store::{Job, JobState};

/// The name under which it is kept that somebody paused everything.
const PAUSED: &str = "queue_paused";

/// What is heard, what waits, and what keeps it waiting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Queue {
    /// Whether somebody paused everything.
    pub paused: bool,
    /// Why nothing new begins now.
    pub holding: Option<Hold>,
    /// The jobs that wait, in the order in which they will run.
    pub waiting: Vec<JobId>,
    /// The job that runs, in this program or another.
    pub listening: Option<JobId>,
}

impl App {
    /// The queue at this moment.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn queue_get(&self) -> Result<Queue> {
        let jobs = self.jobs().await?;
        let with = |state| move |job: &&Job| job.state == state && !job.paused;
        Ok(Queue {
            paused: self.queue_is_paused().await?,
            holding: self.holding().await?,
            waiting: jobs.iter().filter(with(JobState::Waiting)).map(|job| job.id).collect(),
            listening: jobs.iter().find(|job| job.state == JobState::Running).map(|job| job.id),
        })
    }

    /// Lets everything wait until somebody lets it go on, whatever is closed or opened meanwhile.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn queue_pause(&self) -> Result<()> {
        self.set_queue_paused(true).await
    }

    /// Lets the queue go on.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn queue_resume(&self) -> Result<()> {
        self.set_queue_paused(false).await
    }

    /// What keeps the queue from listening now.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn holding(&self) -> Result<Option<Hold>> {
        Ok(self.queue_is_paused().await?.then_some(Hold::Paused))
    }

    async fn queue_is_paused(&self) -> Result<bool> {
        Ok(self.store().setting(PAUSED).await?.unwrap_or_default())
    }

    async fn set_queue_paused(&self, paused: bool) -> Result<()> {
        self.store().set_setting(PAUSED, &paused).await?;
        self.emit(Event::QueueChanged);
        self.wake();
        Ok(())
    }
}
