//! What each version of the tables changes. A file that was published is never touched again: the database keeps the
//! hash of each that it went through.

use std::sync::LazyLock;

use sqlx::SqlStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../../migrations/", $name, ".sql")))),*]
    };
}

/// The name of each file, of which the number is its version, and its statements. Named here, since the macro that finds
/// them by itself has SQLite compiled a second time, for the compiler.
const FILES: [(&str, &str); 12] = files![
    "0001_sessions",
    "0002_editor",
    "0003_minutes",
    "0004_names",
    "0005_actas",
    "0006_watching",
    "0007_queue",
    "0008_levels",
    "0009_other_model",
    "0010_sending",
    "0011_terms",
    "0012_respelled",
];

/// Every version of the tables, oldest first.
pub static MIGRATIONS: LazyLock<Migrator> =
    LazyLock::new(|| Migrator::with_migrations((1..).zip(FILES).map(migration).collect()));

fn migration((version, (name, statements)): (i64, (&'static str, &'static str))) -> Migration {
    let statements = SqlStr::from_static(statements);
    Migration::new(version, name.into(), MigrationType::Simple, statements, false)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    #[test]
    fn every_file_is_named_in_the_order_of_its_number() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
        let mut found: Vec<String> =
            fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        found.sort();
        let named: Vec<String> = FILES.iter().map(|(name, _)| format!("{name}.sql")).collect();
        assert_eq!(found, named);
        for (number, name) in (1..).zip(&named) {
            assert!(name.starts_with(&format!("{number:04}_")), "{name} is file {number}");
        }
    }
}
