//! `astra transcribe`.

use astra_core::Result;
use astra_core::app::{App, Done, Hearer, Request};
use astra_core::engine::Stop;
use astra_core::sentences::{clock_time, sentence};

use crate::arguments::Transcribe;
use crate::output::Output;
use crate::progress::Progress;

/// Listens to a session and says where its documents are.
pub async fn run(app: &App, asked: Transcribe, output: &Output, progress: &Progress, stop: &Stop) -> Result<()> {
    let Transcribe { recordings, out, formats, model, language, title, threads, again, no_copy, .. } = asked;
    let (keep_copy, agreed) = (no_copy.then_some(false), asked.send_audio);
    let hearer = match asked.engine_url {
        None if !asked.server => Hearer::AsChosen,
        url => Hearer::Server { url, agreed },
    };
    let request = Request { recordings, title, language, model, hearer, out, formats, threads, again, keep_copy };
    let done = app.transcribe(request, stop).await?;
    progress.clear();
    report(app, &done, output).await
}

/// Says where the documents are and how much of the speech they cover.
pub async fn report(app: &App, done: &Done, output: &Output) -> Result<()> {
    if output.is_json() {
        return Ok(());
    }
    if done.heard_before {
        output.aside(&sentence("cli.result.heard_before", &[]));
    }
    output.line(&sentence("cli.result.session", &[("id", &done.session.to_string())]));
    for (format, path) in &done.documents {
        let parameters = [("format", format.extension()), ("path", &path.display().to_string())];
        output.line(&sentence("cli.result.document", &parameters));
    }
    if let Some(used) = app.server_use(done.session).await? {
        let length = clock_time(used.sent_ms);
        let cost = used.cost.unwrap_or_else(|| sentence("sending.no_price", &[]));
        let parameters =
            [("server", used.server.as_str()), ("model", &used.model), ("length", &length), ("cost", &cost)];
        output.line(&sentence("cli.result.sent", &parameters));
    }
    let coverage = app.document(done.session).await?.1.coverage;
    let percent = (coverage.covered_ms * 100).checked_div(coverage.speech_ms).unwrap_or(100);
    output.line(&sentence(
        "cli.result.coverage",
        &[("percent", &percent.to_string()), ("doubts", &coverage.doubts.len().to_string())],
    ));
    Ok(())
}
