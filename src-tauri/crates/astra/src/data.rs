//! `astra data`.

use std::path::PathBuf;

use astra_core::Result;
use astra_core::app::data::{archive, move_to};
use astra_core::engine::Stop;
use astra_core::sentences::sentence;
use astra_core::settings::DataFolder;

use crate::arguments::Data;
use crate::output::Output;
use crate::progress::Progress;

/// Moves the data folder, or takes it into a file or out of one. Nobody may have it open meanwhile.
pub async fn run(folder: &DataFolder, asked: Data, output: &Output, stop: &Stop) -> Result<()> {
    let progress = Progress::new(*output);
    let (bar, label) = (progress.clone(), sentence("cli.data.progress", &[]));
    let show = move |done: u64, total: u64| bar.transfer(&label, done, total);
    let outcome = match asked {
        Data::Move { folder: target } => moved(folder, target, output, stop, show).await,
        Data::Export { file } => exported(folder, file, output, stop, show).await,
        Data::Import { file } => imported(folder, file, output, stop, show).await,
    };
    progress.clear();
    outcome
}

async fn moved(
    folder: &DataFolder,
    target: PathBuf,
    output: &Output,
    stop: &Stop,
    show: impl FnMut(u64, u64),
) -> Result<()> {
    let new = move_to(folder, &target, stop, show).await?;
    let path = new.path().display().to_string();
    output.item(&serde_json::json!({ "folder": path }), &sentence("cli.data.moved", &[("path", &path)]));
    Ok(())
}

async fn exported(
    folder: &DataFolder,
    file: PathBuf,
    output: &Output,
    stop: &Stop,
    show: impl FnMut(u64, u64),
) -> Result<()> {
    let file = std::path::absolute(&file).unwrap_or(file);
    archive::export(folder, &file, stop, show).await?;
    let path = file.display().to_string();
    output.item(&serde_json::json!({ "path": path }), &sentence("cli.data.exported", &[("path", &path)]));
    Ok(())
}

async fn imported(
    folder: &DataFolder,
    file: PathBuf,
    output: &Output,
    stop: &Stop,
    show: impl FnMut(u64, u64),
) -> Result<()> {
    let imported = archive::import(folder, &file, stop, show).await?;
    let count = imported.sessions.to_string();
    let mut lines = vec![sentence("cli.data.imported", &[("count", &count)])];
    lines.extend(imported.kept.as_ref().map(|name| sentence("cli.backup.kept", &[("name", name)])));
    output.item(&imported, &lines.join("\n"));
    Ok(())
}
