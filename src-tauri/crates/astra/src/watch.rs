//! `astra watch`.

use astra_core::Result;
use astra_core::app::App;
use astra_core::engine::Stop;
use astra_core::jobs::queue;
use astra_core::sentences::sentence;
use astra_core::watch::{ExistingAnswer, Watch as Watched};

use crate::arguments::Watch;
use crate::output::Output;
use crate::progress::Progress;

/// Watches folders and listens to what comes, until Ctrl-C. What was begun goes on at the next start.
pub async fn run(app: &App, asked: Watch, output: &Output, progress: &Progress, stop: &Stop) -> Result<()> {
    let mut folders = Vec::new();
    for path in &asked.folders {
        folders.push(app.watch_add(path, !asked.flat).await?);
    }
    if asked.folders.is_empty() {
        folders = app.watch_list().await?;
    }
    if folders.is_empty() {
        output.line(&sentence("cli.watch.none", &[]));
        return Ok(());
    }
    for folder in &folders {
        if asked.existing {
            app.watch_existing(folder.id, ExistingAnswer::All).await?;
        }
        output.line(&sentence("cli.watch.watching", &[("path", &folder.path)]));
    }
    let only = Some(folders.iter().map(|folder| folder.id).collect());
    let watched = Watched { only, model: asked.model, ..Watched::default() };
    progress.follow();
    tokio::join!(queue::work(app, stop), app.watch(&watched, stop));
    Ok(())
}
