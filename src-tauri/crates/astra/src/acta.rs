//! `astra acta`.

use std::path::{Path, PathBuf};

use astra_core::app::{ActaWish, App, Template, WrittenActa};
use astra_core::engine::Stop;
use astra_core::export::acta::ActaFormat;
use astra_core::id::SessionId;
use astra_core::minutes::life::Issued;
use astra_core::sentences::sentence;
use astra_core::{Error, Result};

use crate::arguments::{Acta, ActaAct};
use crate::output::Output;

/// The file that somebody wants written.
pub struct Target {
    /// Its folder.
    pub folder: PathBuf,
    /// Its name without what tells its format, if one was given.
    pub name: Option<String>,
}

impl Target {
    /// What `--out` asks for. «Acta No. 45» ends in no format that `known` tells, and keeps its whole name.
    pub fn of(out: Option<PathBuf>, known: impl Fn(&Path) -> bool) -> Self {
        let Some(out) = out else { return Self { folder: absolute(PathBuf::from(".")), name: None } };
        let out = absolute(out);
        let name = if known(&out) { out.file_stem() } else { out.file_name() };
        let name = name.map(|name| name.to_string_lossy().into_owned());
        Self { folder: out.parent().map_or_else(|| PathBuf::from("."), PathBuf::from), name }
    }
}

/// Writes the acta of a session and says what to look at before it is signed, or says how far its actas are.
pub async fn run(app: &App, asked: Acta, output: &Output, stop: &Stop) -> Result<()> {
    if let Some(ActaAct::State { id, advance, file, restore }) = asked.act {
        let (session, file) = (parse(&id)?, file.map(absolute));
        return match (advance, &file, restore) {
            (Some(stage), file, _) => {
                shown(&[app.acta_advance(session, stage, file.as_deref()).await?], output);
                Ok(())
            }
            (None, Some(file), Some(to)) => restored(app, session, file, absolute(to), output).await,
            (None, file, _) => {
                let mut actas = app.acta_states(session).await?;
                actas.retain(|acta| file.as_ref().is_none_or(|file| acta.path == file.display().to_string()));
                shown(&actas, output);
                Ok(())
            }
        };
    }
    let session = parse(&asked.id.unwrap_or_default())?;
    let format = asked.out.as_deref().and_then(ActaFormat::of).unwrap_or_default();
    let Target { folder, name } = Target::of(asked.out, |path| ActaFormat::of(path).is_some());
    let chosen = app.settings_get().await?.acta;
    let (kind, copy) = (asked.kind, asked.copy);
    let style = asked.template.is_none().then_some(chosen.style).flatten();
    let template = asked.template.as_deref().map_or_else(|| Template::named(&chosen.template), Template::named);
    let wish = ActaWish { kind, copy, format, template, style, folder, name };
    let written = app.acta_write(session, &wish, stop).await?;
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

fn shown(actas: &[Issued], output: &Output) {
    if actas.is_empty() {
        output.line(&sentence("cli.acta.none", &[]));
    }
    for acta in actas {
        let stage = format!("{:<8}", acta.stage.id());
        let fields =
            [("stage", stage.as_str()), ("kind", acta.kind.id()), ("copy", acta.copy.id()), ("path", &acta.path)];
        let mut lines = vec![sentence("cli.acta.line", &fields), sentence("cli.acta.hash", &[("hash", &acta.sha256)])];
        lines.extend(acta.session_changed.then(|| sentence("cli.acta.session_changed", &[])));
        lines.extend(acta.file.sentence());
        output.item(acta, &lines.join("\n"));
    }
}

async fn restored(app: &App, session: SessionId, file: &Path, to: PathBuf, output: &Output) -> Result<()> {
    let path = app.acta_restore(session, file, &to).await?.display().to_string();
    output.item(&serde_json::json!({ "path": path }), &sentence("cli.acta.restored", &[("path", &path)]));
    Ok(())
}

fn absolute(path: PathBuf) -> PathBuf {
    std::path::absolute(&path).unwrap_or(path)
}

fn parse(id: &str) -> Result<SessionId> {
    id.parse().map_err(|_| Error::SessionUnknown { id: id.to_owned() })
}
