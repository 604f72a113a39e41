//! `astra`, the headless door: every act of the product from a command line.
//!
//! It only translates: arguments into requests, events into lines, errors into exit codes.

use std::process::ExitCode;

mod acta;
mod arguments;
mod backup;
mod data;
mod doctor;
mod exit;
mod jobs;
mod journal;
mod listen_again;
mod models;
mod output;
mod progress;
mod questions;
mod recommend;
mod render;
mod roster;
mod server;
mod sessions;
mod training_set;
mod transcribe;
mod vocabulary;
mod watch;

use arguments::{Arguments, Command, Work};
use astra_core::Result;
use astra_core::app::App;
use astra_core::engine::Stop;
use astra_core::settings::DataFolder;
use output::Output;
use progress::Progress;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = arguments::typed();
    let output = Output::new(arguments.json);
    match run(arguments, &output).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output.error(&error);
            exit::code(&error)
        }
    }
}

async fn run(arguments: Arguments, output: &Output) -> Result<()> {
    let folder = DataFolder::open(arguments.data_dir.as_deref())?;
    let _log = keep_log(&folder);
    match arguments.command {
        // These must work where nothing else does.
        Command::Doctor => doctor::run(&folder, output).await,
        Command::Backup(asked) => backup::run(&folder, asked, output).await,
        Command::Data(asked) => data::run(&folder, asked, output, &stop_on_ctrl_c()).await,
        Command::Work(work) => run_with_app(folder, work, output).await,
    }
}

async fn run_with_app(folder: DataFolder, work: Work, output: &Output) -> Result<()> {
    let progress = Progress::new(*output);
    let watcher = progress.clone();
    let app = App::open(folder, move |event| watcher.show(&event)).await?;
    backup::daily(&app, output).await;
    if let Err(error) = app.sweep_orphans().await {
        tracing::warn!(code = error.code(), "what nobody knows any more stays");
    }
    let stop = stop_on_ctrl_c();
    let outcome = match work {
        Work::Transcribe(asked) => transcribe::run(&app, asked, output, &progress, &stop).await,
        Work::Watch(asked) => watch::run(&app, asked, output, &progress, &stop).await,
        Work::Questions(asked) => questions::run(&app, asked, output).await,
        Work::Sessions(asked) => sessions::run(&app, asked, output).await,
        Work::ListenAgain(asked) => listen_again::run(&app, asked, output, &stop).await,
        Work::Jobs(asked) => jobs::run(&app, asked, output, &progress, &stop).await,
        Work::Models(asked) => models::run(&app, asked, output, &progress, &stop).await,
        Work::Server(asked) => server::run(&app, asked, output).await,
        Work::Acta(asked) => acta::run(&app, asked, output, &stop).await,
        Work::Render(asked) => render::run(&app, asked, output, &progress, &stop).await,
        Work::Journal(asked) => journal::run(&app, asked, output).await,
        Work::TrainingSet(asked) => training_set::run(&app, asked, output, &stop).await,
        Work::Roster(asked) => roster::run(&app, asked, output).await,
        Work::Vocabulary(asked) => vocabulary::run(&app, asked, output).await,
    };
    progress.clear();
    app.store().close().await;
    outcome
}

/// How many daily logs are kept.
const DAYS_KEPT: usize = 14;

/// One file a day, without anything that was said and without names above `debug`. A folder that
/// takes no log is no reason not to work; whatever else it does not take will be said.
fn keep_log(folder: &DataFolder) -> Option<impl Drop + use<>> {
    let daily = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("astra")
        .filename_suffix("log")
        .max_log_files(DAYS_KEPT)
        .build(folder.logs())
        .ok()?;
    let (writer, flushed_when_dropped) = tracing_appender::non_blocking(daily);
    let filter = EnvFilter::try_from_env("ASTRA_LOG").unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(writer).init();
    Some(flushed_when_dropped)
}

/// The first Ctrl-C stops the work and keeps what was heard; the second one ends the program. So does whoever asks
/// it to end, as the operating system does at log-off, but only once: it asks twice itself.
fn stop_on_ctrl_c() -> Stop {
    let stop = Stop::default();
    let asked = stop.clone();
    stop_when_asked(&stop);
    tokio::spawn(async move {
        let mut again = false;
        while tokio::signal::ctrl_c().await.is_ok() {
            if again {
                std::process::exit(exit::STOPPED.into());
            }
            asked.set();
            again = true;
        }
    });
    stop
}

#[cfg(unix)]
fn stop_when_asked(stop: &Stop) {
    use tokio::signal::unix::{SignalKind, signal};

    let mut kinds = vec![SignalKind::terminate()];
    if !hangup_is_ignored() {
        kinds.push(SignalKind::hangup());
    }
    for kind in kinds {
        let stop = stop.clone();
        tokio::spawn(async move {
            if let Ok(mut asked) = signal(kind) {
                asked.recv().await;
                stop.set();
            }
        });
    }
}

#[cfg(windows)]
fn stop_when_asked(stop: &Stop) {
    use tokio::signal::windows::{ctrl_close, ctrl_logoff, ctrl_shutdown};

    let stop = stop.clone();
    tokio::spawn(async move {
        if let (Ok(mut closed), Ok(mut logged_off), Ok(mut shut_down)) = (ctrl_close(), ctrl_logoff(), ctrl_shutdown())
        {
            tokio::select! {
                _ = closed.recv() => {}
                _ = logged_off.recv() => {}
                _ = shut_down.recv() => {}
            }
            stop.set();
        }
    });
}

/// Whether the program was started with `nohup`, to go on when its terminal is gone: as proc_pid_status(5) tells the
/// signals that are ignored, the first bit being SIGHUP's.
#[cfg(unix)]
fn hangup_is_ignored() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask & 1 == 1)
}
