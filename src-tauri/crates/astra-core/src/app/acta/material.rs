//! What an acta is made of, put together from what is stored.

use crate::app::App;
use crate::error::Result;
use crate::export::Document;
use crate::id::SessionId;
use crate::minutes::acta::{Copy, Listening, Material, Person, Summary};
use crate::minutes::{What, secrets};
use crate::store::SessionSummary;

impl App {
    /// All that the acta of a session may say.
    ///
    /// # Errors
    /// [`crate::Error::SessionUnknown`] or those of the store.
    pub(crate) async fn acta_material(&self, session: SessionId, copy: Copy) -> Result<(SessionSummary, Material)> {
        let (summary, document) = self.document(session).await?;
        let stated = self.store().minutes(session).await?;
        let speakers = self.store().seen(session).await?.scene.speakers;
        let people = speakers.into_iter().map(|speaker| Person { name: speaker.name, office: speaker.role }).collect();
        let masks = match copy {
            Copy::Public => secrets(&document.segments, &stated.minutes.entries, &stated.refused),
            Copy::Complete => vec![],
        };
        let mut material = Material { minutes: stated.minutes, people, masks, ..of_document(document) };
        material.summaries = summaries(&mut material);
        Ok((summary, material))
    }
}

fn of_document(document: Document) -> Material {
    let listening = Listening {
        engine: document.engine,
        model: document.model,
        model_sha256: document.model_sha256,
        other_models: document.other_models,
        coverage: document.coverage,
    };
    let mut material = Material {
        listening: Some(listening),
        utterances: document.segments,
        recordings: document.recordings,
        warning: document.warning,
        ..Material::default()
    };
    // Who changed or confirmed a passage listened to its figures.
    let clock = material.clock();
    let confirmed = material.utterances.iter().filter(|utterance| utterance.touched);
    material.figures_heard = confirmed.map(|utterance| clock.heard(utterance)).collect();
    material
}

/// Takes what the succinct minutes say out of what the minutes state of everything else, and what is reserved,
/// which the passages there are marked with.
fn summaries(material: &mut Material) -> Vec<Summary> {
    let mut summaries = Vec::new();
    material.minutes.entries.retain(|entry| match (&entry.what, entry.heard) {
        (What::Summary { text, confirmed }, Some(heard)) => {
            summaries.push(Summary { heard, text: text.clone(), confirmed: *confirmed });
            false
        }
        (what, _) => !matches!(what, What::Summary { .. } | What::Reserved { .. }),
    });
    summaries
}
