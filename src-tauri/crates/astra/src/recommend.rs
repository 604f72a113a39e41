//! `astra models recommend`: measures what is installed, and says what a session would take.

use std::fs;

use astra_core::app::{App, ModelRow};
use astra_core::computer::{Hardware, gpu};
use astra_core::export::times::length;
use astra_core::models::{Aim, Preference, listens};
use astra_core::sentences::{error_sentence, sentence};
use astra_core::{Error, Result};

use crate::output::Output;
use crate::progress::Progress;

/// What models are measured with: what somebody says takes longer than silence.
static SAMPLE: &[u8] = include_bytes!("../../../../assets/sample/sesion-de-muestra.ogg");

/// Says it of a session of so many hours.
pub async fn run(
    app: &App,
    (hours, preference, again): (f64, Option<Preference>, bool),
    output: Output,
    progress: &Progress,
) -> Result<()> {
    measure(app, again, output, progress).await?;
    let aim = app.aim((hours.max(0.0) * 3_600_000.0) as u64).await?;
    let aim = Aim { preference: preference.unwrap_or(aim.preference), ..aim };
    let models = app.models_for(&aim);
    let hardware = Hardware::of_this_computer();
    let card = gpu().found;
    output.aside(&hardware.in_words());
    output.aside(&card);
    for model in
        models.iter().filter(|model| !model.embedded && (model.installed || model.recommended || model.typical))
    {
        let takes_ms =
            aim.takes_ms(&model.id).or_else(|| model.estimate.map(|speed| (aim.audio_ms as f64 / speed) as u64));
        output.item(&serde_json::json!({ "model": model, "takes_ms": takes_ms }), &line(model, takes_ms));
    }
    let best = models.iter().find(|model| model.chosen).map(|model| model.id.as_str());
    let recommended = aim.recommended(app.library().catalog());
    output.aside(&sentence("cli.result.recommend_published", &[]));
    let summary = match best {
        Some(id) => sentence("cli.result.recommend_best", &[("length", &length(aim.audio_ms)), ("id", id)]),
        None => sentence("cli.result.recommend_none", &[("recommended", recommended)]),
    };
    let object = serde_json::json!({
        "best": best, "recommended": recommended, "preference": aim.preference, "audio_ms": aim.audio_ms, "computer": hardware,
        "card": card,
    });
    output.item(&object, &summary);
    Ok(())
}

/// Measures the models that never were, or all of them; one that cannot be measured keeps no other from it. Where no
/// other is installed, what is built in tells how fast the others should be.
async fn measure(app: &App, again: bool, output: Output, progress: &Progress) -> Result<()> {
    let models: Vec<ModelRow> = app.model_list().await?;
    let none = !models.iter().any(|model| model.installed && !model.embedded && listens(&model.engine));
    let is_meant = |model: &ModelRow| model.installed && listens(&model.engine) && (none || !model.embedded);
    let wanted = |model: &&ModelRow| is_meant(model) && (again || model.speed.is_none());
    let wanted: Vec<&ModelRow> = models.iter().filter(wanted).collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let sample = app.folder().path().join(format!("medida-{}.ogg", std::process::id()));
    fs::write(&sample, SAMPLE).map_err(|error| Error::writing(&sample, &error))?;
    for (done, model) in (0..).zip(&wanted) {
        progress.transfer(&sentence("cli.progress.measuring", &[("id", &model.id)]), done, wanted.len() as u64);
        if let Err(error) = app.model_measure(&model.id, &sample).await {
            output.aside(&error_sentence(&error));
        }
    }
    progress.clear();
    // It is only a copy; the next sweep of the folder would not mind it either.
    let _ = fs::remove_file(&sample);
    Ok(())
}

fn line(model: &ModelRow, takes_ms: Option<u64>) -> String {
    let takes = match takes_ms {
        None => sentence("cli.result.recommend_unmeasured", &[]),
        Some(takes_ms) if model.speed.is_some() => length(takes_ms),
        Some(takes_ms) => sentence("cli.result.recommend_estimated", &[("length", &length(takes_ms))]),
    };
    let wrong = match model.wrong_per_thousand {
        Some(wrong) => {
            let percent = format!("{},{}", wrong / 10, wrong % 10);
            sentence("cli.result.recommend_wrong", &[("percent", &percent)])
        }
        None => sentence("cli.result.recommend_no_figure", &[]),
    };
    let state = match (model.fits, model.installed) {
        (false, _) => "cli.result.recommend_no_memory",
        (_, true) => "cli.result.model_installed",
        _ if model.recommended => "cli.result.model_recommended",
        _ => "cli.result.model_available",
    };
    let (id, takes) = (format!("{:<26}", model.id), format!("{takes:>18}"));
    let parameters = [("id", id.as_str()), ("takes", &takes), ("wrong", &wrong), ("state", &sentence(state, &[]))];
    sentence("cli.result.recommend_line", &parameters)
}
