//! The log: one file a day, without anything that was said and without names above `debug`.

use astra_core::settings::DataFolder;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;

/// How many daily logs are kept.
const DAYS_KEPT: usize = 14;

/// Begins to write what happens. A folder that takes no log is no reason not to work; whatever else
/// it does not take will be said.
pub fn keep(folder: &DataFolder) {
    let daily = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("window")
        .filename_suffix("log")
        .max_log_files(DAYS_KEPT)
        .build(folder.logs());
    let Ok(daily) = daily else { return };
    let filter = EnvFilter::try_from_env("ASTRA_LOG").unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    // A second subscriber in one process is refused; the first one goes on.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(daily).try_init();
}
