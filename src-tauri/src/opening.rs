//! Brings up the core and the window, or says in plain words why that cannot be done.

use std::path::PathBuf;

use astra_core::app::{App, Hearer, Start, backup};
use astra_core::sentences::{error_sentence, sentence, speak_as_window};
use astra_core::settings::DataFolder;
use astra_core::store::backup::Backup;
use astra_core::{Error, Result};
use tauri::path::BaseDirectory;
use tauri::{AppHandle, Emitter, Manager, async_runtime};
use tauri_plugin_dialog::{DialogExt, MessageDialogButtons, MessageDialogKind};

use crate::closing::Listening;
use crate::media_server::MediaServer;
use crate::notification::Notices;
use crate::offered::{Offered, recordings};
use crate::{closing, diary, login, notification, tray, window};

/// The name under which the page hears every event of the core.
const EVENTS: &str = "astra";

/// Opens Astra. When its data cannot be opened, a dialog says why, and the program ends with it, unless there is a
/// backup to go on with.
///
/// # Errors
/// Only when the platform cannot make a window.
pub fn open(handle: &AppHandle) -> tauri::Result<()> {
    match async_runtime::block_on(open_core(handle)) {
        Ok(()) => {
            closing::end_when_asked(handle);
            let hidden = std::env::args_os().any(|argument| argument == login::HIDDEN);
            let goes_on = hidden && closing::goes_on_in_tray(handle);
            let in_tray = goes_on && tray::show(handle);
            window::open(handle, !in_tray)?;
            if goes_on && !in_tray {
                // A tray may only come after the log-in; until then nothing gets in her way.
                window::minimize(handle);
            }
            Ok(())
        }
        Err(error) => {
            match async_runtime::block_on(backup_instead(&error)) {
                Some((folder, backup)) => offer_backup(handle, folder, &backup),
                None => refuse(handle, &error),
            }
            Ok(())
        }
    }
}

async fn open_core(handle: &AppHandle) -> Result<()> {
    let folder = data_folder()?;
    diary::keep(&folder);
    let page = handle.clone();
    handle.manage(Notices::default());
    let app = App::open(folder, move |event| {
        notification::follow(&page, &event);
        tray::follow(&page, &event);
        if let Err(error) = page.emit(EVENTS, event) {
            tracing::warn!(%error, "the page was not told");
        }
    });
    let app = app.await?;
    let settings = app.settings_get().await?;
    speak_as_window(settings.language);
    let media = MediaServer::start().await.map_err(|error| Error::Broken { reason: error.to_string() })?;
    handle.manage(media);
    handle.manage(Offered::default());
    handle.manage(Listening::begin(app.clone()));
    async_runtime::spawn(give_sample(handle.clone(), app.clone()));
    let looked_after = app.clone();
    async_runtime::spawn(async move { looked_after.look_after_data().await });
    if settings.start_at_login
        && let Err(error) = login::follow(true)
    {
        tracing::warn!(%error, "Astra will not start at log-in");
    }
    handle.manage(app);
    let arguments = std::env::args_os().map(|argument| argument.to_string_lossy().into_owned());
    crate::offered::offer(handle, recordings(arguments, &std::env::current_dir().unwrap_or_default()));
    Ok(())
}

/// The first start has the sample session to try.
async fn give_sample(handle: AppHandle, app: App) {
    let given = async {
        if app.settings_get().await?.welcomed || !app.session_list().await?.is_empty() {
            return Ok(());
        }
        let sources = vec![sample(&handle)?.display().to_string()];
        let title = Some(sentence("opening.sample", &[]));
        let hearer = Hearer::AsChosen;
        let start = Start { sources, title, model: None, hearer, keep_copy: None, microphones: false };
        app.session_start(start).await.map(drop)
    };
    if let Err(error) = given.await {
        tracing::warn!(code = error.code(), "the sample session could not be given");
    }
}

/// Where the sample recording lies, among the program's own files.
///
/// # Errors
/// [`Error::Broken`] when the platform does not say where those are.
pub fn sample(handle: &AppHandle) -> Result<PathBuf> {
    let place = handle.path().resolve("sesion-de-muestra.ogg", BaseDirectory::Resource);
    place.map_err(|error| Error::Broken { reason: error.to_string() })
}

fn data_folder() -> Result<DataFolder> {
    DataFolder::open(std::env::var_os("ASTRA_DATA_DIR").map(PathBuf::from).as_deref())
}

/// What to go on with when the database is damaged.
async fn backup_instead(error: &Error) -> Option<(DataFolder, Backup)> {
    if !matches!(error, Error::DatabaseDamaged { .. }) {
        return None;
    }
    let folder = data_folder().ok()?;
    let newest = backup::newest(&folder).await?;
    Some((folder, newest))
}

fn offer_backup(handle: &AppHandle, folder: DataFolder, backup: &Backup) {
    tracing::error!("the database is damaged; a backup is offered");
    let (asked, name) = (handle.clone(), PathBuf::from(&backup.name));
    let count = backup.sessions.unwrap_or_default().to_string();
    let buttons =
        MessageDialogButtons::OkCancelCustom(sentence("opening.restore", &[]), sentence("opening.close", &[]));
    handle
        .dialog()
        .message(sentence("opening.damaged", &[("date", &backup.moment()), ("count", &count)]))
        .title(sentence("opening.title", &[]))
        .kind(MessageDialogKind::Warning)
        .buttons(buttons)
        .show(move |agreed| {
            if !agreed {
                asked.exit(1);
                return;
            }
            async_runtime::spawn(async move {
                match backup::restore(&folder, &name).await {
                    Ok(_) => {
                        tauri_plugin_single_instance::destroy(&asked);
                        asked.restart();
                    }
                    Err(error) => refuse(&asked, &error),
                }
            });
        });
}

fn refuse(handle: &AppHandle, error: &Error) {
    tracing::error!(code = error.code(), "Astra cannot be opened");
    let ending = handle.clone();
    handle
        .dialog()
        .message(error_sentence(error))
        .title(sentence("opening.title", &[]))
        .kind(MessageDialogKind::Error)
        .buttons(MessageDialogButtons::OkCustom(sentence("opening.close", &[])))
        .show(move |_| ending.exit(1));
}
