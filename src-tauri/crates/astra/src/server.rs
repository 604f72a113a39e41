//! `astra server`.

use std::io::Read as _;
use std::path::Path;

use astra_core::app::App;
use astra_core::engine::http::Key;
use astra_core::sentences::sentence;
use astra_core::settings::ServerChoices;
use astra_core::{Error, Result};

use crate::arguments::{Agreement, Server, ServerSet};
use crate::output::Output;

/// Shows, chooses or tries the server, keeps its key, or agrees that sound goes there.
pub async fn run(app: &App, asked: Server, output: &Output) -> Result<()> {
    match asked {
        Server::Show => show(app, output).await,
        Server::Set(asked) => {
            let mut settings = app.settings_get().await?;
            settings.server = chosen(asked, settings.server);
            app.settings_save(&settings).await?;
            show(app, output).await
        }
        Server::Key { forget } => key(app, forget, output).await,
        Server::Check => {
            let choices = app.settings_get().await?.server;
            let takes = app.server_check(&choices).await?;
            let (server, codec) = (choices.endpoint()?.host(), takes.codec.extension());
            let object = serde_json::json!({ "server": server, "codec": codec, "answers": true });
            output.item(&object, &sentence("cli.server.checked", &[("server", &server), ("codec", codec)]));
            Ok(())
        }
        Server::Agree(asked) => agree(app, asked, output).await,
    }
}

async fn show(app: &App, output: &Output) -> Result<()> {
    let choices = app.settings_get().await?.server;
    let Ok(endpoint) = choices.endpoint() else {
        output.item(&serde_json::json!({ "url": null }), &sentence("cli.server.none", &[]));
        return Ok(());
    };
    let key = app.server_key_known(&choices.url).await?;
    let agreed = choices.is_agreed(&endpoint);
    let object = serde_json::json!({
        "url": endpoint.url().as_str(), "model": choices.model, "price": choices.price, "key": key, "agreed": agreed,
        "hears_new": choices.hears_new, "parallel": choices.parallel, "certificates": choices.certificates,
    });
    let price = choices.price.say(HOUR_MS).unwrap_or_else(|| sentence("cli.server.free", &[]));
    let line = [("url", endpoint.url().as_str()), ("model", &choices.model), ("price", &price)];
    let state = [("agreed", &*yes_or_no(agreed)), ("hears_new", &yes_or_no(choices.hears_new))];
    let lines = [
        sentence("cli.server.line", &line),
        sentence("cli.server.state_key", &[("key", &yes_or_no(key))]),
        sentence("cli.server.state_agreed", &state),
    ];
    output.item(&object, &lines.join("\n"));
    Ok(())
}

const HOUR_MS: u64 = 3_600_000;

fn chosen(asked: ServerSet, mut choices: ServerChoices) -> ServerChoices {
    let ServerSet { url, model, price, currency, certificates, parallel, new_sessions } = asked;
    choices.url = url.unwrap_or(choices.url);
    choices.model = model.unwrap_or(choices.model);
    choices.price.hour_milli = price.unwrap_or(choices.price.hour_milli);
    choices.price.currency = currency.unwrap_or(choices.price.currency);
    choices.parallel = parallel.unwrap_or(choices.parallel);
    choices.hears_new = new_sessions.unwrap_or(choices.hears_new);
    if let Some(path) = certificates {
        // An empty path is none.
        choices.certificates = (path != Path::new("")).then(|| std::path::absolute(&path).unwrap_or(path));
    }
    choices
}

/// A key that is typed as an argument stays in the history of the shell.
async fn key(app: &App, forget: bool, output: &Output) -> Result<()> {
    let url = app.settings_get().await?.server.endpoint()?.url().to_string();
    let mut typed = String::new();
    if !forget {
        let read = std::io::stdin().read_to_string(&mut typed);
        read.map_err(|error| Error::Broken { reason: error.to_string() })?;
    }
    let key = Key::new(&typed);
    let done = if key.is_some() { "cli.server.key_kept" } else { "cli.server.key_forgotten" };
    let object = serde_json::json!({ "key": key.is_some() });
    app.server_key_set(&url, key).await?;
    output.item(&object, &sentence(done, &[]));
    Ok(())
}

async fn agree(app: &App, asked: Agreement, output: &Output) -> Result<()> {
    if let Some(id) = asked.session {
        let session = id.parse().map_err(|_| Error::SessionUnknown { id })?;
        app.server_agree(session).await?;
        let object = serde_json::json!({ "session": session, "agreed": true });
        output.item(&object, &sentence("cli.server.agreed_session", &[]));
        return Ok(());
    }
    let mut settings = app.settings_get().await?;
    let endpoint = settings.server.endpoint()?;
    settings.server.agreed_to = asked.for_ever.then(|| endpoint.url().to_string());
    app.settings_save(&settings).await?;
    let object = serde_json::json!({ "server": endpoint.host(), "agreed": asked.for_ever });
    let line = match asked.for_ever {
        true => sentence("cli.server.agreed_for_ever", &[("server", &endpoint.host())]),
        false => sentence("cli.server.not_agreed", &[]),
    };
    output.item(&object, &line);
    Ok(())
}

fn yes_or_no(answer: bool) -> String {
    sentence(if answer { "cli.server.yes" } else { "cli.server.no" }, &[])
}
