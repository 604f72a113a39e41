//! What was derived from recordings that nobody knows any more: it goes, a day after it was last written to.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::App;
use crate::clock;
use crate::error::Result;
use crate::id::RecordingId;
use crate::store::backup::files::{self, DAY_MS};
use crate::store::backup::recordings_in;

impl App {
    /// Removes what was derived from recordings that neither the database nor any backup knows, and what programs
    /// that died left half made; returns how many folders and files went. What cannot be removed now is only space.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn sweep_orphans(&self) -> Result<usize> {
        let mut gone = self.half_made().into_iter().filter(|path| fs::remove_file(path).is_ok()).count();
        let known = self.store().recording_ids().await?;
        let mut orphans: Vec<(RecordingId, PathBuf)> = entries(&self.folder().recordings())
            .filter_map(|path| Some((path.file_name()?.to_str()?.parse().ok()?, path)))
            .filter(|(id, path)| !known.contains(id) && is_old(path))
            .collect();
        if orphans.is_empty() {
            return Ok(gone);
        }
        // A backup that is restored wants its listening copies back; one that cannot be read may.
        for file in files::files(self.folder()) {
            let Some(kept): Option<HashSet<RecordingId>> = recordings_in(&file.path).await else { return Ok(gone) };
            orphans.retain(|(id, _)| !kept.contains(id));
        }
        gone += orphans.iter().filter(|(_, path)| fs::remove_dir_all(path).is_ok()).count();
        tracing::info!(gone, "what nobody knows any more was removed");
        Ok(gone)
    }

    /// Files that were never finished, and that nobody has written to for a day.
    fn half_made(&self) -> Vec<PathBuf> {
        let folder = self.folder();
        let places = [folder.path().to_owned(), folder.backups(), folder.rendering()];
        let parts = places.iter().flat_map(|place| entries(place));
        parts.filter(|path| path.extension().is_some_and(|ending| ending == "part") && is_old(path)).collect()
    }
}

fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path())
}

/// Whether nothing in it was written for a day.
fn is_old(path: &Path) -> bool {
    let old =
        fs::metadata(path).and_then(|facts| facts.modified()).is_ok_and(|moment| clock::since_ms(moment) > DAY_MS);
    old && (!path.is_dir() || entries(path).all(|inner| is_old(&inner)))
}

#[cfg(test)]
mod tests {
    use std::fs::FileTimes;
    use std::time::Duration;

    use super::super::tests::desk;
    use super::*;
    use crate::store::tests::a_session;

    /// A folder as keeping a recording leaves it, last written to some hours ago.
    fn kept(app: &App, id: RecordingId, hours: u64) -> PathBuf {
        let folder = app.folder().recording(id);
        fs::create_dir_all(folder.join("copy")).unwrap();
        let long_ago = fs::metadata(&folder).unwrap().modified().unwrap() - Duration::from_secs(hours * 3600);
        fs::write(folder.join("copy/0.opus"), "x").unwrap();
        for path in [folder.join("copy/0.opus"), folder.join("copy"), folder.clone()] {
            fs::File::open(path).unwrap().set_times(FileTimes::new().set_modified(long_ago)).unwrap();
        }
        folder
    }

    #[tokio::test]
    async fn only_what_nobody_knows_and_nobody_has_written_to_for_a_day_goes() {
        let desk = desk(Duration::ZERO).await;
        let app = &desk.app;
        let known = a_session(app.store()).await;
        let (old, young) = (kept(app, RecordingId::new(), 25), kept(app, RecordingId::new(), 23));
        let ours = kept(app, known.parts[0].recording.id, 500);
        let theirs = app.folder().recordings().join("fotos");
        fs::create_dir(&theirs).unwrap();
        assert_eq!(app.sweep_orphans().await.unwrap(), 1);
        assert!(!old.exists() && young.exists() && ours.exists() && theirs.exists());

        // What a backup still knows could be restored with it.
        app.backup_make().await.unwrap();
        app.store().delete_session(known.session.id).await.unwrap();
        assert_eq!(app.sweep_orphans().await.unwrap(), 0);
        assert!(ours.exists());
        fs::remove_dir_all(app.folder().backups()).unwrap();
        assert_eq!(app.sweep_orphans().await.unwrap(), 1);
        assert!(!ours.exists());
    }
}
