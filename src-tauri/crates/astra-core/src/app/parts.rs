//! The recordings of a session, joined, split and put into another order by the secretary, or joined
//! by themselves when they come late.

use std::time::Duration;

use super::App;
use crate::clock;
use crate::error::{Error, Result};
use crate::event::Event;
use crate::id::{EntryId, JobId, RecordingId, SessionId};
use crate::jobs::keep::Keep;
use crate::jobs::lease::Lease;
use crate::minutes::{Entry, Moment, Stretch, What};
use crate::sessions::Recording;
use crate::sessions::documents::title_of;
use crate::store::{JobState, Microphone, NewPart, Wish};
use crate::transcript::{Edit, Speaker};

/// A job that was asked to wait has stopped by then, or will not for a while.
const STOPS_WITHIN: Duration = Duration::from_secs(10);

/// How often it is looked whether it has.
const GLANCE: Duration = Duration::from_millis(50);

/// Sessions that nobody listens to while their parts change.
struct Held {
    leases: Vec<Lease>,
    /// The jobs that go on afterwards.
    paused: Vec<JobId>,
}

impl App {
    /// Makes one session of two: the parts of `later` follow those of `earlier`, with their text, their record
    /// and what was edited. Whoever is named alike in both is one speaker, which an undo takes back.
    ///
    /// # Errors
    /// [`Error::SessionUnknown`]; [`Error::SessionBusy`] while another program listens to one of them.
    pub async fn session_join(&self, earlier: SessionId, later: SessionId) -> Result<()> {
        if earlier == later {
            return Ok(());
        }
        let held = self.hold(&[earlier, later]).await?;
        let joined = self.join_held(earlier, later).await;
        self.let_go(held).await?;
        joined?;
        self.tell_parts(&[earlier]);
        Ok(())
    }

    /// The same for two of which a person said that the sitting paused between them: the minutes say so, where
    /// the second begins.
    ///
    /// # Errors
    /// Those of [`App::session_join`].
    pub(crate) async fn session_join_after(&self, earlier: SessionId, later: SessionId, gap_ms: u64) -> Result<()> {
        let part = self.store().session(earlier).await?.parts.len() as u32;
        self.session_join(earlier, later).await?;
        let begins = Moment { part, ms: 0 };
        let entry = Entry {
            id: EntryId::new(),
            heard: Some(Stretch { from: begins, to: begins }),
            what: What::Recess { reason: String::new(), lasted_ms: Some(gap_ms) },
        };
        let edit = Edit::PutEntry { entry: Box::new(entry), continues: false };
        self.store().edit_newest(earlier, &edit).await?;
        self.tell_parts(&[earlier]);
        Ok(())
    }

    /// Makes a session of its own of the parts from `position` on, with their text.
    ///
    /// # Errors
    /// [`Error::PartsUnknown`]; [`Error::SessionBusy`] while another program listens to it.
    pub async fn session_split(&self, session: SessionId, position: u32) -> Result<SessionId> {
        let summary = self.store().session(session).await?;
        let moved = summary.parts.iter().skip(position as usize).map(|part| part.recording.clone());
        let title = title_of(&moved.collect::<Vec<Recording>>());
        let held = self.hold(&[session]).await?;
        let wish = self.wish_of(session).await?;
        let split = self.store().split_session(session, position, &title, &wish).await;
        self.let_go(held).await?;
        let new = split?;
        self.tell_parts(&[session, new]);
        Ok(new)
    }

    /// Puts the parts of a session into another order: `order` names each by its position until now.
    ///
    /// # Errors
    /// [`Error::PartsUnknown`] unless it names each once; [`Error::SessionBusy`].
    pub async fn session_reorder(&self, session: SessionId, order: &[u32]) -> Result<()> {
        let held = self.hold(&[session]).await?;
        let reordered = self.store().reorder_parts(session, order).await;
        self.let_go(held).await?;
        reordered?;
        self.tell_parts(&[session]);
        Ok(())
    }

    /// Adds a recording to a session as part `position`. What was heard is not heard again; a job that
    /// listens to the session goes on with it.
    pub(crate) async fn add_part(&self, session: SessionId, position: usize, recording: Recording) -> Result<()> {
        let summary = self.store().session(session).await?;
        let key = summary.parts.first().map(|part| part.listening.key.clone());
        let key = key.ok_or_else(|| Error::SessionUnknown { id: session.to_string() })?;
        let wish = self.wish_of(session).await?;
        self.store().add_part(session, position, &NewPart { recording, key }, &wish).await?;
        self.tell_parts(&[session]);
        Ok(())
    }

    /// Goes on with a recording that went on after it was taken. What was heard of it is not heard again.
    pub(crate) async fn grow(&self, known: RecordingId, grown: &Recording) -> Result<Vec<SessionId>> {
        let sessions: Vec<SessionId> =
            self.store().sessions_with(known).await?.iter().map(|summary| summary.session.id).collect();
        let held = self.hold(&sessions).await?;
        let outcome = self.store().grow_recording(known, grown).await;
        self.let_go(held).await?;
        outcome?;
        for session in &sessions {
            let wish = self.wish_of(*session).await?;
            self.store().see_to(*session, &wish).await?;
        }
        self.tell_parts(&sessions);
        Ok(sessions)
    }

    /// Keeps the microphones that were recorded beside a recording. As long as nobody has edited the
    /// session, the recording is heard anew with all of them; afterwards they are only kept as a hint at
    /// who speaks.
    pub(crate) async fn add_microphones(
        &self,
        session: SessionId,
        recording: RecordingId,
        microphones: &[Microphone],
    ) -> Result<()> {
        let held = self.hold(&[session]).await?;
        let wish = self.wish_of(session).await?;
        let added = self.store().add_microphones(session, recording, microphones, &wish).await;
        // What was kept is the sound of the first one alone.
        let added = added.and_then(|()| Keep::of(self.folder(), recording, true).forget());
        self.let_go(held).await?;
        added?;
        self.tell_parts(&[session]);
        Ok(())
    }

    async fn join_held(&self, earlier: SessionId, later: SessionId) -> Result<()> {
        let (ours, theirs) = (self.store().speakers(earlier).await?, self.store().speakers(later).await?);
        let wish = self.wish_of(earlier).await?;
        self.store().join_sessions(earlier, later, &wish).await?;
        for their in theirs {
            let Some(our) = ours.iter().find(|our| our.is_called(&their.name)) else { continue };
            let alike = |speaker: &Speaker, role: &str| Edit::ChangeSpeaker {
                speaker: speaker.id,
                name: our.name.clone(),
                role: role.to_owned(),
                colour: our.colour,
            };
            self.store().edit_newest(earlier, &alike(&their, &their.role)).await?;
            if our.role.is_empty() && !their.role.is_empty() {
                self.store().edit_newest(earlier, &alike(our, &their.role)).await?;
            }
        }
        Ok(())
    }

    /// What was wished for a session when it was begun.
    async fn wish_of(&self, session: SessionId) -> Result<Wish> {
        let newest = self.store().newest_job(session).await?.map(|job| job.wish);
        Ok(newest.unwrap_or(Wish { out: ".".into(), formats: Vec::new(), threads: None, keep_copy: None }))
    }

    /// Lets whoever listens to sessions stop, and keeps others from beginning.
    async fn hold(&self, sessions: &[SessionId]) -> Result<Held> {
        let mut held = Held { leases: Vec::new(), paused: Vec::new() };
        for session in sessions {
            self.store().session(*session).await?;
            if let Some(job) = self.store().unfinished_job(*session).await?
                && matches!(job.state, JobState::Waiting | JobState::Running)
                && !job.paused
            {
                self.store().set_paused(job.id, true).await?;
                held.paused.push(job.id);
            }
        }
        for session in sessions {
            match self.lease_in_time(*session).await {
                Ok(lease) => held.leases.push(lease),
                Err(error) => {
                    self.let_go(held).await?;
                    return Err(error);
                }
            }
        }
        Ok(held)
    }

    async fn lease_in_time(&self, session: SessionId) -> Result<Lease> {
        let begun = clock::instant();
        loop {
            match Lease::take(self.folder(), session) {
                Err(Error::SessionBusy { .. }) if begun.elapsed() < STOPS_WITHIN => tokio::time::sleep(GLANCE).await,
                outcome => return outcome,
            }
        }
    }

    async fn let_go(&self, held: Held) -> Result<()> {
        for job in &held.paused {
            // The job of a session that was joined to another went with it.
            self.store().set_paused(*job, false).await?;
        }
        drop(held.leases);
        self.wake();
        Ok(())
    }

    fn tell_parts(&self, sessions: &[SessionId]) {
        for session in sessions {
            self.tell_session(*session);
        }
        self.emit(Event::SessionsChanged);
        self.wake();
    }
}
