//! What can be typed about the server that may listen.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::text;

/// The server that may listen in the place of this computer.
#[derive(Debug, Subcommand)]
pub enum Server {
    /// Show it.
    #[command(about = text("cli.server.show"))]
    Show,
    /// Choose it.
    #[command(about = text("cli.server.set"))]
    Set(ServerSet),
    /// Keep its key, read from standard input.
    #[command(about = text("cli.server.key"))]
    Key {
        /// Forget it instead.
        #[arg(long, help = text("cli.server.forget"))]
        forget: bool,
    },
    /// Try it.
    #[command(about = text("cli.server.check"))]
    Check,
    /// Agree that sound goes there.
    #[command(about = text("cli.server.agree"))]
    Agree(Agreement),
}

/// What can be chosen of a server.
#[derive(Debug, Args)]
pub struct ServerSet {
    /// Its address.
    #[arg(long, help = text("cli.server.url"))]
    pub url: Option<String>,
    /// Its model.
    #[arg(long, help = text("cli.server.model"))]
    pub model: Option<String>,
    /// What an hour costs, in thousandths.
    #[arg(long, value_parser = milli, help = text("cli.server.price"))]
    pub price: Option<u64>,
    /// In which currency.
    #[arg(long, value_parser = currency, help = text("cli.server.currency"))]
    pub currency: Option<String>,
    /// Whom to trust.
    #[arg(long, help = text("cli.server.certificates"))]
    pub certificates: Option<PathBuf>,
    /// How many requests at once.
    #[arg(long, help = text("cli.server.parallel"))]
    pub parallel: Option<u32>,
    /// Whether it hears new sessions.
    #[arg(long, help = text("cli.server.new_sessions"))]
    pub new_sessions: Option<bool>,
}

/// What is agreed to.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct Agreement {
    /// For one session.
    #[arg(help = text("cli.server.session"))]
    pub session: Option<String>,
    /// For every session.
    #[arg(long, help = text("cli.server.for_ever"))]
    pub for_ever: bool,
    /// For none.
    #[arg(long, help = text("cli.server.never"))]
    pub never: bool,
}

/// Thousandths of a number with a point or a comma.
fn milli(typed: &str) -> Result<u64, String> {
    let number: Result<f64, _> = typed.trim().replace(',', ".").parse();
    match number {
        Ok(number) if (0.0..1e12).contains(&number) => Ok((number * 1_000.0).round() as u64),
        _ => Err(text("cli.server.bad_price")),
    }
}

fn currency(typed: &str) -> Result<String, String> {
    let letters = typed.len() == 3 && typed.bytes().all(|letter| letter.is_ascii_alphabetic());
    if letters { Ok(typed.to_ascii_uppercase()) } else { Err(text("cli.server.bad_currency")) }
}
