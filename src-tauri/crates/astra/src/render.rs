//! `astra render`.

use astra_core::app::App;
use astra_core::app::renditions::{RenditionProfile, RenditionWish};
use astra_core::disk;
use astra_core::engine::Stop;
use astra_core::id::SessionId;
use astra_core::media::render::profile::Profile;
use astra_core::sentences::sentence;
use astra_core::{Error, Result};

use crate::acta::Target;
use crate::arguments::Render;
use crate::output::Output;
use crate::progress::Progress;

/// Renders a session, or says what it can be rendered as.
pub async fn run(app: &App, asked: Render, output: &Output, progress: &Progress, stop: &Stop) -> Result<()> {
    let session = asked.id.as_deref().map(parse).transpose()?;
    let (Some(session), Some(profile), false) = (session, &asked.profile, asked.list) else {
        return list(app, session, output).await;
    };
    let unknown = || Error::RenditionUnknown { profile: profile.clone() };
    let extension = &Profile::named(profile).ok_or_else(unknown)?.extension;
    let Target { folder, name } =
        Target::of(asked.out, |path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(extension)));
    let wish = RenditionWish { profile: profile.clone(), copy: asked.copy, folder, name };
    let (bar, label) = (progress.clone(), sentence("cli.render.progress", &[("id", profile)]));
    let path = app.render(session, &wish, stop, move |done_ms, total_ms| bar.transfer(&label, done_ms, total_ms)).await;
    progress.clear();
    let path = path?.display().to_string();
    output.item(&serde_json::json!({ "path": path }), &sentence("cli.render.written", &[("path", &path)]));
    Ok(())
}

async fn list(app: &App, session: Option<SessionId>, output: &Output) -> Result<()> {
    let Some(session) = session else {
        for profile in Profile::all() {
            let (id, name) = (format!("{:<16}", profile.id), profile.name());
            let object = serde_json::json!({ "id": profile.id, "name": name, "extension": profile.extension });
            output.item(&object, &sentence("cli.render.line", &[("id", &id), ("name", &name)]));
        }
        return Ok(());
    };
    for row in app.rendition_profiles(session).await? {
        output.item(&row, &line(&row));
    }
    Ok(())
}

fn line(row: &RenditionProfile) -> String {
    let size = if row.possible { disk::size(row.most_bytes) } else { sentence("cli.render.impossible", &[]) };
    let (id, size) = (format!("{:<16}", row.id), format!("{size:>12}"));
    sentence("cli.render.line_of_session", &[("id", &id), ("size", &size), ("name", &row.name)])
}

fn parse(id: &str) -> Result<SessionId> {
    id.parse().map_err(|_| Error::SessionUnknown { id: id.to_owned() })
}
