//! The roster as the doors list, import and keep it, and what new sessions take from it.

use std::path::Path;

use super::{App, blocking, papers};
use crate::clock;
use crate::error::{Error, Result};
use crate::event::Event;
use crate::export::times::iso_day;
use crate::minutes::Record;
use crate::roster::{self, Councillor, RosterProposal};
use crate::settings::Council;

impl App {
    /// Everybody on the roster, in the order of the roll.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn roster_list(&self) -> Result<Vec<Councillor>> {
        self.store().roster().await
    }

    /// Makes these the roster.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn roster_save(&self, roster: &[Councillor]) -> Result<()> {
        self.store().set_roster(roster).await?;
        self.emit(Event::RosterChanged);
        Ok(())
    }

    /// Proposes the people that a file names. Nothing is kept before [`App::roster_save`].
    ///
    /// # Errors
    /// [`Error::RecordingMissing`] and the like when the file cannot be read;
    /// [`Error::RosterUnreadable`].
    pub async fn roster_import(&self, path: &Path) -> Result<RosterProposal> {
        let known = self.store().roster().await?;
        let path = path.to_owned();
        blocking(move || {
            let bytes = papers::bytes_of(&path)?;
            let shown = path.display().to_string();
            roster::read(&bytes, &known).map_err(|reason| Error::RosterUnreadable { path: shown, reason })
        })
        .await
    }

    /// Completes the records of the sessions that were there before anybody said which council this is.
    pub(super) async fn complete_records(&self, council: &Council) -> Result<()> {
        for summary in self.store().sessions().await? {
            let session = summary.session.id;
            let started = summary.parts.first().and_then(|part| part.recording.started_at_ms);
            let record = self.store().record(session).await?;
            let completed = record.clone().completed_by(self.record_before(council, started).await?);
            if completed != record {
                self.store().set_record(session, &completed).await?;
                self.tell_session(session);
            }
        }
        Ok(())
    }

    /// What is known of a sitting before anybody listens to it: the council, and its roll of the day
    /// it was recorded.
    pub(crate) async fn record_before(&self, council: &Council, started_at_ms: Option<i64>) -> Result<Record> {
        let attendance = roster::roll(&self.store().roster().await?, &day_of(started_at_ms));
        Ok(Record {
            entity: council.entity.clone(),
            body: council.body.clone(),
            place: council.place.clone(),
            president: council.president.clone(),
            secretary: council.secretary.clone(),
            attendance,
            ..Record::default()
        })
    }
}

/// The day of a moment in milliseconds since 1970 UTC; today without one.
pub(super) fn day_of(at_ms: Option<i64>) -> String {
    iso_day(at_ms.unwrap_or_else(clock::now_ms)).unwrap_or_default()
}
