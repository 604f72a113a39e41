//! The queue as whoever looks at it sees it, and pausing all of it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::App;
use crate::clock;
use crate::error::Result;
use crate::event::Event;
use crate::id::JobId;
use crate::jobs::hold::{Circumstances, Hold, hold};
use crate::sentences::sentence;
use crate::store::{Job, JobState};
use crate::surroundings::{Surroundings, ask};

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
        let jobs = self.unfinished_jobs().await?;
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
        let choices = self.settings_get().await?.queue;
        let found = Circumstances {
            paused: self.queue_is_paused().await?,
            now: clock::wall(),
            // Only what was chosen is asked for: it costs a little each time.
            on_battery: choices.only_on_mains && self.on_battery().await,
            idle_ms: if choices.only_when_idle { self.idle_ms().await } else { None },
        };
        Ok(hold(&choices, &found))
    }

    /// What the queue does, in words for a person.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn queue_in_words(&self) -> Result<String> {
        let queue = self.queue_get().await?;
        if let Some(job) = queue.listening {
            let row = self.session_row(self.store().job(job).await?.session).await?;
            let title = [("title", row.title.as_str())];
            return Ok(match row.left_ms {
                Some(left_ms) => sentence("queue.listening_left", &[title[0], ("left", &rough(left_ms))]),
                None => sentence("queue.listening", &title),
            });
        }
        let idle = queue.waiting.is_empty() && !queue.paused;
        let hold = queue.holding.filter(|_| !idle);
        Ok(hold.map_or_else(|| sentence("queue.nothing", &[]), Hold::sentence))
    }

    /// Whether the computer runs on its battery.
    pub(crate) async fn on_battery(&self) -> bool {
        let around = self.surroundings();
        ask(move || around.on_battery()).await.unwrap_or(false)
    }

    /// What goes on around Astra.
    pub(crate) fn surroundings(&self) -> Arc<dyn Surroundings> {
        Arc::clone(&self.surroundings)
    }

    async fn idle_ms(&self) -> Option<u64> {
        let around = self.surroundings();
        ask(move || around.idle_ms()).await.flatten()
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

/// A length of time as one says it.
fn rough(ms: u64) -> String {
    let minutes = ms.div_ceil(60_000);
    match (minutes / 60, minutes % 60) {
        (0, minutes) => sentence("queue.minutes", &[("minutes", &minutes.to_string())]),
        (hours, minutes) => {
            sentence("queue.hours", &[("hours", &hours.to_string()), ("minutes", &format!("{minutes:02}"))])
        }
    }
}

#[cfg(test)]
mod tests;
