//! What can be typed about folders that are watched, and about what came from them.

use std::path::PathBuf;

use astra_core::watch::Reply;
use clap::Args;
use serde_json::Value;

use super::text;

/// Watch folders.
#[derive(Debug, Args)]
pub struct Watch {
    /// Which.
    #[arg(help = text("cli.watch.folders"))]
    pub folders: Vec<PathBuf>,
    /// Without the folders in them.
    #[arg(long, help = text("cli.watch.flat"))]
    pub flat: bool,
    /// With what lies there already.
    #[arg(long, help = text("cli.watch.existing"))]
    pub existing: bool,
    /// Which model.
    #[arg(long, help = text("cli.transcribe.model"))]
    pub model: Option<String>,
}

/// What only a person can say of recordings that came.
#[derive(Debug, Args)]
pub struct Questions {
    /// Which one is answered.
    #[arg(requires = "answer", help = text("cli.questions.id"))]
    pub id: Option<i64>,
    /// With what.
    #[arg(value_parser = reply, help = text("cli.questions.answer"))]
    pub answer: Option<Reply>,
}

fn reply(typed: &str) -> Result<Reply, String> {
    serde_json::from_value(Value::from(typed)).map_err(|_| text("cli.questions.answers"))
}
