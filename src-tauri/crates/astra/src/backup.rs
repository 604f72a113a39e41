//! `astra backup`.

use std::path::Path;

use astra_core::Result;
use astra_core::app::App;
use astra_core::app::backup::{failed_sentence, restore};
use astra_core::disk;
use astra_core::sentences::sentence;
use astra_core::settings::DataFolder;
use astra_core::store::Store;
use astra_core::store::backup::files::BackupKind;
use astra_core::store::backup::{self, Backup as Made};

use crate::arguments::{Backup, BackupAct};
use crate::output::Output;

/// Lists, makes or restores backups. It must work where the database cannot be opened.
pub async fn run(folder: &DataFolder, asked: Backup, output: &Output) -> Result<()> {
    match asked.act.unwrap_or(BackupAct::List) {
        BackupAct::List => {
            list(folder, output).await;
            Ok(())
        }
        BackupAct::Now => {
            let store = Store::open(folder).await?;
            let made = store.back_up(folder, BackupKind::Manual).await?;
            store.close().await;
            let path = folder.backups().join(&made.name).display().to_string();
            output.item(&made, &sentence("cli.backup.made", &[("path", &path)]));
            Ok(())
        }
        BackupAct::Restore { file } => restored(folder, &file, output).await,
    }
}

/// Makes the backup of the day when it is due. That it failed is said beside whatever was asked for.
pub async fn daily(app: &App, output: &Output) {
    if let Err(error) = app.backup_daily().await {
        tracing::error!(code = error.code(), "the backup of the day could not be made");
        output.aside(&failed_sentence(&error));
    }
}

async fn list(folder: &DataFolder, output: &Output) {
    let backups = backup::list(folder).await;
    if backups.is_empty() {
        output.line(&sentence("cli.backup.none", &[]));
    }
    for one in &backups {
        output.item(one, &line(one));
    }
}

fn line(one: &Made) -> String {
    let sessions = match (&one.damage, one.sessions) {
        (Some(_), _) => sentence("cli.backup.damaged", &[]),
        (None, count) => sentence("cli.backup.sessions", &[("count", &count.unwrap_or_default().to_string())]),
    };
    let kind = sentence(&format!("cli.backup.kind.{}", one.kind.id()), &[]);
    let (kind, sessions) = (format!("{kind:<20}"), format!("{sessions:<14}"));
    let size = format!("{:>9}", disk::size(one.bytes));
    let fields =
        [("date", &*one.moment()), ("kind", &kind), ("sessions", &sessions), ("size", &size), ("name", &one.name)];
    sentence("cli.backup.line", &fields)
}

async fn restored(folder: &DataFolder, file: &Path, output: &Output) -> Result<()> {
    let restored = restore(folder, file).await?;
    let count = restored.sessions.to_string();
    let mut lines = vec![sentence("cli.backup.restored", &[("name", &restored.name), ("count", &count)])];
    lines.extend(restored.kept.as_ref().map(|name| sentence("cli.backup.kept", &[("name", name)])));
    output.item(&restored, &lines.join("\n"));
    Ok(())
}
