//! `astra training-set`.

use astra_core::app::App;
use astra_core::engine::Stop;
use astra_core::export::times::length;
use astra_core::id::SessionId;
use astra_core::sentences::sentence;
use astra_core::{Error, Result};

use crate::arguments::TrainingSet;
use crate::output::Output;

/// Writes corrected passages for making a model better elsewhere.
pub async fn run(app: &App, asked: TrainingSet, output: &Output, stop: &Stop) -> Result<()> {
    let parse = |id: &String| id.parse().map_err(|_| Error::SessionUnknown { id: id.clone() });
    let mut sessions: Vec<SessionId> = asked.session.iter().map(parse).collect::<Result<_>>()?;
    if sessions.is_empty() {
        sessions = app.store().sessions().await?.into_iter().map(|summary| summary.session.id).collect();
    }
    let set = app.training_export(&sessions, &asked.folder, asked.whole, stop).await?;
    for path in &set.missing {
        output.aside(&sentence("cli.training_set.missing", &[("path", path)]));
    }
    let (pieces, length) = (set.pieces.to_string(), length(set.audio_ms));
    let path = asked.folder.display().to_string();
    let written = [("pieces", pieces.as_str()), ("length", &length), ("path", &path)];
    let key = if set.pieces == 0 { "cli.training_set.none" } else { "cli.training_set.written" };
    output.item(&set, &sentence(key, &written));
    Ok(())
}
