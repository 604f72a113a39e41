//! `astra journal`.

use astra_core::app::App;
use astra_core::sentences::sentence;
use astra_core::{Error, Result};

use crate::acta::Target;
use crate::arguments::Journal;
use crate::output::Output;

/// Writes what people changed in a session.
pub async fn run(app: &App, asked: Journal, output: &Output) -> Result<()> {
    let session = asked.id.parse().map_err(|_| Error::SessionUnknown { id: asked.id.clone() })?;
    let target = Target::of(asked.out, |path| path.extension().is_some_and(|extension| extension == "jsonl"));
    let path = app.journal_write(session, asked.copy, &target.folder, target.name.as_deref()).await?;
    let path = path.display().to_string();
    output.item(&serde_json::json!({ "path": path }), &sentence("cli.journal.written", &[("path", &path)]));
    Ok(())
}
