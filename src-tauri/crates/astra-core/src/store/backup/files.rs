//! The folder of the backups: what their names tell, which of them go, and until when one stays.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;
use time::{OffsetDateTime, PrimitiveDateTime};

use crate::settings::DataFolder;

/// How many daily backups are kept. Whatever else lies beside them goes with the daily ones of its time, so that
/// what was deleted does not live on in a copy that nobody remembers.
pub const KEPT: usize = 7;

/// A day, in milliseconds.
pub const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// The moment in a name, in UTC to the millisecond: names stand in the order of their making.
const MOMENT: &[BorrowedFormatItem<'_>] =
    format_description!("[year][month][day]T[hour][minute][second][subsecond digits:3]Z");

/// Why a backup was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum BackupKind {
    /// It was the first of its day.
    Daily,
    /// A newer Astra was about to change the tables.
    Migration,
    /// Somebody asked for it.
    Manual,
    /// Another took its place: what was the database until then.
    Replaced,
    /// Another took its place because it was damaged.
    Damaged,
}

/// A backup by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupFile {
    /// The database file.
    pub path: PathBuf,
    /// Why it was made.
    pub kind: BackupKind,
    /// When, in milliseconds since 1970 UTC.
    pub made_at_ms: i64,
}

impl BackupKind {
    const ALL: [Self; 5] = [Self::Daily, Self::Migration, Self::Manual, Self::Replaced, Self::Damaged];

    /// What it is called in names of files and keys of sentences.
    pub fn id(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Migration => "migration",
            Self::Manual => "manual",
            Self::Replaced => "replaced",
            Self::Damaged => "damaged",
        }
    }
}

impl BackupFile {
    /// A backup that is made at a moment, in milliseconds since 1970 UTC.
    pub fn new(folder: &DataFolder, kind: BackupKind, made_at_ms: i64) -> Self {
        let moment = OffsetDateTime::from_unix_timestamp_nanos(i128::from(made_at_ms) * 1_000_000);
        let moment = moment.unwrap_or(OffsetDateTime::UNIX_EPOCH).format(MOMENT).unwrap_or_default();
        Self { path: folder.backups().join(format!("astra-{moment}-{}.db", kind.id())), kind, made_at_ms }
    }

    /// Its name.
    pub fn name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    fn at(path: PathBuf) -> Option<Self> {
        let name = path.file_name()?.to_str()?.strip_prefix("astra-")?.strip_suffix(".db")?;
        let (moment, kind) = name.split_once('-')?;
        let kind = BackupKind::ALL.into_iter().find(|known| known.id() == kind)?;
        let moment = PrimitiveDateTime::parse(moment, MOMENT).ok()?.assume_utc();
        Some(Self { path, kind, made_at_ms: (moment.unix_timestamp_nanos() / 1_000_000) as i64 })
    }
}

/// The backups of a data folder, newest first. Whatever else lies there is none of them.
pub fn files(folder: &DataFolder) -> Vec<BackupFile> {
    let entries = fs::read_dir(folder.backups()).into_iter().flatten().flatten();
    let mut files: Vec<BackupFile> = entries.filter_map(|entry| BackupFile::at(entry.path())).collect();
    files.sort_by(|one, other| (other.made_at_ms, &other.path).cmp(&(one.made_at_ms, &one.path)));
    files
}

/// Removes the backups that are older than the daily ones that are kept. What cannot be removed now goes with
/// the next one.
pub fn rotate(folder: &DataFolder) {
    let files = files(folder);
    let Some(oldest) = dailies(&files).nth(KEPT - 1) else { return };
    for file in files.iter().filter(|file| file.made_at_ms < oldest.made_at_ms) {
        // A database that was put aside may have its log beside it.
        for path in std::iter::once(file.path.clone()).chain(beside(&file.path)) {
            let _ = fs::remove_file(path);
        }
    }
}

/// When a backup goes if Astra is used every day, in milliseconds since 1970 UTC; later if it is not.
pub fn goes_at_ms(files: &[BackupFile], file: &BackupFile, now_ms: i64) -> i64 {
    let newer = dailies(files).filter(|daily| daily.made_at_ms > file.made_at_ms).count();
    let next_ms = dailies(files).next().map_or(now_ms, |newest| (newest.made_at_ms + DAY_MS).max(now_ms));
    let missing = KEPT.saturating_sub(newer).max(1) as i64;
    next_ms + (missing - 1) * DAY_MS
}

/// The names that SQLite gives to what belongs to a database: its log and the index of that.
pub fn beside(database: &Path) -> [PathBuf; 2] {
    ["-wal", "-shm"].map(|ending| {
        let mut name = database.as_os_str().to_owned();
        name.push(ending);
        name.into()
    })
}

fn dailies(files: &[BackupFile]) -> impl Iterator<Item = &BackupFile> {
    files.iter().filter(|file| file.kind == BackupKind::Daily)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shelf(made: &[(BackupKind, i64)]) -> (tempfile::TempDir, DataFolder) {
        let place = tempfile::tempdir().unwrap();
        let folder = DataFolder::open(Some(place.path())).unwrap();
        fs::create_dir_all(folder.backups()).unwrap();
        for (kind, day) in made {
            fs::write(BackupFile::new(&folder, *kind, day * DAY_MS).path, "").unwrap();
        }
        (place, folder)
    }

    fn days(folder: &DataFolder) -> Vec<i64> {
        files(folder).iter().map(|file| file.made_at_ms / DAY_MS).collect()
    }

    #[test]
    fn seven_daily_backups_are_kept_and_whatever_was_made_in_their_time() {
        let mut made: Vec<_> = (1..=9).map(|day| (BackupKind::Daily, day)).collect();
        made.extend([(BackupKind::Manual, 2), (BackupKind::Damaged, 4), (BackupKind::Migration, 0)]);
        let (_place, folder) = shelf(&made);
        fs::write(folder.backups().join("mías.db"), "").unwrap();
        rotate(&folder);
        assert_eq!(days(&folder), [9, 8, 7, 6, 5, 4, 4, 3]);
        assert!(folder.backups().join("mías.db").exists(), "what somebody put there is not ours to remove");
    }

    #[test]
    fn without_seven_daily_ones_nothing_goes() {
        let (_place, folder) = shelf(&[(BackupKind::Manual, 1), (BackupKind::Daily, 2), (BackupKind::Migration, 90)]);
        rotate(&folder);
        assert_eq!(days(&folder), [90, 2, 1]);
    }

    proptest! {
        #[test]
        fn a_backup_goes_on_the_day_that_was_foretold(others in prop::collection::vec((0_usize..3, 0_i64..12), 0..12)) {
            let kinds = [BackupKind::Daily, BackupKind::Manual, BackupKind::Daily];
            let mut made: Vec<_> = others.iter().map(|(kind, day)| (kinds[*kind], *day)).collect();
            made.push((BackupKind::Manual, 5));
            let (_place, folder) = shelf(&made);
            rotate(&folder);
            let present = files(&folder);
            if let Some(ours) = present.iter().find(|file| file.kind == BackupKind::Manual && file.made_at_ms == 5 * DAY_MS) {
                let today = present[0].made_at_ms + 1;
                let goes = goes_at_ms(&present, ours, today);
                let newest = dailies(&present).next().map_or(today - DAY_MS, |daily| daily.made_at_ms);
                let mut day = (newest + DAY_MS).max(today);
                loop {
                    fs::write(BackupFile::new(&folder, BackupKind::Daily, day).path, "").unwrap();
                    rotate(&folder);
                    if !ours.path.exists() {
                        break;
                    }
                    day += DAY_MS;
                }
                prop_assert_eq!(day, goes);
            }
        }
    }
}
