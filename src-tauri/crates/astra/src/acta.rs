//! `astra acta`.

use std::path::PathBuf;

use astra_core::app::{ActaWish, App, Template, WrittenActa};
use astra_core::sentences::sentence;
use astra_core::{Error, Result};

use crate::arguments::Acta;
use crate::output::Output;

/// Writes the acta of a session, and says what to look at before it is signed.
pub async fn run(app: &App, asked: Acta, output: &Output) -> Result<()> {
    let session = asked.id.parse().map_err(|_| Error::SessionUnknown { id: asked.id.clone() })?;
    let out = asked.out.map(|out| std::path::absolute(&out).unwrap_or(out));
    let name = out.as_ref().and_then(|out| out.file_stem()).map(|stem| stem.to_string_lossy().into_owned());
    let folder = out.as_ref().and_then(|out| out.parent()).map_or_else(|| PathBuf::from("."), PathBuf::from);
    let template = asked.template.as_deref().map(Template::named).unwrap_or_default();
    let wish = ActaWish { kind: asked.kind, copy: asked.copy, template, style: None, folder, name };
    let written = app.acta_write(session, &wish).await?;
    report(&written, output);
    Ok(())
}

fn report(written: &WrittenActa, output: &Output) {
    for warning in &written.warnings {
        output.aside(&warning.sentence());
    }
    if written.hidden > 0 {
        output.aside(&sentence("cli.acta.hidden", &[("count", &written.hidden.to_string())]));
    }
    let path = written.path.display().to_string();
    let checks: Vec<String> = written.checks.iter().map(|check| check.sentence()).collect();
    let object = serde_json::json!({
        "path": path, "warnings": written.warnings, "hidden": written.hidden, "checks": checks,
    });
    let mut lines = vec![sentence("cli.acta.written", &[("path", &path)])];
    if !checks.is_empty() {
        lines.push(sentence("cli.acta.checks", &[]));
        lines.extend(checks.iter().map(|check| format!("  - {check}")));
    }
    output.item(&object, &lines.join("\n"));
}
