//! What the secretary goes through to make minutes of a transcript: proposals, figures, turns, and what
//! may be personal data. She answers with edits: by [`App::transcript_edit`].

use super::{App, blocking};
use crate::error::Result;
use crate::id::{EntryId, SessionId};
use crate::minutes::turns::Clock;
use crate::minutes::{
    ProposedEdit, SaidFigure, SaidSecret, SaidTurn, proposed, said_figures, said_secrets, said_turns,
};

impl App {
    /// What is proposed for the minutes of a session and neither taken over nor refused.
    ///
    /// # Errors
    /// [`crate::Error::SessionUnknown`].
    pub async fn minutes_proposals(&self, session: SessionId) -> Result<Vec<ProposedEdit>> {
        self.settle(session).await?;
        let clock = Clock { offsets_ms: self.store().session(session).await?.offsets_ms() };
        let mut scene = self.store().seen(session).await?.scene;
        let stated = self.store().minutes(session).await?;
        (scene.minutes, scene.refused) = (stated.minutes, stated.refused);
        blocking(move || Ok(proposed(&scene, &clock, EntryId::new))).await
    }

    /// The figures that were said, as the council's minutes write them.
    ///
    /// # Errors
    /// [`crate::Error::SessionUnknown`].
    pub async fn minutes_figures(&self, session: SessionId) -> Result<Vec<SaidFigure>> {
        let (summary, document) = self.document(session).await?;
        let clock = Clock { offsets_ms: summary.offsets_ms() };
        let wording = self.settings_get().await?.acta.style().wording;
        blocking(move || Ok(said_figures(&document.segments, &clock, &wording))).await
    }

    /// The turns of a session in sentences, from which the succinct minutes are picked.
    ///
    /// # Errors
    /// [`crate::Error::SessionUnknown`].
    pub async fn minutes_turns(&self, session: SessionId) -> Result<Vec<SaidTurn>> {
        let (summary, material) = self.acta_material(session, crate::minutes::acta::Copy::Complete).await?;
        let clock = Clock { offsets_ms: summary.offsets_ms() };
        blocking(move || Ok(said_turns(&material.utterances, &material.minutes.entries, &clock))).await
    }

    /// What was said or typed that may be personal data. The public copy does without all of it but what somebody
    /// said is none.
    ///
    /// # Errors
    /// [`crate::Error::SessionUnknown`].
    pub async fn minutes_secrets(&self, session: SessionId) -> Result<Vec<SaidSecret>> {
        let (summary, document) = self.document(session).await?;
        let clock = Clock { offsets_ms: summary.offsets_ms() };
        let stated = self.store().minutes(session).await?;
        let find = move || said_secrets(&document.segments, &stated.minutes.entries, &clock, &stated.refused);
        blocking(move || Ok(find())).await
    }
}
