//! `astra models`.

use astra_core::Result;
use astra_core::app::{App, USUAL_MS};
use astra_core::engine::Stop;
use astra_core::models::{Download, Entry, Installed, ONNX_RUNTIME};
use astra_core::sentences::sentence;

use crate::arguments::Models;
use crate::output::Output;
use crate::progress::Progress;
use crate::recommend;

/// Lists, installs, imports, verifies or removes models.
pub async fn run(app: &App, asked: Models, output: &Output, progress: &Progress, stop: &Stop) -> Result<()> {
    let library = app.library();
    let watch = |key: &'static str, id: String| {
        let progress = progress.clone();
        move |done: u64, total: u64| progress.transfer(&sentence(key, &[("id", &id)]), done, total)
    };
    match asked {
        Models::List => {
            list(app, output).await?;
            Ok(())
        }
        Models::Install { id } if id == ONNX_RUNTIME => {
            let path = Download::new()?
                .install_onnx_runtime(library, stop, &mut watch("cli.progress.downloading", id.clone()))
                .await?;
            progress.clear();
            let path = path.display().to_string();
            let object = serde_json::json!({ "id": id, "path": path });
            output.item(&object, &sentence("cli.result.library_installed", &[("path", &path)]));
            Ok(())
        }
        Models::Install { id } => {
            let mut show = watch("cli.progress.downloading", id.clone());
            let model = Download::new()?.install(library, &id, stop, &mut show).await?;
            progress.clear();
            say(output, &model, "cli.result.installed");
            Ok(())
        }
        Models::Import { file } => {
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let brought = library.import_all(&file, stop, &mut watch("cli.progress.importing", name))?;
            progress.clear();
            brought.models.iter().for_each(|model| say(output, model, "cli.result.installed"));
            let mut refused = brought.refused.into_iter();
            let last = refused.next_back();
            refused.for_each(|error| output.error(&error));
            last.map_or(Ok(()), Err)
        }
        Models::Verify { id } => {
            let ids = id.map_or_else(|| library.list().into_iter().map(|model| model.id).collect(), |id| vec![id]);
            for id in ids {
                let model = library.verify(&id, stop, &mut watch("cli.progress.verifying", id.clone()))?;
                progress.clear();
                say(output, &model, "cli.result.verified");
            }
            Ok(())
        }
        Models::Recommend { hours, preference, again } => {
            recommend::run(app, (hours, preference, again), *output, progress).await
        }
        Models::Remove { id } => {
            library.remove(&id)?;
            let object = serde_json::json!({ "id": id, "removed": true });
            output.item(&object, &sentence("cli.result.removed", &[("id", &id)]));
            Ok(())
        }
    }
}

/// The models of the catalogue, then those a person brought along.
async fn list(app: &App, output: &Output) -> Result<()> {
    let installed = app.library().list();
    let catalog = app.library().catalog();
    let aim = app.aim(USUAL_MS).await?;
    let recommended = aim.recommended(catalog);
    for entry in catalog.entries() {
        let here = installed.iter().find(|model| model.id == entry.id);
        let recommended = entry.id == recommended;
        let object = serde_json::json!({
            "id": entry.id, "engine": entry.engine, "bytes": entry.bytes, "sha256": entry.sha256,
            "licence": entry.licence, "languages": entry.languages, "memory_mb": entry.memory_mb,
            "embedded": entry.embedded, "recommended": recommended, "installed": here.is_some(),
        });
        output.item(&object, &line(&entry.id, entry.bytes, &entry.licence, state(entry, here.is_some(), recommended)));
    }
    for model in installed.iter().filter(|model| catalog.find(&model.id).is_none()) {
        let object = serde_json::json!({
            "id": model.id, "engine": model.engine, "bytes": model.bytes, "sha256": model.sha256,
            "licence": model.licence, "languages": model.languages, "embedded": false, "recommended": false, "installed": true,
        });
        output.item(
            &object,
            &line(&model.id, model.bytes, model.licence.as_deref().unwrap_or_default(), "cli.result.model_installed"),
        );
    }
    Ok(())
}

fn state(entry: &Entry, installed: bool, recommended: bool) -> &'static str {
    match (entry.embedded, installed, recommended) {
        (true, _, _) => "cli.result.model_embedded",
        (_, true, _) => "cli.result.model_installed",
        (_, _, true) => "cli.result.model_recommended",
        _ => "cli.result.model_available",
    }
}

fn line(id: &str, bytes: u64, licence: &str, state: &str) -> String {
    let (id, size, licence) = (
        format!("{id:<25}"),
        format!("{:>5}", bytes / 1_000_000),
        format!("{:<10}", if licence.is_empty() { "—" } else { licence }),
    );
    let parameters = [("id", id.as_str()), ("size", &size), ("licence", &licence), ("state", &sentence(state, &[]))];
    sentence("cli.result.model_line", &parameters)
}

fn say(output: &Output, model: &Installed, key: &str) {
    output.item(model, &sentence(key, &[("id", &model.id)]));
}
