//! The host's log: to standard error for the parent, and to a daily file where one is wanted.
//!
//! Native libraries speak through it at `warn` and above only: below that, whisper.cpp prints
//! what it hears, and what was said in a session never goes into a log.

use std::io;
use std::path::Path;

use tracing::Level;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// How many daily files are kept.
const DAYS_KEPT: usize = 14;

/// Starts the log. Lines go to the file before the call that wrote them returns, so that what is
/// reported to the parent was logged before, even if the process dies in the next moment.
///
/// # Errors
/// When `folder` cannot be written to; the log to standard error works all the same.
pub fn open(folder: Option<&Path>) -> io::Result<()> {
    let (file, error) = match folder.map(file_in).transpose() {
        Ok(file) => (file, None),
        Err(error) => (None, Some(error)),
    };
    let wanted = || Targets::new().with_default(Level::INFO).with_target("whisper_rs", Level::WARN);
    let file = file.map(|file| fmt::layer().with_ansi(false).with_writer(std::sync::Mutex::new(file)));
    tracing_subscriber::registry()
        .with(fmt::layer().with_ansi(false).without_time().with_writer(io::stderr).with_filter(wanted()))
        .with(file.with_filter(wanted()))
        .init();
    whisper_rs::install_logging_hooks();
    error.map_or(Ok(()), Err)
}

fn file_in(folder: &Path) -> io::Result<RollingFileAppender> {
    std::fs::create_dir_all(folder)?;
    RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("engine")
        .filename_suffix("log")
        .max_log_files(DAYS_KEPT)
        .build(folder)
        .map_err(io::Error::other)
}
