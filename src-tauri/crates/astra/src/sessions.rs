//! `astra sessions`.

use astra_core::app::App;
use astra_core::export::{self, Format};
use astra_core::id::SessionId;
use astra_core::sentences::{clock_time, sentence};
use astra_core::store::{SessionSummary, Wish};
use astra_core::{Error, Result};

use crate::arguments::Sessions;
use crate::output::Output;
use crate::transcribe;

/// Lists, shows, exports or deletes sessions.
pub async fn run(app: &App, asked: Sessions, output: &Output) -> Result<()> {
    match asked {
        Sessions::List => list(app, output).await,
        Sessions::Show { id } => show(app, parse(&id)?, output).await,
        Sessions::Export { id, formats, out } => {
            let out = std::path::absolute(&out).unwrap_or(out);
            let done = app.write_documents(parse(&id)?, &Wish { out, formats, threads: None, keep_copy: None }).await?;
            transcribe::report(app, &done, output).await
        }
        Sessions::Delete { id } => {
            let id = parse(&id)?;
            let deletion = app.session_deletion(id).await?;
            app.delete(id).await?;
            let mut line = sentence("cli.result.deleted", &[("title", &deletion.title)]);
            if let Some(day) = deletion.in_backups_until() {
                line = format!("{line} {}", sentence("cli.result.in_backups", &[("day", &day)]));
            }
            let until_ms = deletion.in_backups_until_ms;
            output.item(&serde_json::json!({ "id": id, "deleted": true, "in_backups_until_ms": until_ms }), &line);
            Ok(())
        }
    }
}

async fn list(app: &App, output: &Output) -> Result<()> {
    let sessions = app.store().sessions().await?;
    if sessions.is_empty() {
        output.line(&sentence("cli.result.no_sessions", &[]));
    }
    for summary in &sessions {
        let state = if summary.is_heard() { "heard" } else { "unfinished" };
        let duration_ms = duration_ms(summary);
        let object = serde_json::json!({
            "id": summary.session.id,
            "title": summary.session.title,
            "state": state,
            "duration_ms": duration_ms,
            "created_at_ms": summary.session.created_at_ms,
            "model": summary.parts.first().map(|part| part.listening.key.model.as_str()),
            "recordings": summary.parts.iter().map(|part| part.recording.source.display()).collect::<Vec<_>>(),
        });
        let state = sentence(&format!("cli.session_state.{state}"), &[]);
        let (id, title) = (summary.session.id, &summary.session.title);
        output.item(&object, &format!("{id}  {}  {state:<12}  {title}", clock_time(duration_ms)));
    }
    Ok(())
}

async fn show(app: &App, id: SessionId, output: &Output) -> Result<()> {
    let (_, document) = app.document(id).await?;
    let format = if output.is_json() { Format::Json } else { Format::Txt };
    let text = String::from_utf8_lossy(&export::write(&document, format)?).into_owned();
    if output.is_json() {
        let mut object: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
        object["id"] = serde_json::json!(id);
        output.object(&object);
    } else {
        output.line(text.trim_end());
    }
    Ok(())
}

fn duration_ms(summary: &SessionSummary) -> u64 {
    summary.parts.iter().filter_map(|part| part.recording.duration_ms.or(part.recording.claimed_ms)).sum()
}

fn parse(id: &str) -> Result<SessionId> {
    id.parse().map_err(|_| Error::SessionUnknown { id: id.to_owned() })
}
